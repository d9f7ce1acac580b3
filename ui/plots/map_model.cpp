#include "ui/plots/plot_model.hpp"
#include "ui/plots/ticks.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// From the least of the finite values to what lies above all but a share of them.
AxisRange quantileRange(std::vector<double> values, double share) {
  std::erase_if(values, [](double value) { return !plottable(value); });
  if (values.empty()) return {};
  const double last = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto top = values.begin() + static_cast<std::ptrdiff_t>(std::lround(last));
  std::nth_element(values.begin(), top, values.end());
  return {*std::min_element(values.begin(), top + 1), *top};
}

/// A range of some width, whatever the values were.
AxisRange widened(AxisRange range) {
  const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
  if (range.upper - range.lower > 1e-9 * largest) return range;
  const double half = largest > 0 ? 0.05 * largest : 0.5;
  return {range.lower - half, range.lower + half};
}

AxisRange colourRange(const MapItem& item) {
  const MapStyle& style = item.style;
  if (style.scale == MapScale::given && style.range.lower < style.range.upper) return style.range;
  AxisRange range =
      quantileRange(item.values, style.scale == MapScale::robust ? style.robustShare : 1);
  if (style.clipAbove > range.lower) range.upper = std::min(range.upper, style.clipAbove);
  if (style.palette == MapPalette::diverging) {
    const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
    range = {-largest, largest};
    if (!(largest > 0)) return {-1, 1};
  }
  return widened(range);
}

}  // namespace

void scaleColours(MapItem& item) {
  item.levels.clear();
  item.colours = {};
  item.clipped = false;
  if (item.values.empty()) return;
  item.colours = colourRange(item);
  item.clipped =
      std::ranges::any_of(item.values, [&](double value) { return value > item.colours.upper; });
  item.levels = item.style.levels;
  if (item.levels.empty() && item.style.contours > 0) {
    item.levels = linearTicks(item.colours, item.style.contours + 1).values;  // ends are none
    std::erase_if(item.levels, [&](double level) {
      return !(level > item.colours.lower && level < item.colours.upper);
    });
  }
  std::erase_if(item.levels, [](double level) { return !plottable(level); });
  std::ranges::sort(item.levels);
}

AxisRange cellsAlong(AxisRange centres, std::size_t count) {
  const double half = (centres.upper - centres.lower) / static_cast<double>(2 * (count - 1));
  return {centres.lower - half, centres.upper + half};
}

bool PlotModel::showsMap(bool values) const {
  return std::ranges::any_of(
      maps, [&](const MapItem& item) { return item.shown() && item.values.empty() != values; });
}

int PlotModel::colourBarMap() const {
  for (std::size_t i = 0; i < maps.size(); ++i) {
    if (maps[i].shown() && !maps[i].values.empty() && !maps[i].style.title.isEmpty()) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

}  // namespace separatrix
