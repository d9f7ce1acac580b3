#include "ui/plots/plot_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kHorizontalMargin = 0.02;
constexpr double kVerticalMargin = 0.06;

/// The extremes of one coordinate of the data.
class Bounds {
public:
  Bounds(bool logarithmic, AxisRange window) : m_logarithmic(logarithmic), m_window(window) {}

  void add(double along, double value) {
    if (!(along >= m_window.lower && along <= m_window.upper)) return;
    if (!plottable(value) || (m_logarithmic && value <= 0)) return;
    m_lower = std::min(m_lower, value);
    m_upper = std::max(m_upper, value);
  }
  void addValue(double value) { add(m_window.lower, value); }
  bool empty() const { return m_lower > m_upper; }
  double lower() const { return m_lower; }
  double upper() const { return m_upper; }

private:
  bool m_logarithmic;
  AxisRange m_window;
  double m_lower = std::numeric_limits<double>::infinity();
  double m_upper = -std::numeric_limits<double>::infinity();
};

AxisRange everything() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {-infinity, infinity};
}

/// Whether fits include this item.
template <class Item>
bool fits(const Item& item) {
  return item.visible && (!item.style.ghost || item.style.ghostFits);
}

void addAlong(std::span<const CurvePiece> pieces, bool step, Bounds& bounds) {
  for (const CurvePiece& piece : pieces) {
    if (step) {
      addAlong(std::vector<CurvePiece>{stepped(piece)}, false, bounds);
      continue;
    }
    for (std::size_t i = 0; i < piece.x.size(); ++i) {
      if (plottable(piece.y[i])) bounds.addValue(piece.x[i]);
    }
  }
}

void addHorizontal(const PlotModel& model, Bounds& bounds) {
  for (const CurveItem& curve : model.curves) {
    if (fits(curve)) addAlong(curve.pieces, curve.style.step, bounds);
  }
  for (const PlotGhost& ghost : model.ghosts) {
    const CurveItem* curve = model.ghostsFitted ? model.curveOf(ghost) : nullptr;
    if (curve) addAlong(ghost.pieces, curve->style.step, bounds);
  }
  for (const MarkersItem& item : model.markers) {
    if (!fits(item)) continue;
    for (const PlotMarker& marker : item.markers) bounds.addValue(marker.position.x());
  }
  for (const ParticlesItem& item : model.particles) {
    if (!item.visible || item.curve) continue;
    for (const float x : item.x) bounds.addValue(x);
  }
  for (const PathsItem& item : model.paths) {
    if (!item.visible) continue;
    for (const double x : item.x) bounds.addValue(x);
  }
  for (const FieldArrow& arrow : model.field) bounds.addValue(arrow.x);
  for (const QPointF& handle : model.handles) bounds.addValue(handle.x());
}

void addAcross(std::span<const CurvePiece> pieces, Bounds& bounds) {
  for (const CurvePiece& piece : pieces) {
    for (std::size_t i = 0; i < piece.x.size(); ++i) bounds.add(piece.x[i], piece.y[i]);
  }
}

