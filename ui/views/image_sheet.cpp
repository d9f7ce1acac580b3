#include "ui/views/image_sheet.hpp"

#include <cmath>
#include <limits>

namespace separatrix {

std::optional<Index> imageSide(Index dimension) {
  const auto side = static_cast<Index>(std::lround(std::sqrt(static_cast<double>(dimension))));
  if (side < 4 || side * side != dimension) return std::nullopt;
  return side;
}

ImageSheet::ImageSheet(Index side, std::size_t rows, std::size_t columns, std::size_t breakAfter)
    : m_side(side),
      m_gap((side + 7) / 8),
      m_caption((side + 1) / 2),
      m_rows(rows),
      m_columns(columns),
      m_breakAfter(breakAfter),
      m_width(left(columns)),
      m_height(top(rows) + m_caption / 2),
      m_values(static_cast<std::size_t>(m_width * m_height),
               std::numeric_limits<float>::quiet_NaN()) {}

Index ImageSheet::left(std::size_t column) const {
  return static_cast<Index>(column) * (m_side + m_gap) + (column > m_breakAfter ? m_side / 2 : 0);
}

Index ImageSheet::top(std::size_t row) const {
  return static_cast<Index>(row) * (m_side + m_caption);
}

void ImageSheet::setImage(std::size_t row, std::size_t column,
                          const Eigen::Ref<const Eigen::VectorXf>& pixels) {
  const float least = pixels.minCoeff(), range = pixels.maxCoeff() - least;
  for (Index y = 0; y < m_side; ++y)
    for (Index x = 0; x < m_side; ++x) {
      const float value = range > 0 ? (pixels[y * m_side + x] - least) / range : 0;
      // The rows of the map rise.
      const Index mapRow = m_height - 1 - (top(row) + y);
      m_values[static_cast<std::size_t>(mapRow * m_width + left(column) + x)] = value;
    }
}

MapGrid ImageSheet::grid() const {
  MapGrid out;
  out.x = {0.5, static_cast<double>(m_width) - 0.5};
  out.y = {0.5 - static_cast<double>(m_height), -0.5};
  out.nx = static_cast<std::size_t>(m_width);
  out.ny = static_cast<std::size_t>(m_height);
  out.order = MapGrid::Order::xFastest;
  return out;
}

QRectF ImageSheet::place(std::size_t row, std::size_t column) const {
  return {QPointF(static_cast<double>(left(column)), -static_cast<double>(top(row))),
          QSizeF(static_cast<double>(m_side), -static_cast<double>(m_side))};
}

QPointF ImageSheet::captionPlace(std::size_t row, std::size_t column) const {
  return {static_cast<double>(left(column)),
          -static_cast<double>(top(row) + m_side) - 0.5 * static_cast<double>(m_caption)};
}

}  // namespace separatrix
