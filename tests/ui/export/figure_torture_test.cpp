#include "core/export/embedded_document.hpp"
#include "tests/faults/torture.hpp"
#include "ui/export/figure.hpp"
#include "ui/plots/plot.hpp"

#include <QImage>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <memory>
#include <vector>

namespace separatrix::test {
namespace {

const QByteArray kDocument = R"({"separatrix":1,"note":"whole"})";

bool isWholeFigure(const std::string& content, FigureFormat format) {
  if (embeddedDocument(content) != kDocument.toStdString()) return false;
  const QByteArray bytes = QByteArray::fromStdString(content);
  if (format == FigureFormat::pdf) return bytes.trimmed().endsWith("%%EOF");
  if (format == FigureFormat::png)
    return bytes.contains("IEND") && !QImage::fromData(bytes, "PNG").isNull();
  QXmlStreamReader xml(bytes);
  while (!xml.atEnd()) xml.readNext();
  return !xml.hasError();
}

}  // namespace

// Exporting figures when system calls fail and the disk is full. Not when allocations fail: Qt's
// painters end the program then.
class FigureTortureTest : public QObject {
  Q_OBJECT

private slots:
  void initTestCase() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(500, 350);
    m_plot->setAxis(PlotAxis::bottom, {"position x"});
    for (int curve = 0; curve < 3; ++curve) {
      std::vector<double> xs, ys;
      for (int i = 0; i <= 500; ++i) {
        xs.push_back(0.004 * i);
        ys.push_back(std::sin(xs.back() * (curve + 3) * 7));
      }
      m_plot->setCurve(m_plot->addCurve({}), xs, ys);
    }
    m_options.size = {80, 50};
    m_options.dpi = 150;
    m_options.metadata = kDocument;
    // The plugins, fonts and tables that are read once.
    for (const char* name : {"warm.svg", "warm.pdf", "warm.png"}) save(m_folder.path / name);
  }
  void cleanupTestCase() { m_plot.reset(); }

  void everyCallFails_data() { addFormats(); }
  void everyCallFails() {
    QFETCH(QString, ending);
    const ScratchFolder folder;
    const Torture torture = tortureCalls(deedIn(folder.path, ending));
    QCOMPARE(torture.problems, std::string());
    QVERIFY(torture.struck >= 30 && torture.refused >= 20);
  }

  void fullDisk_data() { addFormats(); }
  void fullDisk() {
    QFETCH(QString, ending);
    constexpr int kCuts = 50;
    const SmallDisk disk;
    const Deed deed = deedIn(disk.folder(), ending);
    deed.run();
    const std::size_t size = contentOf(deed.path).size();
    const Torture limited = tortureSizes(deed, size, kCuts);
    QCOMPARE(limited.problems, std::string());
    QCOMPARE(limited.refused, kCuts);
    if (!disk.mounted()) return;
    const Torture full = tortureDisk(deed, disk, size);
    QCOMPARE(full.problems, std::string());
    QCOMPARE(full.refused, full.struck);
    QVERIFY(full.struck >= 2);
  }

private:
  static void addFormats() {
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"svg", "pdf", "png"}) QTest::newRow(ending) << QString(ending);
  }

  void save(const std::filesystem::path& path) const {
    const Plot* const plots[] = {m_plot.get()};
    saveFigure(path, plots, m_options);
  }

  Deed deedIn(const std::filesystem::path& folder, const QString& ending) const {
    const std::filesystem::path path = folder / ("figure." + ending.toStdString());
    const FigureFormat format = formatOf(path);
    return {path, [this, path] { save(path); }, "the old figure",
            [format](const std::string& content) { return isWholeFigure(content, format); }};
  }

  ScratchFolder m_folder;
  std::unique_ptr<Plot> m_plot;
  FigureOptions m_options;
};

}  // namespace separatrix::test

QTEST_MAIN(separatrix::test::FigureTortureTest)
#include "figure_torture_test.moc"
