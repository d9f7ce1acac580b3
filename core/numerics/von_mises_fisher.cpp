#include "core/numerics/von_mises_fisher.hpp"

#include <boost/math/distributions/beta.hpp>

#include <cmath>

namespace separatrix {

double drawVonMisesFisherGap(Index dimension, double concentration,
                             const std::function<double(Index n)>& uniform) {
  constexpr Index kAttempts = 400;  // each is taken with a probability above 0.6
  const double m = static_cast<double>(dimension - 1);
  const double b = m / (2 * concentration + std::sqrt(4 * concentration * concentration + m * m));
  const double best = (1 - b) / (1 + b);   // the envelope touches at this cos θ
  const double bestGap = 2 * b / (1 + b);  // 1 − best
  const boost::math::beta_distribution<double> beta(0.5 * m, 0.5 * m);
  double gap = bestGap;
  for (Index attempt = 0; attempt < kAttempts; ++attempt) {
    const double Z = boost::math::quantile(beta, uniform(2 * attempt));
    gap = 2 * b * Z / ((1 - Z) + b * Z);
    const double logRatio =
        concentration * (bestGap - gap) + m * (std::log1p(best * gap / bestGap) - std::log1p(best));
    if (logRatio >= std::log(uniform(2 * attempt + 1))) break;
  }
  return gap;
}

}  // namespace separatrix
