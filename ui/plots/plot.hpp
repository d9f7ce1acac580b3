#pragma once

#include "ui/plots/plot_types.hpp"
#include "ui/theme.hpp"

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

class QPainter;

namespace separatrix {

/// One plot: a horizontal axis, a left and an optional right vertical axis, and what is drawn over
/// them. Everything set is copied; a change is drawn on the next turn of the event loop, and only
/// the layer it is in. Values that are not finite break a line and are left out elsewhere.
///
/// Ranges: an axis shows the range it was given (setRange) or else fits the data. The user zooms
/// with the wheel at the cursor (over an axis: that axis alone), pans by dragging, and goes back
/// with a double click; until then new data leave the ranges alone.
class Plot : public QWidget {
  Q_OBJECT

public:
  explicit Plot(QWidget* parent = nullptr);
  ~Plot() override;

  /// `theme` must outlive the plot, as lightTheme() and darkTheme() do.
  void setTheme(const Theme& theme);

  // --- Axes and ranges -------------------------------------------------------------------------
  /// The right axis is shown once it has a title or something drawn against it.
  void setAxis(PlotAxis axis, const AxisOptions& options);
  AxisOptions axis(PlotAxis axis) const;

  /// Shows this range instead of fitting the data; while the user has zoomed, it is what he goes
  /// back to. Throws InvalidInput unless finite and lower < upper.
  void setRange(PlotAxis axis, AxisRange range);
  /// Fits the data again.
  void clearRange(PlotAxis axis);
  /// The range shown now.
  AxisRange range(PlotAxis axis) const;

  /// While true (dragging, playing) new data leave the vertical ranges alone; false fits them.
  void holdRange(bool hold);
  bool isRangeHeld() const;
  /// Keeps the vertical ranges until unlocked; the user may still zoom and pan.
  void setRangeLocked(bool locked);
  bool isRangeLocked() const;
  /// Shows the range as if the user had zoomed there. One that is no range is ignored.
  void zoomTo(PlotAxis axis, AxisRange range);
  /// The user's zoom of an axis; none: not zoomed.
  std::optional<AxisRange> zoom(PlotAxis axis) const;
  /// Shows a vertical range from before while the ranges are locked. One that is no range is
  /// ignored.
  void restoreLocked(PlotAxis axis, AxisRange range);
  /// Ends the user's zoom.
  void resetView();
  bool isZoomed() const;
  /// One unit of the bottom axis is as long on the screen as one of the left axis: of the ranges
  /// that would be shown, one is widened about its centre (in figures and thumbnails by their own
  /// sizes). range() is the widened one; wheel and drag over an axis move both. Has no effect
  /// while either axis is logarithmic.
  void setEqualAspect(bool equal);
  bool isEqualAspect() const;

  // --- Curves ----------------------------------------------------------------------------------
  /// Curves are drawn in the order they were added.
  CurveId addCurve(const CurveStyle& style);
  void setCurveStyle(CurveId id, const CurveStyle& style);
  /// Replaces the points. `xs` need not ascend. Throws InvalidInput if the lengths differ.
  void setCurve(CurveId id, std::span<const double> xs, std::span<const double> ys);
  /// Replaces the points by several polylines of this style, as the branches of a diagram.
  void setCurves(CurveId id, std::span<const CurvePiece> pieces);
  void setCurveVisible(CurveId id, bool visible);
  void removeCurve(CurveId id);

  // --- Ghosts: what curves showed before ---------------------------------------------------------
  /// Keeps what the visible curves show now, under this name (one entry of the legend; of the same
  /// name before: replaced). Curves that are ghosts by style are left out. An empty name has no
  /// entry.
  void pinGhost(const QString& name);
  void removeGhost(const QString& name);
  void clearGhosts();
  bool hasGhosts() const;
  /// In the order they were pinned.
  QStringList ghostNames() const;
  /// For the document. setGhosts replaces all; those of a curve that the plot does not have are
  /// kept but not shown. Throws InvalidInput if the lengths in a piece differ.
  std::vector<PlotGhost> ghosts() const;
  void setGhosts(std::span<const PlotGhost> ghosts);
  /// Whether fits include the ghosts of visible curves; initially not.
  void setGhostsFitted(bool fitted);

