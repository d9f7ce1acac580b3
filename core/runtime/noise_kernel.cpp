#include "core/runtime/noise_kernel.hpp"

#include <algorithm>
#include <array>

// Compiled once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/runtime/noise_kernel.cpp"
#include <hwy/foreach_target.h>
//
#include "core/numerics/vector_functions.hpp"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace separatrix {
namespace HWY_NAMESPACE {
namespace {

using Words = hn::ScalableTag<std::uint64_t>;  // a word of one block in each lane, in its low half
using Bits = hn::Repartition<std::uint32_t, Words>;
using Signed = hn::Repartition<std::int32_t, Words>;
using Floats = hn::Repartition<float, Words>;
using Word = hn::Vec<Words>;
using BitVec = hn::Vec<Bits>;
using Float = hn::Vec<Floats>;

constexpr int kRounds = 10;

struct Block {
  Word w0, w1, w2, w3;  // upper halves are arbitrary
};

/// Philox4x32-10 (Salmon et al. 2011) of several blocks side by side. Multiplication reads the low
/// half of a lane alone, so what exclusive ors leave in the upper half does no harm.
class Philox {
public:
  explicit Philox(const NoiseKey& key) : m_key(key) {
    auto k0 = static_cast<std::uint32_t>(key.seed);
    auto k1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (int round = 0; round < kRounds; ++round) {
      m_k0[round] = k0;
      m_k1[round] = k1;
      k0 += 0x9E3779B9U;
      k1 += 0xBB67AE85U;
    }
  }

  HWY_INLINE Block operator()(Word block) const {
    const Words d;
    const Word purpose = hn::Or(hn::ShiftLeft<8>(hn::ShiftRight<32>(block)), set(m_key.purpose));
    // Cell and coordinate are the same in all lanes: what hangs on them alone is not vectorised.
    const std::uint64_t first = std::uint64_t{kSecond} * m_key.coordinate;
    const std::uint64_t c0 = (first >> 32) ^ m_key.cell ^ m_k0[0];
    const std::uint64_t second = std::uint64_t{kFirst} * static_cast<std::uint32_t>(c0);
    const Word p0 = product(block, kFirst);
    const Word c2 = hn::Xor3(hn::ShiftRight<32>(p0), purpose, set(m_k1[0]));
    const Word p1 = product(c2, kSecond);
    Block c = {hn::Xor(hn::ShiftRight<32>(p1), set(first ^ m_k0[1])), p1,
               hn::Xor3(hn::Set(d, second >> 32), p0, set(m_k1[1])), hn::Set(d, second)};
    for (int round = 2; round < kRounds; ++round) {
      const Word q0 = product(c.w0, kFirst);
      const Word q1 = product(c.w2, kSecond);
      c = {hn::Xor3(hn::ShiftRight<32>(q1), c.w1, set(m_k0[round])), q1,
           hn::Xor3(hn::ShiftRight<32>(q0), c.w3, set(m_k1[round])), q0};
    }
    return c;
  }

private:
  static constexpr std::uint32_t kFirst = 0xD2511F53, kSecond = 0xCD9E8D57;

  static HWY_INLINE Word set(std::uint64_t value) { return hn::Set(Words(), value); }
  static HWY_INLINE Word product(Word a, std::uint32_t factor) {
    return hn::MulEven(hn::BitCast(Bits(), a), hn::Set(Bits(), factor));
  }

