#include "ui/controls/point_rows.hpp"

namespace separatrix {

bool operator==(const PointRows& a, const PointRows& b) {
  return a.points.rows() == b.points.rows() && a.points.cols() == b.points.cols() &&
         a.points == b.points && a.attributes == b.attributes;
}

PointRows spliced(const PointRows& rows, Index first, Index last, const PointRows& others) {
  const Index tail = rows.points.cols() - 1 - last;
  const Index added = others.points.cols();
  PointRows out;
  out.points.resize(rows.points.rows(), first + added + tail);
  out.points << rows.points.leftCols(first), others.points, rows.points.rightCols(tail);
  for (std::size_t a = 0; a < rows.attributes.size(); ++a) {
    Vec column(first + added + tail);
    column << rows.attributes[a].head(first), others.attributes[a], rows.attributes[a].tail(tail);
    out.attributes.push_back(std::move(column));
  }
  return out;
}

PointRows selected(const PointRows& rows, const std::vector<int>& which) {
  PointRows out{rows.points(Eigen::all, which), {}};
  for (const Vec& attribute : rows.attributes) out.attributes.emplace_back(attribute(which));
  return out;
}

}  // namespace separatrix
