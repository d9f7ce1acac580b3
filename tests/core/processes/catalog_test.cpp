#include "core/processes/catalog.hpp"

#include "core/processes/time_axis.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What every schedule promises, on defaults, random values and the ends of every parameter's range.
class ProcessCatalogTest : public QObject {
  Q_OBJECT

private slots:
  void signalAndNoiseSolveTheirEquations();
  void startsAtTheData();
  void variancePreservingMeansSo();
  void smallTimesDoNotCancel();
  void vpLinearIsItsIntegral();
  void veBrownianIsBrownian();
  void veGeometricGrowsByEqualFactors();
  void vpCosineIsTheCosine();
  void ddpmIsTheDiscreteProduct();
  void timeAxesInvert();
  void timeWhereClampsToTheNearerEnd();
  void defaultsAreValid();
  void finiteAtTheEndsOfEveryRange();
};

namespace {

std::unique_ptr<ForwardProcess> make(const ProcessKind& kind, const Json& values) {
  return kind.make(validate(kind.parameters, values, "process"));
}

const ProcessKind& kindNamed(const std::string& id) {
  for (const ProcessKind& kind : processCatalog())
    if (kind.id == id) return kind;
  throw InvalidInput("process", id + " is not in the catalogue");
}

std::vector<std::unique_ptr<ForwardProcess>> defaultProcesses() {
  std::vector<std::unique_ptr<ForwardProcess>> out;
  for (const ProcessKind& kind : processCatalog()) out.push_back(make(kind, Json::object()));
  return out;
}

/// The defaults and 100 random members of each kind.
std::vector<std::unique_ptr<ForwardProcess>> someProcesses() {
  std::vector<std::unique_ptr<ForwardProcess>> out = defaultProcesses();
  std::mt19937 random(3);
  for (const ProcessKind& kind : processCatalog())
    for (int i = 0; i < 100; ++i) out.push_back(make(kind, randomValues(kind.parameters, random)));
  return out;
}

/// A time near u of the horizon, away from whole numbers, where the rate of `ddpm` jumps.
double timeInside(const ForwardProcess& process, double u) {
  const double s = u * process.horizon();
  return process.horizon() >= 10 ? std::max(0.5, std::floor(s) - 0.5) : s;
}

}  // namespace

// da/ds = f a and d(b²)/ds = 2 f b² + g²: the moments of the SDE of theory §1.
void ProcessCatalogTest::signalAndNoiseSolveTheirEquations() {
  for (const auto& process : someProcesses())
    for (const double u : {0.01, 0.1, 0.35, 0.7, 0.99}) {
      const double s = timeInside(*process, u);
      const double h = std::min(1e-4 * s, 0.1);
      const auto derivative = [&](auto function) {
        return (8 * (function(s + h) - function(s - h)) -
                (function(s + 2 * h) - function(s - 2 * h))) /
               (12 * h);
      };
      const double f = process->drift(s);
      const double a = process->signal(s);
      const double b2 = process->noiseVariance(s);
      QVERIFY(agrees("a'", derivative([&](double t) { return process->signal(t); }), f * a, 1e-8,
                     1e-2));
      QVERIFY(agrees("(b²)'", derivative([&](double t) { return process->noiseVariance(t); }),
                     2 * f * b2 + process->diffusion(s), 1e-8, 1));
      QVERIFY(process->diffusion(s) > 0);
    }
}

void ProcessCatalogTest::startsAtTheData() {
  for (const auto& process : someProcesses()) {
    QCOMPARE(process->signal(0), 1.0);
    QCOMPARE(process->noiseVariance(0), 0.0);
    double last = 0;
    for (double u = 0.001; u <= 1; u += 0.001) {
      const double b2 = process->noiseVariance(u * process->horizon());
      QVERIFY(b2 >= last);
      last = b2;
    }
  }
  for (const auto& process : defaultProcesses())
    QVERIFY(process->noiseVariance(process->horizon()) > 0.99);
}

void ProcessCatalogTest::variancePreservingMeansSo() {
  int preserving = 0;
  for (const auto& process : someProcesses()) {
    double largest = 0;
    for (double u = 0.05; u <= 1; u += 0.05) {
      const Channel c = process->channel(u * process->horizon());
      largest = std::max(largest, std::abs(c.signal * c.signal + c.noiseVariance - 1));
    }
    QCOMPARE(largest < 1e-14, process->variancePreserving());
    preserving += process->variancePreserving() ? 1 : 0;
  }
  QVERIFY(preserving > 0);
}

