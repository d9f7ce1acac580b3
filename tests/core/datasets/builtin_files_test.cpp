#include "core/datasets/builtin_files.hpp"

#include "core/datasets/encoding.hpp"
#include "core/study/document.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

Json digits(const std::string& path) {
  return {
      {"separatrix", 1},
      {"target", {{"kind", "dataset"}, {"path", path}, {"labels", "builtin:digits-labels.npy"}}},
      {"process", {{"kind", "vp-constant"}}}};
}

}  // namespace

/// Files that come with the program.
class BuiltinFilesTest : public QObject {
  Q_OBJECT

private slots:
  void areWhatTheirDataSheetsSay() {
    const auto hash = [](const char* path) {
      return sha256Hex(std::string(builtinFile(path).value()));
    };
    QCOMPARE(hash("builtin:digits.npy"),
             std::string("06622382efae4888481a982e2eb3ac77ac3e5b64ef0da69168b7943041fbebe0"));
    QCOMPARE(hash("builtin:digits-labels.npy"),
             std::string("03ec0343bca84958ae3df825f252a3680415fa07fccb1ed1125ed521c13169e5"));
    QVERIFY(!builtinFile("builtin:").has_value() && !builtinFile("digits.npy").has_value());
    for (const std::string& path : builtinPaths())
      QVERIFY2(!builtinFile(path)->empty(), path.c_str());
  }

  // MNIST's own numbers: 50 of each digit, of 28 × 28 pixels up to 255.
  void mnistIsMnist() {
    Json scene = digits("builtin:mnist.npy");
    scene["target"]["labels"] = "builtin:mnist-labels.npy";
    const ProblemPtr problem = problemOf(scene);
    const Components& points = *problem->data().components();
    QCOMPARE(points.means.rows(), Index{784});
    QCOMPARE(points.count(), Index{500});
    for (int label = 0; label < 10; ++label)
      QCOMPARE(std::count(points.labels.begin(), points.labels.end(), label), 50);
    QCOMPARE(points.means.maxCoeff(), 255.0);
    QCOMPARE(points.labels.front(), 5);  // as the training set begins
    QCOMPARE(points.labels[1], 0);
  }

  // From any folder, and documents keep the name and say nothing else of it.
  void documentsNameThem() {
    const Document document = documentFromJson(digits("builtin:digits.npy"), "/some/folder");
    const ProblemPtr problem = prepare(document.scene, {document.files});
    QCOMPARE(problem->data().components()->count(), Index{1797});
    QVERIFY(problem->dataFiles().empty() && problem->remarks().empty());
    for (const FilePaths style : {FilePaths::relative, FilePaths::contained}) {
      const Json written = documentToJson(document, "/other", {style, Embedding::small});
      QCOMPARE(written.at("target").at("path"), Json("builtin:digits.npy"));
      QVERIFY(!written.contains("files"));
    }
  }

  void othersAreRefusedByName() {
    const auto message = [](const std::string& path) {
      return refusal([&] { problemOf(digits(path)); });
    };
    QVERIFY(contains(message("builtin:nothing.npy"),
                     "target.path: builtin:nothing.npy does not come with this program"));
    QVERIFY(contains(message("builtin:nothing.npy"), "builtin:digits.npy"));
    QVERIFY(contains(message("builtin:\xff"), "not UTF-8"));
    QVERIFY(contains(message("builtin:" + std::string(5000, 'a')), "a path this long"));
  }
};

QTEST_GUILESS_MAIN(BuiltinFilesTest)
#include "builtin_files_test.moc"
