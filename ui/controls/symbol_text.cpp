#include "ui/controls/symbol_text.hpp"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace separatrix {
namespace {

constexpr double kScriptScale = 0.75;
constexpr double kLower = 0.18;  ///< of the font's height
constexpr double kRaise = 0.34;

bool joinsScript(QChar c) {
  return c.isLetterOrNumber() || c.isMark() || QStringLiteral("*+-−′").contains(c);
}

/// Variables are slanted as in papers; words, numbers and operators stand upright.
bool isVariable(const SymbolRun& run) {
  if (run.level != SymbolRun::Level::base || run.text.isEmpty()) return false;
  const bool accented =
      std::all_of(run.text.begin() + 1, run.text.end(), [](QChar c) { return c.isMark(); });
  return run.text[0].isLetter() && accented;
}

QFont runFont(const SymbolRun& run, QFont font) {
  font.setItalic(isVariable(run));
  if (run.level == SymbolRun::Level::base) return font;
  if (font.pointSizeF() > 0)
    font.setPointSizeF(font.pointSizeF() * kScriptScale);
  else
    font.setPixelSize(qMax(1, qRound(font.pixelSize() * kScriptScale)));
  return font;
}

}  // namespace

std::vector<SymbolRun> symbolRuns(const QString& text) {
  std::vector<SymbolRun> runs;
  QString base;
  const auto flush = [&] {
    if (!base.isEmpty()) runs.push_back({base, SymbolRun::Level::base});
    base.clear();
  };
  qsizetype i = 0;
  while (i < text.size()) {
    const QChar mark = text[i];
    const bool script = (mark == QLatin1Char('_') || mark == QLatin1Char('^')) &&
                        i + 1 < text.size() && (!base.isEmpty() || !runs.empty());
    if (!script) {
      base += text[i++];
      continue;
    }
    const bool braced = text[i + 1] == QLatin1Char('{');
    const qsizetype begin = i + (braced ? 2 : 1);
    qsizetype end = begin;
    while (end < text.size() && (braced ? text[end] != QLatin1Char('}') : joinsScript(text[end])))
      ++end;
    if (end == begin) {
      base += text[i++];
      continue;
    }
    flush();
    runs.push_back({text.mid(begin, end - begin), mark == QLatin1Char('_')
                                                      ? SymbolRun::Level::subscript
                                                      : SymbolRun::Level::superscript});
    i = end + (braced && end < text.size() ? 1 : 0);
  }
  flush();
  return runs;
}

QString richSymbol(const QString& text) {
  QString rich;
  for (const SymbolRun& run : symbolRuns(text)) {
    const QString escaped = run.text.toHtmlEscaped();
    if (run.level == SymbolRun::Level::subscript)
      rich += QStringLiteral("<sub>%1</sub>").arg(escaped);
    else if (run.level == SymbolRun::Level::superscript)
      rich += QStringLiteral("<sup>%1</sup>").arg(escaped);
    else
      rich += isVariable(run) ? QStringLiteral("<i>%1</i>").arg(escaped) : escaped;
  }
  return rich;
}

QString plainSymbol(const QString& text) {
  QString plain;
  for (const SymbolRun& run : symbolRuns(text)) {
    if (run.level != SymbolRun::Level::base) plain += QLatin1Char(' ');
    plain += run.text;
  }
  return plain;
}

double symbolWidth(const QString& text, const QFont& font) {
  double width = 0;
  for (const SymbolRun& run : symbolRuns(text))
    width += QFontMetricsF(runFont(run, font)).horizontalAdvance(run.text);
  return width;
}

void drawSymbol(QPainter& painter, const QPointF& origin, const QString& text, const QFont& font) {
  const double height = QFontMetricsF(font).height();
  QPointF at = origin;
  for (const SymbolRun& run : symbolRuns(text)) {
    const QFont used = runFont(run, font);
    double drop = 0;
    if (run.level == SymbolRun::Level::subscript) drop = kLower * height;
    if (run.level == SymbolRun::Level::superscript) drop = -kRaise * height;
    painter.setFont(used);
    painter.drawText(at + QPointF(0, drop), run.text);
    at.rx() += QFontMetricsF(used).horizontalAdvance(run.text);
  }
}

}  // namespace separatrix
