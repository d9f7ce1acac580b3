#include "ui/controls/parameter_form.hpp"

#include "ui/controls/jump_slider.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/controls/point_table.hpp"
#include "ui/controls/real_control.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTest>

#include <optional>

using namespace separatrix;

namespace {

ParameterSpecs sample() {
  ParameterSpecs specs;
  specs.push_back(ParameterSpec::of(ParameterKind::pointTable, "means", Json::parse("[[-1],[1]]")));
  specs.push_back(
      ParameterSpec::of(ParameterKind::vector, "weights", Json::parse("[1,1]")).above(0));
  specs.push_back(
      ParameterSpec::of(ParameterKind::vector, "variances", 0).within(0, 1e300).also("variance"));
  specs.push_back(ParameterSpec::real("beta_min", 0.1)
                      .labelled("Smallest rate", "β_min", "At the data")
                      .above(0)
                      .slider(0.01, 10, true));
  specs.push_back(ParameterSpec::integer("steps", 1000).within(1, 1e6).slider(10, 10000, true));
  specs.push_back(ParameterSpec::choice("sampler", {"euler-maruyama", "exact", "heun"}));
  specs.push_back(ParameterSpec::of(ParameterKind::flag, "center", true));
  specs.push_back(ParameterSpec::of(ParameterKind::vector, "at", Json::parse("[0,0.25]")));
  specs.push_back(ParameterSpec::of(ParameterKind::grid, "range", Json::parse("[[-3,3,257]]")));
  specs.push_back(ParameterSpec::of(ParameterKind::real, "s_start").orNull().within(0, 1));
  specs.back().unit = std::string("s");
  return specs;
}

struct Stage {
  explicit Stage(ParameterSpecs specs = sample()) : form(std::move(specs)) {
    form.resize(500, 700);
    form.show();
    form.activateWindow();
    ready = QTest::qWaitForWindowActive(&form);
    QObject::connect(&form, &ParameterForm::edited,
                     [this](const Json& entries) { edits.push_back(entries); });
    QObject::connect(&form, &ParameterForm::committed,
                     [this](const Json& entries) { commits.push_back(entries); });
  }
  template <typename Widget>
  Widget* find(const char* name) const {
    QWidget* field = form.field(name);
    return field != nullptr ? field->findChild<Widget*>() : nullptr;
  }

  ParameterForm form;
  bool ready = false;
  std::vector<Json> edits;
  std::vector<Json> commits;
};

}  // namespace

