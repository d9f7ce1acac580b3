#pragma once

#include "core/fields/diffused_field.hpp"
#include "core/parameters/grid_axis.hpp"
#include "core/study/plane.hpp"
#include "core/study/table.hpp"

#include <memory>
#include <vector>

namespace separatrix {

/// Evenly spaced places on the line of one-dimensional data, or on a plane through the space of
/// others.
struct Grid {
  std::vector<GridAxis> axes;  ///< one, or the horizontal and the vertical one
  std::optional<Plane> plane;  ///< of two axes
  Batch points;                ///< axes × P: the coordinates on it, the last axis fastest

  Index dimension() const { return points.rows(); }
  /// Adds the columns of the coordinates, named as those of the plane or x0.
  void addColumns(Table& table) const;
};

/// The parameters of what is tabulated on a grid: `range`, `plane`, `horizontal` and `vertical`.
ParameterSpecs gridSpecs();

/// The grid that a request asks for; where it gives no range, where the data and their noise are,
/// with `count1d` or `count2d` points an axis. Throws InvalidInput for a range of another number
/// of axes, and what planeOf throws.
Grid gridOf(const Problem& problem, const Request& request, Index count1d, Index count2d,
            const RunControl& control);

/// The fields of a problem on a grid at one time, by blocks of neighbouring places, so that the
/// number of dimensions costs no memory. Mixtures of equal variance are three-dimensional there,
/// exactly: of a component only its place on the plane and its distance from it matter.
/// Refers to its arguments.
class GridField {
public:
  /// Throws InvalidInput ("time") as DiffusedField does.
  GridField(const Problem& problem, const Grid& grid, double s);

  const Channel& channel() const { return m_field.channel(); }
  /// log p(x, s), P; `single`: in single precision, faster, with errors of some 10⁻⁵.
  Vec logDensities(bool single, const RunControl& control) const;
  /// The components along the axes of ∇ log p, axes × P.
  Batch scores(const RunControl& control) const;
  /// P(component k | x, s) at one place of the grid; empty for a target without parts.
  Vec componentPosterior(Index place) const;
  /// |x|² in the data's space.
  double squaredNorm(Index place) const;
  /// log p at the origin of the data's space.
  double logDensityAtOrigin(const RunControl& control) const;

private:
  template <class Visit>
  void forBlocks(const RunControl& control, const Visit& visit) const;
  Batch lifted(Index first, Index count) const;

  const Problem& m_problem;
  const Grid& m_grid;
  double m_s;
  std::unique_ptr<const Target> m_reduced;  // in R³; null: the problem's own
  DiffusedField m_field;                    // of the reduced target or of the problem's
  Mat m_basis;                              // of the plane in the space of m_field
  Vec m_foot;                               // where the plane stands there
  double m_offset;                          // log p is that of m_field and this
};

}  // namespace separatrix
