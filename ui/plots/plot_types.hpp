#pragma once

#include "ui/theme.hpp"

#include <QPointF>
#include <QString>

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

/// The nouns of Plot's interface. Sizes and widths are in pixels at a 12-pixel font and grow with
/// the font; coordinates are in data units unless said otherwise.
namespace separatrix {

/// The horizontal axis and the two vertical ones.
enum class PlotAxis { bottom, left, right };

enum class AxisScale { linear, logarithmic };

struct AxisOptions {
  QString title = {};                   ///< math text (math_text.hpp)
  bool reversed = false;                ///< larger values at the left or the bottom
  AxisScale scale = AxisScale::linear;  ///< logarithmic drops values ≤ 0
  bool includeZero = false;             ///< a fit always shows 0 (densities)
  bool ticks = true;                    ///< false: positions mean nothing but their order
};

struct AxisRange {
  double lower = 0;
  double upper = 1;  ///< > lower
  bool operator==(const AxisRange&) const = default;
};

/// Handles of things in a Plot; valid until the thing or its plot is removed.
enum class CurveId : int {};
enum class MarkersId : int {};
enum class ParticlesId : int {};
enum class PathsId : int {};
enum class LineId : int {};
enum class MapId : int {};

struct CurveStyle {
  ColourRole colour = ColourRole::potential;
  LineDash dash = LineDash::solid;
  double width = 1.8;
  bool fill = false;                ///< shade down to 0 (or the lower edge)
  PlotAxis yAxis = PlotAxis::left;  ///< left or right
  QString name = {};                ///< of the legend, math text; empty: not in the legend
  /// A histogram: each value is constant over its cell, whose centre is its x. Cells meet half way
  /// between their centres, which are strictly monotone; with `fill` the ends reach down too.
  bool step = false;
  /// Something to compare with: beneath the other curves, thinner, paler; not in fits.
  bool ghost = false;
  bool ghostFits = false;  ///< a ghost that fits include after all
};

/// One polyline of a curve; a NaN in either coordinate breaks it.
struct CurvePiece {
  std::vector<double> x = {}, y = {};  ///< equal lengths
};

enum class MarkerShape { disc, circle, square, diamond, star, cross };

struct MarkerStyle {
  MarkerShape shape = MarkerShape::disc;  ///< circle is hollow
  ColourRole colour = ColourRole::stable;
  double size = 8;  ///< diameter
  PlotAxis yAxis = PlotAxis::left;
  QString name = {};  ///< of the legend; empty: not in the legend
  /// Beneath everything else of its layer, smaller, paler, without labels; not in fits.
  bool ghost = false;
  bool ghostFits = false;  ///< a ghost that fits include after all
};

/// What one curve showed when it was pinned; drawn in the style of that curve, as a ghost, while
/// that curve is visible.
struct PlotGhost {
  QString name = {};                    ///< of the pin, shared by its curves; math text
  int curve = 0;                        ///< the curve's place in the order of addCurve
  std::vector<CurvePiece> pieces = {};  ///< as given to setCurves
};

struct PlotMarker {
  QPointF position = {};
  QString label = {};  ///< beside the marker where there is room, math text; may be empty
};

struct ParticleStyle {
  std::vector<ColourRole> palette = {ColourRole::particle};  ///< by group; repeats
  double size = 3;                                           ///< diameter
  double opacity = 0;  ///< 0 to 1 of one particle; 0: chosen by their number
  double spread = 9;   ///< how far those that ride on a curve scatter above it
  PlotAxis yAxis = PlotAxis::left;
  QString name = {};  ///< of the legend; empty: not in the legend
  /// A drag that begins on one of them emits particlePressed; elsewhere it pans.
  bool grabbable = false;
};

struct PathStyle {
  std::vector<ColourRole> palette = {ColourRole::series1};  ///< by group; repeats
  double width = 1;
  double opacity = 0;  ///< 0 to 1 of one path; 0: chosen by their number
  PlotAxis yAxis = PlotAxis::left;
  QString name = {};  ///< of the legend; empty: not in the legend
};

/// How a bundle's array is laid out: all steps of a path together, or all paths of a step.
enum class PathOrder { pathMajor, stepMajor };

/// Of a vertical or a horizontal line.
struct VerticalLineStyle {
  ColourRole colour = ColourRole::timeLine;
  LineDash dash = LineDash::solid;
  double width = 1.5;
  bool draggable = false;
  QString label = {};  ///< at the upper or right end, math text; may be empty
};

/// A shaded range of the horizontal axis.
struct PlotBand {
  double from = 0, to = 0;  ///< in either order; ±infinity reaches the edge
  ColourRole colour = ColourRole::muted;
  QString label = {};  ///< at the upper end where there is room, math text
};

/// An arrow at (x, y) along (dx, dy), in data units per the same unit of time.
struct FieldArrow {
  double x = 0, y = 0, dx = 0, dy = 0;
};

struct HandleOptions {
  bool horizontal = true;  ///< moves along the horizontal axis only
  bool onAxis = false;     ///< sits on the lower edge, whatever its y
  ColourRole colour = ColourRole::handle;
  /// Of each handle, ≥ 0, as the weights of points: areas are proportional to them, within limits
  /// (none vanishes or covers its neighbours). Empty: all alike. Throws InvalidInput unless as many
  /// as handles.
  std::vector<double> sizes = {};
  bool wheel = true;  ///< the wheel over a handle emits handleWheel; else it zooms
};

/// A ring with cross hairs that the user drags.
struct ProbeOptions {
  /// Beside the ring, wherever it fits in the plot; math text, lines separated by '\n'.
  QString text = {};
  ColourRole colour = ColourRole::critical;
  bool horizontal = false;  ///< moves along the horizontal axis only; its y is as set
};

/// Where the cells of a map are: nx × ny of equal size, in data units of the bottom and left axes.
struct MapGrid {
  /// Which neighbour in the array is the next: along y (index ix·ny + iy, as core's grids with the
  /// last axis fastest) or along x (index iy·nx + ix).
  enum class Order { yFastest, xFastest };

