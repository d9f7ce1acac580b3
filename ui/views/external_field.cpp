#include "ui/views/external_field.hpp"

#include <algorithm>

namespace separatrix {
namespace {

const char* const kField = "field";
constexpr double kStrongest = 1e9;

}  // namespace

double externalField(const Session& session, const std::string& view) {
  const Json state = session.viewState(view);
  const Json value = state.is_object() ? state.value(kField, Json()) : Json();
  return value.is_number() ? std::clamp(value.get<double>(), -kStrongest, kStrongest) : 0;
}

void setExternalField(Session& session, const std::string& view, double field) {
  Json state = session.viewState(view);
  if (!state.is_object()) state = Json::object();
  state[kField] = field;
  session.setViewState(view, state);
}

}  // namespace separatrix
