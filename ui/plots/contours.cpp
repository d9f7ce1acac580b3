#include "ui/plots/contours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace separatrix {
namespace {

/// A side of a square: sides along x first, then those along y, each numbered as the corner at
/// their lower end.
using Side = std::int32_t;
constexpr Side kNone = -1;

struct Segment {
  Side from, to;
};

class Tracer {
public:
  Tracer(const MapGrid& grid, std::span<const double> values)
      : m_grid(grid),
        m_values(values),
        m_corners(static_cast<Side>(grid.cells())),
        m_links(2 * grid.cells(), {kNone, kNone}) {}

  /// Joins the segments of one level.
  void trace(double level, std::span<const Segment> segments, std::vector<Contour>& contours) {
    m_level = level;
    for (const Segment& segment : segments) {
      link(segment.from, segment.to);
      link(segment.to, segment.from);
    }
    // Open lines from their ends first; what then remains is closed.
    for (const bool closed : {false, true}) {
      for (const Segment& segment : segments) {
        for (const Side side : {segment.from, segment.to}) {
          const auto& [a, b] = m_links[static_cast<std::size_t>(side)];
          if (closed ? a != kNone || b != kNone : (a == kNone) != (b == kNone)) {
            contours.push_back({level, walk(side)});
          }
        }
      }
    }
  }

private:
  void link(Side side, Side other) {
    auto& links = m_links[static_cast<std::size_t>(side)];
    (links[0] == kNone ? links[0] : links[1]) = other;
  }

  /// Follows the links from a side, taking them away, to an end or back to it.
  QPolygonF walk(Side start) {
    QPolygonF points;
    for (Side side = start; side != kNone;) {
      points.append(crossing(side));
      auto& links = m_links[static_cast<std::size_t>(side)];
      const Side next = links[0] != kNone ? links[0] : links[1];
      (links[0] != kNone ? links[0] : links[1]) = kNone;
      if (next != kNone) {
        auto& back = m_links[static_cast<std::size_t>(next)];
        (back[0] == side ? back[0] : back[1]) = kNone;
      }
      side = next;
    }
    return points;
  }

  QPointF crossing(Side side) const {
    const bool alongX = side < m_corners;
    const auto corner = static_cast<std::size_t>(alongX ? side : side - m_corners);
    const double a = m_values[corner], b = m_values[corner + (alongX ? 1 : m_grid.nx)];
    const double t = (m_level - a) / (b - a);
    const double ix = static_cast<double>(corner % m_grid.nx) + (alongX ? t : 0);
    const double iy = static_cast<double>(corner / m_grid.nx) + (alongX ? 0 : t);
    return {std::lerp(m_grid.x.lower, m_grid.x.upper, ix / static_cast<double>(m_grid.nx - 1)),
            std::lerp(m_grid.y.lower, m_grid.y.upper, iy / static_cast<double>(m_grid.ny - 1))};
  }

  const MapGrid& m_grid;
  std::span<const double> m_values;
  Side m_corners;
  double m_level = 0;
  std::vector<std::array<Side, 2>> m_links;
};

/// The one or two segments of a level in a square; `corner` counter-clockwise from the lower left
/// one, `side` from the lower one.
void addSegments(const std::array<double, 4>& corner, const std::array<Side, 4>& side, double level,
                 std::vector<Segment>& segments) {
  std::array<Side, 4> crossed{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if ((corner[i] >= level) != (corner[(i + 1) % 4] >= level)) crossed[count++] = side[i];
  }
  if (count == 2) segments.push_back({crossed[0], crossed[1]});
  if (count != 4) return;
  // A saddle. The segments cut off the corners that are not connected: those on the other side of
  // the level than the centre.
  const double centre = (corner[0] + corner[1] + corner[2] + corner[3]) / 4;
  const bool cutsFirst = (centre >= level) != (corner[0] >= level);
  if (cutsFirst) {
    segments.push_back({side[3], side[0]});
    segments.push_back({side[1], side[2]});
  } else {
    segments.push_back({side[0], side[1]});
    segments.push_back({side[2], side[3]});
  }
}

}  // namespace

std::vector<Contour> contours(const MapGrid& grid, std::span<const double> values,
                              std::span<const double> levels) {
  std::vector<Contour> result;
  if (levels.empty() || grid.nx < 2 || grid.ny < 2) return result;
  std::vector<std::vector<Segment>> segments(levels.size());
  const auto sides = static_cast<Side>(grid.cells());
  for (std::size_t iy = 0; iy + 1 < grid.ny; ++iy) {
    const double* low = &values[iy * grid.nx];
    const double* high = low + grid.nx;
    for (std::size_t ix = 0; ix + 1 < grid.nx; ++ix) {
      const std::array<double, 4> corner{low[ix], low[ix + 1], high[ix + 1], high[ix]};
      const double least = std::min(std::min(corner[0], corner[1]), std::min(corner[2], corner[3]));
      const double most = std::max(std::max(corner[0], corner[1]), std::max(corner[2], corner[3]));
      auto level = std::ranges::upper_bound(levels, least);
      if (level == levels.end() || *level > most) continue;
      if (!std::isfinite(corner[0] + corner[1] + corner[2] + corner[3])) continue;
      const auto at = static_cast<Side>(iy * grid.nx + ix);
      const auto row = static_cast<Side>(grid.nx);
      const std::array<Side, 4> side{at, sides + at + 1, at + row, sides + at};
      for (; level != levels.end() && *level <= most; ++level) {
        addSegments(corner, side, *level,
                    segments[static_cast<std::size_t>(level - levels.begin())]);
      }
    }
  }
  Tracer tracer(grid, values);
  for (std::size_t i = 0; i < levels.size(); ++i) tracer.trace(levels[i], segments[i], result);
  return result;
}

}  // namespace separatrix
