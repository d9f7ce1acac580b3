#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"
#include "ui/plots/plot_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

void requireGrid(const MapGrid& grid) {
  for (const auto& [name, range] : {std::pair{"x", grid.x}, std::pair{"y", grid.y}}) {
    if (!plottable(range.lower) || !plottable(range.upper) || !(range.lower < range.upper)) {
      throw InvalidInput(name, "from " + std::to_string(range.lower) + " to " +
                                   std::to_string(range.upper) +
                                   " is empty or not finite; give lower < upper");
    }
  }
  if (grid.nx < 2 || grid.ny < 2) {
    throw InvalidInput("cells", std::to_string(grid.nx) + " × " + std::to_string(grid.ny) +
                                    " are too few; give at least 2 × 2");
  }
}

/// Appends the cells of one array with x fastest.
template <class From, class To>
void appendRows(std::span<const From> from, const MapGrid& grid, std::vector<To>& to) {
  if (grid.order == MapGrid::Order::xFastest) {
    to.insert(to.end(), from.begin(), from.end());
    return;
  }
  for (std::size_t iy = 0; iy < grid.ny; ++iy) {
    for (std::size_t ix = 0; ix < grid.nx; ++ix) {
      to.push_back(static_cast<To>(from[ix * grid.ny + iy]));
    }
  }
}

template <class T>
void setValues(MapItem& item, const MapGrid& grid, std::span<const T> values) {
  requireGrid(grid);
  requireLength("values", values.size(), grid.cells());
  item.values.clear();
  item.values.reserve(values.size());
  appendRows(values, grid, item.values);
  item.weights.clear();
  item.palette.clear();
  item.grid = grid;
  item.grid.order = MapGrid::Order::xFastest;
  scaleColours(item);
}

}  // namespace

MapId Plot::addMap(const MapStyle& style) {
  MapItem item;
  item.style = style;
  m_impl->model.maps.push_back(std::move(item));
  return lastId<MapId>(m_impl->model.maps);
}

void Plot::setMapStyle(MapId id, const MapStyle& style) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  item.style = style;
  scaleColours(item);
  m_impl->mapChanged(item);
}

void Plot::setMap(MapId id, const MapGrid& grid, std::span<const double> values) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  setValues(item, grid, values);
  m_impl->mapChanged(item);
}

void Plot::setMap(MapId id, const MapGrid& grid, std::span<const float> values) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  setValues(item, grid, values);
  m_impl->mapChanged(item);
}

void Plot::setBlend(MapId id, const MapGrid& grid, std::span<const float> weights,
                    std::span<const ColourRole> palette) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  requireGrid(grid);
  requireLength("weights", weights.size(), grid.cells() * palette.size());
  item.values.clear();
  item.weights.clear();
  item.weights.reserve(weights.size());
  for (std::size_t group = 0; group < palette.size(); ++group) {
    appendRows(weights.subspan(group * grid.cells(), grid.cells()), grid, item.weights);
  }
  item.palette = copied(palette);
  item.grid = grid;
  item.grid.order = MapGrid::Order::xFastest;
  scaleColours(item);
  m_impl->mapChanged(item);
}

void Plot::clearMap(MapId id) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  const MapStyle style = item.style;
  const bool visible = item.visible;
  item = {};
  item.style = style;
  item.visible = visible;
  m_impl->mapChanged(item);
}

void Plot::setMapVisible(MapId id, bool visible) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  if (item.visible == visible) return;
  item.visible = visible;
  m_impl->mapChanged(item);
}

void Plot::removeMap(MapId id) {
  MapItem& item = itemAt(m_impl->model.maps, id, "map");
  item = {};
  item.visible = false;
  m_impl->mapChanged(item);
}

AxisRange Plot::mapRange(MapId id) const {
  return itemAt(m_impl->model.maps, id, "map").colours;
}

std::vector<double> Plot::mapLevels(MapId id) const {
  return itemAt(m_impl->model.maps, id, "map").levels;
}

/// The colour bar takes its room from the area.
void Plot::Impl::mapChanged(MapItem& item) {
  item.revision = ++revision;
  rangesStale = true;
  layoutChanged();
}

}  // namespace separatrix
