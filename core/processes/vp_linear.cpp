#include "core/processes/vp_linear.hpp"

#include "core/processes/vp_schedule.hpp"

namespace separatrix {
namespace {

class VpLinear final : public VpSchedule {
public:
  VpLinear(double betaMin, double betaMax, double horizon)
      : m_betaMin(betaMin), m_betaMax(betaMax), m_horizon(horizon) {}

  double rate(double s) const override {
    return m_betaMin + (m_betaMax - m_betaMin) * s / m_horizon;
  }
  double integratedRate(double s) const override {
    return m_betaMin * s + 0.5 * (m_betaMax - m_betaMin) * s * s / m_horizon;
  }
  double horizon() const override { return m_horizon; }

private:
  double m_betaMin, m_betaMax, m_horizon;
};

}  // namespace

ProcessKind vpLinearKind() {
  ProcessKind kind;
  kind.id = "vp-linear";
  kind.title = "Variance preserving, linear rate";
  kind.source = "Raya & Ambrogioni 2023; Song et al. 2021";
  kind.parameters = {
      ParameterSpec::real("beta_min", 0.1)
          .labelled("First rate", "β_min", "Noise rate β at s = 0.")
          .within(1e-6, 1e4)
          .slider(0.01, 5, true),
      ParameterSpec::real("beta_max", 20)
          .labelled("Last rate", "β_max", "Noise rate β at the horizon.")
          .within(1e-6, 1e4)
          .slider(1, 50, true),
      horizonSpec(1),
  };
  kind.make = [](const ParameterValues& values) {
    return std::make_unique<VpLinear>(values.real("beta_min"), values.real("beta_max"),
                                      values.real("horizon"));
  };
  return kind;
}

}  // namespace separatrix
