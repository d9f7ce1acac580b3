#include "core/fields/extent.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

std::vector<GridAxis> naturalExtent(const Target& target, const ForwardProcess& process,
                                    Index count) {
  constexpr double kDeviations = 3;
  const Vec mean = target.mean();
  const Vec variance = target.covariance().diagonal();
  const Components* parts = target.components();
  std::vector<GridAxis> out;
  for (Index i = 0; i < target.dimension(); ++i) {
    GridAxis axis{mean[i], mean[i], count};
    const auto include = [&](double centre, double deviation) {
      axis.from = std::min(axis.from, centre - kDeviations * deviation);
      axis.to = std::max(axis.to, centre + kDeviations * deviation);
    };
    const Channel end = process.channel(process.horizon());
    include(end.signal * mean[i],
            std::sqrt(end.signal * end.signal * variance[i] + end.noiseVariance));
    for (Index k = 0; parts != nullptr && k < parts->count(); ++k)
      include(parts->means(i, k), std::sqrt(parts->variances[k]));
    if (parts == nullptr) include(mean[i], std::sqrt(variance[i]));
    // Points at the very edge would be cut in half.
    const double margin = 0.02 * (axis.to - axis.from);
    axis.from -= margin;
    axis.to += margin;
    out.push_back(axis);
  }
  return out;
}

}  // namespace separatrix
