#include "core/models/score_model.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/models/model_target.hpp"
#include "core/runtime/control_scope.hpp"
#include "core/study/samples.hpp"
#include "tests/models/support.hpp"

#include <chrono>
#include <csignal>
#include <thread>

using namespace separatrix;
using namespace separatrix::test;

namespace {

/// Two deltas at ±1 with a model's score.
Json sceneWith(const std::string& model, const Json& settings = Json::object()) {
  Json scene = sceneOf("[[-1],[1]]", "1", "0");
  scene["model"] = settings;
  scene["model"]["path"] = modelPath(model);
  return scene;
}

double secondsOf(const std::function<void()>& action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

class ScoreModelTest : public QObject {
  Q_OBJECT

private slots:
  // Whatever a model returns, is told of the time, and was trained with: its score is that of the
  // two deltas, in closed form.
  void scoresAreThoseOfTheData_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("settings");
    QTest::addColumn<double>("tolerance");
    const auto row = [](const char* name, const char* settings, double tolerance) {
      QTest::newRow(name) << QString(name) << QString(settings) << tolerance;
    };
    row("deltas-score", R"({"parametrisation": "score", "time_argument": "unit"})", 2e-6);
    row("deltas-v", R"({"parametrisation": "v", "time_argument": "time"})", 2e-6);
    row("deltas-x0-snr", R"({"parametrisation": "x0", "time_argument": "log-snr"})", 2e-6);
    row("deltas-x0-snr",
        R"({"parametrisation": "x0", "time_argument": "log-snr", "schedule": "vp-cosine"})", 2e-6);
    row("deltas-scaled",
        R"({"parametrisation": "epsilon", "time_argument": "unit", "scale": 2, "shift": 1})", 4e-6);
    row("deltas-epsilon-step", R"({"parametrisation": "epsilon", "time_argument": "step"})", 2e-5);
    // The horizon of the usual Brownian schedule is 4, b² = s.
    row("deltas-brownian",
        R"({"parametrisation": "score", "time_argument": "time", "schedule": "ve-brownian"})",
        2e-6);
    // Found out by itself.
    row("deltas-score", "{}", 2e-6);
    row("deltas-epsilon-step", "{}", 2e-5);
  }

  void scoresAreThoseOfTheData() {
    QFETCH(QString, model);
    QFETCH(QString, settings);
    QFETCH(double, tolerance);
    const ProblemPtr problem =
        problemOf(sceneWith(model.toStdString(), parseJson(settings.toStdString(), "settings")));
    const Batch x = Eigen::RowVectorXd::LinSpaced(41, -2, 2);
    for (const double s : {0.03, 0.1234, 0.25, 0.3}) {
      const Channel c = problem->process().channel(s);
      const DiffusedField field(problem->target(), problem->process(), s);
      const Batch found = field.scores(x).score;
      const PosteriorBatch batch = field.batch(x);
      const double scale = 2 / c.noiseVariance;
      for (Index i = 0; i < x.cols(); ++i) {
        const double a = c.signal, b2 = c.noiseVariance;
        const double mean = std::tanh(a * x(0, i) / b2);
        QVERIFY(agrees("score", found(0, i), (a * mean - x(0, i)) / b2, tolerance, scale));
        QVERIFY(agrees("mean", batch.mean(0, i), mean, tolerance, 2));
        QVERIFY(batch.score(0, i) == found(0, i));
      }
    }
  }

  // log p and its Hessian come from the score alone.
  void theFieldIsThatOfTheData() {
    const ProblemPtr modelled = problemOf(sceneWith("deltas-score"));
    for (const double s : {0.1, 0.25, 0.6}) {
      const DiffusedField field(modelled->target(), modelled->process(), s);
      const DiffusedField exact(modelled->data(), modelled->process(), s);
      for (const double at : {-1.5, -0.2, 0.0, 0.7, 2.0}) {
        const Posterior found = field.at(Vec::Constant(1, at));
        const Posterior wanted = exact.at(Vec::Constant(1, at));
        const double b2 = field.channel().noiseVariance;
        QVERIFY(agrees("log p", found.logEvidence, wanted.logEvidence, 1e-5, 1 / b2));
        QVERIFY(agrees("∇² log p", found.hessian(0, 0), wanted.hessian(0, 0), 2e-3, 1 / b2));
        QVERIFY(agrees("C", found.covariance(0, 0), wanted.covariance(0, 0), 2e-3, 1));
      }
    }
  }

  void fixedPointsAreThoseOfTheData() {
    const ProblemPtr modelled = problemOf(sceneWith("deltas-score"));
    for (const double s : {0.2, 0.4}) {
      const Table found = runAnalysis("fixed-points", *modelled, {{"time", s}})->table();
      Json exact = sceneWith("deltas-score");
      exact.erase("model");
      const Table wanted = runAnalysis("fixed-points", *problemOf(exact), {{"time", s}})->table();
      QCOMPARE(found.rows(), wanted.rows());
      const auto column = [](const Table& table) {
        return std::get<std::vector<double>>(table.columns[0].values);
      };
      for (std::size_t i = 0; i < found.rows(); ++i)
        QVERIFY(agrees("x*", column(found)[i], column(wanted)[i], 1e-4, 1));
    }
  }

  // On the same Brownian path the particles go the same ways, but for those that stand between.
  void samplersAgree_data() {
    QTest::addColumn<QString>("sampler");
    for (const char* sampler : {"euler-maruyama", "heun", "ddim", "dpm-solver-2m"})
      QTest::newRow(sampler) << QString(sampler);
  }

  void samplersAgree() {
    QFETCH(QString, sampler);
    Json scene = sceneWith("deltas-score");
    scene["ensemble"] = {{"particles", 1000}, {"steps", 50}, {"sampler", sampler.toStdString()}};
    const auto ends = [](const Json& json) {
      return BatchF(dynamic_cast<const Samples&>(*runAnalysis("samples", *problemOf(json))).points);
    };
    const BatchF learned = ends(scene);
    scene.erase("model");
    const BatchF exact = ends(scene);
    const Index apart = ((learned - exact).array().abs() > 1e-3f).count();
    QVERIFY2(apart <= 5, std::to_string(apart).c_str());
    QVERIFY(((learned.array() > 0).count() - 500) * ((learned.array() > 0).count() - 500) <
            9 * 250);  // within 3 standard errors of one half
  }

  void nothingIsDrawnFromAPosterior() {
    Json scene = sceneWith("deltas-score");
    scene["ensemble"] = {{"particles", 10}, {"sampler", "exact"}};
    const std::string message = failureOf([&] { runAnalysis("samples", *problemOf(scene)); });
    QVERIFY(contains(message, "choose another sampler than exact"));
  }

  // Of the same bytes, whatever becomes of the file.
  void isKeptWithItsDocument() {
    const QTemporaryDir folder;
    const std::string path = folder.filePath("net.pt").toStdString();
    writeFile(path, readFile(modelPath("deltas-score")));
    Json scene = sceneWith("deltas-score");
    scene["model"]["path"] = path;
    Document document = documentFromJson(scene);
    document.files = prepare(document.scene)->dataFiles();
    QCOMPARE(document.files.size(), std::size_t{1});
    const Json exported = exportedJson(document, folder.path().toStdString());
    QVERIFY(exported["model"]["path"] == "net.pt");
    writeFile(path, "no model");
    const Document opened = documentFromJson(exported, folder.path().toStdString());
    const ProblemPtr problem = prepare(opened.scene, {opened.files});
    QCOMPARE(problem->remarks().size(), std::size_t{1});
    QVERIFY(contains(problem->remarks()[0], "the data saved in the document are used"));
    runAnalysis("field", *problem, {{"time", 0.3}, {"at", {0.5}}});
  }

  // A change of data or noise keeps the process of the model.
  void keepsItsProcess() {
    Json scene = sceneWith("deltas-score");
    const ProblemPtr first = problemOf(scene);
    runAnalysis("field", *first, {{"time", 0.3}, {"at", {0.5}}});
    const int process = first->model()->processId();
    QVERIFY(process > 0);
    scene["process"]["beta_max"] = 15;
    scene["target"]["means"] = {{-2}, {2}};
    const ProblemPtr second = prepare(sceneFromJson(scene), {}, first);
    runAnalysis("field", *second, {{"time", 0.3}, {"at", {0.5}}});
    QCOMPARE(second->model()->processId(), process);
    QVERIFY(second->dataFiles().size() == 1);
    scene.erase("model");
    QVERIFY(prepare(sceneFromJson(scene), {}, second)->model() == nullptr);
  }

  // Killed in the middle of a run it says so, and the next run starts it anew.
  void livesThroughAKill() {
    Json scene = sceneWith(
        "deltas-slow", {{"parametrisation", "score"}, {"time_argument", "unit"}, {"shape", {1}}});
    scene["ensemble"] = {{"particles", 2000}, {"steps", 200}};
    const ProblemPtr problem = problemOf(scene);
    runAnalysis("field", *problem, {{"time", 0.3}, {"at", {0.5}}});
    const int process = problem->model()->processId();
    std::thread killer([process] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      ::kill(process, SIGKILL);
    });
    const std::string message = failureOf([&] { runAnalysis("samples", *problem); });
    killer.join();
    QVERIFY(contains(message, "the model \"deltas-slow.pt\" failed: the model host was killed"));
    QVERIFY(secondsOf([&] { runAnalysis("field", *problem, {{"time", 0.2}, {"at", {0.5}}}); }) < 3);
    QVERIFY(problem->model()->processId() > 0 && problem->model()->processId() != process);
  }

