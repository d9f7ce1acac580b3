#include "core/targets/ising.hpp"

#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// Values: sums over configurations (or over the magnetisation) at 40 digits with mpmath.
class IsingTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithSumsAtFortyDigits_data();
  void agreesWithSumsAtFortyDigits();
  void manySpinsAgreeWithSumsOverTheMagnetisation_data();
  void manySpinsAgreeWithSumsOverTheMagnetisation();
  void tenThousandSpins();
  void curieWeissIsAnEnumeration();
  void withoutCouplingSpinsAreIndependent();
  void positiveCouplingIsAntiferromagnetic();
  void singlePrecisionFlipsOfManySpins();
  void samplesFollowTheWeights_data();
  void samplesFollowTheWeights();
  void componentsAreTheConfigurations();
  void extremesStayFinite();
  void sceneKeepsTheCoupling();
  void refusesWhatDoesNotFit_data();
  void refusesWhatDoesNotFit();
};

namespace {

const char* const kThreeSpins = "[[5, 0.8, -0.3], [0.8, -2, 0.5], [0.1, 0.4, 0]]";
const Json kPointOfFive = {0.2, -0.5, 0.9, 0.05, -1.4};

std::unique_ptr<Target> spins(Index dimension, const Json& coupling, double temperature) {
  const TargetKind kind = isingKind();
  const Json values = {
      {"dimension", dimension}, {"coupling", coupling}, {"temperature", temperature}};
  return madeOf(kind, validate(kind.parameters, values, "target"));
}

Json curieWeiss(double J) {
  return {{"curie-weiss", J}};
}

Json evenMatrix(Index dimension, double value) {
  const auto size = static_cast<std::size_t>(dimension);
  return std::vector<std::vector<double>>(size, std::vector<double>(size, value));
}

Vec vectorOf(const Json& values) {
  const auto list = values.get<std::vector<double>>();
  return Eigen::Map<const Vec>(list.data(), static_cast<Index>(list.size()));
}

/// A point of many different coordinates.
Vec waves(Index dimension) {
  return Vec::NullaryExpr(dimension, [](Index i) {
    const auto n = static_cast<double>(i);
    return 0.7 * std::sin(n * n + 1) + 0.02;
  });
}

bool agree(const char* what, const Vec& actual, const Vec& expected, double tolerance) {
  if (actual.size() != expected.size()) return false;
  for (Index i = 0; i < actual.size(); ++i)
    if (!agrees(what, actual[i], expected[i], tolerance, 1)) return false;
  return true;
}

bool agree(const char* what, const Mat& actual, const Mat& expected, double tolerance) {
  const bool good = (actual - expected).cwiseAbs().maxCoeff() <= tolerance;
  if (!good) qWarning("%s: differs by %.3g", what, (actual - expected).cwiseAbs().maxCoeff());
  return good;
}

}  // namespace

void IsingTest::agreesWithSumsAtFortyDigits_data() {
  QTest::addColumn<QByteArray>("coupling");
  QTest::addColumn<double>("temperature");
  QTest::addColumn<QByteArray>("x");
  QTest::addColumn<double>("signal");
  QTest::addColumn<double>("noise");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("three spins") << QByteArray(kThreeSpins) << 0.7 << QByteArray("[0.3, -0.9, 1.1]")
                               << 0.8 << 0.6 << QByteArray(R"({"log": -3.1892485308870162,
           "mean": [0.91383663030047294, -0.97441137628138512, 0.97307187989518963],
           "C01": -0.037951286555339121, "C12": -0.0088928909558631695, "C00": 0.16490261312107674,
           "H": 0.2866308818518888, "Y": 0.89185786449013146,
           "score": [0.71844884040063059, 0.20078483162481985, -0.53590416013974716]})");
  QTest::newRow("three spins, little noise")
      << QByteArray(kThreeSpins) << 0.7 << QByteArray("[0.3, -0.001, 1.1]") << 0.999 << 0.002
      << QByteArray(R"({"log": -368.09102414630581, "mean": [1, -0.97950515077670498, 1],
           "C01": 0, "C12": 0, "C00": 0, "H": 0.057135413168454532, "Y": 0.97971517019904778,
           "score": [349.5, -488.76282281296414, -50.5]})");
  QTest::newRow("Curie-Weiss") << QByteArray(R"({"curie-weiss": 1.3})") << 0.8
                               << QByteArray(kPointOfFive.dump().c_str()) << 0.9 << 1.5
                               << QByteArray(R"({"log": -7.7228567419622691,
           "mean": [-0.19978251004461114, -0.35624659004418726, -0.023510904599259899,
                    -0.23483129647917563, -0.53589430103417475],
           "C01": 0.53464301678225875, "C12": 0.50645183761276605, "C00": 0.96008694868027485,
           "H": 2.3104414436841854, "Y": 0.19076198202267362,
           "score": [-0.25320283936010002, 0.11958537930682098, -0.61410654275955594,
                     -0.17423211122083871, 0.61179675271282848]})");
  QTest::newRow("antiferromagnetic Curie-Weiss")
      << QByteArray(R"({"curie-weiss": -2})") << 0.8 << QByteArray(kPointOfFive.dump().c_str())
      << 0.9 << 1.5 << QByteArray(R"({"log": -7.4089577233900441,
           "mean": [0.20532833645401103, -0.29138745780539363, 0.59855191907764243,
                    0.09885915251625949, -0.71785315574097368],
           "C01": -0.19156247014492238, "C12": -0.12323838037257669, "C00": 0.95784027424902845,
           "H": 2.7011595483057303, "Y": 0.093586717829510326,
           "score": [-0.010136331460926715, 0.15850085865009716, -0.24086884855341454,
                     0.025982158176422361, 0.50262143988874912]})");
}

