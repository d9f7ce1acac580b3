#include "ui/export/figure.hpp"

#include "core/export/atomic_file.hpp"
#include "core/export/embedded_document.hpp"
#include "core/export/xml_text.hpp"
#include "core/runtime/errors.hpp"
#include "ui/plots/plot.hpp"

#include <QBuffer>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <string>

namespace separatrix {
namespace {

constexpr double kPixelsPerInch = 96;
constexpr double kMillimetresPerInch = 25.4;
constexpr int kPdfResolution = 1200;
constexpr int kLargestSide = 20000;  // pixels of a PNG
const QString kCreator = QStringLiteral("Separatrix");

/// The figure in pixels of 1/96 inch, and how many pixels of the file go into one.
struct Page {
  QSizeF size;
  double pixelRatio = 1;
  QSize raster;  ///< of a PNG
};

void requireWithin(const char* entry, double value, double low, double high, const char* unit) {
  if (value >= low && value <= high) return;
  throw InvalidInput(entry, QString::number(value).toStdString() + " is out of range; give " +
                                QString::number(low).toStdString() + " to " +
                                QString::number(high).toStdString() + unit);
}

Page pageOf(const FigureOptions& options, FigureFormat format) {
  requireWithin("dpi", options.dpi, 36, 2400, "");
  requireWithin("font", options.fontPoints, 4, 72, " points");
  const bool millimetres = options.unit == FigureUnit::millimetres;
  for (const double side : {options.size.width(), options.size.height()}) {
    requireWithin("size", side, millimetres ? 20 : 50, millimetres ? 2000 : kLargestSide,
                  millimetres ? " mm" : " pixels");
  }
  Page page;
  if (format == FigureFormat::png) {
    page.pixelRatio = options.dpi / kPixelsPerInch;
    const double scale = millimetres ? options.dpi / kMillimetresPerInch : 1;
    page.raster = {qRound(options.size.width() * scale), qRound(options.size.height() * scale)};
    if (std::max(page.raster.width(), page.raster.height()) > kLargestSide) {
      throw InvalidInput("size", "the picture would be " + std::to_string(page.raster.width()) +
                                     " × " + std::to_string(page.raster.height()) +
                                     " pixels; lower the size or the dpi");
    }
    page.size = QSizeF(page.raster) / page.pixelRatio;
  } else {
    page.size = options.size * (millimetres ? kPixelsPerInch / kMillimetresPerInch : 1);
  }
  return page;
}

QColor backgroundOf(const FigureOptions& options) {
  return (options.dark ? darkTheme() : lightTheme()).background;
}

RenderReport drawPlots(QPainter& painter, std::span<const Plot* const> plots, const Page& page,
                       const FigureOptions& options, bool vector) {
  const int count = static_cast<int>(plots.size());
  int columns = options.columns;
  if (columns <= 0) columns = page.size.width() >= page.size.height() ? count : 1;
  columns = std::clamp(columns, 1, count);
  const int rows = (count + columns - 1) / columns;
  const double gap = count > 1 ? options.fontPoints * 1.2 : 0;
  const QSizeF cell((page.size.width() - gap * (columns - 1)) / columns,
                    (page.size.height() - gap * (rows - 1)) / rows);
  painter.fillRect(QRectF(QPointF(0, 0), page.size), backgroundOf(options));
  RenderReport report;
  for (int i = 0; i < count; ++i) {
    painter.save();
    painter.translate((i % columns) * (cell.width() + gap), (i / columns) * (cell.height() + gap));
    report += plots[static_cast<std::size_t>(i)]->draw(painter, cell,
                                                       {.fontPoints = options.fontPoints,
                                                        .fontFamily = options.fontFamily,
                                                        .dark = options.dark,
                                                        .vector = vector,
                                                        .pixelRatio = page.pixelRatio});
    painter.restore();
  }
  return report;
}

std::string_view viewOf(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QString number(double value) {
  return QString::number(value, 'f', 3);
}

/// What QSvgGenerator cannot do: sizes that are not whole pixels, fonts to fall back on, the
/// document.
QByteArray finishedSvg(const QByteArray& written, const Page& page, const FigureOptions& options) {
  QString svg = QString::fromUtf8(written);
  static const QRegularExpression size(QStringLiteral("<svg width=\"[^\"]*\" height=\"[^\"]*\""));
  const auto millimetres = [](double pixels) {
    return number(pixels * kMillimetresPerInch / kPixelsPerInch);
  };
  const QString exact =
      options.unit == FigureUnit::millimetres
          ? QStringLiteral("<svg width=\"%1mm\" height=\"%2mm\"")
                .arg(millimetres(page.size.width()), millimetres(page.size.height()))
          : QStringLiteral("<svg width=\"%1\" height=\"%2\"")
                .arg(page.size.width())
                .arg(page.size.height());
  svg.replace(size, exact);
  static const QRegularExpression family(QStringLiteral("font-family=\"([^\"]*)\""));
  svg.replace(family, QStringLiteral("font-family=\"'\\1', Verdana, Arial, sans-serif\""));
  if (!options.metadata.isEmpty()) {
    svg.insert(svg.indexOf(QStringLiteral("<defs>")),
               QString::fromStdString(svgMetadata(viewOf(options.metadata))));
  }
  return svg.toUtf8();
}

Figure renderSvg(std::span<const Plot* const> plots, const FigureOptions& options,
                 const Page& page) {
  QBuffer buffer;
  Figure figure;
  {
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(kPixelsPerInch));
    generator.setSize({static_cast<int>(std::ceil(page.size.width())),
                       static_cast<int>(std::ceil(page.size.height()))});
    generator.setViewBox(QRectF(QPointF(0, 0), page.size));
    generator.setTitle(QString::fromStdString(xmlEscaped(options.title.toStdString())));
    generator.setDescription(kCreator);
    QPainter painter(&generator);
    figure.report = drawPlots(painter, plots, page, options, true);
  }
  figure.bytes = finishedSvg(buffer.data(), page, options);
  return figure;
}

/// QPdfWriter rounds the page to whole points. The exact size takes the same number of bytes, so
/// that no offset in the file changes.
QByteArray withExactPage(QByteArray pdf, const Page& page) {
  const QByteArray mark = "/MediaBox [0 0 ";
  // Behind the metadata, where a title may say anything.
  const qsizetype start = pdf.indexOf(mark, pdf.indexOf("<?xpacket end=")) + mark.size();
  const qsizetype end = pdf.indexOf(']', start);
  const QSizeF points = page.size * 72 / kPixelsPerInch;
  const QByteArray exact = QByteArray::number(points.width(), 'f', 6) + ' ' +
                           QByteArray::number(points.height(), 'f', 6);
  if (start > mark.size() && exact.size() == end - start) {
    pdf.replace(start, exact.size(), exact);
  }
  return pdf;
}

Figure renderPdf(std::span<const Plot* const> plots, const FigureOptions& options,
                 const Page& page) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  Figure figure;
  {
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(page.size * 72 / kPixelsPerInch, QPageSize::Point,
                                 QStringLiteral("Figure"), QPageSize::ExactMatch));
    writer.setPageMargins({0, 0, 0, 0});
    writer.setResolution(kPdfResolution);
    writer.setTitle(options.title);
    writer.setCreator(kCreator);
    writer.setDocumentXmpMetadata(QByteArray::fromStdString(
        xmpMetadata(options.title.toStdString(), "Qt " QT_VERSION_STR, viewOf(options.metadata))));
    QPainter painter(&writer);
    painter.scale(kPdfResolution / kPixelsPerInch, kPdfResolution / kPixelsPerInch);
    figure.report = drawPlots(painter, plots, page, options, true);
  }
  figure.bytes = withExactPage(buffer.data(), page);
  return figure;
}

