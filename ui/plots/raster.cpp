#include "ui/plots/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kPhases = 4;  // positions of a disc within a pixel, in each direction

/// The pixels of a premultiplied ARGB image, without QImage's checks on each access.
struct Pixels {
  explicit Pixels(QImage& image)
      : data(reinterpret_cast<std::uint32_t*>(image.bits())),
        stride(image.bytesPerLine() / 4),
        width(image.width()),
        height(image.height()) {}
  std::uint32_t* row(int y) { return data + y * stride; }

  std::uint32_t* data;
  std::ptrdiff_t stride;
  int width, height;
};

/// All four channels times share / 256.
inline std::uint32_t scaled(std::uint32_t pixel, std::uint32_t share) {
  const std::uint32_t even = (((pixel & 0x00ff00ffu) * share) >> 8) & 0x00ff00ffu;
  const std::uint32_t odd = (((pixel >> 8) & 0x00ff00ffu) * share) & 0xff00ff00u;
  return even | odd;
}

/// Source over destination; `coverage` is 0 to 256.
inline void blend(std::uint32_t& pixel, std::uint32_t source, std::uint32_t coverage) {
  const std::uint32_t over = scaled(source, coverage);
  pixel = over + scaled(pixel, 256 - (over >> 24));
}

std::vector<std::uint32_t> premultiplied(std::span<const QColor> colours) {
  std::vector<std::uint32_t> result;
  for (const QColor& colour : colours) result.push_back(qPremultiply(colour.rgba()));
  if (result.empty()) result.push_back(0xff000000u);
  return result;
}

std::uint32_t colourOf(std::span<const std::uint8_t> groups, std::size_t i,
                       const std::vector<std::uint32_t>& colours) {
  return groups.empty() ? colours.front() : colours[groups[i] % colours.size()];
}

constexpr int kWhole = 16;  // the coverage of a pixel that is all inside a disc
constexpr int kLanes = 4;   // rows of stamps are padded to whole lanes, for vector instructions

/// The opacity (of 256) of n sixteenths of overlapping ink, for n up to where it is saturated.
std::vector<std::uint32_t> opacityTable(double alpha) {
  std::vector<std::uint32_t> table;
  const double clear = std::clamp(1 - alpha, 0.0, 0.999);
  for (int n = 0; n < 1 << 14; ++n) {
    const double share = 1 - std::pow(clear, static_cast<double>(n) / kWhole);
    // One whole disc has exactly its alpha, also if that is 1.
    const double linear = alpha * std::min(1.0, static_cast<double>(n) / kWhole);
    table.push_back(static_cast<std::uint32_t>(std::lround(256 * std::max(share, linear))));
    if (table.back() >= 256) break;
  }
  return table;
}

/// One path as vertical spans, one a column: where it goes within the column, widened by the pen.
class SpanPen {
public:
  SpanPen(Pixels& pixels, double width) : m_pixels(pixels), m_half(static_cast<float>(width / 2)) {}

  void begin(std::uint32_t colour) {
    m_colour = colour;
    m_column = -1;
  }
  void end() {
    if (m_column >= 0) paint();
    m_column = -1;
  }

  /// x0 < x1.
  void segment(float x0, float y0, float x1, float y1) {
    if (x1 <= 0 || x0 >= static_cast<float>(m_pixels.width)) return;
    const float slope = (y1 - y0) / (x1 - x0);
    const int first = std::max(0, static_cast<int>(std::floor(x0)));
    const int last = std::min(m_pixels.width - 1, static_cast<int>(std::ceil(x1)) - 1);
    for (int column = first; column <= last; ++column) {
      const float from = std::max(x0, static_cast<float>(column));
      const float to = std::min(x1, static_cast<float>(column + 1));
      const float a = y0 + (from - x0) * slope;
      const float b = y0 + (to - x0) * slope;
      if (column != m_column) {
        if (m_column >= 0) paint();
        m_column = column;
        m_low = std::min(a, b);
        m_high = std::max(a, b);
      } else {
        m_low = std::min({m_low, a, b});
        m_high = std::max({m_high, a, b});
      }
    }
  }

private:
  void paint() {
    const float low = std::max(m_low - m_half, 0.0f);
    const float high = std::min(m_high + m_half, static_cast<float>(m_pixels.height));
    if (!(low < high)) return;
    const int top = static_cast<int>(low);
    const int bottom = std::min(static_cast<int>(std::ceil(high)), m_pixels.height) - 1;
    std::uint32_t* pixel = m_pixels.row(top) + m_column;
    for (int y = top; y <= bottom; ++y, pixel += m_pixels.stride) {
      const float covered =
          std::min(high, static_cast<float>(y + 1)) - std::max(low, static_cast<float>(y));
      blend(*pixel, m_colour, static_cast<std::uint32_t>(covered * 256.0f));
    }
  }

