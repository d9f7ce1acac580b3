#include "ui/documents/document_actions.hpp"

#include "ui/controls/timeline.hpp"
#include "ui/documents/recent_files.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/plots/plot.hpp"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace separatrix;

namespace {

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

}  // namespace

/// Documents as a person handles them: menus, keys, dialogs, the mouse, on the real window.
class DocumentActionsTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<MainWindow> m_window;
  QTemporaryDir m_folder;

  Session& session() { return m_window->session(); }
  DocumentFile& file() { return m_window->documents().file(); }
  MessageBar& messages() { return *m_window->findChild<MessageBar*>(); }
  QString path(const char* name) { return m_folder.filePath(name); }

  void key(int key, Qt::KeyboardModifiers modifiers) {
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), modifiers);
  }
  /// An edit by the keyboard: the selected data point one step to the right.
  void movePoint() {
    Plot* plot = m_window->views().front()->findChild<Plot*>();
    plot->setSelectedHandle(1);
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_Right);
    QVERIFY(file().isModified());
  }
  /// The dialog of that type that is open; those closed are deleted only in the outermost loop.
  template <class Dialog>
  Dialog* open() {
    for (auto* each : m_window->findChildren<Dialog*>())
      if (each->isVisible()) return each;
    return nullptr;
  }
  void answer(QMessageBox::StandardButton button) {
    QTRY_VERIFY(open<QMessageBox>());
    QTest::mouseClick(open<QMessageBox>()->button(button), Qt::LeftButton);
    QTRY_VERIFY(!open<QMessageBox>());
  }
  /// Types a name into the file dialog that is open.
  void chooseFile(const QString& name) {
    QTRY_VERIFY(open<QFileDialog>());
    auto* dialog = open<QFileDialog>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    auto* edit = dialog->findChild<QLineEdit*>("fileNameEdit");
    edit->selectAll();
    edit->setCompleter(nullptr);  // its list would take the keys
    QTest::keyClicks(edit, name);
    auto* buttons = dialog->findChild<QDialogButtonBox*>();
    QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
    QTRY_VERIFY(!open<QFileDialog>());
  }
  void pressInMessage(const char* text) {
    for (auto* button : messages().findChildren<QPushButton*>())
      if (button->isVisible() && button->text() == text) {
        QTest::mouseClick(button, Qt::LeftButton);
        return;
      }
    QFAIL(text);
  }
  void waitUntilDone() {
    QTRY_VERIFY(!m_window->fileWork().busy() && session().problem() && !session().busy());
  }
  void openFile(const QString& name) {
    m_window->documents().open(name);
    waitUntilDone();
  }
  void saveTo(const QString& name) {
    key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    chooseFile(name);
    QTRY_COMPARE(file().path(), name);
    waitUntilDone();
  }
  void drop(QMimeData* data) {
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({50, 50}, Qt::CopyAction, data, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &event);
    waitUntilDone();
  }

