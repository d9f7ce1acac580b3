#include "core/processes/catalog.hpp"

#include "core/processes/ddpm.hpp"
#include "core/processes/ve_brownian.hpp"
#include "core/processes/ve_geometric.hpp"
#include "core/processes/vp_constant.hpp"
#include "core/processes/vp_cosine.hpp"
#include "core/processes/vp_linear.hpp"

namespace separatrix {

const std::vector<ProcessKind>& processCatalog() {
  static const std::vector<ProcessKind> catalog = {
      vpLinearKind(),   vpConstantKind(),  vpCosineKind(),
      veBrownianKind(), veGeometricKind(), ddpmKind(),
  };
  return catalog;
}

}  // namespace separatrix
