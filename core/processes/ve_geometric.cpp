#include "core/processes/ve_geometric.hpp"

#include "core/runtime/errors.hpp"

#include <cmath>

namespace separatrix {
namespace {

class VeGeometric final : public ForwardProcess {
public:
  VeGeometric(double sigmaMin, double sigmaMax, double horizon)
      : m_variance(sigmaMin * sigmaMin),
        m_growth(2 * std::log(sigmaMax / sigmaMin) / horizon),
        m_horizon(horizon) {}

  double signal(double) const override { return 1; }
  double noiseVariance(double s) const override { return m_variance * std::expm1(m_growth * s); }
  double drift(double) const override { return 0; }
  double diffusion(double s) const override {
    return m_variance * m_growth * std::exp(m_growth * s);
  }
  double horizon() const override { return m_horizon; }
  bool variancePreserving() const override { return false; }

private:
  double m_variance, m_growth, m_horizon;
};

}  // namespace

ProcessKind veGeometricKind() {
  ProcessKind kind;
  kind.id = "ve-geometric";
  kind.title = "Variance exploding, geometric";
  kind.source = "Song et al. 2021, Eq 30";
  kind.parameters = {
      ParameterSpec::real("sigma_min", 0.01)
          .labelled("Least noise", "σ_min", "Standard deviation that the growth starts from.")
          .within(1e-6, 1e3)
          .slider(1e-3, 0.1, true),
      ParameterSpec::real("sigma_max", 50)
          .labelled("Largest noise", "σ_max", "Standard deviation of the noise at the horizon.")
          .within(1e-5, 1e4)
          .slider(1, 100, true),
      horizonSpec(1),
  };
  kind.make = [](const ParameterValues& values) {
    const double least = values.real("sigma_min");
    const double largest = values.real("sigma_max");
    if (largest <= least)
      throw InvalidInput("process.sigma_max", shown(values.json().at("sigma_max")) +
                                                  " is not above sigma_min; raise it above " +
                                                  shown(values.json().at("sigma_min")));
    return std::make_unique<VeGeometric>(least, largest, values.real("horizon"));
  };
  return kind;
}

}  // namespace separatrix
