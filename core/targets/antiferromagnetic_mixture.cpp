#include "core/targets/independent_spins.hpp"
#include "core/targets/spin_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace separatrix {
namespace {

using Complex = std::complex<double>;

/// The values of M that carry all but 10⁻¹⁸ of the probability (Bernstein), odd in number.
struct Lattice {
  Index count = 0;
  double first = 0;  ///< then first + 2, …

  explicit Lattice(const IndependentSpins& spins) {
    constexpr double kTail = 41.5;  // −log of what is left out
    const auto size = spins.flips.size();
    const double reach =
        kTail / 3 + std::sqrt(kTail * kTail / 9 + 2 * kTail * spins.upVariance()) + 1;
    const auto wanted = 2 * static_cast<Index>(std::ceil(reach)) + 1;
    const Index all = size + 1 + size % 2;
    count = std::min(wanted, all);
    first = -static_cast<double>(size);
    if (wanted >= all) return;
    const double centre = std::round(0.5 * (spins.magnetisation() - first));
    first += 2 * centre - static_cast<double>(count - 1);
  }
  double at(Index k) const { return first + 2 * static_cast<double>(k); }
};

}  // namespace

SpinMixture<Complex> antiferromagneticMixture(const VecView& fields, double K) {
  const double best = bestMagnetisation(fields, K);
  const IndependentSpins spins(fields, K * best);
  const Lattice lattice(spins);
  Eigen::ArrayXd gaussian(lattice.count);
  // K((M − best)² − least²)/2
  const double least = leastMagnetisation(fields.size());
  for (Index k = 0; k < lattice.count; ++k)
    gaussian[k] = 0.5 * K * (lattice.at(k) - least - best) * (lattice.at(k) + least - best);
  const double largest = gaussian.maxCoeff();
  gaussian = (gaussian - largest).exp();

  std::vector<Complex> weights;
  std::vector<Complex> flips;
  double sum = 0;
  for (Index n = 0; n <= lattice.count / 2; ++n) {
    const double omega =
        std::numbers::pi * static_cast<double>(n) / static_cast<double>(lattice.count);
    Complex coefficient = 0;
    for (Index k = 0; k < lattice.count; ++k)
      coefficient += gaussian[k] * std::polar(1.0, -2 * omega * static_cast<double>(k));
    const Complex turnUp = std::polar(1.0, -2 * omega);
    Complex characteristic = std::polar(1.0, omega * (spins.preferred.sum() - lattice.first));
    for (Index i = 0; i < fields.size(); ++i) {
      const Complex turn = spins.preferred[i] > 0 ? turnUp : std::conj(turnUp);
      const Complex factor = 1.0 + spins.flips[i] * (turn - 1.0);
      characteristic *= factor;
      flips.push_back(spins.flips[i] * turn / factor);
    }
    const double joined = n == 0 ? 1 : 2;  // with its conjugate
    weights.push_back(joined * coefficient * characteristic);
    sum += weights.back().real();
    // Both factors only fall from here on.
    if (std::abs(characteristic) * gaussian.sum() < 1e-19 * std::abs(sum)) break;
  }
  SpinMixture<Complex> out;
  const auto count = static_cast<Index>(weights.size());
  out.logSum = spins.logSum - 0.5 * K * best * best + largest +
               std::log(sum / static_cast<double>(lattice.count));
  out.weights = Eigen::Map<const Eigen::VectorXcd>(weights.data(), count) / sum;
  out.flips = Eigen::Map<const Eigen::MatrixXcd>(flips.data(), fields.size(), count);
  return out;
}

}  // namespace separatrix
