#include "core/study/analysis.hpp"

#include "core/export/result_bytes.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/samples.hpp"
#include "core/study/trajectories.hpp"
#include "tests/core/support.hpp"

#include <set>

using namespace separatrix;
using namespace separatrix::test;

// What every analysis of the catalogue promises, and the tables of those without a file of their
// own.
class AnalysisTest : public QObject {
  Q_OBJECT

private slots:
  void catalogueIsComplete();
  void runsArePure();
  void cancelsWhenAsked();
  void keysTellInputsApart();
  void tablesHaveTheStableColumns_data();
  void tablesHaveTheStableColumns();
  void potentialMapIsTheField();
  void potentialMapInTwoDimensions();
  void potentialMapRefusesWrongRanges();
  void trajectoriesAreTheEnsemble();
  void samplesAreTheDataEnd();
  void extremeScenesStayFinite_data();
  void extremeScenesStayFinite();
};

namespace {

/// Values for the parameters that have no default.
Json valuesFor(const Analysis& analysis, const Problem& problem) {
  Json values = Json::object();
  if (findSpec(analysis.parameters, "time") != nullptr)
    values["time"] = 0.2 * problem.process().horizon();
  if (findSpec(analysis.parameters, "at") != nullptr)
    values["at"] =
        Json(std::vector<double>(static_cast<std::size_t>(problem.target().dimension()), 0.3));
  if (analysis.id == "twins") values = {{"coarsest", 4}, {"doublings", 1}};
  return values;
}

/// What it writes, or why it is not for this problem.
std::string csvOf(const Analysis& analysis, const Problem& problem) {
  try {
    const ResultPtr result =
        analysis.run(problem, requestOf(analysis, valuesFor(analysis, problem)), {});
    return resultBytes(*result, DataFormat::json) + csvText(result->table());
  } catch (const Failure& failure) {
    return failure.what();
  }
}

std::string columnNames(const Table& table) {
  std::string out;
  for (const Column& column : table.columns) out += (out.empty() ? "" : ",") + column.name;
  return out;
}

template <class Value>
const std::vector<Value>& column(const Table& table, const std::string& name) {
  for (const Column& candidate : table.columns)
    if (candidate.name == name) return std::get<std::vector<Value>>(candidate.values);
  throw std::logic_error("no column " + name);
}

}  // namespace

void AnalysisTest::catalogueIsComplete() {
  std::set<std::string> ids;
  for (const Analysis& analysis : analysisCatalog()) {
    QVERIFY(ids.insert(analysis.id).second);
    QVERIFY(!analysis.title.empty() && !analysis.source.empty());
    QVERIFY(&findAnalysis(analysis.id) == &analysis);
    for (const ParameterSpec& spec : analysis.parameters) {
      QVERIFY(!spec.label.empty() && !spec.help.empty());
      Json object = Json::object();
      if (!spec.required) continue;
      QVERIFY(contains(refusal([&] { validate(analysis.parameters, object, ""); }), "missing"));
    }
  }
  for (const char* id : {"field", "potential", "fixed-points", "bifurcation", "critical-times",
                         "trajectories", "samples", "thermodynamics"})
    QVERIFY(ids.contains(id));
  QVERIFY(contains(refusal([] { findAnalysis("nothing"); }), "\"nothing\" is not known"));
}

// Equal inputs, equal results, to the byte, for any number of threads.
void AnalysisTest::runsArePure() {
  for (const char* preset : {"two-deltas", "asymmetric"}) {
    const ProblemPtr problem = presetProblem(preset);
    for (const Analysis& analysis : analysisCatalog()) {
      const std::string first = csvOf(analysis, *problem);
      const ThreadLimit limit(1);
      QVERIFY(csvOf(analysis, *problem) == first);
      QVERIFY(csvOf(analysis, *presetProblem(preset)) == first);
    }
  }
}

void AnalysisTest::cancelsWhenAsked() {
  const ProblemPtr deltas = presetProblem("two-deltas"), spins = presetProblem("curie-weiss");
  std::stop_source stop;
  stop.request_stop();
  for (const Analysis& analysis : analysisCatalog()) {
    if (analysis.cost != Cost::extended) continue;
    const ProblemPtr& problem = analysis.id == "two-temperatures" ? spins : deltas;
    QVERIFY_THROWS_EXCEPTION(
        Cancelled, analysis.run(*problem, requestOf(analysis, valuesFor(analysis, *problem)),
                                RunControl(stop.get_token())));
  }
}

