#include "ui/plots/map_image.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace separatrix {
namespace {

constexpr int kColours = 1024;
constexpr double kBlendOpacity = 0.55;
constexpr float kFar = 1e6f;  // beyond any colour, and small enough to interpolate

/// Viridis (S. van der Walt and N. Smith, CC0) at even distances.
constexpr std::array<std::uint32_t, 20> kViridis{0x440154, 0x481567, 0x482677, 0x453781, 0x404788,
                                                 0x39568c, 0x33638d, 0x2d708e, 0x287d8e, 0x238a8d,
                                                 0x1f968b, 0x20a387, 0x29af7f, 0x3cbb75, 0x55c667,
                                                 0x73d055, 0x95d840, 0xb8de29, 0xdce319, 0xfde725};

std::vector<std::uint32_t> interpolated(std::span<const QColor> stops) {
  std::vector<std::uint32_t> table;
  for (int i = 0; i < kColours; ++i) {
    const double at = i / (kColours - 1.0) * static_cast<double>(stops.size() - 1);
    const auto k = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    table.push_back(mixed(stops[k + 1], stops[k], at - static_cast<double>(k)).rgb());
  }
  return table;
}

/// Which cells the pixels along one axis of the image show.
struct Lookup {
  std::vector<int> cell;     ///< the one before; −1: beyond the map
  std::vector<float> share;  ///< of the next one, 0 to 1

  Lookup(const AxisMap& axis, double first, double ratio, int pixels, AxisRange centres,
         std::size_t count, bool smooth) {
    const double scale = static_cast<double>(count - 1) / (centres.upper - centres.lower);
    for (int i = 0; i < pixels; ++i) {
      const double value = axis.toData(first + (i + 0.5) / ratio);
      double at = (value - centres.lower) * scale;
      const bool within = at >= -0.5 && at <= static_cast<double>(count) - 0.5;
      if (!smooth) at = std::round(at);
      at = std::clamp(at, 0.0, static_cast<double>(count - 1));
      const int before = std::min(static_cast<int>(at), static_cast<int>(count) - 2);
      cell.push_back(within ? before : -1);
      share.push_back(static_cast<float>(at - before));
    }
  }
  /// The stretch of pixels on the map.
  std::pair<std::size_t, std::size_t> stretch() const {
    const auto on = [](int c) { return c >= 0; };
    const auto first = std::ranges::find_if(cell, on);
    const auto last = std::find_if(cell.rbegin(), cell.rend(), on).base();
    return {static_cast<std::size_t>(first - cell.begin()),
            static_cast<std::size_t>(std::max(last, first) - cell.begin())};
  }
};

/// The values as places in the table of colours.
std::vector<float> placesInTable(const MapItem& item) {
  const double scale = (kColours - 1) / (item.colours.upper - item.colours.lower);
  std::vector<float> places(item.values.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double place = (item.values[i] - item.colours.lower) * scale;
    places[i] = static_cast<float>(std::min(std::max(place, -double(kFar)), double(kFar)));
    if (std::isnan(item.values[i])) places[i] = std::numeric_limits<float>::quiet_NaN();
  }
  return places;
}

void paintValues(QImage& image, const MapItem& item, const Lookup& xs, const Lookup& ys,
                 const Theme& theme) {
  const std::vector<float> places = placesInTable(item);
  const std::vector<std::uint32_t> table = colourTable(item.style.palette, theme);
  const std::size_t nx = item.grid.nx;
  const auto [left, right] = xs.stretch();
  const auto [top, bottom] = ys.stretch();
  std::vector<float> row(nx);
  for (std::size_t py = top; py < bottom; ++py) {
    const float* low = &places[static_cast<std::size_t>(ys.cell[py]) * nx];
    const float* high = low + nx;
    const float t = ys.share[py];
    // At a share of 0 or 1 what is not a number beside must not count.
    if (t <= 0 || t >= 1) {
      std::copy_n(t <= 0 ? low : high, nx, row.begin());
    } else {
      for (std::size_t i = 0; i < nx; ++i) row[i] = low[i] + t * (high[i] - low[i]);
    }
    auto* pixels = reinterpret_cast<std::uint32_t*>(image.scanLine(static_cast<int>(py)));
    for (std::size_t px = left; px < right; ++px) {
      const float a = row[static_cast<std::size_t>(xs.cell[px])];
      const float b = row[static_cast<std::size_t>(xs.cell[px]) + 1];
      const float u = xs.share[px];
      const float place = u <= 0 ? a : u >= 1 ? b : a + u * (b - a);
      if (std::isnan(place)) continue;
      const float inside = std::min(std::max(place + 0.5f, 0.0f), kColours - 1.0f);
      pixels[px] = table[static_cast<std::size_t>(inside)];
    }
  }
}

double toLinear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// From linear light in 4095ths to eight bits.
const std::array<std::uint8_t, 4096>& fromLinear() {
  static const auto table = [] {
    std::array<std::uint8_t, 4096> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const double light = static_cast<double>(i) / 4095;
      const double s =
          light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
      bytes[i] = static_cast<std::uint8_t>(std::lround(255 * s));
    }
    return bytes;
  }();
  return table;
}

