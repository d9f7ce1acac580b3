#include "core/study/document_files.hpp"

#include "core/datasets/encoding.hpp"
#include "tests/core/datasets/readers.hpp"

#include <QtCore/QDir>

#include <filesystem>

using namespace separatrix;
using namespace separatrix::test;

// Paths and data of files in documents.
class DocumentFilesTest : public QObject {
  Q_OBJECT

private slots:
  void pathsAreAbsoluteInMemory();
  void pathsAreRelativeInDocuments_data();
  void pathsAreRelativeInDocuments();
  void exportsTellNothingOfTheDisk();
  void survivesToTheByte();
  void embedsAsAsked();
  void speaksOfTheFilesOfTheSceneAlone();
  void refuses_data();
  void refuses();
  void setsPathsFromTheCurrentFolder();
  void keysDependOnTheData();
  void aMovedFolderOpens();
  void foldersAreWrittenWithoutASlash();
  void labelsBesideImagesAreKept();
  void anEditElsewhereDoesNotLoadAgain();
};

namespace {

Json sceneWithPath(const std::string& path) {
  Json json = sceneOf("[[-1],[1]]", "1", "0");
  json["target"] = {{"kind", "dataset"}, {"path", path}};
  return json;
}

std::string pathOf(const Document& document) {
  return document.scene.target.values.text("path");
}

Json fileEntry(const std::string& bytes, bool withData) {
  Json out = {{"size", bytes.size()}, {"sha256", sha256Hex(bytes)}};
  if (withData) out["data"] = base64Encoded(bytes);
  return out;
}

Document withFile(const std::string& path, const std::string& bytes) {
  Document out = documentFromJson(sceneWithPath(path));
  out.files = {{pathOf(out), bytes.size(), sha256Hex(bytes), bytes}};
  return out;
}

}  // namespace

void DocumentFilesTest::pathsAreAbsoluteInMemory() {
  const auto resolved = [](const std::string& path, const std::string& folder) {
    return pathOf(documentFromJson(sceneWithPath(path), folder));
  };
  QCOMPARE(resolved("points.csv", "/data/scenes"), std::string("/data/scenes/points.csv"));
  QCOMPARE(resolved("./a//../points.csv", "/data"), std::string("/data/points.csv"));
  QCOMPARE(resolved("../points.csv", "/data/scenes"), std::string("/data/points.csv"));
  QCOMPARE(resolved("/points.csv", "/data/scenes"), std::string("/points.csv"));
  QCOMPARE(resolved("", "/data"), std::string());
  const std::string here = std::filesystem::current_path().string();
  QCOMPARE(resolved("points.csv", ""), here + "/points.csv");
  QCOMPARE(resolved("points.csv", "scenes"), here + "/scenes/points.csv");
  QVERIFY(contains(refusal([&] { resolved("\xFF.csv", "/data"); }), "is not UTF-8"));
  QVERIFY(contains(refusal([&] { resolved("a.csv", "/\xFF"); }), "target.path: "));
  QVERIFY(contains(refusal([&] { resolved(std::string("a\0b", 3), "/data"); }), "zero byte"));
  QVERIFY(contains(refusal([&] { resolved(std::string(5000, 'x'), "/data"); }), "this long"));
}

void DocumentFilesTest::pathsAreRelativeInDocuments_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("folder");
  QTest::addColumn<QString>("relative");
  QTest::addColumn<QString>("contained");
  QTest::newRow("beside") << "/data/p.csv"
                          << "/data"
                          << "p.csv"
                          << "p.csv";
  QTest::newRow("below") << "/data/a/p.csv"
                         << "/data/"
                         << "a/p.csv"
                         << "a/p.csv";
  QTest::newRow("above") << "/data/p.csv"
                         << "/data/a"
                         << "../p.csv"
                         << "p.csv";
  QTest::newRow("in a home") << "/home/ada/p.csv"
                             << "/tmp"
                             << "../home/ada/p.csv"
                             << "p.csv";
  QTest::newRow("out of a home") << "/srv/p.csv"
                                 << "/home/ada"
                                 << "../../srv/p.csv"
                                 << "p.csv";
  QTest::newRow("named with dots") << "/data/..p.csv"
                                   << "/data"
                                   << "..p.csv"
                                   << "..p.csv";
}