void IsingTest::agreesWithSumsAtFortyDigits() {
  QFETCH(QByteArray, coupling);
  QFETCH(double, temperature);
  QFETCH(QByteArray, x);
  QFETCH(double, signal);
  QFETCH(double, noise);
  QFETCH(QByteArray, expected);
  const Json values = Json::parse(expected.toStdString());
  const Vec at = vectorOf(Json::parse(x.toStdString()));
  const auto target = spins(at.size(), Json::parse(coupling.toStdString()), temperature);
  const Channel channel{signal, noise};
  const Posterior p = target->posterior(at, channel);
  QVERIFY(agrees("log p", p.logEvidence, values["log"].get<double>(), 1e-14));
  QVERIFY(agree("mean", p.mean, vectorOf(values["mean"]), 1e-14));
  QVERIFY(agree("score", p.score, vectorOf(values["score"]), 1e-14));
  QVERIFY(agrees("C00", p.covariance(0, 0), values["C00"].get<double>(), 1e-13, 1));
  QVERIFY(agrees("C01", p.covariance(0, 1), values["C01"].get<double>(), 1e-13, 1));
  QVERIFY(agrees("C21", p.covariance(2, 1), values["C12"].get<double>(), 1e-13, 1));
  const auto weights = target->weightStatistics(at, channel);
  QVERIFY(weights.has_value());
  QVERIFY(agrees("H", weights->entropy, values["H"].get<double>(), 1e-12, 1));
  QVERIFY(agrees("Y", weights->participationRatio, values["Y"].get<double>(), 1e-13));
}

void IsingTest::manySpinsAgreeWithSumsOverTheMagnetisation_data() {
  QTest::addColumn<double>("coupling");
  QTest::addColumn<double>("logDensity");
  QTest::addColumn<double>("mean0");
  QTest::addColumn<double>("mean1");
  QTest::addColumn<double>("covariance");
  const auto row = [](double J, double logDensity, double mean0, double mean1, double covariance) {
    QTest::addRow("J = %g", J) << J << logDensity << mean0 << mean1 << covariance;
  };
  row(1.2, -164.3168725654431, 0.94132428865084433, 0.94744474080617972, 0.00060608624974709715);
  row(0.99, -160.0682452427865, 0.8259873026345747, 0.8429421200450237, 0.0058310102727706169);
  row(500, -169.78930227396889, 0.99999986908368859, 0.99999986908368859, 2.6183260567361613e-7);
  row(-3, -157.92780925682805, 0.58994238615083913, 0.62602292864246725, -0.0032810221120705177);
  row(-3000, -157.96589063957328, 0.5772393849724039, 0.61423855301718475, -0.0046672211877887984);
}

