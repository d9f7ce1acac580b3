#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kHandleReach = 13;  // pixels at a 12-pixel font
constexpr double kLineReach = 6;
constexpr double kZoomPerNotch = 0.85;

constexpr std::array<PlotAxis, 3> kAxes{PlotAxis::bottom, PlotAxis::left, PlotAxis::right};

bool sensible(AxisRange range) {
  const double width = range.upper - range.lower;
  const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
  return plottable(range.lower) && plottable(range.upper) && width > 1e-9 * largest &&
         width > 1e-250;
}

/// The range that the pixels from `a` (was lower) to `b` (was upper) show.
AxisRange rangeBetween(const AxisMap& map, double a, double b) {
  return {map.toData(a), map.toData(b)};
}

}  // namespace

void Plot::Impl::setUserRange(PlotAxis axis, AxisRange range) {
  if (!sensible(range)) return;
  model.axis(axis).user = range;
  rangesStale = true;
  surface.invalidate(PlotLayer::base);
}

void Plot::Impl::announceZoom(bool before) {
  const bool now = plot->isZoomed();
  if (now != before) emit plot->zoomedChanged(now);
}

Plot::Impl::Region Plot::Impl::regionAt(QPointF pixel) {
  const QRectF& area = frame().area;
  if (area.contains(pixel)) return {true, true};
  const bool beside = pixel.y() >= area.top() && pixel.y() <= area.bottom();
  const bool below =
      pixel.y() > area.bottom() && pixel.x() >= area.left() && pixel.x() <= area.right();
  return {below, beside};
}

void Plot::Impl::zoom(QPointF centre, double factor, Region region) {
  const bool before = plot->isZoomed();
  const Frame shown = frame();
  for (const PlotAxis axis : kAxes) {
    const bool horizontal = axis == PlotAxis::bottom;
    if (!(horizontal ? region.bottom : region.vertical)) continue;
    const AxisMap& map = horizontal ? shown.x : shown.y(axis);
    const double at = horizontal ? centre.x() : centre.y();
    setUserRange(axis, rangeBetween(map, at + (map.atLower - at) * factor,
                                    at + (map.atUpper - at) * factor));
  }
  announceZoom(before);
}

void Plot::Impl::panTo(QPointF pixel) {
  const bool before = plot->isZoomed();
  const QPointF moved = pixel - pressed;
  for (const PlotAxis axis : kAxes) {
    const bool horizontal = axis == PlotAxis::bottom;
    if (!(horizontal ? panRegion.bottom : panRegion.vertical)) continue;
    const AxisMap& map = panStart[static_cast<std::size_t>(axis)];
    const double by = horizontal ? moved.x() : moved.y();
    setUserRange(axis, rangeBetween(map, map.atLower - by, map.atUpper - by));
  }
  announceZoom(before);
}

QPointF Plot::Impl::handlePixel(int index) {
  return separatrix::handlePixel(model, frame(), screenStyle().unit, index);
}

