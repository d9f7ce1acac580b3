#pragma once

#include "core/runtime/errors.hpp"
#include "ui/plots/plot_model.hpp"

#include <span>
#include <string>
#include <vector>

/// What the functions that fill a plot share; internal to ui/plots.
namespace separatrix {

/// Throws InvalidInput naming `what` if there is no such item.
template <class Id, class Item>
Item& itemAt(std::vector<Item>& items, Id id, const char* what) {
  const int index = static_cast<int>(id);
  if (index < 0 || static_cast<std::size_t>(index) >= items.size()) {
    throw InvalidInput(what, "the plot has no number " + std::to_string(index));
  }
  return items[static_cast<std::size_t>(index)];
}

template <class Id, class Item>
Id lastId(const std::vector<Item>& items) {
  return static_cast<Id>(static_cast<int>(items.size()) - 1);
}

inline void requireLength(const char* what, std::size_t given, std::size_t wanted) {
  if (given == wanted) return;
  throw InvalidInput(what, std::to_string(given) + " values given where " + std::to_string(wanted) +
                               " are needed");
}

/// Copies with NaN for what a plot cannot place. Throws InvalidInput if the lengths in a piece
/// differ.
std::vector<CurvePiece> placeable(std::span<const CurvePiece> pieces);

template <class T>
std::vector<T> copied(std::span<const T> values) {
  return {values.begin(), values.end()};
}

inline bool isPlaceable(QPointF point) {
  return plottable(point.x()) && plottable(point.y());
}

}  // namespace separatrix
