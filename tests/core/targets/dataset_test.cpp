#include "core/targets/dataset.hpp"

#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/datasets/images.hpp"

#include <filesystem>

using namespace separatrix;
using namespace separatrix::test;

class DatasetTest : public QObject {
  Q_OBJECT

private slots:
  void isTheMixtureOfItsPoints();
  void equalPointsCountTwice();
  void limitsCentresAndScales();
  void coordinatesAreBounded();
  void needsAFile();
  void readsLabelsOfEveryFormat();
  void labelsMustFit_data();
  void labelsMustFit();
  void keepsClasses();
  void classesMustBeThere();
  void limitsEachClass();
  void readsTheLabelsBesideImages();
  void readsFoldersOfImages();
  void foldersWithoutImagesAreNamed();

private:
  static Components parts(const Json& values) {
    const TargetKind kind = datasetKind();
    return *madeOf(kind, validate(kind.parameters, values, "target"))->components();
  }
  std::string stored(const std::string& name, const std::string& bytes) {
    const std::string path = m_folder.filePath(QString::fromStdString(name)).toStdString();
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    writeFile(path, bytes);
    return path;
  }
  /// Points 0 … 5 of the classes 1, 8, 1, 3, 8, 1.
  Json sixPoints() {
    return {{"path", stored("six.csv", "0\n1\n2\n3\n4\n5\n")},
            {"labels", stored("six_labels.csv", "class\n1\n8\n1\n3\n8\n1\n")}};
  }
  Json sixPoints(const Json& more) {
    Json out = sixPoints();
    out.update(more);
    return out;
  }
  std::unique_ptr<Target> of(const std::string& text, Json values = Json::object()) {
    const std::string path = m_folder.filePath("points.csv").toStdString();
    writeFile(path, text);
    values["path"] = path;
    const TargetKind kind = datasetKind();
    return madeOf(kind, validate(kind.parameters, values, "target"));
  }
  QTemporaryDir m_folder;
};

// p(x) = (1/N) Σ N(x; a y, b² I) [B Eq 4], written out.
void DatasetTest::isTheMixtureOfItsPoints() {
  const auto target = of("0,1\n2,-1\n0.5,0.5\n");
  const Channel channel{0.6, 0.64};
  const Vec x = (Vec(2) << 0.3, -0.2).finished();
  const double points[3][2] = {{0, 1}, {2, -1}, {0.5, 0.5}};
  double density = 0;
  for (const auto& y : points) {
    const double squared = std::pow(x[0] - 0.6 * y[0], 2) + std::pow(x[1] - 0.6 * y[1], 2);
    density += std::exp(-squared / 1.28) / (2 * M_PI * 0.64) / 3;
  }
  QVERIFY(agrees("log p", target->posterior(x, channel).logEvidence, std::log(density), 1e-13));
  QVERIFY(!target->hasDensity());
}

void DatasetTest::equalPointsCountTwice() {
  const auto twice = of("1\n1\n-2\n");
  const Mat means = (Mat(1, 2) << 1, -2).finished();
  const GaussianMixture weighted({means, (Vec(2) << 2, 1).finished(), Vec::Zero(2)});
  const Vec x = Vec::Constant(1, 0.3);
  const Posterior a = twice->posterior(x, {0.8, 0.36}), b = weighted.posterior(x, {0.8, 0.36});
  QVERIFY(agrees("log p", a.logEvidence, b.logEvidence, 1e-14));
  QVERIFY(agrees("score", a.score[0], b.score[0], 1e-13));
  QVERIFY(agrees("Hessian", a.hessian(0, 0), b.hessian(0, 0), 1e-13));
  const auto constant = of("3,3\n3,3\n");
  QCOMPARE(constant->covariance().norm(), 0.0);
}

void DatasetTest::limitsCentresAndScales() {
  const std::string text = "1,10\n3,20\n99,99\n";
  const auto means = [&](const Json& values) { return Mat(of(text, values)->components()->means); };
  QVERIFY(means({{"limit", 2}}) == (Mat(2, 2) << 1, 3, 10, 20).finished());
  QCOMPARE(means({{"limit", 100}}).cols(), Index{3});
  QVERIFY(means({{"limit", 2}, {"center", true}}) == (Mat(2, 2) << -1, 1, -5, 5).finished());
  QVERIFY(means({{"limit", 2}, {"center", true}, {"scale", 0.5}}) ==
          (Mat(2, 2) << -0.5, 0.5, -2.5, 2.5).finished());
}

