#include "core/study/widest_direction.hpp"

#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/request_values.hpp"

namespace separatrix {

Vec widestDirection(const Target& target) {
  const SymmetricEigen solver(target.covariance());
  Vec out = solver.eigenvectors().col(target.dimension() - 1);
  Index largest = 0;
  out.cwiseAbs().maxCoeff(&largest);
  return out[largest] < 0 ? Vec(-out) : out;
}

Vec unitVector(const Request& request, const std::string& name, const Problem& problem) {
  const Vec out = pointValue(request, name, problem);
  if (!(out.norm() > 0)) throw InvalidInput(name, "is zero; give x1,… of any length");
  return out.normalized();
}

}  // namespace separatrix