void DocumentFilesTest::pathsAreRelativeInDocuments() {
  QFETCH(QString, path);
  QFETCH(QString, folder);
  QFETCH(QString, relative);
  QFETCH(QString, contained);
  const Document document = withFile(path.toStdString(), "1\n");
  const std::string where = folder.toStdString();
  const auto check = [&](const Json& json, const std::string& expected) {
    return json["target"]["path"] == Json(expected) && json["files"].size() == 1 &&
           json["files"].contains(expected);
  };
  QVERIFY(check(documentToJson(document, where), relative.toStdString()));
  QVERIFY(check(exportedJson(document, where), contained.toStdString()));
  QCOMPARE(pathOf(documentFromJson(documentToJson(document, where), where)), path.toStdString());
}

void DocumentFilesTest::exportsTellNothingOfTheDisk() {
  const std::string text = exportedJson(withFile("/home/ada/secret/p.csv", "1\n"), "/tmp").dump();
  for (const char* part : {"ada", "home", "secret", "tmp", ".."})
    QVERIFY(text.find(part) == std::string::npos);
  QVERIFY(contains(text, base64Encoded("1\n")));
}

void DocumentFilesTest::survivesToTheByte() {
  for (const bool withData : {false, true}) {
    Json json = sceneWithPath("./sub/../p.csv");
    json["files"] = {{"p.csv", fileEntry("1,2\n", withData)}};
    json["views"] = {{"time", 0.5}};
    const std::string once = canonicalText(documentToJson(documentFromJson(json, "/d"), "/d"));
    const Document again = documentFromJson(parseJson(once, "document"), "/d");
    QCOMPARE(canonicalText(documentToJson(again, "/d")), once);
    QCOMPARE(again.files.size(), std::size_t{1});
    QCOMPARE(again.files[0].content.has_value(), withData);
    QCOMPARE(again.files[0].path, std::string("/d/p.csv"));
    QVERIFY(sceneFromJson(json, "/d") == again.scene);  // every command takes a document
  }
}

void DocumentFilesTest::embedsAsAsked() {
  const Document document = withFile("/d/p.csv", "1,2\n");
  const Json none = documentToJson(document, "/d", {FilePaths::relative, Embedding::none});
  QVERIFY(none["files"]["p.csv"] == fileEntry("1,2\n", false));
  const Json small = documentToJson(document, "/d");
  QVERIFY(small["files"]["p.csv"] == fileEntry("1,2\n", true));
  Document large = document;
  large.files[0].content = std::string(kLargestKeptContent + 1, '1');
  QVERIFY(!documentToJson(large, "/d")["files"]["p.csv"].contains("data"));
}

void DocumentFilesTest::speaksOfTheFilesOfTheSceneAlone() {
  QVERIFY(!documentToJson(documentFromJson(sceneWithPath("p.csv"))).contains("files"));
  QVERIFY(!documentToJson(documentFromJson(findSceneJson("two-deltas"))).contains("files"));
  Json json = sceneWithPath("p.csv");
  json["files"] = {{"q.csv", fileEntry("1\n", true)}, {"p.csv", fileEntry("2\n", true)}};
  const Document document = documentFromJson(json, "/d");
  QCOMPARE(document.files.size(), std::size_t{1});
  QCOMPARE(documentToJson(document, "/d")["files"].size(), std::size_t{1});
  json["target"] = {{"kind", "gaussian-mixture"}};
  QVERIFY(!documentToJson(documentFromJson(json)).contains("files"));
}

