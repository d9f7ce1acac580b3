#include "tests/core/modest_values.hpp"
#include "tests/core/study/combination.hpp"

#include <cstdlib>
#include <set>

using namespace separatrix;
using namespace separatrix::test;

// Every parameter of every target, process, potential, ensemble and analysis at its limits, 0,
// ±10³⁰⁸, the least positive number and its default, alone and in pairs: what comes of it is finite
// or refused by name. What is in a catalogue is tested here without another word.
//
// All targets under the first process and all processes of the first target, all values alone and a
// fixed random choice of the pairs; everything (an hour) if the environment variable
// SEPARATRIX_TORTURE is a number above 1.
class ExtremeParametersTest : public QObject {
  Q_OBJECT

private slots:
  void finiteOrRefused_data();
  void finiteOrRefused();
  void greatestWorkStopsAtOnce();
  void replaysSayTheSame();
  void cleanupTestCase();

private:
  void tryOut(const Combination& combination);

  std::array<int, 4> m_counts{};  // of each outcome
  int m_shown = 0;
};

namespace {

constexpr unsigned kOneIn = 100 * kSlowness;  // of the pairs

bool everything() {
  const char* factor = std::getenv("SEPARATRIX_TORTURE");
  return factor != nullptr && std::atof(factor) > 1;
}

Json modestScene(const TargetKind& target, const ProcessKind& process) {
  Json scene = {{"separatrix", 1}};
  scene["target"] = {{"kind", target.id}};
  for (const ParameterSpec& spec : target.parameters)
    if (spec.kind == ParameterKind::file && !spec.nullable)
      scene["target"][spec.name] = dataPath("points.csv");
  scene["process"] = {{"kind", process.id}};
  const ProblemPtr problem = problemOf(scene);
  scene["potential"] = "sde";
  scene["ensemble"] = modestValues(ensembleParameters(), *problem);
  return scene;
}

std::vector<Entry> entriesOf(const TargetKind& target, const ProcessKind& process,
                             const Analysis& analysis) {
  std::vector<Entry> out;
  const auto add = [&](const std::string& section, const ParameterSpecs& specs) {
    for (const ParameterSpec& spec : specs) out.push_back({section, spec});
  };
  add("target", target.parameters);
  add("process", process.parameters);
  add("request", analysis.parameters);
  std::vector<std::string> potentials;
  for (const PotentialInfo& info : potentialCatalog()) potentials.push_back(info.id);
  if (analysis.usesPotential) add("", {ParameterSpec::choice("potential", potentials)});
  if (analysis.usesEnsemble)
    add("ensemble", ensembleParameters());
  else if (analysis.usesPotential)
    add("ensemble", {*findSpec(ensembleParameters(), "stochasticity")});
  return out;
}

template <class Kind>
const Kind& kindOf(const std::vector<Kind>& catalog, const QString& id) {
  return *std::find_if(catalog.begin(), catalog.end(),
                       [&](const Kind& kind) { return kind.id == id.toStdString(); });
}

}  // namespace

void ExtremeParametersTest::tryOut(const Combination& combination) {
  const Verdict verdict = verdictOf(combination);
  ++m_counts[static_cast<std::size_t>(verdict.outcome)];
  if (verdict.outcome == Outcome::wrong && ++m_shown <= 5)
    qWarning("%s: %s", verdict.reason.c_str(), combination.replay().c_str());
}

void ExtremeParametersTest::finiteOrRefused_data() {
  QTest::addColumn<QString>("target");
  QTest::addColumn<QString>("process");
  QTest::addColumn<QString>("analysis");
  for (const TargetKind& target : targetCatalog())
    for (const ProcessKind& process : processCatalog()) {
      const bool first =
          target.id == targetCatalog().front().id || process.id == processCatalog().front().id;
      if (!first && !everything()) continue;
      for (const Analysis& analysis : analysisCatalog())
        QTest::addRow("%s %s %s", target.id.c_str(), process.id.c_str(), analysis.id.c_str())
            << QString::fromStdString(target.id) << QString::fromStdString(process.id)
            << QString::fromStdString(analysis.id);
    }
}

void ExtremeParametersTest::finiteOrRefused() {
  QFETCH(QString, target);
  QFETCH(QString, process);
  QFETCH(QString, analysis);
  Combination base;
  base.analysis = &findAnalysis(analysis.toStdString());
  const TargetKind& targetKind = kindOf(targetCatalog(), target);
  const ProcessKind& processKind = kindOf(processCatalog(), process);
  base.scene = modestScene(targetKind, processKind);
  base.request = modestValues(base.analysis->parameters, *problemOf(base.scene));
  const std::vector<Entry> entries = entriesOf(targetKind, processKind, *base.analysis);

  const auto before = m_counts;
  m_shown = 0;
  const bool all = everything();
  std::mt19937 random(1);
  tryOut(base);
  for (std::size_t i = 0; i < entries.size(); ++i)
    for (const Json& first : entries[i].values) {
      Combination one = base;
      one.set(entries[i], first);
      tryOut(one);
      for (std::size_t j = i + 1; j < entries.size(); ++j)
        for (const Json& second : entries[j].values) {
          if (!all && random() % kOneIn != 0) continue;
          Combination two = one;
          two.set(entries[j], second);
          tryOut(two);
        }
    }
  const auto counted = [&](Outcome outcome) {
    return m_counts[static_cast<std::size_t>(outcome)] - before[static_cast<std::size_t>(outcome)];
  };
  QCOMPARE(counted(Outcome::wrong), 0);
}

// 10⁸ particles of 10⁷ steps and whatever else counts: refused, done or stopped within a second.
void ExtremeParametersTest::greatestWorkStopsAtOnce() {
  std::set<std::string> stopped;
  for (const Analysis& analysis : analysisCatalog()) {
    Combination greatest;
    greatest.analysis = &analysis;
    greatest.scene = modestScene(targetCatalog().front(), processCatalog().front());
    greatest.request = modestValues(analysis.parameters, *problemOf(greatest.scene));
    const auto raise = [](const ParameterSpecs& specs, Json& values) {
      for (const ParameterSpec& spec : specs)
        if (spec.kind == ParameterKind::integer) values[spec.name] = allowedRange(spec).high;
    };
    raise(analysis.parameters, greatest.request);
    raise(ensembleParameters(), greatest.scene["ensemble"]);
    const Verdict verdict = verdictOf(greatest);
    QVERIFY2(verdict.outcome != Outcome::wrong,
             (verdict.reason + ": " + greatest.replay()).c_str());
    if (verdict.outcome == Outcome::stopped) stopped.insert(analysis.id);
  }
  QVERIFY(stopped.contains("samples") && stopped.contains("bifurcation"));
}

// The command that is printed for a failure asks for what failed.
void ExtremeParametersTest::replaysSayTheSame() {
  for (const Analysis& analysis : analysisCatalog())
    for (const ParameterSpec& spec : analysis.parameters)
      for (const Json& value : extremeValues(spec)) {
        if (value.is_null()) continue;  // left out
        const Json read = parseValue(spec, argumentText(spec, value), spec.name);
        if (spec.kind != ParameterKind::vector || value.is_array()) QCOMPARE(read, value);
      }
}

void ExtremeParametersTest::cleanupTestCase() {
  qInfo("%d finite, %d refused, %d stopped, %d wrong", m_counts[0], m_counts[1], m_counts[2],
        m_counts[3]);
}

QTEST_APPLESS_MAIN(ExtremeParametersTest)
#include "extreme_parameters_test.moc"
