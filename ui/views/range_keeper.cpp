#include "ui/views/range_keeper.hpp"

#include "ui/plots/plot.hpp"

#include <array>
#include <optional>
#include <utility>

namespace separatrix {
namespace {

constexpr std::array<std::pair<PlotAxis, const char*>, 3> kAxes = {
    {{PlotAxis::bottom, "bottom"}, {PlotAxis::left, "left"}, {PlotAxis::right, "right"}}};

Json toJson(const AxisRange& range) {
  return Json::array({canonicalNumber(range.lower), canonicalNumber(range.upper)});
}

std::optional<AxisRange> rangeIn(const Json& state, const char* group, const char* axis) {
  if (!state.is_object() || !state.contains(group) || !state[group].is_object()) return {};
  const Json range = state[group].value(axis, Json());
  if (!range.is_array() || range.size() != 2 || !range[0].is_number() || !range[1].is_number())
    return {};
  return AxisRange{range[0].get<double>(), range[1].get<double>()};
}

}  // namespace

RangeKeeper::RangeKeeper(Session& session, std::string key, Plot& plot)
    : QObject(&plot), m_session(session), m_key(std::move(key)), m_plot(plot) {
  connect(&plot, &Plot::rangeChanged, this, &RangeKeeper::store);
  connect(&plot, &Plot::zoomedChanged, this, &RangeKeeper::store);
  // Later: a document that is being opened comes with ranges of its own.
  connect(&session, &Session::rangesLockedChanged, this, &RangeKeeper::store, Qt::QueuedConnection);
  connect(&session, &Session::documentOpened, this, &RangeKeeper::restore);
}

void RangeKeeper::store() {
  if (m_restoring) return;
  Json zoom = Json::object();
  Json locked = Json::object();
  for (const auto& [axis, name] : kAxes) {
    if (const auto range = m_plot.zoom(axis))
      zoom[name] = toJson(*range);
    else if (m_session.areRangesLocked() && axis != PlotAxis::bottom)
      locked[name] = toJson(m_plot.range(axis));
  }
  Json state = m_session.viewState(m_key);
  if (!state.is_object()) state = Json::object();
  state.erase("zoom");
  state.erase("locked");
  if (!zoom.empty()) state["zoom"] = std::move(zoom);
  if (!locked.empty()) state["locked"] = std::move(locked);
  m_session.setViewState(m_key, state.empty() ? Json() : state);
}

void RangeKeeper::restore() {
  const Json state = m_session.viewState(m_key);
  m_restoring = true;
  m_plot.resetView();
  for (const auto& [axis, name] : kAxes) {
    if (const auto range = rangeIn(state, "locked", name)) m_plot.restoreLocked(axis, *range);
    if (const auto range = rangeIn(state, "zoom", name)) m_plot.zoomTo(axis, *range);
  }
  m_restoring = false;
}

}  // namespace separatrix
