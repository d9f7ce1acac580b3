#include "core/study/drift_field.hpp"

#include "core/runtime/errors.hpp"
#include "core/study/document.hpp"
#include "core/study/field_point.hpp"

#include <QTest>

using namespace separatrix;

class DriftFieldTest : public QObject {
  Q_OBJECT

private slots:
  void pointsDownThePotentialAtEveryPoint() {
    const ProblemPtr problem = preset("asymmetric");
    const DriftField field = run(*problem, {{"times", {{0.05, 0.9, 4}}}, {"range", {{-2, 2, 7}}}});
    QCOMPARE(field.drift.rows(), Index{7});
    QCOMPARE(field.drift.cols(), Index{4});
    for (Index t = 0; t < 4; ++t)
      for (Index i = 0; i < 7; ++i) {
        const double x = field.positions[static_cast<std::size_t>(i)];
        const double s = field.times[static_cast<std::size_t>(t)];
        // The slope of U by differences of the potential itself.
        constexpr double h = 1e-5;
        const double slope =
            (potential(*problem, s, x + h) - potential(*problem, s, x - h)) / (2 * h);
        QVERIFY(std::abs(field.drift(i, t) + slope) < 1e-4 * (1 + std::abs(slope)));
      }
  }

  void leadsToTheCentreBeforeTheSplitAndAwayAfterIt() {
    const ProblemPtr problem = preset("two-deltas");
    const DriftField field =
        run(*problem, {{"times", {{0.1, 0.8, 2}}}, {"range", {{0.2, 0.2, 1}}}});
    QVERIFY(field.drift(0, 0) > 0);
    QVERIFY(field.drift(0, 1) < 0);
  }

  void automaticTimesAreEvenInTheSignal() {
    const DriftField field = run(*preset("two-deltas"), Json::object());
    const std::vector<double>& a = field.signalValues;
    for (std::size_t t = 2; t < a.size(); ++t)
      QVERIFY(std::abs((a[t] - a[t - 1]) - (a[1] - a[0])) < 1e-9);
  }

  void refusesTwoDimensions() {
    QVERIFY_EXCEPTION_THROWN(run(*preset("four-deltas"), Json::object()), Failure);
  }

private:
  static ProblemPtr preset(const char* name) {
    return prepare(documentFromJson(findDocument(presets(), name)->json).scene);
  }
  static ResultPtr analyse(const std::string& id, const Problem& problem, const Json& request) {
    const Analysis& analysis = findAnalysis(id);
    return analysis.run(problem, validate(analysis.parameters, request, ""), {});
  }
  static DriftField run(const Problem& problem, const Json& request) {
    return static_cast<const DriftField&>(*analyse("drift-field", problem, request));
  }
  static double potential(const Problem& problem, double s, double x) {
    const auto result = analyse("field", problem, {{"time", s}, {"at", Json::array({x})}});
    return static_cast<const FieldPoint&>(*result).potential;
  }
};

QTEST_APPLESS_MAIN(DriftFieldTest)
#include "drift_field_test.moc"
