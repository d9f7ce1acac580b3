#pragma once

#include "core/processes/forward_process.hpp"
#include "core/targets/target.hpp"

#include <array>
#include <string>

namespace separatrix {

enum class PotentialKind { sde, ode, freeEnergy, energy, drift };

/// U = −A log p + B|x|²/2 at one time (theory §3).
struct Potential {
  double scoreWeight = 1;   ///< A > 0
  double radialWeight = 0;  ///< B

  double value(double logDensity, double squaredNorm) const {
    return -scoreWeight * logDensity + 0.5 * radialWeight * squaredNorm;
  }
  Vec gradient(const VecView& x, const VecView& score) const {
    return radialWeight * x - scoreWeight * score;
  }
  Mat hessian(const Mat& logDensityHessian) const;
};

/// What a scene, a form and a caption need to know of one kind.
struct PotentialInfo {
  PotentialKind kind;
  std::string id;  ///< as in the scene file
  std::string title;
  std::string formula;  ///< U in the notation of theory §3
  std::string source;
};

const std::array<PotentialInfo, 5>& potentialCatalog();
const PotentialInfo& potentialInfo(PotentialKind kind);

/// `stochasticity` λ matters for `drift` alone.
Potential makePotential(PotentialKind kind, const ForwardProcess& process, double s,
                        double stochasticity);

}  // namespace separatrix
