#include "ui/documents/point_actions.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/point_text.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace separatrix {
namespace {

constexpr const char* kKind = "gaussian-mixture";
constexpr Index kMostNumbers = 100'000;  // in a table that a person edits

const ParameterSpecs& mixtureSpecs() {
  for (const TargetKind& kind : targetCatalog())
    if (kind.id == kKind) return kind.parameters;
  throw InvalidInput("kind", "there are no mixtures");
}

/// Means and, as their attributes, weights and variances.
PointColumns mixtureColumns() {
  PointColumns out;
  for (const ParameterSpec& spec : mixtureSpecs())
    if (spec.kind == ParameterKind::pointTable)
      out.point = elementSpec(spec);
    else if (spec.kind == ParameterKind::vector)
      out.attributes.push_back(elementSpec(spec));
  return out;
}

Json pointJson(const VecView& x) {
  Json out = Json::array();
  for (const double coordinate : x) out.push_back(canonicalNumber(coordinate));
  return out;
}

/// The points of `rows` behind those of `target`, whose lists go on with theirs.
void append(Json& target, const PointRows& rows, const PointColumns& columns) {
  const std::size_t before = target[columns.point.name].size();
  for (const auto& x : rows.points.colwise()) target[columns.point.name].push_back(pointJson(x));
  for (std::size_t a = 0; a < columns.attributes.size(); ++a) {
    Json& list = target[columns.attributes[a].name];
    if (list.is_number()) list = std::vector<double>(before, list.get<double>());
    for (const double each : rows.attributes[a]) list.push_back(canonicalNumber(each));
    if (std::all_of(list.begin(), list.end(), [&](const Json& each) { return each == list[0]; }))
      list = Json(list[0]);  // one number for all
  }
}

Json mixtureJson(const PointColumns& columns) {
  Json out = {{"kind", kKind}, {columns.point.name, Json::array()}};
  for (const ParameterSpec& each : columns.attributes) out[each.name] = Json::array();
  return out;
}

}  // namespace

PointActions::PointActions(Session& session, QWidget* window)
    : QObject(window), m_session(session) {}

void PointActions::fillEditMenu(QMenu* menu, const std::vector<QWidget*>& views) {
  QAction* paste = menu->addAction(tr("Paste &points"));
  paste->setShortcut(QKeySequence::Paste);
  paste->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  paste->setStatusTip(tr("Adds points from a spreadsheet: one a line, with columns x0, x1, …"));
  for (QWidget* view : views) view->addAction(paste);
  connect(paste, &QAction::triggered, this, [this] {
    const QString problem = this->paste(QGuiApplication::clipboard()->text());
    if (!problem.isEmpty()) emit refused(problem);
  });
  m_turn = menu->addAction(tr("&Turn data into points"));
  m_turn->setStatusTip(tr("Makes a table of the components, to change each of them"));
  connect(m_turn, &QAction::triggered, this, &PointActions::turnIntoPoints);
  connect(&m_session, &Session::problemChanged, this, [this] { m_turn->setEnabled(canTurn()); });
  m_turn->setEnabled(canTurn());
}

QString PointActions::paste(const QString& text) {
  if (text.trimmed().isEmpty()) return tr("Nothing pasted: the clipboard holds no text");
  const PointColumns columns = mixtureColumns();
  const bool mixture = m_session.scene().target.kind == kKind;
  const Index dimension = m_session.problem() ? m_session.problem()->target().dimension() : 1;
  PointRows rows;
  try {
    rows = parsePoints(text, columns, dimension, true);
  } catch (const InvalidInput& error) {
    return tr("Nothing pasted: %1").arg(QString::fromUtf8(error.what()));
  }
  Json target = mixtureJson(columns);
  if (mixture && rows.points.rows() == dimension) {
    target = m_session.scene().target.values.json();
    target["kind"] = kKind;
  }
  append(target, rows, columns);
  replaceTarget(target, tr("Paste %n points", nullptr, static_cast<int>(rows.points.cols())));
  return {};
}

bool PointActions::canTurn() const {
  if (!m_session.problem() || m_session.scene().target.kind == kKind) return false;
  const Components* parts = m_session.problem()->data().components();
  return parts != nullptr && parts->means.size() <= kMostNumbers;
}

void PointActions::turnIntoPoints() {
  if (!canTurn()) return;
  const Components& parts = *m_session.problem()->data().components();
  const PointColumns columns = mixtureColumns();
  PointRows rows{parts.means, {}};
  for (const ParameterSpec& each : columns.attributes)
    rows.attributes.push_back(each.name == "weights" ? parts.weights : parts.variances);
  Json target = mixtureJson(columns);
  append(target, rows, columns);
  replaceTarget(target, tr("Turn data into points"));
}

void PointActions::replaceTarget(const Json& target, const QString& text) {
  Json scene = sceneToJson(m_session.scene());
  scene["target"] = target;
  try {
    m_session.editScene(sceneFromJson(scene), text);
  } catch (const InvalidInput& error) {
    emit refused(QString::fromUtf8(error.what()));
  }
}

}  // namespace separatrix
