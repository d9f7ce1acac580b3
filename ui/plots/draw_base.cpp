#include "ui/plots/clip.hpp"
#include "ui/plots/draw.hpp"
#include "ui/plots/math_text.hpp"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

enum class Side { left, right };

/// Lines along the axes are crisp on a screen, exact in a vector file.
class CrispLines {
public:
  CrispLines(QPainter& painter, const Scenery& scenery) : m_painter(painter) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, scenery.style.vector);
  }
  ~CrispLines() { m_painter.restore(); }
  CrispLines(const CrispLines&) = delete;
  CrispLines& operator=(const CrispLines&) = delete;

private:
  QPainter& m_painter;
};

/// The colour of what is drawn against the right axis, if that is one colour, made legible.
QColor rightAxisColour(const Scenery& s) {
  for (const CurveItem& curve : s.model.curves) {
    if (!curve.visible || curve.style.yAxis != PlotAxis::right) continue;
    return mixed(s.theme().colour(curve.style.colour), s.theme().text, 0.7);
  }
  return s.theme().axis;
}

void drawTitle(QPainter& painter, const QString& title, QPointF centre, double angle,
               const QColor& colour, const PlotStyle& style) {
  if (title.isEmpty()) return;
  const MathExtent extent = measureMathText(title, style.titleFont, style.device);
  painter.save();
  painter.setPen(colour);
  painter.translate(centre);
  painter.rotate(angle);
  drawMathText(painter, {-extent.width / 2, (extent.ascent - extent.descent) / 2}, title,
               style.titleFont);
  painter.restore();
}

void drawHorizontalAxis(QPainter& painter, const Scenery& s) {
  const QRectF& area = s.frame.area;
  const double unit = s.style.unit;
  painter.setPen(QPen(s.theme().axis, unit));
  {
    const CrispLines crisp(painter, s);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    for (const double tick : s.frame.xTicks.values) {
      const double x = s.frame.x.toPixel(tick);
      painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4.5 * unit));
    }
    for (const double tick : s.frame.xTicks.minor) {
      const double x = s.frame.x.toPixel(tick);
      painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 2.5 * unit));
    }
  }
  const QFont& font = s.style.tickFont;
  for (std::size_t i = 0; i < s.frame.xTicks.labels.size(); ++i) {
    const QString& label = s.frame.xTicks.labels[i];
    const MathExtent extent = measureMathText(label, font, s.style.device);
    const double x = s.frame.x.toPixel(s.frame.xTicks.values[i]) - extent.width / 2;
    drawMathText(painter, {x, area.bottom() + 6.5 * unit + extent.ascent}, label, font);
  }
  if (s.frame.xTicks.exponent == 0) return;
  const QString power = QStringLiteral("×10^{%1}").arg(s.frame.xTicks.exponent);
  const MathExtent extent = measureMathText(power, font, s.style.device);
  drawMathText(painter,
               {area.right() - extent.width, s.frame.outer.bottom() - extent.descent - 2 * unit},
               power, font);
}

void drawVerticalAxis(QPainter& painter, const Scenery& s, Side side, const QColor& colour) {
  const QRectF& area = s.frame.area;
  const double unit = s.style.unit;
  const double away = side == Side::left ? -1 : 1;
  const double edge = side == Side::left ? area.left() : area.right();
  const AxisMap& map = side == Side::left ? s.frame.left : s.frame.right;
  const Ticks& ticks = side == Side::left ? s.frame.leftTicks : s.frame.rightTicks;
  painter.setPen(QPen(colour, unit));
  {
    const CrispLines crisp(painter, s);
    painter.drawLine(QPointF(edge, area.top()), QPointF(edge, area.bottom()));
    for (const double tick : ticks.values) {
      const double y = map.toPixel(tick);
      painter.drawLine(QPointF(edge, y), QPointF(edge + away * 4.5 * unit, y));
    }
    for (const double tick : ticks.minor) {
      const double y = map.toPixel(tick);
      painter.drawLine(QPointF(edge, y), QPointF(edge + away * 2.5 * unit, y));
    }
  }
  const QFont& font = s.style.tickFont;
  const double capHeight = QFontMetricsF(font, s.style.device).capHeight();
  for (std::size_t i = 0; i < ticks.labels.size(); ++i) {
    const double width = measureMathText(ticks.labels[i], font, s.style.device).width;
    const double x = edge + away * 7.5 * unit - (side == Side::left ? width : 0);
    drawMathText(painter, {x, map.toPixel(ticks.values[i]) + capHeight / 2}, ticks.labels[i], font);
  }
  if (ticks.exponent == 0) return;
  const QString power = QStringLiteral("×10^{%1%2}")
                            .arg(ticks.exponent < 0 ? QStringLiteral("−") : QString())
                            .arg(std::abs(ticks.exponent));
  const double width = measureMathText(power, font, s.style.device).width;
  const double x = side == Side::left ? std::max(edge - width, s.frame.outer.left()) : edge;
  drawMathText(painter, {x, area.top() - 7 * unit}, power, font);
}

