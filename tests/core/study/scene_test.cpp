#include "core/study/scene.hpp"

#include "tests/core/random_scenes.hpp"

using namespace separatrix;
using namespace separatrix::test;

class SceneTest : public QObject {
  Q_OBJECT

private slots:
  void defaultsComplete();
  void namesTheEntryAtFault_data();
  void namesTheEntryAtFault();
  void sizesThatDoNotGoTogether();
  void ensembleSurvivesTheJson();
  void randomScenesSurviveTheJson();
  void setsEntries_data();
  void setsEntries();
  void refusesWrongAssignments_data();
  void refusesWrongAssignments();
  void variantsDropWhatTheyDoNotKnow();
};

namespace {

const char* const kSmall =
    R"({"separatrix": 1, "target": {"kind": "gaussian-mixture"}, "process": {"kind": "vp-linear"}})";

Json small() {
  return Json::parse(kSmall);
}

/// The scene with one assignment of `--set`.
Scene with(const std::string& assignment) {
  Json json = small();
  setEntry(json, assignment);
  return sceneFromJson(json);
}

}  // namespace

void SceneTest::defaultsComplete() {
  const Scene scene = sceneFromJson(small());
  QCOMPARE(scene.target.values.json().dump(),
           std::string(R"({"means":[[-1],[1]],"weights":1,"variances":0})"));
  QCOMPARE(scene.process.values.json().dump(),
           std::string(R"({"beta_min":0.1,"beta_max":20,"horizon":1})"));
  QVERIFY(scene.potential == PotentialKind::sde);
  QVERIFY(scene.ensemble == EnsembleSpec());
  const Json json = sceneToJson(scene);
  QVERIFY(sceneFromJson(json) == scene);
  for (const char* key : {"separatrix", "target", "process", "potential", "ensemble"})
    QVERIFY(json.contains(key));
  for (const char* key : {"particles", "steps", "sampler", "stochasticity", "seed", "start",
                          "gls_rank", "time_grid", "s_start", "s_end", "save_every"})
    QVERIFY(json["ensemble"].contains(key));
}

void SceneTest::namesTheEntryAtFault_data() {
  QTest::addColumn<QByteArray>("patch");  // merged into the small scene; null removes
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* patch, const char* message) {
    QTest::newRow(patch) << QByteArray(patch) << QByteArray(message);
  };
  row(R"({"separatrix": null})", "separatrix: missing");
  row(R"({"separatrix": 2})", "separatrix: version 2 is newer than this program knows (1)");
  row(R"({"separatrix": 0})", "separatrix: 0 is not a version");
  row(R"({"separatrix": "1"})", "separatrix: \"1\" is not a version");
  row(R"({"separatrix": 1.5})", "separatrix: 1.5 is not a version");
  row(R"({"separatrix": 1e30})", "separatrix: 1e+30");
  row(R"({"extra": 1})", "extra: unknown entry");
  row(R"({"": 1})", "\"\": unknown entry");
  row(R"({"target": null})", "target: missing");
  row(R"({"process": null})", "process: missing");
  row(R"({"target": 3})", "target: 3 is not an object");
  row(R"({"target": {"kind": null}})", "target.kind: missing");
  row(R"({"target": {"kind": 7}})", "target.kind: 7 is not a text");
  row(R"({"target": {"kind": "spheres"}})", "target.kind: \"spheres\" is not known");
  row(R"({"process": {"kind": "vp"}})", "process.kind: \"vp\" is not known; known here: vp-linear");
  row(R"({"target": {"colour": 1}})", "target.colour: unknown entry");
  row(R"({"target": {"means": [[1], [1, 2]]}})", "target.means[1]: has dimension 2");
  row(R"({"target": {"means": [[1e7]]}})", "target.means[0][0]: ");
  row(R"({"target": {"variances": [0, -0.1]}})", "target.variances[1]: -0.1 is out of range");
  row(R"({"target": {"variance": -1}})", "target.variance: -1 is out of range");
  row(R"({"target": {"variance": 1, "variances": 1}})", "target.variance: given together");
  row(R"({"target": {"weights": [1, 0]}})", "target.weights[1]: 0 is out of range");
  row(R"({"target": {"weights": -2}})", "target.weights: -2 is out of range");
  row(R"({"process": {"beta_min": 0}})", "process.beta_min: 0 is out of range");
  row(R"({"process": {"horizon": "1"}})", "process.horizon: \"1\" is not a number");
  row(R"({"process": {"sigma": 1}})", "process.sigma: unknown entry");
  row(R"({"potential": "pe"})", "potential: \"pe\" is not one of sde, ode");
  row(R"({"potential": 1})", "potential: 1 is not one of");
  row(R"({"ensemble": 5})", "ensemble: 5 is not an object");
  row(R"({"ensemble": {"particles": 0}})", "ensemble.particles: 0 is out of range");
  row(R"({"ensemble": {"steps": 1.5}})", "ensemble.steps: 1.5 is not a whole number");
  row(R"({"ensemble": {"sampler": "rk4"}})", "ensemble.sampler: \"rk4\" is not one of");
  row(R"({"ensemble": {"start": "here"}})", "ensemble.start: \"here\" is not one of");
  row(R"({"ensemble": {"stochasticity": -1}})", "ensemble.stochasticity: -1 is out of range");
  row(R"({"ensemble": {"s_start": 0}})", "ensemble.s_start: 0 is out of range");
  row(R"({"ensemble": {"s_end": null}})", "");  // removes the entry: a default
  row(R"({"ensemble": {"seed": -1}})", "ensemble.seed: -1 is out of range");
  row(R"({"ensemble": {"speed": 1}})", "ensemble.speed: unknown entry");
}

