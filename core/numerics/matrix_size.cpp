#include "core/numerics/matrix_size.hpp"

#include "core/runtime/errors.hpp"

#include <cmath>

namespace separatrix {

void requireMatrixFits(Index dimension, const std::string& purpose) {
  const auto d = static_cast<double>(dimension);
  const double bytes = static_cast<double>(sizeof(double)) * d * d;
  if (bytes <= kLargestMatrixBytes) return;
  const auto tenths = static_cast<long>(std::ceil(bytes / 1e8));
  throw Failure(purpose + " in " + std::to_string(dimension) + " dimensions takes " +
                std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) +
                " GB, more than the 0.5 GB that are allowed; use data of at most 8000 dimensions, "
                "or an analysis without it, such as samples");
}

}  // namespace separatrix
