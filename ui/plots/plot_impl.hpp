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
  enum class Drag { none, press, pan, handle, line };
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

  // Handles and lines.
  int handleAt(QPointF pixel);
  int lineAt(QPointF pixel);
  QPointF handlePixel(int index);
  void select(int index);
  void moveHandle(QPointF pixel);
  bool stepHandle(int key, bool far);
  void hover(QPointF pixel);
  void updateCursor(QPointF pixel);
  bool wantsKey(int key) const;

  Plot* plot;
  const Theme* theme;
  PlotModel model;
  Interaction interaction;
  DrawCache cache;
  std::optional<Frame> currentFrame;
  bool rangesStale = true;
  bool placing = false;
  bool crosshair = false;
  std::uint64_t revision = 0;

  Drag drag = Drag::none;
  int dragged = -1;  ///< handle or line
  QPointF pressed, grabOffset;
  std::array<AxisMap, 3> panStart;
  Region panRegion;

  Surface surface;
};

}  // namespace separatrix
