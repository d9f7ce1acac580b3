#include "ui/session/session.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "ui/session/edit_text.hpp"
#include "ui/session/scene_step.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr int kSettling = 150;  // ms without a movement until the fine picture

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

/// A problem, or why there is none.
struct Session::Prepared {
  ProblemPtr problem;
  QString entry, message;

  static Prepared from(const Document& document, const ProblemPtr& previous = nullptr) {
    try {
      return {prepare(document.scene, {document.files}, previous), {}, {}};
    } catch (const InvalidInput& error) {
      return {nullptr, QString::fromStdString(error.entry()), QString::fromUtf8(error.what())};
    }
  }
};

Session::Session(QObject* parent)
    : QObject(parent),
      m_preparation(Priority::interactive,
                    {[this](const QString& message) { emit entryRejected({}, message); },
                     {},
                     [this] { announceIdle(); }}),
      m_frame(new ResultGroup(Priority::interactive, this)),
      m_cursorField(new ResultGroup(Priority::interactive, this)) {
  connect(m_frame, &ResultGroup::changed, this, &Session::frameChanged);
  connect(m_cursorField, &ResultGroup::changed, this, &Session::cursorChanged);
  for (ResultGroup* group : {m_frame, m_cursorField}) {
    connect(group, &ResultGroup::idle, this, &Session::announceIdle);
    connect(group, &ResultGroup::modelFailed, this, &Session::announceModelFailure);
  }
  m_editingEnds.setSingleShot(true);
  connect(&m_editingEnds, &QTimer::timeout, this, [this] { setEditing(false); });
  m_moving.setSingleShot(true);
  m_moving.setInterval(kSettling);
  connect(&m_moving, &QTimer::timeout, this, [this] {
    requestFrame();
    announceIdle();
  });
}

Session::~Session() = default;

Document Session::document() const {
  Document out = m_document;
  std::map<std::string, Json> sorted;  // equal states give equal text
  for (const auto& item : m_document.views.items()) sorted[item.key()] = item.value();
  sorted["time"] = canonicalNumber(m_wantedTime);
  out.views = Json::object();
  for (const auto& [key, state] : sorted) out.views[key] = state;
  if (m_problem) out.files = m_problem->dataFiles();
  // Those of steps that may be taken back too.
  for (const DataFile& file : m_document.files)
    if (std::none_of(out.files.begin(), out.files.end(),
                     [&](const DataFile& loaded) { return loaded.path == file.path; }))
      out.files.push_back(file);
  return out;
}

void Session::open(const Json& json, const QString& name) {
  const Document document = documentFromJson(json);
  m_preparation.start([document](const RunControl&) { return Prepared::from(document); },
                      [this, document, name](const Prepared& prepared) {
                        if (prepared.problem)
                          open(document, prepared.problem, name);
                        else
                          emit entryRejected(prepared.entry, prepared.message);
                      });
}

void Session::open(Document document, ProblemPtr problem, const QString& name) {
  m_preparation.cancel();
  m_document = std::move(document);
  m_name = name;
  m_selectedPoint = -1;
  m_history.clear();
  const Json time = viewState("time");
  m_wantedTime = time.is_number() ? time.get<double>() : openingTime(problem->process());
  m_time = clampedTime(problem->process(), m_wantedTime);
  setRangesLocked(viewState("locked") == Json(true));
  restoreProbe();
  emit documentOpened();
  emit sceneChanged();
  takeProblem(std::move(problem));
  emit timeChanged(m_time);
}

void Session::editEntries(const QString& section, const Json& changes, const QString& text) {
  Json json = sceneToJson(scene());
  const std::string key = section.toStdString();
  const std::string prefix = key.empty() ? "" : key + ".";
  try {
    for (const auto& change : changes.items())
      setEntry(json, prefix + change.key() + "=" + change.value().dump());
    editScene(sceneFromJson(json), text.isEmpty() ? editText(scene(), key, changes) : text);
  } catch (const InvalidInput& error) {
    emit entryRejected(QString::fromStdString(error.entry()), QString::fromUtf8(error.what()));
  }
}

