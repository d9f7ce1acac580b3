#pragma once

#include "core/runtime/types.hpp"

#include <cmath>

namespace separatrix {

/// Replaces the exponents e_k by the weights exp(e_k)/Σ exp(e_j) and returns log Σ exp(e_j).
/// At least one exponent must be finite.
template <class Derived>
double softmaxInPlace(Eigen::DenseBase<Derived>& exponents) {
  const double largest = exponents.maxCoeff();
  exponents.derived().array() = (exponents.derived().array() - largest).exp();
  const double sum = exponents.sum();
  exponents.derived().array() /= sum;
  return largest + std::log(sum);
}

}  // namespace separatrix