QRectF bandRect(const PlotBand& band, const Frame& frame) {
  const QRectF& area = frame.area;
  const auto edge = [&](double x) {
    if (!std::isinf(x)) return std::clamp(frame.x.toPixel(x), area.left(), area.right());
    return x < 0 ? frame.x.atLower : frame.x.atUpper;
  };
  const double a = edge(band.from), b = edge(band.to);
  return {QPointF(std::min(a, b), area.top()), QPointF(std::max(a, b), area.bottom())};
}

bool crossedByLine(const Scenery& s, double left, double right) {
  return std::ranges::any_of(s.model.lines, [&](const LineItem& line) {
    const double x = s.frame.x.toPixel(line.x);
    return line.shown && !line.horizontal && x >= left && x <= right;
  });
}

double spacingOf(std::vector<double> pixels) {
  std::ranges::sort(pixels);
  const double span = pixels.back() - pixels.front();
  int distinct = 1;
  for (std::size_t i = 1; i < pixels.size(); ++i) {
    distinct += pixels[i] - pixels[i - 1] > 1e-6 * span ? 1 : 0;
  }
  return distinct > 1 ? span / (distinct - 1) : span;
}

/// The distances between neighbours of a grid of arrows, or of as many spread evenly.
QSizeF arrowSpacing(const Scenery& s) {
  std::vector<double> xs, ys;
  for (const FieldArrow& arrow : s.model.field) {
    xs.push_back(s.frame.x.toPixel(arrow.x));
    ys.push_back(s.frame.left.toPixel(arrow.y));
  }
  const QSizeF grid(spacingOf(xs), spacingOf(ys));
  const double area = s.frame.area.width() * s.frame.area.height();
  const double even = std::sqrt(area / static_cast<double>(s.model.field.size()));
  const double least = 0.2 * even;  // scattered arrows look like a fine grid
  return {grid.width() > least ? grid.width() : even, grid.height() > least ? grid.height() : even};
}

/// The middle of an arrow moved so that neither end leaves the area.
QPointF slidInside(QPointF middle, QPointF half, const QRectF& area) {
  const double w = std::min(std::abs(half.x()), area.width() / 2);
  const double h = std::min(std::abs(half.y()), area.height() / 2);
  return {std::clamp(middle.x(), area.left() + w, area.right() - w),
          std::clamp(middle.y(), area.top() + h, area.bottom() - h)};
}

double typicalLength(std::vector<double> lengths) {
  if (lengths.empty()) return 1;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle > 0 ? *middle : 1;
}

}  // namespace

QPen Scenery::pen(ColourRole role, double width, LineDash dash) const {
  QPen pen(theme().colour(role), width * style.unit, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  const std::vector<double> pattern = dashPattern(dash);
  if (!pattern.empty()) pen.setDashPattern({pattern.begin(), pattern.end()});
  return pen;
}

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto mix = [&](double x, double y) {
    return static_cast<int>(std::lround(255 * (share * x + (1 - share) * y)));
  };
  return {mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF())};
}

QColor faded(QColor colour, double alpha) {
  colour.setAlphaF(static_cast<float>(std::clamp(alpha, 0.0, 1.0)));
  return colour;
}

void drawBands(QPainter& painter, const Scenery& s) {
  for (const PlotBand& band : s.model.bands) {
    const QRectF rect = bandRect(band, s.frame);
    if (!(rect.width() > 0)) continue;
    const QColor colour = s.theme().colour(band.colour);
    painter.fillRect(rect, faded(colour, s.theme().dark ? 0.13 : 0.09));
  }
}

void drawBandLabels(QPainter& painter, const Scenery& s) {
  const double unit = s.style.unit;
  for (const PlotBand& band : s.model.bands) {
    const QRectF rect = bandRect(band, s.frame);
    const MathExtent extent = measureMathText(band.label, s.style.tickFont, s.style.device);
    const double room = rect.width() - extent.width - 8 * unit;
    if (band.label.isEmpty() || room < 0) continue;
    double left = rect.center().x() - extent.width / 2;
    for (const double share : {0.5, 0.0, 1.0, 0.25, 0.75}) {
      const double candidate = rect.left() + 4 * unit + share * room;
      if (!crossedByLine(s, candidate - 2 * unit, candidate + extent.width + 2 * unit)) {
        left = candidate;
        break;
      }
    }
    painter.setPen(mixed(s.theme().colour(band.colour), s.theme().text, 0.6));
    drawMathText(painter, {left, rect.top() + 4 * unit + extent.ascent}, band.label,
                 s.style.tickFont);
  }
}

