#include "ui/workspaces/workspace_area.hpp"

#include "ui/workspaces/view_tile.hpp"

#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr int kShareUnit = 1000;  // so that sizes of splitters have room for shares

}  // namespace

WorkspaceArea::WorkspaceArea(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_tabs(new QTabBar(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(m_tabs);
  m_tabs->setAccessibleName(tr("Workspaces"));
  m_tabs->setWhatsThis(
      tr("Arrangements of views for one purpose each. Every view can be exchanged "
         "for another, closed, or shown alone; the document keeps what you did."));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  for (const Workspace& workspace : workspaceCatalog()) {
    const int index = m_tabs->addTab(workspace.title);
    m_tabs->setTabToolTip(index, workspace.purpose);
  }
  for (const ViewKind& kind : viewCatalog()) {
    View* view = kind.make(session);
    view->hide();
    m_views.push_back(view);
  }
  m_current = workspaceCatalog().front().id;
  arrange();
  connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
    showWorkspace(workspaceCatalog()[static_cast<std::size_t>(index)].id);
  });
  connect(&session, &Session::documentOpened, this, &WorkspaceArea::restore);
}

WorkspaceArea::~WorkspaceArea() {
  delete m_root;
  for (View* view : m_views) delete view;
}

View* WorkspaceArea::view(const QString& id) const {
  const auto found = std::find_if(m_views.begin(), m_views.end(),
                                  [&](const View* each) { return each->objectName() == id; });
  return found == m_views.end() ? nullptr : *found;
}

const Workspace& WorkspaceArea::current() const {
  for (const Workspace& workspace : workspaceCatalog())
    if (workspace.id == m_current) return workspace;
  return workspaceCatalog().front();
}

Layout& WorkspaceArea::layoutOfCurrent() {
  return m_layouts.try_emplace(m_current, current().layout).first->second;
}

void WorkspaceArea::showWorkspace(const QString& id) {
  const auto& all = workspaceCatalog();
  const auto wanted = std::find_if(all.begin(), all.end(),
                                   [&](const Workspace& workspace) { return workspace.id == id; });
  if (id == m_current || wanted == all.end()) return;
  m_current = id;
  m_maximized.clear();
  m_tabs->setCurrentIndex(static_cast<int>(wanted - all.begin()));
  arrange();
  store();
  emit workspaceChanged(id);
}

void WorkspaceArea::reveal(const QString& view) {
  if (layoutOfCurrent().contains(view)) return;
  for (const Workspace& workspace : workspaceCatalog())
    if (workspace.layout.contains(view)) {
      m_layouts.erase(workspace.id);
      showWorkspace(workspace.id);
      return;
    }
}

void WorkspaceArea::resetWorkspace() {
  m_layouts.erase(m_current);
  m_maximized.clear();
  arrange();
  store();
}

void WorkspaceArea::arrange() {
  setUpdatesEnabled(false);
  QWidget* old = m_root;
  const QWidget* focus = window()->focusWidget();
  const bool focusGoes = focus == nullptr || (old != nullptr && old->isAncestorOf(focus));
  if (old != nullptr) layout()->removeWidget(old);
  m_root = m_maximized.isEmpty() ? build(layoutOfCurrent()) : makeTile(*view(m_maximized));
  static_cast<QVBoxLayout*>(layout())->addWidget(m_root, 1);
  m_root->show();
  // Views were moved into the new tiles; the rest goes with the old ones.
  delete old;
  if (focusGoes) m_root->findChild<View*>()->setFocus();
  setUpdatesEnabled(true);
}

QWidget* WorkspaceArea::build(const Layout& layout) {
  if (layout.parts.empty()) return makeTile(*view(layout.view));
  auto* splitter = new QSplitter(layout.direction, this);
  splitter->setChildrenCollapsible(false);
  QList<int> sizes;
  for (const Layout& part : layout.parts) {
    splitter->addWidget(build(part));
    sizes << static_cast<int>(kShareUnit * part.share);
  }
  splitter->setSizes(sizes);
  connect(splitter, &QSplitter::splitterMoved, this, [this] {
    if (const auto* root = qobject_cast<QSplitter*>(m_root)) readShares(layoutOfCurrent(), *root);
    store();
  });
  return splitter;
}

