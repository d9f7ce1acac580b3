#include "core/export/atomic_file.hpp"
#include "tests/core/random_document.hpp"
#include "tests/core/support.hpp"

#include <QtCore/QTemporaryDir>

using namespace separatrix;
using namespace separatrix::test;

// A thousand documents of every kind survive text and files to the byte.
class RandomDocumentsTest : public QObject {
  Q_OBJECT

private slots:
  void surviveText();
  void surviveFiles();
  void arePrepared();
  void coverTheCatalogues();
};

namespace {

constexpr std::uint32_t kCount = 1000;

std::string textOf(const Document& document) {
  return canonicalText(documentToJson(document));
}

}  // namespace

void RandomDocumentsTest::surviveText() {
  for (std::uint32_t seed = 0; seed < kCount; ++seed) {
    const Json json = RandomDocument(seed).json();
    const Document document = documentFromJson(json);
    const std::string once = textOf(document);
    const Document again = documentFromJson(parseJson(once, "document"));
    const bool same =
        textOf(again) == once && again.scene == document.scene && again.views == document.views;
    QVERIFY2(same, ("seed " + std::to_string(seed) + ": " + json.dump()).c_str());
    // Nor does it matter how the file was written.
    for (const std::string& text : {json.dump(), json.dump(3, '\t', true), canonicalText(json)})
      QVERIFY2(textOf(documentFromJson(parseJson(text, "document"))) == once, text.c_str());
  }
}

void RandomDocumentsTest::surviveFiles() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("größe ٠٫٥ 😀.json").toStdString();
  for (std::uint32_t seed = 0; seed < kCount; ++seed) {
    const Document document = RandomDocument(seed).document();
    const std::string once = textOf(document);
    // Without the wait for the disk, which atomic_file_test is about.
    if (seed % 50 == 0)
      writeFileAtomically(path, once);
    else
      std::ofstream(path, std::ios::binary) << once;
    QVERIFY2(readFile(path) == once, std::to_string(seed).c_str());
    const Document again = documentFromJson(findSceneJson(path));
    QVERIFY2(textOf(again) == once && again.scene == document.scene, std::to_string(seed).c_str());
  }
}

// They are scenes, not only text: targets and processes can be made of them, but for the data
// files, which are not there, and entries that do not go together.
void RandomDocumentsTest::arePrepared() {
  std::uint32_t prepared = 0;
  for (std::uint32_t seed = 0; seed < kCount; ++seed) {
    const Document document = RandomDocument(seed).document();
    const std::string message = refusal([&] { prepare(document.scene); });
    const bool named = contains("target.path target.sigma2 target.spread process.sigma_max",
                                message.substr(0, message.find(':')));
    QVERIFY2(message.empty() || named, (std::to_string(seed) + " " + message).c_str());
    prepared += message.empty();
  }
  QVERIFY(prepared > kCount * 2 / 3);
}

void RandomDocumentsTest::coverTheCatalogues() {
  std::set<std::string> kinds, texts;
  bool nested = false, unicode = false;
  for (std::uint32_t seed = 0; seed < kCount; ++seed) {
    const Document document = RandomDocument(seed).document();
    kinds.insert(document.scene.target.kind);
    kinds.insert(document.scene.process.kind);
    kinds.insert(potentialInfo(document.scene.potential).id);
    kinds.insert(document.scene.ensemble.sampler);
    texts.insert(textOf(document));
    nested = nested || (document.views.dump().find("{\"") != std::string::npos &&
                        document.views.dump().find("[[") != std::string::npos);
    unicode = unicode || document.views.dump().find("😀") != std::string::npos;
    // The same seed, the same document.
    if (seed < 20) QCOMPARE(textOf(RandomDocument(seed).document()), textOf(document));
  }
  for (const TargetKind& kind : targetCatalog()) QVERIFY(kinds.contains(kind.id));
  for (const ProcessKind& kind : processCatalog()) QVERIFY(kinds.contains(kind.id));
  for (const PotentialInfo& info : potentialCatalog()) QVERIFY(kinds.contains(info.id));
  for (const SamplerKind& kind : samplerCatalog()) QVERIFY(kinds.contains(kind.id));
  QVERIFY(texts.size() > kCount * 99 / 100);
  QVERIFY(nested && unicode);
}

QTEST_APPLESS_MAIN(RandomDocumentsTest)
#include "random_documents_test.moc"
