#include "core/study/document.hpp"
#include "tests/faults/torture.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/main_window.hpp"
#include "ui/views/view.hpp"
#include "ui/workspaces/layout.hpp"
#include "ui/workspaces/workspace_area.hpp"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QUndoStack>
#include <QWheelEvent>

#include <algorithm>
#include <random>

using namespace separatrix;
using namespace separatrix::test;

namespace {

/// Resident memory of this process, in MB.
double residentMegabytes() {
  QFile file("/proc/self/statm");
  if (!file.open(QIODevice::ReadOnly)) return 0;
  return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

/// Plays with a window as nobody would: mouse, wheel and keys at random places, replayable from its
/// seed. It is driven by a timer, so that it goes on inside menus too.
class Monkey : public QObject {
public:
  Monkey(MainWindow& window, unsigned seed) : m_window(window), m_random(seed) {}

  void play(long events) {
    m_left = events;
    m_sinceAct.start();
    m_loop = std::make_unique<QEventLoop>();
    QTimer::singleShot(0, this, &Monkey::act);
    m_loop->exec();
  }
  double longestStall() const { return m_longestStall; }
  const QString& slowest() const { return m_slowest; }

private:
  int upTo(int n) { return std::uniform_int_distribution<int>(0, std::max(0, n))(m_random); }

  void act() {
    const QString what = m_last;
    const double gap = static_cast<double>(m_sinceAct.nsecsElapsed()) / 1e6;
    if (gap > m_longestStall) {
      m_longestStall = gap;
      m_slowest = what;
    }
    m_sinceAct.restart();
    if (--m_left < 0) {
      if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
      m_loop->quit();
      return;
    }
    // Set before what may open a menu, which has a loop of its own.
    QTimer::singleShot(0, this, &Monkey::act);
    // What asks for files or for words is left again: nothing on this disk is touched.
    if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
      m_last = QString("closing ") + dialog->windowTitle();
      dialog->reject();
      return;
    }
    if (QWidget* popup = QApplication::activePopupWidget()) {
      m_last = "popup";
      useThePopup(popup);
      return;
    }
    const int choice = upTo(99);
    if (choice < 55)
      useTheMouse();
    else if (choice < 70)
      turnTheWheel();
    else if (choice < 92)
      pressAKey();
    else if (choice < 96)
      changeWorkspace();
    else
      m_window.resize(700 + upTo(900), 500 + upTo(500));
  }

  void useThePopup(QWidget* popup) {
    if (upTo(2) > 0) {
      QTest::keyClick(popup, Qt::Key_Escape);
      return;
    }
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup,
                    qobject_cast<QMenu*>(popup) != nullptr ? Qt::Key_Escape : Qt::Key_Return);
  }

  QWidget* someWidget(QPoint& at) {
    const QPoint place(upTo(m_window.width() - 1), upTo(m_window.height() - 1));
    QWidget* found = m_window.childAt(place);
    if (found == nullptr) return nullptr;
    at = found->mapFrom(&m_window, place);
    return found;
  }

  void useTheMouse() {
    QPoint at;
    QPointer<QWidget> widget = someWidget(at);
    if (widget == nullptr || qobject_cast<QMenuBar*>(widget) != nullptr) return;
    m_last = QString("mouse on ") + widget->metaObject()->className() + " " + widget->objectName();
    const Qt::KeyboardModifiers keys = upTo(9) == 0 ? Qt::ControlModifier : Qt::NoModifier;
    const Qt::MouseButton button = upTo(9) == 0 ? Qt::RightButton : Qt::LeftButton;
    QTest::mousePress(widget, button, keys, at);
    const int moves = upTo(6);
    for (int i = 0; i < moves && widget; ++i) {
      at += QPoint(upTo(60) - 30, upTo(60) - 30);
      QTest::mouseMove(widget, at);
    }
    if (widget) QTest::mouseRelease(widget, button, keys, at);
  }

