#pragma once

#include "core/parameters/json.hpp"
#include "ui/export/figure.hpp"

#include <string>

namespace separatrix {

/// Which figure of a document was exported last, and how: the `figure` entry of its views.
struct FigureState {
  std::string view;  ///< a view's id or "all"; empty: not chosen yet, which means all
  FigureOptions options;
};

Json figureToJson(const FigureState& state);
/// What is missing or makes no sense takes its default.
FigureState figureFromJson(const Json& json);

}  // namespace separatrix
