#include "ui/controls/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kShortDigits = 6;

/// "1.5e-07" → "1.5e-7", "1e+20" → "1e20".
QString tidyExponent(QString text) {
  const auto e = text.indexOf(QLatin1Char('e'));
  if (e < 0) return text;
  const bool negative = text[e + 1] == QLatin1Char('-');
  auto digits = e + 2;
  while (digits + 1 < text.size() && text[digits] == QLatin1Char('0')) ++digits;
  return text.left(e + 1) + (negative ? QStringLiteral("-") : QString()) + text.mid(digits);
}

}  // namespace

double roundedTo(double value, int digits) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, std::max(digits, 1) - 1);
  double rounded = value;
  std::from_chars(buffer.data(), end.ptr, rounded);
  return rounded;
}

QString exactNumber(double value) {
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e15);
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  return tidyExponent(QString::fromLatin1(buffer.data(), end.ptr - buffer.data()));
}

QString shortNumber(double value) {
  if (!std::isfinite(value) || value == 0) return exactNumber(value);
  const int integerDigits = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  const int digits = integerDigits <= 15 ? std::max(kShortDigits, integerDigits) : kShortDigits;
  return exactNumber(roundedTo(value, digits));
}

std::optional<double> parseNumber(const QString& text) {
  QString plain = text.trimmed();
  plain.replace(QChar(0x2212), QLatin1Char('-'));
  if (plain.startsWith(QLatin1Char('+')) && !plain.startsWith(QLatin1String("+-")))
    plain.remove(0, 1);
  const QByteArray bytes = plain.toUtf8();
  double value = 0;
  const auto result = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  const bool whole = result.ec == std::errc() && result.ptr == bytes.data() + bytes.size();
  if (!whole || !std::isfinite(value)) return std::nullopt;
  return value;
}

double niceStep(double size) {
  const double power = std::pow(10.0, std::floor(std::log10(size)));
  const double mantissa = size / power * (1 + 1e-12);
  const double nice = mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1;
  return roundedTo(nice * power, 1);
}

}  // namespace separatrix
