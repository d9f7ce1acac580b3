#include "core/sampling/euler_maruyama.hpp"
#include "core/sampling/sampler.hpp"

namespace separatrix {

const std::vector<SamplerKind>& samplerCatalog() {
  static const std::vector<SamplerKind> catalog = {
      eulerMaruyamaKind(),
  };
  return catalog;
}

}  // namespace separatrix
