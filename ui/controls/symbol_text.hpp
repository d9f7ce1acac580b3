#pragma once

#include <QString>

#include <vector>

class QFont;
class QPainter;
class QPointF;

namespace separatrix {

/// A piece of math text set at one height.
struct SymbolRun {
  enum class Level { base, subscript, superscript };
  QString text;
  Level level = Level::base;
};

/// "β_min" → β and, lowered, min; "x_{0,1}^2" likewise. A lowered or raised part without braces is
/// the letters and digits (and *, +, −) that follow.
std::vector<SymbolRun> symbolRuns(const QString& text);

/// The same as rich text for labels: "<i>β</i><sub>min</sub>".
QString richSymbol(const QString& text);

/// The same without marks, for screen readers and where only plain text can be shown: "β min".
QString plainSymbol(const QString& text);

double symbolWidth(const QString& text, const QFont& font);

/// Draws with the painter's pen, from `origin` on the base line.
void drawSymbol(QPainter& painter, const QPointF& origin, const QString& text, const QFont& font);

}  // namespace separatrix
