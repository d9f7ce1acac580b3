#include "core/study/critical_times.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CriticalTimesTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltasUnderVp();
  void twoDeltasUnderVe();
  void spreadComponents();
  void unequalWeightsNeverLoseStability();
  void laplacianOfPointsOfEqualNorm();
  void symmetricPointsOfHigherDimension();
  void eventsOfHigherDimension();
  void slightAsymmetryIsSeen();
  void collapseTakesTheNumberOfPoints();
  void speciation_data();
  void speciation();
  void tableAgreesWithTheRecord();
};

namespace {

Json recordOf(const Json& scene) {
  return *runAnalysis("critical-times", *problemOf(scene))->record();
}

double at(const Json& record, const char* kind, const char* key) {
  return record.at(kind).is_null() ? std::nan("") : record.at(kind).at(key).get<double>();
}

const Json& critical(const std::string& name) {
  for (const Json& entry : reference().at("critical"))
    if (entry.at("name") == name) return entry;
  throw std::logic_error("no such reference value");
}

/// ±e_i in D dimensions scaled to norm r: centred points of equal norm.
std::string axisPoints(int dimension, double radius) {
  Json points = Json::array();
  for (int i = 0; i < dimension; ++i)
    for (const double sign : {-1.0, 1.0}) {
      Json point = Json::array();
      for (int j = 0; j < dimension; ++j) point.push_back(i == j ? sign * radius : 0.0);
      points.push_back(point);
    }
  return points.dump();
}

}  // namespace

void CriticalTimesTest::twoDeltasUnderVp() {
  const Json& expected = critical("two deltas, SDE potential, VP");
  const Json record = recordOf(sceneOf("[[-1],[1]]", "1", "0"));
  QVERIFY(agrees("θ_c", at(record, "sde", "signal"), expected["theta_c"].get<double>(), 1e-10));
  QVERIFY(agrees("s_c", at(record, "sde", "s"), expected["s_c_vp_linear"].get<double>(), 1e-10));
  QVERIFY(agrees("t_c", at(record, "sde", "generative_time"),
                 expected["generative_t_c"].get<double>(), 1e-10));
  for (const char* kind : {"energy", "free_energy"})
    QVERIFY(agrees(kind, at(record, kind, "signal"), std::sqrt(0.5), 1e-10));
  QVERIFY(record.at("ode").is_null());
  QVERIFY(record.at("collapse").is_null());
  QCOMPARE(record.at("events").size(), std::size_t{1});
  const Json& event = record.at("events")[0];
  QCOMPARE(event.at("kind").get<std::string>(), std::string("pitchfork"));
  QCOMPARE(event.at("multiplicity").get<int>(), 1);
  QVERIFY(
      agrees("event", event.at("s").get<double>(), expected["s_c_vp_linear"].get<double>(), 1e-10));
  QVERIFY(std::abs(event.at("x")[0].get<double>()) < 1e-6);
}

void CriticalTimesTest::twoDeltasUnderVe() {
  const double expected = critical("two deltas, free energy, VE sigma=1")["s_c"].get<double>();
  const Json record = recordOf(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian, "free-energy"));
  for (const char* kind : {"sde", "ode", "energy", "free_energy"})
    QVERIFY(agrees(kind, at(record, kind, "s"), expected, 1e-10));
  QVERIFY(record.at("speciation").is_null());
  // s_c σ² = 1.
  const Json wide = recordOf(
      sceneOf("[[-1],[1]]", "1", "0", R"({"kind": "ve-brownian", "sigma": 0.7, "horizon": 4})"));
  QVERIFY(agrees("σ = 0.7", at(wide, "ode", "s"), 1 / 0.49, 1e-10));
}

