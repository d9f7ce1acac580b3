#include "core/study/thermodynamics.hpp"

#include "core/export/result_bytes.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// Free energies, entropies and the self-consistent solution against sums and quadratures.
class ThermodynamicsTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithTheReferenceValues();
  void mixtureWithVariances();
  void weightsOfEqualDeltas();
  void lowestOfSeveralSolutions();
  void fieldTiltsTwoDeltas();
  void fourDeltasChooseAnAxis();
  void curieWeissIsItsMeanField();
  void meanIsMinusTheGradientOfF();
  void infiniteSusceptibilityIsAnEmptyCell();
  void extremeTimesAndPoints();
  void refusesWhatDoesNotFit();
};

namespace {

Thermodynamics::State stateAt(const Json& scene, double s, const Json& at, const Json& field = 0) {
  const ResultPtr result = runAnalysis("thermodynamics", *problemOf(scene),
                                       {{"times", {{s, s, 1}}}, {"at", at}, {"field", field}});
  return static_cast<const Thermodynamics&>(*result).states.at(0);
}

Json spinScene(int dimension, double J, double T) {
  Json scene = sceneOf("[[0]]", "1", "0", kVeBrownian, "free-energy");
  scene["target"] = {{"kind", "ising"},
                     {"dimension", dimension},
                     {"coupling", {{"curie-weiss", J}}},
                     {"temperature", T}};
  return scene;
}

double number(const Json& entry, const char* key) {
  return entry.at(key).get<double>();
}

}  // namespace

void ThermodynamicsTest::agreesWithTheReferenceValues() {
  Json scene = sceneOf("[[-1],[1]]", "1", "0");
  QVERIFY(reference().at("thermodynamics").size() >= 8);
  for (const Json& entry : reference().at("thermodynamics")) {
    scene["process"] = entry.at("process");
    const auto state = stateAt(scene, number(entry, "s"), {number(entry, "x_hat")});
    const FreeEnergy& at = state.atPoint;
    QVERIFY(agrees("β", at.beta, number(entry, "beta"), 1e-13));
    QVERIFY(agrees("F", at.value, number(entry, "free_energy"), 1e-12));
    QVERIFY(agrees("F̃", at.regularized, number(entry, "regularized_free_energy"), 1e-12));
    QVERIFY(agrees("⟨y⟩", at.mean[0], number(entry, "mean"), 1e-12));
    QVERIFY(agrees("H", at.weightEntropy, number(entry, "weight_entropy"), 1e-12));
    QVERIFY(agrees("−KL", at.relativeEntropy, number(entry, "relative_entropy"), 1e-10));
    QVERIFY(agrees("|m|", state.solution.m.norm(), number(entry, "order_parameter"), 1e-12, 1e-3));
    QVERIFY(agrees("χ", state.susceptibility, number(entry, "susceptibility"), 1e-9));
    QVERIFY(state.solution.residual <= 1e-14);
    // Two deltas: Y = (1 + ⟨y⟩²)/2.
    QVERIFY(
        agrees("Y", at.participationRatio, 0.5 * (1 + std::pow(number(entry, "mean"), 2)), 1e-12));
  }
}

// Quadratures over φ at 30 digits; −KL by its definition −∫ p log(p/φ).
void ThermodynamicsTest::mixtureWithVariances() {
  const Json scene = sceneOf("[[-1],[2]]", "[0.3, 0.7]", "[0.1, 0.25]", kVeBrownian);
  const FreeEnergy at = stateAt(scene, 1 / 1.7, {0.45}).atPoint;
  QVERIFY(agrees("β", at.beta, 1.7, 1e-14));
  QVERIFY(agrees("F", at.value, 0.84515891110526385, 1e-13));
  QVERIFY(agrees("F̃", at.regularized, 0.94640891110526385, 1e-13));
  QVERIFY(agrees("⟨y⟩", at.mean[0], 0.83755596557490047, 1e-13));
  QVERIFY(agrees("−KL", at.relativeEntropy, -0.38689726142360855, 1e-12));
  QVERIFY(agrees("H", at.weightEntropy, 0.61160984950537, 1e-12));
  QVERIFY(agrees("Y", at.participationRatio, 0.57929587847537596, 1e-12));
}