void IsingTest::manySpinsAgreeWithSumsOverTheMagnetisation() {
  QFETCH(double, coupling);
  QFETCH(double, logDensity);
  QFETCH(double, mean0);
  QFETCH(double, mean1);
  QFETCH(double, covariance);
  const auto target = spins(120, curieWeiss(coupling), 0.8);
  const Posterior p = target->posterior(waves(120), {0.9, 0.75});
  QVERIFY(agrees("log p", p.logEvidence, logDensity, 1e-13));
  QVERIFY(agrees("⟨y0⟩", p.mean[0], mean0, 1e-12));
  QVERIFY(agrees("⟨y1⟩", p.mean[1], mean1, 1e-12));
  QVERIFY(agrees("C01", p.covariance(0, 1), covariance, 1e-11, 1e-2));
}

// J = T is the critical point: it multiplies the roundoff of 10⁴ logarithms.
void IsingTest::tenThousandSpins() {
  Batch x = Batch::Constant(10000, 1, 0.003);
  PosteriorBatch out;
  spins(10000, curieWeiss(1), 1)->posteriorBatch(x, {0.9, 0.8}, out);
  QVERIFY(agrees("log p", out.logEvidence[0], -13131.81485927956, 1e-13));
  QVERIFY(agrees("⟨y⟩", out.mean(9999, 0), 0.20338570032237949, 1e-10));
  spins(10000, curieWeiss(-2), 1)->posteriorBatch(x, {0.9, 0.8}, out);
  QVERIFY(agrees("log p", out.logEvidence[0], -13136.204840680132, 1e-13));
  QVERIFY(agrees("⟨y⟩", out.mean(9999, 0), 0.0011250248421741634, 1e-10));
}

// W_jk = −J/d in the printed sign.
void IsingTest::curieWeissIsAnEnumeration() {
  for (const Index d : {1, 2, 3, 7, 16})
    for (const double J : {-40.0, -2.5, 0.0, 0.7, 3.0, 60.0}) {
      const auto quick = spins(d, curieWeiss(J), 1.3);
      const auto slow = spins(d, evenMatrix(d, -J / static_cast<double>(d)), 1.3);
      QVERIFY(agree("Cov", quick->covariance(), slow->covariance(), 1e-12));
      for (const Channel& channel : {Channel{0.9, 0.8}, Channel{1, 0.01}, Channel{0.1, 4}}) {
        const Vec x = waves(d);
        const Posterior a = quick->posterior(x, channel), b = slow->posterior(x, channel);
        QVERIFY(agrees("log p", a.logEvidence, b.logEvidence, 1e-13, 10));
        QVERIFY(agree("mean", a.mean, b.mean, 1e-12));
        QVERIFY((a.score - b.score).norm() <= 1e-12 * (1 + b.score.norm()));
        QVERIFY(agree("C", a.covariance, b.covariance, 1e-11));
        const auto w = quick->weightStatistics(x, channel), v = slow->weightStatistics(x, channel);
        QVERIFY(agrees("H", w->entropy, v->entropy, 1e-11, 1));
        QVERIFY(agrees("Y", w->participationRatio, v->participationRatio, 1e-11));
      }
    }
}

void IsingTest::withoutCouplingSpinsAreIndependent() {
  const ProblemPtr deltas = problemOf(sceneOf("[[-1],[1]]", "1", "0"));
  const Channel channel{0.7, 0.4};
  const Vec x = waves(6);
  double logDensity = 0;
  Vec mean(6);
  Mat covariance = Mat::Zero(6, 6);
  for (Index i = 0; i < 6; ++i) {
    const Posterior one = deltas->target().posterior(x.segment(i, 1), channel);
    logDensity += one.logEvidence;
    mean[i] = one.mean[0];
    covariance(i, i) = one.covariance(0, 0);
  }
  for (const Json& coupling : {evenMatrix(6, 0), curieWeiss(0)}) {
    const Posterior p = spins(6, coupling, 1)->posterior(x, channel);
    QVERIFY(agrees("log p", p.logEvidence, logDensity, 1e-14));
    QVERIFY(agree("mean", p.mean, mean, 1e-14));
    QVERIFY(agree("C", p.covariance, covariance, 1e-14));
  }
}

// Two spins: φ ∝ exp(−W y0 y1/T), so ⟨y0 y1⟩ = −tanh(W/T): the factor ½ of the sum over j ≠ k is
// that of counting each pair twice.
void IsingTest::positiveCouplingIsAntiferromagnetic() {
  const double W = 0.6, T = 0.5;
  const Mat covariance = spins(2, evenMatrix(2, W), T)->covariance();
  QVERIFY(agrees("⟨y0 y1⟩", covariance(0, 1), -std::tanh(W / T), 1e-14));
  QCOMPARE(covariance(0, 0), 1.0);
  // Curie–Weiss: φ ∝ exp(J y0 y1/(2T)) at d = 2.
  QVERIFY(agrees("⟨y0 y1⟩", spins(2, curieWeiss(W), T)->covariance()(0, 1), std::tanh(W / (2 * T)),
                 1e-14));
}

