#include "core/parameters/json.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QElapsedTimer>

using namespace separatrix;
using namespace separatrix::test;

class JsonTest : public QObject {
  Q_OBJECT

private slots:
  void parsesWhatIsValid();
  void refusesWhatIsNot_data();
  void refusesWhatIsNot();
  void deepNestingIsRefusedQuickly();
  void hugeTextIsRefusedQuickly();
  void keysGivenTwice();
  void canonicalNumbers();
  void canonicalTextIsStable();
  void shownIsShortAndWhole();
};

void JsonTest::parsesWhatIsValid() {
  const Json value = parseJson(R"( {"b": [1, 2.5e-3], "a": {"b": null, "c": "x\"[{"}} )", "text");
  QCOMPARE(value.begin().key(), std::string("b"));  // order is kept
  QCOMPARE(value["b"][1].get<double>(), 0.0025);
  QCOMPARE(value["a"]["c"].get<std::string>(), std::string("x\"[{"));
  const std::string brackets(1000, '[');
  QCOMPARE(parseJson("\"" + brackets + "\"", "text").get<std::string>(), brackets);
}

void JsonTest::refusesWhatIsNot_data() {
  QTest::addColumn<QByteArray>("text");
  for (const char* text :
       {"", "{", "[1,]", "{\"a\" 1}", "NaN", "[Infinity]", "[1e999]", "[-1e999]", "nul", "'a'",
        "[1] 2", "{\"a\": 01}", "\"\\ud800\"", "// comment\n1", "\"\n\"", "[1 2]", "\"\xff\""})
    QTest::addRow("%s", text) << QByteArray(text);
  QTest::newRow("zero byte") << QByteArray("[1,\0]", 5);
  QTest::newRow("long text without an end") << "{\"a\": \"" + QByteArray(100000, 'x');
  QTest::newRow("long word") << QByteArray(100000, 'x');
}

// One clear line that names the source.
void JsonTest::refusesWhatIsNot() {
  QFETCH(QByteArray, text);
  const std::string message = refusal([&] {
    parseJson({text.data(), static_cast<std::size_t>(text.size())}, "my file");
  });
  QVERIFY(contains(message, "my file: not valid JSON: "));
  QVERIFY(message.find('\n') == std::string::npos);
  QVERIFY(message.size() < 300);
}

void JsonTest::deepNestingIsRefusedQuickly() {
  QElapsedTimer timer;
  timer.start();
  for (const char* opening : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += opening;
    QVERIFY(contains(refusal([&] { parseJson(text, "deep"); }), "deep: nested deeper than 64"));
  }
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  QVERIFY(parseJson(nested(64), "deep").is_array());
  QVERIFY(contains(refusal([&] { parseJson(nested(65), "deep"); }), "nested deeper"));
  QVERIFY(timer.elapsed() < 1000);
}

void JsonTest::hugeTextIsRefusedQuickly() {
  QElapsedTimer timer;
  timer.start();
  const std::string huge((std::size_t{64} << 20) + 1, ' ');
  QVERIFY(contains(refusal([&] { parseJson(huge, "huge"); }), "huge: larger than 64 MiB"));
  QVERIFY(timer.elapsed() < 1000);
}

void JsonTest::keysGivenTwice() {
  const auto with = [](const char* text) { return refusal([&] { parseJson(text, "s"); }); };
  QVERIFY(contains(with(R"({"a": 1, "a": 2})"), "s: the key \"a\" is given twice"));
  QVERIFY(contains(with(R"([{"b": {"x": 1, "y": [], "x": 2}}])"), "\"x\" is given twice"));
  QVERIFY(with(R"({"a": {"a": 1}, "b": {"a": [{"a": 1}, {"a": 2}]}})").empty());
}

void JsonTest::canonicalNumbers() {
  QCOMPARE(canonicalNumber(20).dump(), std::string("20"));
  QCOMPARE(canonicalNumber(-0.0).dump(), std::string("0"));
  QCOMPARE(canonicalNumber(0.1).dump(), std::string("0.1"));
  QCOMPARE(canonicalNumber(1e300).dump(), std::string("1e+300"));
  for (const double value : {1e15, 9007199254740991.0, 9007199254740992.0, 1.0 / 3, 5e-324, -2.5})
    QCOMPARE(parseJson(canonicalNumber(value).dump(), "n").get<double>(), value);
}

void JsonTest::canonicalTextIsStable() {
  const std::string text = R"({
  "a": [1, 2.5, "x,y"],
  "empty": {},
  "none": [],
  "points": [
    [-1],
    [1]
  ],
  "deeper": {
    "µ \"q\"": null
  }
}
)";
  const Json value = parseJson(text, "text");
  QCOMPARE(canonicalText(value), text);
  QCOMPARE(canonicalText(parseJson(value.dump(), "text")), text);
}

void JsonTest::shownIsShortAndWhole() {
  QCOMPARE(shown(Json(0.1)), std::string("0.1"));
  QCOMPARE(shown(Json::parse("[1, 2]")), std::string("[1,2]"));
  for (std::size_t ascii = 0; ascii < 8; ++ascii) {
    std::string text(ascii, 'a');
    for (int i = 0; i < 40; ++i) text += "μ";
    const std::string cut = shown(Json(text));
    QVERIFY(cut.size() <= 63);
    QVERIFY(cut.ends_with("…"));
    QVERIFY(QString::fromStdString(cut).toStdString() == cut);  // valid UTF-8
    QVERIFY(!QString::fromStdString(cut).contains(QChar::ReplacementCharacter));
  }
  QVERIFY(!shown(Json("\xff\xfe")).empty());  // text of a command line need not be UTF-8
}

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
