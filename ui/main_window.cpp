#include "ui/main_window.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/critical_times.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/export/export_actions.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/panels/readout_panel.hpp"
#include "ui/panels/scene_panel.hpp"
#include "ui/sentence.hpp"
#include "ui/start/start_page.hpp"
#include "ui/timeline_marks.hpp"
#include "ui/workspaces/workspace_area.hpp"

#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QProgressBar>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStyle>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QUndoView>
#include <QVBoxLayout>

#include <algorithm>

namespace separatrix {
namespace {

constexpr int kNarrowCharacters = 190;

/// Scrolls up and down only, and is as wide as its contents ever needed: numbers that come and go
/// must not move the views.
class SideScroll final : public QScrollArea {
public:
  SideScroll() {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  }

protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
      setMinimumWidth(std::max(
          minimumWidth(),
          widget()->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent)));
    return QScrollArea::eventFilter(watched, event);
  }
};

QDockWidget* makeDock(const QString& title, const QString& name, QWidget* contents) {
  auto* dock = new QDockWidget(title);
  dock->setObjectName(name);
  auto* scroll = new SideScroll;
  scroll->setWidget(contents);
  scroll->setWhatsThis(contents->whatsThis());
  dock->setWidget(scroll);
  return dock;
}

}  // namespace

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent), m_session(new Session(this)) {
  setAcceptDrops(true);
  buildViews();
  m_fileWork = new FileWork(*m_messages, this);
  m_documents = new DocumentActions(*m_session, *m_fileWork, this);
  m_exports = new ExportActions(*m_session, m_area->views(), *m_fileWork, this);
  buildDocks();
  buildTimeline();
  buildMenus();
  buildProgress();
  connect(m_session, &Session::problemChanged, this, &MainWindow::showProblemOnTimeline);
  connect(m_session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key == "critical-times") showMarks();
  });
  connect(&m_documents->file(), &DocumentFile::changed, this, &MainWindow::showTitle);
  connect(m_documents, &DocumentActions::aboutToAsk, m_timeline, &Timeline::pause);
  connect(m_exports, &ExportActions::aboutToAsk, m_timeline, &Timeline::pause);
  connect(m_scenePanel, &ScenePanel::presetChosen, m_documents, &DocumentActions::openPreset);
  connect(m_session, &Session::documentOpened, m_messages, &QWidget::hide);
  connectStartPage();
  connect(m_session, &Session::entryRejected, this,
          [this](const QString&, const QString& message) { m_messages->showProblem(message); });
  connect(m_session, &Session::modelFailed, this, [this](const QString& problem) {
    m_messages->showProblem(asSentence(problem),
                            {{tr("Restart"), [this] { m_session->restartModel(); }}});
  });
  resize(1360, 860);
  setThemeMode(ThemeMode::system);
}

MainWindow::~MainWindow() {
  delete takeCentralWidget();  // views say goodbye to the session
}

const std::vector<View*>& MainWindow::views() const {
  return m_area->views();
}

void MainWindow::buildViews() {
  auto* centre = new QWidget(this);
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(4, 4, 4, 0);
  m_messages = new MessageBar(centre);
  layout->addWidget(m_messages);
  m_pages = new QStackedWidget(centre);
  m_area = new WorkspaceArea(*m_session, m_pages);
  m_pages->addWidget(m_area);
  m_startPage = new StartPage(m_pages);
  m_pages->addWidget(m_startPage);
  layout->addWidget(m_pages, 1);
  setCentralWidget(centre);
}

void MainWindow::connectStartPage() {
  connect(m_startPage, &StartPage::presetChosen, m_documents, &DocumentActions::openPreset);
  connect(m_startPage, &StartPage::recentChosen, m_documents, &DocumentActions::open);
  connect(m_startPage, &StartPage::openAsked, m_documents, &DocumentActions::askOpen);
  connect(m_startPage, &StartPage::newAsked, m_documents, &DocumentActions::openNew);
  connect(m_session, &Session::documentOpened, this, [this] { m_pages->setCurrentWidget(m_area); });
}

void MainWindow::showStartPage() {
  m_pages->setCurrentWidget(m_startPage);
}

void MainWindow::buildDocks() {
  m_scenePanel = new ScenePanel(*m_session);
  m_sceneDock = makeDock(tr("Scene"), "scene", m_scenePanel);
  m_readoutDock = makeDock(tr("Readout"), "readout", new ReadoutPanel(*m_session));
  addDockWidget(Qt::LeftDockWidgetArea, m_sceneDock);
  addDockWidget(Qt::RightDockWidgetArea, m_readoutDock);
  auto* steps = new QUndoView(&m_session->history());
  steps->setAccessibleName(tr("History"));
  steps->setWhatsThis(tr("The steps since the document was opened; choose one to go back to it."));
  steps->setEmptyLabel(tr("As it was opened"));
  m_historyDock = makeDock(tr("History"), "history", steps);
  addDockWidget(Qt::RightDockWidgetArea, m_historyDock);
  m_historyDock->hide();
}

