#pragma once

#include <QFont>
#include <QPointF>
#include <QString>

#include <vector>

class QPaintDevice;
class QPainter;

/// Labels with subscripts and superscripts. `_` and `^` apply to the letters and digits (and a
/// leading minus sign) that follow, or to a group in braces: "θ_c", "β_min", "U(x, s_{c})",
/// "σ^2", "10^{−4}", "x_0^2". A hyphen before a digit becomes a minus sign; `\_` is an underscore.
namespace separatrix {

/// A stretch of a label at one height.
struct MathRun {
  enum class Level { base, subscript, superscript };
  QString text;
  Level level = Level::base;
  bool operator==(const MathRun&) const = default;
};

std::vector<MathRun> parseMathText(const QString& label);

/// HTML for widgets: "θ<sub>c</sub>", escaped.
QString richText(const QString& label);

/// Without marks, for accessible names and file titles: "θc", "σ2" written "σ^2".
QString plainText(const QString& label);

/// The extent of a label in pixels of the device that the font is measured on (null: the screen).
struct MathExtent {
  double width = 0;
  double ascent = 0;   ///< above the baseline, room for a superscript included where there is one
  double descent = 0;  ///< below it
  double height() const { return ascent + descent; }
};
MathExtent measureMathText(const QString& label, const QFont& font, QPaintDevice* device = nullptr);

/// Draws a label in the painter's pen colour, its baseline starting at `baseline`.
void drawMathText(QPainter& painter, QPointF baseline, const QString& label, const QFont& font);

}  // namespace separatrix
