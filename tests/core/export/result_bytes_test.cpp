#include "core/export/result_bytes.hpp"

#include "tests/core/support.hpp"

#include <bit>
#include <charconv>
#include <clocale>
#include <cstring>
#include <locale>

using namespace separatrix;
using namespace separatrix::test;

class ResultBytesTest : public QObject {
  Q_OBJECT

private slots:
  void numbersReadBackExactly();
  void quotesByRfc4180();
  void metadataComesFirst();
  void noLocaleChangesAByte();
  void jsonReadsBack();
  void npyHeaderAndPayload_data();
  void npyHeaderAndPayload();
  void npyOfTables();
  void endingsChooseTheFormat();
  void everyAnalysisWritesEveryFormat();
};

namespace {

Table tableOf(const std::string& name, ColumnValues values) {
  Table out;
  out.columns.push_back({name, "", "", std::move(values)});
  return out;
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

template <class Real>
bool survivesCsv(const std::vector<Real>& values) {
  const auto lines = linesOf(csvText(tableOf("x", values)));
  if (lines.size() != values.size() + 2) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Real read = 0;
    const std::string& line = lines[i + 1];
    const auto result = std::from_chars(line.data(), line.data() + line.size(), read);
    if (result.ptr != line.data() + line.size()) return false;
    if (std::memcmp(&read, &values[i], sizeof(Real)) != 0) return false;
  }
  return true;
}

struct Npy {
  std::string header;
  std::string payload;
};

/// The format's own description, read by hand: magic, version 1.0, length, dictionary, data.
Npy parseNpy(const std::string& bytes) {
  if (bytes.size() < 10 || bytes.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) return {};
  const auto low = static_cast<unsigned char>(bytes[8]);
  const auto high = static_cast<unsigned char>(bytes[9]);
  const std::size_t length = low + 256U * high;
  if ((10 + length) % 64 != 0 || bytes[9 + length] != '\n') return {};
  return {bytes.substr(10, length), bytes.substr(10 + length)};
}

template <class Real>
std::vector<Real> numbersIn(const std::string& payload) {
  std::vector<Real> out(payload.size() / sizeof(Real));
  if (!out.empty()) std::memcpy(out.data(), payload.data(), out.size() * sizeof(Real));
  return out;
}

class CommaPoint : public std::numpunct<char> {
protected:
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

}  // namespace

void ResultBytesTest::numbersReadBackExactly() {
  std::mt19937_64 random(1);
  std::vector<double> doubles = {0.0, -0.0, 0.1, 1e300, 5e-324, 1.0 / 3, 123456789.0, -1e-5};
  std::vector<float> floats = {0.0F, 0.1F, 3.4e38F, 1e-45F, 1.0F / 3};
  while (doubles.size() < 20000) {
    const auto value = std::bit_cast<double>(random());
    if (std::isfinite(value)) doubles.push_back(value);
  }
  while (floats.size() < 20000) {
    const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (std::isfinite(value)) floats.push_back(value);
  }
  QVERIFY(survivesCsv(doubles));
  QVERIFY(survivesCsv(floats));
  QVERIFY(survivesCsv(std::vector<std::int64_t>{0, -1, INT64_MAX, INT64_MIN}));
  // Shortest digits: single precision is not padded to double.
  QCOMPARE(csvText(tableOf("x", std::vector<float>{0.1F})), std::string("x\n0.1\n"));
  const double inf = std::numeric_limits<double>::infinity();
  QCOMPARE(csvText(tableOf("x", std::vector<double>{inf, -inf, std::nan("")})),
           std::string("x\ninf\n-inf\n\n"));
}

void ResultBytesTest::quotesByRfc4180() {
  const std::vector<std::string> texts = {"plain", "a,b", "say \"hi\"", "two\nlines",
                                          "cr\r",  "",    " space",     "θ"};
  Table table = tableOf("the, name", texts);
  table.columns.push_back({"n", "", "", std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}});
  QCOMPARE(csvText(table), std::string("\"the, name\",n\nplain,1\n\"a,b\",2\n\"say \"\"hi\"\"\",3\n"
                                       "\"two\nlines\",4\n\"cr\r\",5\n,6\n space,7\nθ,8\n"));
}

void ResultBytesTest::metadataComesFirst() {
  const Table table = tableOf("x", std::vector<double>{1});
  Json metadata;
  metadata["program"] = "Separatrix";
  metadata["scene"] = {{"a", {1, 2}}, {"text", "two\nlines"}};
  const auto lines = linesOf(csvText(table, metadata));
  QCOMPARE(lines[0], std::string("# program: Separatrix"));
  QVERIFY(lines[1].starts_with("# scene: {"));
  QCOMPARE(parseJson(lines[1].substr(9), "scene"), metadata["scene"]);
  QCOMPARE(lines[2], std::string("x"));
  QCOMPARE(parseJson(jsonText(table, metadata), "json")["metadata"], metadata);
}

