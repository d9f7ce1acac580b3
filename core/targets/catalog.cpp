#include "core/targets/catalog.hpp"

#include "core/targets/dataset.hpp"
#include "core/targets/gaussian_mixture.hpp"

namespace separatrix {

const std::vector<TargetKind>& targetCatalog() {
  static const std::vector<TargetKind> catalog = {
      gaussianMixtureKind(),
      datasetKind(),
  };
  return catalog;
}

}  // namespace separatrix
