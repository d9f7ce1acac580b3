#include "ui/export/figure.hpp"

#include "core/export/embedded_document.hpp"
#include "core/runtime/errors.hpp"
#include "ui/plots/plot.hpp"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <vector>

namespace separatrix {
namespace {

struct Svg {
  bool wellFormed = false;
  QStringList texts;
  QString width, title, metadata;
  qsizetype circles = 0, polylines = 0;
};

Svg parsed(const QByteArray& bytes) {
  Svg svg;
  QXmlStreamReader xml(bytes);
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const QString name = xml.name().toString();
    if (name == u"svg") svg.width = xml.attributes().value("width").toString();
    if (name == u"circle" || name == u"ellipse") ++svg.circles;
    if (name == u"polyline") ++svg.polylines;
    if (name == u"text") svg.texts << xml.readElementText().trimmed();
    if (name == u"title") svg.title = xml.readElementText();
    if (name == u"metadata") svg.metadata = xml.readElementText();
  }
  svg.wellFormed = !xml.hasError();
  return svg;
}

}  // namespace

class FigureTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(500, 350);
    m_plot->setTheme(darkTheme());
    m_plot->setAxis(PlotAxis::bottom, {"position x"});
    m_plot->setAxis(PlotAxis::left, {"potential"});
    const CurveId curve = m_plot->addCurve({.name = "a <curve> & more"});
    std::vector<double> xs, ys;
    for (int i = 0; i <= 100; ++i) {
      xs.push_back(-2 + 0.04 * i);
      ys.push_back(xs.back() * xs.back());
    }
    m_plot->setCurve(curve, xs, ys);
  }
  void cleanup() { m_plot.reset(); }

  void formatsByEnding() {
    QCOMPARE(formatOf("a/b.svg"), FigureFormat::svg);
    QCOMPARE(formatOf("b.PDF"), FigureFormat::pdf);
    QCOMPARE(formatOf("b.c.png"), FigureFormat::png);
    for (const char* name : {"figure.jpg", "figure"}) {
      try {
        formatOf(name);
        QFAIL("no exception");
      } catch (const InvalidInput& error) {
        QVERIFY(QString(error.what()).contains(".svg, .pdf or .png"));
      }
    }
  }

  void svgIsWellFormedWithText() {
    FigureOptions options;
    options.size = {85, 60};
    options.title = "U & θ";
    options.metadata = "{\"separatrix\": \"<1>\"}";
    const Svg svg = parsed(render(options, FigureFormat::svg).bytes);
    QVERIFY(svg.wellFormed);
    QVERIFY2(svg.texts.contains("position x"), qPrintable(svg.texts.join('|')));
    QVERIFY(svg.texts.contains("potential"));
    QVERIFY(svg.texts.contains("a <curve> & more"));
    QVERIFY(svg.texts.contains(QStringLiteral("−2")));
    QCOMPARE(svg.width, QStringLiteral("85.000mm"));
    QCOMPARE(svg.title, options.title);
    QCOMPARE(svg.metadata.toUtf8(), options.metadata);
    const QByteArray bytes = render(options, FigureFormat::svg).bytes;
    QVERIFY(bytes.contains("sans-serif\""));
    QVERIFY(!bytes.contains("<image"));
    QVERIFY(QSvgRenderer(bytes).isValid());
  }

  void svgStaysInsideTheAxes() {
    m_plot->setRange(PlotAxis::left, {0, 1});  // the curve leaves through the top
    FigureOptions options;
    options.unit = FigureUnit::pixels;
    options.size = {400, 300};
    const QString svg = QString::fromUtf8(render(options, FigureFormat::svg).bytes);
    static const QRegularExpression points("<polyline[^>]* points=\"([^\"]*)\"");
    auto match = points.globalMatch(svg);
    int checked = 0;
    while (match.hasNext()) {
      for (const QString& pair : match.next().captured(1).split(' ', Qt::SkipEmptyParts)) {
        const double y = pair.section(',', 1, 1).toDouble();
        QVERIFY2(y > 5 && y < 300, qPrintable(pair));
        ++checked;
      }
    }
    QVERIFY(checked > 20);
  }

  void pdfHasOnePageOfTheSizeAsked() {
    FigureOptions options;
    options.size = {85, 60};
    options.title = "T";
    options.metadata = "{}";
    const QByteArray pdf = render(options, FigureFormat::pdf).bytes;
    QVERIFY(pdf.startsWith("%PDF"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    static const QRegularExpression box(R"(/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\])");
    const QString text = QString::fromLatin1(pdf);
    const auto match = box.match(text);
    QVERIFY(match.hasMatch());
    QVERIFY(std::abs(match.captured(1).toDouble() - 85 / 25.4 * 72) < 1e-3);
    QVERIFY(std::abs(match.captured(2).toDouble() - 60 / 25.4 * 72) < 1e-3);
    QCOMPARE(text.count(QRegularExpression(R"(/Type\s*/Page\b)")), 1);
  }

  void pngHasExactlyThePixelsAsked() {
    FigureOptions options;
    options.unit = FigureUnit::pixels;
    options.size = {801, 603};
    options.dpi = 150;
    options.metadata = "{\"a\": \"θ\"}";
    QImage image = QImage::fromData(render(options, FigureFormat::png).bytes, "PNG");
    QCOMPARE(image.size(), QSize(801, 603));
    QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 150);
    QCOMPARE(image.text("separatrix").toUtf8(), options.metadata);
    QCOMPARE(image.text("Software"), QStringLiteral("Separatrix"));
    options.unit = FigureUnit::millimetres;
    options.size = {85, 60};
    options.dpi = 300;
    image = QImage::fromData(render(options, FigureFormat::png).bytes, "PNG");
    QCOMPARE(image.size(), QSize(1004, 709));
  }

  // To the byte, whatever the text holds, and once.
  void everyFigureCarriesItsDocument_data() {
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("scene") << QByteArray(R"({"separatrix":1,"target":{"means":[[-1],[1]]}})");
    QTest::newRow("markup") << QByteArray(
        "{\"a\": \"'\\\"]]> -- <metadata id='separatrix'>{}</metadata> &lt;&amp; <?xpacket "
        "end=\"}");
    QTest::newRow("pdf words") << QByteArray(
        "{\"a\": \"/MediaBox [0 0 240.000000 170.000000] endstream endobj %%EOF trailer\"}");
    QTest::newRow("letters") << QByteArray("{\"é θ ∇² 😀 שלום\": \"\\u0000\\u001f\\ud83d\"}");
    QTest::newRow("space") << QByteArray("\n\t{\r\n \"a\" :\r 1 }\n");
    QTest::newRow("long") << "[\"" + QByteArray(2 << 20, '&') + "\"]";
  }
  void everyFigureCarriesItsDocument() {
    QFETCH(QByteArray, document);
    FigureOptions options;
    options.size = {85, 60};
    options.title = "U & <θ> \"😀\" ]]> /MediaBox [0 0 240.000000 170.000000]";
    options.metadata = document;
    for (const FigureFormat format : {FigureFormat::svg, FigureFormat::pdf, FigureFormat::png}) {
      const QByteArray bytes = render(options, format).bytes;
      const auto found = embeddedDocument(bytes.toStdString());
      QVERIFY(found);
      QCOMPARE(QByteArray::fromStdString(*found), document);
      QVERIFY(isFigure(bytes.first(100).toStdString()));
      if (format == FigureFormat::svg) QVERIFY(parsed(bytes).wellFormed);
      if (format == FigureFormat::png) QCOMPARE(QImage::fromData(bytes).size(), QSize(1004, 709));
      if (format == FigureFormat::pdf) checkPdf(bytes, options);
      options.metadata.clear();
      QVERIFY(!embeddedDocument(render(options, format).bytes.toStdString()));
      options.metadata = document;
    }
  }

  void fontFollowsThePoints() {
    FigureOptions options;
    options.fontPoints = 9;
    QVERIFY(render(options, FigureFormat::svg).bytes.contains("font-size=\"12\""));
    options.fontPoints = 6;
    QVERIFY(render(options, FigureFormat::svg).bytes.contains("font-size=\"8\""));
  }

  void exportIsLightAndTheScreenStaysAsItIs() {
    m_plot->setHandles(std::vector<QPointF>{{0, 1}}, {.horizontal = false});
    m_plot->setSelectedHandle(0);
    const QImage before = m_plot->grab().toImage();
    const AxisRange range = m_plot->range(PlotAxis::left);
    QCOMPARE(before.pixelColor(3, 3), darkTheme().background);
    for (const FigureFormat format : {FigureFormat::svg, FigureFormat::pdf, FigureFormat::png}) {
      render({}, format);
    }
    const QImage image = QImage::fromData(render({}, FigureFormat::png).bytes);
    QCOMPARE(image.pixelColor(5, 5), lightTheme().background);
    QCOMPARE(m_plot->grab().toImage(), before);
    QVERIFY(m_plot->range(PlotAxis::left) == range);
    QCOMPARE(m_plot->selectedHandle(), 0);
    FigureOptions forSlides;
    forSlides.dark = true;
    const QImage dark = QImage::fromData(render(forSlides, FigureFormat::png).bytes);
    QCOMPARE(dark.pixelColor(5, 5), darkTheme().background);
    QVERIFY(render(forSlides, FigureFormat::svg)
                .bytes.contains(darkTheme().background.name().toUtf8()));
    QCOMPARE(m_plot->grab().toImage(), before);
    // Selection is a mark of interaction: with and without it the figure is the same.
    m_plot->setSelectedHandle(-1);
    QCOMPARE(QImage::fromData(render({}, FigureFormat::png).bytes), image);
  }

  void thinningIsReported() {
    const std::size_t count = 100000;
    std::vector<float> xs(count), ys(count);
    for (std::size_t i = 0; i < count; ++i) {
      xs[i] = static_cast<float>(i) / static_cast<float>(count);
      ys[i] = 1 + 0.5f * std::sin(40 * xs[i]);
    }
    m_plot->setParticles(m_plot->addParticles({}), xs, ys);
    const std::vector<float> paths(3 * 500, 0.5f);
    m_plot->setPaths(m_plot->addPaths({}), std::vector{-1.0, 0.0, 1.0}, paths);
    const Figure vector = render({}, FigureFormat::svg);
    QCOMPARE(vector.report.particles, count);
    QCOMPARE(vector.report.particlesShown, std::size_t{2000});
    QCOMPARE(vector.report.pathsShown, std::size_t{200});
    QVERIFY(vector.report.thinned());
    QString text = vector.report.text();
    text.replace(QChar(0x202f), ' ');
    QCOMPARE(text, QStringLiteral("showing 2 000 of 100 000 particles, 200 of 500 paths"));
    const Svg svg = parsed(vector.bytes);
    QCOMPARE(svg.circles, 2000);
    QVERIFY(svg.texts.join(' ').contains("showing"));
    const Figure raster = render({}, FigureFormat::png);
    QVERIFY(!raster.report.thinned());
    QVERIFY(raster.report.text().isEmpty());
  }

  void severalPlotsSideBySide() {
    Plot other;
    other.setAxis(PlotAxis::bottom, {"second"});
    const std::vector<const Plot*> plots{m_plot.get(), &other};
    FigureOptions options;
    options.unit = FigureUnit::pixels;
    options.size = {800, 300};
    const Figure figure = renderFigure(plots, options, FigureFormat::svg);
    const Svg svg = parsed(figure.bytes);
    QVERIFY(svg.wellFormed);
    QVERIFY(svg.texts.contains("position x"));
    QVERIFY(svg.texts.contains("second"));
  }

  void optionsOutOfRangeAreNamed() {
    FigureOptions options;
    QVERIFY_THROWS_EXCEPTION(InvalidInput, renderFigure({}, options, FigureFormat::svg));
    options.size = {0, 50};
    QVERIFY_THROWS_EXCEPTION(InvalidInput, render(options, FigureFormat::svg));
    options.size = {std::nan(""), 50};
    QVERIFY_THROWS_EXCEPTION(InvalidInput, render(options, FigureFormat::pdf));
    options = {};
    options.dpi = 2400;
    options.size = {2000, 2000};
    QVERIFY_THROWS_EXCEPTION(InvalidInput, render(options, FigureFormat::png));
    options = {};
    options.fontPoints = 1000;
    QVERIFY_THROWS_EXCEPTION(InvalidInput, render(options, FigureFormat::png));
  }

  void savedWholeOrNotAtAll() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("figure.svg");
    const Plot* const plots[] = {m_plot.get()};
    saveFigure(path.toStdString(), plots, {});
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(parsed(file.readAll()).wellFormed);
    QVERIFY_THROWS_EXCEPTION(
        Failure, saveFigure(folder.filePath("no/such/folder/f.svg").toStdString(), plots, {}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             saveFigure(folder.filePath("f.gif").toStdString(), plots, {}));
  }

private:
  /// As a program sees it that is not ours.
  static void checkPdf(const QByteArray& bytes, const FigureOptions& options) {
    QTemporaryDir folder;
    QFile file(folder.filePath("figure.pdf"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const auto pdfinfo = [&](const QStringList& arguments) {
      QProcess process;
      process.start("pdfinfo", arguments + QStringList{file.fileName()});
      process.waitForFinished();
      const QByteArray errors = process.readAllStandardError();
      if (!errors.isEmpty()) qWarning("%s", errors.constData());
      return errors.isEmpty() ? process.readAllStandardOutput() : QByteArray();
    };
    const QByteArray info = pdfinfo({});
    QVERIFY2(info.contains("240.945 x 170.079 pts"), info.constData());
    QVERIFY(info.contains("Metadata Stream: yes"));
    QVERIFY(info.contains("Title:           " + options.title.toUtf8() + "\n"));
    QXmlStreamReader xml(pdfinfo({"-meta"}));
    QString title, document;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      if (xml.name() == u"li") title = xml.readElementText();
      if (xml.name() == u"document") document = xml.readElementText();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(title, options.title);
    QCOMPARE(document.toUtf8(), options.metadata);
    QVERIFY(!bytes.contains("/EmbeddedFiles"));
  }

  Figure render(const FigureOptions& options, FigureFormat format) const {
    const Plot* const plots[] = {m_plot.get()};
    return renderFigure(plots, options, format);
  }

  std::unique_ptr<Plot> m_plot;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::FigureTest)
#include "figure_test.moc"
