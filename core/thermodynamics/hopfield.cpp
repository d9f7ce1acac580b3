#include "core/thermodynamics/hopfield.hpp"

#include "core/numerics/log_sum_exp.hpp"

namespace separatrix {

double hopfieldEnergy(const Mat& patterns, double beta, const VecView& x) {
  Vec exponents = beta * (patterns.transpose() * x);
  return -softmaxInPlace(exponents) / beta + 0.5 * x.squaredNorm();
}

}  // namespace separatrix
