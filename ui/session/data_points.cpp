#include "ui/session/data_points.hpp"

namespace separatrix {
namespace {

const char* const kKey = "points";
constexpr Index kDefault = 20000, kMost = 1'000'000'000'000;

}  // namespace

Index dataPoints(const Session& session) {
  const Json state = session.viewState(kKey);
  if (!state.is_number_integer()) return kDefault;
  const auto n = state.get<std::int64_t>();
  return n >= 1 && n <= kMost ? static_cast<Index>(n) : kDefault;
}

void setDataPoints(Session& session, Index n) {
  session.setViewState(kKey, n == kDefault ? Json() : Json(static_cast<std::int64_t>(n)));
}

Demand criticalTimesDemand(const Session& session) {
  Demand out{"critical-times"};
  out.request = {{"points", dataPoints(session)}};
  return out;
}

}  // namespace separatrix
