#pragma once

#include "ui/theme.hpp"

#include <QPointF>
#include <QString>

#include <cstddef>
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

struct CurveStyle {
  ColourRole colour = ColourRole::potential;
  LineDash dash = LineDash::solid;
  double width = 1.8;
  bool fill = false;                ///< shade down to 0 (or the lower edge)
  PlotAxis yAxis = PlotAxis::left;  ///< left or right
  QString name = {};                ///< of the legend, math text; empty: not in the legend
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

struct VerticalLineStyle {
  ColourRole colour = ColourRole::timeLine;
  LineDash dash = LineDash::solid;
  double width = 1.5;
  bool draggable = false;
  QString label = {};  ///< at the upper end, math text; may be empty
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

/// How a plot is rendered into a figure; always in the light theme.
struct RenderOptions {
  double fontPoints = 9;  ///< of all text but sub- and superscripts; 1 pt = 96/72 pixels
  QString fontFamily;     ///< empty: the application's
  bool vector = false;    ///< thin particles and paths; nothing is rasterised
  double pixelRatio = 1;  ///< device pixels per pixel, for rasterised parts
  std::size_t maxParticles = 2000;
  std::size_t maxPaths = 200;
};

}  // namespace separatrix
