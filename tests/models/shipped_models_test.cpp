#include "core/study/residuals.hpp"
#include "core/study/slice.hpp"
#include "tests/models/support.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

/// The trained models that come with the program, in the sandbox, on their presets.
class ShippedModelsTest : public QObject {
  Q_OBJECT

private slots:
  void predictTheNoise_data() { presets(); }

  // A wrong schedule, sign, parametrisation or scale would leave a loss of order 1.
  void predictTheNoise() {
    QFETCH(QString, preset);
    const ResultPtr result = runAnalysis("residuals", *presetProblem(preset.toStdString()),
                                         {{"times", {{100, 900, 3}}}, {"samples", 100}});
    const auto& found = dynamic_cast<const Residuals&>(*result);
    for (std::size_t k = 0; k < 3; ++k) QVERIFY(std::abs(found.means[k]) < 0.03);
    QVERIFY(std::abs(found.variances[2] - 1) < 0.05);
    // With much noise there is one best prediction, which it knows; the exact score is the best.
    QVERIFY(found.distances[2].value < 1e-5);
    QVERIFY(found.distances[1].value < 0.02);
    // With little noise the exact score knows these data by heart, the model does not.
    QVERIFY(found.exact[0].value < 0.02);
    QVERIFY(found.losses[0].value > 0.03 && found.losses[0].value < 0.3);
  }

  void splitBetweenDigits_data() { presets(); }

  // Beside the exact slice: the same with much noise; two wells with little.
  void splitBetweenDigits() {
    QFETCH(QString, preset);
    const ProblemPtr problem = presetProblem(preset.toStdString());
    Json request = {{"times", {{50, 900, 2}}},
                    {"angles", 25},
                    {"alpha_from", -std::numbers::pi / 4},
                    {"alpha_to", 3 * std::numbers::pi / 4},
                    {"tolerance", 1e-3}};
    const ResultPtr learned = runAnalysis("slice", *problem, request);
    request["score"] = "data";
    const ResultPtr known = runAnalysis("slice", *problem, request);
    const Mat& model = dynamic_cast<const Slice&>(*learned).potentials;
    const Mat& exact = dynamic_cast<const Slice&>(*known).potentials;
    const auto range = [](const Vec& values) { return values.maxCoeff() - values.minCoeff(); };
    const double apart = (model.col(1) - exact.col(1)).cwiseAbs().maxCoeff();
    QVERIFY2(apart < 0.02 * range(exact.col(1)),
             qPrintable(QString("%1 of %2").arg(apart).arg(range(exact.col(1)))));
    // x₁ is at place 6 of 25, x₂ at 18, and a wall between them.
    const Vec early = model.col(0);
    const double wall = early.segment(8, 9).maxCoeff();
    QVERIFY(wall > early.segment(3, 7).minCoeff() + 0.01 * range(early));
    QVERIFY(wall > early.segment(15, 7).minCoeff() + 0.01 * range(early));
  }

private:
  static void presets() {
    QTest::addColumn<QString>("preset");
    QTest::newRow("digits") << "digits-model";
    QTest::newRow("MNIST") << "mnist-model";
  }
};

QTEST_GUILESS_MAIN(ShippedModelsTest)
#include "shipped_models_test.moc"
