#include "core/parameters/grid_axis.hpp"
#include "core/parameters/parameter_spec.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class ValidateTest : public QObject {
  Q_OBJECT

private slots:
  void completesWithDefaults();
  void namesTheEntryAtFault_data();
  void namesTheEntryAtFault();
  void aliases();
  void nullIsAValueWhereAllowed();
  void limitsAreInclusiveUnlessAbove();
  void parsesTextAsPersonsTypeIt();
  void refusesTextThatIsNoValue_data();
  void refusesTextThatIsNoValue();
  void gridsAreTheirValues();
  void vectorsAndPoints();
};

namespace {

const ParameterSpecs& specs() {
  static const ParameterSpecs all = {
      ParameterSpec::real("rate", 0.5).within(0, 2),
      ParameterSpec::integer("count", 3).within(1, 1e6),
      ParameterSpec::choice("mode", {"fast", "slow"}),
      ParameterSpec::of(ParameterKind::flag, "loud", false),
      ParameterSpec::of(ParameterKind::vector, "weights", 1).above(0),
      ParameterSpec::of(ParameterKind::pointTable, "points", Json::parse("[[0, 1]]")),
      ParameterSpec::of(ParameterKind::grid, "range").within(-10, 10).orNull(),
      ParameterSpec::of(ParameterKind::vector, "variances", 0).within(0, 9).also("variance"),
      ParameterSpec::of(ParameterKind::real, "start").orNull(),
      ParameterSpec::of(ParameterKind::file, "table", ""),
  };
  return all;
}

ParameterValues valid(const char* text) {
  return validate(specs(), Json::parse(text), "part");
}

}  // namespace

void ValidateTest::completesWithDefaults() {
  const ParameterValues values = valid("{}");
  QCOMPARE(values.json().size(), specs().size());
  std::size_t i = 0;
  for (const auto& item : values.json().items()) QCOMPARE(item.key(), specs()[i++].name);
  QCOMPARE(values.real("rate"), 0.5);
  QCOMPARE(values.integer("count"), Index{3});
  QCOMPARE(values.text("mode"), std::string("fast"));
  QVERIFY(!values.flag("loud"));
  QVERIFY(values.isNull("range"));
  QVERIFY(validate(specs(), values.json(), "part") == values);
  QVERIFY(!(valid(R"({"rate": 1})") == values));
}

void ValidateTest::namesTheEntryAtFault_data() {
  QTest::addColumn<QByteArray>("object");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* object, const char* message) {
    QTest::newRow(object) << QByteArray(object) << QByteArray(message);
  };
  row(R"({"rat": 1})", "part.rat: unknown entry; known here: rate, count");
  row(R"({"table": 3})", "part.table: 3 is not the path of a file");
  row(R"({"table": null})", "part.table: null is not the path of a file");
  row(R"({"table": "a\u0000b"})", "is not the path of a file; it has a zero byte");
  row(R"({"rate": "1"})", "part.rate: \"1\" is not a number");
  row(R"({"rate": true})", "part.rate: true is not a number");
  row(R"({"rate": null})", "part.rate: null is not a number");
  row(R"({"rate": [1]})", "part.rate: [1] is not a number");
  row(R"({"rate": 2.1})", "part.rate: 2.1 is out of range; it must be at least 0 and at most 2");
  row(R"({"rate": -1e-9})", "part.rate: -1e-09 is out of range");
  row(R"({"count": 2.5})", "part.count: 2.5 is not a whole number");
  row(R"({"count": 0})", "part.count: 0 is out of range");
  row(R"({"mode": "medium"})", "part.mode: \"medium\" is not one of fast, slow");
  row(R"({"mode": 1})", "part.mode: 1 is not one of");
  row(R"({"loud": 1})", "part.loud: 1 is not true or false");
  row(R"({"weights": []})", "part.weights: [] is not a list of numbers");
  row(R"({"weights": [1, 0]})", "part.weights[1]: 0 is out of range; it must be greater than 0");
  row(R"({"weights": [1, "2"]})", "part.weights[1]: \"2\" is not a number");
  row(R"({"weights": {"a": 1}})", "part.weights: {\"a\":1} is not a list");
  row(R"({"points": 1})", "part.points: 1 is not a list of points");
  row(R"({"points": []})", "part.points: [] is not a list of points");
  row(R"({"points": [1, 2]})", "part.points[0]: 1 is not a point");
  row(R"({"points": [[1], []]})", "part.points[1]: [] is not a point");
  row(R"({"points": [[1], [1, 2]]})", "part.points[1]: has dimension 2");
  row(R"({"points": [[1, "a"]]})", "part.points[0][1]: \"a\" is not a number");
  row(R"({"range": [[0, 1]]})", "part.range[0]: [0,1] is not a range lo:hi:n");
  row(R"({"range": [[0, 1, 0]]})", "part.range[0] count: 0 is out of range");
  row(R"({"range": [[0, 1, 2.5]]})", "part.range[0] count: 2.5 is not a whole number");
  row(R"({"range": [[0, 11, 2]]})", "part.range[0]: 11 is out of range");
  row(R"({"range": [[0, 1, 10000], [0, 1, 10000]]})", "part.range: asks for more than 16777216");
  row(R"({"variances": 1, "variance": 1})", "part.variance: given together with variances");
  row(R"({"variance": -1})", "part.variance: -1 is out of range");
  row(R"([])", "part: [] is not an object");
  row(R"("text")", "part: \"text\" is not an object");
}

