#pragma once

#include "ui/plots/plot_types.hpp"

#include <QPolygonF>

#include <span>
#include <vector>

namespace separatrix {

/// A line along which a field on a grid has one value, in data units; the first point of a closed
/// one is its last as well.
struct Contour {
  double level = 0;
  QPolygonF points;
};

/// All contours of a field whose values are those at the centres of the cells, x fastest; `levels`
/// ascend. Marching squares: the field is linear along the sides of the squares between four
/// centres, so that a line is off by the square of their distance; where a square has two opposite
/// corners above the level, the mean of the four says whether these are connected. Squares with a
/// corner that is not finite have no line.
std::vector<Contour> contours(const MapGrid& grid, std::span<const double> values,
                              std::span<const double> levels);

}  // namespace separatrix
