#include "core/processes/catalog.hpp"

#include "core/processes/time_axis.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What every schedule promises, on defaults and on the ends of every parameter's range.
class ProcessCatalogTest : public QObject {
  Q_OBJECT

private slots:
  void signalAndNoiseSolveTheirEquations();
  void startsAtTheData();
  void variancePreservingMeansSo();
  void smallTimesDoNotCancel();
  void vpLinearIsItsIntegral();
  void veBrownianIsBrownian();
  void timeAxesInvert();
  void timeWhereClampsToTheNearerEnd();
  void defaultsAreValid();
  void finiteAtTheEndsOfEveryRange();
};

namespace {

std::unique_ptr<ForwardProcess> make(const ProcessKind& kind, const Json& values) {
  return kind.make(validate(kind.parameters, values, "process"));
}

std::vector<std::unique_ptr<ForwardProcess>> someProcesses() {
  std::vector<std::unique_ptr<ForwardProcess>> out;
  for (const ProcessKind& kind : processCatalog()) {
    out.push_back(make(kind, Json::object()));
    out.push_back(make(kind, {{"horizon", 2.5}}));
  }
  return out;
}

}  // namespace

// da/ds = f a and d(b²)/ds = 2 f b² + g²: the moments of the SDE of theory §1.
void ProcessCatalogTest::signalAndNoiseSolveTheirEquations() {
  for (const auto& process : someProcesses())
    for (const double u : {0.01, 0.1, 0.35, 0.7, 0.99}) {
      const double s = u * process->horizon();
      const double h = 1e-4 * s;
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
    QVERIFY(last > 0.99);
  }
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
  for (const ProcessKind& kind : processCatalog()) {
    if (kind.id != "ve-brownian") continue;
    const auto process = make(kind, {{"sigma", 0.7}, {"horizon", 3}});
    QCOMPARE(process->signal(2), 1.0);
    QCOMPARE(process->drift(2), 0.0);
    QVERIFY(agrees("b²", process->noiseVariance(2), 0.98, 1e-15));
    QVERIFY(agrees("g²", process->diffusion(2), 0.49, 1e-15));
    QCOMPARE(timeAxes(*process).size(), std::size_t{3});  // no θ
    return;
  }
  QFAIL("ve-brownian is not in the catalogue");
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
    QVERIFY(findSpec(kind.parameters, "horizon") != nullptr);
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
            const auto process = make(kind, values);
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
