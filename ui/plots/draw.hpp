#pragma once

#include "ui/plots/frame.hpp"
#include "ui/plots/plot_model.hpp"
#include "ui/plots/raster.hpp"

#include <QImage>
#include <QPainter>

#include <optional>
#include <vector>

/// Painting of a plot, layer by layer, on any painter whose unit is a pixel; internal to ui/plots.
namespace separatrix {

/// What the mouse is at; nothing in a figure.
struct Interaction {
  int hoveredHandle = -1;
  int hoveredLine = -1;
  std::optional<QPointF> crosshair;  ///< pixels
};

/// What is kept from one painting to the next: bundles of paths, which are drawn again only if
/// something changed, and the memory for particles.
class DrawCache {
public:
  /// The image for this item and frame, or null.
  const QImage* find(std::size_t index, const PathsItem& item, const Frame& frame,
                     const PlotStyle& style) const;
  void store(std::size_t index, const PathsItem& item, const Frame& frame, const PlotStyle& style,
             QImage image);

  PointRasteriser points;
  QImage pointImage;

private:
  struct Entry {
    std::uint64_t revision = 0;
    AxisMap x, y;
    QSizeF size;
    double pixelRatio = 0;
    const Theme* theme = nullptr;
    QImage image;
  };
  static Entry keyOf(const PathsItem& item, const Frame& frame, const PlotStyle& style);
  std::vector<Entry> m_entries;
};

/// A plot and how to paint it. `cache` may be null.
struct Scenery {
  const PlotModel& model;
  const Frame& frame;
  const PlotStyle& style;
  Interaction interaction = {};
  DrawCache* cache = nullptr;

  const Theme& theme() const { return *style.theme; }
  QPen pen(ColourRole role, double width, LineDash dash = LineDash::solid) const;
};

/// Bands, grid, field, bundles of paths, axes.
void drawBase(QPainter& painter, const Scenery& scenery, RenderReport& report);
void drawCurves(QPainter& painter, const Scenery& scenery);
/// Particles, then markers with their labels.
void drawPoints(QPainter& painter, const Scenery& scenery, RenderReport& report);
/// Vertical lines, labels of bands, handles, crosshair.
void drawOverlay(QPainter& painter, const Scenery& scenery);
/// Legend, note, message. `remark` is added to the note.
void drawTop(QPainter& painter, const Scenery& scenery, const QString& remark);

// Parts of the above.
void drawBands(QPainter& painter, const Scenery& scenery);
void drawBandLabels(QPainter& painter, const Scenery& scenery);
void drawField(QPainter& painter, const Scenery& scenery);
void drawAxes(QPainter& painter, const Scenery& scenery);
void drawGrid(QPainter& painter, const Scenery& scenery);
void drawPaths(QPainter& painter, const Scenery& scenery, RenderReport& report);
void drawParticles(QPainter& painter, const Scenery& scenery, RenderReport& report);
void drawMarkers(QPainter& painter, const Scenery& scenery);
void drawMarker(QPainter& painter, QPointF at, const MarkerStyle& marker, const Scenery& scenery);

/// A label on a patch of the background, `rect` as given by labelRect.
void drawLabel(QPainter& painter, const QRectF& rect, const QString& label, const QColor& colour,
               const Scenery& scenery);
QSizeF labelSize(const QString& label, const PlotStyle& style);
/// Where the labels of the vertical lines are; null where there is none.
std::vector<QRectF> lineLabelRects(const Scenery& scenery);

/// Where a handle is seen.
QPointF handlePixel(const PlotModel& model, const Frame& frame, double unit, int index);

/// `share` of a and the rest of b, opaque.
QColor mixed(const QColor& a, const QColor& b, double share);
QColor faded(QColor colour, double alpha);

/// The opacity of one of `count` particles or paths, where the style leaves it open.
double particleOpacity(const ParticleStyle& style, std::size_t count);
double pathOpacity(const PathStyle& style, std::size_t count);

}  // namespace separatrix
