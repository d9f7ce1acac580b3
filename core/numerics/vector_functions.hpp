// Elementary functions of whole vectors, for kernels that Highway compiles once for each
// instruction set: to be included after hwy/highway.h, and again for each. Products and sums are
// rounded one by one, so all instruction sets give the same bits.
#if defined(SEPARATRIX_VECTOR_FUNCTIONS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SEPARATRIX_VECTOR_FUNCTIONS_HPP
#undef SEPARATRIX_VECTOR_FUNCTIONS_HPP
#else
#define SEPARATRIX_VECTOR_FUNCTIONS_HPP
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace separatrix {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// c0 + c1 x + c2 x² + …
template <class D>
HWY_INLINE hn::Vec<D> polynomial(D d, hn::Vec<D>, float c0) {
  return hn::Set(d, c0);
}
template <class D, class... Rest>
HWY_INLINE hn::Vec<D> polynomial(D d, hn::Vec<D> x, float c0, float c1, Rest... rest) {
  return hn::Add(hn::Mul(x, polynomial(d, x, c1, rest...)), hn::Set(d, c0));
}

/// 2^x for −126 ≤ x ≤ 126, exactly 1 at 0; relative error below 2·10⁻⁷.
template <class D>
HWY_INLINE hn::Vec<D> powerOfTwo(D d, hn::Vec<D> x) {
  const hn::RebindToSigned<D> di;
  const auto toWhole = hn::Set(d, 0x1.8p23F);  // adding it leaves whole numbers in the lower bits
  const auto shifted = hn::Add(x, toWhole);
  const auto fraction = hn::Sub(x, hn::Sub(shifted, toWhole));
  const auto mantissa = polynomial(d, fraction, 1.0F, 0.693147F, 0.24022242F, 0.055507336F,
                                   0.009671513F, 0.0013264727F);
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(di, shifted));
  return hn::BitCast(d, hn::Add(hn::BitCast(di, mantissa), exponent));
}

/// x = 2^exponent (1 + fraction), √½ ≤ 1 + fraction < √2; x is positive and normal.
template <class D>
struct Split {
  hn::Vec<hn::RebindToSigned<D>> exponent;
  hn::Vec<D> fraction;
};

template <class D>
HWY_INLINE Split<D> split(D d, hn::Vec<D> x) {
  const hn::RebindToSigned<D> di;
  const auto rootHalf = hn::Set(di, 0x3F3504F3);
  const auto offset = hn::Sub(hn::BitCast(di, x), rootHalf);
  const auto mantissa = hn::Add(hn::And(offset, hn::Set(di, 0x007FFFFF)), rootHalf);
  return {hn::ShiftRight<23>(offset), hn::Sub(hn::BitCast(d, mantissa), hn::Set(d, 1.0F))};
}

/// exponent·log 2 + log(1 + fraction), to some units in the last place of the larger term.
template <class D>
HWY_INLINE hn::Vec<D> logOf(D d, const Split<D>& x) {
  // log(1 + f) = 2 artanh v.
  const auto v = hn::Div(x.fraction, hn::Add(x.fraction, hn::Set(d, 2.0F)));
  const auto v2 = hn::Mul(v, v);
  const auto artanh = hn::Add(hn::Set(d, 2.0F),
                              hn::Mul(v2, polynomial(d, v2, 0.66666776F, 0.39977542F, 0.2987173F)));
  return hn::Add(hn::Mul(hn::ConvertTo(d, x.exponent), hn::Set(d, 0.693147181F)),
                 hn::Mul(v, artanh));
}

}  // namespace HWY_NAMESPACE
}  // namespace separatrix
HWY_AFTER_NAMESPACE();

#endif
