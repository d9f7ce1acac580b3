#include "core/export/result_bytes.hpp"
#include "core/sampling/integrate.hpp"
#include "tests/core/modest_values.hpp"
#include "tests/locales.hpp"

#include <clocale>
#include <locale>
#include <sstream>

#if defined(__SANITIZE_ADDRESS__)
/// The C library keeps what it once read of LOCPATH.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions() {
  return "leak:__argz_add_sep";
}
#endif

using namespace separatrix;
using namespace separatrix::test;

// A host program that sets its user's locale, for C and C++, changes no byte of what the core reads
// and writes.
class LocaleTest : public QObject {
  Q_OBJECT

private slots:
  void initTestCase();
  void nothingChanges_data();
  void nothingChanges();

private:
  CompiledLocales m_locales;
  std::string m_plain;
};

namespace {

std::string grouped(double value) {
  std::ostringstream out;
  out << std::fixed << value;
  return out.str();
}

Table numbers() {
  Table out;
  out.columns = {{"double", "", "", std::vector<double>{1234567.5, -0.1, 1e-300, 12345678}},
                 {"float", "", "", std::vector<float>{1234567.5F, -0.1F, 1e-30F, 1e7F}},
                 {"integer", "", "", std::vector<std::int64_t>{1234567, -1, 0, 9007199254740992}},
                 {"text", "", "", std::vector<std::string>{"0,5", "0.5", "٠٫٥", "1.234,5"}}};
  return out;
}

std::string errors() {
  std::string out;
  const auto add = [&](const auto& action) { out += refusal(action) + '\n'; };
  for (const char* assignment : {"target.variance=-1234567.5", "process.horizon=1234567.25",
                                 "target.variance=0,5", "ensemble.particles=1234567890.5"})
    add([&] {
      Json scene = sceneOf("[[-1],[1]]", "1", "0");
      scene["target"].erase("variances");
      setEntry(scene, assignment);
      sceneFromJson(scene);
    });
  add([] { parseJson("{\"a\": 1234.5,,}", "text"); });
  add([] { parseJson("[0,5, 1.234.567]", "text"); });
  add([] { parseValue(timeSpec(), "0,5", "time"); });
  const ProblemPtr problem = presetProblem("two-deltas");
  add([&] { runAnalysis("fixed-points", *problem, {{"time", 1234.5}}); });
  EnsembleSpec spec;
  spec.particles = 12'345'678;
  spec.steps = 1'234'567;
  add([&] { integrate(problem->target(), problem->process(), spec, Direction::reverse, {}); });
  return out;
}

/// Everything that goes in and out.
std::string everything() {
  std::string out = csvText(numbers(), {{"note", 0.5}}) + jsonText(numbers()) + errors();
  const Json parsed = parseJson("[1234567.5, -0.1, 1e-300, 2.5e+30, 12345678, 0.3]", "text");
  out += canonicalText(parsed) + shown(parsed) + canonicalText(canonicalNumber(1234567.5));
  const ParameterSpec grid = ParameterSpec::of(ParameterKind::grid, "range");
  out += parseValue(grid, "-2.5:1234567.5:101,0.5:1:3", "range").dump();
  const ParameterSpec list = ParameterSpec::of(ParameterKind::vector, "at");
  out += parseValue(list, "0.5,1234567.25,-1e-3", "at").dump();
  for (const NamedDocument& preset : presets()) {
    const Document document = documentFromJson(preset.json);
    out += canonicalText(documentToJson(document));
    const ProblemPtr problem = prepare(document.scene, {document.files});
    for (const Analysis& analysis : analysisCatalog()) {
      if (analysis.cost == Cost::extended || problem->target().dimension() > 1) continue;
      const Json values = modestValues(analysis.parameters, *problem);
      try {
        const ResultPtr result = analysis.run(*problem, requestOf(analysis, values), {});
        out += csvText(result->table()) + resultBytes(*result, DataFormat::json);
      } catch (const std::exception& failure) {  // not for this problem
        out += failure.what();
      }
    }
  }
  return out;
}

}  // namespace

void LocaleTest::initTestCase() {
  QCOMPARE(grouped(1234567.5), std::string("1234567.500000"));
  m_plain = everything();
  QVERIFY(contains(m_plain, "1234567.5,1234567.5,1234567,\"0,5\"\n"));
  QVERIFY(contains(m_plain, "target.variance: -1234567.5 is out of range"));
  qputenv("LOCPATH", m_locales.path().toLocal8Bit());
}

void LocaleTest::nothingChanges_data() {
  QTest::addColumn<QByteArray>("name");
  for (const QString& name : foreignLocales()) QTest::newRow(qPrintable(name)) << name.toUtf8();
}

void LocaleTest::nothingChanges() {
  QFETCH(QByteArray, name);
  // What the test needs to be able to fail: numbers do come out otherwise here.
  QVERIFY(std::setlocale(LC_ALL, name.constData()) != nullptr);
  const std::locale before = std::locale::global(std::locale(name.constData()));
  const std::string foreign = everything();
  const std::string sample = grouped(1234567.5);
  std::locale::global(before);
  std::setlocale(LC_ALL, "C");
  QVERIFY(sample != "1234567.500000");
  if (name.startsWith("de")) QCOMPARE(sample, std::string("1.234.567,500000"));
  QVERIFY(foreign == m_plain);
}

QTEST_APPLESS_MAIN(LocaleTest)
#include "locale_test.moc"
