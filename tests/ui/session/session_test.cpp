#include "ui/session/session.hpp"

#include "core/runtime/errors.hpp"
#include "core/study/bifurcation.hpp"
#include "core/study/critical_times.hpp"
#include "core/study/field_point.hpp"
#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/trajectories.hpp"
#include "ui/session/point_editing.hpp"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace separatrix;

namespace {

constexpr double kCriticalTime = 0.29264165432814315;  // of the two deltas, vp-linear 0.1 to 20

std::vector<Demand> everything() {
  return {{"potential", Pace::frame},
          {"fixed-points", Pace::frame},
          {"field", Pace::cursor},
          {"bifurcation"},
          {"drift-field"},
          {"critical-times"},
          {"trajectories"}};
}

void openPreset(Session& session, const char* name) {
  session.demand("test", everything());
  QSignalSpy opened(&session, &Session::documentOpened);
  session.open(findDocument(presets(), name)->json, name);
  QTRY_COMPARE(opened.size(), 1);
  QTRY_VERIFY(!session.busy());
}

}  // namespace

class SessionTest : public QObject {
  Q_OBJECT

private slots:
  void opensAPresetWithAllResults() {
    Session session;
    openPreset(session, "two-deltas");
    QVERIFY(session.result<PotentialMap>("potential"));
    QVERIFY(session.result<Trajectories>("trajectories"));
    QCOMPARE(session.result<Bifurcation>("bifurcation")->diagram.branches.size(), std::size_t{3});
    const auto critical = session.result<CriticalTimes>("critical-times");
    QVERIFY(qAbs(critical->times.front().s - kCriticalTime) < 1e-9);
  }