void ThermodynamicsTest::weightsOfEqualDeltas() {
  const Json scene = sceneOf("[[1,0],[-1,0],[0,1],[0,-1]]", "1", "0", kVeBrownian);
  const FreeEnergy even = stateAt(scene, 0.5, 0).atPoint;
  QVERIFY(agrees("H", even.weightEntropy, std::log(4), 1e-14));
  QVERIFY(agrees("Y", even.participationRatio, 0.25, 1e-14));
  QVERIFY(std::abs(even.relativeEntropy) <= 1e-14);  // all points are as far
  const FreeEnergy one = stateAt(scene, 0.01, {1, 0}).atPoint;
  QVERIFY(agrees("Y", one.participationRatio, 1, 1e-14));
  QVERIFY(agrees("−KL", one.relativeEntropy, -std::log(4), 1e-12));
  // Where hardly a signal is left, F̃ → ½⟨|y − x̂|²⟩ of the data, 1 at (1, 0).
  const char* hot = R"({"kind": "ve-brownian", "sigma": 10000, "horizon": 10000})";
  const FreeEnergy far =
      stateAt(sceneOf("[[1,0],[-1,0],[0,1],[0,-1]]", "1", "0", hot), 1e4, {1, 0}).atPoint;
  QVERIFY(agrees("β", far.beta, 1e-12, 1e-12));
  QVERIFY(agrees("F̃", far.regularized, 1, 1e-11));
  QVERIFY(far.relativeEntropy <= 0);
}

// β = 1.7 has minima at −0.97 (F̃ = 0.748) and 2.00 (0.314); the field −0.9 leaves one at −1.15.
// Roots by bisection on quadratures.
void ThermodynamicsTest::lowestOfSeveralSolutions() {
  const Json scene = sceneOf("[[-1],[2]]", "[0.3, 0.7]", "[0.1, 0.25]", kVeBrownian);
  const auto plain = stateAt(scene, 1 / 1.7, 0);
  QVERIFY(agrees("m", plain.solution.m[0], 1.99747427858717, 1e-13));
  QVERIFY(agrees("F̃", plain.solution.freeEnergy, 0.313572389795891, 1e-12));
  QVERIFY(agrees("χ", plain.susceptibility, 0.440630270955266, 1e-12));
  const auto tilted = stateAt(scene, 1 / 1.7, 0, {-0.9});
  QVERIFY(agrees("m", tilted.solution.m[0], -1.15240118978937, 1e-12));
  QVERIFY(agrees("F", tilted.solution.freeEnergy, -0.214607839980371, 1e-12));
  QVERIFY(agrees("χ", tilted.susceptibility, 0.172375043431153, 1e-11));
  // x̂ is where --at says, whatever the field.
  QCOMPARE(tilted.atPoint.value, plain.atPoint.value);
}

// m = tanh(β(m + h)), β = 1.25, h = ±0.1.
void ThermodynamicsTest::fieldTiltsTwoDeltas() {
  const Json scene = sceneOf("[[-1],[1]]", "1", "0", kVeBrownian);
  for (const double sign : {1.0, -1.0}) {
    const auto state = stateAt(scene, 0.8, 0, {0.1 * sign});
    QVERIFY(agrees("m", state.solution.m[0], sign * 0.8161560324809378, 1e-14));
    QVERIFY(agrees("χ", state.susceptibility, 0.7163305897009166, 1e-12));
  }
}

// β = 2.6: F̃ = 0.4621 on an axis, 0.4811 at the saddles between.
void ThermodynamicsTest::fourDeltasChooseAnAxis() {
  const auto state =
      stateAt(sceneOf("[[1,0],[-1,0],[0,1],[0,-1]]", "1", "0", kVeBrownian), 1 / 2.6, 0);
  QVERIFY(agrees("|m|", state.solution.m.norm(), 0.752057636655631, 1e-13));
  QVERIFY(std::min(std::abs(state.solution.m[0]), std::abs(state.solution.m[1])) <= 1e-13);
  QVERIFY(agrees("F̃", state.solution.freeEnergy, 0.462115315160839, 1e-13));
  QVERIFY(agrees("χ", state.susceptibility, 1.29743569493832, 1e-12));
}

// The spins of Curie and Weiss seen through noise of inverse temperature β, m along (1, …, 1):
// d = 2 by hand, m = sinh(2βm)/(cosh(2βm) + e^{−J/T}) in each spin.
void ThermodynamicsTest::curieWeissIsItsMeanField() {
  const double s = 0.9, J = 1, T = 0.5;
  const auto state = stateAt(spinScene(2, J, T), s, 0);
  const double m = std::abs(state.solution.m[0]);
  QVERIFY(m > 0.5);
  QVERIFY(agrees("m", m, std::sinh(2 * m / s) / (std::cosh(2 * m / s) + std::exp(-J / T)), 1e-12));
  QVERIFY(agrees("m1", state.solution.m[1], state.solution.m[0], 1e-12));
  QVERIFY(stateAt(spinScene(2, J, T), 1.8, 0).solution.m.norm() <= 1e-15);  // Λ = 1 + tanh(J/2T)
  // Many spins, through their moments alone: no parts, but weights over all configurations.
  const auto many = stateAt(spinScene(30, 0.5, 1), 3, 0.2);
  QVERIFY(many.atPoint.weightEntropy > 15 && many.atPoint.weightEntropy < 30 * std::log(2));
  QVERIFY(many.atPoint.participationRatio > 0 && many.solution.m.norm() <= 1e-13);
}