// ±1 of variance v: C depends on s, so these are the roots of implicit equations (theory §3).
// At the origin C = b²v/V + (b²/V)² with V = a²v + b²; solved here by bisection in a².
void CriticalTimesTest::spreadComponents() {
  const double v = 0.25;
  const auto root = [v](const auto& loses) {
    double low = 1e-6, high = 1 - 1e-6;
    for (int i = 0; i < 100; ++i) {
      const double a2 = 0.5 * (low + high);
      const double b2 = 1 - a2;
      const double V = a2 * v + b2;
      const double C = b2 * v / V + (b2 / V) * (b2 / V);
      (loses(a2, b2, C) ? high : low) = a2;
    }
    return std::sqrt(low);
  };
  const double sde = root([](double a2, double b2, double C) {
    return -0.5 + (1 - a2 * C / b2) / b2 < 0;  // U''/β
  });
  const double freeEnergy = root([](double a2, double b2, double C) { return a2 * C > b2; });
  QVERIFY(agrees("sde, by theory §3", sde, 0.6667, 1e-4));
  QVERIFY(agrees("free energy, by theory §3", freeEnergy, 0.7559, 1e-4));
  const Json record = recordOf(sceneOf("[[-1],[1]]", "1", "0.25"));
  QVERIFY(agrees("sde", at(record, "sde", "signal"), sde, 1e-9));
  QVERIFY(agrees("free energy", at(record, "free_energy", "signal"), freeEnergy, 1e-9));
  QVERIFY(agrees("energy", at(record, "energy", "signal"), freeEnergy, 1e-9));
  QVERIFY(record.at("ode").is_null());
}

void CriticalTimesTest::unequalWeightsNeverLoseStability() {
  const Json record = recordOf(sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0", kVeBrownian));
  for (const char* kind : {"sde", "ode", "energy", "free_energy"})
    QVERIFY(record.at(kind).is_null());
  QCOMPARE(record.at("events").size(), std::size_t{1});
  const Json& fold = record.at("events")[0];
  QCOMPARE(fold.at("kind").get<std::string>(), std::string("fold"));
  // x = tanh(x/s + h), tanh h = 0.2: the fold has s = 1 − x² too.
  const double x = fold.at("x")[0].get<double>();
  const double s = fold.at("s").get<double>();
  QVERIFY(agrees("on the curve", std::tanh(x / s + std::atanh(0.2)), x, 1e-9));
  QVERIFY(agrees("at its fold", 1 - x * x, s, 1e-8));
}

// θ* = √((√(D² + r⁴) − r²)/D) [RA Eq 13], here for 2D points on the axes.
void CriticalTimesTest::laplacianOfPointsOfEqualNorm() {
  int compared = 0;
  for (const Json& entry : reference().at("critical")) {
    if (!entry.contains("theta_star") || entry.at("D") > 16) continue;
    const int D = entry.at("D").get<int>();
    const auto r = entry.at("r").get<double>();
    const Json record = recordOf(sceneOf(axisPoints(D, r), "1", "0"));
    QVERIFY(agrees("θ*", at(record, "laplacian", "signal"), entry.at("theta_star").get<double>(),
                   1e-10));
    ++compared;
  }
  QCOMPARE(compared, 2);
  const double D = 2, r = 1.7;
  const double star = std::sqrt((std::sqrt(D * D + r * r * r * r) - r * r) / D);
  const Json record = recordOf(sceneOf(axisPoints(2, r), "1", "0"));
  QVERIFY(agrees("θ*, D = 2", at(record, "laplacian", "signal"), star, 1e-10));
}

// Λ at the centre of 2D points on the axes is r²/D, the same at all s.
void CriticalTimesTest::symmetricPointsOfHigherDimension() {
  const double r = 1.5;
  for (const int D : {2, 3, 5}) {
    const double L = r * r / D;
    const Json vp = recordOf(sceneOf(axisPoints(D, r), "1", "0"));
    QVERIFY(agrees("sde", at(vp, "sde", "signal"), std::sqrt(std::sqrt(L * L + 1) - L), 1e-10));
    QVERIFY(agrees("energy", at(vp, "energy", "signal"), std::sqrt(1 / (1 + L)), 1e-10));
    if (L < 1)
      QVERIFY(agrees("ode", at(vp, "ode", "signal"), std::sqrt(1 - L), 1e-9));
    else
      QVERIFY(vp.at("ode").is_null());
    const Json ve = recordOf(sceneOf(axisPoints(D, r), "1", "0", kVeBrownian, "energy"));
    QVERIFY(agrees("ve", at(ve, "energy", "s"), L, 1e-10));
  }
}

// The record's events are those of the scene's potential, of any dimension.
void CriticalTimesTest::eventsOfHigherDimension() {
  const Json record = *runAnalysis("critical-times", *presetProblem("four-deltas"))->record();
  QCOMPARE(record.at("events").size(), std::size_t{1});
  const Json& event = record.at("events")[0];
  QCOMPARE(event.at("kind").get<std::string>(), std::string("pitchfork"));
  QCOMPARE(event.at("multiplicity").get<int>(), 2);
  QCOMPARE(event.at("x").size(), std::size_t{2});
  QVERIFY(agrees("s", event.at("s").get<double>(), 0.5, 1e-10));
  for (const char* kind : {"sde", "ode", "energy", "free_energy"})
    QVERIFY(agrees(kind, at(record, kind, "s"), 0.5, 1e-10));
}

// Almost symmetric: the branch turns aside just before it would lose stability.
void CriticalTimesTest::slightAsymmetryIsSeen() {
  for (const char* means : {"[[-1],[1]]", "[[-1,0.3],[1,-0.2]]"}) {
    const Json record = recordOf(sceneOf(means, "[0.500001, 0.499999]", "0"));
    QVERIFY(record.at("sde").is_null());
    QCOMPARE(record.at("events").size(), std::size_t{1});
    QCOMPARE(record.at("events")[0].at("kind").get<std::string>(), std::string("fold"));
  }
}

void CriticalTimesTest::collapseTakesTheNumberOfPoints() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[1]]", "1", "0.25", kVpConstant));
  QVERIFY(runAnalysis("critical-times", *problem)->record()->at("collapse").is_null());
  const Json record = *runAnalysis("critical-times", *problem, {{"points", 20}})->record();
  const double s = at(record, "collapse", "s");
  QVERIFY(agrees("t_C [B Eq 10]", s, 0.5 * std::log1p(0.25 / (400 - 1)), 1e-9));
  QCOMPARE(record.at("collapse").at("points").get<int>(), 20);
}