  AxisRange x, y;              ///< centres of the first and the last cells
  std::size_t nx = 0, ny = 0;  ///< ≥ 2 each
  Order order = Order::yFastest;
  std::size_t cells() const { return nx * ny; }
};

enum class MapPalette {
  viridis,    ///< for fields
  ink,        ///< from the background's colour to the text's: images
  diverging,  ///< blue below 0, the background's colour at 0, vermilion above; range symmetric
};

enum class MapScale {
  automatic,  ///< from the least to the greatest value, up to clipAbove
  robust,     ///< as automatic, but the top ends at the `robustShare` quantile: potentials rise
              ///< to walls that would take all the colours
  given,      ///< `range`
};

struct MapStyle {
  MapPalette palette = MapPalette::viridis;
  MapScale scale = MapScale::automatic;
  AxisRange range = {};      ///< of the colours, for MapScale::given
  double robustShare = 0.8;  ///< of the cells that the colours resolve, in (0, 1]
  /// Values above this have the last colour (automatic and robust).
  double clipAbove = std::numeric_limits<double>::infinity();
  int contours = 0;                 ///< at most about so many, at round values; 0: none
  std::vector<double> levels = {};  ///< of contours, instead of round values
  bool smooth = true;               ///< interpolate between the centres of the cells
  QString title = {};               ///< of the colour bar, math text; empty: no colour bar
};

enum class LegendPlacement { above, inside };

/// What a rendering left out, because a vector file of it would be too large.
struct RenderReport {
  std::size_t particles = 0, particlesShown = 0;
  std::size_t paths = 0, pathsShown = 0;

  bool thinned() const { return particlesShown < particles || pathsShown < paths; }
  /// "showing 2 000 of 100 000 particles", or empty.
  QString text() const;
  RenderReport& operator+=(const RenderReport& other);
};

/// How a plot is rendered into a figure, whatever theme the screen shows.
struct RenderOptions {
  double fontPoints = 9;  ///< of all text but sub- and superscripts; 1 pt = 96/72 pixels
  QString fontFamily;     ///< empty: the application's
  bool dark = false;      ///< in the dark theme, for slides
  bool vector = false;    ///< thin particles and paths; nothing is rasterised
  double pixelRatio = 1;  ///< device pixels per pixel, for rasterised parts
  std::size_t maxParticles = 2000;
  std::size_t maxPaths = 200;
};

}  // namespace separatrix
