#include "core/fixed_points/branch_linking.hpp"

#include <QtTest/QtTest>

using namespace separatrix;

class BranchLinkingTest : public QObject {
  Q_OBJECT

private slots:
  void equalNumbersMatchInOrder();
  void aPitchforkSurroundsItsMatch();
  void aFoldStandsApart();
  void severalAtOnce();
  void everyPointIsUsedOnce();
  void nothingAtOneTime();
};

namespace {

using Indices = std::vector<std::size_t>;

bool isBirth(const Linking::Birth& birth, std::size_t lower, std::size_t upper, bool around) {
  return birth.lower == lower && birth.upper == upper && birth.aroundMatch == around;
}

}  // namespace

void BranchLinkingTest::equalNumbersMatchInOrder() {
  const Linking link = linkFixedPoints({-1, 0, 2}, {-1.1, 0.3, 1.9});
  QCOMPARE(link.matches, (Indices{0, 1, 2}));
  QVERIFY(link.births.empty());
}

void BranchLinkingTest::aPitchforkSurroundsItsMatch() {
  const Linking link = linkFixedPoints({0}, {-0.1, 0, 0.1});
  QCOMPARE(link.matches, (Indices{1}));
  QCOMPARE(link.births.size(), std::size_t{1});
  QVERIFY(isBirth(link.births[0], 0, 2, true));
}

void BranchLinkingTest::aFoldStandsApart() {
  const Linking above = linkFixedPoints({0}, {0.01, 0.8, 0.9});
  QCOMPARE(above.matches, (Indices{0}));
  QVERIFY(isBirth(above.births.at(0), 1, 2, false));
  const Linking below = linkFixedPoints({0}, {-0.9, -0.85, 0.02});
  QCOMPARE(below.matches, (Indices{2}));
  QVERIFY(isBirth(below.births.at(0), 0, 1, false));
  const Linking between = linkFixedPoints({-1, 1}, {-1, 0.1, 0.2, 1});
  QCOMPARE(between.matches, (Indices{0, 3}));
  QVERIFY(isBirth(between.births.at(0), 1, 2, false));
}

void BranchLinkingTest::severalAtOnce() {
  // (−1, 0, 1) symmetric: two folds at the same time around the middle.
  const Linking link = linkFixedPoints({0}, {-0.7, -0.6, 0, 0.6, 0.7});
  QCOMPARE(link.matches, (Indices{2}));
  QCOMPARE(link.births.size(), std::size_t{2});
  QVERIFY(isBirth(link.births[0], 0, 1, false));
  QVERIFY(isBirth(link.births[1], 3, 4, false));
  const Linking mixed = linkFixedPoints({-2, 0}, {-2.1, -2, -1.9, 0, 3, 3.1});
  QCOMPARE(mixed.matches, (Indices{1, 3}));
  QVERIFY(isBirth(mixed.births.at(0), 0, 2, true));
  QVERIFY(isBirth(mixed.births.at(1), 4, 5, false));
}

void BranchLinkingTest::everyPointIsUsedOnce() {
  for (int few = 0; few < 6; ++few)
    for (int pairs = 0; pairs < 4; ++pairs) {
      std::vector<double> a, b;
      for (int i = 0; i < few; ++i) a.push_back(0.83 * i);
      for (int i = 0; i < few + 2 * pairs; ++i) b.push_back(0.61 * i - 0.4);
      const Linking link = linkFixedPoints(a, b);
      QCOMPARE(link.births.size(), static_cast<std::size_t>(pairs));
      std::vector<int> used(b.size(), 0);
      for (std::size_t i = 0; i < link.matches.size(); ++i) {
        QVERIFY(i == 0 || link.matches[i] > link.matches[i - 1]);
        ++used[link.matches[i]];
      }
      for (const auto& birth : link.births) {
        QCOMPARE(birth.upper - birth.lower, std::size_t{birth.aroundMatch ? 2U : 1U});
        ++used[birth.lower];
        ++used[birth.upper];
      }
      QVERIFY(std::all_of(used.begin(), used.end(), [](int n) { return n == 1; }));
    }
}

void BranchLinkingTest::nothingAtOneTime() {
  QVERIFY(linkFixedPoints({}, {}).births.empty());
  const Linking link = linkFixedPoints({}, {1, 2});
  QVERIFY(isBirth(link.births.at(0), 0, 1, false));
}

QTEST_APPLESS_MAIN(BranchLinkingTest)
#include "branch_linking_test.moc"
