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
  bool hoveredProbe = false;
  std::optional<QPointF> crosshair;  ///< pixels
  bool operator==(const Interaction&) const = default;
};

/// All that an image drawn over the area depends on.
struct ImageKey {
  std::uint64_t revision = 0;
  AxisMap x, y;
  QSizeF size;
  double pixelRatio = 0;
  const Theme* theme = nullptr;
  bool operator==(const ImageKey&) const = default;

  static ImageKey of(std::uint64_t revision, PlotAxis yAxis, const Frame& frame,
                     const PlotStyle& style) {
    return {revision, frame.x, frame.y(yAxis), frame.area.size(), style.pixelRatio, style.theme};
  }
};

/// Images of the n-th of some items, drawn again only if something changed.
class ImageCache {
public:
  /// The image for this key, or null.
  const QImage* find(std::size_t index, const ImageKey& key) const;
  void store(std::size_t index, const ImageKey& key, QImage image);

private:
  struct Entry {
    ImageKey key;
    QImage image;
  };
  std::vector<Entry> m_entries;
};

/// What is kept from one painting to the next: bundles of paths, maps, and the memory for
/// particles.
struct DrawCache {
  ImageCache paths, maps;
  PointRasteriser points;
  QImage pointImage;
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

/// Bands, grid, maps, field, bundles of paths, axes.
void drawBase(QPainter& painter, const Scenery& scenery, RenderReport& report);
/// Ghosts, then curves.
void drawCurves(QPainter& painter, const Scenery& scenery);
/// Particles, then markers with their labels.
void drawPoints(QPainter& painter, const Scenery& scenery, RenderReport& report);
/// Lines, labels of bands, handles, probe, crosshair.
void drawOverlay(QPainter& painter, const Scenery& scenery);
/// Legend, note, message. `remark` is added to the note.
void drawTop(QPainter& painter, const Scenery& scenery, const QString& remark);

// Parts of the above.
void drawBands(QPainter& painter, const Scenery& scenery);
void drawBandLabels(QPainter& painter, const Scenery& scenery);
void drawMaps(QPainter& painter, const Scenery& scenery);
/// The bar that explains the colours of a map, where the frame has one.
void drawColourBar(QPainter& painter, const Scenery& scenery);
void drawField(QPainter& painter, const Scenery& scenery);
void drawAxes(QPainter& painter, const Scenery& scenery);
void drawGrid(QPainter& painter, const Scenery& scenery);
void drawPaths(QPainter& painter, const Scenery& scenery, RenderReport& report);
void drawParticles(QPainter& painter, const Scenery& scenery, RenderReport& report);
/// The ghosts among them, or the others with their labels.
void drawMarkers(QPainter& painter, const Scenery& scenery, bool ghosts);
void drawProbe(QPainter& painter, const Scenery& scenery);
void drawMarker(QPainter& painter, QPointF at, const MarkerStyle& marker, const Scenery& scenery);

/// A label on a patch of the background, `rect` as given by labelRect.
void drawLabel(QPainter& painter, const QRectF& rect, const QString& label, const QColor& colour,
               const Scenery& scenery);
QSizeF labelSize(const QString& label, const PlotStyle& style);
/// Where the labels of the vertical lines are; null where there is none.
std::vector<QRectF> lineLabelRects(const Scenery& scenery);

/// The pen of a curve, or of its ghost.
QPen curvePen(const CurveStyle& style, bool ghost, const Scenery& scenery);

/// An image that covers the area, pixel for pixel: a scaled painter would resample it.
void drawPixels(QPainter& painter, const QRectF& area, const QImage& image, double ratio);

/// The radius of a handle in pixels: its area follows its size.
double handleRadius(const PlotModel& model, double unit, int index);

/// The nearest particle of the sets that are grabbable within `reach` pixels.
struct NearParticle {
  int set = 0, index = 0;
  QPointF pixel;
};
std::optional<NearParticle> nearestParticle(const Scenery& scenery, QPointF at, double reach);

/// Where a handle is seen.
QPointF handlePixel(const PlotModel& model, const Frame& frame, double unit, int index);

/// `share` of a and the rest of b, opaque.
QColor mixed(const QColor& a, const QColor& b, double share);
QColor faded(QColor colour, double alpha);

/// The opacity of one of `count` particles or paths, where the style leaves it open.
double particleOpacity(const ParticleStyle& style, std::size_t count);
double pathOpacity(const PathStyle& style, std::size_t count);

}  // namespace separatrix
