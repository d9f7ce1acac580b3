#pragma once

#include <QString>

#include <optional>

namespace separatrix {

/// At most six significant digits, but never fewer than the integer part has: "0.1", "1e-7",
/// "1234567". Decimal point in every locale.
QString shortNumber(double value);

/// Shortest text that reads back as the same double.
QString exactNumber(double value);

/// A finite number as people type it (surrounding spaces, a leading +, the typographic minus),
/// with a decimal point in every locale; nothing otherwise.
std::optional<double> parseNumber(const QString& text);

/// The largest of 1, 2, 5 times a power of ten that is at most `size` (> 0).
double niceStep(double size);

/// The double nearest to `value` with that many significant digits.
double roundedTo(double value, int digits);

}  // namespace separatrix
