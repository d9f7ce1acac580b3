#pragma once

#include "ui/views/plane_demands.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {

/// The choice of the plane on which data of more than two dimensions are shown.
void addPlaneOption(ViewOptions& options);
/// Offers the directions that data of this dimension have; nothing up to two dimensions.
void offerPlanes(ViewOptions& options, Index dimension);
PlaneChoice chosenPlane(const ViewOptions& options);

}  // namespace separatrix