void ValidateTest::namesTheEntryAtFault() {
  QFETCH(QByteArray, object);
  QFETCH(QByteArray, message);
  const std::string actual = refusal([&] { valid(object.constData()); });
  QVERIFY(contains(actual, message.toStdString()));
  QVERIFY(actual.find('\n') == std::string::npos);
  // What JSON cannot say can still be asked for in code.
  Json infinite = Json::object();
  infinite["rate"] = std::numeric_limits<double>::infinity();
  QVERIFY(contains(refusal([&] { validate(specs(), infinite, "part"); }), "part.rate"));
  infinite["rate"] = std::nan("");
  QVERIFY(contains(refusal([&] { validate(specs(), infinite, "part"); }), "not a finite number"));
}

void ValidateTest::aliases() {
  const ParameterValues values = valid(R"({"variance": 0.25})");
  QVERIFY(!values.json().contains("variance"));
  QCOMPARE(values.vector("variances", 3), Vec(Vec::Constant(3, 0.25)));
  QVERIFY(findSpec(specs(), "variance") == findSpec(specs(), "variances"));
  QVERIFY(findSpec(specs(), "nothing") == nullptr);
  QVERIFY(findSpec(specs(), "") == nullptr);
}

void ValidateTest::nullIsAValueWhereAllowed() {
  QVERIFY(valid(R"({"start": null})").isNull("start"));
  QCOMPARE(valid(R"({"start": 0.25})").real("start"), 0.25);
  const ParameterSpecs needed = {ParameterSpec::real("time", 1).needed()};
  QVERIFY(contains(refusal([&] { validate(needed, Json::object(), ""); }), "time: missing"));
}

void ValidateTest::limitsAreInclusiveUnlessAbove() {
  QCOMPARE(valid(R"({"rate": 0})").real("rate"), 0.0);
  QCOMPARE(valid(R"({"rate": 2})").real("rate"), 2.0);
  QCOMPARE(valid(R"({"weights": 5e-324})").vector("weights", 1)[0], 5e-324);
  QVERIFY(!refusal([] { valid(R"({"weights": 0})"); }).empty());
}

void ValidateTest::parsesTextAsPersonsTypeIt() {
  const auto parse = [](const char* name, const char* text) {
    return parseValue(*findSpec(specs(), name), text, "--" + std::string(name)).dump();
  };
  QCOMPARE(parse("rate", "0.3"), std::string("0.3"));
  QCOMPARE(parse("rate", "-1e-3"), std::string("-0.001"));
  QCOMPARE(parse("rate", "+2"), std::string("2"));
  QCOMPARE(parse("count", "1e3"), std::string("1000"));
  QCOMPARE(parse("mode", "slow"), std::string("\"slow\""));
  QCOMPARE(parse("table", "a b.csv"), std::string("\"a b.csv\""));
  QCOMPARE(parse("table", "7"), std::string("\"7\""));
  QCOMPARE(parse("loud", "true"), std::string("true"));
  QCOMPARE(parse("weights", "0.1,2"), std::string("[0.1,2]"));
  QCOMPARE(parse("points", "[[1,2]]"), std::string("[[1,2]]"));
  QCOMPARE(parse("range", "-3:3:101,-1:0.5:7"), std::string("[[-3,3,101],[-1,0.5,7]]"));
  QCOMPARE(parse("start", "null"), std::string("null"));
}

void ValidateTest::refusesTextThatIsNoValue_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<QByteArray>("text");
  for (const char* text : {"", "abc", "1,5", "nan", "inf", "1e999", "0x10", "1 ", " 1", "--1",
                           "+-1", "1e", "null", "٣"})
    QTest::addRow("rate %s", text) << QByteArray("rate") << QByteArray(text);
  for (const char* text : {"1", "True", "yes", ""})
    QTest::addRow("loud %s", text) << QByteArray("loud") << QByteArray(text);
  for (const char* text : {"", "1,", ",1", "1;2", "[1,2]"})
    QTest::addRow("weights %s", text) << QByteArray("weights") << QByteArray(text);
  for (const char* text : {"", "1", "1:2", "1:2:3:4", "a:b:c", "0:1:3,", "0:nan:3"})
    QTest::addRow("range %s", text) << QByteArray("range") << QByteArray(text);
  QTest::newRow("points") << QByteArray("points") << QByteArray("[[1,2]");
}

void ValidateTest::refusesTextThatIsNoValue() {
  QFETCH(QByteArray, name);
  QFETCH(QByteArray, text);
  const ParameterSpec& spec = *findSpec(specs(), name.toStdString());
  const std::string message = refusal([&] { parseValue(spec, text.toStdString(), "--option"); });
  QVERIFY(contains(message, "--option: "));
}

void ValidateTest::gridsAreTheirValues() {
  const ParameterValues values = valid(R"({"range": [[-1, 0.3, 4], [2, 1, 1]]})");
  const std::vector<GridAxis> axes = gridAxes(values, "range");
  QCOMPARE(axes.size(), std::size_t{2});
  QCOMPARE(axes[0].at(0), -1.0);
  QVERIFY(near(axes[0].at(1), -1 + 1.3 / 3, 1e-15));
  QCOMPARE(axes[0].at(3), 0.3);
  QCOMPARE(axes[1].at(0), 2.0);  // one value: lo
  QCOMPARE(gridJson(axes).dump(), std::string("[[-1,0.3,4],[2,1,1]]"));
}

void ValidateTest::vectorsAndPoints() {
  const ParameterValues values =
      valid(R"({"weights": [1, 2], "points": [[1, 2], [3, 4], [5, 6]]})");
  QCOMPARE(values.vector("weights", 9).size(), Index{2});  // sizes are the target's to check
  const Mat points = values.points("points");
  QCOMPARE(points.rows(), Index{2});
  QCOMPARE(points.cols(), Index{3});
  QCOMPARE(points(1, 2), 6.0);
}

QTEST_APPLESS_MAIN(ValidateTest)
#include "validate_test.moc"
