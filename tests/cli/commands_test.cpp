#include "tests/cli/program.hpp"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cmath>

using namespace separatrix::test;

// Every command with its options, columns and keys as scripts rely on them.
class CommandsTest : public QObject {
  Q_OBJECT

private slots:
  void presets();
  void showIsAScene();
  void figuresAreScenes();
  void tablesHaveTheirColumns_data();
  void tablesHaveTheirColumns();
  void fieldRecord();
  void criticalTimesRecord();
  void branchesOfThePlane();
  void overridesAndOptions();
  void negativeNumbers();
  void sameBytesForAnyNumberOfThreads();
  void seedsMatter();
  void samplesAreTheLastRows();
  void forwardRuns();
  void helpAndVersion();
  void linksNoQt();
};

namespace {

QJsonObject objectOf(const QByteArray& text) {
  QJsonParseError error{};
  const QJsonObject object = QJsonDocument::fromJson(text, &error).object();
  if (error.error != QJsonParseError::NoError) qWarning("%s", qPrintable(error.errorString()));
  return object;
}

}  // namespace

void CommandsTest::presets() {
  const Outcome table = runCli({"presets"});
  QCOMPARE(table.code, 0);
  const auto rows = rowsOf(table.out);
  QCOMPARE(rows.first(), QByteArray("name,title"));
  for (const char* name :
       {"two-deltas,", "four-deltas,", "gaussian-mixture,", "asymmetric,", "curie-weiss,"})
    QVERIFY(table.out.contains(QByteArray("\n") + name));
  QVERIFY(table.err.isEmpty());
  for (const QByteArray& row : rows.mid(1)) {
    const Outcome show = runCli({"show", row.split(',').first()});
    QCOMPARE(show.code, 0);
  }
  const QJsonObject json = objectOf(runCli({"presets", "--format", "json"}).out);
  QCOMPARE(json["name"].toArray().size(), rows.size() - 1);
}

void CommandsTest::showIsAScene() {
  const QTemporaryDir folder;
  const QString file = folder.filePath("scene.json");
  const Outcome show =
      runCli({"show", "two-deltas", "--set", "target.variance=0.04", "--seed", "7"});
  QCOMPARE(show.code, 0);
  QFile out(file);
  QVERIFY(out.open(QIODevice::WriteOnly));
  out.write(show.out);
  out.close();
  // What it shows is complete, can be read, and shows itself.
  QCOMPARE(runCli({"show", file}).out, show.out);
  const QJsonObject scene = objectOf(show.out);
  QCOMPARE(scene["separatrix"].toInt(), 1);
  QCOMPARE(scene["target"].toObject()["variances"].toDouble(), 0.04);
  QCOMPARE(scene["process"].toObject()["beta_max"].toInt(), 20);
  QCOMPARE(scene["potential"].toString(), QString("sde"));
  QCOMPARE(scene["ensemble"].toObject()["seed"].toInt(), 7);
  QCOMPARE(scene["ensemble"].toObject().size(), 11);
  const QString copy = folder.filePath("copy.json");
  QCOMPARE(runCli({"show", file, "-o", copy}).code, 0);
  QCOMPARE(contentOf(copy), show.out);
}

void CommandsTest::figuresAreScenes() {
  const QTemporaryDir folder;
  const QString file = folder.filePath("figure.svg");
  const Outcome show = runCli({"show", "asymmetric"});
  QFile out(file);
  QVERIFY(out.open(QIODevice::WriteOnly));
  out.write("<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata id=\"separatrix\">" +
            QString::fromUtf8(show.out).toHtmlEscaped().toUtf8() + "</metadata></svg>");
  out.close();
  QCOMPARE(runCli({"show", file}).out, show.out);
  const Outcome points = runCli({"fixed-points", file, "--time", "0.5"});
  QCOMPARE(points.code, 0);
  QCOMPARE(points.out, runCli({"fixed-points", "asymmetric", "--time", "0.5"}).out);
}