class ParameterFormTest : public QObject {
  Q_OBJECT

private slots:
  void startsFromTheDefaultsAndRoundTrips() {
    Stage stage;
    QVERIFY(stage.ready);
    const Json defaults = validate(sample(), Json::object(), "").json();
    QCOMPARE(stage.form.values().dump(), validate(sample(), defaults, "").json().dump());
    const Json other = validate(sample(), Json::parse(R"({"means": [[0, 1], [2, 3], [4, 5]],
        "weights": [1, 2, 3], "variance": 0.5, "beta_min": 0.123456789, "steps": 12345,
        "sampler": "heun", "center": false, "at": 7, "range": [[0, 1, 3], [-2, 2, 5]],
        "s_start": 0.25})"),
                                "")
                           .json();
    stage.form.setValues(other);
    QCOMPARE(stage.form.values().dump(), other.dump());
    QCOMPARE(validate(sample(), stage.form.values(), "").json().dump(), other.dump());
    stage.form.setValues(Json::parse(R"({"variance": 0.25, "unknown": 1})"));
    QCOMPARE(stage.form.values().at("variances").dump(), std::string("0.25"));
    QVERIFY(stage.edits.empty() && stage.commits.empty());
  }

  void showsWhatItIsGiven() {
    Stage stage;
    stage.form.setValues(Json::parse(R"({"beta_min": 2.5, "steps": 77, "sampler": "exact",
        "center": false, "at": [1, 2.5], "range": [[0, 1, 3]], "s_start": 0.5})"));
    QCOMPARE(stage.find<RealControl>("beta_min")->value(), 2.5);
    QCOMPARE(stage.find<NumberBox>("steps")->findChild<QLineEdit*>()->text(), QString("77"));
    QCOMPARE(stage.find<QComboBox>("sampler")->currentText(), QString("Exact"));
    QVERIFY(!stage.find<QCheckBox>("center")->isChecked());
    QCOMPARE(stage.find<QLineEdit>("at")->text(), QString("1, 2.5"));
    QCOMPARE(stage.find<QLineEdit>("range")->text(), QString("0:1:3"));
    QVERIFY(!stage.find<QCheckBox>("s_start")->isChecked());
  }

  void labelsAreSetAsMathematics() {
    Stage stage;
    QStringList labels;
    for (const QLabel* label : stage.form.findChildren<QLabel*>()) labels << label->text();
    const QString all = labels.join('\n');
    QVERIFY2(all.contains("Smallest rate&nbsp; β<sub>min</sub>"), qPrintable(all));
    QVERIFY(all.contains("s_start (s)"));
    QVERIFY(stage.form.field("beta_min")->toolTip().contains("At the data"));
  }

  void oneSignalShape() {
    Stage stage;
    auto* slider = stage.find<JumpSlider>("beta_min");
    const auto at = [&](double part) {
      return QPoint(static_cast<int>(part * slider->width()), slider->height() / 2);
    };
    QTest::mousePress(slider, Qt::LeftButton, {}, at(0.6));
    QTest::mouseMove(slider, at(0.7));
    stage.form.setValues(Json{{"beta_min", 5}});  // an echo while dragging does not disturb
    QTest::mouseMove(slider, at(0.8));
    QVERIFY(stage.commits.empty());
    QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.8));
    QVERIFY(stage.edits.size() >= 3);
    QCOMPARE(stage.commits.size(), std::size_t{1});
    QCOMPARE(stage.commits[0].size(), std::size_t{1});
    QCOMPARE(stage.commits[0].dump(), stage.edits.back().dump());
    QCOMPARE(stage.form.values().at("beta_min").dump(), stage.commits[0].at("beta_min").dump());
  }

  void everyKindEmitsItsJson() {
    Stage stage;
    QTest::keyClick(stage.find<QCheckBox>("center"), Qt::Key_Space);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"center":false})"));
    QTest::keyClick(stage.find<QComboBox>("sampler"), Qt::Key_Down);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"sampler":"exact"})"));
    auto* at = stage.find<QLineEdit>("at");
    at->selectAll();
    QTest::keyClicks(at, "3, 4.5");
    QTest::keyClick(at, Qt::Key_Return);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"at":[3,4.5]})"));
    auto* steps = stage.find<NumberBox>("steps");
    steps->selectAll();
    QTest::keyClicks(steps, "20");
    QTest::keyClick(steps, Qt::Key_Return);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"steps":20})"));
    QCOMPARE(stage.edits.size(), stage.commits.size());
    QCOMPARE(validate(sample(), stage.form.values(), "").json().dump(), stage.form.values().dump());
  }

  void automaticIsNull() {
    Stage stage;
    auto* automatic = stage.find<QCheckBox>("s_start");
    QVERIFY(automatic->isChecked());
    QVERIFY(!stage.find<NumberBox>("s_start")->isVisible());
    QTest::keyClick(automatic, Qt::Key_Space);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"s_start":0.5})"));
    auto* box = stage.find<NumberBox>("s_start");
    QVERIFY(box->isVisible());
    box->selectAll();
    QTest::keyClicks(box, "0.75");
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"s_start":0.75})"));
    QTest::keyClick(automatic, Qt::Key_Space);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"s_start":null})"));
    QTest::keyClick(automatic, Qt::Key_Space);
    QCOMPARE(stage.commits.back().dump(), std::string(R"({"s_start":0.75})"));
  }

  void theTableChangesSeveralEntriesAtOnce() {
    Stage stage;
    PointTable* table = stage.form.pointTable();
    QVERIFY(table != nullptr);
    QVERIFY(stage.form.field("weights") == stage.form.field("means"));
    table->selectRow(1);
    table->addRow();
    QCOMPARE(stage.commits.size(), std::size_t{1});
    QCOMPARE(stage.commits[0].dump(),
             std::string(R"({"means":[[-1],[1],[1.5]],"weights":[1,1,1]})"));
    table->pasteText("5 1 0.5");
    QCOMPARE(stage.commits[1].at("variances").dump(), std::string("[0,0,0,0.5]"));
    QCOMPARE(stage.edits.size(), std::size_t{2});
    QCOMPARE(validate(sample(), stage.form.values(), "").json().dump(), stage.form.values().dump());
  }

  void problemsAreShownAndGoAwayWithTheEdit() {
    Stage stage;
    stage.form.setProblem("process.beta_min", "too small");
    stage.form.setProblem("target.weights[1]", "not positive");
    const auto shows = [&](const char* name, const QString& text) {
      for (const QLabel* label : stage.form.field(name)->findChildren<QLabel*>())
        if (label->isVisible() && label->text() == text) return true;
      return false;
    };
    QVERIFY(shows("beta_min", "too small"));
    QVERIFY(shows("means", "not positive"));
    QTest::keyClick(stage.find<NumberBox>("beta_min"), Qt::Key_Up);
    QVERIFY(!shows("beta_min", "too small"));
    stage.form.clearProblems();
    QVERIFY(!shows("means", "not positive"));
  }

  void titlesOfChoicesCanBeSet() {
    Stage stage;
    stage.form.setChoiceTitles("sampler", {"One", "Two", "Three"});
    QCOMPARE(stage.find<QComboBox>("sampler")->itemText(2), QString("Three"));
    stage.form.setChoiceTitles("nothing", {"One"});
  }

  void aNarrowFormPutsLabelsAbove() {
    Stage stage;
    const auto* box = stage.find<NumberBox>("beta_min");
    const int wide = box->mapTo(&stage.form, QPoint()).y();
    stage.form.resize(stage.form.minimumSizeHint().width(), 900);
    QCoreApplication::processEvents();
    QVERIFY(box->mapTo(&stage.form, QPoint()).y() > wide);
    QVERIFY(box->mapTo(&stage.form, QPoint(box->width(), 0)).x() <= stage.form.width());
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      Stage stage;
      auto* box = stage.find<NumberBox>("beta_min");
      QCOMPARE(box->findChild<QLineEdit*>()->text(), QString("0.1"));
      box->selectAll();
      QTest::keyClicks(box, "1.25");
      QTest::keyClick(box, Qt::Key_Return);
      QCOMPARE(stage.commits.at(0).dump(), std::string(R"({"beta_min":1.25})"));
    }
    QLocale::setDefault(QLocale::c());
  }

  void destroyedWhileTyping() {
    std::optional<Stage> stage(std::in_place);
    auto* box = stage->find<NumberBox>("beta_min");
    box->setFocus();
    QTest::keyClicks(box, "5");
    QVERIFY(box->isActive());
    stage.reset();
    QVERIFY(!stage);
  }
};

QTEST_MAIN(ParameterFormTest)
#include "parameter_form_test.moc"
