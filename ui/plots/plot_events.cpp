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

constexpr double kLineReach = 6;  // pixels at a 12-pixel font
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
  if (model.keepsAspect()) return {below || beside, below || beside};
  return {below, beside};
}

void Plot::Impl::zoom(QPointF centre, double factor, Region region) {
  const bool before = plot->isZoomed();
  const Frame shown = frame();
  if (model.keepsAspect()) {  // over one axis, the other one grows about its middle
    const QRectF& area = shown.area;
    if (centre.x() < area.left() || centre.x() > area.right()) centre.setX(area.center().x());
    if (centre.y() < area.top() || centre.y() > area.bottom()) centre.setY(area.center().y());
  }
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

int Plot::Impl::lineAt(QPointF pixel) {
  const Frame& shown = frame();
  const double unit = screenStyle().unit;
  int nearest = -1;
  double least = kLineReach * unit;
  // Their grips stand out of the area.
  const QRectF reach = shown.area.adjusted(0, -8 * unit, 8 * unit, 0);
  for (std::size_t i = 0; i < model.lines.size(); ++i) {
    const LineItem& line = model.lines[i];
    if (!line.shown || !line.style.draggable) continue;
    const bool within = line.horizontal ? pixel.x() >= reach.left() && pixel.x() <= reach.right()
                                        : pixel.y() >= reach.top() && pixel.y() <= reach.bottom();
    const double distance = line.horizontal ? std::abs(shown.left.toPixel(line.x) - pixel.y())
                                            : std::abs(shown.x.toPixel(line.x) - pixel.x());
    if (!within || !(distance < least)) continue;
    least = distance;
    nearest = static_cast<int>(i);
  }
  return nearest;
}

void Plot::Impl::grabLine(int index, QPointF pixel) {
  drag = Drag::line;
  dragged = index;
  const LineItem& line = model.lines[static_cast<std::size_t>(index)];
  grabOffset = line.horizontal ? QPointF(0, pixel.y() - frame().left.toPixel(line.x))
                               : QPointF(pixel.x() - frame().x.toPixel(line.x), 0);
}

void Plot::Impl::moveLine(QPointF pixel) {
  const QRectF area = frame().area;
  const QPointF at(std::clamp(pixel.x() - grabOffset.x(), area.left(), area.right()),
                   std::clamp(pixel.y() - grabOffset.y(), area.top(), area.bottom()));
  const LineId id{dragged};
  const bool horizontal = model.lines[static_cast<std::size_t>(dragged)].horizontal;
  plot->setLine(id, horizontal ? plot->toData(at).y() : plot->toData(at).x());
  emit plot->lineDragged(id, plot->line(id));
}

bool Plot::Impl::wantsKey(int key) const {
  const bool probe = model.probe.selected;
  if (model.selectedHandle < 0 && !probe) return false;
  const bool horizontal = probe ? model.probe.options.horizontal : model.handleOptions.horizontal;
  return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Delete ||
         key == Qt::Key_Backspace || key == Qt::Key_Escape ||
         (!horizontal && (key == Qt::Key_Up || key == Qt::Key_Down));
}

/// Where they overlap, the nearer of probe and handle.
bool Plot::Impl::overProbe(QPointF pixel) {
  const double distance = probeDistance(pixel);
  if (!std::isfinite(distance)) return false;
  const int handle = handleAt(pixel);
  if (handle < 0) return true;
  const QPointF away = handlePixel(handle) - pixel;
  return distance <= std::hypot(away.x(), away.y());
}

bool Plot::Impl::isEmptyPlace(QPointF pixel) {
  return frame().area.contains(pixel) && handleAt(pixel) < 0 && lineAt(pixel) < 0 &&
         !overProbe(pixel);
}

void Plot::Impl::updateCursor(QPointF pixel) {
  const bool lies = interaction.hoveredLine >= 0 &&
                    model.lines[static_cast<std::size_t>(interaction.hoveredLine)].horizontal;
  if (interaction.hoveredProbe) {
    plot->setCursor(model.probe.options.horizontal ? Qt::SizeHorCursor : Qt::SizeAllCursor);
  } else if (interaction.hoveredHandle >= 0) {
    plot->setCursor(model.handleOptions.horizontal ? Qt::SizeHorCursor : Qt::SizeAllCursor);
  } else if (interaction.hoveredLine >= 0) {
    plot->setCursor(lies ? Qt::SizeVerCursor : Qt::SizeHorCursor);
  } else if (placing && frame().area.contains(pixel)) {
    plot->setCursor(Qt::CrossCursor);
  } else if (frame().area.contains(pixel) && particleAt(pixel)) {
    plot->setCursor(Qt::PointingHandCursor);
  } else {
    plot->unsetCursor();
  }
}

void Plot::Impl::hover(QPointF pixel) {
  Interaction now;
  now.crosshair = interaction.crosshair;
  now.hoveredProbe = overProbe(pixel);
  if (!now.hoveredProbe) now.hoveredHandle = handleAt(pixel);
  if (!now.hoveredProbe && now.hoveredHandle < 0) now.hoveredLine = lineAt(pixel);
  if (now != interaction) surface.invalidate(PlotLayer::overlay);
  interaction = now;
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
  const QPointF pixel = event->position();
  if (event->button() != Qt::LeftButton) {
    m_impl->otherPressed = m_impl->isEmptyPlace(pixel) ? std::optional(pixel) : std::nullopt;
    return QWidget::mousePressEvent(event);
  }
  m_impl->pressed = pixel;
  if (m_impl->overProbe(pixel)) return m_impl->grabProbe(pixel);
  if (const int handle = m_impl->handleAt(pixel); handle >= 0) {
    m_impl->drag = Impl::Drag::handle;
    m_impl->dragged = handle;
    m_impl->grabOffset = pixel - m_impl->handlePixel(handle);
    m_impl->select(handle);
    emit handlePressed(handle);
    return;
  }
  if (const int line = m_impl->lineAt(pixel); line >= 0) return m_impl->grabLine(line, pixel);
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
      if (plotArea().contains(m_impl->pressed) && m_impl->grabParticle(m_impl->pressed)) {
        m_impl->moveProbe(pixel - m_impl->grabOffset);
        break;
      }
      m_impl->drag = Impl::Drag::pan;
      setCursor(Qt::ClosedHandCursor);
      [[fallthrough]];
    case Impl::Drag::pan:
      m_impl->panTo(pixel);
      break;
    case Impl::Drag::handle:
      m_impl->moveHandle(pixel - m_impl->grabOffset, m_impl->snaps(event->modifiers()));
      break;
    case Impl::Drag::line:
      m_impl->moveLine(pixel);
      break;
    case Impl::Drag::probe:
      m_impl->moveProbe(pixel - m_impl->grabOffset);
      break;
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

/// A press that became no drag.
void Plot::Impl::endPress(QPointF pixel, Qt::KeyboardModifiers modifiers) {
  if (!frame().area.contains(pixel)) return;
  if (placing || modifiers.testFlag(Qt::ControlModifier)) {
    emit plot->pointPlaced(plot->toData(pixel));
    return;
  }
  select(-1);
  selectProbe(false);
  emit plot->clicked(plot->toData(pixel), Qt::LeftButton);
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  if (event->button() != Qt::LeftButton) {
    const auto from = std::exchange(m_impl->otherPressed, std::nullopt);
    if (from && (pixel - *from).manhattanLength() < QApplication::startDragDistance() / 2.0) {
      emit clicked(toData(pixel), event->button());
    }
    return QWidget::mouseReleaseEvent(event);
  }
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
  } else if (ended == Impl::Drag::probe) {
    m_impl->releaseProbe();
  } else if (ended == Impl::Drag::press) {
    m_impl->endPress(pixel, event->modifiers());
  }
  m_impl->hover(pixel);
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event) {
  const QPointF pixel = event->position();
  const bool placing = m_impl->placing || event->modifiers().testFlag(Qt::ControlModifier);
  if (event->button() != Qt::LeftButton || placing || m_impl->handleAt(pixel) >= 0 ||
      m_impl->lineAt(pixel) >= 0 || m_impl->overProbe(pixel)) {
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
  const int handle = m_impl->handleAt(event->position());
  event->accept();
  if (handle >= 0 && m_impl->model.handleOptions.wheel) {
    emit handleWheel(handle, notches);
    return;
  }
  m_impl->zoom(event->position(), std::pow(kZoomPerNotch, notches), region);
}

void Plot::keyPressEvent(QKeyEvent* event) {
  const int selected = m_impl->model.selectedHandle;
  if (!m_impl->wantsKey(event->key()) || m_impl->drag != Impl::Drag::none) {
    QWidget::keyPressEvent(event);
    return;
  }
  const bool erases = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
  const bool far = event->modifiers().testFlag(Qt::ShiftModifier);
  if (m_impl->model.probe.selected) {
    if (erases || event->key() == Qt::Key_Escape) {
      m_impl->clearProbe();
    } else {
      m_impl->stepProbe(event->key(), far);
    }
  } else if (event->key() == Qt::Key_Escape) {
    m_impl->select(-1);
  } else if (erases) {
    emit deletePressed(selected);
  } else {
    m_impl->stepHandle(event->key(), far, m_impl->snaps(event->modifiers()));
  }
}

void Plot::leaveEvent(QEvent*) {
  m_impl->interaction = {};
  m_impl->surface.invalidate(PlotLayer::overlay);
  emit cursorLeft();
}

}  // namespace separatrix
