#include "core/targets/catalog.hpp"

#include "core/targets/gaussian_mixture.hpp"
#include "core/targets/ising.hpp"

namespace separatrix {

const std::vector<TargetKind>& targetCatalog() {
  static const std::vector<TargetKind> catalog = {
      gaussianMixtureKind(),
      isingKind(),
  };
  return catalog;
}

}  // namespace separatrix
