#pragma once

#include <functional>

namespace separatrix {

/// The root of a continuous function in [low, high], at whose ends it has opposite signs (or is
/// zero at one), to the last bits of a double. Throws std::invalid_argument if it has not.
double bracketedRoot(const std::function<double(double)>& function, double low, double high);

}  // namespace separatrix
