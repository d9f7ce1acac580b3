#pragma once

#include "core/fixed_points/landscape.hpp"

namespace separatrix {

/// Where minima lie at small noise: at the components; for targets without parts at draws of φ,
/// its mean and points along its principal axes.
std::vector<Vec> dataSeeds(const Landscape& landscape, double t);

/// Where components alone would have their fixed points, if that is not near them: far out, where U
/// is turned down or almost so.
std::vector<Vec> loneSeeds(const Landscape& landscape, double t);

/// Where saddles and maxima lie at small noise: for sets of close components the point at which
/// all of them weigh the same, if it is between them and no other component outweighs them there.
/// `thorough`: among all components, not only close ones. Empty for targets without parts, and
/// where there are too many components for the number of dimensions.
std::vector<Vec> saddleSeeds(const Landscape& landscape, double t, bool thorough);

/// The nodes of a grid over the data where |F| is least among neighbours; in one and two
/// dimensions, else empty.
std::vector<Vec> gridSeeds(const Landscape& landscape, double t, bool thorough);

/// All three searches are made for so few dimensions and components: then all fixed points are to
/// be expected, else minima and what is connected with them.
bool fullySearched(const Landscape& landscape);

}  // namespace separatrix