  NoiseKey m_key;
  std::uint64_t m_k0[kRounds], m_k1[kRounds];
};

HWY_INLINE Float constant(float value) {
  return hn::Set(Floats(), value);
}

/// √(−2 log u) with u = (bits + ½)/2³². As a signed number `bits` is small where u is near 1, and
/// then u − 1 is known to full relative precision.
HWY_INLINE Float radius(BitVec bits) {
  const Floats d;
  const Signed di;
  const Float whole = hn::ConvertTo(d, hn::BitCast(di, bits));
  const Float t = hn::Mul(hn::Add(whole, constant(0.5F)), constant(0x1p-32F));  // u, or u − 1 < 0
  const Float u = hn::IfThenElse(hn::Lt(t, hn::Zero(d)), hn::Add(t, constant(1)), t);
  Split<Floats> parts = split(d, u);
  const auto nearOne = hn::RebindMask(d, hn::Eq(parts.exponent, hn::Zero(di)));
  parts.fraction = hn::IfThenElse(nearOne, t, parts.fraction);
  return hn::Sqrt(hn::Mul(logOf(d, parts), constant(-2)));
}

struct Direction {
  Float cosine, sine;
};

/// Of the angle 2π (bits + ½)/2³².
HWY_INLINE Direction direction(BitVec bits) {
  const Floats d;
  const Bits du;
  // Signed and without its two upper bits it is the distance from the nearest multiple of π/2.
  const BitVec within = hn::Or(hn::ShiftLeft<2>(bits), hn::Set(du, 2));
  const Float x = hn::Mul(hn::ConvertTo(d, hn::BitCast(Signed(), within)),
                          constant(3.65729552e-10F));  // (π/2)/2³²
  const Float x2 = hn::Mul(x, x);
  const Float sine = hn::Add(
      x, hn::Mul(hn::Mul(x, x2), polynomial(d, x2, -0.16666655F, 0.008332178F, -0.000195173F)));
  const Float cosine = hn::Add(
      constant(1), hn::Mul(x2, hn::Add(constant(-0.5F),
                                       hn::Mul(x2, polynomial(d, x2, 0.041666646F, -0.0013887368F,
                                                              2.4438452e-05F)))));
  // The quarter turn is in the two upper bits: odd ones exchange sine and cosine.
  const BitVec quarter = hn::Add(bits, hn::Set(du, 0x20000000));
  const BitVec doubled = hn::Add(quarter, quarter);
  const auto odd = hn::RebindMask(d, hn::TestBit(quarter, hn::Set(du, 0x40000000)));
  const auto sign = [d](BitVec b) HWY_ATTR {
    return hn::BitCast(d, hn::And(b, hn::Set(Bits(), 0x80000000)));
  };
  return {hn::Xor(hn::IfThenElse(odd, sine, cosine), sign(hn::Xor(quarter, doubled))),
          hn::Xor(hn::IfThenElse(odd, cosine, sine), sign(quarter))};
}

/// Blocks at once: first all their bits, then all their normals, two short loops that keep a
/// processor busier than a long one.
constexpr std::size_t kBlocksAtOnce = 128;

struct PairBits {
  std::array<std::uint32_t, 2 * kBlocksAtOnce> radius, angle;
};

HWY_INLINE void fillBits(const Philox& philox, Index firstBlock, std::size_t count, PairBits& out) {
  const Words d;
  const Bits du;
  const std::size_t lanes = hn::Lanes(d);
  const auto pairs = [du](Word even, Word odd) HWY_ATTR {
    return hn::OddEven(hn::BitCast(du, hn::ShiftLeft<32>(odd)), hn::BitCast(du, even));
  };
  Word block = hn::Iota(d, static_cast<std::uint64_t>(firstBlock));
  for (std::size_t i = 0; i < count; i += lanes) {
    const Block w = philox(block);
    hn::Store(pairs(w.w0, w.w2), du, out.radius.data() + 2 * i);
    hn::Store(pairs(w.w1, w.w3), du, out.angle.data() + 2 * i);
    block = hn::Add(block, hn::Set(d, lanes));
  }
}

/// Writes z, or adds scale·z.
struct Assign {
  HWY_INLINE void operator()(Float z, float* out) const { hn::StoreU(z, Floats(), out); }
};
struct AddScaled {
  float scale;
  HWY_INLINE void operator()(Float z, float* out) const {
    const Floats d;
    hn::StoreU(hn::Add(hn::LoadU(d, out), hn::Mul(z, constant(scale))), d, out);
  }
};

template <class Write>
HWY_INLINE void putNormals(const PairBits& bits, std::size_t count, Write write, float* out) {
  const Bits du;
  const Floats df;
  const std::size_t lanes = hn::Lanes(df);
  HWY_ALIGN std::array<float, 2 * hn::MaxLanes(Floats())> z;
  for (std::size_t i = 0; i < 2 * count; i += lanes) {
    const Float r = radius(hn::Load(du, bits.radius.data() + i));
    const Direction to = direction(hn::Load(du, bits.angle.data() + i));
    const Float even = hn::Mul(r, to.cosine), odd = hn::Mul(r, to.sine);
    if constexpr (std::is_same_v<Write, Assign>) {
      hn::StoreInterleaved2(even, odd, df, out + 2 * i);
    } else {
      hn::StoreInterleaved2(even, odd, df, z.data());
      write(hn::Load(df, z.data()), out + 2 * i);
      write(hn::Load(df, z.data() + lanes), out + 2 * i + lanes);
    }
  }
}

template <class Write>
HWY_INLINE void normals(const NoiseKey& key, Index first, Index count, Write write, float* out) {
  const Philox philox(key);
  const auto lanes = static_cast<Index>(hn::Lanes(Words()));
  HWY_ALIGN PairBits bits;
  const Index end = first + count;
  for (Index block = first / 4; 4 * block < end;) {
    // Whole vectors within the range go straight to their place.
    const Index whole = 4 * block < first ? 0 : (end - 4 * block) / (4 * lanes) * lanes;
    const Index blocks = std::clamp(whole, lanes, static_cast<Index>(kBlocksAtOnce));
    fillBits(philox, block, static_cast<std::size_t>(blocks), bits);
    const Index begin = 4 * block;
    block += blocks;
    if (whole > 0) {
      putNormals(bits, static_cast<std::size_t>(blocks), write, out + (begin - first));
      continue;
    }
    std::array<float, 4 * hn::MaxLanes(Words())> edge{};
    const Index from = std::max(first, begin), part = std::min(end, 4 * block) - from;
    float* const inside = edge.data() + (from - begin);
    std::copy_n(out + (from - first), part, inside);
    putNormals(bits, static_cast<std::size_t>(lanes), write, edge.data());
    std::copy_n(inside, part, out + (from - first));
  }
}

void assignNormals(const NoiseKey& key, Index first, Index count, float* out) {
  normals(key, first, count, Assign(), out);
}

void addScaledNormals(const NoiseKey& key, Index first, Index count, float scale, float* out) {
  normals(key, first, count, AddScaled{scale}, out);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace separatrix
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace separatrix {
namespace {

HWY_EXPORT(assignNormals);
HWY_EXPORT(addScaledNormals);

}  // namespace

void fillNormals(const NoiseKey& key, Index first, Index count, float* out) {
  HWY_DYNAMIC_DISPATCH(assignNormals)(key, first, count, out);
}

void addNormals(const NoiseKey& key, Index first, Index count, float scale, float* out) {
  HWY_DYNAMIC_DISPATCH(addScaledNormals)(key, first, count, scale, out);
}

}  // namespace separatrix
#endif
