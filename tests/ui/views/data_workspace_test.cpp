#include "core/regimes/speciation.hpp"
#include "core/study/covariance.hpp"
#include "core/study/memorisation.hpp"
#include "core/study/neighbours.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/covariance_view.hpp"
#include "ui/views/image_sheet.hpp"
#include "ui/views/images_view.hpp"
#include "ui/views/memorisation_view.hpp"
#include "ui/views/nearest_view.hpp"

#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

/// Real data: their spectrum, what is memorised, and when.
class DataWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;

  void open(const Json& json) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(json, "test");
    QTRY_COMPARE(opened.size(), 1);
  }
  void openPreset(const QString& name) { open(findDocument(presets(), name.toStdString())->json); }
  void wait() { QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60000); }
  template <class V>
  std::unique_ptr<V> shown() {
    auto view = std::make_unique<V>(*m_session);
    view->resize(640, 480);
    view->show();
    [&] { QVERIFY(QTest::qWaitForWindowExposed(view.get())); }();
    wait();
    QTest::qWait(30);
    return view;
  }
  static Plot* plotOf(View& view) { return view.findChild<Plot*>(); }
  static void drag(Plot* plot, QPoint from, QPoint to) {
    QTest::mousePress(plot, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 5; ++i) QTest::mouseMove(plot, from + (to - from) * i / 5);
    QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
  }

