#include "tests/cli/program.hpp"
#include "tests/locales.hpp"

#include <QtCore/QMap>
#include <QtCore/QRegularExpression>

using namespace separatrix::test;

// The locale of whoever runs a command changes no byte of what it reads and writes.
class LocaleTest : public QObject {
  Q_OBJECT

private slots:
  void localesAreInForce();
  void sameBytes_data();
  void sameBytes();
  void sameErrors_data();
  void sameErrors();
  void sceneFilesAreReadAlike();

private:
  CompiledLocales m_locales;
};

namespace {

const char* const kNumbers =
    "--set target.variance=0.5 --set process.horizon=1.5 --set ensemble.stochasticity=0.25";

/// A line for every command; a new command needs one here.
const QMap<QString, QString>& commandLines() {
  static const QMap<QString, QString> lines = {
      {"presets", ""},
      {"show", "two-deltas"},
      {"field", "two-deltas --time 0.25 --at -0.5"},
      {"potential", "two-deltas --time 0.25 --range -2.5:2.5:21"},
      {"fixed-points", "two-deltas --time 0.25"},
      {"bifurcation", "two-deltas --steps 30 --from 0.125 --to 1.25"},
      {"critical-times", "two-deltas"},
      {"trajectories", "two-deltas --particles 1100 --steps 20 --s-start 1.25 --s-end 0.5"},
      {"samples", "two-deltas --particles 1100 --steps 20 --start gls"},
      {"drift-field", "two-deltas --times 0.25:1.25:9 --range -1.5:1.5:9"},
      {"thermodynamics", "two-deltas-brownian --times 0.5:1.5:3 --at 0.25"},
      {"exponents", "two-deltas-brownian --points 6"},
      {"random-energy", "two-deltas-brownian --times 0.5:1.5:3 --levels 4 --realizations 3"},
      {"hopfield", "two-deltas-brownian --time 0.5 --from -1.5 --to 1.5 --points 5"},
      {"hysteresis", "two-deltas-brownian --time 0.5 --fields -0.25:0.25:3"},
      {"participation", "two-deltas-brownian --times 0.5:1.5:3 --at 0.25"},
      {"order-parameter", "two-deltas --time 0.25 --field 0.125"},
      {"splitting-tree", "asymmetric"},
      {"cloning", "two-deltas --times 0.5:1.5:2 --pairs 50"},
      {"excess-entropy",
       "two-gaussians --set target.dimension=4 --times 0.5:1.5:2 --samples 50 --points 100"},
      {"collapse", "two-deltas --times 0.5:1.5:2 --samples 50"},
      {"memorisation", "two-deltas --particles 50 --steps 20"},
      {"covariance", "two-deltas --set target.means=[[-2.5],[2.5]] --time 0.25"},
      {"neighbours", "two-deltas --particles 50 --steps 20 --paths 2"},
      {"two-temperatures", "curie-weiss --temperatures 0.5:1.5:3 --noises 0.5:1.5:3"},
      {"condensation", "two-gaussians --times 0.5:1.5:2"},
      {"overlap", "two-gaussians --times 0.5:1.5:2 --range -1.5:1.5:5"},
      {"phase-diagram", "two-gaussians --dimensions 1.5:64:3 --alphas 0.25:1:3"},
      {"twins", "two-deltas --particles 100 --coarsest 4 --doublings 1 --s-end 0.25"},
      {"basins", "two-deltas --time 0.25 --range -1.5:1.5:5"},
      {"flow", "two-deltas --time 0.25 --range -1.5:1.5:5"},
      {"fate", "two-deltas --time 0.25 --at -0.5 --runs 100 --steps 20"},
      {"marginal", "two-deltas --particles 100 --steps 20 --range -2.5:2.5:11 --times 0.25:1.25:3"},
      {"self-consistency", "two-deltas --time 0.25 --range -1.5:1.5:5"},
      {"slice", "two-deltas --times 0.25:0.75:2 --angles 5"},
      {"circulation", "two-deltas --times 0.25:0.75:2"},
      {"denoised", "two-deltas --time 0.25 --angles 3"},
      {"split-times", "two-deltas --times 0.25:0.75:2"},
      {"residuals", "two-deltas --times 0.25:0.75:2 --samples 10"},
  };
  return lines;
}

QStringList commandsInHelp() {
  const QString help = QString::fromUtf8(runCli({"--help"}).out);
  const QString list = help.section("Subcommands:", 1);
  QStringList out;
  static const QRegularExpression name("^  ([a-z][a-z-]*)", QRegularExpression::MultilineOption);
  for (auto match = name.globalMatch(list); match.hasNext();) out += match.next().captured(1);
  out.removeOne("model-info");  // tells a time; tests/models has it
  return out;
}

QStringList lineOf(const QString& command) {
  QStringList out = QStringList(command) + commandLines()[command].split(' ', Qt::SkipEmptyParts);
  if (command != "presets") out += words(kNumbers);
  if (command != "presets" && command != "show") out += "--metadata";
  return out;
}

}  // namespace

