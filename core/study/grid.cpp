#include "core/study/grid.hpp"

#include "core/fields/extent.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kBetweenChecks = 65536;

Batch pointsOf(const std::vector<GridAxis>& axes, const RunControl& control) {
  const Index inner = axes.size() == 2 ? axes[1].count : 1;
  Batch points(static_cast<Index>(axes.size()), axes[0].count * inner);
  for (Index p = 0; p < points.cols(); ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    points(0, p) = axes[0].at(p / inner);
    if (axes.size() == 2) points(1, p) = axes[1].at(p % inner);
  }
  return points;
}

std::vector<GridAxis> axesOf(const Problem& problem, const Request& request, const Mat& directions,
                             Index count) {
  if (request.isNull("range"))
    return naturalExtent(problem.target(), problem.process(), directions, count);
  std::vector<GridAxis> axes = gridAxes(request, "range");
  if (static_cast<Index>(axes.size()) != directions.cols())
    throw InvalidInput("range", "has " + std::to_string(axes.size()) + " axes; give " +
                                    (directions.cols() == 1 ? "lo:hi:n" : "lo:hi:n,lo:hi:n") +
                                    " for data in " + std::to_string(problem.target().dimension()) +
                                    " dimensions");
  return axes;
}

/// What a mixture of equal variance is on a plane: its components at their places there, and
/// off it by how much farther each is than the nearest.
struct Reduced {
  std::unique_ptr<const Target> target;
  double leastSquare = 0;  ///< of the distances from the plane at a = 1
};

Reduced reducedTo(const Plane& plane, const Target& target) {
  const Components* parts = target.components();
  if (parts == nullptr || target.dimension() <= 3) return {};
  if ((parts->variances.array() != parts->variances[0]).any()) return {};
  Components out{Mat(3, parts->count()), parts->weights, parts->variances, parts->labels};
  Vec squares(parts->count());
  for (Index k = 0; k < parts->count(); ++k) {
    const auto mean = parts->means.col(k);
    const Vec at = plane.coordinates(mean);
    out.means.col(k).head(2) = at;
    squares[k] = (mean - plane.lifted(at, 1)).squaredNorm();
  }
  const double least = squares.minCoeff();
  out.means.row(2) = (squares.array() - least).sqrt().transpose();
  return {std::make_unique<GaussianMixture>(std::move(out)), least};
}

}  // namespace

ParameterSpecs gridSpecs() {
  ParameterSpecs out = planeSpecs(
      "automatic",
      "Where data of more than one dimension are cut: the plane of two coordinates, or of two "
      "principal directions, through the mean; automatic: principal beyond two dimensions.");
  out.insert(out.begin(),
             ParameterSpec::of(ParameterKind::grid, "range")
                 .labelled("Range", "x",
                           "lo:hi:n for each axis; automatic: where the data and their noise are.")
                 .within(-1e9, 1e9)
                 .orNull());
  return out;
}

Grid gridOf(const Problem& problem, const Request& request, Index count1d, Index count2d,
            const RunControl& control) {
  Grid out;
  const bool line = problem.target().dimension() == 1;
  if (!line) out.plane = planeOf(problem, request);
  out.axes = axesOf(problem, request, line ? Mat::Identity(1, 1) : out.plane->basis,
                    line ? count1d : count2d);
  out.points = pointsOf(out.axes, control);
  return out;
}

void Grid::addColumns(Table& table) const {
  for (Index i = 0; i < dimension(); ++i) {
    const auto slot = static_cast<std::size_t>(i);
    table.columns.push_back({plane ? plane->names[slot] : "x0",
                             plane ? plane->symbols[slot] : "x_0", "",
                             std::vector<double>(points.row(i).begin(), points.row(i).end())});
  }
}

GridField::GridField(const Problem& problem, const Grid& grid, double s)
    : m_problem(problem),
      m_grid(grid),
      m_s(s),
      m_field(problem.target(), problem.process(), s),
      m_basis(grid.plane ? grid.plane->basis : Mat::Identity(1, 1)),
      m_foot(grid.plane ? Vec(m_field.channel().signal * grid.plane->foot) : Vec::Zero(1)),
      m_offset(0) {
  if (!grid.plane) return;
  Reduced reduced = reducedTo(*grid.plane, problem.target());
  if (!reduced.target) return;
  m_reduced = std::move(reduced.target);
  const auto [a, b2] = channel();
  const double variance = a * a * m_reduced->components()->variances[0] + b2;
  const auto off = static_cast<double>(problem.target().dimension() - 3);
  m_offset = -off / 2 * std::log(2 * std::numbers::pi * variance) -
             a * a * reduced.leastSquare / (2 * variance);
  m_field = DiffusedField(*m_reduced, problem.process(), s);
  m_basis = Mat::Identity(3, 2);
  m_foot = Vec::Zero(3);
}

Batch GridField::lifted(Index first, Index count) const {
  return (m_basis * m_grid.points.middleCols(first, count)).colwise() + m_foot;
}

template <class Visit>
void GridField::forBlocks(const RunControl& control, const Visit& visit) const {
  constexpr Index kNumbers = 4'000'000;
  const Index count = m_grid.points.cols();
  const Index block = std::max<Index>(256, kNumbers / m_field.dimension());
  for (Index first = 0; first < count; first += block) {
    control.checkpoint();
    const Index size = std::min(block, count - first);
    visit(first, size, lifted(first, size));
  }
}

Vec GridField::logDensities(bool single, const RunControl& control) const {
  Vec out(m_grid.points.cols());
  forBlocks(control, [&](Index first, Index size, const Batch& x) {
    if (single)
      out.segment(first, size) = m_field.logDensities(x.cast<float>(), control).cast<double>();
    else
      out.segment(first, size) = m_field.batch(x, control).logEvidence;
  });
  out.array() += m_offset;
  return out;
}

Batch GridField::scores(const RunControl& control) const {
  Batch out(m_grid.points.rows(), m_grid.points.cols());
  forBlocks(control, [&](Index first, Index size, const Batch& x) {
    out.middleCols(first, size) = m_basis.transpose() * m_field.scores(x, control).score;
  });
  return out;
}

Vec GridField::componentPosterior(Index place) const {
  return m_field.componentPosterior(lifted(place, 1).col(0));
}

double GridField::squaredNorm(Index place) const {
  const double foot =
      m_grid.plane ? channel().signal * channel().signal * m_grid.plane->foot.squaredNorm() : 0;
  return m_grid.points.col(place).squaredNorm() + foot;
}

double GridField::logDensityAtOrigin(const RunControl& control) const {
  const DiffusedField field(m_problem.target(), m_problem.process(), m_s);
  return field.batch(Batch::Zero(m_problem.target().dimension(), 1), control).logEvidence[0];
}

}  // namespace separatrix
