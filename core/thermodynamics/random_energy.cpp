#include "core/thermodynamics/random_energy.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace separatrix {

double criticalReducedBeta() {
  return 2 * std::sqrt(std::numbers::ln2);
}

double randomEnergyCriticalTime(double nu, double norm, double sigma) {
  return nu * norm / (2 * sigma * sigma * std::sqrt(std::numbers::ln2));
}

double limitParticipation(double reducedBeta) {
  return reducedBeta <= criticalReducedBeta() ? 0 : 1 - criticalReducedBeta() / reducedBeta;
}

std::vector<MeasuredParticipation> measureParticipation(int levels, Index realizations,
                                                        const Noise& noise,
                                                        const std::vector<double>& reducedBetas,
                                                        const RunControl& control) {
  const Index points = Index{1} << levels;
  const double deviation = std::sqrt(0.5 * levels);
  const auto betas = static_cast<Index>(reducedBetas.size());
  Mat Y(betas, realizations);
  constexpr Index kTogether = 8;
  for (Index first = 0; first < realizations; first += kTogether) {
    control.progress(static_cast<double>(first) / static_cast<double>(realizations));
    parallelFor(std::min(kTogether, realizations - first), [&](Index i) {
      Vec z(points);
      noise.normals(NoisePurpose::dataNoise, first + i, 0, 0, points, z.data());
      for (Index b = 0; b < betas; ++b) {
        control.checkpoint();
        Vec weights = reducedBetas[static_cast<std::size_t>(b)] * deviation * z;
        softmaxInPlace(weights);
        Y(b, first + i) = weights.squaredNorm();
      }
    });
  }
  std::vector<MeasuredParticipation> out;
  const auto count = static_cast<double>(realizations);
  for (Index b = 0; b < betas; ++b) {
    const double mean = Y.row(b).mean();
    const double variance = (Y.row(b).array() - mean).square().sum() / (count - 1);
    out.push_back({mean, std::sqrt(variance / count)});
  }
  return out;
}

}  // namespace separatrix