void LocaleTest::localesAreInForce() {
  for (const QString& name : foreignLocales()) QVERIFY2(m_locales.inForce(name), qPrintable(name));
  QProcess german;
  german.setProcessEnvironment(m_locales.variables("de_DE.UTF-8"));
  german.start("printf", {"%.1f", "0,5"});
  QVERIFY(german.waitForFinished());
  QCOMPARE(german.readAllStandardOutput(), QByteArray("0,5"));
}

void LocaleTest::sameBytes_data() {
  QTest::addColumn<QString>("command");
  const QStringList commands = commandsInHelp();
  QVERIFY(commands.contains("presets") && commands.contains("field"));
  for (const QString& command : commands) QTest::newRow(qPrintable(command)) << command;
}

void LocaleTest::sameBytes() {
  QFETCH(QString, command);
  QVERIFY2(commandLines().contains(command), "give this command a line in commandLines()");
  const QTemporaryDir folder;
  for (const QString ending : {"csv", "json", "npy"}) {
    const QString file = folder.filePath("out." + ending);
    const auto written = [&](const QStringList& environment) {
      QFile::remove(file);
      return runCli(lineOf(command) + QStringList{"-o", file}, environment);
    };
    const Outcome plain = written({"LC_ALL=C.UTF-8"});
    const QByteArray bytes = contentOf(file);
    // Some commands have no such format, and say so: in every locale.
    QVERIFY(plain.code == 0 ? !bytes.isEmpty() : isOneClearLine(plain.err, "separatrix-cli"));
    for (const QString& name : foreignLocales()) {
      const Outcome foreign = written(m_locales.environment(name));
      QCOMPARE(foreign.code, plain.code);
      QCOMPARE(foreign.err, plain.err);
      QVERIFY2(contentOf(file) == bytes, qPrintable(name + " " + ending));
    }
  }
  for (const QString format : {"", "csv", "json"}) {
    QStringList line = lineOf(command);
    if (!format.isEmpty()) line += {"--format", format};
    const Outcome plain = runCli(line, {"LC_ALL=C.UTF-8"});
    QVERIFY(plain.code == 0 ? plain.out.size() > 20 : !plain.err.isEmpty());
    for (const QString& name : foreignLocales()) {
      const Outcome foreign = runCli(line, m_locales.environment(name));
      QCOMPARE(foreign.code, plain.code);
      QCOMPARE(foreign.err, plain.err);
      QVERIFY2(foreign.out == plain.out, qPrintable(name + " " + format));
    }
  }
}

void LocaleTest::sameErrors_data() {
  QTest::addColumn<QString>("line");
  for (const char* line :
       {"show two-deltas --set target.variance=-1234567.5",
        "show two-deltas --set target.variance=0,5", "field two-deltas --time 12345.5 --at 0",
        "field two-deltas --time 0,5 --at 0",
        "potential two-deltas --time 0.5 --range 0:1:123456789", "show nothing",
        "samples two-deltas --particles 1000000000", "show two-deltas --threads 1,5"})
    QTest::newRow(line) << QString(line);
}

void LocaleTest::sameErrors() {
  QFETCH(QString, line);
  const Outcome plain = runCli(words(line.toUtf8()), {"LC_ALL=C.UTF-8"});
  QCOMPARE(plain.code, 2);
  for (const QString& name : foreignLocales()) {
    const Outcome foreign = runCli(words(line.toUtf8()), m_locales.environment(name));
    QCOMPARE(foreign.code, 2);
    QCOMPARE(foreign.err, plain.err);
  }
}

void LocaleTest::sceneFilesAreReadAlike() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QString::fromUtf8("scène ١٫٥.json"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(R"({"separatrix": 1,
    "target": {"kind": "gaussian-mixture", "means": [[-1.25], [1234567e-3]], "variance": 0.5},
    "process": {"kind": "vp-linear", "beta_max": 2.5e1},
    "views": {"note": "٠٫٥ größer"}})");
  file.close();
  const Outcome plain = runCli({"show", path}, {"LC_ALL=C.UTF-8"});
  QCOMPARE(plain.code, 0);
  QVERIFY(plain.out.contains("1234.567") && plain.out.contains("-1.25"));
  for (const QString& name : foreignLocales()) {
    const Outcome foreign = runCli({"show", path}, m_locales.environment(name));
    QCOMPARE(foreign.err, QByteArray());
    QCOMPARE(foreign.out, plain.out);
  }
}

QTEST_GUILESS_MAIN(LocaleTest)
#include "locale_test.moc"
