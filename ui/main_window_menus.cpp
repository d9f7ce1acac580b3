#include "ui/controls/timeline.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/documents/point_actions.hpp"
#include "ui/export/export_actions.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/guide_window.hpp"
#include "ui/panels/keyboard_help.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/panels/scene_panel.hpp"
#include "ui/workspaces/workspace_area.hpp"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QWhatsThis>

namespace separatrix {
namespace {

QAction* addMenuAction(QMenu* menu, const QString& text, const QKeySequence& keys,
                       const std::function<void()>& run) {
  QAction* action = menu->addAction(text);
  action->setShortcut(keys);
  QObject::connect(action, &QAction::triggered, action, [run] { run(); });
  return action;
}

}  // namespace

void MainWindow::buildMenus() {
  buildFileMenu();
  buildEditMenu();
  buildViewMenu();
  buildPlayMenu();
  buildHelpMenu();
}

void MainWindow::buildFileMenu() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  addMenuAction(file, tr("&Start page"), QKeySequence("Ctrl+Shift+P"), [this] { showStartPage(); });
  m_documents->fillFileMenu(file);
  file->addSeparator();
  m_exports->fillFileMenu(file);
  file->addSeparator();
  addMenuAction(file, tr("New &window"), QKeySequence("Ctrl+Shift+N"),
                [this] { openNewWindow()->documents().openNew(); });
  addMenuAction(file, tr("&Close window"), QKeySequence::Close, [this] { close(); });
  addMenuAction(file, tr("&Quit"), QKeySequence::Quit, [] { QApplication::closeAllWindows(); });
}

void MainWindow::buildEditMenu() {
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  m_documents->fillEditMenu(edit);
  edit->addSeparator();
  auto* points = new PointActions(*m_session, this);
  points->fillEditMenu(edit, {views().begin(), views().end()});
  connect(points, &PointActions::refused, m_messages,
          [this](const QString& problem) { m_messages->showProblem(problem); });
}

void MainWindow::buildViewMenu() {
  QMenu* view = menuBar()->addMenu(tr("&View"));
  buildWorkspaceActions(view);
  view->addSeparator();
  for (QDockWidget* dock : findChildren<QDockWidget*>()) view->addAction(dock->toggleViewAction());
  QAction* lock = view->addAction(tr("&Lock vertical ranges"));
  lock->setCheckable(true);
  connect(lock, &QAction::toggled, m_session, &Session::setRangesLocked);
  connect(m_session, &Session::rangesLockedChanged, lock, &QAction::setChecked);
  view->addSeparator();
  auto* themes = new QActionGroup(this);
  const std::pair<ThemeMode, QString> modes[] = {{ThemeMode::system, tr("&System colours")},
                                                 {ThemeMode::light, tr("L&ight")},
                                                 {ThemeMode::dark, tr("&Dark")}};
  for (const auto& [mode, title] : modes) {
    QAction* action = view->addAction(title);
    action->setCheckable(true);
    action->setChecked(mode == m_themeMode);
    themes->addAction(action);
    connect(action, &QAction::triggered, this, [this, mode = mode] { setThemeMode(mode); });
  }
  view->addSeparator();
  addMenuAction(view, tr("&Full screen"), QKeySequence(Qt::Key_F11),
                [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::buildWorkspaceActions(QMenu* menu) {
  auto* workspaces = new QActionGroup(this);
  int number = 0;
  for (const Workspace& workspace : workspaceCatalog()) {
    QAction* action =
        addMenuAction(menu, workspace.title, QKeySequence(QString("Ctrl+%1").arg(++number)),
                      [this, id = workspace.id] { m_area->showWorkspace(id); });
    action->setStatusTip(workspace.purpose);
    action->setCheckable(true);
    action->setChecked(workspace.id == m_area->workspace());
    workspaces->addAction(action);
    connect(m_area, &WorkspaceArea::workspaceChanged, action,
            [action, id = workspace.id](const QString& shown) { action->setChecked(id == shown); });
  }
  addMenuAction(menu, tr("&Reset workspace"), {}, [this] { m_area->resetWorkspace(); });
}

void MainWindow::buildPlayMenu() {
  QMenu* play = menuBar()->addMenu(tr("&Play"));
  Timeline* t = m_timeline;
  // Single keys work while a view or the timeline has the focus, not while something is typed.
  const auto add = [&](const QString& text, const QKeySequence& keys, std::function<void()> run) {
    QAction* action = addMenuAction(play, text, keys, run);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (View* view : views()) view->addAction(action);
  };
  add(tr("&Play or pause"), QKeySequence(Qt::Key_Space), [t] { t->togglePlay(); });
  add(tr("Step towards the &data"), QKeySequence("."), [t] { t->stepForward(); });
  add(tr("Step towards the &noise"), QKeySequence(","), [t] { t->stepBackward(); });
  add(tr("To the n&oise"), QKeySequence(Qt::Key_Home), [t] { t->toStart(); });
  add(tr("To the d&ata"), QKeySequence(Qt::Key_End), [t] { t->toEnd(); });
  add(tr("&Slower"), QKeySequence("["), [t] { t->slower(); });
  add(tr("&Faster"), QKeySequence("]"), [t] { t->faster(); });
  play->addSeparator();
  add(tr("New &random seed"), QKeySequence("R"), [this] { m_scenePanel->nextSeed(); });
}

/// At the view that has the focus.
void MainWindow::showGuide() {
  if (m_guide == nullptr) m_guide = new GuideWindow(this);
  QString section;
  for (const View* view : views())
    if (view->isAncestorOf(QApplication::focusWidget()) || view->hasFocus())
      for (const ViewKind& kind : viewCatalog())
        if (kind.id == view->objectName()) section = kind.title;
  m_guide->show();
  m_guide->raise();
  m_guide->activateWindow();
  m_guide->showSection(section);
}

void MainWindow::buildHelpMenu() {
  QMenu* help = menuBar()->addMenu(tr("&Help"));
  addMenuAction(help, tr("&Guide"), QKeySequence(Qt::Key_F1), [this] { showGuide(); });
  help->addAction(QWhatsThis::createAction(this));
  addMenuAction(help, tr("&Keyboard…"), QKeySequence("Ctrl+F1"), [this] {
    auto* keys = new KeyboardHelp(*menuBar(), this);
    keys->setAttribute(Qt::WA_DeleteOnClose);
    keys->open();
  });
  help->addSeparator();
  addMenuAction(help, tr("&About Separatrix"), {}, [this] {
    QMessageBox::about(
        this, tr("About Separatrix"),
        tr("<h3>Separatrix %1</h3><p>A laboratory for the potential landscapes of generative "
           "diffusion.</p><p>After Raya &amp; Ambrogioni 2023 (arXiv 2305.19693), Ambrogioni 2023 "
           "(arXiv 2310.17467) and Biroli, Bonnaire, de Bortoli &amp; Mézard 2024 (arXiv "
           "2402.18491).</p><p>Free software under the GNU GPL, version 3 or later.</p>")
            .arg(SEPARATRIX_VERSION));
  });
}

}  // namespace separatrix