void CriticalTimesTest::speciation_data() {
  QTest::addColumn<double>("lambda");
  for (const Json& entry : reference().at("critical"))
    if (entry.contains("Lambda"))
      QTest::addRow("%g", entry["Lambda"].get<double>()) << entry["Lambda"].get<double>();
}

void CriticalTimesTest::speciation() {
  QFETCH(double, lambda);
  const Json* entry = nullptr;
  for (const Json& candidate : reference().at("critical"))
    if (candidate.contains("Lambda") && candidate["Lambda"] == lambda) entry = &candidate;
  QVERIFY(entry != nullptr);
  const double m = std::sqrt(lambda);
  Json scene = sceneOf("[[-1],[1]]", "1", "0", kVpConstant);
  scene["target"]["means"] = {{-m}, {m}};
  const Json record = recordOf(scene);
  if (lambda < 1) {
    QVERIFY(record.at("speciation").is_null());
  } else {
    QVERIFY(agrees("Λ", at(record, "speciation", "Lambda"), lambda, 1e-12));
    QVERIFY(agrees("t_S", at(record, "speciation", "s"), (*entry)["t_S"].get<double>(), 1e-9, 1));
  }
  QVERIFY(agrees("θ_c", at(record, "sde", "signal"), (*entry)["theta_c_sde"].get<double>(), 1e-9));
  QVERIFY(agrees("θ_c, free energy", at(record, "free_energy", "signal"),
                 (*entry)["theta_c_free_energy"].get<double>(), 1e-9));
}

void CriticalTimesTest::tableAgreesWithTheRecord() {
  const ResultPtr result = runAnalysis("critical-times", *presetProblem("gaussian-mixture"));
  const Json record = *result->record();
  const Table table = result->table();
  const auto& names = std::get<std::vector<std::string>>(table.columns[0].values);
  const auto& times = std::get<std::vector<double>>(table.columns[2].values);
  QCOMPARE(table.columns[2].name, std::string("s"));
  QCOMPARE(names.size(), std::size_t{5});
  for (std::size_t i = 0; i < names.size(); ++i)
    QCOMPARE(times[i], record.at(names[i]).at("s").get<double>());
}

QTEST_APPLESS_MAIN(CriticalTimesTest)
#include "critical_times_test.moc"
