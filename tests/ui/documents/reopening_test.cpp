#include "tests/core/random_document.hpp"
#include "tests/ui/files.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/export/export_actions.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/plots/plot.hpp"

#include <QApplication>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace separatrix;
using namespace separatrix::test;

namespace {

/// A window of its own, as after a new start of the program.
struct Window {
  std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>();

  bool wantsResults = true;  ///< waits for them; some random scenes take minutes

  explicit Window(bool results = true) : wantsResults(results) { window->resize(1280, 800); }
  Session& session() { return window->session(); }
  DocumentFile& file() { return window->documents().file(); }
  MessageBar& messages() { return window->fileWork().messages(); }

  void waitUntilDone() {
    QTRY_VERIFY_WITH_TIMEOUT(
        !window->fileWork().busy() && session().problem() && (!wantsResults || !session().busy()),
        20000);
  }
  void open(const QString& path) {
    window->documents().open(path);
    waitUntilDone();
  }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &enter);
    QDropEvent event({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &event);
    waitUntilDone();
  }
  QByteArray saved(const QString& path) {
    file().saveAs(path);
    waitUntilDone();
    return bytesOf(path);
  }
  QString exported(const QString& path, const char* view) {
    FigureState figure{view, {}};
    figure.options.size = {120, 90};
    figure.options.dpi = 150;
    window->exports().exportFigure(path, figure);
    waitUntilDone();
    return path;
  }
  /// Types that place into the dialog that asks for one.
  void answerWith(const QString& place) {
    const auto dialog = [this] { return window->findChild<QFileDialog*>(); };
    QTRY_VERIFY(dialog());
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    auto* edit = dialog()->findChild<QLineEdit*>("fileNameEdit");
    edit->setCompleter(nullptr);
    edit->clear();
    QTest::keyClicks(edit, place);
    auto* buttons = dialog()->findChild<QDialogButtonBox*>();
    QTest::mouseClick(buttons->button(QDialogButtonBox::Open), Qt::LeftButton);
    waitUntilDone();
  }
  void press(const QString& text) {
    for (auto* button : messages().findChildren<QPushButton*>())
      if (button->isVisibleTo(&messages()) && button->text() == text) {
        QTest::mouseClick(button, Qt::LeftButton);
        return;
      }
    QFAIL(qPrintable(text + " is not in: " + messages().text()));
  }
};

/// The picture of a figure, without what tells of the time of writing.
QByteArray pictureIn(const QString& path) {
  if (!path.endsWith(".pdf")) return bytesOf(path);
  QProcess raster;
  raster.start("pdftoppm", {"-png", "-r", "100", path});
  raster.waitForFinished();
  return raster.readAllStandardOutput();
}

}  // namespace

/// What is saved or exported, and opened by another start of the program, is the same again.
class ReopeningTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir m_folder;
  QString path(const QString& name) { return m_folder.filePath(name); }

  void expectSameBytesAgain(const QString& original, bool results = true) {
    QByteArray first, second;
    {
      Window window(results);
      window.open(original);
      first = window.saved(path("first.json"));
    }
    {
      Window window(results);
      window.open(path("first.json"));
      second = window.saved(path("second.json"));
    }
    QVERIFY(!first.isEmpty());
    QCOMPARE(second, first);
  }

