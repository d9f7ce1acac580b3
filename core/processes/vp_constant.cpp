#include "core/processes/vp_constant.hpp"

#include "core/processes/vp_schedule.hpp"

namespace separatrix {
namespace {

class VpConstant final : public VpSchedule {
public:
  VpConstant(double beta, double horizon) : m_beta(beta), m_horizon(horizon) {}

  double rate(double) const override { return m_beta; }
  double integratedRate(double s) const override { return m_beta * s; }
  double horizon() const override { return m_horizon; }

private:
  double m_beta, m_horizon;
};

}  // namespace

ProcessKind vpConstantKind() {
  ProcessKind kind;
  kind.id = "vp-constant";
  kind.title = "Variance preserving, constant rate";
  kind.source = "Biroli et al. 2024 (β = 2)";
  kind.parameters = {
      ParameterSpec::real("beta", 2)
          .labelled("Rate", "β", "Noise rate β; 2 is the Ornstein–Uhlenbeck process of [B].")
          .within(1e-6, 1e4)
          .slider(0.1, 10, true),
      horizonSpec(10),
  };
  kind.make = [](const ParameterValues& values) {
    return std::make_unique<VpConstant>(values.real("beta"), values.real("horizon"));
  };
  return kind;
}

}  // namespace separatrix
