#include "ui/session/edit_text.hpp"
#include "ui/session/point_editing.hpp"
#include "ui/session/session.hpp"

#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

namespace {

void openPreset(Session& session, const char* name) {
  QSignalSpy opened(&session, &Session::documentOpened);
  session.open(findDocument(presets(), name)->json, name);
  QTRY_COMPARE(opened.size(), 1);
}

std::string bytesOf(const Session& session) {
  return canonicalText(documentToJson(session.document()));
}

}  // namespace

class HistoryTest : public QObject {
  Q_OBJECT

private slots:
  void everyEditIsAStepThatCanBeTakenBack() {
    Session session;
    openPreset(session, "two-deltas");
    const std::string first = bytesOf(session);
    session.editEntries("process", {{"beta_max", 12}});
    session.editEntries({}, {{"potential", "ode"}});
    session.editEntries("ensemble", {{"particles", 7}});
    session.editEntries("process", {{"kind", "ve-brownian"}});
    PointEditing(session).add(Vec::Constant(1, 2.5));
    const std::string last = bytesOf(session);
    QCOMPARE(session.history().count(), 5);
    QVERIFY(!session.history().isClean());
    while (session.history().canUndo()) session.history().undo();
    QCOMPARE(bytesOf(session), first);
    QVERIFY(session.history().isClean());
    while (session.history().canRedo()) session.history().redo();
    QCOMPARE(bytesOf(session), last);
    QTRY_VERIFY(!session.busy());
    QCOMPARE(session.problem()->target().components()->count(), Index{3});
  }

  void aDragIsOneStep() {
    Session session;
    openPreset(session, "two-deltas");
    const std::string first = bytesOf(session);
    PointEditing points(session);
    for (int drag = 0; drag < 2; ++drag) {
      session.setEditing(true);
      for (int i = 1; i <= 20; ++i) points.move(1, Vec::Constant(1, 1 + 0.1 * i + drag));
      session.setEditing(false);
    }
    QCOMPARE(session.history().count(), 2);
    QCOMPARE(session.history().undoText(), QString("Move point"));
    session.history().undo();
    QCOMPARE(points.points()(0, 1), 3.0);
    session.history().undo();
    QCOMPARE(bytesOf(session), first);
  }

  void aDragThatEndsWhereItBeganIsNoStep() {
    Session session;
    openPreset(session, "two-deltas");
    PointEditing points(session);
    session.setEditing(true);
    points.move(1, Vec::Constant(1, 2));
    points.move(1, Vec::Constant(1, 1));
    session.setEditing(false);
    QCOMPARE(session.history().count(), 0);
    QVERIFY(session.history().isClean());
  }

  void refusedSceneLeavesNoStep() {
    Session session;
    openPreset(session, "two-deltas");
    const std::string first = bytesOf(session);
    QSignalSpy rejected(&session, &Session::entryRejected);
    session.editEntries("target", {{"weights", {1, 1, 1}}});  // two means
    QTRY_COMPARE(rejected.size(), 1);
    QCOMPARE(rejected[0][0].toString(), QString("target.weights"));
    QCOMPARE(session.history().count(), 0);
    QCOMPARE(bytesOf(session), first);
  }

  void timeIsNotUndone() {
    Session session;
    openPreset(session, "two-deltas");
    session.editEntries("process", {{"beta_max", 12}});
    session.setTime(0.4);
    session.history().undo();
    QCOMPARE(session.time(), 0.4);
  }

  void aShorterProcessAndBackLeavesTheTime() {
    Session session;
    openPreset(session, "two-deltas");
    session.setTime(0.8);
    const std::string first = bytesOf(session);
    session.editEntries("process", {{"horizon", 0.5}});
    QTRY_COMPARE(session.time(), 0.5);
    session.history().undo();
    QTRY_COMPARE(session.time(), 0.8);
    QCOMPARE(bytesOf(session), first);
  }

  void openingBeginsAnewHistory() {
    Session session;
    openPreset(session, "two-deltas");
    session.editEntries("process", {{"beta_max", 12}});
    openPreset(session, "asymmetric");
    QCOMPARE(session.history().count(), 0);
  }

  void stepsAreNamedAfterWhatTheyDo_data() {
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("changes");
    QTest::addColumn<QString>("text");
    QTest::newRow("number") << "process"
                            << R"({"beta_max": 12})"
                            << "Last rate: 12";
    QTest::newRow("kind") << "process"
                          << R"({"kind": "ve-brownian"})"
                          << "Noise: Variance exploding, Brownian";
    QTest::newRow("potential") << ""
                               << R"({"potential": "free-energy"})"
                               << "Potential: Free energy";
    QTest::newRow("list") << "target"
                          << R"({"weights": [1, 2]})"
                          << "Weight";
    QTest::newRow("automatic") << "ensemble"
                               << R"({"s_start": null})"
                               << "Start at: automatic";
    QTest::newRow("choice") << "ensemble"
                            << R"({"start": "prior"})"
                            << "Start: prior";
  }

  void stepsAreNamedAfterWhatTheyDo() {
    QFETCH(QString, section);
    QFETCH(QString, changes);
    const Scene scene = sceneFromJson(findDocument(presets(), "two-deltas")->json);
    QTEST(editText(scene, section.toStdString(), parseJson(changes.toStdString(), "test")), "text");
  }

  void viewStateIsPartOfTheDocument() {
    Session session;
    openPreset(session, "two-deltas");
    QSignalSpy changed(&session, &Session::viewStateChanged);
    session.setViewState("zebra", 1);
    session.setViewState("axis", "theta");
    session.setViewState("axis", "theta");
    QCOMPARE(changed.size(), 2);
    const Json views = session.document().views;
    QStringList keys;
    for (const auto& item : views.items()) keys << QString::fromStdString(item.key());
    QCOMPARE(keys, (QStringList{"axis", "time", "zebra"}));  // sorted: equal states, equal bytes
    session.setViewState("zebra", nullptr);
    QVERIFY(!session.document().views.contains("zebra"));
    QVERIFY(session.history().isClean());
  }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
