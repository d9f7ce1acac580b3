#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"
#include "ui/plots/plot_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kHandleReach = 13;  // pixels at a 12-pixel font
constexpr double kBeyondHandle = 5;  // how far outside a large one it can still be grabbed

/// All ticks of an axis, ascending.
std::vector<double> allTicks(const Ticks& ticks) {
  std::vector<double> values = ticks.values;
  values.insert(values.end(), ticks.minor.begin(), ticks.minor.end());
  std::ranges::sort(values);
  return values;
}

double nearestTick(const Ticks& ticks, const AxisMap& map, double value) {
  double nearest = value, least = std::numeric_limits<double>::infinity();
  for (const double tick : allTicks(ticks)) {
    const double distance = std::abs(map.toPixel(tick) - map.toPixel(value));
    if (!(distance < least)) continue;
    least = distance;
    nearest = tick;
  }
  return nearest;
}

/// The tick that lies `steps` ticks further on the screen (negative: back), or the last there is.
double tickBeyond(const Ticks& ticks, const AxisMap& map, double value, int steps) {
  const std::vector<double> values = allTicks(ticks);
  const double same = 1e-9 * (map.range.upper - map.range.lower);
  const auto count = static_cast<std::ptrdiff_t>(values.size());
  if (map.atUpper < map.atLower) steps = -steps;
  if (steps == 0) return value;
  const auto above = std::ranges::upper_bound(values, value + same) - values.begin();
  const auto below = std::ranges::lower_bound(values, value - same) - values.begin() - 1;
  if (steps > 0 ? above == count : below < 0) return value;
  const auto at = steps > 0 ? above + steps - 1 : below + steps + 1;
  return values[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, count - 1))];
}

/// The pixels that an arrow key stands for; null for another key.
QPoint directionOf(int key) {
  if (key == Qt::Key_Left) return {-1, 0};
  if (key == Qt::Key_Right) return {1, 0};
  if (key == Qt::Key_Up) return {0, -1};
  if (key == Qt::Key_Down) return {0, 1};
  return {};
}

}  // namespace

void Plot::setHandles(std::span<const QPointF> positions, const HandleOptions& options) {
  if (!options.sizes.empty()) requireLength("sizes", options.sizes.size(), positions.size());
  PlotModel& model = m_impl->model;
  const bool dragging = m_impl->drag == Impl::Drag::handle;
  const auto dragged = static_cast<std::size_t>(std::max(m_impl->dragged, 0));
  const std::optional<QPointF> kept =
      dragging ? std::optional(model.handles[dragged]) : std::nullopt;
  model.handles = copied(positions);
  model.handleOptions = options;
  if (kept && dragged < model.handles.size()) {
    model.handles[dragged] = *kept;
  } else if (kept) {
    m_impl->drag = Impl::Drag::none;
  }
  const int count = static_cast<int>(model.handles.size());
  if (model.selectedHandle >= count) m_impl->select(-1);
  if (m_impl->interaction.hoveredHandle >= count) m_impl->interaction.hoveredHandle = -1;
  m_impl->dataChanged(PlotLayer::overlay);
}

std::vector<QPointF> Plot::handles() const {
  return m_impl->model.handles;
}
int Plot::selectedHandle() const {
  return m_impl->model.selectedHandle;
}

void Plot::setSelectedHandle(int index) {
  const bool exists = index >= 0 && index < static_cast<int>(m_impl->model.handles.size());
  m_impl->select(exists ? index : -1);
}

void Plot::setSnapping(bool snapping) {
  m_impl->snapping = snapping;
}
bool Plot::isSnapping() const {
  return m_impl->snapping;
}

void Plot::setPlacing(bool placing) {
  m_impl->placing = placing;
  setCursor(placing ? Qt::CrossCursor : Qt::ArrowCursor);
}

QPointF Plot::Impl::handlePixel(int index) {
  return separatrix::handlePixel(model, frame(), screenStyle().unit, index);
}

int Plot::Impl::handleAt(QPointF pixel) {
  int nearest = -1;
  double least = std::numeric_limits<double>::infinity();
  const double unit = screenStyle().unit;
  const QRectF area = frame().area.adjusted(-1, -1, 1, 1);
  for (int i = 0; i < static_cast<int>(model.handles.size()); ++i) {
    const QPointF at = handlePixel(i);
    const double distance = std::hypot(at.x() - pixel.x(), at.y() - pixel.y());
    const double reach =
        std::max(kHandleReach * unit, handleRadius(model, unit, i) + kBeyondHandle * unit);
    if (!area.contains(at) || !(distance < std::min(reach, least))) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

void Plot::Impl::select(int index) {
  if (index >= 0) selectProbe(false);
  if (model.selectedHandle == index) return;
  model.selectedHandle = index;
  surface.invalidate(PlotLayer::overlay);
  emit plot->handleSelected(index);
}

bool Plot::Impl::snaps(Qt::KeyboardModifiers modifiers) const {
  return snapping != modifiers.testFlag(Qt::AltModifier);
}

void Plot::Impl::placeHandle(QPointF data) {
  QPointF& handle = model.handles[static_cast<std::size_t>(dragged)];
  handle = model.handleOptions.horizontal ? QPointF(data.x(), handle.y()) : data;
  surface.invalidate(PlotLayer::overlay);
  emit plot->handleDragged(dragged, handle);
}

void Plot::Impl::moveHandle(QPointF pixel, bool snap) {
  const Frame& shown = frame();
  const QPointF within(std::clamp(pixel.x(), shown.area.left(), shown.area.right()),
                       std::clamp(pixel.y(), shown.area.top(), shown.area.bottom()));
  QPointF data = plot->toData(within);
  if (snap) {
    data = {nearestTick(shown.xTicks, shown.x, data.x()),
            nearestTick(shown.leftTicks, shown.left, data.y())};
  }
  placeHandle(data);
}

bool Plot::Impl::stepHandle(int key, bool far, bool snap) {
  const QPoint by = directionOf(key) * (far ? 10 : 1);
  if (by.isNull()) return false;
  dragged = model.selectedHandle;
  const int index = dragged;
  emit plot->handlePressed(index);
  if (index >= static_cast<int>(model.handles.size())) return true;
  if (snap) {
    const Frame& shown = frame();
    const QPointF from = model.handles[static_cast<std::size_t>(index)];
    placeHandle({tickBeyond(shown.xTicks, shown.x, from.x(), by.x()),
                 tickBeyond(shown.leftTicks, shown.left, from.y(), by.y())});
  } else {
    moveHandle(handlePixel(index) + by, false);
  }
  if (index < static_cast<int>(model.handles.size())) {
    rangesStale = true;
    emit plot->handleReleased(index, model.handles[static_cast<std::size_t>(index)]);
  }
  return true;
}

bool Plot::Impl::stepProbe(int key, bool far) {
  const QPoint by = directionOf(key) * (far ? 10 : 1);
  if (by.isNull()) return false;
  moveProbe(probePixel() + by);
  releaseProbe();
  return true;
}

}  // namespace separatrix
