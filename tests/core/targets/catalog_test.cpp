#include "core/targets/catalog.hpp"

#include "core/processes/catalog.hpp"
#include "core/processes/time_axis.hpp"
#include "core/targets/ising.hpp"
#include "tests/core/random_scenes.hpp"

#include <Eigen/Eigenvalues>

using namespace separatrix;
using namespace separatrix::test;

// What every target promises, checked on each kind of the catalogue with its defaults and on
// thousands of random scenes: random values of every kind of target and process, random times and
// points near the data, between them and far away.
class TargetCatalogTest : public QObject {
  Q_OBJECT

private slots:
  void scoreIsTheGradientOfLogDensity();
  void hessianIsTheDerivativeOfTheScore();
  void scoreAndHessianFollowFromMeanAndCovariance();
  void batchEqualsSingle();
  void singlePrecisionScoresFollowDouble();
  void finiteEverywhere();
  void farIntoNoiseThePosteriorIsTheData();
  void densityIntegratesToOne();
  void samplesHaveTheMoments();
  void samplesDoNotDependOnSlicing();
  void defaultsAreValid();
};

namespace {

/// The defaults of each kind and some random ones, of at most 6 dimensions.
std::vector<std::unique_ptr<Target>> someTargets(int ofEachKind = 15) {
  std::vector<std::unique_ptr<Target>> out;
  std::mt19937 random(17);
  for (const TargetKind& kind : targetCatalog()) {
    out.push_back(madeOf(kind, defaultsOf(kind)));
    for (int i = 0; i < ofEachKind;) {
      auto target = randomTarget(kind, random);
      if (target->dimension() > 6) continue;
      out.push_back(std::move(target));
      ++i;
    }
  }
  for (const char* spins : {R"({"dimension": 1, "coupling": [[0]]})",
                            R"({"dimension": 3, "coupling": [[0, 1, 0], [0.4, 0, -2], [1, 1, 0]]})",
                            R"({"dimension": 4, "coupling": {"curie-weiss": -1.5}})",
                            R"({"dimension": 5, "coupling": {"curie-weiss": 2.5}})"})
    out.push_back(
        madeOf(isingKind(), validate(isingKind().parameters, Json::parse(spins), "target")));
  return out;
}

std::vector<Channel> someChannels() {
  std::vector<Channel> out;
  for (const ProcessKind& kind : processCatalog()) {
    const auto process = kind.make(validate(kind.parameters, Json::object(), "process"));
    for (const double u : {0.02, 0.1, 0.4, 1.0})
      out.push_back(process->channel(u * process->horizon()));
  }
  return out;
}

Vec normalVector(Index dimension, std::mt19937& random) {
  std::normal_distribution<double> normal;
  return Vec::NullaryExpr(dimension, [&] { return normal(random); });
}

/// Where the process takes a data point, that point being moved towards the origin or not.
Vec randomPoint(const Target& target, const Channel& channel, std::mt19937& random) {
  BatchF y(target.dimension(), 1);
  target.sample(Noise(random()), 0, y);
  const double towards[] = {0, 0.3, 1, 1};
  return channel.signal * towards[random() % 4] * y.col(0).cast<double>() +
         std::sqrt(channel.noiseVariance) * normalVector(target.dimension(), random);
}

/// `check` on 1500 scenes of every kind of target, 150 targets; `least` is the shortest time, of
/// the horizon.
template <class Check>
bool holdsEverywhere(double least, const Check& check) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  const auto& processes = processCatalog();
  for (const TargetKind& kind : targetCatalog()) {
    std::unique_ptr<Target> target;
    for (std::size_t i = 0; i < 1500; ++i) {
      if (i % 10 == 0) target = randomTarget(kind, random);
      const ProcessKind& schedule = processes[i % processes.size()];
      const auto process = randomProcess(schedule, random);
      const double s = std::pow(least, uniform(random)) * process->horizon();
      const Channel channel = process->channel(s);
      if (check(*target, channel, randomPoint(*target, channel, random), random)) continue;
      qWarning("%s in %s at s = %g, a = %g, b² = %g, d = %d", kind.id.c_str(), schedule.id.c_str(),
               s, channel.signal, channel.noiseVariance, static_cast<int>(target->dimension()));
      return false;
    }
  }
  return true;
}

