#include "core/targets/spin_mixture.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/targets/spin_coupling.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace separatrix {
namespace {

struct Precision {
  double step;   ///< Δ: the trapezium rule errs by 2 exp(−2π²/Δ²)
  double reach;  ///< exp(−reach²/2) is left out at either end
  double depth;  ///< terms below exp(−depth) of the largest are left out
};

template <class Real>
constexpr Precision precisionOf() {
  return sizeof(Real) == sizeof(double) ? Precision{0.7, 9.5, 50} : Precision{1, 6.5, 23};
}

/// Finds the terms of Σ_n exp(−z_n²/2) Π_i 2cosh(h_i + √K z_n), z_n = nΔ, that matter. The
/// exponent is −z²/2 plus a convex function, which between two terms is below its chord.
template <class Real>
class TermSearch {
public:
  TermSearch(const VecView& fields, double K)
      : m_rootK(std::sqrt(K)),
        m_magnitudes(fields.array().abs().cast<Real>()),
        m_preferred(preferredSpins(fields).cast<Real>()),
        m_size(m_rootK * static_cast<double>(fields.size())) {
    const auto last = static_cast<Index>(std::ceil((m_size + kPrecision.reach) / kPrecision.step));
    const Term low = evaluate(-last), middle = evaluate(0), high = evaluate(last);
    refineBoth(low, middle, high);
  }

  SpinMixture<Real> mixture() const {
    std::vector<std::size_t> kept;
    for (std::size_t t = 0; t < m_terms.size(); ++t)
      if (m_terms[t].exponent > m_best - kPrecision.depth) kept.push_back(t);
    const auto count = static_cast<Index>(kept.size());
    Vec exponents(count);
    SpinMixture<Real> out;
    out.flips.resize(m_magnitudes.size(), count);
    for (Index n = 0; n < count; ++n) {
      const std::size_t t = kept[static_cast<std::size_t>(n)];
      exponents[n] = m_terms[t].exponent;
      out.flips.col(n) = Eigen::Map<const Eigen::Matrix<Real, Eigen::Dynamic, 1>>(
          m_flips.data() + static_cast<Index>(t) * m_magnitudes.size(), m_magnitudes.size());
    }
    out.logSum =
        softmaxInPlace(exponents) + std::log(kPrecision.step / std::sqrt(2 * std::numbers::pi));
    out.weights = exponents.template cast<Real>();
    return out;
  }

private:
  using Reals = Eigen::Array<Real, Eigen::Dynamic, 1>;
  static constexpr Precision kPrecision = precisionOf<Real>();

  struct Term {
    Index n = 0;
    double exponent = 0;  ///< relative to couplingOffset
    double z() const { return static_cast<double>(n) * kPrecision.step; }
    double convex() const { return exponent + 0.5 * z() * z(); }
  };

  Term evaluate(Index n) {
    Term term{n, 0};
    const double z = term.z();
    const auto tilt = static_cast<Real>(m_rootK * z);
    const Reals t = -2 * (m_magnitudes + m_preferred * tilt);
    const Reals small = (-t.abs()).exp();
    // log 2cosh(h + √K z) − |h| − √K|z|, the spins that the tilt is against apart
    const Reals lost = (m_preferred * tilt < 0).select(m_magnitudes.min(std::abs(tilt)), Real(0));
    const double outside = std::abs(z) - m_size;
    term.exponent =
        (small.log1p() - 2 * lost).template cast<double>().sum() - 0.5 * outside * outside;
    const Reals flips = (t >= 0).select(Reals::Ones(t.size()), small) / (1 + small);
    m_flips.insert(m_flips.end(), flips.begin(), flips.end());
    m_terms.push_back(term);
    m_best = std::max(m_best, term.exponent);
    return term;
  }

  static double bound(const Term& low, const Term& high) {
    const double slope = (high.convex() - low.convex()) / (high.z() - low.z());
    const double z = std::clamp(slope, low.z(), high.z());
    return low.convex() + slope * (z - low.z()) - 0.5 * z * z;
  }

  void refine(const Term& low, const Term& high) {
    if (high.n - low.n < 2 || bound(low, high) < m_best - kPrecision.depth) return;
    refineBoth(low, evaluate(low.n + (high.n - low.n) / 2), high);
  }

  void refineBoth(const Term& low, const Term& middle, const Term& high) {
    // The better half first: its terms spare the other's.
    const bool upperFirst = bound(middle, high) > bound(low, middle);
    if (upperFirst) refine(middle, high);
    refine(low, middle);
    if (!upperFirst) refine(middle, high);
  }

  double m_rootK;
  Reals m_magnitudes, m_preferred;
  double m_size;  // √K d, beyond which no term is
  double m_best = -std::numeric_limits<double>::infinity();
  std::vector<Term> m_terms;
  std::vector<Real> m_flips;  // d for each term
};

}  // namespace

template <class Real>
SpinMixture<Real> ferromagneticMixture(const VecView& fields, double K) {
  return TermSearch<Real>(fields, K).mixture();
}

template SpinMixture<double> ferromagneticMixture(const VecView&, double);
template SpinMixture<float> ferromagneticMixture(const VecView&, double);

}  // namespace separatrix
