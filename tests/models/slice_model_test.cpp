#include "core/study/slice.hpp"
#include "tests/cli/program.hpp"
#include "tests/models/support.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

namespace {

/// The mixture that the models "mixture" and "mixture-curl" know (make_models.cpp).
Json mixtureScene() {
  Json means = Json::array();
  for (int k = 1; k <= 3; ++k) {
    Json mean = Json::array();
    for (int i = 0; i < 64; ++i) mean.push_back(std::sin(1.0 + i * k));
    means.push_back(mean);
  }
  return {{"separatrix", 1},
          {"target",
           {{"kind", "gaussian-mixture"},
            {"means", means},
            {"weights", {0.5, 0.3, 0.2}},
            {"variance", 0.25}}},
          {"process", parseJson(kVpLinear, "process")}};
}

Json withModel(Json scene, const std::string& model) {
  scene["model"] = {
      {"path", modelPath(model)}, {"parametrisation", "score"}, {"time_argument", "unit"}};
  return scene;
}

const Json kRequest = {{"times", {{0.05, 0.9, 5}}}, {"angles", 33}, {"alpha_to", 3}};

}  // namespace

class SliceModelTest : public QObject {
  Q_OBJECT

private slots:
  // The slice of a model that has the exact score, in single precision, is that of the data.
  void isThatOfTheData_data() {
    QTest::addColumn<QString>("model");
    QTest::newRow("deltas") << "deltas-score";
    QTest::newRow("mixture") << "mixture";
  }

  void isThatOfTheData() {
    QFETCH(QString, model);
    const Json scene = model == "mixture" ? mixtureScene() : sceneOf("[[-1],[1]]", "1", "0");
    const ResultPtr learned =
        runAnalysis("slice", *problemOf(withModel(scene, model.toStdString())), kRequest);
    const ResultPtr exact = runAnalysis("slice", *problemOf(scene), kRequest);
    const auto& found = dynamic_cast<const Slice&>(*learned);
    const auto& wanted = dynamic_cast<const Slice&>(*exact);
    QVERIFY(found.remark().empty());
    for (Index k = 0; k < 5; ++k) {
      const double range =
          wanted.potentials.col(k).maxCoeff() - wanted.potentials.col(k).minCoeff();
      const double slope = wanted.gradients.col(k).cwiseAbs().maxCoeff();
      const double apart = (found.potentials - wanted.potentials).col(k).cwiseAbs().maxCoeff();
      const double slopes = (found.gradients - wanted.gradients).col(k).cwiseAbs().maxCoeff();
      QVERIFY2(apart < 1e-5 * range, std::to_string(apart / range).c_str());
      QVERIFY2(slopes < 1e-5 * slope, std::to_string(slopes / slope).c_str());
    }
  }

  void aGradientDoesNotCirculate() {
    for (const auto& [scene, model] : {std::pair(sceneOf("[[-1],[1]]", "1", "0"), "deltas-score"),
                                       std::pair(mixtureScene(), "mixture")}) {
      const ResultPtr result = runAnalysis("circulation", *problemOf(withModel(scene, model)),
                                           {{"times", {{0.05, 0.9, 5}}}});
      const auto& found = dynamic_cast<const Circulation&>(*result);
      for (std::size_t k = 0; k < 5; ++k)
        QVERIFY2(std::abs(found.integrals[k]) < 1e-5 * found.scales[k],
                 std::to_string(found.integrals[k] / found.scales[k]).c_str());
    }
  }

  // A score turned by 0.1 (−x₁, x₀) has, around a loop of area π (u₀v₁ − u₁v₀) in that plane, the
  // integral −A · 0.1 · 2 · area.
  void aCurlCirculates() {
    Json scene = mixtureScene();
    scene["ensemble"]["seed"] = 3;
    const ProblemPtr problem = problemOf(withModel(scene, "mixture-curl"));
    const ResultPtr result =
        runAnalysis("circulation", *problem, {{"times", {{0.1, 0.9, 4}}}, {"pair", {0, 2}}});
    const auto& found = dynamic_cast<const Circulation&>(*result);
    for (std::size_t k = 0; k < 4; ++k) {
      const double s = found.times[k];
      const Channel c = problem->process().channel(s);
      const auto state = [&](Index point) -> Vec {
        Vec x = c.signal * problem->data().components()->means.col(point);
        for (Index i = 0; i < 2; ++i) {
          float z = 0;
          Noise(3).normals(NoisePurpose::start, 0, i, point, 1, &z);
          x[i] += std::sqrt(c.noiseVariance) * static_cast<double>(z);
        }
        return x;
      };
      const Vec u = state(0), v = state(2);
      const double area = std::numbers::pi * (u[0] * v[1] - u[1] * v[0]);
      const double expected = -problem->potentialAt(s).scoreWeight * 0.2 * area;
      QVERIFY(agrees("circulation", found.integrals[k], expected, 1e-4, 1e-3 * found.scales[k]));
    }
  }

  void fromTheCommandLine() {
    const QTemporaryDir folder;
    const QString data = folder.filePath("data.csv");
    writeFile(data.toStdString(), "-1\n1\n");
    const QString model = QString::fromStdString(modelPath("deltas-score"));
    const QStringList slice = words("slice two-deltas --times 0.1:0.5:2 --pair 0,1 --angles 5");
    const Outcome learned = runCli(slice + QStringList{"--model", model, "--data", data});
    QCOMPARE(learned.err, QByteArray());
    QCOMPARE(learned.code, 0);
    const auto rows = rowsOf(learned.out), exact = rowsOf(runCli(slice).out);
    QCOMPARE(rows.first(), QByteArray("s,alpha,potential,gradient"));
    QCOMPARE(rows.size(), 11);
    for (qsizetype i = 1; i < rows.size(); ++i)
      for (qsizetype column = 0; column < 4; ++column)
        QVERIFY(near(rows[i].split(',')[column].toDouble(), exact[i].split(',')[column].toDouble(),
                     1e-5, 10));
    const Outcome samples =
        runCli(words("samples two-deltas --particles 50 --steps 100 --model") + QStringList{model});
    QCOMPARE(samples.code, 0);
    QCOMPARE(rowsOf(samples.out).size(), 51);
    const Outcome broken =
        runCli(slice + QStringList{"--model", QString::fromStdString(modelPath("throw"))});
    QCOMPARE(broken.code, 1);
    QVERIFY(isOneClearLine(broken.err, "throw.pt"));
  }
};

QTEST_GUILESS_MAIN(SliceModelTest)
#include "slice_model_test.moc"
