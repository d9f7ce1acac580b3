#pragma once

#include "ui/plots/draw.hpp"

#include <QColor>
#include <QImage>

#include <cstdint>
#include <vector>

/// Colour maps as images; internal to ui/plots.
namespace separatrix {

/// The colours of a palette from its first value to its last, opaque, as 0xffrrggbb.
std::vector<std::uint32_t> colourTable(MapPalette palette, const Theme& theme);

/// The colour of a value of a map.
QColor colourOf(const MapItem& item, double value, const Theme& theme);

/// The map as seen through the axes of a frame: an image over its area at `ratio` pixels a pixel,
/// premultiplied; transparent beyond the map and where a value is not finite.
QImage mapImage(const MapItem& item, const Frame& frame, double ratio, const Theme& theme);

}  // namespace separatrix
