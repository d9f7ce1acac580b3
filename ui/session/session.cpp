#include "ui/session/session.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr Index kQuickParticleSteps = 4'000'000;

AnalysisCall call(const std::string& id, const Json& request = Json::object()) {
  const Analysis& analysis = findAnalysis(id);
  return {&analysis, validate(analysis.parameters, request, "")};
}

double clampedTime(const ForwardProcess& process, double s) {
  return std::clamp(s, shortestTime(process), process.horizon());
}

/// Where a document opens that says nothing of time: in the middle, where things happen.
double openingTime(const ForwardProcess& process) {
  if (!process.variancePreserving()) return 0.5 * process.horizon();
  return timeWhere([&](double s) { return process.signal(s); }, 0.5, shortestTime(process),
                   process.horizon());
}

}  // namespace

Session::Session(QObject* parent)
    : QObject(parent),
      m_preparation(Priority::interactive,
                    {[this](const QString& message) { emit entryRejected({}, message); },
                     {},
                     [this] { announceIdle(); }}),
      m_frame(new ResultGroup(Priority::interactive, this)),
      m_branches(new ResultGroup(Priority::interactive, this)),
      m_criticalTimes(new ResultGroup(Priority::background, this)),
      m_trajectories(new ResultGroup(Priority::background, this)),
      m_cursorField(new ResultGroup(Priority::interactive, this)) {
  connect(m_frame, &ResultGroup::changed, this, &Session::frameChanged);
  connect(m_branches, &ResultGroup::changed, this, &Session::branchesChanged);
  connect(m_criticalTimes, &ResultGroup::changed, this, &Session::criticalTimesChanged);
  connect(m_trajectories, &ResultGroup::changed, this, &Session::trajectoriesChanged);
  connect(m_trajectories, &ResultGroup::progress, this, &Session::progressChanged);
  connect(m_cursorField, &ResultGroup::changed, this, &Session::cursorChanged);
  for (ResultGroup* group : {m_frame, m_branches, m_criticalTimes, m_trajectories, m_cursorField})
    connect(group, &ResultGroup::idle, this, &Session::announceIdle);
}

Session::~Session() = default;

Document Session::document() const {
  Document out = m_document;
  out.views["time"] = canonicalNumber(m_time);
  if (m_problem) out.files = m_problem->dataFiles();
  return out;
}

void Session::open(const Json& json, const QString& name, const QString& folder) {
  const Document document = documentFromJson(json, folder.toStdString());
  m_preparation.start(
      [document](const RunControl&) { return prepare(document.scene, {document.files}); },
      [this, document, name](ProblemPtr problem) {
        m_document = document;
        m_name = name;
        m_selectedPoint = -1;
        const Json time = document.views.value("time", Json());
        m_time = time.is_number() ? time.get<double>() : openingTime(problem->process());
        emit documentOpened();
        emit sceneChanged();
        takeProblem(std::move(problem));
        emit timeChanged(m_time);
      });
}

void Session::editEntries(const QString& section, const Json& changes) {
  Json json = sceneToJson(scene());
  const std::string key = section.toStdString();
  const std::string prefix = key.empty() ? "" : key + ".";
  try {
    for (const auto& change : changes.items())
      setEntry(json, prefix + change.key() + "=" + change.value().dump());
    m_document.scene = sceneFromJson(json);
  } catch (const InvalidInput& error) {
    emit entryRejected(QString::fromStdString(error.entry()), QString::fromUtf8(error.what()));
    return;
  }
  emit sceneChanged();
  m_preparation.start([scene = scene(), files = m_document.files](
                          const RunControl&) { return prepare(scene, {files}); },
                      [this](ProblemPtr problem) { takeProblem(std::move(problem)); });
}

void Session::takeProblem(ProblemPtr problem) {
  const std::vector<std::string> known =
      m_problem ? m_problem->remarks() : std::vector<std::string>();
  m_problem = std::move(problem);
  for (const std::string& remark : m_problem->remarks())
    if (std::find(known.begin(), known.end(), remark) == known.end())
      emit remarked(QString::fromStdString(remark));
  const double before = m_time;
  m_time = clampedTime(m_problem->process(), m_time);
  emit problemChanged();
  if (m_time != before) emit timeChanged(m_time);
  requestAll();
}

void Session::requestFrame() {
  if (!m_problem) return;
  const Json at = {{"time", m_time}};
  m_frame->request(m_problem, {call("potential", at), call("fixed-points", at)});
}

void Session::requestCursor() {
  if (!m_problem || !m_cursor || m_cursor->size() != m_problem->target().dimension()) return;
  Json at = Json::array();
  for (const double coordinate : *m_cursor) at.push_back(coordinate);
  m_cursorField->request(m_problem, {call("field", {{"time", m_time}, {"at", at}})});
}

void Session::requestAll() {
  requestFrame();
  requestCursor();
  m_branches->request(m_problem, {call("bifurcation"), call("drift-field")});
  m_criticalTimes->request(m_problem, {call("critical-times")});
  // A quick ensemble follows a drag; a long one is given up for the newer.
  const EnsembleSpec& ensemble = m_problem->scene().ensemble;
  const bool quick = ensemble.particles * ensemble.steps <= kQuickParticleSteps;
  m_trajectories->request(m_problem, {call("trajectories")},
                          quick ? WhenSuperseded::finish : WhenSuperseded::cancel);
}

void Session::setTime(double s) {
  if (!m_problem) return;
  s = clampedTime(m_problem->process(), s);
  if (s == m_time) return;
  m_time = s;
  emit timeChanged(s);
  requestFrame();
  requestCursor();
}

void Session::setCursor(std::optional<Vec> x) {
  m_cursor = std::move(x);
  if (m_cursor)
    requestCursor();
  else
    emit cursorChanged();
}

void Session::setEditing(bool editing) {
  if (editing == m_editing) return;
  m_editing = editing;
  emit editingChanged(editing);
}

void Session::setRangesLocked(bool locked) {
  if (locked == m_rangesLocked) return;
  m_rangesLocked = locked;
  emit rangesLockedChanged(locked);
}

void Session::setSelectedPoint(int index) {
  if (index == m_selectedPoint) return;
  m_selectedPoint = index;
  emit selectedPointChanged(index);
}

ResultGroup* Session::groupOf(const std::string& id) const {
  if (id == "potential" || id == "fixed-points") return m_frame;
  if (id == "bifurcation" || id == "drift-field") return m_branches;
  if (id == "critical-times") return m_criticalTimes;
  if (id == "trajectories") return m_trajectories;
  if (id == "field") return m_cursorField;
  return nullptr;
}

ResultPtr Session::resultOf(const std::string& id) const {
  if (id == "field" && !m_cursor) return nullptr;
  const ResultGroup* group = groupOf(id);
  return group == nullptr ? nullptr : group->result(id);
}

QString Session::problemOf(const std::string& id) const {
  const ResultGroup* group = groupOf(id);
  return group == nullptr ? QString() : group->problem(id);
}

bool Session::busy() const {
  return m_preparation.busy() || m_frame->busy() || m_branches->busy() || m_criticalTimes->busy() ||
         m_trajectories->busy() || m_cursorField->busy();
}

void Session::announceIdle() {
  if (!busy()) emit idle();
}

}  // namespace separatrix
