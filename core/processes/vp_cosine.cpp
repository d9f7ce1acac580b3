#include "core/processes/vp_cosine.hpp"

#include "core/processes/vp_schedule.hpp"

#include <numbers>

namespace separatrix {
namespace {

constexpr double kOffset = 0.008;
constexpr double kLargestRate = 999;                                 // in units of 1/T
constexpr double kQuarter = 0.5 * std::numbers::pi / (1 + kOffset);  // u = kQuarter (s/T + offset)
constexpr double kStartAngle = kQuarter * kOffset;

class VpCosine final : public VpSchedule {
public:
  explicit VpCosine(double period)
      : m_period(period),
        m_horizon(period * (std::atan(kLargestRate / (2 * kQuarter)) / kQuarter - kOffset)) {}

  double rate(double s) const override {
    return 2 * kQuarter / m_period * std::tan(kStartAngle + kQuarter * s / m_period);
  }
  /// −2 log(cos u / cos u₀), from the difference of the angles, so that small times keep all
  /// digits.
  double integratedRate(double s) const override {
    const double turned = kQuarter * s / m_period;
    const double half = std::sin(0.5 * turned);
    return -2 * std::log1p(-2 * half * half - std::sin(turned) * std::tan(kStartAngle));
  }
  double horizon() const override { return m_horizon; }

private:
  double m_period, m_horizon;
};

}  // namespace

ProcessKind vpCosineKind() {
  ProcessKind kind;
  kind.id = "vp-cosine";
  kind.title = "Variance preserving, cosine";
  kind.source = "Nichol & Dhariwal 2021, Eq 17";
  ParameterSpec period = horizonSpec(1);
  period.help = "Time T at which the rate would diverge; the process ends at 0.998 T.";
  kind.parameters = {period};
  kind.make = [](const ParameterValues& values) {
    return std::make_unique<VpCosine>(values.real("horizon"));
  };
  return kind;
}

}  // namespace separatrix