  void timeChangesTheFrameAndNothingElse() {
    Session session;
    openPreset(session, "two-deltas");
    const ResultPtr trajectories = session.resultOf("trajectories");
    const ResultPtr branches = session.resultOf("bifurcation");
    session.setTime(0.5);
    QTRY_COMPARE(session.result<FixedPoints>("fixed-points")->s, 0.5);
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{1});
    session.setTime(0.2);
    QTRY_COMPARE(session.result<FixedPoints>("fixed-points")->s, 0.2);
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{3});
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.resultOf("trajectories"), trajectories);
    QCOMPARE(session.resultOf("bifurcation"), branches);
  }

  void onlyWhatIsDemandedIsComputed() {
    Session session;
    session.demand("one", {{"potential", Pace::frame}});
    QSignalSpy opened(&session, &Session::documentOpened);
    session.open(findDocument(presets(), "two-deltas")->json, "two-deltas");
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!session.busy());
    QVERIFY(session.resultOf("potential"));
    QVERIFY(!session.resultOf("fixed-points") && !session.resultOf("trajectories"));
    session.demand("two", {{"fixed-points", Pace::frame}, {"bifurcation"}});
    QTRY_VERIFY(session.resultOf("fixed-points") && session.resultOf("bifurcation"));
    // What nobody wants any more is kept as it is, and not renewed.
    session.release("one");
    session.setTime(0.11);
    QTRY_COMPARE(session.result<FixedPoints>("fixed-points")->s, 0.11);
    QTRY_VERIFY(!session.busy());
    QVERIFY(session.result<PotentialMap>("potential")->s != 0.11);
  }

  void aDemandMayBeOfAnotherPotential() {
    Session session;
    Demand ode{"fixed-points", Pace::frame};
    ode.name = "fixed-points of ode";
    ode.overrides = {"potential=ode"};
    session.demand("test", {{"fixed-points", Pace::frame}, ode});
    QSignalSpy opened(&session, &Session::documentOpened);
    session.open(findDocument(presets(), "two-deltas")->json, "two-deltas");
    QTRY_COMPARE(opened.size(), 1);
    session.setTime(0.5);  // before the split of the SDE; the flow's origin is unstable always
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{1});
    QCOMPARE(session.result<FixedPoints>(ode.key())->points.size(), std::size_t{3});
    QCOMPARE(session.scene().potential, PotentialKind::sde);
  }

  void aRequestThatIsNoneIsSaid() {
    Session session;
    Demand map{"potential", Pace::frame};
    map.request = {{"range", Json::array({Json::array({-2e9, 2, 21})})}};
    session.demand("test", {map, {"fixed-points", Pace::frame}});
    QSignalSpy opened(&session, &Session::documentOpened);
    session.open(findDocument(presets(), "two-deltas")->json, "two-deltas");
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(session.resultOf("fixed-points"));
    QVERIFY(!session.resultOf("potential"));
    QVERIFY(session.problemOf("potential").contains("out of range"));
  }

  void aMovingPictureIsCoarseAndThenFine() {
    Session session;
    Demand map{"potential", Pace::frame};
    map.whileMoving = {{"range", Json::array({Json::array({-2, 2, 21})})}};
    map.request = {{"range", Json::array({Json::array({-2, 2, 201})})}};
    session.demand("test", {map});
    QSignalSpy opened(&session, &Session::documentOpened);
    session.open(findDocument(presets(), "two-deltas")->json, "two-deltas");
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(session.resultOf("potential"));
    std::vector<Index> counts;
    connect(&session, &Session::frameChanged, &session, [&] {
      counts.push_back(session.result<PotentialMap>("potential")->grid.points.cols());
    });
    session.setTime(0.3);
    QTRY_VERIFY(!session.busy());
    QCOMPARE(counts, (std::vector<Index>{21, 201}));
    QCOMPARE(session.result<PotentialMap>("potential")->s, 0.3);
  }

  void dataFilesComeWithTheDocument() {
    const QTemporaryDir folder;
    const auto write = [&](const char* text) {
      QFile file(folder.filePath("points.csv"));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(text);
    };
    write("-1\n1\n");
    Json json = findDocument(presets(), "two-deltas")->json;
    json["target"] = {{"kind", "dataset"}, {"path", "points.csv"}};
    Session session;
    QSignalSpy opened(&session, &Session::documentOpened);
    const auto open = [&](const Json& from) {
      const Document document = documentFromJson(from, folder.path().toStdString());
      session.open(document, prepare(document.scene, {document.files}), "points");
    };
    open(json);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!session.busy());
    const Json saved = documentToJson(session.document(), folder.path().toStdString());
    QVERIFY(saved["files"]["points.csv"].contains("data"));
    // Changed since: the saved data are used, and that is said once.
    write("-2\n2\n");
    QSignalSpy remarked(&session, &Session::remarked);
    open(saved);
    QTRY_COMPARE(opened.size(), 2);
    QTRY_COMPARE(remarked.size(), 1);
    session.editEntries("process", {{"beta_max", 10}});
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.problem()->target().components()->means(0, 1), 1.0);
    QCOMPARE(session.problem()->scene().process.values.real("beta_max"), 10.0);
    QCOMPARE(remarked.size(), 1);
  }

  void timeIsKeptWithinTheProcess() {
    Session session;
    openPreset(session, "two-deltas");
    session.setTime(7);
    QCOMPARE(session.time(), 1.0);
    session.setTime(-7);
    QCOMPARE(session.time(), 1e-6);
  }

  void editReachesTheResults() {
    Session session;
    openPreset(session, "two-deltas");
    session.editEntries("process", {{"beta_max", 10}});
    QTRY_VERIFY(!session.busy());
    // Half the final rate: the same θ_c, later in s.
    const auto critical = session.result<CriticalTimes>("critical-times");
    const double s = critical->times.front().s;
    QVERIFY(s > 1.2 * kCriticalTime);
    QVERIFY(qAbs(session.problem()->process().signal(s) - 0.6435942529055826) < 1e-9);
  }

  void ensembleEditLeavesTheBranches() {
    Session session;
    openPreset(session, "two-deltas");
    const ResultPtr branches = session.resultOf("bifurcation");
    const ResultPtr trajectories = session.resultOf("trajectories");
    session.editEntries("ensemble", {{"seed", 2}});
    QTRY_VERIFY(session.resultOf("trajectories") != trajectories);
    QCOMPARE(session.resultOf("bifurcation"), branches);
  }

  void longEnsembleNeverKeepsTheTimeWaitingAndCanBeCancelled() {
    Session session;
    openPreset(session, "two-deltas");
    const ResultPtr trajectories = session.resultOf("trajectories");
    // Some ten seconds of work on two cores.
    session.editEntries("ensemble", {{"particles", 1000000}, {"save_every", 1000}});
    QTRY_COMPARE(session.problem()->scene().ensemble.particles, Index{1000000});
    for (const double s : {0.9, 0.5, 0.3, 0.2, 0.1}) {
      session.setTime(s);
      QTRY_COMPARE(session.result<FixedPoints>("fixed-points")->s, s);
      QVERIFY(session.busy());
      QCOMPARE(session.resultOf("trajectories"), trajectories);
    }
    session.cancelLongWork();
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.resultOf("trajectories"), trajectories);
  }

  void badEditIsRejectedAndNamed() {
    Session session;
    openPreset(session, "two-deltas");
    QSignalSpy rejected(&session, &Session::entryRejected);
    const Scene before = session.scene();
    session.editEntries("process", {{"beta_max", -1}});
    QCOMPARE(rejected.size(), 1);
    QCOMPARE(rejected[0][0].toString(), QString("process.beta_max"));
    QVERIFY(session.scene() == before);
  }

  void documentThatDoesNotFitTogetherLeavesTheOldOne() {
    Session session;
    openPreset(session, "two-deltas");
    QSignalSpy rejected(&session, &Session::entryRejected);
    Json bad = findDocument(presets(), "two-deltas")->json;
    bad["target"]["weights"] = {1, 1, 1};
    session.open(bad, "bad");
    QTRY_COMPARE(rejected.size(), 1);
    QVERIFY(rejected[0][1].toString().contains("target.weights"));
    QCOMPARE(session.documentName(), QString("two-deltas"));
    bad["target"]["weights"] = {1, -1};
    QVERIFY_EXCEPTION_THROWN(session.open(bad, "bad"), InvalidInput);
  }

  void cursorHasAField() {
    Session session;
    openPreset(session, "two-deltas");
    session.setTime(0.2);
    session.setCursor(Vec::Constant(1, 0.7));
    QTRY_VERIFY(session.result<FieldPoint>("field"));
    QTRY_COMPARE(session.result<FieldPoint>("field")->s, 0.2);
    QVERIFY(qAbs(session.result<FieldPoint>("field")->gradient[0] + 2.0854047047907964) < 1e-9);
    session.setCursor(std::nullopt);
    QVERIFY(!session.result<FieldPoint>("field"));
  }

  void twoDimensionsHaveBranchesAndSayWhatIsMissing() {
    Session session;
    openPreset(session, "four-deltas");
    QVERIFY(session.result<PotentialMap>("potential"));
    session.setTime(0.4);
    QTRY_COMPARE(session.result<FixedPoints>("fixed-points")->s, 0.4);
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{9});
    QVERIFY(session.result<Bifurcation>("bifurcation"));
    QVERIFY(session.problemOf("drift-field").contains("dimension"));
  }

  void pointsAreMovedAddedRemoved() {
    Session session;
    openPreset(session, "two-deltas");
    PointEditing points(session);
    points.move(1, Vec::Constant(1, 1.5));
    QCOMPARE(points.points()(0, 1), 1.5);
    points.add(Vec::Constant(1, 3));
    QCOMPARE(points.points().cols(), Index{3});
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.problem()->target().components()->count(), Index{3});
    points.remove(0);
    points.remove(0);
    QCOMPARE(points.points(), Mat::Constant(1, 1, 3.0));
    points.remove(0);  // the last one stays
    QCOMPARE(points.points().cols(), Index{1});
  }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