void AnalysisTest::keysTellInputsApart() {
  const Analysis& field = findAnalysis("potential");
  const Analysis& paths = findAnalysis("trajectories");
  const Scene scene = presetProblem("two-deltas")->scene();
  Scene other = scene;
  other.ensemble.seed = 2;
  const auto key = [](const Analysis& analysis, const Scene& of, const Request& request) {
    return inputsKey(analysis, *prepare(of), request);
  };
  const Request now = requestOf(field, {{"time", 0.2}}), later = requestOf(field, {{"time", 0.3}});
  QVERIFY(key(field, scene, now) == key(field, scene, now));
  QVERIFY(key(field, scene, now) != key(field, scene, later));
  QVERIFY(key(field, scene, now) == key(field, other, now));  // needs no ensemble
  QVERIFY(key(paths, scene, requestOf(paths)) != key(paths, other, requestOf(paths)));
  other = scene;
  other.potential = PotentialKind::energy;
  QVERIFY(key(field, scene, now) != key(field, other, now));
  QVERIFY(key(paths, scene, requestOf(paths)) == key(paths, other, requestOf(paths)));
  // λ changes the potential called drift, and no other.
  other = scene;
  other.ensemble.stochasticity = 0.5;
  QVERIFY(key(field, scene, now) == key(field, other, now));
  Scene drift = scene, otherDrift = other;
  drift.potential = otherDrift.potential = PotentialKind::drift;
  QVERIFY(key(field, drift, now) != key(field, otherDrift, now));
}

void AnalysisTest::tablesHaveTheStableColumns_data() {
  QTest::addColumn<QByteArray>("preset");
  QTest::addColumn<QByteArray>("id");
  QTest::addColumn<QByteArray>("columns");
  const auto row = [](const char* preset, const char* id, const char* columns) {
    QTest::addRow("%s %s", preset, id)
        << QByteArray(preset) << QByteArray(id) << QByteArray(columns);
  };
  row("two-deltas", "potential", "x0,potential,density");
  row("four-deltas", "potential", "x0,x1,potential,density");
  row("two-deltas", "fixed-points", "x0,potential,min_eigenvalue,stable");
  row("two-deltas", "bifurcation", "branch,s,signal,x0,min_eigenvalue,stable");
  row("curie-weiss", "thermodynamics",
      "s,beta,free_energy,regularized_free_energy,weight_entropy,relative_entropy,order_parameter,"
      "susceptibility,participation_ratio");
  row("two-deltas", "exponents", "quantity,symbol,value,low,high,mean_field,status");
  row("two-deltas", "hopfield", "x0,hopfield_energy,regularized_free_energy,difference");
  row("two-deltas", "hysteresis", "field,order_parameter,free_energy,response,stable,lowest");
  row("two-deltas", "participation",
      "s,beta,participation_ratio,reduced_beta,participation_limit,critical_s");
  row("digits", "covariance", "rank,variance,decision_s,landau");
  row("digits", "neighbours", "particle,s,rank,point,distance,label");
  row("curie-weiss", "two-temperatures", "temperature,noise,critical_noise,order_parameter");
  row("four-deltas", "self-consistency", "m,mean,x,line,curve");
  row("two-deltas", "slice", "s,alpha,potential,gradient");
  row("two-deltas", "circulation", "s,circulation,scale");
  row("two-deltas", "denoised", "alpha,coordinate,state,denoised,exact");
  row("two-deltas", "split-times", "i,j,same_class,split_time");
  row("two-deltas", "residuals",
      "s,mean,variance,loss,loss_error,exact_loss,exact_loss_error,distance,distance_error");
  row("two-deltas", "trajectories", "particle,step,s,x0");
  row("four-deltas", "trajectories", "particle,step,s,x0,x1");
  row("two-deltas", "samples", "particle,x0");
  row("four-deltas", "marginal", "sampled,s,x0,density");
  row("four-deltas", "fate", "component,weight,share,standard_error");
  row("four-deltas", "samples", "particle,x0,x1");
}

void AnalysisTest::tablesHaveTheStableColumns() {
  QFETCH(QByteArray, preset);
  QFETCH(QByteArray, id);
  QFETCH(QByteArray, columns);
  const ProblemPtr problem = presetProblem(preset.toStdString());
  const Analysis& analysis = findAnalysis(id.toStdString());
  const ResultPtr result = runAnalysis(analysis.id, *problem, valuesFor(analysis, *problem));
  QCOMPARE(columnNames(result->table()), columns.toStdString());
  QVERIFY(!result->record());
}