  // --- Markers ---------------------------------------------------------------------------------
  MarkersId addMarkers(const MarkerStyle& style);
  void setMarkers(MarkersId id, std::span<const PlotMarker> markers);
  void setMarkersVisible(MarkersId id, bool visible);

  // --- Particles -------------------------------------------------------------------------------
  ParticlesId addParticles(const ParticleStyle& style);
  void setParticleStyle(ParticlesId id, const ParticleStyle& style);
  /// Up to some 10⁵ points; `groups` (index into the palette) is empty or as long as `xs`.
  void setParticles(ParticlesId id, std::span<const float> xs, std::span<const float> ys,
                    std::span<const std::uint8_t> groups = {});
  /// Particles that ride on a curve: their heights follow it, also when it is set anew. The curve's
  /// xs must ascend; particles beyond its ends are left out.
  void setParticlesOnCurve(ParticlesId id, std::span<const float> xs, CurveId curve,
                           std::span<const std::uint8_t> groups = {});
  void setParticlesVisible(ParticlesId id, bool visible);

  // --- Bundles of paths ------------------------------------------------------------------------
  PathsId addPaths(const PathStyle& style);
  void setPathStyle(PathsId id, const PathStyle& style);
  /// P paths over the same `xs` (strictly monotone, n ≥ 2); `ys` has P × n values in the order
  /// given; `groups` (index into the palette) is empty or has P values. Drawn once per data, range
  /// and size. Throws InvalidInput if the sizes do not fit.
  void setPaths(PathsId id, std::span<const double> xs, std::span<const float> ys,
                PathOrder order = PathOrder::pathMajor, std::span<const std::uint8_t> groups = {});
  void setPathsVisible(PathsId id, bool visible);

  // --- Maps --------------------------------------------------------------------------------------
  /// Maps are drawn in the order they were added, above the bands and beneath all else. A fit shows
  /// all of a map, without margins where nothing lies beyond it. The first visible one with a title
  /// has a colour bar at the right (beyond the right axis). Cells that are not finite are left out,
  /// but +infinity has the last colour.
  MapId addMap(const MapStyle& style);
  void setMapStyle(MapId id, const MapStyle& style);
  /// Throws InvalidInput unless there are grid.cells() values and the grid is one.
  void setMap(MapId id, const MapGrid& grid, std::span<const double> values);
  void setMap(MapId id, const MapGrid& grid, std::span<const float> values);
  /// Makes it a map of basins: the colour of a cell is that of its groups in the palette, averaged
  /// in linear light by `weights` (groups × cells, the cells of a group together; ≥ 0, at most 1
  /// in sum), translucent over the background; the style's `smooth` alone applies.
  void setBlend(MapId id, const MapGrid& grid, std::span<const float> weights,
                std::span<const ColourRole> palette);
  /// Empty again, until set.
  void clearMap(MapId id);
  void setMapVisible(MapId id, bool visible);
  void removeMap(MapId id);
  /// The values that the first and the last colour stand for; of a map without values {0, 1}.
  AxisRange mapRange(MapId id) const;
  /// The values of the contours drawn, ascending.
  std::vector<double> mapLevels(MapId id) const;

  // --- Vertical lines, bands, field --------------------------------------------------------------
  /// Moving a line redraws only its own layer. It is hidden until it has a position.
  LineId addVerticalLine(const VerticalLineStyle& style);
  void setLineStyle(LineId id, const VerticalLineStyle& style);
  /// The same in the other direction, at a value of the left axis; the functions and signals of
  /// lines apply to both.
  LineId addHorizontalLine(const VerticalLineStyle& style);
  /// NaN hides the line.
  void setLine(LineId id, double x);
  double line(LineId id) const;

  void setBands(std::span<const PlotBand> bands);
  /// Arrows under everything else. Their directions are those seen on the screen, their lengths
  /// grow with the magnitude and saturate at the spacing.
  void setField(std::span<const FieldArrow> arrows);

