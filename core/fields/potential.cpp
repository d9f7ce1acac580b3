#include "core/fields/potential.hpp"

#include <stdexcept>

namespace separatrix {

Mat Potential::hessian(const Mat& logDensityHessian) const {
  Mat out = -scoreWeight * logDensityHessian;
  out.diagonal().array() += radialWeight;
  return out;
}

const std::array<PotentialInfo, 5>& potentialCatalog() {
  static const std::array<PotentialInfo, 5> catalog = {{
      {PotentialKind::sde, "sde", "Generative SDE", "U = −g² log p + f |x|²/2",
       "Raya & Ambrogioni 2023, Eqs 4, 7; Biroli et al. 2024, Eq 8"},
      {PotentialKind::ode, "ode", "Probability flow", "U = −½g² log p + f |x|²/2",
       "Song et al. 2021"},
      {PotentialKind::freeEnergy, "free-energy", "Free energy", "U = −b² log p",
       "Ambrogioni 2023, Eq 24"},
      {PotentialKind::energy, "energy", "Energy", "U = −log p", "Ambrogioni 2023"},
      {PotentialKind::drift, "drift", "Particle drift", "U = −½(1+λ²)g² log p + f |x|²/2",
       "the drift at stochasticity λ"},
  }};
  return catalog;
}

const PotentialInfo& potentialInfo(PotentialKind kind) {
  for (const PotentialInfo& info : potentialCatalog())
    if (info.kind == kind) return info;
  throw std::logic_error("potential kind without an entry");
}

Potential makePotential(PotentialKind kind, const ForwardProcess& process, double s,
                        double stochasticity) {
  const double f = process.drift(s);
  const double g2 = process.diffusion(s);
  switch (kind) {
    case PotentialKind::sde:
      return {g2, f};
    case PotentialKind::ode:
      return {0.5 * g2, f};
    case PotentialKind::freeEnergy:
      return {process.noiseVariance(s), 0};
    case PotentialKind::energy:
      return {1, 0};
    case PotentialKind::drift:
      return {0.5 * (1 + stochasticity * stochasticity) * g2, f};
  }
  throw std::logic_error("potential kind without weights");
}

}  // namespace separatrix
