#pragma once

#include "core/runtime/types.hpp"

#include <cmath>

namespace separatrix {

/// An average over samples.
struct Average {
  double value = 0;
  double standardError = 0;
};

/// Mean and variance of numbers as they come (Welford 1962).
class Moments {
public:
  void add(double value) {
    const double step = value - m_mean;
    m_mean += step / static_cast<double>(++m_count);
    m_squares += step * (value - m_mean);
  }
  double mean() const { return m_mean; }
  /// Over their number; 0 of none.
  double variance() const { return m_count > 0 ? m_squares / static_cast<double>(m_count) : 0; }
  Average average() const {
    const auto n = static_cast<double>(m_count);
    return {m_mean, m_count > 1 ? std::sqrt(m_squares / (n * (n - 1))) : 0};
  }

private:
  Index m_count = 0;
  double m_mean = 0, m_squares = 0;
};

}  // namespace separatrix
