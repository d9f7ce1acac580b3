#include "core/fields/extent.hpp"

#include "core/targets/principal_directions.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

std::vector<GridAxis> naturalExtent(const Target& target, const ForwardProcess& process,
                                    const Mat& directions, Index count) {
  constexpr double kDeviations = 3;
  const Channel end = process.channel(process.horizon());
  const Vec mean = directions.transpose() * target.mean();
  const Components* parts = target.components();
  std::vector<GridAxis> out;
  for (Index i = 0; i < directions.cols(); ++i) {
    const double variance = varianceAlong(target, directions.col(i));
    GridAxis axis{mean[i], mean[i], count};
    const auto include = [&](double centre, double deviation) {
      axis.from = std::min(axis.from, centre - kDeviations * deviation);
      axis.to = std::max(axis.to, centre + kDeviations * deviation);
    };
    include(end.signal * mean[i],
            std::sqrt(end.signal * end.signal * variance + end.noiseVariance));
    const Vec places = parts != nullptr ? Vec(parts->means.transpose() * directions.col(i)) : Vec();
    for (Index k = 0; k < places.size(); ++k) include(places[k], std::sqrt(parts->variances[k]));
    if (parts == nullptr) include(mean[i], std::sqrt(variance));
    // Points at the very edge would be cut in half.
    const double margin = 0.02 * (axis.to - axis.from);
    axis.from -= margin;
    axis.to += margin;
    out.push_back(axis);
  }
  return out;
}

}  // namespace separatrix