private slots:
  void init() { m_session = std::make_unique<Session>(); }
  void cleanup() { m_session.reset(); }

  void directionsAboveTheLineAreDecided() {
    openPreset("digits");
    m_session->setTime(0.4);
    const auto view = shown<CovarianceView>();
    const auto spectrum = m_session->result<CovarianceSpectrum>("covariance");
    QCOMPARE(spectrum->variances.size(), std::size_t{50});
    // a = e^{−s}: above 1/a² = e^{0.8} they are filled, below hollow.
    const QImage image = plotOf(*view)->grab().toImage();
    int decided = 0;
    for (std::size_t i = 0; i < 10; ++i) {
      const double variance = spectrum->variances[i];
      const QPointF at = plotOf(*view)->toPixel({static_cast<double>(i) + 1, variance});
      const bool filled = inkAt(image, at, lightTheme().colour(ColourRole::series1));
      QCOMPARE(filled, variance > std::exp(0.8));
      decided += filled ? 1 : 0;
    }
    QVERIFY(decided > 0 && decided < 10);
    QVERIFY2(view->summary().contains(QString("%1 are decided").arg(decided)),
             qPrintable(view->summary()));
  }

  void theThresholdIsDragged() {
    openPreset("digits");
    m_session->setTime(0.4);
    const auto view = shown<CovarianceView>();
    Plot* plot = plotOf(*view);
    drag(plot, plot->toPixel({30, std::exp(0.8)}).toPoint(),
         plot->toPixel({30, std::exp(0.2)}).toPoint());
    QVERIFY2(std::abs(m_session->time() - 0.1) < 0.02,
             qPrintable(QString::number(m_session->time())));
    // Below 1 nothing is decided: the data themselves.
    drag(plot, plot->toPixel({30, std::exp(2 * m_session->time())}).toPoint(),
         plot->toPixel({30, 0.5}).toPoint());
    QVERIFY(m_session->time() < 1e-4);
  }

  void theHistogramHasItsMean() {
    openPreset("digits");
    const auto view = shown<MemorisationView>();
    const auto found = m_session->result<Memorisation>("memorisation");
    QCOMPARE(found->collapseTimes.size(), std::size_t{100});
    Plot* plot = plotOf(*view);
    const QImage image = plot->grab().toImage();
    const double mean = found->meanCollapseTime();
    const QPointF at = plot->toPixel({mean, 0.4 * plot->range(PlotAxis::left).upper});
    QVERIFY(inkAt(image, at, lightTheme().colour(ColourRole::particle)));
    QVERIFY(view->summary().contains(QString::number(mean, 'f', 3)));
    // Noise is on the left, and nothing collapses there.
    QVERIFY(plot->toPixel({0.1, 0}).x() > plot->toPixel({1, 0}).x());
    const auto histogram = found->histogram(plot->range(PlotAxis::bottom).upper, 20);
    QVERIFY(histogram.density.back() < 0.1 * *std::ranges::max_element(histogram.density));
  }

  void pathsStayOnTheirPoint() {
    openPreset("digits");
    const auto view = shown<NearestView>();
    const auto found = m_session->result<Neighbours>("neighbours");
    const QImage image = plotOf(*view)->grab().toImage();
    const std::size_t last = found->times.size() - 1;
    for (Index p = 0; p < 3; ++p) {
      const auto end = static_cast<double>(found->at(p, last, 0).point);
      const QPointF at = plotOf(*view)->toPixel({0.05, end});
      QVERIFY(inkAt(image, at, lightTheme().colour(seriesRole(static_cast<int>(p)))));
    }
    openPreset("four-deltas");  // a = 1: against s
    wait();
    QVERIFY(plotOf(*view)->axis(PlotAxis::bottom).title.contains("s"));
    QVERIFY(view->summary().contains("end on the data points"));
  }

  // At the data end each trajectory is its training image, and the film's last image too.
  void trajectoriesBecomeTrainingImages() {
    openPreset("digits");
    m_session->setTime(3);
    const auto view = shown<ImagesView>();
    const auto found = m_session->result<Neighbours>("neighbours");
    const auto ink = [&](std::size_t row, std::size_t column) {
      const ImageSheet sheet(8, 6, 9, 4);
      const QImage image = plotOf(*view)->grab().toImage();
      const QPointF corner = sheet.captionPlace(row, column);
      std::vector<int> out;
      for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x) {
          const QPointF place(corner.x() + x + 0.5, corner.y() + 2 + 8 - y - 0.5);
          out.push_back(qGray(image.pixel(plotOf(*view)->toPixel(place).toPoint())));
        }
      return out;
    };
    const auto distance = [](const std::vector<int>& a, const std::vector<int>& b) {
      double sum = 0;
      for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
      return sum / static_cast<double>(a.size());
    };
    for (std::size_t row = 0; row < 6; ++row) {
      QVERIFY(distance(ink(row, 5), ink(row, 6)) > 15);  // noise is near to nothing
      QVERIFY(distance(ink(row, 4), ink(row, 5)) > 15);
    }
    m_session->setTime(1e-3);
    QTest::qWait(50);
    for (std::size_t row = 0; row < 6; ++row) {
      QVERIFY2(distance(ink(row, 5), ink(row, 6)) < 3,
               qPrintable(QString::number(distance(ink(row, 5), ink(row, 6)))));
      QVERIFY(distance(ink(row, 4), ink(row, 5)) < 3);
      QVERIFY(distance(ink(row, 6), ink(row, 7)) > 3);
    }
    QVERIFY(view->summary().contains("nearest data points are at"));
    openPreset("two-deltas");
    wait();
    QVERIFY(view->summary().contains("No images"));
  }

  void imagesStandInTheirCells() {
    ImageSheet sheet(4, 2, 3, 1);
    Eigen::VectorXf pixels = Eigen::VectorXf::LinSpaced(16, -1, 2);
    sheet.setImage(1, 2, pixels);
    const MapGrid grid = sheet.grid();
    QCOMPARE(sheet.values().size(), grid.cells());
    const QPointF caption = sheet.captionPlace(1, 2);
    const auto value = [&](double x, double y) {
      const auto ix = static_cast<std::size_t>(x - grid.x.lower);
      const auto iy = static_cast<std::size_t>(y - grid.y.lower);
      return sheet.values()[iy * grid.nx + ix];
    };
    // The first pixel is at the upper left, 0, and the last at the lower right, 1.
    const double left = caption.x() + 0.5, bottom = caption.y() + 1 + 0.5;
    QCOMPARE(value(left, bottom + 3), 0.0f);
    QCOMPARE(value(left + 3, bottom), 1.0f);
    QVERIFY(std::abs(value(left + 1, bottom + 3) - 1.0f / 15) < 1e-6f);
    QVERIFY(std::isnan(value(left - 1, bottom)));
    QVERIFY(!imageSide(12) && !imageSide(9) && *imageSide(16) == 4 && *imageSide(784) == 28);
  }
};

QTEST_MAIN(DataWorkspaceTest)
#include "data_workspace_test.moc"
