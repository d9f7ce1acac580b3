#include "ui/views/ghost_json.hpp"

#include <cmath>
#include <limits>
#include <optional>

namespace separatrix {
namespace {

Json toJson(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values)
    out.push_back(std::isfinite(value) ? canonicalNumber(value) : Json());
  return out;
}

std::optional<std::vector<double>> valuesIn(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key) || !json[key].is_array()) return {};
  std::vector<double> out;
  for (const Json& value : json[key]) {
    if (!value.is_number() && !value.is_null()) return {};
    out.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
  }
  return out;
}

}  // namespace

Json ghostsToJson(const std::vector<PlotGhost>& ghosts) {
  Json out = Json::array();
  for (const PlotGhost& ghost : ghosts) {
    Json pieces = Json::array();
    for (const CurvePiece& piece : ghost.pieces)
      pieces.push_back({{"x", toJson(piece.x)}, {"y", toJson(piece.y)}});
    out.push_back({{"name", ghost.name.toStdString()}, {"curve", ghost.curve}, {"pieces", pieces}});
  }
  return out;
}

std::vector<PlotGhost> ghostsFromJson(const Json& json) {
  std::vector<PlotGhost> out;
  if (!json.is_array()) return out;
  for (const Json& each : json) {
    if (!each.is_object() || !each.value("name", Json()).is_string() ||
        !each.value("curve", Json()).is_number_integer() ||
        !each.value("pieces", Json()).is_array())
      continue;
    PlotGhost ghost{
        QString::fromStdString(each["name"].get<std::string>()), each["curve"].get<int>(), {}};
    for (const Json& piece : each["pieces"]) {
      auto x = valuesIn(piece, "x");
      auto y = valuesIn(piece, "y");
      if (x && y && x->size() == y->size()) ghost.pieces.push_back({std::move(*x), std::move(*y)});
    }
    out.push_back(std::move(ghost));
  }
  return out;
}

}  // namespace separatrix
