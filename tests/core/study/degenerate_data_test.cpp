#include "tests/core/datasets/readers.hpp"

#include <QtCore/QElapsedTimer>

#include <functional>
#include <map>
#include <optional>

#include <sys/resource.h>

using namespace separatrix;
using namespace separatrix::test;

// Degenerate data × every reader × every analysis: a result of finite numbers or an error that
// names what is wrong, in less than 10 s and 2 GB. Readers and analyses come from the catalogues;
// a reader needs a writer below, an analysis whose parameters are required a request.
class DegenerateDataTest : public QObject {
  Q_OBJECT

private slots:
  void initTestCase();
  void readersAgreeOrNameTheFault_data();
  void readersAgreeOrNameTheFault();
  void analysesAnswerOrNameTheFault_data();
  void analysesAnswerOrNameTheFault();
  void textWithoutPoints_data();
  void textWithoutPoints();
  void largeDimensionsNameTheMatrix();
};

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kPatience = 100000;  // instrumented code is ten times slower
#else
constexpr int kPatience = 10000;
#endif

constexpr std::size_t kMany = 10000;

using Rows = std::vector<std::vector<double>>;

struct DegenerateData {
  const char* name;
  Rows rows;
  const char* refusal = "";  ///< of a reader or the target; empty: read
};

Rows wide(std::size_t count, std::size_t columns) {
  Rows out(count, std::vector<double>(columns));
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0; i < columns; ++i)
      out[k][i] = static_cast<double>((7 * k + 3 * i) % 11) / 11 - 0.5;
  return out;
}

std::vector<DegenerateData> degenerateData() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  return {
      {"NaN", {{1, 2}, {kNan, 4}}, "finite"},
      {"infinity", {{1}, {kInfinity}}, "finite"},
      {"minus infinity", {{1, -kInfinity}}, "finite"},
      {"denormal", {{5e-324}, {1e-310}}},
      {"denormal and not", {{5e-324, 1}, {-1, 5e-324}}},
      {"huge", {{1e300, 0}, {0, 1}}, "is beyond"},
      {"largest", {{1e6}, {-1e6}}},
      {"largest and smallest", {{1e6, 0}, {1e-300, 0}}},
      {"no points", {}, "points.data"},
      {"one point", {{0.3, -2}}},
      {"one point on a line", {{0.3}}},
      {"constant column", {{1, 0}, {1, 1}, {1, 3}}},
      {"equal points", Rows(50, {0.7})},
      {"equal points in the plane", Rows(50, {0.7, -0.1})},
      {"duplicates", {{-1}, {-1}, {1}, {1}, {1}}},
      {"nearly equal", {{1}, {1 + 1e-15}, {-1}}},
      {"10^5 columns", wide(3, 100000)},
      {"10^5 rows", wide(100000, 1)},
      {"10^5 rows in the plane", wide(100000, 2)},
  };
}

/// One file in the format of that id; none: such a file cannot be in that format.
using Writer = std::function<std::optional<std::string>(const Rows&)>;

std::optional<std::string> csvOf(const Rows& rows) {
  std::string out;
  char digits[40];
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::snprintf(digits, sizeof digits, "%.17g", row[i]);
      out += digits + std::string(i + 1 < row.size() ? "," : "\n");
    }
  return out;
}

std::optional<std::string> npyOf(const Rows& rows) {
  std::vector<double> all;
  for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
  const std::size_t columns = rows.empty() ? 1 : rows[0].size();
  const std::string shape =
      "(" + std::to_string(rows.size()) + ", " + std::to_string(columns) + ")";
  return npyBytes(npyHeader("<f8", shape), rawBytes(all));
}

std::optional<std::string> idxOf(const Rows& rows) {
  std::vector<double> all;
  for (const auto& row : rows) all.insert(all.end(), row.begin(), row.end());
  const std::size_t columns = rows.empty() ? 1 : rows[0].size();
  return idxBytes(0x0E,
                  {static_cast<std::uint32_t>(rows.size()), static_cast<std::uint32_t>(columns)},
                  rawBytes(all, true));
}