// b² → g²(0) s with a relative error of order s, not of order ε/s as 1 − a² would have.
void ProcessCatalogTest::smallTimesDoNotCancel() {
  for (const auto& process : someProcesses()) {
    const double s = 1e-9;
    const double g2 = 0.5 * (process->diffusion(0) + process->diffusion(s));
    QVERIFY(agrees("b²", process->noiseVariance(s), g2 * s, 1e-7));
    QVERIFY(agrees("b²/s²", (process->noiseVariance(s) / s - g2) / s,
                   -0.5 * g2 * g2 * (process->variancePreserving() ? 1 : 0), 1e-5, 1e2));
  }
}

// ∫β by Simpson's rule, which is exact for a linear rate; [RA] with 0.1, 20, 1.
void ProcessCatalogTest::vpLinearIsItsIntegral() {
  const auto process =
      make(processCatalog().front(), {{"beta_min", 0.3}, {"beta_max", 7}, {"horizon", 2}});
  for (const double s : {0.2, 1.1, 2.0}) {
    const auto rate = [](double t) { return 0.3 + 6.7 * t / 2; };
    const double integral = s / 6 * (rate(0) + 4 * rate(0.5 * s) + rate(s));
    QVERIFY(agrees("a", process->signal(s), std::exp(-0.5 * integral), 1e-14));
    QVERIFY(agrees("b²", process->noiseVariance(s), 1 - std::exp(-integral), 1e-13));
    QVERIFY(agrees("f", process->drift(s), -0.5 * rate(s), 1e-15));
    QVERIFY(agrees("g²", process->diffusion(s), rate(s), 1e-15));
  }
}

void ProcessCatalogTest::veBrownianIsBrownian() {
  const auto process = make(kindNamed("ve-brownian"), {{"sigma", 0.7}, {"horizon", 3}});
  QCOMPARE(process->signal(2), 1.0);
  QCOMPARE(process->drift(2), 0.0);
  QVERIFY(agrees("b²", process->noiseVariance(2), 0.98, 1e-15));
  QVERIFY(agrees("g²", process->diffusion(2), 0.49, 1e-15));
  QCOMPARE(timeAxes(*process).size(), std::size_t{3});  // no θ
}

// σ(s) = σ_min (σ_max/σ_min)^{s/T} of Song et al. 2021 and b² = σ(s)² − σ_min².
void ProcessCatalogTest::veGeometricGrowsByEqualFactors() {
  const ProcessKind& kind = kindNamed("ve-geometric");
  const auto process = make(kind, {{"sigma_min", 0.2}, {"sigma_max", 5}, {"horizon", 2}});
  for (const double s : {0.3, 1.0, 2.0}) {
    const double sigma = 0.2 * std::pow(25, s / 2);
    QVERIFY(agrees("b²", process->noiseVariance(s), sigma * sigma - 0.04, 1e-13));
    QVERIFY(agrees("g²", process->diffusion(s), sigma * sigma * std::log(25), 1e-13));
  }
  QVERIFY(contains(refusal([&] {
                     make(kind, {{"sigma_min", 0.2}, {"sigma_max", 0.2}});
                   }),
                   "process.sigma_max: 0.2 is not above sigma_min"));
}

// ᾱ = f(s)/f(0), f = cos²(((s/T + 0.008)/1.008) π/2), of Nichol & Dhariwal 2021 in long double.
void ProcessCatalogTest::vpCosineIsTheCosine() {
  const auto process = make(kindNamed("vp-cosine"), {{"horizon", 3}});
  const auto f = [](long double s) {
    const long double quarter = 0.5L * 3.14159265358979323846264L;
    return std::cos((s / 3 + 0.008L) / 1.008L * quarter);
  };
  for (const double s : {1e-4, 0.01, 0.7, 1.5, 2.9, process->horizon()}) {
    const long double a = f(s) / f(0);
    QVERIFY(agrees("a", process->signal(s), static_cast<double>(a), 1e-12));
    QVERIFY(agrees("b²", process->noiseVariance(s), static_cast<double>(1 - a * a), 1e-9));
  }
  // The cap, and the process before it.
  QVERIFY(agrees("β(T)", process->diffusion(process->horizon()), 999.0 / 3, 1e-9));
  QVERIFY(process->horizon() > 0.997 * 3 && process->horizon() < 0.999 * 3);
}

