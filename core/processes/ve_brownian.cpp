#include "core/processes/ve_brownian.hpp"

namespace separatrix {
namespace {

class VeBrownian final : public ForwardProcess {
public:
  VeBrownian(double sigma, double horizon) : m_variance(sigma * sigma), m_horizon(horizon) {}

  double signal(double) const override { return 1; }
  double noiseVariance(double s) const override { return m_variance * s; }
  double drift(double) const override { return 0; }
  double diffusion(double) const override { return m_variance; }
  double horizon() const override { return m_horizon; }
  bool variancePreserving() const override { return false; }

private:
  double m_variance, m_horizon;
};

}  // namespace

ProcessKind veBrownianKind() {
  ProcessKind kind;
  kind.id = "ve-brownian";
  kind.title = "Variance exploding, Brownian";
  kind.source = "Ambrogioni 2023";
  kind.parameters = {
      ParameterSpec::real("sigma", 1)
          .labelled("Volatility", "σ", "Standard deviation of the noise at s = 1.")
          .within(1e-4, 1e4)
          .slider(0.1, 5, true),
      horizonSpec(4),
  };
  kind.make = [](const ParameterValues& values) {
    return std::make_unique<VeBrownian>(values.real("sigma"), values.real("horizon"));
  };
  return kind;
}

}  // namespace separatrix
