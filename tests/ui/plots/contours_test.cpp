#include "ui/plots/contours.hpp"

#include "tests/ui/plots/support.hpp"

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

namespace separatrix {
namespace {

MapGrid gridOf(std::size_t nx, std::size_t ny, double half) {
  return {{-half, half}, {-half, half}, nx, ny, MapGrid::Order::xFastest};
}

std::vector<double> sampled(const MapGrid& grid,
                            const std::function<double(double, double)>& field) {
  std::vector<double> values;
  for (std::size_t iy = 0; iy < grid.ny; ++iy) {
    for (std::size_t ix = 0; ix < grid.nx; ++ix) {
      values.push_back(
          field(std::lerp(grid.x.lower, grid.x.upper, double(ix) / double(grid.nx - 1)),
                std::lerp(grid.y.lower, grid.y.upper, double(iy) / double(grid.ny - 1))));
    }
  }
  return values;
}

double squares(double x, double y) {
  return x * x + y * y;
}

double lengthOf(const QPolygonF& line) {
  double length = 0;
  for (qsizetype i = 0; i + 1 < line.size(); ++i) {
    const QPointF step = line[i + 1] - line[i];
    length += std::hypot(step.x(), step.y());
  }
  return length;
}

}  // namespace

class ContoursTest : public QObject {
  Q_OBJECT

private slots:
  void circleIsRoundClosedAndWhole() {
    // Neither the numbers of cells nor the ranges agree, and no corner lies on the circle.
    const MapGrid grid{{-1.5, 1.7}, {-1.31, 1.4}, 90, 71, MapGrid::Order::xFastest};
    const std::vector<Contour> lines =
        contours(grid, sampled(grid, squares), std::vector<double>{1.0});
    QCOMPARE(lines.size(), std::size_t{1});
    const QPolygonF& circle = lines[0].points;
    QCOMPARE(lines[0].level, 1.0);
    QVERIFY(circle.size() > 100);
    QCOMPARE(circle.first(), circle.last());
    for (const QPointF& point : circle) {
      QVERIFY(near(std::hypot(point.x(), point.y()), 1, 1e-3));
    }
    QVERIFY(near(lengthOf(circle), 2 * M_PI, 5e-3));
  }

  void levelsAreTheirOwnLines() {
    const MapGrid grid = gridOf(81, 81, 2);
    const std::vector<double> levels{-1, 0.25, 1, 2.25, 100};
    const std::vector<Contour> lines = contours(grid, sampled(grid, squares), levels);
    QCOMPARE(lines.size(), std::size_t{3});
    for (const Contour& line : lines) {
      for (const QPointF& point : line.points) {
        QVERIFY(near(squares(point.x(), point.y()), line.level, 2e-3));
      }
    }
  }

  void lineAcrossTheGridIsOneAndOpen() {
    const MapGrid grid = gridOf(20, 30, 1);
    const std::vector<Contour> lines =
        contours(grid, sampled(grid, [](double x, double y) { return x + 0.3 * y; }),
                 std::vector<double>{0.1});
    QCOMPARE(lines.size(), std::size_t{1});
    const QPolygonF& line = lines[0].points;
    QVERIFY(near(std::abs(line.first().y()), 1, 1e-12) &&
            near(line.first().y(), -line.last().y(), 1e-12));
    for (const QPointF& point : line) QVERIFY(near(point.x() + 0.3 * point.y(), 0.1, 1e-12));
  }

  // Of a square with two opposite corners above the level, the centre says which are connected.
  void saddlesFollowTheirCentre_data() {
    QTest::addColumn<double>("high");
    QTest::addColumn<bool>("highConnected");
    QTest::newRow("centre above") << 3.0 << true;
    QTest::newRow("centre below") << 1.5 << false;
  }
  void saddlesFollowTheirCentre() {
    QFETCH(double, high);
    QFETCH(bool, highConnected);
    const MapGrid grid = gridOf(2, 2, 1);
    const std::vector<Contour> lines =
        contours(grid, std::vector<double>{high, 0, 0, high}, std::vector<double>{1.0});
    QCOMPARE(lines.size(), std::size_t{2});
    for (const Contour& line : lines) {
      QCOMPARE(line.points.size(), 2);
      // The high corners are the lower left and the upper right one: each line cuts off one corner.
      const QPointF middle = (line.points[0] + line.points[1]) / 2;
      QCOMPARE(middle.x() * middle.y() < 0, highConnected);
    }
  }

  void cornersOnTheLevelBreakNothing() {
    const MapGrid grid = gridOf(5, 5, 2);
    const std::vector<Contour> lines = contours(
        grid, sampled(grid, [](double x, double y) { return std::max(std::abs(x), std::abs(y)); }),
        std::vector<double>{1.0});
    QCOMPARE(lines.size(), std::size_t{1});
    QCOMPARE(lines[0].points.first(), lines[0].points.last());
    const std::vector<Contour> flat =
        contours(grid, std::vector<double>(25, 1.0), std::vector<double>{1.0});
    QVERIFY(flat.empty());
  }

  void squaresWithoutNumbersHaveNoLine() {
    const MapGrid grid = gridOf(61, 61, 1.5);
    std::vector<double> values = sampled(grid, squares);
    for (std::size_t iy = 0; iy < grid.ny; ++iy) {
      values[iy * grid.nx + 50] = std::numeric_limits<double>::quiet_NaN();  // x = 1
      values[iy * grid.nx + 10] = std::numeric_limits<double>::infinity();   // x = −1
    }
    const std::vector<Contour> lines = contours(grid, values, std::vector<double>{1.0});
    QVERIFY(!lines.empty());
    for (const Contour& line : lines) {
      QVERIFY(line.points.first() != line.points.last());
      for (const QPointF& point : line.points) {
        QVERIFY(near(std::hypot(point.x(), point.y()), 1, 1e-3));
        QVERIFY(std::abs(point.x()) < 0.96);
      }
    }
  }

  void nothingToDrawIsNothing() {
    const MapGrid grid = gridOf(8, 8, 1);
    QVERIFY(contours(grid, sampled(grid, squares), {}).empty());
    const std::vector<double> nans(64, std::numeric_limits<double>::quiet_NaN());
    QVERIFY(contours(grid, nans, std::vector<double>{0.0}).empty());
  }
};

}  // namespace separatrix

QTEST_GUILESS_MAIN(separatrix::ContoursTest)
#include "contours_test.moc"