/// Images hold bytes, none of these numbers: png_folder_test.
std::optional<std::string> noFile(const Rows&) {
  return std::nullopt;
}

const std::map<std::string, Writer>& writers() {
  static const std::map<std::string, Writer> out = {
      {"csv", csvOf}, {"npy", npyOf}, {"idx", idxOf}, {"png-folder", noFile}};
  return out;
}

/// Values for parameters that are required, and a small grid for many points.
Json requestFor(const Analysis& analysis, const Target& target) {
  const Index dimension = target.dimension();
  Json out = Json::object();
  if ((analysis.id == "potential" || analysis.id == "basins") && dimension == 2 &&
      target.components()->count() > static_cast<Index>(kMany))
    out["range"] = Json::parse("[[-2, 2, 15], [-2, 2, 15]]");
  if (analysis.id == "cloning") out = {{"times", {{0.5, 1, 2}}}, {"pairs", 5}};
  if (analysis.id == "excess-entropy" || analysis.id == "collapse")
    out = {{"times", {{0.5, 1, 2}}}, {"samples", 20}};
  if (analysis.id == "twins") out = {{"coarsest", 2}, {"doublings", 1}};
  if (analysis.id == "fate") out["runs"] = 20;
  if (analysis.id == "slice" || analysis.id == "circulation") out["times"] = {{0.5, 0.5, 1}};
  if (analysis.id == "slice") out["angles"] = 5;
  if (analysis.id == "split-times") out = {{"times", {{0.3, 0.7, 2}}}, {"pairs", 2}};
  if (analysis.id == "residuals") out = {{"times", {{0.3, 0.7, 2}}}, {"samples", 5}};
  for (const ParameterSpec& spec : analysis.parameters) {
    if (!spec.required) continue;
    if (spec.name == "time") out["time"] = 0.3;
    if (spec.name == "at")
      out["at"] = Json(std::vector<double>(static_cast<std::size_t>(dimension), 0.1));
    if (spec.name == "times") out["times"] = Json::parse("[[0.1, 0.9, 3]]");
  }
  return out;
}

bool allFinite(const Json& value) {
  if (value.is_structured())
    return std::all_of(value.begin(), value.end(),
                       [](const Json& each) { return allFinite(each); });
  return !value.is_number_float() || std::isfinite(value.get<double>());
}

/// The message of an InvalidInput or Failure; empty: the result has only finite numbers.
std::string outcome(const Analysis& analysis, const Problem& problem) {
  try {
    const Request request = requestOf(analysis, requestFor(analysis, problem.target()));
    const ResultPtr result = analysis.run(problem, request, {});
    if (!columnNotFinite(analysis.id, result->table()).empty()) return "NOT FINITE in the table";
    if (const auto record = result->record(); record && !allFinite(*record))
      return "NOT FINITE in the record";
    return {};
  } catch (const InvalidInput& error) {
    return error.what();
  } catch (const Failure& error) {
    return error.what();
  }
}

long peakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

struct StoredFile {
  explicit StoredFile(const std::string& bytes) { writeFile(path, bytes); }

  QTemporaryDir folder;
  std::string path = folder.filePath("points.data").toStdString();
};

void addData() {
  QTest::addColumn<Rows>("rows");
  QTest::addColumn<QByteArray>("refused");
  for (const DegenerateData& data : degenerateData())
    QTest::newRow(data.name) << data.rows << QByteArray(data.refusal);
}

ProblemPtr problemWith(const std::string& path, const std::string& process) {
  Json scene = sceneOf("[[0]]", "1", "0", process);
  scene["target"] = {{"kind", "dataset"}, {"path", path}};
  scene["ensemble"] = {{"particles", 4}, {"steps", 3}};
  return problemOf(scene);
}

}  // namespace