ViewTile* WorkspaceArea::makeTile(View& view) {
  auto* out = new ViewTile(view, this);
  const QString id = view.objectName();
  out->setMaximized(id == m_maximized);
  connect(
      out, &ViewTile::viewChosen, this,
      [this, id](const QString& wanted) { chooseView(id, wanted); }, Qt::QueuedConnection);
  connect(
      out, &ViewTile::maximizeAsked, this, [this, id] { toggleMaximized(id); },
      Qt::QueuedConnection);
  connect(
      out, &ViewTile::closeAsked, this, [this, id] { closeView(id); }, Qt::QueuedConnection);
  return out;
}

void WorkspaceArea::chooseView(const QString& place, const QString& wanted) {
  if (place == wanted) return;
  Layout& layout = layoutOfCurrent();
  Layout* here = layout.find(place);
  if (here == nullptr) return;
  if (Layout* there = layout.find(wanted)) there->view = place;
  here->view = wanted;
  if (!m_maximized.isEmpty()) m_maximized = wanted;
  arrange();
  store();
}

void WorkspaceArea::closeView(const QString& id) {
  if (layoutOfCurrent().parts.empty()) return;  // the last one stays
  layoutOfCurrent().remove(id);
  m_maximized.clear();
  arrange();
  store();
}

void WorkspaceArea::toggleMaximized(const QString& id) {
  m_maximized = m_maximized.isEmpty() ? id : QString();
  arrange();
}

void WorkspaceArea::readShares(Layout& layout, const QSplitter& splitter) const {
  const QList<int> sizes = splitter.sizes();
  const double whole = std::max(1, std::accumulate(sizes.begin(), sizes.end(), 0));
  for (std::size_t i = 0; i < layout.parts.size(); ++i) {
    const int index = static_cast<int>(i);
    if (index >= sizes.size()) return;
    layout.parts[i].share = std::round(kShareUnit * sizes[index] / whole) / kShareUnit;
    if (const auto* inner = qobject_cast<QSplitter*>(splitter.widget(index)))
      readShares(layout.parts[i], *inner);
  }
}

void WorkspaceArea::store() {
  Json layouts = Json::object();
  for (const Workspace& workspace : workspaceCatalog()) {
    const auto own = m_layouts.find(workspace.id);
    if (own != m_layouts.end() && own->second != workspace.layout)
      layouts[workspace.id.toStdString()] = layoutToJson(own->second);
  }
  const bool first = m_current == workspaceCatalog().front().id;
  m_session.setViewState("workspace", first ? Json() : Json(m_current.toStdString()));
  m_session.setViewState("layouts", layouts.empty() ? Json() : layouts);
}

void WorkspaceArea::restore() {
  std::map<QString, Layout> layouts;
  const Json kept = m_session.viewState("layouts");
  for (const Workspace& workspace : workspaceCatalog()) {
    const std::string id = workspace.id.toStdString();
    if (!kept.is_object() || !kept.contains(id)) continue;
    if (const auto layout = layoutFromJson(kept[id])) layouts[workspace.id] = *layout;
  }
  const Json current = m_session.viewState("workspace");
  const QString wanted =
      current.is_string() ? QString::fromStdString(current.get<std::string>()) : QString();
  const auto& all = workspaceCatalog();
  auto found = std::find_if(all.begin(), all.end(),
                            [&](const Workspace& workspace) { return workspace.id == wanted; });
  if (found == all.end()) found = all.begin();
  const QString workspaceBefore = m_current + m_maximized;
  const Layout layoutBefore = layoutOfCurrent();
  m_layouts = std::move(layouts);
  m_current = found->id;
  m_maximized.clear();
  const QSignalBlocker quiet(m_tabs);
  m_tabs->setCurrentIndex(static_cast<int>(found - all.begin()));
  if (m_current != workspaceBefore || !(layoutOfCurrent() == layoutBefore)) arrange();
  emit workspaceChanged(m_current);
}

}  // namespace separatrix