  Pixels& m_pixels;
  float m_half;
  std::uint32_t m_colour = 0;
  int m_column = -1;
  float m_low = 0, m_high = 0;
};

}  // namespace

void PointRasteriser::begin(QSize size, double diameter) {
  diameter = std::clamp(diameter, 0.5, 64.0);
  if (diameter != m_diameter) {
    m_diameter = diameter;
    m_stampSize = static_cast<int>(std::ceil(diameter)) + 1;
    m_stampStride = (m_stampSize + kLanes - 1) / kLanes * kLanes;
    m_stampOffset = (m_stampSize - 1) / 2;
    m_stamps.assign(static_cast<std::size_t>(kPhases * kPhases * m_stampSize * m_stampStride), 0);
    for (int phase = 0; phase < kPhases * kPhases; ++phase) {
      const double cx = m_stampOffset + (phase % kPhases + 0.5) / kPhases;
      const double cy = m_stampOffset + (phase / kPhases + 0.5) / kPhases;
      for (int y = 0; y < m_stampSize; ++y) {
        for (int x = 0; x < m_stampSize; ++x) {
          const double distance = std::hypot(x + 0.5 - cx, y + 0.5 - cy);
          const double share = std::clamp(diameter / 2 + 0.5 - distance, 0.0, 1.0);
          m_stamps[static_cast<std::size_t>((phase * m_stampSize + y) * m_stampStride + x)] =
              static_cast<std::uint32_t>(std::lround(share * kWhole));
        }
      }
    }
  }
  m_size = size;
  m_margin = m_stampStride + 1;
  m_width = size.width() + 2 * m_margin;
  m_sums.assign(static_cast<std::size_t>(m_width * (size.height() + 2 * m_margin)), 0);
}

void PointRasteriser::add(std::span<const float> xs, std::span<const float> ys) {
  const auto margin = static_cast<float>(m_stampOffset);
  const auto right = static_cast<float>(m_size.width()) + margin;
  const auto bottom = static_cast<float>(m_size.height()) + margin;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const float x = xs[i], y = ys[i];
    if (x > -margin && y > -margin && x < right && y < bottom) addDisc(x, y);
  }
}

/// The centre is at most a stamp away from the image, so that the margin spares all checks.
void PointRasteriser::addDisc(float x, float y) {
  const float floorX = std::floor(x), floorY = std::floor(y);
  const int phaseX = std::min(static_cast<int>((x - floorX) * kPhases), kPhases - 1);
  const int phaseY = std::min(static_cast<int>((y - floorY) * kPhases), kPhases - 1);
  const int left = static_cast<int>(floorX) - m_stampOffset + m_margin;
  const int top = static_cast<int>(floorY) - m_stampOffset + m_margin;
  const int phase = phaseY * kPhases + phaseX;
  const std::uint32_t* stamp =
      &m_stamps[static_cast<std::size_t>(phase * m_stampSize * m_stampStride)];
  std::uint32_t* sum = &m_sums[static_cast<std::size_t>(top * m_width + left)];
  for (int row = 0; row < m_stampSize; ++row, sum += m_width, stamp += m_stampStride) {
    for (int block = 0; block < m_stampStride; block += kLanes) {
      for (int lane = 0; lane < kLanes; ++lane) sum[block + lane] += stamp[block + lane];
    }
  }
}

void PointRasteriser::blendInto(QImage& image, const QColor& colour) const {
  Pixels pixels(image);
  const std::vector<std::uint32_t> opacity = opacityTable(colour.alphaF());
  const std::uint32_t ink = colour.rgb() | 0xff000000u;
  const auto last = static_cast<std::uint32_t>(opacity.size() - 1);
  for (int y = 0; y < pixels.height; ++y) {
    const std::uint32_t* sum =
        &m_sums[static_cast<std::size_t>((y + m_margin) * m_width + m_margin)];
    std::uint32_t* row = pixels.row(y);
    for (int x = 0; x < pixels.width; ++x) {
      if (sum[x] != 0) blend(row[x], ink, opacity[std::min(sum[x], last)]);
    }
  }
}

void rasterisePaths(QImage& image, std::span<const float> xs, std::span<const float> ys,
                    std::span<const std::uint8_t> groups, std::span<const QColor> colours,
                    double width) {
  Pixels pixels(image);
  const std::vector<std::uint32_t> inks = premultiplied(colours);
  SpanPen pen(pixels, width);
  const std::size_t n = xs.size();
  if (n < 2) return;
  for (std::size_t path = 0; (path + 1) * n <= ys.size(); ++path) {
    const std::span<const float> y = ys.subspan(path * n, n);
    pen.begin(colourOf(groups, path, inks));
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (std::isnan(y[i]) || std::isnan(y[i + 1]) || !(xs[i] < xs[i + 1])) {
        pen.end();
      } else {
        pen.segment(xs[i], y[i], xs[i + 1], y[i + 1]);
      }
    }
    pen.end();
  }
}

}  // namespace separatrix
