#include "ui/plots/raster.hpp"

#include "ui/plots/clip.hpp"

#include <QTest>

#include <limits>

namespace separatrix {
namespace {

QImage blank(int width, int height) {
  QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  return image;
}

int inked(const QImage& image) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) count += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
  }
  return count;
}

void drawPoints(QImage& image, const std::vector<float>& xs, const std::vector<float>& ys,
                const QColor& colour, double diameter) {
  PointRasteriser raster;
  raster.begin(image.size(), diameter);
  raster.add(xs, ys);
  raster.blendInto(image, colour);
}

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

class RasterTest : public QObject {
  Q_OBJECT

private slots:
  void discsAreWhereTheyShouldBe() {
    QImage image = blank(40, 40);
    drawPoints(image, {10.5f}, {10.5f}, Qt::red, 5);
    drawPoints(image, {30.5f}, {20.5f}, Qt::blue, 5);
    QCOMPARE(image.pixelColor(10, 10), QColor(Qt::red));
    QCOMPARE(image.pixelColor(12, 10), QColor(Qt::red));
    QCOMPARE(image.pixelColor(10, 14).alpha(), 0);
    QCOMPARE(image.pixelColor(30, 20), QColor(Qt::blue));
  }

  void opacityAddsUp() {
    QImage image = blank(20, 20);
    QColor ink(Qt::black);
    ink.setAlphaF(0.5f);
    drawPoints(image, {10.5f}, {10.5f}, ink, 6);
    QVERIFY(std::abs(image.pixelColor(10, 10).alpha() - 128) <= 2);
    image.fill(Qt::transparent);
    drawPoints(image, {10.5f, 10.5f}, {10.5f, 10.5f}, ink, 6);
    QVERIFY(std::abs(image.pixelColor(10, 10).alpha() - 191) <= 2);
    drawPoints(image, std::vector<float>(100000, 10.5f), std::vector<float>(100000, 10.5f), ink, 6);
    QCOMPARE(image.pixelColor(10, 10).alpha(), 255);
  }

  void memoryIsReusedClean() {
    PointRasteriser raster;
    raster.begin({20, 20}, 4);
    raster.add(std::vector{5.5f}, std::vector{5.5f});
    raster.begin({30, 10}, 4);
    QImage image = blank(30, 10);
    raster.blendInto(image, Qt::red);
    QCOMPARE(inked(image), 0);
  }

  void pointsAtAndBeyondTheEdgesAreSafe() {
    QImage image = blank(8, 8);
    const std::vector<float> x{-1e6f, 0, 8, kNan, 4, 1e6f, 7.999f};
    const std::vector<float> y{4, 0, 8, 4, kNan, -1e6f, 7.999f};
    drawPoints(image, x, y, Qt::black, 9);
    QVERIFY(qAlpha(image.pixel(0, 0)) > 0);
    QVERIFY(qAlpha(image.pixel(7, 7)) > 0);
  }

  void pathFollowsItsPoints() {
    QImage image = blank(100, 50);
    const std::vector<float> x{0, 50, 100}, y{10.5f, 10.5f, 40.5f};
    rasterisePaths(image, x, y, {}, std::vector{QColor(Qt::red)}, 1);
    QCOMPARE(image.pixelColor(20, 10), QColor(Qt::red));
    QCOMPARE(image.pixelColor(20, 12).alpha(), 0);
    QVERIFY(image.pixelColor(75, 25).alpha() > 200);
    for (int column = 0; column < 100; ++column) {
      int alpha = 0;
      for (int row = 0; row < 50; ++row) alpha += image.pixelColor(column, row).alpha();
      QVERIFY2(alpha >= 250, qPrintable(QString::number(column)));
    }
  }

  void pathBreaksAtNan() {
    QImage image = blank(100, 20);
    const std::vector<float> x{0, 30, 60, 100}, y{5, 5, kNan, 5};
    rasterisePaths(image, x, y, {}, std::vector{QColor(Qt::red)}, 2);
    QVERIFY(image.pixelColor(10, 5).alpha() > 0);
    QCOMPARE(image.pixelColor(50, 5).alpha(), 0);
    QCOMPARE(image.pixelColor(80, 5).alpha(), 0);
  }

  void pathsOutsideAreSafe() {
    QImage image = blank(10, 10);
    const std::vector<float> x{-1e6f, -5, 1e6f};
    const std::vector<float> y{-1e6f, 1e6f, -1e6f, -50, -50, -50};
    rasterisePaths(image, x, y, {}, std::vector{QColor(Qt::red)}, 1);
    QVERIFY(inked(image) <= 100);
  }

  void polylineIsCutAtTheEdges() {
    const QRectF rect(0, 0, 10, 10);
    const auto pieces = clipPolyline({{-5, 5}, {15, 5}, {15, 20}, {5, 20}, {5, 5}}, rect, 0);
    QCOMPARE(pieces.size(), std::size_t{2});
    QCOMPARE(pieces[0], QPolygonF({QPointF(0, 5), QPointF(10, 5)}));
    QCOMPARE(pieces[1], QPolygonF({QPointF(5, 10), QPointF(5, 5)}));
  }

  void polylineBreaksAtNan() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto pieces =
        clipPolyline({{1, 1}, {2, 2}, {nan, 3}, {4, 4}, {5, 5}}, QRectF(0, 0, 10, 10), 0);
    QCOMPARE(pieces.size(), std::size_t{2});
    QCOMPARE(pieces[1].first(), QPointF(4, 4));
  }

  void closePointsAreDroppedButNotTheLast() {
    const auto pieces = clipPolyline({{1, 1}, {1.1, 1}, {1.2, 1}}, QRectF(0, 0, 10, 10), 1);
    QCOMPARE(pieces.size(), std::size_t{1});
    QCOMPARE(pieces[0], QPolygonF({QPointF(1, 1), QPointF(1.2, 1)}));
  }

  void polygonIsCutAtTheEdges() {
    const QPolygonF cut =
        clipPolygon({{-10, -10}, {5, -10}, {5, 5}, {-10, 5}}, QRectF(0, 0, 10, 10));
    QCOMPARE(cut.boundingRect(), QRectF(0, 0, 5, 5));
    QVERIFY(clipPolygon({{20, 20}, {30, 20}, {30, 30}}, QRectF(0, 0, 10, 10)).isEmpty());
  }
};

}  // namespace separatrix

QTEST_MAIN(separatrix::RasterTest)
#include "raster_test.moc"