/// log p and score at x ± h e and x ± 2h e, for derivatives of fourth order along the unit vector
/// e; h is small against the noise and against b²/(a√Λ), over which weights change.
struct Stencil {
  PosteriorBatch at;
  double h = 0;

  Stencil(const Target& target, const Channel& channel, const Vec& x, const Vec& e) {
    const double noise = std::sqrt(channel.noiseVariance);
    h = 1e-3 * noise / (1 + channel.signal * std::sqrt(target.largestVariance()) / noise);
    Batch points(x.size(), 4);
    for (const Index p : {0, 1, 2, 3}) {
      const double steps[] = {-2, -1, 1, 2};
      points.col(p) = x + steps[p] * h * e;
    }
    target.posteriorBatch(points, channel, at);
  }

  template <class Value>
  auto derivative(const Value& value) const {
    // No auto: an expression of Eigen's would refer to values that are gone.
    const decltype(value(0)) inner = value(2) - value(1);
    const decltype(value(0)) outer = value(3) - value(0);
    return decltype(value(0))((8 * inner - outer) / (12 * h));
  }
};

}  // namespace

// Roundoff of log p is some 10⁻¹⁶ of itself, over h.
void TargetCatalogTest::scoreIsTheGradientOfLogDensity() {
  QVERIFY(holdsEverywhere(1e-3, [](const Target& target, const Channel& channel, const Vec& x,
                                   std::mt19937& random) {
    const Posterior p = target.posterior(x, channel);
    const Vec e = normalVector(x.size(), random).normalized();
    const Stencil stencil(target, channel, x, e);
    const double slope =
        stencil.derivative([&](Index i) -> double { return stencil.at.logEvidence[i]; });
    const double exponents = 1 + std::abs(p.logEvidence) + x.squaredNorm() / channel.noiseVariance;
    const double scale = p.score.norm() + 1e-8 * exponents / stencil.h;
    return agrees("∂ log p", slope, p.score.dot(e), 1e-7, scale);
  }));
}

void TargetCatalogTest::hessianIsTheDerivativeOfTheScore() {
  QVERIFY(holdsEverywhere(1e-3, [](const Target& target, const Channel& channel, const Vec& x,
                                   std::mt19937& random) {
    const Posterior p = target.posterior(x, channel);
    const Vec e = normalVector(x.size(), random).normalized();
    const Stencil stencil(target, channel, x, e);
    const Vec slope = stencil.derivative([&](Index i) -> Vec { return stencil.at.score.col(i); });
    const double b2 = channel.noiseVariance;
    const double steepness = channel.signal * channel.signal * target.largestVariance() / b2;
    // Weights change over b²/(a√Λ), and their exponents are rounded.
    const double roundoff = 1e-15 * (1 + std::abs(p.logEvidence) + x.squaredNorm() / b2) *
                            std::sqrt(steepness / b2) / stencil.h;
    const double error = (slope - p.hessian * e).norm();
    const double bound = 1e-7 * (p.hessian.norm() + (1 + steepness) / b2) + roundoff;
    if (error > bound) qWarning("∂ score: error %g, bound %g", error, bound);
    return error <= bound && (p.hessian - p.hessian.transpose()).norm() <= 1e-14 * p.hessian.norm();
  }));
}

// Theory §2: score = (a⟨y⟩ − x)/b², ∇² log p = (a² C/b² − I)/b². Where noise is moderate, because
// at small noise these are differences of large numbers.
void TargetCatalogTest::scoreAndHessianFollowFromMeanAndCovariance() {
  QVERIFY(holdsEverywhere(
      1e-3, [](const Target& target, const Channel& channel, const Vec& x, std::mt19937&) {
        const Posterior p = target.posterior(x, channel);
        const double a = channel.signal;
        const double b2 = channel.noiseVariance;
        const Mat one = Mat::Identity(x.size(), x.size());
        const Vec score = (a * p.mean - x) / b2;
        const Mat hessian = (a * a / b2 * p.covariance - one) / b2;
        const double spread = a * a * p.covariance.norm() / b2;
        return (score - p.score).norm() <= 1e-13 * (a * p.mean.norm() + x.norm()) / b2 &&
               (hessian - p.hessian).norm() <= 1e-12 * (one.norm() + spread) / b2;
      }));
}

