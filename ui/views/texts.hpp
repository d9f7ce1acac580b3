#pragma once

#include "core/study/problem.hpp"
#include "ui/views/view_options.hpp"

#include <QString>

namespace separatrix {

/// "s = 0.293   θ = 0.644" for processes with θ, else "s = 0.293"; math text.
QString timeText(const Problem& problem, double s);

/// The first 16 coordinates of data, to choose from: "0" is "x0".
std::vector<ViewOptions::Item> coordinateItems(Index dimension);

/// What diagrams draw of points in R^d: the first three principal directions where there are more
/// than two coordinates ("pc0" is "e0·x"), then the coordinates.
std::vector<ViewOptions::Item> quantityItems(Index dimension);
/// The axis title of one of them, or of "norm"; math text.
QString quantityTitle(const QString& item, Index dimension);

}  // namespace separatrix