void CommandsTest::tablesHaveTheirColumns_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<QByteArray>("header");
  QTest::addColumn<int>("rows");
  const auto row = [](const char* line, const char* header, int rows) {
    QTest::newRow(line) << QString(line) << QByteArray(header) << rows;
  };
  row("potential two-deltas --time 0.2 --range -3:3:7", "x0,potential,density", 7);
  row("potential two-deltas --time 0.2 --range 0.5:2:1", "x0,potential,density", 1);
  row("potential four-deltas --time 0.5 --range -1:1:3,-2:2:5", "x0,x1,potential,density", 15);
  row("fixed-points two-deltas --time 0.2", "x0,potential,min_eigenvalue,stable", 3);
  row("fixed-points two-deltas --time 0.4", "x0,potential,min_eigenvalue,stable", 1);
  row("bifurcation two-deltas --steps 5 --from 0.5 --to 0.9",
      "branch,s,signal,x0,min_eigenvalue,stable", 6);
  row("fixed-points four-deltas --time 0.3", "x0,x1,potential,min_eigenvalue,stable", 9);
  row("trajectories two-deltas --particles 3 --steps 20 --every 10 --stochasticity 0.5 "
      "--sampler euler-maruyama --direction reverse",
      "particle,step,s,x0", 9);
  row("trajectories four-deltas --particles 2 --steps 7 --every 3", "particle,step,s,x0,x1", 8);
  row("thermodynamics two-deltas-brownian --times 0.4:2:5 --at 0.3",
      "s,beta,free_energy,regularized_free_energy,weight_entropy,relative_entropy,order_parameter,"
      "susceptibility,participation_ratio",
      5);
  row("thermodynamics curie-weiss --times 1:1:1 --at 0.3,-0.1 --field 0.1,0",
      "s,beta,free_energy,regularized_free_energy,weight_entropy,relative_entropy,order_parameter,"
      "susceptibility,participation_ratio",
      1);
  row("random-energy two-deltas-brownian --times 0.2:1:3 --nu 2 --x-norm 0.5 --levels 4 "
      "--realizations 3",
      "s,beta,reduced_beta,participation_limit,participation_ratio,standard_error,critical_s", 3);
  row("hopfield four-deltas --time 0.4 --from -1,0 --to 1,0 --points 5",
      "x0,x1,hopfield_energy,regularized_free_energy,difference", 5);
  row("hysteresis two-deltas-brownian --time 0.5 --fields -0.1:0.3:3",
      "field,order_parameter,free_energy,response,stable,lowest", 7);
  row("participation four-deltas --times 0.2:1:3 --at 1,0.5",
      "s,beta,participation_ratio,reduced_beta,participation_limit,critical_s", 3);
  row("covariance two-gaussians --time 0.5 --count 1", "rank,variance,decision_s,landau", 1);
  row("neighbours four-deltas --steps 4 --every 2 --first 1 --paths 2 --count 2",
      "particle,s,rank,point,distance", 12);
  row("two-temperatures curie-weiss --temperatures 0.5:2:3 --noises 0.5:2:2",
      "temperature,noise,critical_noise,order_parameter", 6);
  row("slice four-deltas --times 0.2:0.8:2 --pair 2,0 --angles 5", "s,alpha,potential,gradient",
      10);
  const std::string data = "slice two-deltas --times 0.5:0.5:1 --pair 0,1 --angles 3 --data ";
  row((data + dataPath("points.csv")).c_str(), "s,alpha,potential,gradient", 3);
  row("slice two-deltas --times 0.5:0.5:1 --angles 3 --curve line --score data --tolerance 1e-4",
      "s,alpha,potential,gradient", 3);
  row("circulation two-deltas --times 0.2:0.8:2", "s,circulation,scale", 2);
  row("denoised four-deltas --time 0.4 --pair 2,0 --angles 3",
      "alpha,coordinate,state,denoised,exact", 6);
  row("split-times digits --times 0.2:0.8:2 --pairs 1", "i,j,same_class,split_time", 2);
  row("residuals four-deltas --times 0.2:0.8:2 --samples 10",
      "s,mean,variance,loss,loss_error,exact_loss,exact_loss_error,distance,distance_error", 2);
  row("self-consistency two-deltas --time 0.2 --range -1:1:3", "m,mean,x,line,curve", 3);
  row("samples four-deltas --particles 5 --steps 20 --start prior --s-start 2 --s-end 0.1",
      "particle,x0,x1", 5);
}

