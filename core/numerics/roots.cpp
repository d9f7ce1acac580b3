#include "core/numerics/roots.hpp"

#include <boost/math/tools/toms748_solve.hpp>

#include <limits>
#include <stdexcept>

namespace separatrix {

double bracketedRoot(const std::function<double(double)>& function, double low, double high) {
  const double atLow = function(low);
  const double atHigh = function(high);
  if (atLow == 0) return low;
  if (atHigh == 0) return high;
  if ((atLow > 0) == (atHigh > 0))
    throw std::invalid_argument("bracketedRoot: no change of sign between the ends");
  std::uintmax_t iterations = 200;
  const boost::math::tools::eps_tolerance<double> tolerance(std::numeric_limits<double>::digits);
  const auto [left, right] =
      boost::math::tools::toms748_solve(function, low, high, atLow, atHigh, tolerance, iterations);
  return 0.5 * (left + right);
}

}  // namespace separatrix