void IsingTest::singlePrecisionFlipsOfManySpins() {
  for (const double J : {-1.5, 0.9, 1.4})
    for (const Index d : {50, 2000}) {
      const auto target = spins(d, curieWeiss(J), 1);
      const BatchF x = waves(d).cast<float>();
      const Channel channel{0.9, 0.8};
      BatchF scores(d, 1);
      target->scores(x, channel, scores);
      PosteriorBatch out;
      target->posteriorBatch(x.cast<double>(), channel, out);
      const double error = (scores.cast<double>() - out.score).cwiseAbs().maxCoeff();
      QVERIFY(error <= 2e-5);
    }
}

void IsingTest::samplesFollowTheWeights_data() {
  QTest::addColumn<QByteArray>("coupling");
  QTest::newRow("matrix") << QByteArray(kThreeSpins);
  QTest::newRow("ferromagnet") << QByteArray(R"({"curie-weiss": 1.5})");
  QTest::newRow("antiferromagnet") << QByteArray(R"({"curie-weiss": -2})");
}

// 80 000 draws: each of the 8 frequencies within 4.5 standard errors √(p(1−p)/n) of its weight,
// which is computed here from its definition.
void IsingTest::samplesFollowTheWeights() {
  QFETCH(QByteArray, coupling);
  constexpr Index kDraws = 80000;
  const Json given = Json::parse(coupling.toStdString());
  const double T = 0.7;
  Vec weights(8), counts = Vec::Zero(8);
  for (int c = 0; c < 8; ++c) {
    const double y[] = {c & 1 ? 1. : -1., c & 2 ? 1. : -1., c & 4 ? 1. : -1.};
    double energy = 0;
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k)
        if (j != k)
          energy += (given.is_array() ? given[j][k].get<double>()
                                      : -given["curie-weiss"].get<double>() / 3) *
                    y[j] * y[k];
    weights[c] = std::exp(-energy / (2 * T));
  }
  weights /= weights.sum();
  BatchF draws(3, kDraws);
  spins(3, given, T)->sample(Noise(5), 0, draws);
  for (Index p = 0; p < kDraws; ++p) {
    QVERIFY(draws.col(p).cwiseAbs() == BatchF::Ones(3, 1));
    counts[(draws(0, p) > 0 ? 1 : 0) + (draws(1, p) > 0 ? 2 : 0) + (draws(2, p) > 0 ? 4 : 0)] += 1;
  }
  for (Index c = 0; c < 8; ++c) {
    const double error = std::sqrt(weights[c] * (1 - weights[c]) / static_cast<double>(kDraws));
    QVERIFY(std::abs(counts[c] / static_cast<double>(kDraws) - weights[c]) <= 4.5 * error);
  }
}

void IsingTest::componentsAreTheConfigurations() {
  const Channel channel{0.8, 0.6};
  for (const Json& coupling : {Json::parse(kThreeSpins), curieWeiss(1.3), curieWeiss(-1.3)}) {
    const auto target = spins(3, coupling, 0.7);
    const Components* parts = target->components();
    QVERIFY(parts != nullptr);
    QCOMPARE(parts->count(), Index{8});
    QVERIFY(agrees("Σ w", parts->weights.sum(), 1, 1e-13));
    // The same points as a mixture.
    const GaussianMixture mixture(*parts);
    const Vec x = vectorOf({0.3, -0.9, 1.1});
    QVERIFY(agrees("log p", target->posterior(x, channel).logEvidence,
                   mixture.posterior(x, channel).logEvidence, 1e-13));
    QVERIFY(agree("w", target->componentPosterior(x, channel),
                  mixture.componentPosterior(x, channel), 1e-13));
    QVERIFY(agrees("H", target->weightStatistics(x, channel)->entropy,
                   mixture.weightStatistics(x, channel)->entropy, 1e-12));
  }
  QVERIFY(spins(9, curieWeiss(1), 1)->components() == nullptr);
  QCOMPARE(spins(9, curieWeiss(1), 1)->componentPosterior(Vec::Zero(9), channel).size(), Index{0});
}

