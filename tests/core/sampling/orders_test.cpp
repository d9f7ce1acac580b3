#include "core/sampling/integrate.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What the catalogue says of each sampler is what is measured: runs of n, 2n, 4n steps follow one
// Brownian path, and their differences D(n) = X_2n − X_n shrink by 2^−order.
class OrdersTest : public QObject {
  Q_OBJECT

private slots:
  void catalogueIsComplete();
  void strongOrder_data();
  void strongOrder();
  void weakOrder_data();
  void weakOrder();
  void convergeToTheFlow_data();
  void convergeToTheFlow();
  void fixedStochasticity();
  void stochasticityBeyondTheRange();
};

namespace {

// A smooth landscape, and a start and end between which the law changes much.
const char* const kProcess = R"({"kind": "vp-constant", "beta": 2, "horizon": 2})";

// PNDM's error is of order 2 because σ = b/a is no linear function of s; here it is far from one.
const char* const kExponential =
    R"({"kind": "ve-geometric", "sigma_min": 0.1, "sigma_max": 10, "horizon": 1})";

bool isPndm(const SamplerKind& kind) {
  return kind.id == "pndm";
}

ProblemPtr smoothProblem(const char* process = kProcess) {
  return problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0.3", process));
}

ProblemPtr problemFor(const SamplerKind& kind) {
  return smoothProblem(isPndm(kind) ? kExponential : kProcess);
}

EnsembleSpec specOf(const SamplerKind& kind, Index particles, double lambda) {
  EnsembleSpec spec;
  spec.sampler = kind.id;
  spec.particles = particles;
  spec.stochasticity = lambda;
  spec.sStart = isPndm(kind) ? 1 : 1.5;
  spec.sEnd = isPndm(kind) ? 0.4 : lambda == 0 ? 0.3 : 0.1;
  return spec;
}

/// The ends of n, 2n, 4n, … steps on one path, one run a column.
Mat endsOf(const Problem& problem, EnsembleSpec spec, Index coarsest, int runs) {
  Mat out(spec.particles, runs);
  for (int k = 0; k < runs; ++k) {
    spec.steps = coarsest << k;
    spec.saveEvery = spec.steps;
    spec.noiseCellsPerStep = Index{1} << (runs - 1 - k);
    const Ensemble ensemble =
        integrate(problem.target(), problem.process(), spec, Direction::reverse, {});
    out.col(k) = ensemble.state(1).row(0).cast<double>().transpose();
  }
  return out;
}

/// λ = 0 and 1 where the sampler can do both.
void addKinds(bool strong) {
  QTest::addColumn<QString>("id");
  QTest::addColumn<double>("lambda");
  for (const SamplerKind& kind : samplerCatalog())
    for (const double lambda : {0.0, 0.6, 1.0}) {
      if (kind.stochasticity(lambda) != lambda) continue;
      if (!(strong ? kind.strongOrder : kind.weakOrder)) continue;
      QTest::addRow("%s, λ = %g", kind.id.c_str(), lambda)
          << QString::fromStdString(kind.id) << lambda;
    }
}

/// Few steps for high orders, whose errors soon are those of single precision; few for weak orders
/// with noise, whose bias soon is below the statistical error.
Index coarsestOf(const SamplerKind& kind, double lambda) {
  const int order = *kind.weakOrder;
  if (order == 4) return 4;
  if (order == 2) return lambda == 0 ? 24 : 6;
  return 32;
}

}  // namespace

void OrdersTest::catalogueIsComplete() {
  std::set<std::string> ids;
  for (const SamplerKind& kind : samplerCatalog()) {
    QVERIFY(!kind.id.empty() && !kind.title.empty() && !kind.source.empty());
    QVERIFY(ids.insert(kind.id).second);
    QVERIFY(kind.make() != nullptr);
    QVERIFY(kind.leastStochasticity <= kind.mostStochasticity);
    QCOMPARE(&findSampler(kind.id), &kind);
  }
  QVERIFY(contains(refusal([] { findSampler("nope"); }), "ensemble.sampler: \"nope\""));
}

void OrdersTest::strongOrder_data() {
  addKinds(true);
}

void OrdersTest::strongOrder() {
  QFETCH(QString, id);
  QFETCH(double, lambda);
  const SamplerKind& kind = findSampler(id.toStdString());
  // Without noise the strong order is that of the flow.
  const int order = lambda == 0 ? *kind.weakOrder : *kind.strongOrder;
  const Mat ends = endsOf(*problemFor(kind), specOf(kind, 4000, lambda),
                          lambda == 0 ? coarsestOf(kind, 0) : 32, 4);
  const double coarse = (ends.col(1) - ends.col(0)).norm();
  const double middle = (ends.col(2) - ends.col(1)).norm();
  const double fine = (ends.col(3) - ends.col(2)).norm();
  QVERIFY(coarse < 0.2 * ends.col(3).norm());
  const double first = std::log2(coarse / middle), second = std::log2(middle / fine);
  const bool good = std::abs((order == 4 ? first : second) - order) < (order == 4 ? 0.4 : 0.25);
  if (!good) qWarning("orders %g, then %g; declared %d", first, second, order);
  QVERIFY(good);
}

