#include "core/study/bifurcation.hpp"
#include "core/study/document.hpp"
#include "core/study/potential_map.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/bifurcation_view.hpp"
#include "ui/views/compare_option.hpp"
#include "ui/views/landscape_view.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

/// Two potentials of one scene in one view.
class CompareTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;

  template <class V>
  std::unique_ptr<V> shown() {
    auto view = std::make_unique<V>(*m_session);
    view->resize(600, 500);
    view->show();
    [&] { QVERIFY(QTest::qWaitForWindowExposed(view.get())); }();
    wait();
    return view;
  }
  void wait() { QTRY_VERIFY(!m_session->busy()); }
  void choose(View& view, const QString& title) {
    auto* box = view.options().findChild<QComboBox*>("compare");
    QVERIFY(box);
    const int index = box->findText(title);
    QVERIFY2(index >= 0, qPrintable(title));
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), index);
    wait();
  }

private slots:
  void init() {
    m_session = std::make_unique<Session>();
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), "two-deltas")->json, "two-deltas");
    QTRY_COMPARE(opened.size(), 1);
  }
  void cleanup() { m_session.reset(); }

  void theOtherPotentialIsThere() {
    const auto view = shown<LandscapeView>();
    QVERIFY(!comparedPotential(view->options()));
    choose(*view, "With Probability flow");
    m_session->setTime(0.2);
    wait();
    const auto own = m_session->result<PotentialMap>("potential");
    const auto other = comparedResult<PotentialMap>(*m_session, view->options(), "potential");
    QVERIFY(own && other);
    QCOMPARE(other->s, 0.2);
    // U = −A log p + B x²/2 with A = g² and g²/2 and the same B: the difference is −A/2 log p.
    const double g2 = 0.1 + 19.9 * 0.2;
    for (Index p = 0; p < own->potential.size(); p += 17) {
      const double expected =
          0.5 * g2 * std::log(own->density[p] / own->density[own->density.size() / 2]);
      QVERIFY(std::abs(other->potential[p] - own->potential[p] - expected) < 1e-9);
    }
    // It is drawn: a dash-dotted grey curve where the other potential is.
    QTest::qWait(30);
    Plot* plot = view->findChild<Plot*>("landscape");
    const QImage image = plot->grab().toImage();
    const QColor grey = lightTheme().colour(ColourRole::reference);
    int seen = 0;
    for (Index p = 0; p < other->potential.size(); ++p) {
      const QPointF at = plot->toPixel({other->grid.points(0, p), other->potential[p]});
      if (!plot->plotArea().contains(at)) continue;
      for (int dx = -1; dx <= 1; ++dx) {
        const QColor pixel = image.pixelColor(at.toPoint() + QPoint(dx, 0));
        if (std::abs(pixel.red() - grey.red()) + std::abs(pixel.green() - grey.green()) +
                std::abs(pixel.blue() - grey.blue()) <
            90) {
          ++seen;
          break;
        }
      }
    }
    QVERIFY2(seen > 40, qPrintable(QString::number(seen)));
    choose(*view, "Alone");
    QVERIFY(!comparedResult<PotentialMap>(*m_session, view->options(), "potential"));
  }

  void itsBranchesPartAtAnotherTime() {
    const auto view = shown<BifurcationView>();
    choose(*view, "With Free energy");
    const auto own = m_session->result<Bifurcation>("bifurcation");
    const auto other = comparedResult<Bifurcation>(*m_session, view->options(), "bifurcation");
    QVERIFY(own && other);
    const auto signal = [&](const Bifurcation& found) {
      return m_session->problem()->process().signal(found.diagram.events.front().s);
    };
    QVERIFY(std::abs(signal(*own) - std::sqrt(std::sqrt(2.0) - 1)) < 1e-6);
    QVERIFY(std::abs(signal(*other) - std::sqrt(0.5)) < 1e-6);
    // It is in the document.
    QVERIFY(m_session->viewState("bifurcation").at("options").at("compare") == "free-energy");
  }
};

QTEST_MAIN(CompareTest)
#include "compare_test.moc"
