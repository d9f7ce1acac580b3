#include "ui/plots/math_text.hpp"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace separatrix {
namespace {

using Level = MathRun::Level;
constexpr double kScriptScale = 0.74;
constexpr double kSubscriptDrop = 0.20;    // of the font's height, below the baseline
constexpr double kSuperscriptRise = 0.38;  // of the ascent, above it
const QChar kMinus(0x2212);

void append(std::vector<MathRun>& runs, const QString& text, Level level) {
  if (text.isEmpty()) return;
  if (!runs.empty() && runs.back().level == level && level == Level::base) {
    runs.back().text += text;
  } else {
    runs.push_back({text, level});
  }
}

/// A hyphen that stands before a digit and not between two letters or digits is a minus sign.
QString withMinusSigns(QString text) {
  for (qsizetype i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != u'-' || !text[i + 1].isDigit()) continue;
    if (i == 0 || !text[i - 1].isLetterOrNumber()) text[i] = kMinus;
  }
  return text;
}

/// The script that starts at `i`, just behind its mark; moves `i` past it.
QString takeScript(const QString& label, qsizetype& i) {
  if (i < label.size() && label[i] == u'{') {
    const qsizetype close = label.indexOf(u'}', i);
    const qsizetype end = close < 0 ? label.size() : close;
    const QString group = label.mid(i + 1, end - i - 1);
    i = std::min(end + 1, label.size());
    return group;
  }
  const qsizetype start = i;
  if (i < label.size() && (label[i] == u'-' || label[i] == kMinus)) ++i;
  while (i < label.size() && label[i].isLetterOrNumber()) ++i;
  if (i == start && i < label.size() && !label[i].isSpace()) ++i;  // as in x^*
  return label.mid(start, i - start);
}

QFont scriptFont(const QFont& font) {
  QFont small = font;
  if (font.pointSizeF() > 0) {
    small.setPointSizeF(font.pointSizeF() * kScriptScale);
  } else {
    small.setPixelSize(std::max(1, qRound(font.pixelSize() * kScriptScale)));
  }
  return small;
}

QFontMetricsF metricsOf(const QFont& font, const QPaintDevice* device) {
  return device ? QFontMetricsF(font, device) : QFontMetricsF(font);
}

/// Calls `visit(run, x)` for each run with its left end; returns the width of all. A subscript and
/// a superscript next to each other start at the same place.
template <class Visit>
double layOut(const std::vector<MathRun>& runs, const QFontMetricsF& base,
              const QFontMetricsF& script, Visit&& visit) {
  double x = 0, stackStart = 0, stackEnd = 0;
  bool stackable = false;
  Level previous = Level::base;
  for (const MathRun& run : runs) {
    const bool isBase = run.level == Level::base;
    if (isBase || !stackable || run.level == previous) {
      stackStart = x;
    } else {
      x = stackStart;
    }
    visit(run, x);
    const double end = x + (isBase ? base : script).horizontalAdvance(run.text);
    stackEnd = isBase ? end : std::max(stackEnd, end);
    x = isBase ? end : stackEnd;
    stackable = !isBase && !stackable;
    previous = run.level;
  }
  return x;
}

}  // namespace

std::vector<MathRun> parseMathText(const QString& label) {
  std::vector<MathRun> runs;
  QString plain;
  const auto flush = [&] {
    append(runs, withMinusSigns(plain), Level::base);
    plain.clear();
  };
  for (qsizetype i = 0; i < label.size();) {
    const QChar c = label[i++];
    if (c == u'\\' && i < label.size()) {
      plain += label[i++];
    } else if (c == u'_' || c == u'^') {
      flush();
      append(runs, withMinusSigns(takeScript(label, i)),
             c == u'_' ? Level::subscript : Level::superscript);
    } else {
      plain += c;
    }
  }
  flush();
  return runs;
}

QString richText(const QString& label) {
  QString html;
  for (const MathRun& run : parseMathText(label)) {
    const QString text = run.text.toHtmlEscaped();
    switch (run.level) {
      case Level::base:
        html += text;
        break;
      case Level::subscript:
        html += QStringLiteral("<sub>") + text + QStringLiteral("</sub>");
        break;
      case Level::superscript:
        html += QStringLiteral("<sup>") + text + QStringLiteral("</sup>");
        break;
    }
  }
  return html;
}

QString plainText(const QString& label) {
  QString plain;
  for (const MathRun& run : parseMathText(label)) {
    if (run.level == Level::superscript) plain += u'^';
    plain += run.text;
  }
  return plain;
}

MathExtent measureMathText(const QString& label, const QFont& font, QPaintDevice* device) {
  const QFontMetricsF base = metricsOf(font, device);
  const QFontMetricsF script = metricsOf(scriptFont(font), device);
  MathExtent extent{.ascent = base.ascent(), .descent = base.descent()};
  extent.width = layOut(parseMathText(label), base, script, [&](const MathRun& run, double) {
    if (run.level == Level::superscript) {
      extent.ascent =
          std::max(extent.ascent, base.ascent() * kSuperscriptRise + script.ascent() * 0.92);
    } else if (run.level == Level::subscript) {
      extent.descent =
          std::max(extent.descent, base.height() * kSubscriptDrop + script.descent() * 0.8);
    }
  });
  return extent;
}

void drawMathText(QPainter& painter, QPointF baseline, const QString& label, const QFont& font) {
  const QFont small = scriptFont(font);
  const QFontMetricsF base = metricsOf(font, painter.device());
  const QFontMetricsF script = metricsOf(small, painter.device());
  const QFont before = painter.font();
  layOut(parseMathText(label), base, script, [&](const MathRun& run, double x) {
    double dy = 0;
    if (run.level == Level::subscript) dy = base.height() * kSubscriptDrop;
    if (run.level == Level::superscript) dy = -base.ascent() * kSuperscriptRise;
    painter.setFont(run.level == Level::base ? font : small);
    painter.drawText(baseline + QPointF(x, dy), run.text);
  });
  painter.setFont(before);
}

}  // namespace separatrix