  void turnTheWheel() {
    QPoint at;
    QWidget* widget = someWidget(at);
    if (widget == nullptr) return;
    m_last = QString("wheel on ") + widget->metaObject()->className();
    QWheelEvent event(QPointF(at), QPointF(widget->mapToGlobal(at)), {},
                      {0, upTo(1) == 0 ? 120 : -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
  }

  void pressAKey() {
    static const std::vector<Qt::Key> keys = {
        Qt::Key_Tab,       Qt::Key_Space,    Qt::Key_Left,        Qt::Key_Right,
        Qt::Key_Up,        Qt::Key_Down,     Qt::Key_Home,        Qt::Key_End,
        Qt::Key_PageUp,    Qt::Key_PageDown, Qt::Key_Escape,      Qt::Key_Delete,
        Qt::Key_Backspace, Qt::Key_Return,   Qt::Key_0,           Qt::Key_7,
        Qt::Key_Minus,     Qt::Key_Period,   Qt::Key_E,           Qt::Key_R,
        Qt::Key_Comma,     Qt::Key_Plus,     Qt::Key_BracketLeft, Qt::Key_BracketRight,
        Qt::Key_A};
    QWidget* focus = m_window.focusWidget();
    if (focus == nullptr) focus = &m_window;
    const int undo = upTo(11);
    m_last = QString("key on ") + focus->metaObject()->className();
    if (undo == 0)
      m_window.session().history().undo();
    else if (undo == 1)
      m_window.session().history().redo();
    else
      QTest::keyClick(focus,
                      keys[static_cast<std::size_t>(upTo(static_cast<int>(keys.size()) - 1))],
                      upTo(7) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
  }

  void changeWorkspace() {
    const auto& all = workspaceCatalog();
    m_last = "workspace";
    if (upTo(3) == 0)
      m_window.area().resetWorkspace();
    else
      m_window.area().showWorkspace(
          all[static_cast<std::size_t>(upTo(static_cast<int>(all.size()) - 1))].id);
  }

  MainWindow& m_window;
  std::mt19937 m_random;
  long m_left = 0;
  QElapsedTimer m_sinceAct;
  double m_longestStall = 0;
  QString m_last, m_slowest;
  std::unique_ptr<QEventLoop> m_loop;
};

}  // namespace

class MonkeyTorture : public QObject {
  Q_OBJECT

private slots:
  void nothingBreaks_data() {
    QTest::addColumn<unsigned>("seed");
    const int rounds = tortureFactor() > 1 ? 20 : 3;
    for (int seed = 1; seed <= rounds; ++seed)
      QTest::addRow("seed %d", seed) << static_cast<unsigned>(seed);
  }

  void nothingBreaks() {
    QFETCH(unsigned, seed);
    MainWindow window;
    window.resize(1280, 800);
    std::vector<NamedDocument> all = presets();
    std::erase_if(all, [](const NamedDocument& each) { return each.json.contains("model"); });
    const NamedDocument& preset = all[seed % all.size()];
    Json json = preset.json;
    json["ensemble"] = {{"particles", 200}, {"steps", 50}};
    window.session().open(json, QString::fromStdString(preset.title));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTRY_VERIFY(window.session().problem());
    const Scene first = window.session().scene();

    const long events = 400L * tortureFactor() * (tortureFactor() > 1 ? 5 : 1);
    Monkey monkey(window, seed);
    monkey.play(events / 5);
    const double before = residentMegabytes();
    monkey.play(events - events / 5);
    const double after = residentMegabytes();
    qInfo("%s: longest turn of the event loop %.0f ms (after %s), memory %.0f to %.0f MB",
          preset.name.c_str(), monkey.longestStall(), qPrintable(monkey.slowest()), before, after);

    // Whatever was done can be taken back, to the first scene, unless a document was opened.
    if (QApplication::activePopupWidget() != nullptr) QApplication::activePopupWidget()->close();
    window.session().setEditing(false);
    if (window.timeline().isPlaying()) window.timeline().togglePlay();
    while (window.session().history().canUndo()) window.session().history().undo();
    if (window.session().documentName() == QString::fromStdString(preset.title))
      QVERIFY(window.session().scene() == first);
    window.session().cancelLongWork();
    QTRY_VERIFY_WITH_TIMEOUT(!window.session().busy(), 60000);
    for (const View* view : window.views()) QVERIFY(!view->summary().isEmpty());
    // Memory is held by what was computed, not by what was done: no growth without end.
    if (tortureFactor() > 1) QVERIFY(after < 1.05 * before + 60);
  }
};

QTEST_MAIN(MonkeyTorture)
#include "monkey_torture_test.moc"
