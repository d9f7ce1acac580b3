#pragma once

#include "core/parameters/parameter_spec.hpp"
#include "ui/controls/point_rows.hpp"

#include <QStringList>

namespace separatrix {

/// What the columns of a table of points are: `point` has the limits of a coordinate, `attributes`
/// are single numbers (see elementSpec).
struct PointColumns {
  ParameterSpec point;
  ParameterSpecs attributes;
};

/// Names as text and header lines carry them: x0, x1, …, then the attributes' names.
QStringList columnNames(const PointColumns& columns, Index dimension);

/// Points from text as spreadsheets and CSV files give it: one point a line, numbers separated by
/// tabs, semicolons, commas or spaces (the first of these that occurs), decimal points. Empty lines
/// and lines starting with # are skipped. A first line of column names may put the columns in any
/// order, and may set another dimension if `anyDimension`; without one there are `dimension`
/// coordinates and then as many attributes as there are columns left. Attributes that are not given
/// start from their defaults. Throws InvalidInput that names the line and the problem.
PointRows parsePoints(const QString& text, const PointColumns& columns, Index dimension,
                      bool anyDimension);

/// Tab-separated with a header line; every number reads back as the same double.
QString formatPoints(const PointRows& rows, const PointColumns& columns,
                     const std::vector<int>& which);

}  // namespace separatrix
