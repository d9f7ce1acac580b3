#include "core/runtime/errors.hpp"
#include "core/sampling/ddpm_sampler.hpp"
#include "core/sampling/dpm_solver.hpp"
#include "core/sampling/euler_maruyama.hpp"
#include "core/sampling/exact.hpp"
#include "core/sampling/exponential.hpp"
#include "core/sampling/heun.hpp"
#include "core/sampling/pndm.hpp"
#include "core/sampling/probability_flow.hpp"

namespace separatrix {

const std::vector<SamplerKind>& samplerCatalog() {
  static const std::vector<SamplerKind> catalog = {
      eulerMaruyamaKind(), heunKind(),     exponentialKind(), exactKind(), probabilityFlowKind(),
      ddpmSamplerKind(),   ddpmBetaKind(), ddimKind(),        pndmKind(),  dpmSolverKind(),
  };
  return catalog;
}

const SamplerKind& findSampler(const std::string& id) {
  for (const SamplerKind& kind : samplerCatalog())
    if (kind.id == id) return kind;
  throw InvalidInput("ensemble.sampler", "\"" + id + "\" is not a sampler");
}

}  // namespace separatrix
