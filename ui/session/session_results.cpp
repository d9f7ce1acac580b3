#include "core/runtime/errors.hpp"
#include "ui/session/session.hpp"

#include <algorithm>

// What a session computes: the results that are demanded, and how they are kept up to date.

namespace separatrix {
namespace {

constexpr Index kQuickParticleSteps = 4'000'000;

}  // namespace

AnalysisCall Session::call(const Demand& demand, const Json& request) const {
  const Analysis& analysis = findAnalysis(demand.analysis);
  const auto refuse = [&](const QString& why) {
    return AnalysisCall{demand.key(), &analysis, {}, demand.overrides, why};
  };
  if (m_modelHeld)
    return refuse(tr("the model %1 waits to be allowed to run; see Model in the scene")
                      .arg(QString::fromStdString(m_problem->model()->name())));
  try {
    return {demand.key(), &analysis, validate(analysis.parameters, request, ""), demand.overrides};
  } catch (const InvalidInput& error) {  // zoomed out beyond all numbers, say
    return refuse(QString::fromUtf8(error.what()));
  }
}

void Session::demand(const std::string& who, std::vector<Demand> demands) {
  std::vector<Demand>& old = m_demands[who];
  if (old == demands) return;
  old = std::move(demands);
  requestAll();
}

/// Those of one pace, each once.
std::vector<Demand> Session::demandsOf(Pace pace) const {
  std::map<std::string, const Demand*> found;
  for (const auto& [who, demands] : m_demands)
    for (const Demand& demand : demands)
      if (demand.pace == pace) found.emplace(demand.key(), &demand);
  std::vector<Demand> out;
  for (const auto& [key, demand] : found) out.push_back(*demand);
  return out;
}

void Session::requestFrame() {
  if (!m_problem) return;
  std::vector<AnalysisCall> calls;
  for (const Demand& demand : demandsOf(Pace::frame)) {
    Json request = demand.request;
    request["time"] = m_time;
    if (m_moving.isActive()) request.update(demand.whileMoving);
    calls.push_back(call(demand, request));
  }
  m_frame->request(m_problem, std::move(calls));
}

void Session::requestCursor() {
  if (!m_problem || !m_cursor || m_cursor->size() != m_problem->target().dimension()) return;
  Json at = Json::array();
  for (const double coordinate : *m_cursor) at.push_back(coordinate);
  std::vector<AnalysisCall> calls;
  for (const Demand& demand : demandsOf(Pace::cursor)) {
    Json request = demand.request;
    request["time"] = m_time;
    request["at"] = at;
    calls.push_back(call(demand, request));
  }
  m_cursorField->request(m_problem, std::move(calls));
}

void Session::requestScene() {
  if (!m_problem) return;
  // A quick ensemble follows a drag; what takes longer is given up for the newer.
  const EnsembleSpec& ensemble = m_problem->scene().ensemble;
  const bool quick = ensemble.particles * ensemble.steps <= kQuickParticleSteps;
  for (const Demand& demand : demandsOf(Pace::scene)) {
    const AnalysisCall wanted = call(demand, demand.request);
    const bool follows =
        wanted.analysis->cost == Cost::interactive || (wanted.analysis->usesEnsemble && quick);
    sceneGroup(demand)->request(m_problem, {wanted},
                                follows ? WhenSuperseded::finish : WhenSuperseded::cancel);
  }
}

void Session::requestAll() {
  requestFrame();
  requestCursor();
  requestScene();
}

ResultGroup* Session::sceneGroup(const Demand& demand) {
  ResultGroup*& group = m_sceneGroups[demand.key()];
  if (group != nullptr) return group;
  const bool extended = findAnalysis(demand.analysis).cost == Cost::extended;
  group = new ResultGroup(extended ? Priority::background : Priority::interactive, this);
  connect(group, &ResultGroup::changed, this,
          [this, key = demand.key()] { emit resultChanged(key); });
  connect(group, &ResultGroup::idle, this, &Session::announceIdle);
  connect(group, &ResultGroup::modelFailed, this, &Session::announceModelFailure);
  if (extended) connect(group, &ResultGroup::progress, this, &Session::progressChanged);
  return group;
}

/// Coarse results will do for the moment, if anyone has said what they are.
void Session::startMoving() {
  for (const Demand& demand : demandsOf(Pace::frame))
    if (!demand.whileMoving.empty()) {
      m_moving.start();
      return;
    }
}

void Session::announceModelFailure(const QString& problem) {
  if (problem == m_modelFailure) return;
  m_modelFailure = problem;
  emit modelFailed(problem);
}

void Session::guardModels(std::function<bool(const Problem&)> mayRun) {
  m_mayRun = std::move(mayRun);
}

void Session::releaseModel() {
  if (!m_modelHeld) return;
  m_modelHeld = false;
  emit modelHeldChanged(false);
  requestAll();
}

void Session::restartModel() {
  m_modelFailure.clear();
  for (ResultGroup* group : {m_frame, m_cursorField}) group->forgetProblems();
  for (const auto& [key, group] : m_sceneGroups) group->forgetProblems();
  requestAll();
}

void Session::cancelLongWork() {
  for (const auto& [key, group] : m_sceneGroups) group->cancel();
}

ResultGroup* Session::groupOf(const std::string& key) const {
  const auto group = m_sceneGroups.find(key);
  if (group != m_sceneGroups.end()) return group->second;
  const auto isKey = [&](const Demand& demand) { return demand.key() == key; };
  const std::vector<Demand> atCursor = demandsOf(Pace::cursor);
  if (std::any_of(atCursor.begin(), atCursor.end(), isKey)) return m_cursorField;
  return m_frame;
}

ResultPtr Session::resultOf(const std::string& key) const {
  const ResultGroup* group = groupOf(key);
  if (group == m_cursorField && !m_cursor) return nullptr;
  return group->result(key);
}

QString Session::problemOf(const std::string& key) const {
  return groupOf(key)->problem(key);
}

bool Session::busy() const {
  return m_preparation.busy() || m_frame->busy() || m_cursorField->busy() || m_moving.isActive() ||
         std::any_of(m_sceneGroups.begin(), m_sceneGroups.end(),
                     [](const auto& group) { return group.second->busy(); });
}

void Session::announceIdle() {
  if (!busy()) emit idle();
}

}  // namespace separatrix