void TargetCatalogTest::batchEqualsSingle() {
  std::mt19937 random(11);
  for (const auto& target : someTargets())
    for (const Channel& channel : someChannels()) {
      Batch x(target->dimension(), 7);
      for (Index p = 0; p < x.cols(); ++p) x.col(p) = randomPoint(*target, channel, random);
      PosteriorBatch batch;
      target->posteriorBatch(x, channel, batch);
      QCOMPARE(batch.logEvidence.size(), x.cols());
      for (Index p = 0; p < x.cols(); ++p) {
        const Posterior single = target->posterior(x.col(p), channel);
        QVERIFY(agrees("log p", batch.logEvidence[p], single.logEvidence, 1e-12, 1));
        const double scale = 1 / std::sqrt(channel.noiseVariance) + single.score.norm();
        QVERIFY((batch.score.col(p) - single.score).norm() <= 1e-11 * scale);
        QVERIFY((batch.mean.col(p) - single.mean).norm() <= 1e-11 * (1 + single.mean.norm()));
      }
    }
}

// Single precision: 2⁻²⁴ in x and a y, seen through 1/b², and in the exponents of the weights.
void TargetCatalogTest::singlePrecisionScoresFollowDouble() {
  QVERIFY(holdsEverywhere(
      1e-3, [](const Target& target, const Channel& channel, const Vec& x, std::mt19937&) {
        const BatchF single = x.cast<float>();
        BatchF scores(x.size(), 1);
        target.scores(single, channel, scores);
        const Posterior p = target.posterior(single.cast<double>(), channel);
        const double b2 = channel.noiseVariance;
        const double reach =
            channel.signal * std::sqrt(static_cast<double>(x.size()) * target.largestVariance());
        const double size = x.norm() + reach + channel.signal * target.mean().norm();
        const double spread = channel.signal * channel.signal * p.covariance.norm() / b2;
        const double error = (scores.col(0).cast<double>() - p.score).norm();
        const double bound = 1e-6 * size / b2 * (1 + spread + std::sqrt(spread / b2) * size);
        if (error > bound) qWarning("error %g, bound %g", error, bound);
        return error <= bound;
      }));
}

// From 10⁻⁶ of the horizon on, at the origin, near it and as far as 100 in any direction.
void TargetCatalogTest::finiteEverywhere() {
  int scenes = 0;
  const auto check = [&](const Target& target, const Channel& channel, const Vec&,
                         std::mt19937& random) {
    const double distances[] = {0, 1e-160, 1e-8, 1, 100, 100};
    const Vec x = distances[++scenes % 6] * normalVector(target.dimension(), random).normalized();
    const Posterior p = target.posterior(x, channel);
    BatchF scores(x.size(), 1);
    target.scores(x.cast<float>(), channel, scores);
    if (!std::isfinite(p.logEvidence) || !p.score.allFinite() || !p.mean.allFinite() ||
        !p.hessian.allFinite() || !p.covariance.allFinite() || !scores.allFinite())
      return false;
    const Components* parts = target.components();
    if (parts == nullptr) return true;
    const Vec weights = target.componentPosterior(x, channel);
    if (weights.size() != parts->count() || weights.minCoeff() < 0) return false;
    if (!agrees("Σ weights", weights.sum(), 1, 1e-12)) return false;
    // The tail is that of the nearest component: ⟨y⟩ stays among points.
    return parts->variances.maxCoeff() > 0 ||
           p.mean.norm() <= parts->means.colwise().norm().maxCoeff() * (1 + 1e-9);
  };
  QVERIFY(holdsEverywhere(1e-6, check));
  QVERIFY(holdsEverywhere(1, check));  // the horizon
  const auto shortest = [&](const Target& target, const Channel&, const Vec& x, std::mt19937& r) {
    return check(target, {1, 1e-10}, x, r);
  };
  QVERIFY(holdsEverywhere(1, shortest));
}