  // --- Handles -----------------------------------------------------------------------------------
  /// Points that the user drags (mouse, or arrow keys when selected; Shift: ten times as far).
  /// During a drag the dragged point stays under the cursor whatever is set.
  void setHandles(std::span<const QPointF> positions, const HandleOptions& options = {});
  std::vector<QPointF> handles() const;
  /// −1: none.
  int selectedHandle() const;
  void setSelectedHandle(int index);
  /// Snaps handles that are dragged to the ticks, labelled and minor, of the axes; arrow keys go
  /// from tick to tick. Alt inverts it: with Alt held they snap while this is false, and do not
  /// while it is true.
  void setSnapping(bool snapping);
  bool isSnapping() const;
  /// While true a click on an empty place emits pointPlaced instead of clicked; Ctrl+click always
  /// does.
  void setPlacing(bool placing);

  // --- Probe -------------------------------------------------------------------------------------
  /// A cross-haired ring in data units of the bottom and left axes, not in fits; nullopt or a
  /// position that is not finite: none. The user drags it as a handle (arrow keys when selected,
  /// Shift: ten times as far; Escape, Delete and Backspace remove it). During a drag it stays under
  /// the cursor whatever is set, in the directions it moves; the options always apply.
  void setProbe(std::optional<QPointF> position, const ProbeOptions& options = {});
  std::optional<QPointF> probe() const;
  /// Selecting the probe deselects the handles and the other way round.
  void setProbeSelected(bool selected);
  bool isProbeSelected() const;

  // --- Text and decoration
  // -------------------------------------------------------------------------
  void setLegendVisible(bool visible);
  void setLegendPlacement(LegendPlacement placement);
  /// A message over the plot ("computing…"); empty: none. Data stay visible, dimmed.
  void setMessage(const QString& message);
  /// A short remark above the right end ("s = 0.31"), math text; empty: none.
  void setNote(const QString& note);
  void setCrosshairVisible(bool visible);

  // --- Geometry
  // ------------------------------------------------------------------------------------
  /// The area inside the axes, in widget pixels.
  QRectF plotArea() const;
  /// Widget pixels ↔ data.
  QPointF toPixel(QPointF point, PlotAxis yAxis = PlotAxis::left) const;
  QPointF toData(QPointF pixel, PlotAxis yAxis = PlotAxis::left) const;

  // --- Figures
  // -------------------------------------------------------------------------------------
  /// Draws the plot with the ranges now shown into (0, 0, size) of a painter whose unit is 1/96
  /// inch, in the light theme and without marks of interaction. The widget is left as it is.
  RenderReport draw(QPainter& painter, QSizeF size, const RenderOptions& options) const;
  /// The plot as it is on the screen, at any size: thumbnails, screenshots.
  QImage thumbnail(QSize size, double pixelRatio) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  /// A range changed, by the user or by new data.
  void rangeChanged();
  /// The user zoomed or panned (true) or went back (false).
  void zoomedChanged(bool zoomed);
  /// In data units of the bottom and left axes.
  void cursorMoved(QPointF data);
  void cursorLeft();
  void lineDragged(LineId id, double x);
  void lineReleased(LineId id, double x);
  void handlePressed(int index);
  void handleDragged(int index, QPointF data);
  /// After a drag, also if it ended where it began, and after each step by key.
  void handleReleased(int index, QPointF data);
  void handleSelected(int index);
  /// Delete or Backspace on the selected handle.
  void deletePressed(int index);
  void pointPlaced(QPointF data);
  /// The wheel over a handle, in notches (away from the user: positive), instead of zooming.
  void handleWheel(int index, double steps);
  /// By the user.
  void probeMoved(QPointF data);
  /// After a drag and after each step by key.
  void probeReleased(QPointF data);
  /// The user removed it.
  void probeCleared();
  /// A press and release without a drag, inside the axes and on neither a handle, a line nor the
  /// probe. With the left button not while placing or with Ctrl held.
  void clicked(QPointF data, Qt::MouseButton button);
  /// A drag began on a particle of a set that is grabbable; `index` in the arrays as set, `data`
  /// where it is shown. If a receiver sets the probe, the drag goes on with the probe.
  void particlePressed(ParticlesId id, int index, QPointF data);

protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace separatrix

Q_DECLARE_METATYPE(separatrix::LineId)
Q_DECLARE_METATYPE(separatrix::ParticlesId)
