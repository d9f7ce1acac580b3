#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/targets/dataset_weights.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include "core/targets/dataset_weights.hpp"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <array>
#include <bit>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace separatrix::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::CappedTag<float, WeightBlock::kColumns>;

void raiseMaxima(const WeightBlock& block, float* largest) {
  const Floats floats;
  for (int p = 0; p < WeightBlock::kColumns; p += static_cast<int>(hn::Lanes(floats))) {
    auto most = hn::LoadU(floats, largest + p);
    for (int k = 0; k < WeightBlock::kBlock; ++k)
      most = hn::Max(most, hn::LoadU(floats, block.products + k * WeightBlock::kColumns + p) -
                               hn::Set(floats, block.offsets[k]));
    hn::StoreU(most, floats, largest + p);
  }
}

template <class D, class Mask>
void append(D floats, Mask mask, int place, WeightBlock& block) {
  if (hn::AllFalse(floats, mask)) return;
  std::array<std::uint8_t, 8> bytes{};
  hn::StoreMaskBits(floats, mask, bytes.data());
  for (auto bits = std::bit_cast<std::uint64_t>(bytes); bits != 0; bits &= bits - 1)
    block.found[block.foundCount++] = place + std::countr_zero(bits);
}

void weigh(WeightBlock& block) {
  const Floats floats;
  const auto inverseV = hn::Set(floats, block.inverseV);
  const auto zero = hn::Zero(floats);
  for (int p = 0; p < WeightBlock::kColumns; p += static_cast<int>(hn::Lanes(floats))) {
    const auto reference = hn::LoadU(floats, block.reference + p);
    const auto least = hn::LoadU(floats, block.least + p);
    const auto candidate = hn::LoadU(floats, block.candidate + p);
    auto sum = zero;
    for (int k = 0; k < WeightBlock::kBlock; ++k) {
      const int place = k * WeightBlock::kColumns + p;
      const auto q = hn::LoadU(floats, block.products + place) - hn::Set(floats, block.offsets[k]);
      const auto absent = q < least;
      if (hn::AllTrue(floats, absent)) {
        hn::StoreU(zero, floats, block.products + place);
        continue;
      }
      const auto chosen = q >= candidate;
      const auto weight =
          hn::IfThenZeroElse(hn::Or(absent, chosen), hn::Exp(floats, (q - reference) * inverseV));
      sum = sum + weight;
      hn::StoreU(hn::IfThenElse(chosen, q, weight), floats, block.products + place);
      append(floats, chosen, place, block);
    }
    hn::StoreU(sum, floats, block.sums + p);
  }
}

void findHeavy(WeightBlock& block, const float* heavy) {
  const Floats floats;
  for (int p = 0; p < WeightBlock::kColumns; p += static_cast<int>(hn::Lanes(floats))) {
    const auto least = hn::LoadU(floats, heavy + p);
    for (int k = 0; k < WeightBlock::kBlock; ++k) {
      const int place = k * WeightBlock::kColumns + p;
      append(floats, hn::LoadU(floats, block.products + place) >= least, place, block);
    }
  }
}

}  // namespace
}  // namespace separatrix::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace separatrix {

HWY_EXPORT(raiseMaxima);
HWY_EXPORT(weigh);
HWY_EXPORT(findHeavy);

void raiseMaxima(const WeightBlock& block, float* largest) {
  HWY_DYNAMIC_DISPATCH(raiseMaxima)(block, largest);
}

void weigh(WeightBlock& block) {
  HWY_DYNAMIC_DISPATCH(weigh)(block);
}

void findHeavy(WeightBlock& block, const float* heavy) {
  HWY_DYNAMIC_DISPATCH(findHeavy)(block, heavy);
}

}  // namespace separatrix
#endif