void addVertical(const PlotModel& model, PlotAxis axis, Bounds& bounds) {
  for (const CurveItem& curve : model.curves) {
    if (!fits(curve) || curve.style.yAxis != axis) continue;
    addAcross(curve.pieces, bounds);
    if (curve.style.fill) bounds.addValue(0);
  }
  for (const PlotGhost& ghost : model.ghosts) {
    const CurveItem* curve = model.ghostsFitted ? model.curveOf(ghost) : nullptr;
    if (curve && curve->style.yAxis == axis) addAcross(ghost.pieces, bounds);
  }
  for (const MarkersItem& item : model.markers) {
    if (!fits(item) || item.style.yAxis != axis) continue;
    for (const PlotMarker& m : item.markers) bounds.add(m.position.x(), m.position.y());
  }
  for (const ParticlesItem& item : model.particles) {
    if (!item.visible || item.curve || item.style.yAxis != axis) continue;
    for (std::size_t i = 0; i < item.y.size(); ++i) bounds.add(item.x[i], item.y[i]);
  }
  for (const PathsItem& item : model.paths) {
    if (!item.visible || item.style.yAxis != axis) continue;
    const std::size_t n = item.x.size();
    if (model.axis(axis).options.scale == AxisScale::logarithmic) {
      for (std::size_t i = 0; i < item.y.size(); ++i) bounds.add(item.x[i % n], item.y[i]);
      continue;
    }
    for (std::size_t i = 0; i < item.lowest.size(); ++i) {
      bounds.add(item.x[i], item.lowest[i]);
      bounds.add(item.x[i], item.highest[i]);
    }
  }
  if (axis != PlotAxis::left) return;
  for (const FieldArrow& arrow : model.field) bounds.add(arrow.x, arrow.y);
  if (model.handleOptions.onAxis) return;
  for (const QPointF& handle : model.handles) bounds.add(handle.x(), handle.y());
}

/// What the visible maps cover along an axis; none: there are none.
std::optional<AxisRange> mapsAlong(const PlotModel& model, PlotAxis axis) {
  std::optional<AxisRange> range;
  if (axis == PlotAxis::right) return range;
  for (const MapItem& item : model.maps) {
    if (!item.shown()) continue;
    const AxisRange own = axis == PlotAxis::bottom ? cellsAlong(item.grid.x, item.grid.nx)
                                                   : cellsAlong(item.grid.y, item.grid.ny);
    range = range ? AxisRange{std::min(range->lower, own.lower), std::max(range->upper, own.upper)}
                  : own;
  }
  return range;
}

AxisRange withMargin(double lower, double upper, const AxisOptions& options, double margin) {
  if (options.scale == AxisScale::logarithmic) {
    const double factor = std::max(std::pow(upper / lower, margin), 1.05);
    return {lower / factor, upper * factor};
  }
  const bool restsOnZero = options.includeZero && lower >= 0;
  if (options.includeZero) {
    lower = std::min(lower, 0.0);
    upper = std::max(upper, 0.0);
  }
  const double largest = std::max(std::abs(lower), std::abs(upper));
  if (!(upper - lower > 1e-9 * largest)) {
    const double half = largest > 0 ? 0.05 * largest : 0.5;
    return {lower - half, upper + half};
  }
  const double pad = margin * (upper - lower);
  return {restsOnZero ? 0.0 : lower - pad, upper + pad};
}

}  // namespace

bool PlotModel::usesRightAxis() const {
  const AxisState& right = axis(PlotAxis::right);
  const auto onRight = [](const auto& item) {
    return item.visible && item.style.yAxis == PlotAxis::right;
  };
  return !right.options.title.isEmpty() || std::ranges::any_of(curves, onRight) ||
         std::ranges::any_of(markers, onRight) || std::ranges::any_of(particles, onRight) ||
         std::ranges::any_of(paths, onRight);
}

bool PlotModel::keepsAspect() const {
  return equalAspect && axis(PlotAxis::bottom).options.scale == AxisScale::linear &&
         axis(PlotAxis::left).options.scale == AxisScale::linear;
}

CurvePiece stepped(const CurvePiece& piece) {
  const std::size_t n = piece.x.size();
  if (n == 0) return {};
  // The first and last cells are as wide as their neighbours; a single one has no width.
  const auto edge = [&](std::size_t i) {
    if (n == 1) return piece.x[0];
    if (i == 0) return piece.x[0] - (piece.x[1] - piece.x[0]) / 2;
    if (i == n) return piece.x[n - 1] + (piece.x[n - 1] - piece.x[n - 2]) / 2;
    return (piece.x[i - 1] + piece.x[i]) / 2;
  };
  CurvePiece outline;
  for (std::size_t i = 0; i < n; ++i) {
    outline.x.insert(outline.x.end(), {edge(i), edge(i + 1)});
    outline.y.insert(outline.y.end(), {piece.y[i], piece.y[i]});
  }
  return outline;
}