void DatasetTest::coordinatesAreBounded() {
  QVERIFY(contains(refusal([&] { of("1,2\n3,1e300\n"); }),
                   "points.csv, point 2, coordinate 2: 1e+300 is beyond ±1e+06; scale"));
  QVERIFY(of("1,2\n3,1e300\n", {{"scale", 1e-300}})->dimension() == 2);
  QVERIFY(contains(refusal([&] { of("1,2\n3,1e300\n", {{"scale", 1e300}}); }), "target.scale: "));
  QVERIFY(contains(refusal([&] { of("1e308\n1e308\n", {{"center", true}}); }), "target."));
  QVERIFY(of("5e-324\n1\n")->dimension() == 1);
}

void DatasetTest::needsAFile() {
  const TargetKind kind = datasetKind();
  QVERIFY(
      contains(refusal([&] { madeOf(kind, validate(kind.parameters, Json::object(), "target")); }),
               "target.path: no file is chosen"));
  QVERIFY(contains(refusal([&] { of("1\n", {{"format", "xls"}}); }), "target.format"));
  QVERIFY(contains(refusal([&] { of("1\nx\n"); }), "target.path: "));
}

void DatasetTest::readsLabelsOfEveryFormat() {
  const std::vector<int> expected = {7, -3, 0};
  const std::string path = stored("points.csv", "1\n2\n3\n");
  const auto labels = [&](const std::string& name, const std::string& bytes) {
    return parts({{"path", path}, {"labels", stored(name, bytes)}}).labels;
  };
  QVERIFY(labels("l.csv", "7\n-3\n0\n") == expected);
  QVERIFY(labels("l.npy", npyBytes(npyHeader("<i8", "(3,)"), rawBytes<std::int64_t>({7, -3, 0}))) ==
          expected);
  QVERIFY(labels("l", idxBytes(9, {3}, std::string("\7\xFD\0", 3))) == expected);
  QVERIFY(parts({{"path", path}}).labels.empty());
  QVERIFY(parts({{"path", path}, {"labels", ""}}).labels.empty());
}

void DatasetTest::labelsMustFit_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* name, const char* text, const char* expected) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
  };
  row("too few", "1\n2\n", "has 2 labels for 3 points; give one for each");
  row("too many", "1\n2\n3\n4\n", "has 4 labels for 3 points");
  row("two columns", "1,2\n3,4\n5,6\n", "has 2 numbers for each point; labels are one");
  row("broken", "1\n2.5\n3\n", "label 2: 2.5 is not a whole number");
  row("too large", "1\n2\n2147483648\n", "label 3: 2147483648 is not a whole number below 2^31");
  row("far too large", "-1e300\n2\n3\n", "label 1: -1e+300 is not a whole number");
  row("words", "1\ncat\n3\n", "line 2, column 1: \"cat\" is not a number");
}

void DatasetTest::labelsMustFit() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, expected);
  const Json values = {{"path", stored("points.csv", "1\n2\n3\n")},
                       {"labels", stored("labels.csv", text.toStdString())}};
  const std::string message = refusal([&] { parts(values); });
  QVERIFY(contains(message, "target.labels: "));
  QVERIFY(contains(message, "labels.csv"));
  QVERIFY(contains(message, expected.toStdString()));
}

void DatasetTest::keepsClasses() {
  const Components some = parts(sixPoints({{"classes", {8, 1}}}));
  QVERIFY(some.means == (Mat(1, 5) << 0, 1, 2, 4, 5).finished());
  QVERIFY(some.labels == (std::vector<int>{1, 8, 1, 8, 1}));
  const Components one = parts(sixPoints({{"classes", 3}, {"center", true}}));
  QVERIFY(one.means == Mat::Zero(1, 1));
  QCOMPARE(parts(sixPoints({{"classes", {1, 1, 8}}, {"limit", 2}})).means.cols(), Index{2});
  QCOMPARE(parts(sixPoints()).labels.size(), std::size_t{6});
}