// a(k) = Π √(1 − β_j), β_j linear, multiplied out.
void ProcessCatalogTest::ddpmIsTheDiscreteProduct() {
  for (const Index steps : {1, 2, 10, 1000}) {
    const auto process = make(kindNamed("ddpm"), {{"steps", steps}});
    QCOMPARE(process->horizon(), static_cast<double>(steps));
    double product = 1;
    for (Index k = 1; k <= steps; ++k) {
      const double u = steps == 1 ? 0 : static_cast<double>(k - 1) / static_cast<double>(steps - 1);
      const double beta = 1e-4 + u * (0.02 - 1e-4);
      product *= 1 - beta;
      const auto s = static_cast<double>(k);
      QVERIFY(agrees("a²", std::pow(process->signal(s), 2), product, 1e-12));
      // The step of the sampler from k to k − 1 and the time before it share one rate.
      QVERIFY(agrees("g²", process->diffusion(s), -std::log(1 - beta), 1e-11));
      QCOMPARE(process->diffusion(s - 0.5), process->diffusion(s));
    }
  }
}

void ProcessCatalogTest::timeAxesInvert() {
  for (const auto& process : someProcesses()) {
    bool theta = false;
    for (const TimeAxis& axis : timeAxes(*process)) {
      theta = theta || axis.id == "theta";
      double previous = axis.fromTime(1e-6 * process->horizon());
      const double direction = axis.fromTime(process->horizon()) - previous;
      for (const double u : {0.003, 0.05, 0.3, 0.6, 0.95, 1.0}) {
        const double s = u * process->horizon();
        const double value = axis.fromTime(s);
        QVERIFY((value - previous) * direction > 0);  // monotone
        previous = value;
        QVERIFY(agrees(axis.id, axis.toTime(value), s, 1e-7));
      }
    }
    QCOMPARE(theta, process->variancePreserving());
  }
}

void ProcessCatalogTest::timeWhereClampsToTheNearerEnd() {
  const auto square = [](double s) { return s * s; };
  QVERIFY(agrees("√2", timeWhere(square, 2, 0, 3), std::sqrt(2), 1e-14));
  QCOMPARE(timeWhere(square, -1, 0, 3), 0.0);
  QCOMPARE(timeWhere(square, 10, 0, 3), 3.0);
  QCOMPARE(timeWhere(square, 9, 0, 3), 3.0);
}

void ProcessCatalogTest::defaultsAreValid() {
  QVERIFY(processCatalog().size() >= 3);
  for (const ProcessKind& kind : processCatalog()) {
    QVERIFY(!kind.id.empty() && !kind.title.empty() && !kind.source.empty());
    const ParameterValues values = validate(kind.parameters, Json::object(), "process");
    QCOMPARE(validate(kind.parameters, values.json(), "process"), values);
    QVERIFY(kind.make(values)->horizon() > 0);
    for (const ParameterSpec& spec : kind.parameters) {
      QVERIFY(!spec.label.empty() && !spec.symbol.empty() && !spec.help.empty());
      QVERIFY(spec.minimum <= spec.softMinimum && spec.softMaximum <= spec.maximum);
    }
  }
}

void ProcessCatalogTest::finiteAtTheEndsOfEveryRange() {
  for (const ProcessKind& kind : processCatalog())
    for (const ParameterSpec& a : kind.parameters)
      for (const ParameterSpec& b : kind.parameters)
        for (const double va : {a.minimum, a.maximum})
          for (const double vb : {b.minimum, b.maximum}) {
            Json values = Json::object();
            values[a.name] = va;
            values[b.name] = vb;
            // Where two values do not go together, the message says which.
            std::unique_ptr<ForwardProcess> process;
            const std::string problem = refusal([&] { process = make(kind, values); });
            if (!problem.empty()) {
              QVERIFY(contains(problem, "process.sigma_max: "));
              QVERIFY(values.value("sigma_max", 50.0) <= values.value("sigma_min", 0.01));
              continue;
            }
            for (const double u : {1e-6, 0.5, 1.0}) {
              const double s = u * process->horizon();
              const Channel channel = process->channel(s);
              QVERIFY(channel.signal >= 0 && channel.signal <= 1);
              QVERIFY(channel.noiseVariance > 0 && std::isfinite(channel.noiseVariance));
              QVERIFY(std::isfinite(process->drift(s)) && std::isfinite(process->diffusion(s)));
            }
          }
}

QTEST_APPLESS_MAIN(ProcessCatalogTest)
#include "catalog_test.moc"
