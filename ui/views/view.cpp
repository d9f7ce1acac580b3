#include "ui/views/view.hpp"

#include "ui/plots/plot.hpp"
#include "ui/views/ghost_json.hpp"
#include "ui/views/range_keeper.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <QHideEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace separatrix {

View::View(Session& session, const QString& id, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_living(&session),
      m_options(new ViewOptions(session, id, this)) {
  setObjectName(id);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  m_options->hide();  // until a tile shows it
  connect(&session, &Session::problemChanged, this, &View::demandsChanged);
  connect(&session, &Session::documentOpened, this, &View::restorePins);
  connect(&session, &Session::probeChanged, this, &View::demandsChanged);
  connect(&session, &Session::viewStateChanged, this, &View::demandsChanged);
  connect(m_options, &ViewOptions::changed, this, &View::demandsChanged);
}

void View::setTheme(const Theme& theme) {
  for (Plot* plot : findChildren<Plot*>()) plot->setTheme(theme);
}

std::vector<const Plot*> View::plots() const {
  std::vector<const Plot*> out;
  for (const Plot* plot : findChildren<Plot*>())
    if (!plot->isHidden()) out.push_back(plot);
  return out;
}

Plot* View::addPlot(const QString& accessibleName, const QString& page) {
  auto* plot = new Plot(this);
  layout()->addWidget(plot);
  if (focusProxy() == nullptr) setFocusProxy(plot);
  plot->setAccessibleName(accessibleName);
  plot->setWhatsThis(tr("%1. The wheel zooms, a drag pans, a double click shows everything again; "
                        "over an axis that axis alone. Lines and points can be dragged.")
                         .arg(accessibleName));
  plot->setObjectName(page.isEmpty() ? objectName() : objectName() + "-" + page);
  connect(&m_session, &Session::editingChanged, plot, &Plot::holdRange);
  connect(&m_session, &Session::rangesLockedChanged, plot, &Plot::setRangeLocked);
  new RangeKeeper(m_session, plot->objectName().toStdString(), *plot);
  return plot;
}

QString View::pinName() const {
  return timeText(*m_session.problem(), m_session.time());
}

void View::pin() {
  if (!m_session.problem()) return;
  for (Plot* plot : findChildren<Plot*>())
    if (!plot->isHidden()) plot->pinGhost(pinName());
  storePins();
}

void View::clearPins() {
  for (Plot* plot : findChildren<Plot*>()) plot->clearGhosts();
  storePins();
}

bool View::hasPins() const {
  const auto plots = findChildren<Plot*>();
  return std::any_of(plots.begin(), plots.end(),
                     [](const Plot* plot) { return plot->hasGhosts(); });
}

void View::storePins() {
  for (const Plot* plot : findChildren<Plot*>()) {
    const std::string key = plot->objectName().toStdString();
    Json state = m_session.viewState(key);
    if (!state.is_object()) state = Json::object();
    state.erase("pins");
    if (plot->hasGhosts()) state["pins"] = ghostsToJson(plot->ghosts());
    m_session.setViewState(key, state.empty() ? Json() : state);
  }
  emit pinsChanged();
}

void View::restorePins() {
  for (Plot* plot : findChildren<Plot*>()) {
    const Json state = m_session.viewState(plot->objectName().toStdString());
    plot->setGhosts(ghostsFromJson(state.is_object() ? state.value("pins", Json()) : Json()));
  }
  emit pinsChanged();
}

void View::onResult(const std::string& key, std::function<void()> show) {
  connect(&m_session, &Session::resultChanged, this,
          [key, show = std::move(show)](const std::string& changed) {
            if (changed == key) show();
          });
}

void View::demandsChanged() {
  if (isVisible() && m_session.problem()) m_session.demand(objectName().toStdString(), demands());
}

void View::announceSummary() {
  for (Plot* plot : findChildren<Plot*>()) plot->setAccessibleDescription(summary());
  emit summaryChanged();
}

void View::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!event->spontaneous()) demandsChanged();
}

void View::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (!event->spontaneous() && m_living) m_session.release(objectName().toStdString());
}

}  // namespace separatrix
