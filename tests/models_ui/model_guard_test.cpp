#include "ui/documents/model_guard.hpp"

#include "core/study/fixed_points.hpp"
#include "tests/models_ui/support.hpp"
#include "ui/documents/document_actions.hpp"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>

using namespace separatrix;
using namespace separatrix::test;

/// A model from elsewhere is asked about before it runs, and a file that changes is offered anew.
class ModelGuardTest : public QObject {
  Q_OBJECT

private slots:
  void init() { QSettings().clear(); }

  void nothingRunsBeforeItIsAllowed() {
    Guarded it("deltas-score");
    QTRY_VERIFY_WITH_TIMEOUT(it.session().isModelHeld() && !it.session().busy(), 30000);
    QVERIFY2(it.text().contains("has not run here before"), qPrintable(it.text()));
    QVERIFY(!it.session().result<FixedPoints>("fixed-points"));
    QVERIFY2(it.session().problemOf("fixed-points").contains("waits to be allowed"),
             qPrintable(it.session().problemOf("fixed-points")));
    QTest::qWait(500);
    QCOMPARE(it.window.process(), -1);
    QTest::mouseClick(it.button("Allow it to run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(it.session().result<FixedPoints>("fixed-points"), 60000);
    QCOMPARE(it.session().result<FixedPoints>("fixed-points")->points.size(), std::size_t{3});
    QVERIFY(it.window.process() > 0);
    QVERIFY2(it.text().isEmpty(), qPrintable(it.text()));
  }

  // By its content: under another name it need not ask again, and another of its name has to.
  void itIsRememberedByItsContent() {
    {
      Guarded it("deltas-score");
      QTRY_VERIFY_WITH_TIMEOUT(it.allowInPanel(), 30000);
      QTest::mouseClick(it.allowInPanel(), Qt::LeftButton);
      QTRY_VERIFY_WITH_TIMEOUT(it.session().result<FixedPoints>("fixed-points"), 60000);
      QVERIFY(!it.allowInPanel());
    }
    QTemporaryDir folder;
    const QString copy = folder.filePath("net.pt");
    QVERIFY(QFile::copy(QString::fromStdString(modelPath("deltas-score")), copy));
    Guarded again("deltas-score", {{"path", copy.toStdString()}});
    QTRY_VERIFY_WITH_TIMEOUT(again.session().result<FixedPoints>("fixed-points"), 60000);
    QVERIFY(!again.session().isModelHeld());

    QVERIFY(QFile::remove(copy));
    QVERIFY(QFile::copy(QString::fromStdString(modelPath("deltas-brownian")), copy));
    Guarded another("deltas-score", {{"path", copy.toStdString()}});
    QTRY_VERIFY_WITH_TIMEOUT(another.session().isModelHeld(), 30000);
  }

  void oneCanGoOnWithoutIt() {
    Guarded it("deltas-score");
    QTRY_VERIFY_WITH_TIMEOUT(it.button("Go on without it"), 30000);
    QTest::mouseClick(it.button("Go on without it"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(it.session().result<FixedPoints>("fixed-points"), 60000);
    QVERIFY(it.session().problem()->model() == nullptr && !it.session().isModelHeld());
    it.session().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(it.session().isModelHeld(), 30000);
    QVERIFY(QSettings().value("models/allowed").toStringList().isEmpty());
  }

  void thoseThatComeWithTheProgramNeedNotAsk() {
    Guarded it;
    QTRY_VERIFY_WITH_TIMEOUT(it.session().isModelHeld(), 30000);
    it.session().open(findDocument(presets(), "digits-model")->json, "Digits");
    QTRY_COMPARE_WITH_TIMEOUT(it.session().problem()->target().dimension(), Index{64}, 30000);
    QVERIFY(it.session().problem()->model() && !it.session().isModelHeld());
    QVERIFY2(it.text().isEmpty(), qPrintable(it.text()));
  }

  void aFileThatChangesIsOfferedAnew() {
    QTemporaryDir folder;
    const QString path = folder.filePath("net.pt");
    QVERIFY(QFile::copy(QString::fromStdString(modelPath("deltas-score")), path));
    Guarded it("deltas-score", {{"path", path.toStdString()}});
    QTRY_VERIFY_WITH_TIMEOUT(it.button("Allow it to run"), 30000);
    QTest::mouseClick(it.button("Allow it to run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(it.session().result<FixedPoints>("fixed-points"), 60000);
    const ScoreModel* first = it.session().problem()->model();

    // As torch.jit.save and rsync do: another file takes its place.
    const QString next = folder.filePath("next");
    QVERIFY(QFile::copy(QString::fromStdString(modelPath("mixture")), next));
    QCOMPARE(std::rename(next.toUtf8().constData(), path.toUtf8().constData()), 0);
    QTRY_VERIFY2_WITH_TIMEOUT(it.button("Load it again"), qPrintable(it.text()), 10000);
    QTest::mouseClick(it.button("Load it again"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(it.session().problem()->model() != first, 30000);
    QVERIFY(!it.session().isModelHeld());
    QCOMPARE(QSettings().value("models/allowed").toStringList().size(), 2);
  }

private:
  struct Guarded {
    ModelWindow window;
    ModelGuard guard{window.session(), window.window().documents().file(), window.messages(),
                     nullptr};

    explicit Guarded(const std::string& model = "deltas-score", Json settings = Json::object())
        : window(model, std::move(settings)) {}

    Session& session() { return window.session(); }
    QString text() { return window.messages().text(); }
    QPushButton* button(const QString& title) {
      for (QPushButton* button : window.messages().findChildren<QPushButton*>())
        if (button->text() == title && button->isVisible()) return button;
      return nullptr;
    }
    QPushButton* allowInPanel() {
      auto* button = window.window().findChild<QPushButton*>("allow-model");
      return button->isVisible() ? button : nullptr;
    }
  };
};

QTEST_MAIN(ModelGuardTest)
#include "model_guard_test.moc"
