#pragma once

#include "core/runtime/types.hpp"
#include "core/sampling/sampler.hpp"
#include "core/sampling/time_grid.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace separatrix {

/// Where the particles start: from the exact law of X_s, from the papers' prior (N(0, I) for
/// variance-preserving processes, N(0, b² I) otherwise), or from the Gaussian with the mean and
/// covariance of X_s (Gaussian late start [RA §5]).
enum class StartLaw { exactMarginal, prior, gls };

/// How an ensemble is made, but for the direction of time. The `ensemble` entry of a scene.
struct EnsembleSpec {
  Index particles = 1000;
  Index steps = 1000;
  std::string sampler = "euler-maruyama";
  double stochasticity = 1;  ///< λ
  std::uint64_t seed = 1;
  StartLaw start = StartLaw::exactMarginal;
  /// Directions of largest variance in which gls has the covariance of X_s; in all others it has
  /// their mean variance. None: all.
  std::optional<Index> glsRank;
  TimeGridKind timeGrid = TimeGridKind::uniform;
  std::optional<double> sStart;  ///< the noisy end; none: the horizon
  double sEnd = 0;               ///< the data end
  Index saveEvery = 10;          ///< steps between saved states; the first and last are saved too
  /// Cells of the base time grid of the noise in one step: n steps with 2 cells and 2n steps with
  /// 1 follow one Brownian path.
  Index noiseCellsPerStep = 1;
  /// Which of many independent path noises, from the same starting points. Below 256.
  Index replica = 0;

  /// How many states a run saves.
  Index savedStates() const { return 1 + (steps + saveEvery - 1) / saveEvery; }

  friend bool operator==(const EnsembleSpec&, const EnsembleSpec&) = default;
};

/// λ of the runs that `spec` describes: what its sampler makes of the one it says.
double stochasticityOf(const EnsembleSpec& spec);

/// Trajectories: the saved states of every particle, in single precision.
class Ensemble {
public:
  /// The states are not set: whoever makes an ensemble writes all of them.
  Ensemble(Index dimension, Index particles, std::vector<Index> steps, std::vector<double> times,
           Index firstParticle = 0)
      : m_dimension(dimension),
        m_particles(particles),
        m_firstParticle(firstParticle),
        m_steps(std::move(steps)),
        m_times(std::move(times)),
        m_states(std::make_unique_for_overwrite<float[]>(
            m_steps.size() * static_cast<std::size_t>(dimension * particles))) {}

  Index dimension() const { return m_dimension; }
  Index particles() const { return m_particles; }
  /// Number of the first of them, where they are part of a larger run.
  Index firstParticle() const { return m_firstParticle; }
  Index saved() const { return static_cast<Index>(m_steps.size()); }
  /// Number of the step after which each state was saved; 0 is the start.
  const std::vector<Index>& steps() const { return m_steps; }
  /// Diffusion time s of each saved state, in the order of the run.
  const std::vector<double>& times() const { return m_times; }

  /// How far the starting law is from the one that was asked for, in nats: what gls with a rank
  /// leaves out (Starter::lowRankDivergence).
  double startDivergence() const { return m_startDivergence; }
  void setStartDivergence(double nats) { m_startDivergence = nats; }

  /// d × P, row-major.
  Eigen::Map<const BatchF> state(Index k) const {
    return {m_states.get() + k * m_dimension * m_particles, m_dimension, m_particles};
  }
  Eigen::Map<BatchF> state(Index k) {
    return {m_states.get() + k * m_dimension * m_particles, m_dimension, m_particles};
  }
  /// Coordinate `i` of every particle at time s, linear between the saved states.
  std::vector<float> coordinateAt(Index i, double s) const;
  /// Index of the saved state nearest to the data.
  Index dataEnd() const { return m_times.front() < m_times.back() ? 0 : saved() - 1; }

private:
  Index m_dimension, m_particles, m_firstParticle;
  double m_startDivergence = 0;
  std::vector<Index> m_steps;
  std::vector<double> m_times;
  std::unique_ptr<float[]> m_states;  // no vector: that would write all of them to begin with
};

}  // namespace separatrix
