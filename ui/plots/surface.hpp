#pragma once

#include <QColor>

#include <functional>
#include <memory>

class QPainter;
class QWidget;

namespace separatrix {

/// The layers of a plot, from the lowest; each has its own buffer and is redrawn alone.
enum class PlotLayer { base, curves, points, overlay, top };
inline constexpr int kPlotLayerCount = 5;

/// A stack of buffered layers on the screen (a QCustomPlot, which nothing else sees). The widget
/// does not take mouse events: they go to its parent.
class Surface {
public:
  using Draw = std::function<void(PlotLayer, QPainter&)>;

  /// The widget belongs to `parent`. `prepare` is called before layers are redrawn and may
  /// invalidate more of them.
  Surface(QWidget* parent, std::function<void()> prepare, Draw draw);
  ~Surface();

  QWidget* widget() const;
  void setBackground(const QColor& colour);
  /// Redraws a layer, or all, on the next turn of the event loop, or when painted before.
  void invalidate(PlotLayer layer);
  void invalidateAll();
  /// Device pixels per pixel of the screen that it is on.
  double pixelRatio() const;

private:
  class Canvas;
  Canvas* m_canvas;
};

}  // namespace separatrix
