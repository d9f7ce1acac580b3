#include "core/targets/catalog.hpp"

#include "core/processes/catalog.hpp"
#include "core/processes/time_axis.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What every target promises, checked on each kind of the catalogue with its defaults, on random
// mixtures of 1 to 5 components in 1 to 4 dimensions and on spins, through every kind of process.
class TargetCatalogTest : public QObject {
  Q_OBJECT

private slots:
  void scoreIsTheGradientOfLogDensity();
  void hessianIsTheDerivativeOfTheScore();
  void scoreAndHessianFollowFromMeanAndCovariance();
  void batchEqualsSingle();
  void singlePrecisionScoresFollowDouble();
  void finiteEverywhere();
  void densityIntegratesToOne();
  void samplesHaveTheMoments();
  void samplesDoNotDependOnSlicing();
  void defaultsAreValid();
};

namespace {

std::unique_ptr<Target> make(const std::string& id, const char* values) {
  for (const TargetKind& kind : targetCatalog())
    if (kind.id == id) return kind.make(validate(kind.parameters, Json::parse(values), "target"));
  return nullptr;
}

std::vector<std::unique_ptr<Target>> someTargets() {
  std::vector<std::unique_ptr<Target>> out;
  for (const TargetKind& kind : targetCatalog())
    out.push_back(kind.make(validate(kind.parameters, Json::object(), "target")));
  const TargetKind& mixture = targetCatalog().front();
  for (unsigned seed = 0; seed < 15; ++seed)
    out.push_back(mixture.make(validate(mixture.parameters,
                                        randomMixture(1 + static_cast<Index>(seed % 4), seed),
                                        "target", {"kind"})));
  for (const char* spins : {R"({"dimension": 1, "coupling": [[0]]})",
                            R"({"dimension": 3, "coupling": [[0, 1, 0], [0.4, 0, -2], [1, 1, 0]]})",
                            R"({"dimension": 4, "coupling": {"curie-weiss": -1.5}})",
                            R"({"dimension": 5, "coupling": {"curie-weiss": 2.5}})"})
    out.push_back(make("ising", spins));
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

Vec randomPoint(Index dimension, std::mt19937& random) {
  std::normal_distribution<double> normal(0, 1.5);
  return Vec::NullaryExpr(dimension, [&] { return normal(random); });
}

template <class Check>
bool holdsEverywhere(const Check& check) {
  std::mt19937 random(7);
  for (const auto& target : someTargets())
    for (const Channel& channel : someChannels())
      for (int trial = 0; trial < 5; ++trial)
        if (!check(*target, channel, randomPoint(target->dimension(), random))) return false;
  return true;
}

/// Fourth-order central difference of `function` along axis i.
template <class Function>
auto derivative(const Function& function, const Vec& x, Index i, double h) {
  const auto at = [&](double step) {
    Vec y = x;
    y[i] += step;
    return function(y);
  };
  // No auto: an expression of Eigen's would refer to values that are gone.
  const decltype(function(x)) inner = at(h) - at(-h);
  const decltype(function(x)) outer = at(2 * h) - at(-2 * h);
  return decltype(function(x))((8 * inner - outer) / (12 * h));
}

}  // namespace

void TargetCatalogTest::scoreIsTheGradientOfLogDensity() {
  QVERIFY(holdsEverywhere([](const Target& target, const Channel& channel, const Vec& x) {
    const Posterior p = target.posterior(x, channel);
    const double h = 1e-3 * std::sqrt(channel.noiseVariance);
    const auto logDensity = [&](const Vec& y) { return target.posterior(y, channel).logEvidence; };
    for (Index i = 0; i < x.size(); ++i)
      if (!agrees("∂ log p", derivative(logDensity, x, i, h), p.score[i], 1e-7,
                  1 + p.score.norm() + std::abs(p.logEvidence)))
        return false;
    return true;
  }));
}

void TargetCatalogTest::hessianIsTheDerivativeOfTheScore() {
  QVERIFY(holdsEverywhere([](const Target& target, const Channel& channel, const Vec& x) {
    const Mat hessian = target.posterior(x, channel).hessian;
    const double h = 1e-3 * std::sqrt(channel.noiseVariance);
    const auto score = [&](const Vec& y) { return Vec(target.posterior(y, channel).score); };
    for (Index i = 0; i < x.size(); ++i) {
      const Vec column = derivative(score, x, i, h);
      for (Index j = 0; j < x.size(); ++j)
        if (!agrees("∂ score", column[j], hessian(j, i), 1e-7, 1 / channel.noiseVariance))
          return false;
    }
    return true;
  }));
}

// Theory §2: score = (a⟨y⟩ − x)/b², ∇² log p = (a² C/b² − I)/b². Where noise is moderate, because
// at small noise these are differences of large numbers.
void TargetCatalogTest::scoreAndHessianFollowFromMeanAndCovariance() {
  QVERIFY(holdsEverywhere([](const Target& target, const Channel& channel, const Vec& x) {
    const Posterior p = target.posterior(x, channel);
    const double a = channel.signal;
    const double b2 = channel.noiseVariance;
    const double tolerance = 1e-13 * (1 + x.norm()) / (b2 * b2);
    const Vec score = (a * p.mean - x) / b2;
    const Mat hessian = (a * a / b2 * p.covariance - Mat::Identity(x.size(), x.size())) / b2;
    return (score - p.score).norm() <= tolerance && (hessian - p.hessian).norm() <= tolerance;
  }));
}

void TargetCatalogTest::batchEqualsSingle() {
  std::mt19937 random(11);
  for (const auto& target : someTargets())
    for (const Channel& channel : someChannels()) {
      Batch x(target->dimension(), 7);
      for (Index p = 0; p < x.cols(); ++p) x.col(p) = randomPoint(x.rows(), random);
      PosteriorBatch batch;
      target->posteriorBatch(x, channel, batch);
      QCOMPARE(batch.logEvidence.size(), x.cols());
      for (Index p = 0; p < x.cols(); ++p) {
        const Posterior single = target->posterior(x.col(p), channel);
        QVERIFY(agrees("log p", batch.logEvidence[p], single.logEvidence, 1e-12, 1));
        QVERIFY((batch.score.col(p) - single.score).norm() <= 1e-12 * (1 + single.score.norm()));
        QVERIFY((batch.mean.col(p) - single.mean).norm() <= 1e-12 * (1 + single.mean.norm()));
      }
    }
}

// Single precision: 2⁻²⁴ in x and a μ, seen through 1/V, and in the exponents.
void TargetCatalogTest::singlePrecisionScoresFollowDouble() {
  QVERIFY(holdsEverywhere([](const Target& target, const Channel& channel, const Vec& x) {
    const BatchF single = x.cast<float>();
    BatchF scores(x.size(), 1);
    target.scores(single, channel, scores);
    const Posterior p = target.posterior(single.cast<double>(), channel);
    const double precision = 1 / channel.noiseVariance;
    const double roundoff = 1e-6 * precision * (1 + x.norm());
    const double steepness = p.hessian.norm() + precision;  // how exponents' errors are amplified
    return (scores.col(0).cast<double>() - p.score).norm() <=
           roundoff * (1 + steepness / precision * (1 + x.squaredNorm()));
  }));
}

void TargetCatalogTest::finiteEverywhere() {
  for (const auto& target : someTargets())
    for (const ProcessKind& kind : processCatalog()) {
      const auto process = kind.make(validate(kind.parameters, Json::object(), "process"));
      for (const double u : {1e-6, 1e-4, 0.01, 0.3, 1.0})
        for (const double distance : {0.0, 1e-8, 1.0, 100.0, -100.0}) {
          const Channel channel = process->channel(u * process->horizon());
          const Vec x = Vec::Constant(target->dimension(), distance);
          const Posterior p = target->posterior(x, channel);
          QVERIFY(std::isfinite(p.logEvidence));
          QVERIFY(p.score.allFinite() && p.mean.allFinite());
          QVERIFY(p.hessian.allFinite() && p.covariance.allFinite());
          BatchF scores(x.size(), 1);
          target->scores(x.cast<float>(), channel, scores);
          QVERIFY(scores.allFinite());
          const Vec weights = target->componentPosterior(x, channel);
          if (target->components() != nullptr)
            QVERIFY(agrees("Σ weights", weights.sum(), 1, 1e-12));
          // The tail is that of the nearest component: ⟨y⟩ stays among the data.
          if (target->components() != nullptr && target->components()->variances.maxCoeff() == 0)
            QVERIFY(p.mean.norm() <=
                    target->components()->means.colwise().norm().maxCoeff() + 1e-9);
        }
    }
}

void TargetCatalogTest::densityIntegratesToOne() {
  int checked = 0;
  for (const auto& target : someTargets()) {
    if (target->dimension() != 1) continue;
    for (const Channel& channel : someChannels()) {
      // The trapezium rule converges faster than any power for a sum of Gaussians.
      const double step = 0.2 * std::sqrt(channel.noiseVariance);
      const double reach = 4 * channel.signal * std::sqrt(1 + target->covariance()(0, 0)) + 6 +
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

// 200 000 draws: the mean's standard error is σ/√n; that of a second moment is estimated from the
// draws. 4.5 standard errors over some 200 comparisons.
void TargetCatalogTest::samplesHaveTheMoments() {
  constexpr Index kDraws = 200000;
  unsigned seed = 40;
  for (const auto& target : someTargets()) {
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
                4.5 * spread / std::sqrt(static_cast<double>(kDraws)) + 1e-5);
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
    const ParameterValues values = validate(kind.parameters, Json::object(), "target");
    QCOMPARE(validate(kind.parameters, values.json(), "target"), values);
    QVERIFY(kind.make(values)->dimension() >= 1);
    for (const ParameterSpec& spec : kind.parameters)
      QVERIFY(!spec.label.empty() && !spec.help.empty());
  }
}

QTEST_APPLESS_MAIN(TargetCatalogTest)
#include "catalog_test.moc"