void AnalysisTest::potentialMapIsTheField() {
  const ProblemPtr problem = presetProblem("asymmetric");
  const Json values = {{"time", 0.2}, {"range", {{-2, 3, 11}}}};
  const Table table = runAnalysis("potential", *problem, values)->table();
  QCOMPARE(table.rows(), std::size_t{11});
  for (std::size_t i = 0; i < 11; ++i) {
    const double x = column<double>(table, "x0")[i];
    QVERIFY(near(x, -2 + 0.5 * static_cast<double>(i), 1e-14, 1));
    const Json record = *runAnalysis("field", *problem, {{"time", 0.2}, {"at", {x}}})->record();
    QVERIFY(agrees("U", column<double>(table, "potential")[i], record.at("potential").get<double>(),
                   1e-11, 1));
    QVERIFY(agrees("p", column<double>(table, "density")[i],
                   std::exp(record.at("log_density").get<double>()), 1e-12));
  }
  // Unless told otherwise the range holds the whole density.
  const Table whole = runAnalysis("potential", *problem, {{"time", 0.2}})->table();
  const auto& x = column<double>(whole, "x0");
  double mass = 0;
  for (const double p : column<double>(whole, "density")) mass += p * (x[1] - x[0]);
  QVERIFY(near(mass, 1, 0.01));  // three standard deviations at the noise end
}

void AnalysisTest::potentialMapInTwoDimensions() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const Json values = {{"time", 0.5}, {"range", {{-5, 5, 101}, {-6, 6, 121}}}};
  const Table table = runAnalysis("potential", *problem, values)->table();
  QCOMPARE(table.rows(), std::size_t{101 * 121});
  const auto& x0 = column<double>(table, "x0");
  const auto& x1 = column<double>(table, "x1");
  QCOMPARE(x0[120], -5.0);  // the last axis is the fastest
  QCOMPARE(x1[120], 6.0);
  QVERIFY(near(x0[121], -4.9, 1e-14));
  double mass = 0;
  for (const double p : column<double>(table, "density")) mass += p * 0.1 * 0.1;
  QVERIFY(near(mass, 1, 1e-6));
}

void AnalysisTest::potentialMapRefusesWrongRanges() {
  const ProblemPtr line = presetProblem("two-deltas");
  const auto with = [](const ProblemPtr& problem, const Json& range) {
    return refusal([&] { runAnalysis("potential", *problem, {{"time", 0.2}, {"range", range}}); });
  };
  QVERIFY(contains(with(line, Json::parse("[[0,1,2],[0,1,2]]")), "range: has 2 axes"));
  QVERIFY(
      contains(with(presetProblem("four-deltas"), Json::parse("[[0,1,2]]")), "range: has 1 axes"));
  QVERIFY(with(line, Json::parse("[[3,-3,2]]")).empty());  // downwards is a range too
  QVERIFY(with(line, Json::parse("[[1,1,5]]")).empty());
  const ProblemPtr space = problemOf(sceneOf("[[0,0,0],[1,1,1]]", "1", "0"));
  QVERIFY(contains(with(space, Json::parse("[[0,1,2]]")), "lo:hi:n,lo:hi:n"));
}

void AnalysisTest::trajectoriesAreTheEnsemble() {
  Json scene = sceneOf("[[-1, 0],[1, 0.5]]", "1", "0");
  scene["ensemble"] = {{"particles", 3}, {"steps", 5}, {"save_every", 2}};
  const ProblemPtr problem = problemOf(scene);
  const ResultPtr result = runAnalysis("trajectories", *problem);
  const auto& paths = static_cast<const Trajectories&>(*result);
  const Table table = result->table();
  const NumericArray array = *result->array();
  QCOMPARE(array.shape, (std::vector<std::size_t>{4, 3, 2}));
  QCOMPARE(table.rows(), std::size_t{12});
  for (std::size_t row = 0; row < 12; ++row) {
    const std::size_t particle = row / 4, saved = row % 4;
    QCOMPARE(column<std::int64_t>(table, "particle")[row], std::int64_t(particle));
    QCOMPARE(column<std::int64_t>(table, "step")[row],
             (std::vector<std::int64_t>{0, 2, 4, 5})[saved]);
    for (std::size_t i = 0; i < 2; ++i) {
      const float x = column<float>(table, "x" + std::to_string(i))[row];
      QCOMPARE(x, array.values[(saved * 3 + particle) * 2 + i]);
      QCOMPARE(x, paths.ensemble.state(Index(saved))(Index(i), Index(particle)));
    }
  }
  QCOMPARE(paths.destinations.size(), std::size_t{3});
  for (std::size_t p = 0; p < 3; ++p) {
    const Eigen::Vector2f end = paths.ensemble.state(3).col(Index(p));
    const float left = (end - Eigen::Vector2f(-1, 0)).norm();
    const float right = (end - Eigen::Vector2f(1, 0.5F)).norm();
    QCOMPARE(int{paths.destinations[p]}, right < left ? 1 : 0);
  }
}

