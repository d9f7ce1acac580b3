#include "core/study/denoised.hpp"
#include "core/study/slice.hpp"
#include "core/study/split_times.hpp"
#include "tests/models_ui/support.hpp"
#include "tests/ui/pixels.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/denoised_view.hpp"
#include "ui/views/model_checks_view.hpp"
#include "ui/views/slice_demands.hpp"
#include "ui/views/slice_view.hpp"

#include <QComboBox>

#include <csignal>
#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

/// The Model workspace with the digits model that comes with the program.
class ModelWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<MainWindow> m_window;

  Session& session() { return m_window->session(); }
  template <class V>
  V& view() {
    return *m_window->findChild<V*>();
  }
  template <class V>
  Plot& plot() {
    return *view<V>().template findChild<Plot*>();
  }
  bool known(const char* key) {
    const auto slice = session().result<Slice>(key);
    return slice && slice->potentials.allFinite();
  }

private slots:
  void initTestCase() {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1500, 900);
    m_window->setThemeMode(ThemeMode::light);
    session().open(findDocument(presets(), "digits-model")->json, "Digits");
    m_window->show();
    QTRY_VERIFY_WITH_TIMEOUT(session().problem() != nullptr, 60000);
  }

  // Learned and exact slice, and the images that go with them.
  void showsTheSlice() {
    QTRY_VERIFY_WITH_TIMEOUT(known(kSlice) && known(kExactSlice), 300000);
    QTRY_VERIFY_WITH_TIMEOUT(session().result<Denoised>("denoised"), 60000);
    session().setTime(60);
    QTRY_VERIFY_WITH_TIMEOUT(session().result<Denoised>("denoised")->s == 60, 60000);
    QVERIFY2(view<SliceView>().summary().contains("2 minimum"),
             qPrintable(view<SliceView>().summary()));
    const auto map = view<SliceMapView>().summary();
    QVERIFY2(map.contains("Two valleys"), qPrintable(map));
    QVERIFY(view<DenoisedView>().summary().contains("9 states"));
  }

  // The line between two computed times, and before the first.
  void isLinearBetweenTimes() {
    const auto slice = session().result<Slice>(kSlice);
    const double first = slice->times[0], second = slice->times[1];
    const auto at = [&](double s) { return potentialAt(slice->times, slice->potentials, s); };
    const std::vector<double> middle = at(0.5 * (first + second)), before = at(0.1 * first);
    for (Index i = 0; i < slice->potentials.rows(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      QCOMPARE(before[k], slice->potentials(i, 0));
      QVERIFY(std::abs(middle[k] - 0.5 * (slice->potentials(i, 0) + slice->potentials(i, 1))) <
              1e-12 * (1 + std::abs(middle[k])));
    }
  }

  // The mean over pairs, chosen at the head of the view: both kinds, of the time that is shown.
  void showsMeansOverPairs() {
    QTRY_VERIFY_WITH_TIMEOUT(session().result<SplitTimes>("split-times") &&
                                 session().result<SplitTimes>("split-times")->pairs.size() == 12,
                             300000);
    QComboBox* over = nullptr;
    for (QComboBox* box : m_window->findChildren<QComboBox*>())
      if (box->accessibleName() == "Over") over = box;
    QVERIFY(over && over->isVisible());
    over->setFocus();
    QTest::keyClick(over, Qt::Key_Down);
    QCOMPARE(session().viewState("slice").at("options").at("over"), Json("mean"));
    const QString summary = view<SliceView>().summary();
    QVERIFY2(summary.contains("12 pair"), qPrintable(summary));
    const auto found = session().result<SplitTimes>("split-times");
    QVERIFY(found->meanOfSame.cols() == 12 && found->meanOfDifferent.cols() == 12);
    // In the middle between both states, α = π/4, each curve is where its mean is.
    QTest::qWait(300);
    Plot& slice = plot<SliceView>();
    const QImage picture = slice.grab().toImage();
    const auto middleOf = [&](const Mat& mean) {
      const double value = potentialAt(found->times, mean, session().time())[16];
      return slice.toPixel({std::numbers::pi / 4, value});
    };
    const QPointF same = middleOf(found->meanOfSame), different = middleOf(found->meanOfDifferent);
    QVERIFY2(same.y() - different.y() > 20, qPrintable(QString::number(same.y() - different.y())));
    QVERIFY(hasColourNear(picture, same, lightTheme().colour(ColourRole::potential), 8));
    QVERIFY(hasColourNear(picture, different, lightTheme().colour(ColourRole::series2), 8));
    QTest::keyClick(over, Qt::Key_Up);
    QVERIFY(view<SliceView>().summary().contains("2 minimum"));
  }

  // A click on an image takes the place of the one that was chosen longer ago; the document keeps
  // it.
  void choosesByClicks() {
    QCOMPARE(chosenPair(session()), (std::array{0, 1}));
    Plot& images = plot<PairView>();
    // Twelve in a row of 8 pixels, one between, with 4 below each.
    const auto centre = [&](int point) {
      return images.toPixel({point % 12 * 9 + 4.0, -(point / 12 * 12 + 4.0)}).toPoint();
    };
    QTest::mouseClick(&images, Qt::LeftButton, {}, centre(14));
    QCOMPARE(chosenPair(session()), (std::array{1, 14}));
    QTest::mouseClick(&images, Qt::LeftButton, {}, centre(14));
    QCOMPARE(chosenPair(session()), (std::array{1, 14}));
    QTest::mouseClick(&images, Qt::LeftButton, {}, centre(30));
    QCOMPARE(chosenPair(session()), (std::array{14, 30}));
    QVERIFY(view<PairView>().summary().contains("14 and 30"));
    QCOMPARE(documentToJson(session().document()).at("views").at("slice-pair"), Json({14, 30}));
    QTRY_VERIFY_WITH_TIMEOUT(known(kSlice), 300000);
    session().setViewState("slice-pair", Json({5, 5}));
    QCOMPARE(chosenPair(session()), (std::array{0, 1}));
    session().setViewState("slice-pair", Json({0, 1'000'000}));
    QCOMPARE(chosenPair(session()), (std::array{0, 1}));
  }

  // kill -9 while the time is dragged in the map: one message, no stall, and Restart goes on.
  void survivesTheModel() {
    QTRY_VERIFY_WITH_TIMEOUT(session().problem()->model()->processId() > 0, 60000);
    session().setViewState("slice-pair", Json({3, 8}));  // there is work to do
    Plot& map = plot<SliceMapView>();
    StallWatch stalls;
    QTest::mousePress(&map, Qt::LeftButton, {}, map.toPixel({0.5, session().time()}).toPoint());
    for (int i = 1; i <= 10; ++i) {
      QTest::mouseMove(&map, map.toPixel({0.5, 60 + 30.0 * i}).toPoint());
      if (i == 5) ::kill(session().problem()->model()->processId(), SIGKILL);
      QTest::qWait(30);
    }
    QTest::mouseRelease(&map, Qt::LeftButton, {}, map.toPixel({0.5, 360}).toPoint());
    QVERIFY(std::abs(session().time() - 360) < 30);
    MessageBar& messages = *m_window->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(messages.text().contains("was killed"), 20000);
    QVERIFY2(stalls.longest() < 1000, qPrintable(QString::number(stalls.longest())));
    for (QPushButton* button : messages.findChildren<QPushButton*>())
      if (button->text() == "Restart") QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(known(kSlice) && messages.text().isEmpty(), 300000);
  }

  void cleanupTestCase() { m_window.reset(); }
};

QTEST_MAIN(ModelWorkspaceTest)
#include "model_workspace_test.moc"
