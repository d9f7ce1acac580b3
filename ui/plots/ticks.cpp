#include "ui/plots/ticks.hpp"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

const QChar kMinus(0x2212);

QString fixed(double value, int decimals) {
  QString text = QString::number(value, 'f', decimals);
  if (text.startsWith(u'-')) {
    const bool zero =
        std::all_of(text.cbegin() + 1, text.cend(), [](QChar c) { return c == u'0' || c == u'.'; });
    text = zero ? text.mid(1) : kMinus + text.mid(1);
  }
  return text;
}

struct Step {
  double size = 1;
  int exponent = 0;  // size = mantissa × 10^exponent
  int mantissa = 1;  // 1, 2 or 5
};

/// The smallest nice step that is at least `least`.
Step niceStep(double least) {
  Step step;
  step.exponent = static_cast<int>(std::floor(std::log10(least)));
  const double scaled = least / std::pow(10.0, step.exponent);
  step.mantissa = scaled <= 1.0 + 1e-9   ? 1
                  : scaled <= 2.0 + 1e-9 ? 2
                  : scaled <= 5.0 + 1e-9 ? 5
                                         : 10;
  if (step.mantissa == 10) {
    step.mantissa = 1;
    ++step.exponent;
  }
  step.size = step.mantissa * std::pow(10.0, step.exponent);
  return step;
}

std::vector<double> multiples(AxisRange range, double step) {
  std::vector<double> values;
  const double slack = 1e-9 * (range.upper - range.lower) / step;
  const double first = std::ceil(range.lower / step - slack);
  const double last = std::floor(range.upper / step + slack);
  if (!(last - first < 1000)) return values;
  for (double k = first; k <= last; k += 1) values.push_back(k * step);
  return values;
}

/// Decimal places that tell the multiples of 10^stepExponent apart.
int decimalsFor(int stepExponent) {
  return std::max(0, -stepExponent);
}

}  // namespace

Ticks linearTicks(AxisRange range, int maxCount) {
  Ticks ticks;
  const double width = range.upper - range.lower;
  if (!(width > 0) || !std::isfinite(width)) return ticks;
  Step step = niceStep(width / std::max(maxCount, 2));
  ticks.values = multiples(range, step.size);
  while (static_cast<int>(ticks.values.size()) > std::max(maxCount, 2)) {
    step = niceStep(step.size * 1.5);
    ticks.values = multiples(range, step.size);
  }
  while (ticks.values.size() < 2 && step.size > width * 1e-3) {
    step = niceStep(step.size * 0.35);
    ticks.values = multiples(range, step.size);
  }
  const int parts = step.mantissa == 2 ? 4 : 5;
  ticks.minor = multiples(range, step.size / parts);
  std::erase_if(ticks.minor, [&](double minor) {
    const double whole = minor / step.size;
    return std::abs(whole - std::round(whole)) < 1e-6;
  });

  const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
  const int magnitude = static_cast<int>(std::floor(std::log10(largest)));
  if (magnitude >= 5 || magnitude < -3) ticks.exponent = magnitude;
  const double unit = std::pow(10.0, ticks.exponent);
  for (const double value : ticks.values) {
    ticks.labels.push_back(fixed(value / unit, decimalsFor(step.exponent - ticks.exponent)));
  }
  return ticks;
}

Ticks logarithmicTicks(AxisRange range, int maxCount) {
  Ticks ticks;
  if (!(range.lower > 0) || !(range.upper > range.lower) || !std::isfinite(range.upper)) {
    return ticks;
  }
  const int first = static_cast<int>(std::ceil(std::log10(range.lower) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(range.upper) + 1e-9));
  if (last - first < 1) return linearTicks(range, maxCount);
  const int every = std::max(1, (last - first + maxCount) / std::max(maxCount, 2));
  for (int power = first - 1; power <= last; ++power) {
    const double decade = std::pow(10.0, power);
    if (power >= first && power % every == 0) {
      ticks.values.push_back(decade);
      ticks.labels.push_back(QStringLiteral("10^{%1}").arg(fixed(power, 0)));
    } else if (power >= first) {
      ticks.minor.push_back(decade);
    }
    for (int k = 2; every == 1 && k < 10; ++k) {
      const double value = k * decade;
      if (value >= range.lower && value <= range.upper) ticks.minor.push_back(value);
    }
  }
  return ticks;
}

QString formatNumber(double value, int digits) {
  if (std::isnan(value)) return QStringLiteral("–");
  if (std::isinf(value)) return value < 0 ? kMinus + QStringLiteral("∞") : QStringLiteral("∞");
  if (value == 0) return QStringLiteral("0");
  const QString text = QString::number(value, 'e', std::max(digits, 1) - 1);
  const qsizetype mark = text.indexOf(u'e');
  const int exponent = text.mid(mark + 1).toInt();
  if (exponent >= -4 && exponent < std::max(digits, 5)) {
    return fixed(value, std::max(0, digits - 1 - exponent));
  }
  QString mantissa = text.left(mark);
  if (mantissa.startsWith(u'-')) mantissa = kMinus + mantissa.mid(1);
  return QStringLiteral("%1×10^{%2}").arg(mantissa, fixed(exponent, 0));
}

}  // namespace separatrix
