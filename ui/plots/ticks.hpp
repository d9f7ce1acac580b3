#pragma once

#include "ui/plots/plot_types.hpp"

#include <QString>

#include <vector>

namespace separatrix {

/// Where an axis has ticks, and what stands at them.
struct Ticks {
  std::vector<double> values;   ///< labelled, ascending, within the range
  std::vector<double> minor;    ///< not labelled, ascending
  std::vector<QString> labels;  ///< of `values`, math text
  int exponent = 0;             ///< labels are values / 10^exponent
};

/// Ticks at multiples of 1, 2 or 5 times a power of ten, at most `maxCount` (≥ 2) of them unless
/// that leaves fewer than two. Values from 10⁵ up or below 10⁻³ share a power of ten.
Ticks linearTicks(AxisRange range, int maxCount);

/// Ticks at powers of ten (each, or each n-th); if the range has fewer than two, linear ones.
/// Throws nothing; a range that is not positive has no ticks.
Ticks logarithmicTicks(AxisRange range, int maxCount);

/// A number with a proper minus sign, `digits` significant ones, as math text: "−0.25",
/// "3.2×10^{5}".
QString formatNumber(double value, int digits);

}  // namespace separatrix
