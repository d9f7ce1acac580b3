#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

// Kolmogorov–Smirnov statistics, scaled so that one of them exceeds 1.95 with probability 0.001
// and 2.23 with probability 10⁻⁴ where the laws are the same.

namespace separatrix::test {

/// √n times the distance of the values' distribution from `cumulative`.
template <class Distribution>
double ksStatistic(std::vector<double> values, const Distribution& cumulative) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = cumulative(values[i]);
    const auto rank = static_cast<double>(i);
    largest = std::max({largest, expected - rank / n, (rank + 1) / n - expected});
  }
  return largest * std::sqrt(n);
}

/// √(n m/(n + m)) times the distance of two samples' distributions; ties count as one step.
inline double ksStatistic(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  double largest = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == x) ++i;
    while (j < b.size() && b[j] == x) ++j;
    largest = std::max(largest, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return largest * std::sqrt(n * m / (n + m));
}

}  // namespace separatrix::test