/// The premultiplied colour of each cell.
std::vector<std::uint32_t> blendedCells(const MapItem& item, const Theme& theme) {
  const std::size_t cells = item.grid.cells();
  std::array<std::vector<float>, 4> sums;  // red, green, blue, all
  for (auto& sum : sums) sum.assign(cells, 0);
  for (std::size_t group = 0; group < item.palette.size(); ++group) {
    const QColor colour = theme.colour(item.palette[group]);
    const std::array<float, 4> light{static_cast<float>(toLinear(colour.redF())),
                                     static_cast<float>(toLinear(colour.greenF())),
                                     static_cast<float>(toLinear(colour.blueF())), 1};
    const float* weights = &item.weights[group * cells];
    for (std::size_t channel = 0; channel < 4; ++channel) {
      float* sum = sums[channel].data();
      for (std::size_t i = 0; i < cells; ++i) sum[i] += light[channel] * weights[i];
    }
  }
  const auto& bytes = fromLinear();
  std::vector<std::uint32_t> colours(cells, 0);
  for (std::size_t i = 0; i < cells; ++i) {
    const float total = sums[3][i];
    if (!(total > 1e-6f) || !std::isfinite(total)) continue;
    const auto channel = [&](std::size_t c) {
      const float light = std::clamp(4095 * sums[c][i] / total, 0.0f, 4095.0f);
      return bytes[static_cast<std::size_t>(light + 0.5f)];
    };
    const int alpha = static_cast<int>(255 * kBlendOpacity * std::min(total, 1.0f) + 0.5);
    colours[i] = qPremultiply(qRgba(channel(0), channel(1), channel(2), alpha));
  }
  return colours;
}

/// Between two premultiplied colours; `share` of b in 256ths.
inline std::uint32_t between(std::uint32_t a, std::uint32_t b, std::uint32_t share) {
  const std::uint32_t rest = 256 - share;
  const std::uint32_t even =
      (((a & 0x00ff00ffu) * rest + (b & 0x00ff00ffu) * share) >> 8) & 0x00ff00ffu;
  const std::uint32_t odd =
      (((a >> 8) & 0x00ff00ffu) * rest + ((b >> 8) & 0x00ff00ffu) * share) & 0xff00ff00u;
  return even | odd;
}

void paintBlend(QImage& image, const MapItem& item, const Lookup& xs, const Lookup& ys,
                const Theme& theme) {
  const std::vector<std::uint32_t> cells = blendedCells(item, theme);
  const std::size_t nx = item.grid.nx;
  const auto [left, right] = xs.stretch();
  const auto [top, bottom] = ys.stretch();
  std::vector<std::uint32_t> row(nx);
  for (std::size_t py = top; py < bottom; ++py) {
    const std::uint32_t* low = &cells[static_cast<std::size_t>(ys.cell[py]) * nx];
    const auto t = static_cast<std::uint32_t>(256 * ys.share[py]);
    for (std::size_t i = 0; i < nx; ++i) row[i] = between(low[i], low[nx + i], t);
    auto* pixels = reinterpret_cast<std::uint32_t*>(image.scanLine(static_cast<int>(py)));
    for (std::size_t px = left; px < right; ++px) {
      const auto cell = static_cast<std::size_t>(xs.cell[px]);
      pixels[px] =
          between(row[cell], row[cell + 1], static_cast<std::uint32_t>(256 * xs.share[px]));
    }
  }
}

}  // namespace

std::vector<std::uint32_t> colourTable(MapPalette palette, const Theme& theme) {
  std::vector<QColor> stops;
  if (palette == MapPalette::viridis) {
    for (const std::uint32_t colour : kViridis) stops.emplace_back(QRgb(0xff000000u | colour));
  } else if (palette == MapPalette::ink) {
    stops = {theme.background, theme.text};
  } else {
    const QColor below = theme.colour(ColourRole::potential);
    const QColor above = theme.colour(ColourRole::unstable);
    stops = {mixed(below, theme.dark ? Qt::white : Qt::black, 0.7), below, theme.background, above,
             mixed(above, theme.dark ? Qt::white : Qt::black, 0.7)};
  }
  return interpolated(stops);
}

QColor colourOf(const MapItem& item, double value, const Theme& theme) {
  const std::vector<std::uint32_t> table = colourTable(item.style.palette, theme);
  const double share = (value - item.colours.lower) / (item.colours.upper - item.colours.lower);
  const double place = std::clamp(share, 0.0, 1.0) * (kColours - 1);
  return QColor(QRgb(table[static_cast<std::size_t>(place + 0.5)]));
}

QImage mapImage(const MapItem& item, const Frame& frame, double ratio, const Theme& theme) {
  const auto pixels = [&](double length) {
    return std::max(1, static_cast<int>(std::lround(length * ratio)));
  };
  QImage image(pixels(frame.area.width()), pixels(frame.area.height()),
               QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  const MapGrid& grid = item.grid;
  const Lookup xs(frame.x, frame.area.left(), ratio, image.width(), grid.x, grid.nx,
                  item.style.smooth);
  const Lookup ys(frame.left, frame.area.top(), ratio, image.height(), grid.y, grid.ny,
                  item.style.smooth);
  if (item.values.empty()) {
    paintBlend(image, item, xs, ys, theme);
  } else {
    paintValues(image, item, xs, ys, theme);
  }
  return image;
}

}  // namespace separatrix
