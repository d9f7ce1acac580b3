#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/study/table.hpp"

#include <functional>

namespace separatrix {

/// Columns x0, x1, … of `rows` points; `coordinate(row, i)` is x_i of one of them.
template <class Real>
void addCoordinates(Table& table, std::size_t rows, Index dimension,
                    const std::function<Real(std::size_t row, Index i)>& coordinate) {
  for (Index i = 0; i < dimension; ++i) {
    std::vector<Real> values(rows);
    for (std::size_t row = 0; row < rows; ++row) values[row] = coordinate(row, i);
    const std::string index = std::to_string(i);
    table.columns.push_back({"x" + index, "x_" + index, "", std::move(values)});
  }
}

/// Columns min_eigenvalue and stable (1 or 0).
void addStability(Table& table, const std::vector<const FixedPoint*>& points);

}  // namespace separatrix