void SceneTest::namesTheEntryAtFault() {
  QFETCH(QByteArray, patch);
  QFETCH(QByteArray, message);
  Json json = small();
  json.merge_patch(Json::parse(patch.constData()));
  const std::string actual = refusal([&] { sceneFromJson(json); });
  QCOMPARE(actual.empty(), message.isEmpty());
  QVERIFY(contains(actual, message.toStdString()));
  QVERIFY(actual.find('\n') == std::string::npos);
  for (const char* text : {"[]", "3", "null", "\"scene\""})
    QVERIFY(contains(refusal([&] { sceneFromJson(Json::parse(text)); }), "scene: "));
}

void SceneTest::sizesThatDoNotGoTogether() {
  const auto prepared = [](const std::string& assignment) {
    return refusal([&] { prepare(with(assignment)); });
  };
  QVERIFY(contains(prepared("target.weights=[1,2,3]"), "target.weights: has 3 values for 2 means"));
  QVERIFY(contains(prepared("target.variances=[1]"), "target.variances: has 1 values"));
  QVERIFY(contains(prepared("target.variances=[0,1e-31]"),
                   "target.variances: 1e-31 is too small; give 0 for a point"));
  QVERIFY(contains(prepared("target.means=[[1],[2],[3]]") + "none", "none"));  // one weight for all
}

void SceneTest::ensembleSurvivesTheJson() {
  EnsembleSpec spec;
  spec.particles = 77;
  spec.steps = 12;
  spec.stochasticity = 0.3;
  spec.seed = 9007199254740992;
  spec.start = StartLaw::gls;
  spec.sStart = 0.7;
  spec.sEnd = 0.01;
  spec.saveEvery = 3;
  for (int round = 0; round < 2; ++round) {
    const ParameterValues values =
        validate(ensembleParameters(), ensembleToValues(spec).json(), "ensemble");
    QVERIFY(ensembleFromValues(values) == spec);
    spec.sStart.reset();
    spec.start = StartLaw::prior;
  }
}

// Every kind of target with every kind of process: the same scene and the same bytes again.
void SceneTest::randomScenesSurviveTheJson() {
  std::mt19937 random(2);
  for (int i = 0; i < 100; ++i)
    for (const TargetKind& kind : targetCatalog())
      for (const ProcessKind& schedule : processCatalog()) {
        Json json = {{"separatrix", 1}};
        json["target"] = randomEntries(kind, random);
        json["target"]["kind"] = kind.id;
        json["process"] = randomValues(schedule.parameters, random);
        json["process"]["kind"] = schedule.id;
        const Scene scene = sceneFromJson(json);
        const std::string text = canonicalText(sceneToJson(scene));
        const Scene again = sceneFromJson(parseJson(text, "scene"));
        QVERIFY(again == scene);
        QCOMPARE(canonicalText(sceneToJson(again)), text);
      }
}

