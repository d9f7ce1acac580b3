#include "core/study/document.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <set>

using namespace separatrix;
using namespace separatrix::test;

class DocumentTest : public QObject {
  Q_OBJECT

private slots:
  void everyPresetIsASceneAndStaysOne();
  void figuresAreDocuments();
  void namedPresetsExist();
  void viewsAreKept();
  void filesAreRead();
  void filesThatCannotBe();
};

// JSON → Document → canonical JSON, to the byte, twice.
void DocumentTest::everyPresetIsASceneAndStaysOne() {
  QVERIFY(presets().size() >= 4);
  std::set<std::string> names;
  for (const NamedDocument& preset : presets()) {
    QVERIFY(names.insert(preset.name).second);
    QVERIFY(!preset.title.empty());
    const Document document = documentFromJson(preset.json);
    const std::string once = canonicalText(documentToJson(document));
    const Document again = documentFromJson(parseJson(once, preset.name));
    QVERIFY(again.scene == document.scene);
    QCOMPARE(canonicalText(documentToJson(again)), once);
    QCOMPARE(prepare(document.scene)->target().dimension(),
             prepare(again.scene)->target().dimension());
    QVERIFY(findDocument(presets(), preset.name) == &preset);
  }
  QVERIFY(findDocument(presets(), "nothing") == nullptr);
}

void DocumentTest::figuresAreDocuments() {
  for (const NamedDocument& figure : figures()) {
    const Document document = documentFromJson(figure.json);
    const std::string once = canonicalText(documentToJson(document));
    QCOMPARE(canonicalText(documentToJson(documentFromJson(parseJson(once, figure.name)))), once);
    QVERIFY(prepare(document.scene)->target().dimension() >= 1);
  }
  QVERIFY(findDocument(figures(), "nothing") == nullptr);
}

void DocumentTest::namedPresetsExist() {
  const ProblemPtr deltas = presetProblem("two-deltas");
  QCOMPARE(deltas->target().dimension(), Index{1});
  QVERIFY(!deltas->target().hasDensity());
  QVERIFY(deltas->process().variancePreserving());
  const ProblemPtr four = presetProblem("four-deltas");
  QCOMPARE(four->target().components()->count(), Index{4});
  QCOMPARE(four->process().noiseVariance(0.5), 0.5);
  QVERIFY(four->scene().potential == PotentialKind::freeEnergy);
  QVERIFY(presetProblem("gaussian-mixture")->target().hasDensity());
  QCOMPARE(presetProblem("asymmetric")->target().components()->count(), Index{3});
}

void DocumentTest::viewsAreKept() {
  Json json = findSceneJson("two-deltas");
  json["views"] = Json::parse(R"({"time": 0.3, "axis": "theta", "list": [1, {"a": null}]})");
  const Document document = documentFromJson(json);
  QCOMPARE(documentToJson(document)["views"], json["views"]);
  QVERIFY(sceneFromJson(json) == document.scene);  // every command takes a document
  json["views"] = 3;
  QVERIFY(contains(refusal([&] { documentFromJson(json); }), "views: 3 is not an object"));
  json.erase("views");
  QVERIFY(!documentToJson(documentFromJson(json)).contains("views"));
}

void DocumentTest::filesAreRead() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("scene µ.json");
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(canonicalText(findSceneJson("asymmetric")).c_str());
  file.close();
  QCOMPARE(findSceneJson(path.toStdString()), findSceneJson("asymmetric"));
}

void DocumentTest::filesThatCannotBe() {
  const QTemporaryDir folder;
  const auto message = [](const std::string& path) {
    return refusal([&] { findSceneJson(path); });
  };
  const std::string missing = message("no-such-scene");
  QVERIFY(contains(missing, "no-such-scene: neither a scene file nor a preset"));
  for (const NamedDocument& preset : presets()) QVERIFY(contains(missing, preset.name));
  const std::string path = folder.path().toStdString();
  QVERIFY(contains(message(path), path + ": cannot be read"));
  QVERIFY(!message("").empty());
  QFile file(folder.filePath("broken.json"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("{\"separatrix\": 1,");
  file.close();
  QVERIFY(contains(message(path + "/broken.json"), "broken.json: not valid JSON"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  QVERIFY(file.resize(65 << 20));
  file.close();
  QVERIFY(contains(message(path + "/broken.json"), "larger than 64 MiB"));
}

QTEST_APPLESS_MAIN(DocumentTest)
#include "document_test.moc"
