#include "core/study/document.hpp"

#include "core/export/embedded_document.hpp"
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
  void figureFiles();
  void figureFilesThatCannotBe();
};

namespace {

void write(const QString& path, const std::string& bytes, qint64 size = -1) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(bytes.data(), static_cast<qint64>(bytes.size()));
  if (size >= 0) QVERIFY(file.resize(size));
}

std::string svgWith(const std::string& inside) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + inside + "</svg>";
}

}  // namespace

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
    QCOMPARE(prepare(document.scene, {document.files})->target().dimension(),
             prepare(again.scene, {again.files})->target().dimension());
    QVERIFY(findDocument(presets(), preset.name) == &preset);
  }
  QVERIFY(findDocument(presets(), "nothing") == nullptr);
}

void DocumentTest::figuresAreDocuments() {
  for (const NamedDocument& figure : figures()) {
    const Document document = documentFromJson(figure.json);
    const std::string once = canonicalText(documentToJson(document));
    QCOMPARE(canonicalText(documentToJson(documentFromJson(parseJson(once, figure.name)))), once);
    QVERIFY(prepare(document.scene, {document.files})->target().dimension() >= 1);
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
  write(path, canonicalText(findSceneJson("asymmetric")));
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
  write(folder.filePath("broken.json"), "{\"separatrix\": 1,");
  QVERIFY(contains(message(path + "/broken.json"), "broken.json: not valid JSON"));
  write(folder.filePath("broken.json"), "{", 65 << 20);
  QVERIFY(contains(message(path + "/broken.json"), "larger than 64 MiB; this is no scene"));
  // What has no end is not read to it.
  QVERIFY(contains(message("/dev/zero"), "larger than 64 MiB"));
}

// By the content: the name's ending says nothing.
void DocumentTest::figureFiles() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("figure");
  Json json = findSceneJson("asymmetric");
  json["views"] = {{"note", "\"<]]> θ 😀"}};
  const std::string text = json.dump();
  for (const std::string& bytes :
       {svgWith(svgMetadata(text)), "%PDF-1.4\n" + xmpMetadata("title", "Qt", text)}) {
    write(path, bytes);
    QCOMPARE(readDocumentFile(path.toStdString()), json);
    QCOMPARE(findSceneJson(path.toStdString()), json);
  }
}

void DocumentTest::figureFilesThatCannotBe() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("figure.svg");
  const auto message = [&] { return refusal([&] { readDocumentFile(path.toStdString()); }); };
  for (const std::string& bytes :
       {svgWith(""), std::string("%PDF-1.4"), std::string("\x89PNG\r\n\x1A\n")}) {
    write(path, bytes);
    QCOMPARE(message(),
             path.toStdString() +
                 ": carries no Separatrix document; figures exported from Separatrix do");
  }
  write(path, svgWith(svgMetadata("{\"separatrix\": }")));
  QVERIFY(contains(message(), "figure.svg: not valid JSON"));
  write(path, svgWith(""), (256 << 20) + 1);
  QVERIFY(contains(message(), "larger than 256 MiB; this is no figure"));
}

QTEST_APPLESS_MAIN(DocumentTest)
#include "document_test.moc"
