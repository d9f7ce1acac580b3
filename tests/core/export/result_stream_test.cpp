#include "core/export/result_stream.hpp"

#include "core/sampling/integrate.hpp"
#include "core/study/samples.hpp"
#include "core/study/trajectories.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What is written in parts is to the byte what is written at once.
class ResultStreamTest : public QObject {
  Q_OBJECT

private slots:
  void theSameBytes_data();
  void theSameBytes();
  void nothingIsLeftOfWhatFails();
};

namespace {

Json sceneInManyParts() {
  Json scene = sceneOf("[[-1, 0],[1, 2]]", "[1, 1]", "0.1");
  scene["ensemble"] = {{"particles", 3000}, {"steps", 3}, {"save_every", 1}};
  return scene;
}

/// The ensemble as three parts.
void inParts(const Problem& problem, const std::string& id, const ResultConsumer& consume) {
  EnsembleSpec spec = problem.scene().ensemble;
  const Index total = spec.particles;
  if (id == "samples") spec.saveEvery = spec.steps;
  for (const auto& [first, count] : {std::pair<Index, Index>{0, 1000}, {1000, 7}, {1007, 1993}}) {
    spec.particles = count;
    EnsembleRun run(problem.target(), problem.process(), spec, Direction::reverse, {}, first);
    run.advance({});
    if (id == "samples")
      consume(Samples(run.take(), total));
    else
      consume(Trajectories(run.take(), total));
  }
}

}  // namespace

void ResultStreamTest::theSameBytes_data() {
  QTest::addColumn<QString>("id");
  QTest::newRow("trajectories") << "trajectories";
  QTest::newRow("samples") << "samples";
}

void ResultStreamTest::theSameBytes() {
  QFETCH(QString, id);
  const Analysis& analysis = findAnalysis(id.toStdString());
  const ProblemPtr whole = problemOf(sceneInManyParts());
  const Request request = requestOf(analysis);
  const ResultPtr result = analysis.run(*whole, request, {});
  const Json metadata = {{"program", "test"}};
  const auto produce = [&](const ResultConsumer& consume) {
    inParts(*whole, analysis.id, consume);
  };
  std::string csv;
  streamCsv(produce, metadata, [&](std::string_view bytes) { csv += bytes; });
  QCOMPARE(QByteArray::fromStdString(csv),
           QByteArray::fromStdString(resultBytes(*result, DataFormat::csv, metadata)));
  const QTemporaryDir folder;
  const std::string path = folder.filePath("x.npy").toStdString();
  AtomicFile file(path);
  streamNpy(produce, file);
  file.commit();
  QVERIFY(readFile(path) == resultBytes(*result, DataFormat::npy));
  // And the parts of the analysis' own making.
  std::string own;
  streamCsv([&](const auto& consume) { analysis.runInParts(*whole, request, {}, consume); },
            metadata, [&](std::string_view bytes) { own += bytes; });
  QVERIFY(own == csv);
}

void ResultStreamTest::nothingIsLeftOfWhatFails() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("x.csv").toStdString();
  writeFile(path, "old");
  const auto produce = [&](const ResultConsumer& consume) {
    const Analysis& analysis = findAnalysis("samples");
    consume(*analysis.run(*problemOf(sceneInManyParts()), requestOf(analysis), {}));
    throw Failure("in the middle");
  };
  const auto write = [&] {
    AtomicFile file(path);
    streamCsv(produce, {}, [&](std::string_view bytes) { file.append(bytes); });
    file.commit();
  };
  QVERIFY_THROWS_EXCEPTION(Failure, write());
  QCOMPARE(readFile(path), std::string("old"));
  QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"x.csv"});
}

QTEST_APPLESS_MAIN(ResultStreamTest)
#include "result_stream_test.moc"