void ThermodynamicsTest::meanIsMinusTheGradientOfF() {
  for (const Json& scene :
       {sceneOf("[[-1, 0.3],[1, 1],[0, -2]]", "[1, 2, 1.5]", "[0, 0.2, 0.1]", kVpLinear),
        spinScene(2, 1, 0.5)}) {
    const double h = 1e-4;
    const FreeEnergy at = stateAt(scene, 0.3, {0.4, -0.2}).atPoint;
    const auto value = [&](double x0, double x1) {
      return stateAt(scene, 0.3, {x0, x1}).atPoint.value;
    };
    QVERIFY(
        agrees("−∂F", (value(0.4 - h, -0.2) - value(0.4 + h, -0.2)) / (2 * h), at.mean[0], 1e-7));
    QVERIFY(
        agrees("−∂F", (value(0.4, -0.2 - h) - value(0.4, -0.2 + h)) / (2 * h), at.mean[1], 1e-7));
  }
}

void ThermodynamicsTest::infiniteSusceptibilityIsAnEmptyCell() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian));
  const Table table = runAnalysis("thermodynamics", *problem, {{"times", {{1, 1, 1}}}})->table();
  const std::string text = csvText(table);
  QVERIFY(contains(text,
                   "s,beta,free_energy,regularized_free_energy,weight_entropy,relative_entropy,"
                   "order_parameter,susceptibility,participation_ratio\n1,1,"));
  QVERIFY(contains(text, ",0,,0.5\n"));
}

void ThermodynamicsTest::extremeTimesAndPoints() {
  for (const Json& scene : {sceneOf("[[-1, 0],[1, 2]]", "[1, 3]", "[0, 0.1]", kVpLinear),
                            sceneOf("[[-1, 0],[1, 2]]", "1", "0", kVeBrownian),
                            spinScene(2, -3, 0.1), spinScene(2, 3, 0.1)})
    for (const double u : {1e-6, 1e-3, 1.0})
      for (const double x : {0.0, 100.0, -100.0}) {
        const double horizon = problemOf(scene)->process().horizon();
        const auto state = stateAt(scene, u * horizon, x);
        QVERIFY(std::isfinite(state.atPoint.value) && std::isfinite(state.atPoint.relativeEntropy));
        QVERIFY(state.atPoint.weightEntropy >= -1e-9 &&
                state.atPoint.participationRatio <= 1 + 1e-9);
        QVERIFY(state.solution.m.allFinite() && state.solution.residual <= 1e-9);
        QVERIFY(state.susceptibility >= -1e-12);
      }
}

void ThermodynamicsTest::refusesWhatDoesNotFit() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const auto with = [&](const Json& values) {
    return refusal([&] { runAnalysis("thermodynamics", *problem, values); });
  };
  QVERIFY(contains(with({{"at", {1, 2}}}), "at: has 2 coordinates; the data have 1"));
  QVERIFY(contains(with({{"field", {1, 2}}}), "field: has 2 coordinates"));
  QVERIFY(contains(with({{"times", {{0, 1, 2}, {0, 1, 2}}}}), "times: has more than one axis"));
  QVERIFY(contains(with({{"times", {{2, 2, 1}}}}), "time: 2 is out of range"));
  const ProblemPtr smooth = problemOf(sceneOf("[[0]]", "1", "1"));
  QVERIFY(contains(refusal([&] {
                     runAnalysis("thermodynamics", *smooth, {{"times", {{0, 1, 3}}}});
                   }),
                   "times: at s = 0 the temperature is 0"));
  // Without noise-free times a single Gaussian of variance v has χ = βv.
  const Thermodynamics::State gaussian = stateAt(sceneOf("[[0]]", "1", "1", kVeBrownian), 0.5, 0);
  QVERIFY(agrees("χ", gaussian.susceptibility, 2, 1e-12));
}

QTEST_APPLESS_MAIN(ThermodynamicsTest)
#include "thermodynamics_test.moc"