void OrdersTest::weakOrder_data() {
  addKinds(false);
}

// E x² on shared paths: what the paths share cancels in the differences.
void OrdersTest::weakOrder() {
  QFETCH(QString, id);
  QFETCH(double, lambda);
  const SamplerKind& kind = findSampler(id.toStdString());
  const int order = *kind.weakOrder;
  const Index particles = lambda == 0 ? 100'000 : order == 2 ? 500'000 : 60'000;
  const Mat ends =
      endsOf(*problemFor(kind), specOf(kind, particles, lambda), coarsestOf(kind, lambda), 3);
  double errors[2];
  const auto difference = [&](Index k) {
    const Eigen::ArrayXd d = ends.col(k + 1).array().square() - ends.col(k).array().square();
    errors[k] = std::sqrt((d - d.mean()).square().mean() / static_cast<double>(particles));
    return d.mean();
  };
  const double coarse = difference(0), fine = difference(1);
  QVERIFY(std::abs(coarse) > 12 * errors[0]);  // there is a bias to speak of
  const double ratio = fine / coarse, expected = std::pow(0.5, order);
  const double bound = 0.3 * expected + 4 * errors[1] / std::abs(coarse);
  QVERIFY(bound < expected);
  const bool good = std::abs(ratio - expected) < bound;
  if (!good) qWarning("ratio %g, expected %g ± %g", ratio, expected, bound);
  QVERIFY(good);
}

void OrdersTest::convergeToTheFlow_data() {
  addKinds(false);
}

// All samplers of one λ go to the same: their ends are those of the finest run of another scheme
// on the same path (the ODE's) or in law (E x and E x² within 4 standard errors).
void OrdersTest::convergeToTheFlow() {
  QFETCH(QString, id);
  QFETCH(double, lambda);
  const SamplerKind& kind = findSampler(id.toStdString());
  const ProblemPtr problem = problemFor(kind);
  EnsembleSpec spec = specOf(kind, 40'000, lambda);
  spec.steps = 800;
  spec.saveEvery = 800;
  const auto run = [&] {
    const Ensemble e =
        integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
    return Vec(e.state(1).row(0).cast<double>().transpose());
  };
  const Vec ends = run();
  if (lambda == 0) {
    spec.sampler = "probability-flow-rk4";
    QVERIFY((ends - run()).cwiseAbs().maxCoeff() < 0.02);
    return;
  }
  const Channel channel = problem->process().channel(0.1);
  const double a = channel.signal;
  const double mean = a * problem->target().mean()[0];
  const double square =
      a * a * problem->target().covariance()(0, 0) + channel.noiseVariance + mean * mean;
  const auto near4 = [&](const Eigen::ArrayXd& values, double expected) {
    const double error = std::sqrt((values - values.mean()).square().mean() / 40'000);
    if (std::abs(values.mean() - expected) <= 4 * error + 2e-3) return true;
    qWarning("%g, expected %g ± %g", values.mean(), expected, error);
    return false;
  };
  QVERIFY(near4(ends.array(), mean));
  QVERIFY(near4(ends.array().square(), square));
}

// Where a sampler is for one λ, the scene's has no say.
void OrdersTest::fixedStochasticity() {
  for (const SamplerKind& kind : samplerCatalog()) {
    const ProblemPtr problem = problemFor(kind);
    const auto end = [&](double lambda) {
      EnsembleSpec spec = specOf(kind, 64, lambda);
      spec.steps = spec.saveEvery = 20;
      spec.sEnd = 0.4;
      const Ensemble e =
          integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
      return Vec(e.state(1).row(0).cast<double>().transpose());
    };
    const bool fixed = kind.leastStochasticity == kind.mostStochasticity;
    QCOMPARE((end(0) - end(1)).cwiseAbs().maxCoeff() == 0, fixed);
  }
}

void OrdersTest::stochasticityBeyondTheRange() {
  const ProblemPtr problem = smoothProblem();
  EnsembleSpec spec = specOf(findSampler("ddim"), 10, 1.5);
  const std::string message = refusal(
      [&] { integrate(problem->target(), problem->process(), spec, Direction::reverse, {}); });
  QVERIFY(contains(message, "ensemble.stochasticity: 1.5 is too much for the sampler ddim"));
}

QTEST_APPLESS_MAIN(OrdersTest)
#include "orders_test.moc"