void MainWindow::buildTimeline() {
  m_timeline = new Timeline;
  auto* bar = new QToolBar(tr("Timeline"), this);
  bar->setObjectName("timeline");
  bar->setMovable(false);
  bar->toggleViewAction()->setEnabled(false);
  bar->addWidget(m_timeline);
  addToolBar(Qt::BottomToolBarArea, bar);
  connect(m_timeline, &Timeline::timeEdited, m_session, &Session::setTime);
  connect(m_timeline, &Timeline::timeCommitted, m_session, &Session::setTime);
  connect(m_session, &Session::timeChanged, m_timeline, &Timeline::setTime);
  connect(m_timeline, &Timeline::axisChanged, this,
          [this](const QString& id) { m_session->setViewState("axis", id.toStdString()); });
}

void MainWindow::buildProgress() {
  auto* corner = new QWidget(this);
  auto* row = new QHBoxLayout(corner);
  row->setContentsMargins(0, 2, 6, 2);
  auto* progress = new QProgressBar(corner);
  progress->setAccessibleName(tr("Progress"));
  progress->setMaximumWidth(20 * fontMetrics().averageCharWidth());
  auto* cancel = new QToolButton(corner);
  cancel->setText(tr("Cancel"));
  cancel->setToolTip(tr("Stop this computation and keep the last result"));
  row->addWidget(progress);
  row->addWidget(cancel);
  menuBar()->setCornerWidget(corner);
  corner->hide();
  // Short work comes and goes unseen.
  auto* patience = new QTimer(this);
  patience->setSingleShot(true);
  patience->setInterval(400);
  connect(patience, &QTimer::timeout, corner, &QWidget::show);
  connect(cancel, &QToolButton::clicked, m_session, &Session::cancelLongWork);
  connect(m_session, &Session::progressChanged, this, [=](double fraction) {
    if (corner->isHidden() && !patience->isActive()) patience->start();
    progress->setValue(static_cast<int>(100 * fraction));
  });
  connect(m_session, &Session::idle, this, [=] {
    patience->stop();
    corner->hide();
  });
}

void MainWindow::showProblemOnTimeline() {
  const ProblemPtr problem = m_session->problem();
  const ForwardProcess& process = problem->process();
  m_timeline->setRange(shortestTime(process), process.horizon());
  std::vector<TimeAxisView> axes;
  for (const TimeAxis& axis : timeAxes(process))
    // The functions refer to the process, which lives as long as its problem.
    axes.push_back({QString::fromStdString(axis.id), QString::fromStdString(axis.title),
                    QString::fromStdString(axis.symbol),
                    [problem, axis](double s) { return axis.fromTime(s); },
                    [problem, axis](double value) { return axis.toTime(value); }});
  const QString first = axes.front().id;
  m_timeline->setAxes(std::move(axes));
  const Json axis = m_session->viewState("axis");
  m_timeline->setAxis(axis.is_string() ? QString::fromStdString(axis.get<std::string>()) : first);
  m_timeline->setTime(m_session->time());
}

void MainWindow::showMarks() {
  const auto critical = m_session->result<CriticalTimes>("critical-times");
  if (!critical) return;
  const Problem& problem = *m_session->problem();
  m_timeline->setMarks(timeMarks(*critical, problem));
  m_timeline->setBands(regimeBands(*critical, problem, resolve(m_themeMode)));
}

void MainWindow::showTitle() {
  setWindowTitle(m_session->documentName() + "[*]" + tr(" — Separatrix"));
  setWindowFilePath(m_documents->file().path());
  setWindowModified(m_documents->file().isModified());
}

void MainWindow::setThemeMode(ThemeMode mode) {
  m_themeMode = mode;
  applyTheme(*qApp, mode);
  showTheme();
}

void MainWindow::showTheme() {
  for (View* view : views()) view->setTheme(resolve(m_themeMode));
  m_startPage->setTheme(resolve(m_themeMode));
  if (m_session->problem()) showMarks();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  // In a narrow window the readout becomes a tab behind the scene, so that the views keep room.
  const bool narrow = width() < kNarrowCharacters * fontMetrics().averageCharWidth();
  if (narrow == m_narrow) return;
  m_narrow = narrow;
  if (narrow) {
    tabifyDockWidget(m_sceneDock, m_readoutDock);
    m_sceneDock->raise();
  } else {
    addDockWidget(Qt::RightDockWidgetArea, m_readoutDock);
  }
}

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showTheme();
}

}  // namespace separatrix