private slots:
  void everyPresetSavesTheSameBytesAgain() {
    for (const NamedDocument& preset : presets()) {
      if (preset.json.contains("model")) continue;  // takes minutes
      writeFile(path("preset.json"), QByteArray::fromStdString(canonicalText(preset.json)));
      expectSameBytesAgain(path("preset.json"));
    }
  }

  /// Ensembles are small here, so that the results are there soon; the scenes and views are random.
  void randomDocumentsSaveTheSameBytesAgain() {
    int opened = 0;
    for (std::uint32_t seed = 0; opened < 25; ++seed) {
      Json json = RandomDocument(seed).json();
      json["ensemble"] = {{"particles", 10}, {"steps", 20}, {"seed", seed}};
      try {
        constexpr Index kQuick = 8;  // dimensions
        if (prepare(documentFromJson(json).scene)->target().dimension() > kQuick) continue;
      } catch (const InvalidInput&) {
        continue;  // names a file that is not there
      }
      ++opened;
      writeFile(path("random.json"), QByteArray::fromStdString(canonicalText(json)));
      expectSameBytesAgain(path("random.json"), false);
    }
  }

  void figuresReopenWithTheSameDocumentAndPicture_data() {
    QTest::addColumn<QString>("format");
    for (const char* format : {"svg", "pdf", "png"}) QTest::newRow(format) << QString(format);
  }

  void figuresReopenWithTheSameDocumentAndPicture() {
    QFETCH(QString, format);
    for (const char* view : {"landscape", "bifurcation", "all"}) {
      Window before;
      writeFile(path("doc.json"), QByteArray::fromStdString(
                                      canonicalText(findDocument(presets(), "asymmetric")->json)));
      before.open(path("doc.json"));
      before.session().editEntries("target", {{"weights", {0.3, 0.5, 0.2}}});
      before.session().setTime(0.23);
      before.waitUntilDone();
      Plot* plot = before.window->views().front()->findChild<Plot*>();
      plot->zoomTo(PlotAxis::bottom, {-0.7, 1.3});
      plot->grab();
      QTRY_VERIFY(!before.session().viewState("landscape").is_null());
      const QString first = before.exported(path("first." + format), view);

      Window after;
      after.drop(first);
      QVERIFY(after.file().path().isEmpty());  // saving must not replace the figure
      QVERIFY(!after.file().isModified());
      QCOMPARE(documentToJson(after.session().document()).dump(),
               documentToJson(before.session().document()).dump());
      const QString second = after.exported(path("second." + format), view);
      // The title is the name of the document, here that of the figure.
      const QByteArray picture = pictureIn(first);
      QVERIFY(picture.size() > 1000);
      if (format == "png")
        QCOMPARE(QImage(second), QImage(first));
      else
        QCOMPARE(pictureIn(second).replace("first", "doc"), picture);
    }
  }

  void movedDataAreLocated() {
    writeFile(path("points.csv"), "-1\n0.5\n2\n");
    const Json json = {{"separatrix", 1},
                       {"target", {{"kind", "dataset"}, {"path", "points.csv"}}},
                       {"process", {{"kind", "vp-linear"}}}};
    writeFile(path("data.json"), QByteArray::fromStdString(canonicalText(json)));
    QFile::rename(path("points.csv"), path("elsewhere.csv"));
    Window window;
    window.window->show();
    window.window->documents().open(path("data.json"));
    QTRY_VERIFY(window.messages().text().contains("points.csv"));
    QVERIFY(!window.session().problem());
    window.press("Locate…");
    window.answerWith(path("elsewhere.csv"));
    QCOMPARE(window.session().problem()->target().components()->count(), Index{3});
    QVERIFY(window.file().isModified());  // the file on disk still names the old place
    window.saved(path("data.json"));
    const Json written = readDocumentFile(path("data.json").toStdString());
    QCOMPARE(written["target"]["path"].get<std::string>(), std::string("elsewhere.csv"));
    QCOMPARE(written["files"]["elsewhere.csv"]["size"].get<int>(), 9);
  }

  void movedFoldersAreLocated() {
    QVERIFY(QDir(m_folder.path()).mkpath("images/cat"));
    QImage image(2, 1, QImage::Format_Grayscale8);
    image.fill(7);
    QVERIFY(image.save(path("images/cat/1.png")));
    Window window;
    window.window->show();
    window.session().open(findDocument(presets(), "two-deltas")->json, "Two deltas");
    window.waitUntilDone();
    window.drop(path("images"));
    QCOMPARE(window.session().problem()->target().dimension(), Index{2});
    window.saved(path("folder.json"));
    QVERIFY(QDir(m_folder.path()).rename("images", "elsewhere"));

    Window later;
    later.window->show();
    later.window->documents().open(path("folder.json"));
    QTRY_VERIFY(later.messages().text().contains("images"));
    later.press("Locate folder…");
    later.answerWith(path("elsewhere"));
    QCOMPARE(later.session().problem()->target().components()->labels, std::vector<int>{0});
    QCOMPARE(later.session().problem()->remarks().size(), std::size_t{0});
    later.saved(path("folder.json"));
    const Json written = readDocumentFile(path("folder.json").toStdString());
    QCOMPARE(written["target"]["path"].get<std::string>(), std::string("elsewhere"));
    QVERIFY(!written["files"]["elsewhere"].contains("data"));
  }

  void changedDataAreSaidAndCanBeTaken() {
    writeFile(path("points.csv"), "-1\n1\n");
    Window window;
    window.window->show();
    window.session().open(findDocument(presets(), "two-deltas")->json, "Two deltas");
    window.waitUntilDone();
    window.drop(path("points.csv"));  // dropped data become the scene's
    QCOMPARE(QString::fromStdString(window.session().scene().target.kind), QString("dataset"));
    window.saved(path("changing.json"));
    writeFile(path("points.csv"), "-3\n1\n2\n");

    Window later;
    later.window->show();
    later.open(path("changing.json"));
    QVERIFY2(later.messages().text().contains("changed"), qPrintable(later.messages().text()));
    QCOMPARE(later.session().problem()->target().components()->count(), Index{2});
    QVERIFY(!later.file().isModified());
    later.press("Load the data as they are now");
    QTRY_COMPARE(later.session().problem()->target().components()->count(), Index{3});
    QVERIFY(later.file().isModified());
  }

  void savingElsewhereKeepsTheWayToTheData() {
    writeFile(path("points.csv"), "-1\n1\n");
    QVERIFY(QDir(m_folder.path()).mkpath("below"));
    Window window;
    window.session().open(findDocument(presets(), "two-deltas")->json, "Two deltas");
    window.waitUntilDone();
    window.drop(path("points.csv"));
    window.saved(path("below/moved.json"));
    const Json written = readDocumentFile(path("below/moved.json").toStdString());
    QCOMPARE(written["target"]["path"].get<std::string>(), std::string("../points.csv"));
    Window later;
    later.open(path("below/moved.json"));
    QCOMPARE(later.session().problem()->target().components()->count(), Index{2});
    // A figure tells nothing of the disk, and carries the data.
    later.exported(path("below/figure.svg"), "landscape");
    const Json carried = readDocumentFile(path("below/figure.svg").toStdString());
    QCOMPARE(carried["target"]["path"].get<std::string>(), std::string("points.csv"));
    QVERIFY(carried["files"]["points.csv"].contains("data"));
    Window last;
    last.drop(path("below/figure.svg"));
    QCOMPARE(last.session().problem()->target().components()->count(), Index{2});
  }
};

QTEST_MAIN(ReopeningTest)
#include "reopening_test.moc"
