#pragma once

#include <QColor>
#include <QImage>
#include <QSize>

#include <cstdint>
#include <span>
#include <vector>

/// Rasterisers for more points and lines than a painter draws in time. All coordinates are pixels
/// of the image; NaN leaves a point out and breaks a path.
namespace separatrix {

/// Draws anti-aliased discs of one colour: first how much of them lies on each pixel is summed up,
/// then the colour is blended, overlapping discs being less transparent. Keeps its memory for the
/// next time, because fresh pages would take longer than the drawing.
class PointRasteriser {
public:
  /// Starts anew, for an image of this size and discs of `diameter` pixels (0.5 to 64).
  void begin(QSize size, double diameter);
  /// Pixels of the image; NaN and what is outside are left out.
  void add(std::span<const float> xs, std::span<const float> ys);
  /// The alpha of `colour` is that of one disc. The image is ARGB32_Premultiplied, of the size
  /// given.
  void blendInto(QImage& image, const QColor& colour) const;

private:
  void addDisc(float x, float y);

  QSize m_size;
  double m_diameter = 0;
  int m_stampSize = 0, m_stampStride = 0, m_stampOffset = 0;
  int m_margin = 0, m_width = 0;  ///< around and of a row of `m_sums`
  std::vector<std::uint32_t> m_stamps;
  std::vector<std::uint32_t> m_sums;
};

/// Blends paths over common ascending `xs`; `ys` is path-major, with xs.size() values a path.
void rasterisePaths(QImage& image, std::span<const float> xs, std::span<const float> ys,
                    std::span<const std::uint8_t> groups, std::span<const QColor> colours,
                    double width);

}  // namespace separatrix
