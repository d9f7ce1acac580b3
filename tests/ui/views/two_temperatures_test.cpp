#include "core/study/two_temperatures.hpp"

#include "tests/ui/plots/mouse.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/two_temperatures_view.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace separatrix;

/// Diffused spins over their own temperature and that of the noise.
class TwoTemperaturesViewTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<TwoTemperaturesView> m_view;

  void open(const char* preset) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), preset)->json, "test");
    QTRY_COMPARE(opened.size(), 1);
    if (!m_view) m_view = std::make_unique<TwoTemperaturesView>(*m_session);
    m_view->resize(640, 480);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60000);
    QTest::qWait(30);
  }
  Plot* plot() { return m_view->findChild<Plot*>(); }

private slots:
  void init() { m_session = std::make_unique<Session>(); }
  void cleanup() {
    m_view.reset();
    m_session.reset();
  }

  // Two Curie–Weiss spins with J = 1, W = −1/2: Λ = 1 + tanh(1/2T). Below the line it is bright,
  // above dark.
  void theLineIsTheEdgeOfOrder() {
    open("curie-weiss");
    const QImage image = plot()->grab().toImage();
    const auto shade = [&](double T, double noise) {
      return qGray(image.pixel(plot()->toPixel({T, noise}).toPoint()));
    };
    for (const double T : {0.3, 0.7, 1.1}) {
      const double line = 1 + std::tanh(0.5 / T);
      QVERIFY2(shade(T, 0.3 * line) > shade(T, 1.2 * line) + 80, qPrintable(QString::number(T)));
    }
    QVERIFY(m_view->summary().contains("loses stability at a noise of"));
  }

  // The handle is at T = 0.5 and the noise of the current time, σ²s.
  void theHandleSetsTemperatureAndTime() {
    open("curie-weiss");
    m_session->setTime(0.6);
    QCOMPARE(plot()->handles().size(), std::size_t{1});
    const QPointF at = plot()->handles().front();
    QVERIFY(std::abs(at.x() - 0.5) < 1e-12 && std::abs(at.y() - 0.6) < 1e-9);
    PlotMouse(*plot()).drag(plot()->toPixel(at).toPoint(), plot()->toPixel({0.8, 1.2}).toPoint());
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60000);
    QVERIFY2(std::abs(m_session->time() - 1.2) < 0.02,
             qPrintable(QString::number(m_session->time())));
    const double T = m_session->scene().target.values.real("temperature");
    QVERIFY2(std::abs(T - 0.8) < 0.02, qPrintable(QString::number(T)));
    QCOMPARE(m_session->history().count(), 1);  // a whole drag
    m_session->history().undo();
    QTRY_VERIFY(std::abs(plot()->handles().front().x() - 0.5) < 1e-12);
  }

  void otherDataSayWhatIsNeeded() {
    open("ring");
    QVERIFY(m_session->problemOf("two-temperatures").contains("ising"));
    QVERIFY(plot()->handles().empty());
    QVERIFY(m_view->summary().contains("No spins"));
  }
};

QTEST_MAIN(TwoTemperaturesViewTest)
#include "two_temperatures_test.moc"
