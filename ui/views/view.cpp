#include "ui/views/view.hpp"

#include "ui/plots/plot.hpp"
#include "ui/views/range_keeper.hpp"
#include "ui/views/view_options.hpp"

#include <QHideEvent>
#include <QVBoxLayout>

namespace separatrix {

View::View(Session& session, const QString& id, QWidget* parent)
    : QWidget(parent), m_session(session), m_options(new ViewOptions(session, id, this)) {
  setObjectName(id);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  m_options->hide();  // until a tile shows it
  connect(&session, &Session::problemChanged, this, &View::demandsChanged);
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
  plot->setObjectName(page.isEmpty() ? objectName() : objectName() + "-" + page);
  connect(&m_session, &Session::editingChanged, plot, &Plot::holdRange);
  connect(&m_session, &Session::rangesLockedChanged, plot, &Plot::setRangeLocked);
  new RangeKeeper(m_session, plot->objectName().toStdString(), *plot);
  return plot;
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
  if (!event->spontaneous()) m_session.release(objectName().toStdString());
}

}  // namespace separatrix
