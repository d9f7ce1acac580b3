#include "ui/views/branch_pieces.hpp"

#include "core/study/document.hpp"

#include <QTest>

using namespace separatrix;

namespace {

BranchPieces piecesOf(const char* preset) {
  const auto problem = prepare(documentFromJson(findDocument(presets(), preset)->json).scene);
  const Analysis& analysis = findAnalysis("bifurcation");
  const ResultPtr result =
      analysis.run(*problem, validate(analysis.parameters, Json::object(), ""), {});
  return branchPieces(
      static_cast<const Bifurcation&>(*result).diagram,
      [](const FixedPoint& point) { return point.s; },
      [](const FixedPoint& point) { return point.x[0]; });
}

}  // namespace

class BranchPiecesTest : public QObject {
  Q_OBJECT

private slots:
  void aPitchforkCutsTheMiddleBranch() {
    const BranchPieces pieces = piecesOf("two-deltas");
    QCOMPARE(pieces.stable.size(), std::size_t{3});
    QCOMPARE(pieces.unstable.size(), std::size_t{1});
    // All four meet in the event.
    const CurvePiece& middle = pieces.unstable.front();
    QVERIFY(qAbs(middle.x.front() - 0.29264165432814315) < 1e-9);
    QVERIFY(qAbs(middle.y.front()) < 1e-6);
    for (const CurvePiece& piece : pieces.stable) {
      const bool meets = qAbs(piece.x.front() - middle.x.front()) < 1e-9 ||
                         qAbs(piece.x.back() - middle.x.front()) < 1e-9;
      QVERIFY(meets);
    }
  }

  void aFoldCutsItsBranchInTwo() {
    const BranchPieces pieces = piecesOf("unequal-deltas");
    QCOMPARE(pieces.stable.size(), std::size_t{2});
    QCOMPARE(pieces.unstable.size(), std::size_t{1});
    const CurvePiece& unstable = pieces.unstable.front();
    // Both arms of the fold end or begin where it is: no gap between them.
    double fold = 0;
    for (const double s : unstable.x) fold = qMax(fold, s);
    const CurvePiece& arm = pieces.stable[1];
    double top = 0;
    for (const double s : arm.x) top = qMax(top, s);
    QVERIFY(qAbs(fold - top) < 1e-9);
  }

  /// A sphere's points are stable but along the sphere.
  void aMarginalBranchIsDrawn() {
    const BranchPieces pieces = piecesOf("hypersphere");
    QCOMPARE(pieces.stable.size(), std::size_t{2});
    QCOMPARE(pieces.unstable.size(), std::size_t{1});
    QVERIFY(pieces.stable[1].y.back() > 0.9);
  }
};

QTEST_APPLESS_MAIN(BranchPiecesTest)
#include "branch_pieces_test.moc"
