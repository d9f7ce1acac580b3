#include "core/study/document.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/session/session.hpp"
#include "ui/views/view.hpp"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace separatrix;

/// Points from the clipboard and from other targets, by the window's menu and keys.
class PointActionsTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<MainWindow> m_window;

  Session& session() { return m_window->session(); }
  void open(const char* preset) {
    QSignalSpy opened(&session(), &Session::documentOpened);
    session().open(findDocument(presets(), preset)->json, preset);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!session().busy(), 30000);
  }
  QAction* action(const QString& text) {
    for (QAction* menu : m_window->menuBar()->actions())
      for (QAction* each : menu->menu()->actions())
        if (each->text().remove('&') == text) return each;
    return nullptr;
  }
  void paste(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
    View* view = m_window->views().front();
    view->setFocus();
    QTest::keyClick(view->focusProxy() != nullptr ? view->focusProxy() : view, Qt::Key_V,
                    Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!session().busy(), 30000);
  }
  const Json& target() { return session().scene().target.values.json(); }

private slots:
  void init() {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1200, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    open("two-deltas");
  }
  void cleanup() { m_window.reset(); }

  void pastedPointsComeBesideTheOthers() {
    paste("x0\tweights\n0.5\t2\n-0.25\t3\n");
    QVERIFY(target().at("means") == Json::parse("[[-1], [1], [0.5], [-0.25]]"));
    QVERIFY(target().at("weights") == Json::parse("[1, 1, 2, 3]"));
    QVERIFY(target().at("variances") == Json(0));
    QCOMPARE(session().history().count(), 1);
    QCOMPARE(session().history().undoText(), QString("Paste 2 points"));
    session().history().undo();
    QVERIFY(target().at("means") == Json::parse("[[-1], [1]]"));
  }

  void pointsOfAnotherDimensionReplaceTheData() {
    paste("x0,x1,x2\n1,0,0\n0,1,0\n0,0,1\n");
    QVERIFY(target().at("means") == Json::parse("[[1, 0, 0], [0, 1, 0], [0, 0, 1]]"));
    QCOMPARE(session().problem()->target().dimension(), Index{3});
  }

  void pointsReplaceOtherTargets() {
    open("hypersphere");
    paste("x0;x1\n1;2\n-1;-2\n");
    QCOMPARE(session().scene().target.kind, std::string("gaussian-mixture"));
    QVERIFY(target().at("means") == Json::parse("[[1, 2], [-1, -2]]"));
  }

  void whatIsNoTableChangesNothing() {
    paste("hello world");
    QCOMPARE(session().history().count(), 0);
    const QList<QLabel*> labels = m_window->findChild<MessageBar*>()->findChildren<QLabel*>();
    const bool told = std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
      return label->text().contains("Nothing pasted");
    });
    QVERIFY(told);
  }

  void aShapeBecomesPoints() {
    open("ring");
    const Mat before = session().problem()->target().components()->means;
    QAction* turn = action("Turn data into points");
    QVERIFY(turn && turn->isEnabled());
    turn->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!session().busy(), 30000);
    QCOMPARE(session().scene().target.kind, std::string("gaussian-mixture"));
    const Components& after = *session().problem()->target().components();
    QVERIFY((after.means - before).norm() < 1e-12);
    QVERIFY(!turn->isEnabled());
    session().history().undo();
    QCOMPARE(session().scene().target.kind, std::string("shape"));
  }
};

QTEST_MAIN(PointActionsTest)
#include "point_actions_test.moc"