void IsingTest::extremesStayFinite() {
  for (const double J : {-1e6, -1.0, 1.0, 1e6})
    for (const double T : {1e-6, 1.0, 1e6})
      for (const Index d : {1, 5, 301})
        for (const double b2 : {1e-8, 1.0, 1e8})
          for (const double scale : {0.0, 1.0, 1e6}) {
            std::vector<Json> couplings = {curieWeiss(J)};
            if (d <= 5) couplings.push_back(evenMatrix(d, J));
            for (const Json& coupling : couplings) {
              const auto target = spins(d, coupling, T);
              const Vec x = scale * waves(d);
              const Posterior p = target->posterior(x, {1, b2});
              QVERIFY(std::isfinite(p.logEvidence) && p.score.allFinite());
              QVERIFY(p.covariance.allFinite() && p.mean.cwiseAbs().maxCoeff() <= 1 + 1e-9);
              BatchF scores(d, 1);
              target->scores(x.cast<float>(), {1, b2}, scores);
              QVERIFY(scores.allFinite());
              const auto weights = target->weightStatistics(x, {1, b2});
              QVERIFY(std::isfinite(weights->entropy));
              QVERIFY(weights->participationRatio > 0 && weights->participationRatio <= 1 + 1e-12);
            }
          }
}

void IsingTest::sceneKeepsTheCoupling() {
  for (const char* coupling : {R"({"curie-weiss": 0.5})", "[[0, 1], [1, 0]]"}) {
    Json scene = sceneOf("[[0]]", "1", "0");
    scene["target"] = {{"kind", "ising"}, {"dimension", 2}, {"coupling", Json::parse(coupling)}};
    const Json written = sceneToJson(sceneFromJson(scene));
    QCOMPARE(written["target"]["coupling"], scene["target"]["coupling"]);
    QCOMPARE(written["target"]["temperature"], Json(1));
    QCOMPARE(problemOf(written)->target().dimension(), Index{2});
  }
  Json other = findSceneJson("two-deltas");
  setEntry(other, "target.kind=ising");
  setEntry(other, "target.coupling={\"curie-weiss\": 2}");
  setEntry(other, "target.coupling.curie-weiss=3");
  setEntry(other, "target.dimension=7");
  QCOMPARE(problemOf(other)->target().dimension(), Index{7});
  QCOMPARE(sceneToJson(sceneFromJson(other))["target"]["coupling"]["curie-weiss"], Json(3));
}

void IsingTest::refusesWhatDoesNotFit_data() {
  QTest::addColumn<QByteArray>("values");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* values, const char* message) {
    QTest::newRow(values) << QByteArray(values) << QByteArray(message);
  };
  row(R"({"dimension": 3, "coupling": [[0, 1], [1, 0]]})",
      "target.coupling: is 2 × 2 for the dimension 3");
  row(R"({"coupling": [[0, 1, 2], [1, 0, 2]]})", "target.coupling: has 2 rows of 3");
  row(R"({"coupling": [[0, 1], [1]]})", "target.coupling[1]: has dimension 1");
  row(R"({"coupling": {"curie": 1}})", "is not {\"curie-weiss\": number}");
  row(R"({"coupling": {}})", "is not {\"curie-weiss\": number}");
  row(R"({"coupling": {"curie-weiss": "x"}})",
      "target.coupling.curie-weiss: \"x\" is not a number");
  row(R"({"coupling": {"curie-weiss": 1e7}})", "target.coupling.curie-weiss: ");
  row(R"({"coupling": 1})", "target.coupling: 1 is not");
  row(R"({"temperature": 0})", "target.temperature: 0 is out of range");
  row(R"({"dimension": 0})", "target.dimension: 0 is out of range");
  row(R"({"dimension": 10001})", "target.dimension: 10001 is out of range");
}

void IsingTest::refusesWhatDoesNotFit() {
  QFETCH(QByteArray, values);
  QFETCH(QByteArray, message);
  const TargetKind kind = isingKind();
  QVERIFY(contains(refusal([&] {
                     madeOf(kind,
                            validate(kind.parameters, Json::parse(values.toStdString()), "target"));
                   }),
                   message.toStdString()));
  QVERIFY(contains(refusal([] { spins(21, evenMatrix(21, 0), 1); }),
                   "target.dimension: 21 is too large for a coupling matrix"));
}

QTEST_APPLESS_MAIN(IsingTest)
#include "ising_test.moc"
