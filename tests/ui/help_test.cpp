#include "ui/main_window.hpp"
#include "ui/panels/guide_window.hpp"
#include "ui/panels/keyboard_help.hpp"
#include "ui/plots/plot.hpp"
#include "ui/workspaces/layout.hpp"

#include <QAction>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenuBar>
#include <QSet>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace separatrix;

namespace {

/// What a click in the mode of What's This shows for a widget: its own text or an ancestor's.
QString explanationOf(const QWidget* widget) {
  for (; widget != nullptr && !widget->isWindow(); widget = widget->parentWidget())
    if (!widget->whatsThis().isEmpty()) return widget->whatsThis();
  return {};
}

QString describe(const QWidget* widget) {
  QStringList path;
  for (; widget != nullptr && path.size() < 4; widget = widget->parentWidget())
    path.prepend(QString(widget->metaObject()->className()) + "/" + widget->objectName());
  return path.join(" > ");
}

}  // namespace

class HelpTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<MainWindow> m_window;

  void open(const char* preset) {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1400, 900);
    m_window->session().open(findDocument(presets(), preset)->json, preset);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().problem() && !m_window->session().busy(), 60000);
  }

private slots:
  void cleanup() { m_window.reset(); }

  void everyControlIsExplained_data() {
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"two-deltas", "four-deltas", "hypersphere", "curie-weiss", "ring"})
      QTest::newRow(preset) << preset;
  }
  void everyControlIsExplained() {
    QFETCH(QString, preset);
    open(qPrintable(preset));
    QStringList unexplained, nameless;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
      if (explanationOf(widget).isEmpty()) unexplained << describe(widget);
    }
    QVERIFY2(unexplained.isEmpty(), qPrintable(unexplained.join('\n')));
  }

  // A view that is added needs its equation in the guide.
  void theGuideSpeaksOfEveryView() {
    GuideWindow guide;
    QStringList views, workspaces, indices;
    const QTextDocument& text = *guide.findChild<QTextBrowser*>()->document();
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
      const int level = block.blockFormat().headingLevel();
      if (level == 3) views << block.text();
      if (level == 2) workspaces << block.text();
    }
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next())
      for (auto piece = block.begin(); !piece.atEnd(); ++piece)
        if (piece.fragment().charFormat().verticalAlignment() != QTextCharFormat::AlignNormal)
          indices << piece.fragment().text();
    QVERIFY(indices.contains("c") && indices.contains("−2t") && indices.contains("2/d"));
    QVERIFY(indices.contains("j") && !indices.join("").contains("²"));  // of w_j²
    QStringList expected, titles;
    for (const ViewKind& kind : viewCatalog()) expected << kind.title;
    for (const Workspace& workspace : workspaceCatalog()) titles << workspace.title;
    QVERIFY(!text.toPlainText().contains('_') && !text.toPlainText().contains('^'));
    workspaces.removeFirst();  // what everything follows from
    for (QStringList* list : {&views, &workspaces, &expected, &titles}) list->sort();
    QCOMPARE(views, expected);
    QCOMPARE(workspaces, titles);
  }

  void theGuideOpensAtTheViewInFocus() {
    open("two-deltas");
    View* view = nullptr;
    for (View* each : m_window->views())
      if (each->objectName() == "bifurcation") view = each;
    QVERIFY(view && view->isVisible());
    QTest::mouseClick(view->findChild<Plot*>(), Qt::LeftButton);
    QTest::keyClick(view->findChild<Plot*>(), Qt::Key_F1);
    auto* guide = m_window->findChild<GuideWindow*>();
    QVERIFY(guide && guide->isVisible());
    auto* text = guide->findChild<QTextBrowser*>();
    QCOMPARE(text->textCursor().block().text(), QString("Fixed points"));
    QVERIFY(std::abs(text->cursorRect().top()) < 40);  // at the top, not at the bottom
    auto* search = guide->findChild<QLineEdit*>();
    QTest::mouseClick(search, Qt::LeftButton);
    QTest::keyClicks(search, "spinodal");
    QCOMPARE(text->textCursor().selectedText(), QString("spinodal"));
    QTest::keyClick(guide, Qt::Key_Escape);
    QVERIFY(!guide->isVisible());
  }

  void theKeyboardMapHasEveryShortcutOnce() {
    open("two-deltas");
    KeyboardHelp help(*m_window->menuBar());
    help.show();
    auto* tree = help.findChild<QTreeWidget*>();
    QSet<QString> listed;
    for (int i = 0; i < tree->topLevelItemCount(); ++i)
      for (int k = 0; k < tree->topLevelItem(i)->childCount(); ++k)
        listed.insert(tree->topLevelItem(i)->child(k)->text(1));
    QHash<QString, QString> owners;
    for (const QAction* action : m_window->findChildren<QAction*>())
      for (const QKeySequence& keys : action->shortcuts()) {
        const QString text = keys.toString(QKeySequence::NativeText);
        QVERIFY2(listed.contains(text), qPrintable(text + " " + action->text()));
        QVERIFY2(!owners.contains(text) || owners[text] == action->text(),
                 qPrintable(text + ": " + owners[text] + ", " + action->text()));
        owners[text] = action->text();
      }
    QVERIFY(owners.size() > 15);
    // Searching leaves what matches; Escape closes.
    auto* search = help.findChild<QLineEdit*>();
    QTest::keyClicks(search, "export");
    int shown = 0;
    for (int i = 0; i < tree->topLevelItemCount(); ++i)
      for (int k = 0; k < tree->topLevelItem(i)->childCount(); ++k)
        shown += tree->topLevelItem(i)->child(k)->isHidden() ? 0 : 1;
    QCOMPARE(shown, 2);
    QTest::keyClick(&help, Qt::Key_Escape);
    QVERIFY(!help.isVisible());
  }

  void tabVisitsEveryPartAndReturns() {
    open("two-deltas");
    m_window->activateWindow();
    const QWidget* first = m_window->focusWidget();
    QVERIFY(first != nullptr);
    QSet<QString> parts;
    bool returned = false;
    for (int i = 0; i < 300 && !returned; ++i) {
      QWidget* focus = m_window->focusWidget();
      for (const QWidget* up = focus; up != nullptr; up = up->parentWidget()) {
        if (up->objectName() == "scene" || up->objectName() == "readout" ||
            up->objectName() == "timeline" || up->objectName().startsWith("tile-"))
          parts.insert(up->objectName());
      }
      QTest::keyClick(focus, Qt::Key_Tab);
      returned = i > 0 && m_window->focusWidget() == first;
    }
    QVERIFY(returned);
    for (const char* part : {"scene", "timeline", "tile-landscape", "tile-trajectories"})
      QVERIFY2(parts.contains(part), part);
  }
};

QTEST_MAIN(HelpTest)
#include "help_test.moc"