void CommandsTest::tablesHaveTheirColumns() {
  QFETCH(QString, line);
  QFETCH(QByteArray, header);
  QFETCH(int, rows);
  const Outcome outcome = runCli(words(line.toUtf8()));
  QCOMPARE(outcome.err, QByteArray());
  QCOMPARE(outcome.code, 0);
  const auto lines = rowsOf(outcome.out);
  QCOMPARE(lines.first(), header);
  QCOMPARE(lines.size(), rows + 1);
  const auto columns = header.split(',');
  for (const QByteArray& text : lines.mid(1)) {
    const auto fields = text.split(',');
    QCOMPARE(fields.size(), columns.size());
    for (const QByteArray& field : fields) {
      bool number = false;
      QVERIFY(std::isfinite(field.toDouble(&number)) && number);
    }
  }
  // The same as JSON: a list of each column.
  const QJsonObject json = objectOf(runCli(words(line.toUtf8()) + words("--format json")).out);
  for (qsizetype c = 0; c < columns.size(); ++c) {
    const QJsonArray values = json[QString(columns[c])].toArray();
    QCOMPARE(values.size(), rows);
    // Coordinates of ensembles are single precision; JSON writes all digits of their double.
    const bool single = line.startsWith("trajectories") || line.startsWith("samples");
    const double written = lines.last().split(',')[c].toDouble();
    QVERIFY(single ? static_cast<float>(values.last().toDouble()) == static_cast<float>(written)
                   : values.last().toDouble() == written);
  }
}

void CommandsTest::fieldRecord() {
  const Outcome outcome = runCli(words("field four-deltas --time 0.4 --at 0.3,-0.2"));
  QCOMPARE(outcome.code, 0);
  const QJsonObject record = objectOf(outcome.out);
  for (const char* key : {"signal", "noise_variance", "log_density", "potential"})
    QVERIFY(record[key].isDouble());
  for (const char* key : {"score", "gradient", "hessian"})
    QCOMPARE(record[key].toArray().size(), 2);
  QCOMPARE(record["hessian"].toArray()[0].toArray().size(), 2);
  QCOMPARE(record["noise_variance"].toDouble(), 0.4);
  const auto table =
      rowsOf(runCli(words("field four-deltas --time 0.4 --at 0.3,-0.2 --format csv")).out);
  QCOMPARE(table.size(), 2);
  QVERIFY(table.first().startsWith("signal,noise_variance,log_density,potential,"));
}

void CommandsTest::criticalTimesRecord() {
  const Outcome outcome = runCli({"critical-times", "two-deltas"});
  QCOMPARE(outcome.code, 0);
  const QJsonObject record = objectOf(outcome.out);
  for (const char* key :
       {"sde", "free_energy", "energy", "ode", "laplacian", "speciation", "collapse", "events"})
    QVERIFY(record.contains(key));
  const QJsonObject sde = record["sde"].toObject();
  QVERIFY(std::abs(sde["s"].toDouble() - 0.29264165432814315) < 1e-10);
  QVERIFY(std::abs(sde["signal"].toDouble() - 0.6435942529055826) < 1e-10);
  QVERIFY(std::abs(sde["generative_time"].toDouble() - 0.7073583456718568) < 1e-10);
  QVERIFY(record["ode"].isNull());
  QVERIFY(record["speciation"].toObject().contains("Lambda"));
  const QJsonObject event = record["events"].toArray().at(0).toObject();
  QCOMPARE(event["kind"].toString(), QString("pitchfork"));
  QCOMPARE(event["x"].toArray().size(), 1);
  QVERIFY(event.contains("s") && event.contains("signal") && event.contains("multiplicity"));
}

void CommandsTest::branchesOfThePlane() {
  const auto rows = rowsOf(runCli(words("bifurcation four-deltas --steps 20 --from 0.1")).out);
  QCOMPARE(rows.first(), QByteArray("branch,s,signal,x0,x1,min_eigenvalue,stable"));
  QVERIFY(rows.last().startsWith("8,0.1,1,"));  // nine branches, down to the least time
  QVERIFY(rows.last().endsWith(",1"));
}

void CommandsTest::overridesAndOptions() {
  const Outcome outcome = runCli({"show", "two-deltas", "--set", "process.kind=vp-constant",
                                  "--set", "target.means=[[0,1],[2,3]]", "--set",
                                  "potential=energy", "--set=ensemble.steps=12"});
  QCOMPARE(outcome.code, 0);
  const QJsonObject scene = objectOf(outcome.out);
  QCOMPARE(scene["process"].toObject()["kind"].toString(), QString("vp-constant"));
  QCOMPARE(scene["process"].toObject()["horizon"].toInt(), 1);  // kept
  QCOMPARE(scene["target"].toObject()["means"].toArray()[1].toArray()[0].toInt(), 2);
  QCOMPARE(scene["ensemble"].toObject()["steps"].toInt(), 12);
  // An option wins over the scene and over --set.
  const Outcome rows = runCli(words("samples two-deltas --set ensemble.particles=9 --particles 4"));
  QCOMPARE(rowsOf(rows.out).size(), 5);
  // Options go before the scene as well.
  QCOMPARE(runCli(words("fixed-points --time 0.2 two-deltas")).out,
           runCli(words("fixed-points two-deltas --time=0.2")).out);
}