int Plot::Impl::handleAt(QPointF pixel) {
  int nearest = -1;
  double least = kHandleReach * screenStyle().unit;
  const QRectF area = frame().area.adjusted(-1, -1, 1, 1);
  for (int i = 0; i < static_cast<int>(model.handles.size()); ++i) {
    const QPointF at = handlePixel(i);
    const double distance = std::hypot(at.x() - pixel.x(), at.y() - pixel.y());
    if (!area.contains(at) || !(distance < least)) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

int Plot::Impl::lineAt(QPointF pixel) {
  const Frame& shown = frame();
  const double unit = screenStyle().unit;
  int nearest = -1;
  double least = kLineReach * unit;
  if (pixel.y() < shown.area.top() - 8 * unit || pixel.y() > shown.area.bottom()) return -1;
  for (std::size_t i = 0; i < model.lines.size(); ++i) {
    const LineItem& line = model.lines[i];
    const double distance = std::abs(shown.x.toPixel(line.x) - pixel.x());
    if (!line.shown || !line.style.draggable || !(distance < least)) continue;
    least = distance;
    nearest = static_cast<int>(i);
  }
  return nearest;
}

void Plot::Impl::select(int index) {
  if (model.selectedHandle == index) return;
  model.selectedHandle = index;
  surface.invalidate(PlotLayer::overlay);
  emit plot->handleSelected(index);
}

void Plot::Impl::moveHandle(QPointF pixel) {
  const QRectF& area = frame().area;
  const QPointF within(std::clamp(pixel.x(), area.left(), area.right()),
                       std::clamp(pixel.y(), area.top(), area.bottom()));
  QPointF& handle = model.handles[static_cast<std::size_t>(dragged)];
  const QPointF data = plot->toData(within);
  handle = model.handleOptions.horizontal ? QPointF(data.x(), handle.y()) : data;
  surface.invalidate(PlotLayer::overlay);
  emit plot->handleDragged(dragged, handle);
}

bool Plot::Impl::stepHandle(int key, bool far) {
  const double step = far ? 10 : 1;
  QPointF by;
  if (key == Qt::Key_Left) by = {-step, 0};
  if (key == Qt::Key_Right) by = {step, 0};
  if (key == Qt::Key_Up) by = {0, -step};
  if (key == Qt::Key_Down) by = {0, step};
  if (by.isNull()) return false;
  dragged = model.selectedHandle;
  const int index = dragged;
  emit plot->handlePressed(index);
  moveHandle(handlePixel(index) + by);
  if (index < static_cast<int>(model.handles.size())) {
    rangesStale = true;
    emit plot->handleReleased(index, model.handles[static_cast<std::size_t>(index)]);
  }
  return true;
}

bool Plot::Impl::wantsKey(int key) const {
  if (model.selectedHandle < 0) return false;
  const bool vertical = !model.handleOptions.horizontal;
  return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Delete ||
         key == Qt::Key_Backspace || key == Qt::Key_Escape ||
         (vertical && (key == Qt::Key_Up || key == Qt::Key_Down));
}

void Plot::Impl::updateCursor(QPointF pixel) {
  if (interaction.hoveredHandle >= 0) {
    plot->setCursor(model.handleOptions.horizontal ? Qt::SizeHorCursor : Qt::SizeAllCursor);
  } else if (interaction.hoveredLine >= 0) {
    plot->setCursor(Qt::SizeHorCursor);
  } else if (placing && frame().area.contains(pixel)) {
    plot->setCursor(Qt::CrossCursor);
  } else {
    plot->unsetCursor();
  }
}

void Plot::Impl::hover(QPointF pixel) {
  const int handle = handleAt(pixel);
  const int line = handle < 0 ? lineAt(pixel) : -1;
  const bool changed = handle != interaction.hoveredHandle || line != interaction.hoveredLine;
  interaction.hoveredHandle = handle;
  interaction.hoveredLine = line;
  if (changed) surface.invalidate(PlotLayer::overlay);
  updateCursor(pixel);
}

bool Plot::event(QEvent* event) {
  // The window's shortcuts for arrows and Delete give way to a selected handle.
  if (event->type() == QEvent::ShortcutOverride &&
      m_impl->wantsKey(static_cast<QKeyEvent*>(event)->key())) {
    event->accept();
    return true;
  }
  return QWidget::event(event);
}

void Plot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  const QPointF pixel = event->position();
  m_impl->pressed = pixel;
  if (const int handle = m_impl->handleAt(pixel); handle >= 0) {
    m_impl->drag = Impl::Drag::handle;
    m_impl->dragged = handle;
    m_impl->grabOffset = pixel - m_impl->handlePixel(handle);
    m_impl->select(handle);
    emit handlePressed(handle);
    return;
  }
  if (const int line = m_impl->lineAt(pixel); line >= 0) {
    m_impl->drag = Impl::Drag::line;
    m_impl->dragged = line;
    m_impl->grabOffset = {pixel.x() - m_impl->frame().x.toPixel(
                                          m_impl->model.lines[static_cast<std::size_t>(line)].x),
                          0};
    return;
  }
  m_impl->panRegion = m_impl->regionAt(pixel);
  const Frame& frame = m_impl->frame();
  m_impl->panStart = {frame.x, frame.left, frame.right};
  m_impl->drag = m_impl->panRegion.any() ? Impl::Drag::press : Impl::Drag::none;
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  switch (m_impl->drag) {
    case Impl::Drag::none:
      m_impl->hover(pixel);
      break;
    case Impl::Drag::press:
      if ((pixel - m_impl->pressed).manhattanLength() < QApplication::startDragDistance() / 2.0) {
        return;
      }
      m_impl->drag = Impl::Drag::pan;
      setCursor(Qt::ClosedHandCursor);
      [[fallthrough]];
    case Impl::Drag::pan:
      m_impl->panTo(pixel);
      break;
    case Impl::Drag::handle:
      m_impl->moveHandle(pixel - m_impl->grabOffset);
      break;
    case Impl::Drag::line: {
      const QRectF area = plotArea();
      const double at = std::clamp(pixel.x() - m_impl->grabOffset.x(), area.left(), area.right());
      const LineId id{m_impl->dragged};
      setLine(id, toData({at, area.center().y()}).x());
      emit lineDragged(id, line(id));
      break;
    }
  }
  const bool within = plotArea().contains(pixel);
  if (m_impl->crosshair) {
    m_impl->interaction.crosshair = within ? std::optional(pixel) : std::nullopt;
    m_impl->surface.invalidate(PlotLayer::overlay);
  }
  if (within) {
    emit cursorMoved(toData(pixel));
  } else {
    emit cursorLeft();
  }
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
  const QPointF pixel = event->position();
  const Impl::Drag ended = std::exchange(m_impl->drag, Impl::Drag::none);
  if (ended == Impl::Drag::handle) {
    const auto index = static_cast<std::size_t>(m_impl->dragged);
    m_impl->rangesStale = true;
    m_impl->surface.invalidate(PlotLayer::overlay);
    if (index < m_impl->model.handles.size()) {
      emit handleReleased(m_impl->dragged, m_impl->model.handles[index]);
    }
  } else if (ended == Impl::Drag::line) {
    const LineId id{m_impl->dragged};
    emit lineReleased(id, line(id));
  } else if (ended == Impl::Drag::press && plotArea().contains(pixel)) {
    if (m_impl->placing || event->modifiers().testFlag(Qt::ControlModifier)) {
      emit pointPlaced(toData(pixel));
    } else {
      m_impl->select(-1);
    }
  }
  m_impl->hover(pixel);
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  const bool placing = m_impl->placing || event->modifiers().testFlag(Qt::ControlModifier);
  if (event->button() != Qt::LeftButton || placing || m_impl->handleAt(pixel) >= 0 ||
      m_impl->lineAt(pixel) >= 0) {
    mousePressEvent(event);
    return;
  }
  if (m_impl->regionAt(pixel).any()) resetView();
}

void Plot::wheelEvent(QWheelEvent* event) {
  const Impl::Region region = m_impl->regionAt(event->position());
  const double notches = event->angleDelta().y() / 120.0;
  if (!region.any() || notches == 0 || m_impl->drag != Impl::Drag::none) {
    event->ignore();
    return;
  }
  m_impl->zoom(event->position(), std::pow(kZoomPerNotch, notches), region);
  event->accept();
}

void Plot::keyPressEvent(QKeyEvent* event) {
  const int selected = m_impl->model.selectedHandle;
  if (!m_impl->wantsKey(event->key()) || m_impl->drag != Impl::Drag::none) {
    QWidget::keyPressEvent(event);
    return;
  }
  if (event->key() == Qt::Key_Escape) {
    m_impl->select(-1);
  } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
    emit deletePressed(selected);
  } else {
    m_impl->stepHandle(event->key(), event->modifiers().testFlag(Qt::ShiftModifier));
  }
}

void Plot::leaveEvent(QEvent*) {
  m_impl->interaction = {};
  m_impl->surface.invalidate(PlotLayer::overlay);
  emit cursorLeft();
}

}  // namespace separatrix
