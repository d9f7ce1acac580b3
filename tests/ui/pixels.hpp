#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

#include <cmath>

namespace separatrix::test {

/// Whether a pixel within `reach` of the place has about this colour.
inline bool hasColourNear(const QImage& image, QPointF at, const QColor& colour, int reach) {
  for (int dx = -reach; dx <= reach; ++dx)
    for (int dy = -reach; dy <= reach; ++dy) {
      const QPoint pixel = at.toPoint() + QPoint(dx, dy);
      if (!image.rect().contains(pixel)) continue;
      const QColor there = image.pixelColor(pixel);
      if (std::abs(there.red() - colour.red()) + std::abs(there.green() - colour.green()) +
              std::abs(there.blue() - colour.blue()) <
          60)
        return true;
    }
  return false;
}

}  // namespace separatrix::test
