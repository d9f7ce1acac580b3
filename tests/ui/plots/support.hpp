#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

#include <cmath>
#include <cstdlib>

namespace separatrix {

inline bool near(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance;
}

/// Whether a pixel near `at` has about this hue: the ink may be anti-aliased.
inline bool inkAt(const QImage& image, QPointF at, const QColor& colour) {
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const QColor c = image.pixelColor(at.toPoint() + QPoint(dx, dy));
      if (std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) +
              std::abs(c.blue() - colour.blue()) <
          60) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace separatrix