void DocumentFilesTest::refuses_data() {
  QTest::addColumn<QByteArray>("files");
  QTest::addColumn<QByteArray>("expected");
  const std::string hash = "\"sha256\": \"" + sha256Hex("1,2\n") + "\"";
  const auto row = [](const char* name, const std::string& files, const char* expected) {
    QTest::newRow(name) << QByteArray::fromStdString(files) << QByteArray(expected);
  };
  const auto entry = [&](const std::string& rest) { return "{\"p.csv\": {" + rest + "}}"; };
  row("a list", "[]", "files: [] is not an object");
  row("an entry that is none", "{\"p.csv\": 3}", "files[\"p.csv\"]: 3 is not an object");
  row("no path", "{\"\": {}}", "files[\"\"]: is not the path");
  row("no size", entry(hash), "files[\"p.csv\"].size: missing");
  row("no hash", entry("\"size\": 4"), "files[\"p.csv\"].sha256: missing");
  row("unknown key", entry("\"size\": 4, \"md5\": \"\", " + hash), "files[\"p.csv\"].md5: unknown");
  row("negative size", entry("\"size\": -4, " + hash), "files[\"p.csv\"].size: -4 is not");
  row("broken size", entry("\"size\": 4.5, " + hash), "files[\"p.csv\"].size: 4.5 is not");
  row("size beyond 2^63", entry("\"size\": 18446744073709551615, " + hash), ".size: 184");
  row("size in words", entry("\"size\": \"4\", " + hash), "files[\"p.csv\"].size: \"4\" is not");
  row("short hash", entry("\"size\": 4, \"sha256\": \"ba78\""), ".sha256: \"ba78\" is not");
  row("hash as number", entry("\"size\": 4, \"sha256\": 7"), ".sha256: 7 is not");
  row("no base64", entry("\"size\": 4, " + hash + ", \"data\": \"1,2\""), ".data: \"1,2\" is not");
  row("data as number", entry("\"size\": 4, " + hash + ", \"data\": 3"), ".data: 3 is not base64");
  row("another size", entry("\"size\": 5, " + hash + ", \"data\": \"MSwyCg==\""),
      ".data: holds 4 bytes, the size says 5");
  row("other data", entry("\"size\": 4, " + hash + ", \"data\": \"MSwzCg==\""),
      ".data: does not have the SHA-256");
  const std::string good = "{\"size\": 4, " + hash + "}";
  row("twice", "{\"p.csv\": " + good + ", \"./p.csv\": " + good + "}", "the file is given twice");
}

void DocumentFilesTest::refuses() {
  QFETCH(QByteArray, files);
  QFETCH(QByteArray, expected);
  Json json = sceneWithPath("p.csv");
  json["files"] = parseJson(files.toStdString(), "files");
  QVERIFY(contains(refusal([&] { documentFromJson(json, "/d"); }), expected.toStdString()));
}

void DocumentFilesTest::setsPathsFromTheCurrentFolder() {
  const std::string here = std::filesystem::current_path().string();
  const auto set = [](const std::string& assignment, Json json = sceneWithPath("p.csv")) {
    setEntry(json, assignment);
    return json["target"]["path"].get<std::string>();
  };
  QCOMPARE(set("target.path=a/../q.csv"), here + "/q.csv");
  QCOMPARE(set("target.path=\"q.csv\""), here + "/q.csv");
  QCOMPARE(set("target.path=/q.csv"), std::string("/q.csv"));
  QCOMPARE(set("target.path=17"), here + "/17");
  // Also where the kind is set after it.
  QCOMPARE(set("target.path=q.csv", findSceneJson("two-deltas")), here + "/q.csv");
}

void DocumentFilesTest::keysDependOnTheData() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("p.csv").toStdString();
  const Scene scene = sceneFromJson(sceneWithPath(path));
  const Analysis& analysis = findAnalysis("potential");
  const Request request = requestOf(analysis, {{"time", 0.3}});
  writeFile(path, "1,2\n");
  const std::string first = inputsKey(analysis, *prepare(scene), request);
  QCOMPARE(inputsKey(analysis, *prepare(scene), request), first);
  writeFile(path, "1,3\n");
  QVERIFY(inputsKey(analysis, *prepare(scene), request) != first);
}