  // A model that hangs deep inside a sampler is left at once, not at its deadline.
  void stopsAtOnce() {
    Json scene = sceneWith(
        "loop", {{"parametrisation", "score"}, {"time_argument", "unit"}, {"shape", {1}}});
    scene["ensemble"] = {{"particles", 5000}, {"steps", 10}};
    const ProblemPtr problem = problemOf(scene);
    std::stop_source stop;
    std::thread stopper([&stop] {
      std::this_thread::sleep_for(std::chrono::seconds(3));
      stop.request_stop();
    });
    const Analysis& samples = findAnalysis("samples");
    const double seconds = secondsOf([&] {
      QVERIFY_THROWS_EXCEPTION(
          Cancelled, samples.run(*problem, requestOf(samples), RunControl(stop.get_token())));
    });
    stopper.join();
    QVERIFY2(seconds < 4, std::to_string(seconds).c_str());
  }

  void saysWhatIsWrong() {
    const auto message = [](const Json& scene) { return refusal([&] { problemOf(scene); }); };
    QVERIFY(contains(
        message(sceneWith("deltas-v", {{"parametrisation", "v"}, {"schedule", "ve-brownian"}})),
        "model.parametrisation: v is defined for schedules that preserve variance"));
    QVERIFY(contains(message(sceneWith("deltas-score", {{"shape", {1, 28, 28}}})),
                     "model.shape: holds 784 numbers, and the data have 1 coordinates"));
    QVERIFY(contains(message(sceneWith("deltas-score", {{"shape", {1.5}}})), "1.5 is no length"));
    QVERIFY(contains(message(sceneWith("deltas-score", {{"parametrization", "v"}})),
                     "model.parametrization"));
    QVERIFY(contains(message(sceneWith("nothing-there")), "is no file that can be read"));
    // No model at all is found out when it is asked.
    const ProblemPtr noise = problemOf(sceneWith("truncated"));
    QVERIFY(contains(failureOf([&] {
                       runAnalysis("field", *noise, {{"time", 0.3}, {"at", {0.5}}});
                     }),
                     "\"truncated.pt\" cannot be loaded"));
  }

  void saysWhatItHasNotSeen() {
    const Json wide = sceneWith("deltas-score", {{"schedule", "vp-constant"}});
    QVERIFY(problemOf(sceneWith("deltas-score"))->remarks().empty());
    Json narrow = sceneWith("deltas-brownian", {{"schedule", "ve-brownian"}});
    QCOMPARE(problemOf(narrow)->remarks().size(), std::size_t{1});
    QVERIFY(
        contains(problemOf(narrow)->remarks()[0], "beyond its ends the model is asked at them"));
    QVERIFY(problemOf(wide)->remarks().empty());
  }
};

QTEST_GUILESS_MAIN(ScoreModelTest)
#include "score_model_test.moc"
