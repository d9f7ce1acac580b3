#pragma once

#include "core/fixed_points/diagram.hpp"
#include "core/fixed_points/fixed_point.hpp"
#include "core/fixed_points/landscape.hpp"

namespace separatrix {

/// The branches of fixed points of any target in any dimension, with their events located to
/// about 10⁻¹⁰ of s, in the coordinates of R^d.
/// Mixtures of equal variances are reduced to the span of their means exactly; what is left in one
/// dimension is found with certainty (scalarDiagram). Otherwise branches are followed by
/// pseudo-arclength: first the one from the horizon with all that it meets, then those of the
/// fixed points at the least time and at some times between (searchLevel) that lie on none yet.
BifurcationDiagram branchDiagram(const Target& target, const ForwardProcess& process,
                                 const PotentialAt& potential, const DiagramRange& range,
                                 const RunControl& control);

/// The events of branchDiagram without the branches, which in thousands of dimensions take
/// gigabytes.
BifurcationDiagram branchEvents(const Target& target, const ForwardProcess& process,
                                const PotentialAt& potential, const DiagramRange& range,
                                const RunControl& control);

/// branchDiagram without the exact search in one dimension: for mixtures and others alike.
BifurcationDiagram continuedDiagram(const Target& target, const ForwardProcess& process,
                                    const PotentialAt& potential, const DiagramRange& range,
                                    const RunControl& control);

struct FixedPointSet {
  std::vector<FixedPoint> points;  ///< ordered by x0, x1, …
  Coverage coverage = Coverage::certified;
};

/// The fixed points at time s (in the process' range; 0 too where φ has a density): those on the
/// branches connected with the horizon's, and those found by searchLevel. In one dimension all.
FixedPointSet findFixedPoints(const Target& target, const ForwardProcess& process,
                              const PotentialAt& potential, double s, const RunControl& control);

/// findFixedPoints without the exact search in one dimension.
FixedPointSet continuedFixedPoints(const Target& target, const ForwardProcess& process,
                                   const PotentialAt& potential, double s,
                                   const RunControl& control);

}  // namespace separatrix
