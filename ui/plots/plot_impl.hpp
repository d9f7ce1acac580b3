#pragma once

#include "ui/plots/draw.hpp"
#include "ui/plots/plot.hpp"
#include "ui/plots/plot_model.hpp"
#include "ui/plots/surface.hpp"

#include <array>
#include <optional>

namespace separatrix {

/// The state of a Plot; internal to ui/plots.
class Plot::Impl {
public:
  enum class Drag { none, press, pan, handle, line, probe };
  /// Which axes a gesture at a place concerns.
  struct Region {
    bool bottom = false, vertical = false;
    bool any() const { return bottom || vertical; }
  };

  explicit Impl(Plot* owner);

  // Layout and drawing.
  const Frame& frame();
  /// Ranges up to date; announces a change on the next turn of the event loop.
  void refreshRanges();
  void announceAspect();
  /// Data in a layer changed, and perhaps with them the ranges.
  void dataChanged(PlotLayer layer);
  /// Anything that may move the axes changed.
  void layoutChanged();
  /// A text of the header changed: redraws all only if that moved anything.
  void headerChanged();
  void draw(PlotLayer layer, QPainter& painter);
  PlotStyle screenStyle() const;
  RenderReport paint(QPainter& painter, QSizeF size, const PlotStyle& style);

  // Ranges of the user.
  void setUserRange(PlotAxis axis, AxisRange range);
  void announceZoom(bool before);
  Region regionAt(QPointF pixel);
  void zoom(QPointF centre, double factor, Region region);
  void panTo(QPointF pixel);

  // Maps and ghosts.
  void mapChanged(MapItem& item);
  void ghostsChanged();

  // Handles.
  int handleAt(QPointF pixel);
  QPointF handlePixel(int index);
  void select(int index);
  bool snaps(Qt::KeyboardModifiers modifiers) const;
  void placeHandle(QPointF data);
  void moveHandle(QPointF pixel, bool snap);
  bool stepHandle(int key, bool far, bool snap);

  // Lines.
  int lineAt(QPointF pixel);
  void grabLine(int line, QPointF pixel);
  void moveLine(QPointF pixel);

  // The probe and particles.
  QPointF probePixel();
  double probeDistance(QPointF pixel);
  bool overProbe(QPointF pixel);
  void selectProbe(bool selected);
  void grabProbe(QPointF pixel);
  void moveProbe(QPointF pixel);
  void releaseProbe();
  void clearProbe();
  bool stepProbe(int key, bool far);
  std::optional<NearParticle> particleAt(QPointF pixel);
  /// Whether the drag goes on with the probe, which a receiver set.
  bool grabParticle(QPointF pixel);

  // The mouse and keys.
  bool isEmptyPlace(QPointF pixel);
  void hover(QPointF pixel);
  void updateCursor(QPointF pixel);
  bool wantsKey(int key) const;
  void endPress(QPointF pixel, Qt::KeyboardModifiers modifiers);

  Plot* plot;
  const Theme* theme;
  PlotModel model;
  Interaction interaction;
  DrawCache cache;
  std::optional<Frame> currentFrame;
  std::array<AxisRange, 3> announced;  ///< ranges of an equal aspect, which follow the size
  bool rangesStale = true;
  bool placing = false;
  bool snapping = false;
  bool crosshair = false;
  std::uint64_t revision = 0;
  std::uint64_t probesSet = 0;  ///< how often setProbe was called

  Drag drag = Drag::none;
  int dragged = -1;  ///< handle or line
  QPointF pressed, grabOffset;
  std::optional<QPointF> otherPressed;  ///< by a button that drags nothing
  std::array<AxisMap, 3> panStart;
  Region panRegion;

  Surface surface;
};

}  // namespace separatrix
