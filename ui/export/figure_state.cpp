#include "ui/export/figure_state.hpp"

namespace separatrix {
namespace {

double numberIn(const Json& json, const char* key, double otherwise) {
  const Json value = json.value(key, Json());
  return value.is_number() ? value.get<double>() : otherwise;
}

std::string textIn(const Json& json, const char* key) {
  const Json value = json.value(key, Json());
  return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace

Json figureToJson(const FigureState& state) {
  const FigureOptions& options = state.options;
  Json out = Json::object();
  if (!state.view.empty()) out["view"] = state.view;
  out["width"] = canonicalNumber(options.size.width());
  out["height"] = canonicalNumber(options.size.height());
  out["unit"] = options.unit == FigureUnit::pixels ? "px" : "mm";
  out["dpi"] = canonicalNumber(options.dpi);
  out["font"] = canonicalNumber(options.fontPoints);
  if (options.dark) out["colours"] = "dark";
  return out;
}

FigureState figureFromJson(const Json& json) {
  FigureState out;
  if (!json.is_object()) return out;
  FigureOptions& options = out.options;
  out.view = textIn(json, "view");
  options.size = {numberIn(json, "width", options.size.width()),
                  numberIn(json, "height", options.size.height())};
  if (textIn(json, "unit") == "px") options.unit = FigureUnit::pixels;
  options.dpi = numberIn(json, "dpi", options.dpi);
  options.fontPoints = numberIn(json, "font", options.fontPoints);
  options.dark = textIn(json, "colours") == "dark";
  return out;
}

}  // namespace separatrix