void drawGrid(QPainter& painter, const Scenery& s) {
  const CrispLines crisp(painter, s);
  const QRectF& area = s.frame.area;
  painter.setPen(QPen(s.theme().grid, s.style.unit));
  for (const double tick : s.frame.xTicks.values) {
    const double x = s.frame.x.toPixel(tick);
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
  }
  for (const double tick : s.frame.leftTicks.values) {
    const double y = s.frame.left.toPixel(tick);
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
  }
}

void drawField(QPainter& painter, const Scenery& s) {
  if (s.model.field.empty()) return;
  const double scaleX =
      (s.frame.x.atUpper - s.frame.x.atLower) / (s.frame.x.range.upper - s.frame.x.range.lower);
  const double scaleY = (s.frame.left.atUpper - s.frame.left.atLower) /
                        (s.frame.left.range.upper - s.frame.left.range.lower);
  std::vector<double> lengths;
  for (const FieldArrow& arrow : s.model.field) {
    lengths.push_back(std::hypot(arrow.dx * scaleX, arrow.dy * scaleY));
  }
  const double typical = typicalLength(lengths);
  const QSizeF spacing = arrowSpacing(s);
  QPainterPath shafts, heads;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const FieldArrow& arrow = s.model.field[i];
    QPointF at(s.frame.x.toPixel(arrow.x), s.frame.left.toPixel(arrow.y));
    if (!(lengths[i] > 0) || !s.frame.area.contains(at)) continue;
    const QPointF along = QPointF(arrow.dx * scaleX, arrow.dy * scaleY) / lengths[i];
    const double longest = std::min(0.8 / std::max(std::abs(along.x()) / spacing.width(),
                                                   std::abs(along.y()) / spacing.height()),
                                    34 * s.style.unit);
    const double length = longest * std::tanh(0.8 * lengths[i] / typical);
    if (!(length > 1.2 * s.style.unit)) continue;
    const double head = std::clamp(0.24 * longest, 2.5 * s.style.unit, 5 * s.style.unit);
    at = slidInside(at, along * (length / 2), s.frame.area);
    const QPointF across(-along.y(), along.x());
    const QPointF tip = at + along * (length / 2);
    const double size = std::min(head, 0.7 * length);
    shafts.moveTo(at - along * (length / 2));
    shafts.lineTo(tip - along * size * 0.8);
    heads.addPolygon(QPolygonF({tip, tip - along * size + across * size * 0.42,
                                tip - along * size - across * size * 0.42, tip}));
  }
  painter.setBrush(Qt::NoBrush);
  QColor colour = s.theme().colour(ColourRole::field);
  if (s.model.showsMap(true)) {  // its colours go from dark to light
    painter.setPen(
        QPen(QColor(0, 0, 0, 90), 2.6 * s.style.unit, Qt::SolidLine, Qt::SquareCap, Qt::BevelJoin));
    painter.drawPath(shafts);
    painter.drawPath(heads);
    colour = Qt::white;
  } else if (s.model.showsMap(false)) {
    colour = faded(s.theme().text, 0.5);
  }
  painter.setPen(QPen(colour, s.style.unit));
  painter.drawPath(shafts);
  painter.fillPath(heads, colour);
}

void drawAxes(QPainter& painter, const Scenery& s) {
  painter.setBrush(Qt::NoBrush);
  drawHorizontalAxis(painter, s);
  drawVerticalAxis(painter, s, Side::left, s.theme().axis);
  const PlotModel& model = s.model;
  drawTitle(painter, model.axis(PlotAxis::bottom).options.title, s.frame.bottomTitle, 0,
            s.theme().text, s.style);
  drawTitle(painter, model.axis(PlotAxis::left).options.title, s.frame.leftTitle, -90,
            s.theme().text, s.style);
  if (!s.frame.hasRight) return;
  const QColor colour = rightAxisColour(s);
  drawVerticalAxis(painter, s, Side::right, colour);
  drawTitle(painter, model.axis(PlotAxis::right).options.title, s.frame.rightTitle, -90, colour,
            s.style);
}

void drawBase(QPainter& painter, const Scenery& s, RenderReport& report) {
  painter.setRenderHint(QPainter::Antialiasing);
  drawBands(painter, s);
  drawGrid(painter, s);
  drawMaps(painter, s);
  drawField(painter, s);
  drawPaths(painter, s, report);
  drawAxes(painter, s);
  drawColourBar(painter, s);
}

}  // namespace separatrix