void findEnvelope(PathsItem& item) {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  const std::size_t n = item.x.size();
  item.lowest.assign(n, kNone);
  item.highest.assign(n, kNone);
  for (std::size_t i = 0; i < item.y.size(); ++i) {
    const float y = item.y[i];
    if (!std::isfinite(y)) continue;
    float& low = item.lowest[i % n];
    float& high = item.highest[i % n];
    low = low <= y ? low : y;  // also where there was none
    high = high >= y ? high : y;
  }
}

void heightsOnCurve(const CurveItem& curve, std::span<const float> xs, std::span<float> heights) {
  std::ranges::fill(heights, std::numeric_limits<float>::quiet_NaN());
  if (curve.pieces.empty() || curve.pieces.front().x.size() < 2) return;
  const std::vector<double>& cx = curve.pieces.front().x;
  const std::vector<double>& cy = curve.pieces.front().y;
  const double length = cx.back() - cx.front();
  const double cells = length > 0 ? static_cast<double>(cx.size() - 1) / length : 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const double x = xs[i];
    if (!(x >= cx.front() && x <= cx.back())) continue;
    // On an even grid the guess is the interval; otherwise it is searched.
    std::size_t k = static_cast<std::size_t>((x - cx.front()) * cells);
    k = std::min(k, cx.size() - 2);
    if (!(cx[k] <= x && x <= cx[k + 1])) {
      const auto above = std::upper_bound(cx.begin() + 1, cx.end() - 1, x);
      k = static_cast<std::size_t>(above - cx.begin()) - 1;
    }
    const double t = (x - cx[k]) / (cx[k + 1] - cx[k]);
    heights[i] = static_cast<float>(cy[k] + t * (cy[k + 1] - cy[k]));
  }
}

std::optional<AxisRange> fittedRange(const PlotModel& model, PlotAxis axis) {
  const AxisOptions& options = model.axis(axis).options;
  const bool logarithmic = options.scale == AxisScale::logarithmic;
  const bool horizontal = axis == PlotAxis::bottom;
  const AxisState& bottom = model.axis(PlotAxis::bottom);
  Bounds bounds(logarithmic, horizontal ? everything() : bottom.shown);
  if (horizontal) {
    addHorizontal(model, bounds);
  } else {
    addVertical(model, axis, bounds);
  }
  if (const std::optional<AxisRange> maps = mapsAlong(model, axis); maps && !logarithmic) {
    if (bounds.empty() || (bounds.lower() >= maps->lower && bounds.upper() <= maps->upper)) {
      return maps;
    }
    bounds.add(bottom.shown.lower, maps->lower);
    bounds.add(bottom.shown.lower, maps->upper);
  }
  if (bounds.empty()) return std::nullopt;
  return withMargin(bounds.lower(), bounds.upper(), options,
                    horizontal ? kHorizontalMargin : kVerticalMargin);
}

bool updateRanges(PlotModel& model) {
  bool changed = false;
  for (const PlotAxis which : {PlotAxis::bottom, PlotAxis::left, PlotAxis::right}) {
    AxisState& axis = model.axis(which);
    AxisRange range = axis.shown;
    const bool kept = which != PlotAxis::bottom && (model.held || model.locked) && axis.everFitted;
    if (axis.user) {
      range = *axis.user;
    } else if (axis.fixed) {
      range = *axis.fixed;
      axis.everFitted = true;
    } else if (!kept) {
      if (const auto fitted = fittedRange(model, which)) {
        range = *fitted;
        axis.everFitted = true;
      } else if (axis.options.scale == AxisScale::logarithmic && !(range.lower > 0)) {
        range = {0.1, 10};
      }
    }
    changed = changed || !(range == axis.shown);
    axis.shown = range;
  }
  return changed;
}

}  // namespace separatrix