void ResultBytesTest::noLocaleChangesAByte() {
  Table table = tableOf("x", std::vector<double>{1234567.25, 0.5});
  table.columns.push_back({"n", "", "", std::vector<std::int64_t>{1234567, 2}});
  const NumericArray array{{1000, 2}, std::vector<float>(2000, 0.5F)};
  const auto all = [&] { return csvText(table) + jsonText(table) + npyBytes(array); };
  const std::string expected = all();
  const std::locale before =
      std::locale::global(std::locale(std::locale::classic(), new CommaPoint));
  const std::string inComma = all();
  const bool readInComma = parseValue(ParameterSpec::real("x", 0), "1234.5", "x") == Json(1234.5);
  const bool parsedInComma = parseJson("[1234.5]", "x")[0] == Json(1234.5);
  std::locale::global(before);
  QCOMPARE(inComma, expected);
  QVERIFY(readInComma && parsedInComma);
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"})  // those that are installed
    if (std::setlocale(LC_ALL, name) != nullptr) QCOMPARE(all(), expected);
  std::setlocale(LC_ALL, "C");
}

void ResultBytesTest::jsonReadsBack() {
  Table table = tableOf("x", std::vector<double>{0.1, std::nan(""), 5e-324});
  table.columns.push_back({"name", "", "", std::vector<std::string>{"a\"b", "θ", ""}});
  const Json json = parseJson(jsonText(table), "json");
  QCOMPARE(json["x"][0].get<double>(), 0.1);
  QVERIFY(json["x"][1].is_null());
  QCOMPARE(json["x"][2].get<double>(), 5e-324);
  QCOMPARE(json["name"][0].get<std::string>(), std::string("a\"b"));
  QVERIFY(!json.contains("metadata"));
}

void ResultBytesTest::npyHeaderAndPayload_data() {
  QTest::addColumn<QList<int>>("shape");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("one axis") << QList<int>{5} << QByteArray("(5, )");
  QTest::newRow("two") << QList<int>{3, 4} << QByteArray("(3, 4)");
  QTest::newRow("three") << QList<int>{2, 3, 1} << QByteArray("(2, 3, 1)");
  QTest::newRow("empty") << QList<int>{0, 3} << QByteArray("(0, 3)");
}

void ResultBytesTest::npyHeaderAndPayload() {
  QFETCH(QList<int>, shape);
  QFETCH(QByteArray, text);
  NumericArray array;
  std::size_t count = 1;
  for (const int n : shape) {
    array.shape.push_back(static_cast<std::size_t>(n));
    count *= static_cast<std::size_t>(n);
  }
  for (std::size_t i = 0; i < count; ++i) array.values.push_back(0.1F * static_cast<float>(i));
  const Npy npy = parseNpy(npyBytes(array));
  QVERIFY(npy.header.starts_with(
      "{'descr': '<f4', 'fortran_order': False, 'shape': " + text.toStdString() + ", }"));
  QCOMPARE(numbersIn<float>(npy.payload), array.values);
  QCOMPARE(npy.payload.size(), 4 * count);
}

void ResultBytesTest::npyOfTables() {
  Table table = tableOf("x", std::vector<double>{0.1, 0.2, 0.3});
  table.columns.push_back({"n", "", "", std::vector<std::int64_t>{1, 2, 3}});
  table.columns.push_back({"f", "", "", std::vector<float>{0.5F, 0.25F, 0.125F}});
  const Npy npy = parseNpy(npyBytes(table));
  QVERIFY(npy.header.starts_with("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }"));
  QCOMPARE(numbersIn<double>(npy.payload),
           (std::vector<double>{0.1, 1, 0.5, 0.2, 2, 0.25, 0.3, 3, 0.125}));
  table.columns.push_back({"name", "", "", std::vector<std::string>{"a", "b", "c"}});
  QVERIFY_THROWS_EXCEPTION(Failure, npyBytes(table));
}

void ResultBytesTest::endingsChooseTheFormat() {
  QVERIFY(dataFormatOf("a/b.csv") == DataFormat::csv);
  QVERIFY(dataFormatOf("b.x.json") == DataFormat::json);
  QVERIFY(dataFormatOf("b.npy") == DataFormat::npy);
  for (const char* path : {"a", "a.txt", "", "csv", "a.csv/b", "a.CSVX"})
    QVERIFY(contains(refusal([&] { dataFormatOf(path); }), ".csv, .json or .npy"));
}

void ResultBytesTest::everyAnalysisWritesEveryFormat() {
  const ProblemPtr deltas = presetProblem("two-deltas"), spins = presetProblem("curie-weiss");
  for (const Analysis& analysis : analysisCatalog()) {
    const ProblemPtr& problem = analysis.id == "two-temperatures" ? spins : deltas;
    Json values = Json::object();
    if (findSpec(analysis.parameters, "time") != nullptr) values["time"] = 0.2;
    if (findSpec(analysis.parameters, "at") != nullptr) values["at"] = {0.5};
    const ResultPtr result = analysis.run(*problem, requestOf(analysis, values), {});
    const Table table = result->table();
    QVERIFY(!table.columns.empty() && table.rows() > 0);
    for (const Column& column : table.columns) {
      const auto size = std::visit([](const auto& v) { return v.size(); }, column.values);
      QCOMPARE(size, table.rows());
      QVERIFY(!column.name.empty());
    }
    const std::string csv = resultBytes(*result, DataFormat::csv);
    QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), table.rows() + 1);
    QVERIFY(parseJson(resultBytes(*result, DataFormat::json), analysis.id).is_object());
    const bool text = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) {
      return std::holds_alternative<std::vector<std::string>>(c.values);
    });
    if (!text) QVERIFY(!parseNpy(resultBytes(*result, DataFormat::npy)).payload.empty());
  }
}

QTEST_APPLESS_MAIN(ResultBytesTest)
#include "result_bytes_test.moc"