void DegenerateDataTest::initTestCase() {
  for (const DatasetFormat& format : datasetCatalog())
    QVERIFY2(writers().count(format.id) == 1, format.id.c_str());
}

void DegenerateDataTest::readersAgreeOrNameTheFault_data() {
  addData();
}

// Every reader gives the same points, or refuses them.
void DegenerateDataTest::readersAgreeOrNameTheFault() {
  QFETCH(Rows, rows);
  QFETCH(QByteArray, refused);
  std::optional<Mat> first;
  for (const DatasetFormat& format : datasetCatalog()) {
    const auto bytes = writers().at(format.id)(rows);
    if (!bytes) continue;
    const StoredFile file(*bytes);
    QElapsedTimer timer;
    timer.start();
    ProblemPtr problem;
    const std::string message = refusal([&] { problem = problemWith(file.path, kVpLinear); });
    QVERIFY2(timer.elapsed() < kPatience, format.id.c_str());
    QCOMPARE(message.empty(), refused.isEmpty());
    if (!message.empty()) {
      QVERIFY(contains(message, "target.path: "));
      QVERIFY(contains(message, refused.toStdString()));
      continue;
    }
    const Mat& points = problem->target().components()->means;
    if (!first) first = points;
    QVERIFY2(points == *first, format.id.c_str());
  }
}

void DegenerateDataTest::analysesAnswerOrNameTheFault_data() {
  addData();
}

void DegenerateDataTest::analysesAnswerOrNameTheFault() {
  QFETCH(Rows, rows);
  QFETCH(QByteArray, refused);
  if (!refused.isEmpty()) return;
  const StoredFile file(*npyOf(rows));
  std::vector<const char*> processes = {kVpLinear};
  if (rows.size() < kMany) processes.push_back(kVeBrownian);
  for (const char* process : processes) {
    const ProblemPtr problem = problemWith(file.path, process);
    for (const Analysis& analysis : analysisCatalog()) {
      QElapsedTimer timer;
      timer.start();
      const std::string failure = outcome(analysis, *problem);
      const std::string what = analysis.id + ": " + failure;
      QVERIFY2(failure.find("NOT FINITE") == std::string::npos, what.c_str());
      QVERIFY2(failure.size() < 400, what.c_str());
      QVERIFY2(timer.elapsed() < kPatience, what.c_str());
    }
  }
  QVERIFY(peakMegabytes() < 2000);
}

void DegenerateDataTest::textWithoutPoints_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("refused");
  const auto row = [](const char* name, const char* text, const char* refused) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(refused);
  };
  row("empty file", "", "no numbers");
  row("header only", "x,y\n", "no points");
  row("ragged rows", "1,2\n3\n", "line 2");
  row("names among numbers", "1,2\nx,y\n", "line 2, column 1");
}

void DegenerateDataTest::textWithoutPoints() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, refused);
  const StoredFile file(text.toStdString());
  const std::string message = refusal([&] { problemWith(file.path, kVpLinear); });
  QVERIFY(contains(message, "target.path: "));
  QVERIFY(contains(message, refused.toStdString()));
}

// A 10⁵ × 10⁵ matrix is 80 GB: what needs one says so. The Gaussian start does not: the covariance
// of three points has rank two.
void DegenerateDataTest::largeDimensionsNameTheMatrix() {
  const StoredFile file(*npyOf(wide(3, 100000)));
  const ProblemPtr problem = problemWith(file.path, kVpLinear);
  QVERIFY(contains(outcome(findAnalysis("field"), *problem), "in 100000 dimensions takes 80.0 GB"));
  for (const char* id : {"critical-times", "samples", "splitting-tree"})
    QCOMPARE(outcome(findAnalysis(id), *problem), std::string());
  Scene scene = problem->scene();
  scene.ensemble.start = StartLaw::gls;
  QCOMPARE(outcome(findAnalysis("samples"), *prepare(scene)), std::string());
}

QTEST_APPLESS_MAIN(DegenerateDataTest)
#include "degenerate_data_test.moc"
