#include "ui/main_window.hpp"

#include "core/study/bifurcation.hpp"
#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/trajectories.hpp"
#include "tests/ui/files.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/export/export_actions.hpp"
#include "ui/panels/message_bar.hpp"
#include "ui/plots/plot.hpp"

#include <QFile>
#include <QImage>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace separatrix;
using namespace separatrix::test;

namespace {

constexpr double kCriticalTime = 0.29264165432814315;

}  // namespace

/// The main job, by hand: real mouse and key events on the real window.
class MainWindowTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<MainWindow> m_window;

  Session& session() { return m_window->session(); }
  Plot* plot(int view) {
    return m_window->views()[static_cast<std::size_t>(view)]->findChild<Plot*>();
  }
  QWidget* track() {
    for (QWidget* child : m_window->timeline().findChildren<QWidget*>())
      if (QByteArray(child->metaObject()->className()).endsWith("TimelineTrack")) return child;
    return nullptr;
  }
  const PotentialMap& potential() {
    static std::shared_ptr<const PotentialMap> kept;
    kept = session().result<PotentialMap>("potential");
    return *kept;
  }
  std::size_t fixedPointCount() {
    return session().result<FixedPoints>("fixed-points")->points.size();
  }

private slots:
  void init() {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    session().open(findDocument(presets(), "two-deltas")->json, "Two deltas");
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(session().problem() && !session().busy());
  }
  void cleanup() { m_window.reset(); }

  // Nothing of it is beyond the right edge of a small screen.
  void everyWorkspaceFits() {
    session().open(findDocument(presets(), "two-gaussians")->json, "Two Gaussians");
    QTRY_VERIFY(session().problem() && session().problem()->target().dimension() == 1024);
    auto* tabs = m_window->centralWidget()->findChild<QTabBar*>();
    QVERIFY(tabs);
    for (int i = 0; i < tabs->count(); ++i) {
      QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
      QTest::qWait(100);
      const QString workspace = tabs->tabText(i);
      QVERIFY2(m_window->minimumSizeHint().width() <= 1280, qPrintable(workspace));
      QVERIFY2(m_window->width() <= 1280, qPrintable(workspace));
    }
  }

  void theFirstWindowFitsTheScreen() {
    QSettings().clear();
    MainWindow first;
    first.restorePlacement();
    const QSize room = first.screen()->availableSize().expandedTo(first.minimumSizeHint());
    QVERIFY2(first.width() <= room.width() && first.height() <= room.height(),
             qPrintable(QString("%1 × %2").arg(first.width()).arg(first.height())));
  }

  void draggingTheTimelineShowsThePotentialOfThatTime() {
    QWidget* slider = track();
    QVERIFY(slider);
    const QPoint middle = slider->rect().center();
    const QPoint late(slider->width() - slider->width() / 6, middle.y());
    QTest::mousePress(slider, Qt::LeftButton, {}, middle);
    for (int x = middle.x(); x <= late.x(); x += 5) QTest::mouseMove(slider, {x, late.y()});
    QTest::mouseRelease(slider, Qt::LeftButton, {}, late);
    const double s = session().time();
    QVERIFY2(s < 0.25, qPrintable(QString::number(s)));
    QTRY_COMPARE(potential().s, s);
    QTRY_COMPARE(fixedPointCount(), std::size_t{3});
    // Past the split the origin is a maximum: the potential falls to both sides.
    const Vec& U = potential().potential;
    const Index origin = U.size() / 2;
    QVERIFY(qAbs(potential().grid.points(0, origin)) < 1e-9);
    QCOMPARE(U[origin], 0.0);
    QVERIFY(U[origin + 20] < 0 && U[origin - 20] < 0);
    QTest::mousePress(slider, Qt::LeftButton, {}, late);
    QTest::mouseMove(slider, {slider->width() / 6, middle.y()});
    QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() / 6, middle.y()});
    QVERIFY(session().time() > kCriticalTime);
    QTRY_COMPARE(fixedPointCount(), std::size_t{1});
  }

  void draggingAPointMovesTheBranches() {
    Plot* landscape = plot(0);
    const auto at = [&](double x) {
      return QPoint(qRound(landscape->toPixel({x, 0}).x()),
                    qRound(landscape->plotArea().bottom()) - 8);
    };
    const QPoint from = at(1);
    const QPoint to = at(2);
    QTest::mousePress(landscape, Qt::LeftButton, {}, from);
    for (int x = from.x(); x <= to.x(); x += 3) QTest::mouseMove(landscape, {x, to.y()});
    QTest::mouseMove(landscape, to);
    QTest::mouseRelease(landscape, Qt::LeftButton, {}, to);
    const auto moved = [&] { return session().scene().target.values.points("means")(0, 1); };
    QVERIFY2(qAbs(moved() - 2) < 0.05, qPrintable(QString::number(moved())));
    QTRY_VERIFY(!session().busy());
    // The branch that belongs to the point ends near it.
    double highest = -10;
    for (const Branch& branch : session().result<Bifurcation>("bifurcation")->diagram.branches)
      for (const FixedPoint& point : branch.points) highest = std::max(highest, point.x[0]);
    QVERIFY(qAbs(highest - moved()) < 0.1);
    QVERIFY(!session().isEditing());
  }

  void keysOnThePlotAddAndDeletePoints() {
    Plot* landscape = plot(0);
    const QPoint place = landscape->toPixel({2.2, 0}).toPoint();
    const QPoint inside(place.x(), qRound(landscape->plotArea().center().y()));
    QTest::mouseClick(landscape, Qt::LeftButton, Qt::ControlModifier, inside);
    QTRY_COMPARE(session().scene().target.values.points("means").cols(), Index{3});
    const QPoint handle(place.x(), qRound(landscape->plotArea().bottom()) - 8);
    QTest::mouseClick(landscape, Qt::LeftButton, {}, handle);
    QTRY_COMPARE(session().selectedPoint(), 2);
    QTest::keyClick(landscape, Qt::Key_Delete);
    QTRY_COMPARE(session().scene().target.values.points("means").cols(), Index{2});
  }

  void playRunsTowardsTheData() {
    session().setTime(0.9);
    Timeline& timeline = m_window->timeline();
    QSignalSpy times(&session(), &Session::timeChanged);
    plot(0)->setFocus();
    timeline.togglePlay();
    QVERIFY(timeline.isPlaying());
    QTRY_VERIFY(times.size() > 5);
    timeline.togglePlay();
    QVERIFY(!timeline.isPlaying());
    double before = 0.9;
    for (const QList<QVariant>& change : times) {
      QVERIFY(change[0].toDouble() < before);
      before = change[0].toDouble();
    }
    timeline.toEnd();
    QVERIFY(session().time() <= 1.001e-6);
    QTRY_COMPARE(potential().s, session().time());
  }

  void figuresOfEveryFormat() {
    QTemporaryDir folder;
    const auto exported = [&](const char* name, const char* view) {
      FigureState figure{view, {}};
      figure.options.unit = FigureUnit::pixels;
      figure.options.size = {800, 500};
      figure.options.dpi = 96;
      bool written = false;
      m_window->exports().exportFigure(folder.filePath(name), figure, [&] { written = true; });
      [&] { QTRY_VERIFY(written); }();
      return folder.filePath(name);
    };
    const QString svg = exported("figure.svg", "all");
    QXmlStreamReader xml(bytesOf(svg));
    QString text;
    while (!xml.atEnd())
      if (xml.readNext() == QXmlStreamReader::Characters) text += xml.text();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(text.contains("diffusion time"));
    // The figure carries its document.
    QVERIFY(text.contains("\"separatrix\":1") && text.contains("\"time\":"));
    QVERIFY(bytesOf(exported("figure.pdf", "landscape")).startsWith("%PDF-"));
    QCOMPARE(QImage(exported("figure.png", "bifurcation")).size(), QSize(800, 500));
  }

  void dataOfEveryView() {
    QTemporaryDir folder;
    const QList<QByteArray> headers = {"x0,potential,density", "particle,step,s,x0",
                                       "branch,s,signal,x0,min_eigenvalue,stable"};
    for (int view = 0; view < 3; ++view) {
      const QString path = folder.filePath(QString("data%1.csv").arg(view));
      m_window->exports().exportData(path, *m_window->views()[static_cast<std::size_t>(view)]);
      QTRY_VERIFY(QFile::exists(path));
      const QByteArray bytes = bytesOf(path);
      QVERIFY(bytes.startsWith("# program: Separatrix"));
      QVERIFY2(bytes.contains("\n" + headers[view] + "\n"), bytes.left(900).constData());
    }
  }

  void anUnwritablePlaceIsSaidAndLeavesNothing() {
    MessageBar* messages = m_window->findChild<MessageBar*>();
    const QString path = "/proc/nowhere/figure.svg";
    m_window->exports().exportFigure(path, {});
    QTRY_VERIFY(messages->text().contains(path));
    m_window->exports().exportData("/proc/nowhere/data.csv", *m_window->views().front());
    QTRY_VERIFY(messages->text().contains("data.csv"));
    // It lives on.
    session().setTime(0.1);
    QTRY_COMPARE(potential().s, 0.1);
  }

  void darkAndLightKeepTheData() {
    m_window->setThemeMode(ThemeMode::dark);
    const QImage dark = plot(0)->grab().toImage();
    m_window->setThemeMode(ThemeMode::light);
    const QImage light = plot(0)->grab().toImage();
    QVERIFY(dark.pixelColor(2, 2).lightness() < 80);
    QVERIFY(light.pixelColor(2, 2).lightness() > 200);
  }

  void everyPresetOpens() {
    for (const NamedDocument& preset : presets()) {
      if (preset.json.contains("model")) continue;  // tests/models_ui
      session().open(preset.json, QString::fromStdString(preset.title));
      QTRY_COMPARE(session().documentName(), QString::fromStdString(preset.title));
      QTRY_VERIFY_WITH_TIMEOUT(!session().busy(), 60000);
      QVERIFY(session().result<Trajectories>("trajectories"));
      QVERIFY(!m_window->views()[1]->summary().isEmpty());
      m_window->grab();
    }
  }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
