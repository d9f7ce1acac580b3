#include "ui/workspaces/workspace_area.hpp"

#include "core/study/document.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/view_options.hpp"
#include "ui/workspaces/view_tile.hpp"

#include <QMenu>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace separatrix;

/// Tiles and tabs, by mouse and keyboard.
class WorkspaceAreaTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<WorkspaceArea> m_area;

  void open(const Json& json) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(json, "test");
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!m_session->busy());
  }
  QStringList shown() const {
    QStringList out;
    for (const View* view : m_area->views())
      if (view->isVisible()) out << view->objectName();
    return out;
  }
  QToolButton* button(const QString& view, const char* name) const {
    for (ViewTile* tile : m_area->findChildren<ViewTile*>())
      if (tile->view().objectName() == view) return tile->findChild<QToolButton*>(name);
    return nullptr;
  }
  void press(const QString& view, const char* name) {
    QVERIFY(button(view, name));
    QTest::mouseClick(button(view, name), Qt::LeftButton);
  }

private slots:
  void init() {
    m_session = std::make_unique<Session>();
    m_area = std::make_unique<WorkspaceArea>(*m_session);
    m_area->resize(900, 700);
    m_area->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
    open(findDocument(presets(), "two-deltas")->json);
  }
  void cleanup() {
    m_area.reset();
    m_session.reset();
  }

  void aViewFillsTheWorkspaceAndGoesBack() {
    const QStringList all = shown();
    QVERIFY(all.size() > 1);
    press("trajectories", "maximize");
    QTRY_COMPARE(shown(), QStringList("trajectories"));
    press("trajectories", "maximize");
    QTRY_COMPARE(shown(), all);
  }

  void aClosedViewIsNoLongerComputed() {
    press("bifurcation", "close");
    QTRY_VERIFY(!shown().contains("bifurcation"));
    press("landscape", "close");
    QTRY_COMPARE(shown(), QStringList("trajectories"));
    const ResultPtr potential = m_session->resultOf("potential");
    m_session->setTime(0.123);
    QTRY_VERIFY(!m_session->busy());
    QCOMPARE(m_session->resultOf("potential"), potential);
    // The last one stays.
    press("trajectories", "close");
    QTest::qWait(20);
    QCOMPARE(shown(), QStringList("trajectories"));
    m_area->resetWorkspace();
    QTRY_COMPARE(shown().size(), 3);
    QTRY_VERIFY(!m_session->busy());
    QVERIFY(m_session->resultOf("potential") != potential);
  }

  void viewsChangePlaces() {
    const auto placeOf = [&](const char* id) {
      return m_area->view(id)->parentWidget()->mapTo(m_area.get(), QPoint(0, 0));
    };
    const QPoint first = placeOf("landscape");
    const QPoint second = placeOf("bifurcation");
    QToolButton* title = button("landscape", "title");
    QAction* wanted = nullptr;
    for (QAction* action : title->menu()->actions())
      if (action->text() == titleOf(*m_area->view("bifurcation"))) wanted = action;
    QVERIFY(wanted);
    // The menu runs a loop of its own until something is chosen.
    QTimer::singleShot(50, this, [&] {
      title->menu()->setActiveAction(wanted);
      QTest::keyClick(title->menu(), Qt::Key_Return);
    });
    QTest::mouseClick(title, Qt::LeftButton);
    const auto near = [](QPoint a, QPoint b) { return (a - b).manhattanLength() < 6; };
    QTRY_VERIFY(near(placeOf("bifurcation"), first));
    QVERIFY(near(placeOf("landscape"), second));
  }

  void theArrangementIsInTheDocument() {
    press("bifurcation", "close");
    QTRY_VERIFY(!shown().contains("bifurcation"));
    auto* splitter = m_area->findChild<QSplitter*>();
    QSplitterHandle* handle = splitter->handle(1);
    const QPoint grip = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip - QPoint(150, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, grip - QPoint(150, 0));
    const int width = m_area->view("landscape")->width();
    const Json saved = documentToJson(m_session->document());
    QVERIFY(saved["views"].contains("layouts"));
    open(findDocument(presets(), "four-deltas")->json);
    QTRY_COMPARE(shown().size(), 3);
    open(saved);
    QTRY_COMPARE(shown(), (QStringList{"landscape", "trajectories"}));
    QTRY_VERIFY(qAbs(m_area->view("landscape")->width() - width) < 8);
    QCOMPARE(documentToJson(m_session->document()).dump(), saved.dump());
  }

  // In a narrow tile the options have a row of their own, and all is still within the tile.
  void optionsGiveWayInNarrowTiles() {
    ViewTile* tile = nullptr;
    for (ViewTile* each : m_area->findChildren<ViewTile*>())
      if (each->view().objectName() == "bifurcation") tile = each;
    QVERIFY(tile);
    const auto placeOf = [&](const QWidget* widget) {
      return QRect(widget->mapTo(tile, QPoint(0, 0)), widget->size());
    };
    const auto* options = tile->findChild<ViewOptions*>();
    const auto* close = tile->findChild<QToolButton*>("close");
    m_area->resize(1800, 700);
    QTRY_VERIFY(placeOf(options).center().y() < placeOf(close).bottom());
    m_area->resize(520, 700);
    QTRY_VERIFY(placeOf(options).top() >= placeOf(close).bottom());
    for (const QWidget* each : tile->findChildren<QWidget*>())
      if (each->isVisible() && qobject_cast<const QAbstractButton*>(each))
        QVERIFY2(placeOf(each).right() < tile->width(), qPrintable(each->objectName()));
    m_area->resize(1800, 700);
    QTRY_VERIFY(placeOf(options).center().y() < placeOf(close).bottom());
  }

  void tabsChangeTheWorkspace() {
    auto* tabs = m_area->findChild<QTabBar*>();
    QCOMPARE(tabs->count(), static_cast<int>(workspaceCatalog().size()));
    for (int i = tabs->count() - 1; i >= 0; --i) {
      QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
      const Workspace& workspace = workspaceCatalog()[static_cast<std::size_t>(i)];
      QCOMPARE(m_area->workspace(), workspace.id);
      for (const View* view : m_area->views())
        QCOMPARE(view->isVisible(), workspace.layout.contains(view->objectName()));
    }
  }

  void aViewIsRevealedWhereItIs() {
    for (const View* view : m_area->views()) {
      m_area->reveal(view->objectName());
      QVERIFY2(view->isVisible(), qPrintable(view->objectName()));
    }
  }
};

QTEST_MAIN(WorkspaceAreaTest)
#include "workspace_area_test.moc"
