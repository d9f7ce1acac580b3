#include "core/sampling/time_grid.hpp"

#include "tests/core/random_scenes.hpp"

using namespace separatrix;
using namespace separatrix::test;

class TimeGridTest : public QObject {
  Q_OBJECT

private slots:
  void beginAndEndAndFall();
  void refine();
  void evenInLogSnr();
  void integersOfDdpm();
  void refusals();
};

namespace {

constexpr TimeGridKind kKinds[] = {TimeGridKind::uniform, TimeGridKind::logSnr,
                                   TimeGridKind::integers};

double logSnr(const ForwardProcess& process, double s) {
  const Channel c = process.channel(s);
  return std::log(c.signal * c.signal / c.noiseVariance);
}

std::unique_ptr<ForwardProcess> processOf(const char* json) {
  const Json values = parseJson(json, "process");
  for (const ProcessKind& kind : processCatalog())
    if (kind.id == values.at("kind")) {
      Json others = values;
      others.erase("kind");
      return kind.make(validate(kind.parameters, others, "process"));
    }
  return nullptr;
}

}  // namespace

void TimeGridTest::beginAndEndAndFall() {
  std::mt19937 random(3);
  for (const ProcessKind& schedule : processCatalog())
    for (const TimeGridKind kind : {TimeGridKind::uniform, TimeGridKind::logSnr})
      for (const double data : {0.0, 0.01, 0.5}) {
        const auto process = randomProcess(schedule, random);
        const double noisy = process->horizon();
        const auto grid = timeGrid(*process, kind, noisy, data * noisy, 37, {});
        QCOMPARE(grid.size(), std::size_t{38});
        QCOMPARE(grid.front(), noisy);
        QCOMPARE(grid.back(), data * noisy);
        for (std::size_t i = 1; i < grid.size(); ++i) QVERIFY(grid[i] < grid[i - 1]);
      }
}

// So that coarse and fine runs can follow one Brownian path.
void TimeGridTest::refine() {
  const auto process = processOf(R"({"kind": "ddpm", "steps": 600})");
  for (const TimeGridKind kind : kKinds)
    for (const double data : {0.0, 100.0}) {
      const auto coarse = timeGrid(*process, kind, 600, data, 10, {});
      const auto fine = timeGrid(*process, kind, 600, data, 40, {});
      for (std::size_t i = 0; i < coarse.size(); ++i) QCOMPARE(fine[4 * i], coarse[i]);
    }
}

void TimeGridTest::evenInLogSnr() {
  const auto process = processOf(kVpLinear);
  const auto grid = timeGrid(*process, TimeGridKind::logSnr, 1, 0.01, 20, {});
  const double step = (logSnr(*process, 0.01) - logSnr(*process, 1)) / 20;
  for (std::size_t i = 1; i < grid.size(); ++i)
    QVERIFY(near(logSnr(*process, grid[i]) - logSnr(*process, grid[i - 1]), step, 1e-9));
  // To the data in one last step, as evenly before as if they were at 10⁻⁴ of the horizon.
  const auto whole = timeGrid(*process, TimeGridKind::logSnr, 1, 0, 20, {});
  const double larger = (logSnr(*process, 1e-4) - logSnr(*process, 1)) / 20;
  for (std::size_t i = 1; i + 1 < whole.size(); ++i)
    QVERIFY(near(logSnr(*process, whole[i]) - logSnr(*process, whole[i - 1]), larger, 1e-9));
  QCOMPARE(whole.back(), 0.0);
}

void TimeGridTest::integersOfDdpm() {
  const auto process = processOf(R"({"kind": "ddpm"})");
  const auto all = timeGrid(*process, TimeGridKind::integers, 1000, 0, 1000, {});
  for (std::size_t i = 0; i < all.size(); ++i) QCOMPARE(all[i], 1000.0 - double(i));
  const auto fifty = timeGrid(*process, TimeGridKind::integers, 1000, 0, 50, {});
  for (std::size_t i = 0; i < fifty.size(); ++i) QCOMPARE(fifty[i], 1000 - 20.0 * double(i));
  const auto uneven = timeGrid(*process, TimeGridKind::integers, 1000, 0, 7, {});
  for (std::size_t i = 1; i < uneven.size(); ++i) {
    QCOMPARE(uneven[i], std::round(uneven[i]));
    QVERIFY(std::abs(uneven[i - 1] - uneven[i] - 1000.0 / 7) <= 1);
  }
}

void TimeGridTest::refusals() {
  const auto process = processOf(kVpLinear);
  const auto message = [&](double noisy, Index steps) {
    return refusal([&] { timeGrid(*process, TimeGridKind::integers, noisy, 0, steps, {}); });
  };
  QVERIFY(contains(message(0.5, 1), "ensemble.time_grid: integers needs ends at whole numbers"));
  QVERIFY(contains(message(1, 2), "ensemble.steps: 2 are more than the 1"));
}

QTEST_APPLESS_MAIN(TimeGridTest)
#include "time_grid_test.moc"