Figure renderPng(std::span<const Plot* const> plots, const FigureOptions& options,
                 const Page& page) {
  QImage image(page.raster, QImage::Format_RGB32);
  if (image.isNull()) throw Failure("no memory for the picture; lower its size or dpi");
  // So that points mean 96/72 pixels before scaling, whatever the desktop says.
  image.setDotsPerMeterX(qRound(kPixelsPerInch * 1000 / kMillimetresPerInch));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  image.fill(backgroundOf(options));
  Figure figure;
  {
    QPainter painter(&image);
    painter.scale(page.pixelRatio, page.pixelRatio);
    figure.report = drawPlots(painter, plots, page, options, false);
  }
  image.setDotsPerMeterX(qRound(options.dpi * 1000 / kMillimetresPerInch));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  image.setText(QStringLiteral("Software"), kCreator);
  if (!options.title.isEmpty()) image.setText(QStringLiteral("Title"), options.title);
  QBuffer buffer(&figure.bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "PNG")) throw Failure("the picture could not be encoded as PNG");
  if (!options.metadata.isEmpty())
    figure.bytes =
        QByteArray::fromStdString(withDocument(viewOf(figure.bytes), viewOf(options.metadata)));
  return figure;
}

}  // namespace

FigureFormat formatOf(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  if (ending == ".svg") return FigureFormat::svg;
  if (ending == ".pdf") return FigureFormat::pdf;
  if (ending == ".png") return FigureFormat::png;
  throw InvalidInput(path.filename().string(),
                     ending.empty()
                         ? "the name has no ending; end it in .svg, .pdf or .png"
                         : "no figure format ends in \"" + ending + "\"; use .svg, .pdf or .png");
}

Figure renderFigure(std::span<const Plot* const> plots, const FigureOptions& options,
                    FigureFormat format) {
  if (plots.empty()) throw InvalidInput("figure", "there is no plot to export");
  const Page page = pageOf(options, format);
  switch (format) {
    case FigureFormat::svg:
      return renderSvg(plots, options, page);
    case FigureFormat::pdf:
      return renderPdf(plots, options, page);
    case FigureFormat::png:
      return renderPng(plots, options, page);
  }
  return {};
}

RenderReport saveFigure(const std::filesystem::path& path, std::span<const Plot* const> plots,
                        const FigureOptions& options) {
  const Figure figure = renderFigure(plots, options, formatOf(path));
  writeFileAtomically(path, viewOf(figure.bytes));
  return figure.report;
}

}  // namespace separatrix
