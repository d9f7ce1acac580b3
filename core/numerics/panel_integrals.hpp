#pragma once

#include "core/runtime/types.hpp"

#include <functional>

namespace separatrix {

/// ∫ f over neighbouring panels.
struct PanelIntegrals {
  Vec values;              ///< of f, one a panel
  double absolute = 0;     ///< of |f|, over all
  double uncertainty = 0;  ///< how far the two rules differ, over all: more than the error
};

/// ∫ f between one edge and the next, by the Gauss–Kronrod pair of 3 and 7 nodes (Kronrod 1965) on
/// panels that are halved, ten times at most, until both rules agree to `tolerance` of ∫|f|.
/// `f` is given many places at once, and returns as many values. Edges may fall.
PanelIntegrals panelIntegrals(const std::function<Vec(const Vec& places)>& f, const Vec& edges,
                              double tolerance);

}  // namespace separatrix