void DatasetTest::classesMustBeThere() {
  QVERIFY(contains(refusal([&] {
                     parts(sixPoints({{"classes", {1, 9}}}));
                   }),
                   "target.classes: there are no points of class 9; there are those of 1, 3, 8"));
  QVERIFY(contains(refusal([&] {
                     parts(sixPoints({{"classes", {1, 1.5}}}));
                   }),
                   "target.classes: 1.5 is no class; classes are whole numbers"));
  QVERIFY(contains(refusal([&] { parts(sixPoints({{"classes", 3e9}})); }), "target.classes: "));
  QVERIFY(
      contains(refusal([&] {
                 parts(sixPoints({{"classes", 1}, {"labels", nullptr}}));
               }),
               "target.classes: the data have no labels; name a file of them with target.labels"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += std::to_string(i) + "\n";
  const std::string path = stored("many.csv", many);
  const std::string message = refusal([&] {
    parts({{"path", path}, {"labels", path}, {"classes", -1}});
  });
  QVERIFY(contains(message, "18, 19, …"));
  QVERIFY(message.size() < 200);
}

void DatasetTest::limitsEachClass() {
  const Components two = parts(sixPoints({{"limit_per_class", 2}}));
  QVERIFY(two.means == (Mat(1, 5) << 0, 1, 2, 3, 4).finished());
  QVERIFY(two.labels == (std::vector<int>{1, 8, 1, 3, 8}));
  const Json all = {{"limit_per_class", 1}, {"classes", {1, 8}}, {"limit", 5}, {"scale", 2}};
  QVERIFY(parts(sixPoints(all)).means == (Mat(1, 2) << 0, 2).finished());
  const Json unlabelled = {{"limit_per_class", 4}, {"labels", nullptr}};
  QCOMPARE(parts(sixPoints(unlabelled)).means.cols(), Index{4});
}

void DatasetTest::readsTheLabelsBesideImages() {
  const std::string images = stored("train-images-idx3-ubyte", idxBytes(8, {3, 1, 2}, "abcdef"));
  QVERIFY(parts({{"path", images}}).labels.empty());
  const std::string beside = stored("train-labels-idx1-ubyte", idxBytes(8, {3}, "\1\2\1"));
  QVERIFY(parts({{"path", images}}).labels == (std::vector<int>{1, 2, 1}));
  QVERIFY(parts({{"path", images}, {"classes", 2}}).means == (Mat(2, 1) << 'c', 'd').finished());
  const std::string other = stored("l.csv", "5\n6\n7\n");
  QVERIFY(parts({{"path", images}, {"labels", other}}).labels == (std::vector<int>{5, 6, 7}));
  stored("train-labels-idx1-ubyte", idxBytes(8, {2}, "\1\2"));
  QVERIFY(contains(refusal([&] {
                     parts({{"path", images}});
                   }),
                   "train-labels-idx1-ubyte: has 2 labels for 3 points"));
  QVERIFY(parts({{"path", images}, {"labels", ""}}).labels.empty());
}

void DatasetTest::readsFoldersOfImages() {
  for (const char* name : {"cat/2.png", "cat/1.PNG", "dog/1.png"})
    stored(std::string("pets/") + name, pngBytes({}, std::string(1, '\0') + name[0]));
  stored("pets/readme.txt", "no image");
  stored("pets/.hidden.png", "no image");
  stored("pets/.trash/1.png", "no image");
  stored("pets/cat/deeper/1.png", "no image");
  stored("pets/empty/notes.txt", "no image");
  const std::string path = m_folder.filePath("pets").toStdString();
  const Components all = parts({{"path", path}, {"scale", 1 / 255.0}});
  QVERIFY(all.means == (Mat(1, 3) << 'c', 'c', 'd').finished() / 255.0);
  QVERIFY(all.labels == (std::vector<int>{0, 0, 1}));
  QVERIFY(parts({{"path", path}, {"classes", 1}}).means == Mat::Constant(1, 1, 'd'));
}

void DatasetTest::foldersWithoutImagesAreNamed() {
  stored("texts/a.txt", "1");
  QVERIFY(contains(refusal([&] {
                     parts({{"path", m_folder.filePath("texts").toStdString()}});
                   }),
                   "texts has no .png files, nor have the folders in it"));
  stored("both/a.png", "");
  stored("both/b/a.png", "");
  QVERIFY(contains(refusal([&] {
                     parts({{"path", m_folder.filePath("both").toStdString()}});
                   }),
                   "both has .png files beside the folder b that has some too; keep either"));
  QVERIFY(contains(refusal([&] {
                     parts({{"path", m_folder.path().toStdString()}, {"format", "npy"}});
                   }),
                   "is a folder; npy is the format of a file"));
}

QTEST_APPLESS_MAIN(DatasetTest)
#include "dataset_test.moc"
