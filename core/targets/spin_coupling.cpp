#include "core/targets/spin_coupling.hpp"

namespace separatrix {

Vec fineUniforms(const Noise& noise, Index first, Index count) {
  constexpr double kResolution = 0x1p-32;  // of one number
  Vec coarse(count), fine(count);
  noise.uniforms(NoisePurpose::dataChoice, 0, 0, first, count, coarse.data());
  noise.uniforms(NoisePurpose::dataChoice, 0, 1, first, count, fine.data());
  return coarse.array() + (fine.array() - 0.5) * kResolution;
}

}  // namespace separatrix