void CommandsTest::negativeNumbers() {
  const Outcome at = runCli(words("field two-deltas --time 0.2 --at -0.5"));
  QCOMPARE(at.code, 0);
  const QJsonObject record = objectOf(at.out);
  QVERIFY(record["gradient"].toArray()[0].toDouble() > 0);
  const Outcome range = runCli(words("potential two-deltas --time 0.2 --range -3:3:7"));
  QVERIFY(rowsOf(range.out)[1].startsWith("-3,"));
  QCOMPARE(runCli({"show", "two-deltas", "--set", "target.means.0=[-2]"}).code, 0);
  QCOMPARE(runCli(words("field two-deltas --time -0.2 --at -0.5")).code, 2);
}

void CommandsTest::sameBytesForAnyNumberOfThreads() {
  for (const char* line :
       {"trajectories asymmetric --particles 2000 --steps 50 --every 25",
        "bifurcation asymmetric --steps 50", "potential four-deltas --time 0.3"}) {
    const Outcome first = runCli(words(line));
    QCOMPARE(first.code, 0);
    QVERIFY(first.out.size() > 1000);
    for (const char* threads : {"1", "2", "3"})
      QVERIFY(runCli(words(line) + QStringList{"--threads", threads}).out == first.out);
  }
}

void CommandsTest::seedsMatter() {
  const QStringList line = words("samples two-deltas-brownian --particles 20 --steps 10 --seed");
  const QByteArray one = runCli(line + QStringList{"1"}).out;
  QVERIFY(one == runCli(words("samples two-deltas-brownian --particles 20 --steps 10")).out);
  QVERIFY(one != runCli(line + QStringList{"2"}).out);
  QCOMPARE(runCli(line + QStringList{"9007199254740992"}).code, 0);
}

void CommandsTest::samplesAreTheLastRows() {
  const auto paths = rowsOf(runCli(words("trajectories two-deltas --particles 3 --steps 30")).out);
  const auto ends = rowsOf(runCli(words("samples two-deltas --particles 3 --steps 30")).out);
  for (int p = 0; p < 3; ++p) {
    const auto last = paths[4 * (p + 1)].split(',');  // steps 0, 10, 20, 30
    QCOMPARE(last[1], QByteArray("30"));
    QCOMPARE(last[2], QByteArray("0"));
    QCOMPARE(ends[p + 1], last[0] + ',' + last[3]);
  }
}

void CommandsTest::forwardRuns() {
  const Outcome outcome = runCli(
      words("trajectories two-deltas --particles 1 --steps 4 --every 4 --direction forward"));
  const auto rows = rowsOf(outcome.out);
  QCOMPARE(rows.size(), 3);
  QVERIFY(rows[1] == "0,0,0,-1" || rows[1] == "0,0,0,1");  // begins at the data
  QVERIFY(rows[2].startsWith("0,4,1,"));
}

void CommandsTest::helpAndVersion() {
  const Outcome help = runCli({"--help"});
  QCOMPARE(help.code, 0);
  for (const char* command : {"presets", "show", "field", "potential", "fixed-points",
                              "bifurcation", "critical-times", "trajectories", "samples"}) {
    QVERIFY(help.out.contains(command));
    const Outcome own = runCli({command, "--help"});
    QCOMPARE(own.code, 0);
    QVERIFY(own.out.contains("-o"));
  }
  const Outcome version = runCli({"--version"});
  QCOMPARE(version.code, 0);
  QVERIFY(version.out.contains("0."));
  const QByteArray trajectories = runCli({"trajectories", "--help"}).out;
  for (const char* option :
       {"--particles", "--steps", "--sampler", "--stochasticity", "--direction", "--every",
        "--seed", "--threads", "--set", "--format", "--metadata"})
    QVERIFY2(trajectories.contains(option), option);
}

void CommandsTest::linksNoQt() {
  QProcess ldd;
  ldd.start("ldd", {cliPath()});
  QVERIFY(ldd.waitForFinished());
  const QByteArray libraries = ldd.readAllStandardOutput();
  QVERIFY(libraries.contains("libstdc++"));
  QVERIFY(!libraries.contains("libQt"));
}

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands_test.moc"
