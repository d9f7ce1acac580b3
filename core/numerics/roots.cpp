#include "core/numerics/roots.hpp"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace separatrix {

double bracketedRoot(const std::function<double(double)>& unbounded, double low, double high) {
  // Differences and products of larger values, also infinite ones, would overflow in between.
  constexpr double kLargest = 1e75;
  const auto function = [&](double x) { return std::clamp(unbounded(x), -kLargest, kLargest); };
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