void DocumentFilesTest::aMovedFolderOpens() {
  const QTemporaryDir folder;
  const std::string before = folder.filePath("before").toStdString();
  const std::string after = folder.filePath("after").toStdString();
  std::filesystem::create_directory(before);
  writeFile(before + "/p.csv", "1,2\n3,4\n");
  Document document = documentFromJson(sceneWithPath("p.csv"), before);
  document.files = prepare(document.scene)->dataFiles();
  const Json json = documentToJson(document, before, {FilePaths::relative, Embedding::none});
  std::filesystem::rename(before, after);
  const Document moved = documentFromJson(json, after);
  const ProblemPtr problem = prepare(moved.scene, {moved.files});
  QVERIFY(problem->remarks().empty());
  QVERIFY(problem->target().components()->means == (Mat(2, 2) << 1, 3, 2, 4).finished());
  QVERIFY_THROWS_EXCEPTION(MissingFile, prepare(documentFromJson(json, before).scene));
}

void DocumentFilesTest::foldersAreWrittenWithoutASlash() {
  const auto path = [](const std::string& written) {
    return pathOf(documentFromJson(sceneWithPath(written), "/d/e"));
  };
  QCOMPARE(path("images/"), std::string("/d/e/images"));
  QCOMPARE(path("images"), std::string("/d/e/images"));
  QCOMPARE(path("."), std::string("/d/e"));
  QCOMPARE(path(".."), std::string("/d"));
  QCOMPARE(path("/"), std::string("/"));
  const Document inside = documentFromJson(sceneWithPath("."), "/d/e");
  QCOMPARE(documentToJson(inside, "/d/e")["target"]["path"].get<std::string>(), std::string("."));
}

// They are no entry of the scene, but its classes depend on them.
void DocumentFilesTest::labelsBesideImagesAreKept() {
  const QTemporaryDir folder;
  const std::string place = folder.path().toStdString();
  writeFile(place + "/images-idx3-ubyte", idxBytes(8, {2, 1, 1}, "ab"));
  writeFile(place + "/labels-idx1-ubyte", idxBytes(8, {2}, "\4\5"));
  Json json = sceneWithPath("images-idx3-ubyte");
  json["target"]["classes"] = 5;
  Document document = documentFromJson(json, place);
  document.files = prepare(document.scene)->dataFiles();
  QCOMPARE(document.files.size(), std::size_t{2});
  const Json written = documentToJson(document, place);
  QVERIFY(written["files"].contains("labels-idx1-ubyte"));
  for (const char* name : {"/images-idx3-ubyte", "/labels-idx1-ubyte"})
    std::filesystem::remove(place + name);
  const Document again = documentFromJson(written, place);
  const ProblemPtr problem = prepare(again.scene, {again.files});
  QVERIFY(problem->target().components()->means == Mat::Constant(1, 1, 'b'));
  QCOMPARE(problem->remarks().size(), std::size_t{2});
}

void DocumentFilesTest::anEditElsewhereDoesNotLoadAgain() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("points.csv").toStdString();
  std::ofstream(path) << "-1\n1\n";
  Json json = sceneWithPath(path);
  const ProblemPtr first = prepare(sceneFromJson(json));
  std::ofstream(path) << "-2\n2\n";
  json["potential"] = "ode";
  json["process"] = parseJson(kVeBrownian, "process");
  const ProblemPtr second = prepare(sceneFromJson(json), {}, first);
  QCOMPARE(&second->target(), &first->target());
  QVERIFY(second->dataFiles() == first->dataFiles());
  QVERIFY(second->scene() == sceneFromJson(json));
  QVERIFY(!second->process().variancePreserving());
  json["target"]["scale"] = 3;
  const ProblemPtr third = prepare(sceneFromJson(json), {}, second);
  QCOMPARE(third->target().components()->means(0, 1), 6.0);
}

QTEST_APPLESS_MAIN(DocumentFilesTest)
#include "document_files_test.moc"