private slots:
  void init() {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    session().open(findDocument(presets(), "two-deltas")->json, "Two deltas");
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    waitUntilDone();
  }
  void cleanup() { m_window.reset(); }

  void titleSaysNameAndModification() {
    QCOMPARE(m_window->windowTitle(), QString("Two deltas[*] — Separatrix"));
    QVERIFY(!m_window->isWindowModified());
    movePoint();
    QVERIFY(m_window->isWindowModified());
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_window->isWindowModified());
    saveTo(path("mine.json"));
    QCOMPARE(m_window->windowTitle(), QString("mine[*] — Separatrix"));
    QCOMPARE(m_window->windowFilePath(), path("mine.json"));
  }

  void keysUndoAndRedo() {
    const Scene first = session().scene();
    movePoint();
    movePoint();
    const Scene last = session().scene();
    key(Qt::Key_Z, Qt::ControlModifier);
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(session().scene() == first);
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_Y, Qt::ControlModifier);
    QVERIFY(session().scene() == last);
  }

  void saveWritesAndSavesAgain() {
    movePoint();
    key(Qt::Key_S, Qt::ControlModifier);  // it has no file yet, so this asks
    chooseFile(path("again"));            // the ending is added
    QTRY_COMPARE(file().path(), path("again.json"));
    waitUntilDone();
    QVERIFY(!file().isModified());
    QVERIFY(messages().text().contains("again.json"));
    movePoint();
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!file().isModified());
    const Json written = readDocumentFile(path("again.json").toStdString());
    QVERIFY(sceneFromJson(written) == session().scene());
    QCOMPARE(RecentFiles::paths().front(), path("again.json"));
  }

  void somebodyElsesChangeIsNotOverwritten() {
    saveTo(path("shared.json"));
    const QByteArray theirs = bytesOf(path("shared.json")).replace("20", "15");
    writeFile(path("shared.json"), theirs);
    movePoint();
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(messages().text().contains("changed by another program"));
    QCOMPARE(bytesOf(path("shared.json")), theirs);
    QVERIFY(file().isModified());
    // The other way out first: theirs.
    pressInMessage("Discard mine and open it");
    QTRY_VERIFY(!file().isModified());
    waitUntilDone();
    QCOMPARE(session().scene().process.values.real("beta_max"), 15.0);
    // And mine.
    writeFile(path("shared.json"), "{}");
    movePoint();
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(messages().text().contains("changed by another program"));
    pressInMessage("Overwrite it");
    QTRY_VERIFY(!file().isModified());
    QVERIFY(sceneFromJson(readDocumentFile(path("shared.json").toStdString())) ==
            session().scene());
  }

  void aFolderThatCannotBeWrittenIsSaidAndAnotherOffered() {
    movePoint();
    file().saveAs("/proc/nowhere/file.json");
    QTRY_VERIFY(messages().text().contains("/proc/nowhere/file.json"));
    QVERIFY(file().isModified());
    QVERIFY(file().path().isEmpty());
    pressInMessage("Save as…");
    chooseFile(path("elsewhere.json"));
    QTRY_VERIFY(!file().isModified());
  }

  void unsavedChangesAreAskedFor() {
    movePoint();
    const Scene mine = session().scene();
    m_window->timeline().play();
    key(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!m_window->timeline().isPlaying());
    answer(QMessageBox::Cancel);
    QVERIFY(session().scene() == mine);
    key(Qt::Key_N, Qt::ControlModifier);
    answer(QMessageBox::Discard);
    QTRY_COMPARE(session().documentName(), QString("Untitled"));
    QVERIFY(!(session().scene() == mine));
    QVERIFY(!file().isModified());
  }

  void savingAtTheQuestionGoesOnAfterwards() {
    movePoint();
    const Scene mine = session().scene();
    key(Qt::Key_N, Qt::ControlModifier);
    answer(QMessageBox::Save);
    chooseFile(path("before-new.json"));
    QTRY_COMPARE(session().documentName(), QString("Untitled"));
    QVERIFY(sceneFromJson(readDocumentFile(path("before-new.json").toStdString())) == mine);
  }

  void closingAsksToo() {
    movePoint();
    m_window->close();
    answer(QMessageBox::Cancel);
    QVERIFY(m_window->isVisible());
    m_window->close();
    answer(QMessageBox::Discard);
    QTRY_VERIFY(!m_window->isVisible());
  }

  void closingAnUnchangedDocumentDoesNot() {
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QVERIFY(!open<QMessageBox>());
  }

  void aPresetIsANewDocument() {
    saveTo(path("saved.json"));
    movePoint();
    m_window->documents().openPreset(*findDocument(presets(), "asymmetric"));
    answer(QMessageBox::Discard);
    QTRY_COMPARE(session().documentName(), QString("Asymmetric mixture"));
    QVERIFY(file().path().isEmpty());
  }

  void recentFilesReopen() {
    RecentFiles::clear();
    saveTo(path("one.json"));
    saveTo(path("two.json"));
    QMenu* recent = nullptr;
    for (auto* menu : m_window->menuBar()->findChildren<QMenu*>())
      if (menu->title() == "Open &recent") recent = menu;
    QVERIFY(recent);
    emit recent->aboutToShow();
    QCOMPARE(recent->actions().at(0)->text(), path("two.json"));
    QCOMPARE(recent->actions().at(1)->text(), path("one.json"));
    recent->actions().at(1)->trigger();
    QTRY_COMPARE(file().path(), path("one.json"));
    QFile::remove(path("two.json"));
    emit recent->aboutToShow();
    QVERIFY(!recent->actions().at(1)->isEnabled());  // it is gone
    recent->actions().last()->trigger();
    QVERIFY(RecentFiles::paths().isEmpty());
  }

  void brokenFilesAreExplained_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    const QByteArray scene =
        R"("target": {"kind": "gaussian-mixture"}, "process": {"kind": "vp-linear"})";
    QTest::newRow("no JSON") << QByteArray("{") << "not valid JSON";
    QTest::newRow("unknown key") << "{\"separatrix\": 1, \"colour\": 2, " + scene + "}"
                                 << "colour";
    QTest::newRow("newer") << "{\"separatrix\": 2, " + scene + "}"
                           << "newer than this program";
    QTest::newRow("sizes") << QByteArray(
                                  R"({"separatrix": 1, "process": {"kind": "vp-linear"}, "target":
        {"kind": "gaussian-mixture", "means": [[1]], "weights": [1, 2]}})")
                           << "target.weights";
    QTest::newRow("empty") << QByteArray() << "not valid JSON";
  }

  void brokenFilesAreExplained() {
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    writeFile(path("broken.json"), content);
    const Scene before = session().scene();
    m_window->documents().open(path("broken.json"));
    QTRY_VERIFY2(messages().text().contains(said), qPrintable(messages().text()));
    QVERIFY(session().scene() == before);
    QVERIFY(file().path().isEmpty());
  }

  void copiedSceneIsPasted() {
    movePoint();
    const Scene mine = session().scene();
    key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!(session().scene() == mine));
    key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(session().scene() == mine);
    QCOMPARE(session().history().undoText(), QString("Paste scene"));
    QApplication::clipboard()->setText("Lorem ipsum");
    key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(messages().text().contains("clipboard"));
    QVERIFY(session().scene() == mine);
  }

  void droppedFileOpens() {
    saveTo(path("dropped.json"));
    key(Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(session().documentName(), QString("Untitled"));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path("dropped.json"))});
    drop(&data);
    QCOMPARE(file().path(), path("dropped.json"));
  }

  void droppedTextIsPasted() {
    QMimeData data;
    Json json = findDocument(presets(), "asymmetric")->json;
    data.setText(QString::fromStdString(canonicalText(json)));
    drop(&data);
    QVERIFY(session().scene() == sceneFromJson(json));
    QVERIFY(file().isModified());
  }

  void viewsReopenAsTheyWere() {
    Plot* plot = m_window->views().front()->findChild<Plot*>();
    session().setTime(0.2);
    for (auto* box : m_window->timeline().findChildren<QComboBox*>())
      for (int i = 0; i < 5 && m_window->timeline().axis() != "theta"; ++i)
        QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(m_window->timeline().axis(), QString("theta"));
    const QPointF at = plot->plotArea().center();
    QWheelEvent wheel(at, plot->mapToGlobal(at), {}, {0, 360}, {}, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot, &wheel);
    QTRY_VERIFY(plot->isZoomed());
    QTRY_VERIFY(!session().viewState("landscape").is_null());
    const AxisRange x = plot->range(PlotAxis::bottom);
    const AxisRange y = plot->range(PlotAxis::left);
    saveTo(path("views.json"));
    QVERIFY(!file().isModified());
    key(Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(session().documentName(), QString("Untitled"));
    waitUntilDone();
    QVERIFY(!plot->isZoomed());
    QCOMPARE(m_window->timeline().axis(), QString("s"));
    openFile(path("views.json"));
    QCOMPARE(session().time(), 0.2);
    QCOMPARE(m_window->timeline().axis(), QString("theta"));
    QVERIFY(plot->range(PlotAxis::bottom) == x);
    QVERIFY(plot->range(PlotAxis::left) == y);
    QTest::mouseDClick(plot, Qt::LeftButton, {}, at.toPoint());
    QTRY_VERIFY(session().viewState("landscape").is_null());
  }

  void lockedRangesReopenLocked() {
    Plot* plot = m_window->views().front()->findChild<Plot*>();
    session().setRangesLocked(true);
    QTRY_VERIFY(!session().viewState("landscape").is_null());
    const AxisRange y = plot->range(PlotAxis::left);
    session().setTime(0.2);
    waitUntilDone();
    saveTo(path("locked.json"));
    key(Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(session().documentName(), QString("Untitled"));
    waitUntilDone();
    QVERIFY(!session().areRangesLocked());
    openFile(path("locked.json"));
    QVERIFY(session().areRangesLocked());
    QVERIFY(plot->range(PlotAxis::left) == y);
    session().setTime(0.1);
    waitUntilDone();
    QVERIFY(plot->range(PlotAxis::left) == y);
  }

  void whatALaterVersionKeptInViewsStays() {
    saveTo(path("later.json"));
    Json json = readDocumentFile(path("later.json").toStdString());
    json["views"]["hologram"] = {{"depth", 3}};
    writeFile(path("later.json"), QByteArray::fromStdString(canonicalText(json)));
    openFile(path("later.json"));
    movePoint();
    key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!file().isModified());
    QVERIFY(readDocumentFile(path("later.json").toStdString())["views"]["hologram"]["depth"] == 3);
  }
};

QTEST_MAIN(DocumentActionsTest)
#include "document_actions_test.moc"
