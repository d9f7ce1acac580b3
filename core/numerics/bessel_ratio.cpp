#include "core/numerics/bessel_ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

// Three expansions that agree to the last digits where they meet:
// - large order: the uniform expansion of I_ν(νt) (DLMF 10.41.3), taken to its logarithm and
//   differentiated term by term, so that nothing cancels at either end of t;
// - small order: down from a large one by A_ν = 1/(2(ν+1)/z + A_{ν+1}), which is stable;
// - small order and large argument: the expansion in 1/z (DLMF 10.40.1), again differentiated.

namespace separatrix {
namespace {

constexpr double kLargeOrder = 20;
constexpr std::size_t kTerms = 12;

/// E_k(p) = Σ_j e[k][j] p^{k+2j}, j ≤ k, with Σ_k E_k ν^{−k} = log Σ_k U_k(p) ν^{−k}.
class LogarithmicTerms {
public:
  LogarithmicTerms() {
    Table U{};
    U[0][0] = 1;
    for (std::size_t k = 0; k < kTerms; ++k)
      for (std::size_t j = 0; j <= k; ++j) {  // DLMF 10.41.9
        const auto m = static_cast<double>(k + 2 * j);
        U[k + 1][j] += U[k][j] * (m / 2 + 1 / (8 * (m + 1)));
        U[k + 1][j + 1] -= U[k][j] * (m / 2 + 5 / (8 * (m + 3)));
      }
    for (std::size_t k = 1; k <= kTerms; ++k) {
      m_e[k] = U[k];
      for (std::size_t i = 1; i < k; ++i)
        for (std::size_t a = 0; a <= i; ++a)
          for (std::size_t b = 0; b <= k - i; ++b)
            m_e[k][a + b] -=
                static_cast<double>(i) / static_cast<double>(k) * m_e[i][a] * U[k - i][b];
      for (const double coefficient : m_e[k]) m_atOne[k] += coefficient;
    }
  }

  struct Sums {
    double log = 0;     ///< Σ (E_k(p) − E_k(1)) ν^{−k}
    double first = 0;   ///< Σ p E_k'(p) ν^{−k}
    double second = 0;  ///< Σ p² E_k''(p) ν^{−k}
  };
  Sums at(double p, double order) const {
    Sums out;
    double scale = 1, powers = 1;
    for (std::size_t k = 1; k <= kTerms; ++k) {
      double value = 0, first = 0, second = 0;
      for (std::size_t j = k + 1; j-- > 0;) {
        const auto m = static_cast<double>(k + 2 * j);
        value = value * p * p + m_e[k][j];
        first = first * p * p + m * m_e[k][j];
        second = second * p * p + m * (m - 1) * m_e[k][j];
      }
      scale /= order;
      powers *= p / order;
      out.log += powers * value - scale * m_atOne[k];
      out.first += powers * first;
      out.second += powers * second;
    }
    return out;
  }

private:
  using Table = std::array<std::array<double, kTerms + 1>, kTerms + 1>;
  Table m_e{};
  std::array<double, kTerms + 1> m_atOne{};
};

BesselRatio atLargeOrder(double order, double z) {
  static const LogarithmicTerms terms;
  const double t = z / order;
  const double q = std::sqrt(1 + t * t);
  const double p = 1 / q;
  const auto [log, first, second] = terms.at(p, order);
  const double beyond = t * t / (1 + q);  // q − 1
  const double p2 = p * p;
  BesselRatio out;
  out.scaledLog =
      -order * ((t + beyond) / (q + t) + std::log1p(0.5 * beyond)) - 0.5 * std::log(q) + log;
  out.overArgument = (1 / (1 + q) - p2 * (0.5 + first) / order) / order;
  out.ratio = z * out.overArgument;
  out.complement = (1 + 1 / (q + t)) / (1 + q) + t * p2 * (0.5 + first) / order;
  const double correction = 0.5 * (2 * p2 - 1) + (3 * p2 - 2) * first - t * p * t * p * second;
  out.slope = p2 * (1 / (1 + p) - correction / order) / order;
  return out;
}

BesselRatio atLargeArgument(double order, double z) {
  // S = Σ (−1)^k a_k(ν) z^{−k}, Φ = Γ(ν+1) 2^ν z^{−ν} e^z S/√(2πz).
  double term = 1, S = 1, first = 0, second = 0;  // S, z S', z² S''
  for (int k = 1; k <= 60; ++k) {
    const double odd = 2 * k - 1;
    const double factor = (odd * odd - 4 * order * order) / (8 * k * z);
    if (std::abs(term) < 0.1 * std::numeric_limits<double>::epsilon()) break;
    term *= factor;
    S += term;
    first -= k * term;
    second += k * (k + 1.0) * term;
  }
  first /= S;
  second /= S;
  BesselRatio out;
  out.scaledLog = std::lgamma(order + 1) + order * std::numbers::ln2 - (order + 0.5) * std::log(z) -
                  0.5 * std::log(2 * std::numbers::pi) + std::log(S);
  out.complement = (order + 0.5 - first) / z;
  out.ratio = 1 - out.complement;
  out.overArgument = out.ratio / z;
  out.slope = (order + 0.5 + second - first * first) / z / z;
  return out;
}

BesselRatio fromLargeOrder(double order, double z) {
  const auto steps = static_cast<int>(std::ceil(kLargeOrder - order));
  BesselRatio out = atLargeOrder(order + steps, z);
  double quotient = 1;  // Φ of the order above over Φ of this one
  for (int j = steps; j-- > 0;) {
    const double c = 2 * (order + j + 1);
    const double overArgument = 1 / (c + z * out.ratio);
    out.slope = overArgument * overArgument * (c - z * z * out.slope);
    out.overArgument = overArgument;
    out.ratio = z * overArgument;
    quotient *= c * overArgument;
  }
  out.scaledLog -= std::log(quotient);
  out.complement = 1 - out.ratio;
  return out;
}

}  // namespace

BesselRatio besselRatio(double order, double z) {
  if (order >= kLargeOrder) return atLargeOrder(order, z);
  if (z > std::max(30.0, order * order)) return atLargeArgument(order, z);
  return fromLargeOrder(order, z);
}

}  // namespace separatrix
