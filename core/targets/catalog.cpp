#include "core/targets/catalog.hpp"

#include "core/targets/dataset.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "core/targets/hypersphere.hpp"
#include "core/targets/ising.hpp"
#include "core/targets/shape.hpp"
#include "core/targets/two_gaussians.hpp"

namespace separatrix {

const std::vector<TargetKind>& targetCatalog() {
  static const std::vector<TargetKind> catalog = {
      gaussianMixtureKind(), hypersphereKind(), twoGaussiansKind(),
      datasetKind(),         isingKind(),       shapeKind(),
  };
  return catalog;
}

}  // namespace separatrix
