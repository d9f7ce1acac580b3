#pragma once

#include "core/runtime/types.hpp"
#include "ui/plots/plot_types.hpp"

#include <QRectF>

#include <optional>
#include <vector>

namespace separatrix {

/// The side of square images of d pixels; none where d is no square of at least 4.
std::optional<Index> imageSide(Index dimension);

/// Square images in rows and columns, with room between them and below each for a line of text, as
/// the cells of one map. One unit is a pixel; y falls from 0, as images are read.
class ImageSheet {
public:
  /// `breakAfter`: the column behind which there is more room.
  ImageSheet(Index side, std::size_t rows, std::size_t columns, std::size_t breakAfter);

  /// Its own least value becomes 0, its greatest 1. `pixels`: side² values, row by row.
  void setImage(std::size_t row, std::size_t column,
                const Eigen::Ref<const Eigen::VectorXf>& pixels);

  MapGrid grid() const;
  const std::vector<float>& values() const { return m_values; }  ///< NaN between the images
  /// Of an image; its top is above its bottom.
  QRectF place(std::size_t row, std::size_t column) const;
  /// Below the left corner of an image.
  QPointF captionPlace(std::size_t row, std::size_t column) const;

private:
  Index left(std::size_t column) const;
  Index top(std::size_t row) const;

  Index m_side, m_gap, m_caption;
  std::size_t m_rows, m_columns, m_breakAfter;
  Index m_width, m_height;
  std::vector<float> m_values;
};

}  // namespace separatrix