void SceneTest::setsEntries_data() {
  QTest::addColumn<QByteArray>("assignment");
  QTest::addColumn<QByteArray>("pointer");
  QTest::addColumn<QByteArray>("value");
  const auto row = [](const char* assignment, const char* pointer, const char* value) {
    QTest::newRow(assignment) << QByteArray(assignment) << QByteArray(pointer) << QByteArray(value);
  };
  row("target.variance=0.04", "/target/variances", "0.04");
  row("target.variances=[0.1,0.2]", "/target/variances", "[0.1,0.2]");
  row("target.means.0=[-2]", "/target/means/0", "[-2]");
  row("target.means.1.0=3.5", "/target/means/1/0", "3.5");
  row("process.kind=vp-constant", "/process/kind", "\"vp-constant\"");
  row("process.kind=\"ve-brownian\"", "/process/kind", "\"ve-brownian\"");
  row("process.beta_max=7", "/process/beta_max", "7");
  row("potential=energy", "/potential", "\"energy\"");
  row("ensemble.seed=7", "/ensemble/seed", "7");
  row("ensemble.start=prior", "/ensemble/start", "\"prior\"");
  row("ensemble.s_start=null", "/ensemble/s_start", "null");
  row("ensemble={\"steps\": 5}", "/ensemble/steps", "5");
  row("process={\"kind\": \"vp-constant\", \"beta\": 3}", "/process/beta", "3");
}

void SceneTest::setsEntries() {
  QFETCH(QByteArray, assignment);
  QFETCH(QByteArray, pointer);
  QFETCH(QByteArray, value);
  Json json = small();
  json["target"]["means"] = Json::parse("[[-1],[1]]");
  json["target"]["variances"] = 0;
  setEntry(json, assignment.toStdString());
  const Json out = sceneToJson(sceneFromJson(json));
  QCOMPARE(out.at(Json::json_pointer(pointer.toStdString())), Json::parse(value.toStdString()));
}

void SceneTest::refusesWrongAssignments_data() {
  QTest::addColumn<QByteArray>("assignment");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const QByteArray& assignment, const char* message) {
    QTest::newRow(name) << assignment << QByteArray(message);
  };
  row("no =", "target", "--set: \"target\" is not PATH=VALUE");
  row("empty", "", "--set");
  row("no path", "=3", "--set");
  row("unknown section", "colour=1", "colour: unknown entry");
  row("unknown entry", "target.colour=1", "target.colour: unknown entry");
  row("empty key", "target.=1", "target.: unknown entry");
  row("into a number", "separatrix.x=1", "separatrix.x: there is no such entry");
  row("index", "target.means.2=[1]", "target.means.2: \"2\" is not an index below 2");
  row("negative index", "target.means.-1=[1]", "is not an index");
  row("word as index", "target.means.first=[1]", "is not an index");
  row("text", "target.variance=much", "target.variance: \"much\" is not a list of numbers");
  row("infinite", "target.variance=1e999", "target.variance: ");
  row("NaN", "process.horizon=NaN", "process.horizon: \"NaN\" is not a number");
  row("half a list", "target.weights=[1,2", "target.weights: ");
  row("kind", "target.kind=nope", "target.kind: \"nope\" is not known");
  row("kind of a number", "process.kind=3", "process.kind: 3 is not a text");
  row("newer", "separatrix=2", "separatrix: version 2 is newer");
  row("deep value", "target.means=" + QByteArray(60000, '[') + QByteArray(60000, ']'),
      "target.means: ");
  row("deep path", "views" + QByteArray(".a").repeated(60000) + "=1", "--set: ");
  row("no UTF-8", "potential=\xff\xfe", "potential: ");
}

void SceneTest::refusesWrongAssignments() {
  QFETCH(QByteArray, assignment);
  QFETCH(QByteArray, message);
  Json json = small();
  json["target"]["means"] = Json::parse("[[-1],[1]]");
  const std::string actual = refusal([&] {
    setEntry(json, assignment.toStdString());
    sceneFromJson(json);
  });
  QVERIFY(contains(actual, message.toStdString()));
  QVERIFY(actual.size() < 300);
}

void SceneTest::variantsDropWhatTheyDoNotKnow() {
  Json json = small();
  json["process"] = Json::parse(R"({"kind": "vp-linear", "beta_max": 7, "horizon": 3})");
  setEntry(json, "process.kind=vp-constant");
  const Scene scene = sceneFromJson(json);
  QCOMPARE(scene.process.values.json().dump(), std::string(R"({"beta":2,"horizon":3})"));
  json["target"]["variance"] = 0.5;
  setEntry(json, "target.variances=[0.1,0.2]");
  QCOMPARE(sceneFromJson(json).target.values.vector("variances", 2)[1], 0.2);
}

QTEST_APPLESS_MAIN(SceneTest)
#include "scene_test.moc"