// a → 0: x tells nothing of y, so the posterior is φ and x is the noise alone.
void TargetCatalogTest::farIntoNoiseThePosteriorIsTheData() {
  std::mt19937 random(23);
  for (const auto& target : someTargets()) {
    const Channel channel{1e-9, 1};
    const Vec x = normalVector(target->dimension(), random);
    const Posterior p = target->posterior(x, channel);
    const double scale = 1 + target->largestVariance() + target->mean().squaredNorm();
    QVERIFY((p.mean - target->mean()).norm() <= 1e-7 * scale);
    QVERIFY((p.covariance - target->covariance()).norm() <= 1e-7 * scale * scale);
    QVERIFY((p.score + x).norm() <= 1e-7 * scale);
    QVERIFY(agrees("Λ",
                   Eigen::SelfAdjointEigenSolver<Mat>(target->covariance())
                       .eigenvalues()[target->dimension() - 1],
                   target->largestVariance(), 1e-12));
    const double d = static_cast<double>(x.size());
    QVERIFY(agrees("log p", p.logEvidence, -0.5 * (d * std::log(2 * M_PI) + x.squaredNorm()), 1e-7,
                   scale));
  }
}

void TargetCatalogTest::densityIntegratesToOne() {
  int checked = 0;
  for (const auto& target : someTargets()) {
    if (target->dimension() != 1) continue;
    for (const Channel& channel : someChannels()) {
      // The trapezium rule converges faster than any power for a sum of Gaussians.
      const double step = 0.2 * std::sqrt(channel.noiseVariance);
      const double reach = channel.signal * (std::abs(target->mean()[0]) +
                                             12 * std::sqrt(target->covariance()(0, 0))) +
                           10 * std::sqrt(channel.noiseVariance);
      double mass = 0, first = 0;
      for (double x = -reach; x <= reach; x += step) {
        const double density =
            std::exp(target->posterior(Vec::Constant(1, x), channel).logEvidence);
        mass += step * density;
        first += step * density * x;
      }
      QVERIFY(agrees("∫p", mass, 1, 1e-9));
      QVERIFY(agrees("∫xp", first, channel.signal * target->mean()[0], 1e-8, 1));
      ++checked;
    }
  }
  QVERIFY(checked >= 40);
}

// 100 000 draws: the mean's standard error is σ/√n; that of a second moment is estimated from the
// draws. 4.5 standard errors over some 300 comparisons.
void TargetCatalogTest::samplesHaveTheMoments() {
  constexpr Index kDraws = 100000;
  constexpr double kRareEvents = 20.0 / kDraws;  // so few that their number is no normal variable
  unsigned seed = 40;
  for (const auto& target : someTargets(8)) {
    BatchF draws(target->dimension(), kDraws);
    target->sample(Noise(++seed), 0, draws);
    const Mat y = draws.cast<double>();
    const Vec mean = target->mean();
    const Mat covariance = target->covariance();
    const Mat centred = y.colwise() - mean;
    for (Index i = 0; i < y.rows(); ++i) {
      const double error = std::sqrt(covariance(i, i) / static_cast<double>(kDraws));
      QVERIFY(std::abs(y.row(i).mean() - mean[i]) <= 4.5 * error + 1e-6);
      for (Index j = 0; j <= i; ++j) {
        const Eigen::ArrayXd product = centred.row(i).array() * centred.row(j).array();
        const double spread = std::sqrt((product - product.mean()).square().mean());
        QVERIFY(std::abs(product.mean() - covariance(i, j)) <=
                4.5 * spread / std::sqrt(static_cast<double>(kDraws)) + kRareEvents);
      }
    }
  }
}

void TargetCatalogTest::samplesDoNotDependOnSlicing() {
  for (const auto& target : someTargets()) {
    BatchF whole(target->dimension(), 100), part(target->dimension(), 23);
    target->sample(Noise(3), 0, whole);
    target->sample(Noise(3), 41, part);
    QVERIFY(part == whole.middleCols(41, 23));
  }
}

void TargetCatalogTest::defaultsAreValid() {
  QVERIFY(!targetCatalog().empty());
  for (const TargetKind& kind : targetCatalog()) {
    QVERIFY(!kind.id.empty() && !kind.title.empty() && !kind.source.empty());
    const ParameterValues values = defaultsOf(kind);
    QCOMPARE(validate(kind.parameters, values.json(), "target"), values);
    QVERIFY(madeOf(kind, values)->dimension() >= 1);
    for (const ParameterSpec& spec : kind.parameters)
      QVERIFY(!spec.label.empty() && !spec.help.empty());
  }
}

QTEST_APPLESS_MAIN(TargetCatalogTest)
#include "catalog_test.moc"
