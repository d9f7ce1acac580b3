#include "core/targets/two_gaussians.hpp"

#include "core/runtime/errors.hpp"
#include "core/targets/gaussian_mixture.hpp"

namespace separatrix {

TargetKind twoGaussiansKind() {
  TargetKind kind;
  kind.id = "two-gaussians";
  kind.title = "Two Gaussians";
  kind.source = "Biroli et al. 2024, Eqs 5–8";
  kind.parameters = {
      ParameterSpec::integer("dimension", 1)
          .labelled("Dimension", "d", "Of the space.")
          .within(1, 1e6)
          .slider(1, 1e6, true),
      ParameterSpec::real("mu_tilde", 1)
          .labelled("Mean", "μ̃", "Every coordinate of the mean m of one; the other's is −m.")
          .within(0, kLargestCoordinate)
          .slider(0, 3),
      ParameterSpec::real("sigma2", 1)
          .labelled("Variance", "σ²", "Variance of both; 0 makes them two points.")
          .within(0, 1e12)
          .slider(0, 3),
  };
  kind.make = [](const ParameterValues& values, FileLoader&) {
    Components parts;
    parts.means.resize(values.integer("dimension"), 2);
    parts.means.col(0).setConstant(-values.real("mu_tilde"));
    parts.means.col(1).setConstant(values.real("mu_tilde"));
    parts.weights = Vec::Constant(2, 0.5);
    const double sigma2 = values.real("sigma2");
    if (sigma2 > 0 && sigma2 < kLeastVariance)
      throw InvalidInput("target.sigma2", shown(values.json().at("sigma2")) +
                                              " is too small; give 0 for two points, otherwise "
                                              "1e-30 or more");
    parts.variances = Vec::Constant(2, sigma2);
    return std::make_unique<GaussianMixture>(std::move(parts));
  };
  return kind;
}

}  // namespace separatrix
