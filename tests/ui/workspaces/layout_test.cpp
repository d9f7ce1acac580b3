#include "ui/workspaces/layout.hpp"

#include "ui/views/view.hpp"

#include <QTest>

using namespace separatrix;

class LayoutTest : public QObject {
  Q_OBJECT

private slots:
  void everyWorkspaceSurvivesJson() {
    for (const Workspace& workspace : workspaceCatalog()) {
      const Json json = layoutToJson(workspace.layout);
      const auto back = layoutFromJson(json);
      QVERIFY2(back, qPrintable(workspace.id));
      QCOMPARE(layoutToJson(*back).dump(), json.dump());
      QVERIFY(!workspace.title.isEmpty() && !workspace.purpose.isEmpty());
    }
  }

  void everyViewIsSomewhere() {
    for (const ViewKind& kind : viewCatalog()) {
      bool found = false;
      for (const Workspace& workspace : workspaceCatalog())
        found = found || workspace.layout.contains(kind.id);
      QVERIFY2(found, qPrintable(kind.id));
    }
  }

  void whatIsNoLayoutIsRefused_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown view") << "\"nonsense\"";
    QTest::newRow("one part") << "{\"beside\": [\"landscape\"]}";
    QTest::newRow("a view twice") << "{\"above\": [\"landscape\", \"landscape\"]}";
    QTest::newRow("number") << "7";
    QTest::newRow("null") << "null";
    QTest::newRow("no parts") << "{\"beside\": 3}";
    QString deep = "\"landscape\"";
    for (int i = 0; i < 100; ++i)
      deep = "{\"beside\": [\"" + QString("trajectories\", ") + deep + "]}";
    QTest::newRow("deep") << deep;
  }
  void whatIsNoLayoutIsRefused() {
    QFETCH(QString, text);
    QVERIFY(!layoutFromJson(Json::parse(text.toStdString())));
  }

  void aRemovedViewLeavesItsPlaceToTheOthers() {
    Layout layout = beside({tile("a", 2), above({tile("b"), tile("c", 3)}, 5)});
    layout.remove("b");
    QVERIFY(layout == beside({tile("a", 2), tile("c", 5)}));
    layout.remove("a");
    QVERIFY(layout == tile("c", 1));
  }
};

QTEST_MAIN(LayoutTest)
#include "layout_test.moc"
