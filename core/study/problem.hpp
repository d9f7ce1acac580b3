#pragma once

#include "core/processes/catalog.hpp"
#include "core/study/scene.hpp"
#include "core/targets/catalog.hpp"

#include <memory>

namespace separatrix {

/// A scene with everything it names, loaded and checked once. Immutable and shared by all who
/// compute; nobody else builds targets or processes from a scene.
class Problem {
public:
  const Scene& scene() const { return m_scene; }
  const Target& target() const { return *m_target; }
  const ForwardProcess& process() const { return *m_process; }

  /// The scene's potential at time s.
  Potential potentialAt(double s) const { return potentialAt(m_scene.potential, s); }
  Potential potentialAt(PotentialKind kind, double s) const {
    return makePotential(kind, *m_process, s, m_scene.ensemble.stochasticity);
  }

private:
  friend std::shared_ptr<const Problem> prepare(const Scene& scene);
  Scene m_scene;
  std::unique_ptr<const Target> m_target;
  std::unique_ptr<const ForwardProcess> m_process;
};

using ProblemPtr = std::shared_ptr<const Problem>;

/// Throws InvalidInput that names the entry where values do not go together.
ProblemPtr prepare(const Scene& scene);

}  // namespace separatrix