void Session::editScene(const Scene& scene, const QString& text) {
  if (scene == m_document.scene) {
    emit sceneChanged();  // what was typed may look otherwise
    return;
  }
  m_history.push(new SceneStep(m_document.scene, scene, text, m_editing ? m_gesture : -1,
                               [this](const Scene& shown) {
                                 applyScene(shown);
                                 return !m_refusing;
                               }));
}

void Session::applyScene(const Scene& scene) {
  m_document.scene = scene;
  emit sceneChanged();
  prepareScene(m_problem);
}

void Session::prepareScene(const ProblemPtr& previous) {
  m_preparation.start([document = m_document,
                       previous](const RunControl&) { return Prepared::from(document, previous); },
                      [this, scene = scene()](Prepared prepared) {
                        if (prepared.problem)
                          takeProblem(std::move(prepared.problem));
                        else
                          refuse(scene, prepared.entry, prepared.message);
                      });
}

void Session::reloadData() {
  m_document.files.clear();
  prepareScene(nullptr);
}

/// Takes the step back that led to a scene which does not fit together.
void Session::refuse(const Scene& scene, const QString& entry, const QString& message) {
  if (scene == m_document.scene) {
    m_refusing = true;
    m_history.undo();
    m_refusing = false;
  }
  emit entryRejected(entry, message);
}

Json Session::viewState(const std::string& key) const {
  return m_document.views.value(key, Json());
}

void Session::setViewState(const std::string& key, const Json& state) {
  if (viewState(key) == state) return;
  if (state.is_null())
    m_document.views.erase(key);
  else
    m_document.views[key] = state;
  emit viewStateChanged();
}

void Session::takeProblem(ProblemPtr problem) {
  const std::vector<std::string> known =
      m_problem ? m_problem->remarks() : std::vector<std::string>();
  const ScoreModel* modelBefore = m_problem ? m_problem->model() : nullptr;
  const bool heldBefore = m_modelHeld;
  const bool another = modelBefore != problem->model();
  if (another) m_modelFailure.clear();
  m_modelHeld = m_mayRun && problem->model() != nullptr && !m_mayRun(*problem);
  m_problem = std::move(problem);
  if (m_editing) startMoving();
  for (const std::string& remark : m_problem->remarks())
    if (std::find(known.begin(), known.end(), remark) == known.end())
      emit remarked(QString::fromStdString(remark));
  const double before = m_time;
  m_time = clampedTime(m_problem->process(), m_wantedTime);
  emit problemChanged();
  if (m_time != before) emit timeChanged(m_time);
  if (m_modelHeld != heldBefore || (m_modelHeld && another)) emit modelHeldChanged(m_modelHeld);
  requestAll();
}

void Session::setTime(double s) {
  if (!m_problem) return;
  s = clampedTime(m_problem->process(), s);
  if (s == m_time) return;
  m_time = m_wantedTime = s;
  startMoving();
  emit timeChanged(s);
  emit viewStateChanged();
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

void Session::setProbe(std::optional<Vec> x) {
  if (x && !x->allFinite()) return;
  m_probe = std::move(x);
  Json state;
  if (m_probe) {
    state = Json::array();
    for (const double coordinate : *m_probe) state.push_back(canonicalNumber(coordinate));
  }
  setViewState("probe", state);
  startMoving();
  emit probeChanged();
}

void Session::restoreProbe() {
  const Json state = viewState("probe");
  m_probe.reset();
  if (!state.is_array() || state.empty()) return;
  Vec place(static_cast<Index>(state.size()));
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (!state[i].is_number()) return;
    place[static_cast<Index>(i)] = state[i].get<double>();
  }
  m_probe = place;
}

void Session::setEditing(bool editing) {
  if (editing == m_editing) return;
  m_editing = editing;
  m_editingEnds.stop();
  if (editing) ++m_gesture;
  emit editingChanged(editing);
}

void Session::editFor(int milliseconds) {
  setEditing(true);
  m_editingEnds.start(milliseconds);
}

void Session::setRangesLocked(bool locked) {
  if (locked == m_rangesLocked) return;
  m_rangesLocked = locked;
  setViewState("locked", locked ? Json(true) : Json());
  emit rangesLockedChanged(locked);
}

void Session::setSelectedPoint(int index) {
  if (index == m_selectedPoint) return;
  m_selectedPoint = index;
  emit selectedPointChanged(index);
}

}  // namespace separatrix
