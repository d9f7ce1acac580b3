#include "core/export/atomic_file.hpp"
#include "core/export/embedded_document.hpp"
#include "core/study/document.hpp"
#include "tests/core/support.hpp"
#include "tests/faults/torture.hpp"

using namespace separatrix;
using namespace separatrix::test;

// Saving and loading a document when calls and allocations fail.
class DocumentTortureTest : public QObject {
  Q_OBJECT

private slots:
  void saving();
  void loading_data();
  void loading();
};

namespace {

Document exampleDocument() {
  Json json = findSceneJson("asymmetric");
  json["views"] = {{"time", 0.3}, {"pins", {1, 2, 3}}, {"note", std::string(100, 'n')}};
  return documentFromJson(json);
}

}  // namespace

void DocumentTortureTest::saving() {
  const ScratchFolder folder;
  const auto path = folder.path / "document.json";
  const Document document = exampleDocument();
  const std::string whole = canonicalText(documentToJson(document));
  const Deed deed{path, [&] { writeFileAtomically(path, canonicalText(documentToJson(document))); },
                  "{\"separatrix\": 1, \"old\": true}\n",
                  [&](const std::string& content) { return content == whole; }, true};
  const Torture calls = tortureCalls(deed);
  QCOMPARE(calls.problems, std::string());
  QVERIFY(calls.struck >= 30 && calls.refused >= 20);
  const Torture allocations = tortureAllocations(deed);
  QCOMPARE(allocations.problems, std::string());
  qInfo("%d allocations: %d refused, %d ended in a destructor", allocations.struck,
        allocations.refused, allocations.ended);
  QVERIFY(allocations.refused > 2 * allocations.ended);
}

void DocumentTortureTest::loading_data() {
  QTest::addColumn<bool>("figure");
  QTest::newRow("scene") << false;
  QTest::newRow("figure") << true;
}

void DocumentTortureTest::loading() {
  QFETCH(bool, figure);
  const ScratchFolder folder;
  const auto path = folder.path / "document";
  const Json json = documentToJson(exampleDocument());
  const std::string before =
      figure ? "<svg>" + svgMetadata(json.dump()) + "</svg>" : canonicalText(json);
  const Deed deed{
      path,
      [&] {
        const Document read = documentFromJson(readDocumentFile(path.string()));
        if (prepare(read.scene)->target().dimension() != 1 || documentToJson(read) != json)
          throw std::logic_error("read as something else");
      },
      before, [&](const std::string& content) { return content == before; }, true};
  const Torture calls = tortureCalls(deed);
  QCOMPARE(calls.problems, std::string());
  QVERIFY(calls.struck >= 10 && calls.refused >= 8);
  const Torture allocations = tortureAllocations(deed);
  QCOMPARE(allocations.problems, std::string());
  qInfo("%d allocations: %d refused, %d ended in a destructor", allocations.struck,
        allocations.refused, allocations.ended);
  QVERIFY(allocations.refused > 2 * allocations.ended);
}

QTEST_APPLESS_MAIN(DocumentTortureTest)
#include "document_torture_test.moc"
