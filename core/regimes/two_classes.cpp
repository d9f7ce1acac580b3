#include "core/regimes/two_classes.hpp"

#include "core/runtime/errors.hpp"

#include <cmath>
#include <limits>

namespace separatrix {

TwoClasses twoClassesOf(const Target& target, const std::string& what) {
  const Components* parts = target.components();
  const auto require = [&](bool holds) {
    if (!holds)
      throw Failure(what +
                    " needs two Gaussians of one variance and weight with opposite means; choose "
                    "the data two-gaussians");
  };
  require(parts != nullptr && parts->count() == 2);
  const Vec m = parts->means.col(1);
  constexpr double kRounding = 1e-12;
  require(m.norm() > 0 && (parts->means.col(0) + m).norm() <= kRounding * m.norm());
  require(parts->variances[0] == parts->variances[1]);
  require(std::abs(parts->weights[0] - parts->weights[1]) <= kRounding);
  const auto d = static_cast<double>(m.size());
  return {d, m.norm() / std::sqrt(d), parts->variances[0], m.normalized()};
}

double speciationLogTime(const TwoClasses& model) {
  const double largest = model.largestVariance();
  return largest >= 1 ? 0.5 * std::log(largest) : std::numeric_limits<double>::quiet_NaN();
}

double collapseLogTime(const TwoClasses& model, double alpha) {
  return 0.5 * std::log1p(model.sigma2 / std::expm1(2 * alpha));
}

}  // namespace separatrix