void AnalysisTest::samplesAreTheDataEnd() {
  for (const char* direction : {"reverse", "forward"}) {
    const ProblemPtr problem = presetProblem("four-deltas");
    const ResultPtr paths = runAnalysis("trajectories", *problem, {{"direction", direction}});
    const ResultPtr ends = runAnalysis("samples", *problem, {{"direction", direction}});
    const Ensemble& ensemble = static_cast<const Trajectories&>(*paths).ensemble;
    const BatchF& points = static_cast<const Samples&>(*ends).points;
    QVERIFY(points == BatchF(ensemble.state(ensemble.dataEnd())));
    const NumericArray array = *ends->array();
    QCOMPARE(array.shape, (std::vector<std::size_t>{1000, 2}));
    QCOMPARE(array.values[2 * 7 + 1], points(1, 7));
  }
}

void AnalysisTest::extremeScenesStayFinite_data() {
  QTest::addColumn<QString>("scene");
  const auto row = [](const char* name, const Json& scene) {
    QTest::newRow(name) << QString::fromStdString(scene.dump());
  };
  row("huge rate", sceneOf("[[-1],[1]]", "1", "0",
                           R"({"kind": "vp-constant", "beta": 10000, "horizon": 10000})"));
  row("tiny rate",
      sceneOf("[[-1],[1]]", "1", "0", R"({"kind": "vp-constant", "beta": 1e-6, "horizon": 1e-3})"));
  row("falling rate", sceneOf("[[-1],[1]]", "1", "0",
                              R"({"kind": "vp-linear", "beta_min": 10000, "beta_max": 1e-6})"));
  row("huge noise",
      sceneOf("[[-1],[1]]", "1", "0", R"({"kind": "ve-brownian", "sigma": 1e4, "horizon": 1e4})"));
  row("tiny noise", sceneOf("[[-1],[1]]", "1", "0",
                            R"({"kind": "ve-brownian", "sigma": 1e-4, "horizon": 1e-3})"));
  row("far points", sceneOf("[[-1e6],[1e6]]", "1", "0", kVeBrownian, "energy"));
  row("wide parts", sceneOf("[[-1],[1]]", "1", "1e12"));
  row("uneven weights", sceneOf("[[-1],[1]]", "[1e12, 1e-290]", "0"));
  row("one point", sceneOf("[[0]]", "1", "0"));
  row("equal points", sceneOf("[[1],[1],[1]]", "1", "0"));
  row("flat", sceneOf("[[0]]", "1", "1", kVpConstant, "ode"));
}

void AnalysisTest::extremeScenesStayFinite() {
  QFETCH(QString, scene);
  Json json = parseJson(scene.toStdString(), "scene");
  json["ensemble"] = {{"particles", 20}, {"steps", 1}};
  const ProblemPtr problem = problemOf(json);
  for (const Analysis& analysis : analysisCatalog()) {
    const bool ofOnePoint =
        problem->target().components() != nullptr && problem->target().components()->count() == 1;
    if (analysis.id == "excess-entropy" && ofOnePoint) continue;  // it has none
    if (analysis.id == "condensation" || analysis.id == "overlap" || analysis.id == "phase-diagram")
      continue;                                       // of two Gaussians alone
    if (analysis.id == "two-temperatures") continue;  // of spins
    const bool between = analysis.id == "slice" || analysis.id == "circulation" ||
                         analysis.id == "denoised" || analysis.id == "split-times";
    if (between && ofOnePoint) continue;  // it has no other to go to
    ResultPtr result;
    const std::string refused = refusal([&] {
      Json values = valuesFor(analysis, *problem);
      // So that no explicit scheme runs away, which would be a failure.
      if (analysis.id == "twins") values = {{"coarsest", 1}, {"doublings", 0}, {"other", "exact"}};
      result = analysis.run(*problem, requestOf(analysis, values), {});
    });
    // The times −log a of the cloning experiment need not exist.
    const bool hasNoTimes = refused.starts_with("times: ") || refused.starts_with("process.kind: ");
    const bool inLogTime = analysis.id == "cloning" || analysis.id == "excess-entropy" ||
                           analysis.id == "collapse" || analysis.id == "memorisation";
    if (inLogTime && hasNoTimes) continue;
    QCOMPARE(refused, std::string());
    for (const Column& values : result->table().columns)
      std::visit(
          [&](const auto& numbers) {
            if constexpr (std::is_floating_point_v<std::decay_t<decltype(numbers[0])>>)
              for (const auto number : numbers)
                QVERIFY2(std::isfinite(number) ||
                             (std::isnan(number) && mayBeEmpty(analysis.id, values.name)),
                         (analysis.id + " " + values.name).c_str());
          },
          values.values);
  }
}

QTEST_APPLESS_MAIN(AnalysisTest)
#include "analysis_test.moc"
