#include "ui/controls/point_table.hpp"

#include "core/runtime/errors.hpp"

#include <QAbstractItemModel>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace separatrix;

namespace {

PointRows threePoints() {
  return {(Mat(2, 3) << -1, 1, 0, 0, 0, 2).finished(),
          {(Vec(3) << 1, 2, 3).finished(), Vec::Zero(3)}};
}

struct Stage {
  Stage() {
    table.setRows(threePoints());
    table.resize(400, 400);
    table.show();
    table.activateWindow();
    ready = QTest::qWaitForWindowActive(&table);
    QObject::connect(&table, &PointTable::edited, [this] { ++edits; });
    QObject::connect(&table, &PointTable::committed, [this] {
      ++commits;
      inOrder = inOrder && commits == edits;
    });
    QObject::connect(&table, &PointTable::selectionChanged,
                     [this](int row) { selections.push_back(row); });
  }
  QAbstractItemModel* model() const { return table.view()->model(); }
  QModelIndex cell(int row, int column) const { return model()->index(row, column); }
  void type(int row, int column, const QString& text) {
    table.view()->setCurrentIndex(cell(row, column));
    table.view()->edit(cell(row, column));
    auto* editor = table.view()->viewport()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
    settle();
  }
  /// Return and Escape take effect, and the editor goes, only when the event loop runs.
  static void settle() {
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  QString message() const {
    for (const QLabel* label : table.findChildren<QLabel*>())
      if (label->wordWrap()) return label->text();
    return {};
  }

  PointTable table;
  bool ready = false;
  int edits = 0;
  int commits = 0;
  bool inOrder = true;
  std::vector<int> selections;
};

}  // namespace

class PointTableTest : public QObject {
  Q_OBJECT

private slots:
  void showsItsRows() {
    Stage stage;
    QVERIFY(stage.ready);
    QCOMPARE(stage.model()->rowCount(), 3);
    QCOMPARE(stage.model()->columnCount(), 4);
    const auto header = [&](int c) {
      return stage.model()->headerData(c, Qt::Horizontal).toString();
    };
    QCOMPARE(header(0), QString("x₀"));
    QCOMPARE(header(1), QString("x₁"));
    QCOMPARE(header(2), QString("Weight"));
    QCOMPARE(header(3), QString("Variance"));
    QCOMPARE(stage.cell(2, 1).data().toString(), QString("2"));
    QCOMPARE(stage.edits + stage.commits, 0);
  }

  void editsInPlace() {
    Stage stage;
    stage.type(1, 0, "0.123456789");
    QCOMPARE(stage.table.rows().points(0, 1), 0.123456789);
    QCOMPARE(stage.cell(1, 0).data().toString(), QString("0.123457"));
    QCOMPARE(stage.edits, 1);
    QCOMPARE(stage.commits, 1);
    QVERIFY(stage.inOrder);
    stage.type(1, 2, "5");
    QCOMPARE(stage.table.rows().attributes[0][1], 5.0);
    stage.type(1, 2, "5");
    QCOMPARE(stage.commits, 2);
  }

  void aBadCellIsRedAndNotApplied() {
    Stage stage;
    stage.type(0, 2, "0");
    QCOMPARE(stage.table.rows().attributes[0][0], 1.0);
    QCOMPARE(stage.commits, 0);
    QCOMPARE(stage.cell(0, 2).data().toString(), QString("0"));
    QVERIFY(stage.cell(0, 2).data(Qt::BackgroundRole).isValid());
    const QString tip = stage.cell(0, 2).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains("greater than 0"), qPrintable(tip));
    QCOMPARE(stage.message(), tip);
    stage.type(0, 0, "left");
    QVERIFY(stage.cell(0, 0).data(Qt::ToolTipRole).toString().contains("is not a number"));
    stage.type(0, 2, "0.5");
    QVERIFY(!stage.cell(0, 2).data(Qt::BackgroundRole).isValid());
    QCOMPARE(stage.table.rows().attributes[0][0], 0.5);
    QVERIFY2(stage.cell(0, 0).data(Qt::BackgroundRole).isValid(), "the other stays marked");
    QCOMPARE(stage.table.rows().points(0, 0), -1.0);
  }

  void escapeTakesARefusedTextBack() {
    Stage stage;
    stage.type(0, 2, "-1");
    stage.table.view()->edit(stage.cell(0, 2));
    auto* editor = stage.table.view()->viewport()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    QCOMPARE(editor->text(), QString("-1"));
    QTest::keyClick(editor, Qt::Key_Escape);
    Stage::settle();
    QCOMPARE(stage.cell(0, 2).data().toString(), QString("1"));
    QCOMPARE(stage.commits, 0);
  }

  void addsAndRemovesButKeepsOne() {
    Stage stage;
    stage.table.selectRow(1);
    stage.table.addRow();
    QCOMPARE(stage.table.rows().points.cols(), Index{4});
    QCOMPARE(stage.table.rows().points(0, 2), 1.5);
    QCOMPARE(stage.table.rows().attributes[0][2], 2.0);
    QCOMPARE(stage.table.selectedRow(), 2);
    QTest::keyClick(stage.table.view(), Qt::Key_Delete);
    QVERIFY(stage.table.rows() == threePoints());
    QCOMPARE(stage.table.selectedRow(), 2);
    stage.table.view()->selectAll();
    QTest::keyClick(stage.table.view(), Qt::Key_Delete);
    QCOMPARE(stage.table.rows().points.cols(), Index{1});
    QTest::keyClick(stage.table.view(), Qt::Key_Delete);
    QCOMPARE(stage.table.rows().points.cols(), Index{1});
    QVERIFY(stage.message().contains("one point"));
    QCOMPARE(stage.commits, 3);
    QVERIFY(stage.inOrder);
  }

  void pastesAfterTheCurrentRow() {
    Stage stage;
    stage.table.selectRow(0);
    QApplication::clipboard()->setText("5,6,2,0.5\n7,8,1,0\n");
    QTest::keyClick(stage.table.view(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(stage.table.rows().points.cols(), Index{5});
    QCOMPARE(stage.table.rows().points.row(0).eval(),
             (Eigen::RowVectorXd(5) << -1, 5, 7, 1, 0).finished());
    QCOMPARE(stage.table.rows().attributes[1][1], 0.5);
    QCOMPARE(stage.commits, 1);
    QCOMPARE(stage.message(), QString("2 points pasted."));
  }

  void pastesOverSeveralSelectedRows() {
    Stage stage;
    stage.table.view()->setCurrentIndex(stage.cell(0, 0));
    stage.table.view()->selectionModel()->select(QItemSelection(stage.cell(0, 0), stage.cell(1, 3)),
                                                 QItemSelectionModel::ClearAndSelect);
    QCOMPARE(stage.table.pasteText("9\t9"), QString());
    QCOMPARE(stage.table.rows().points, (Mat(2, 2) << 9, 0, 9, 2).finished());
    stage.table.view()->selectAll();
    QCOMPARE(stage.table.pasteText("x0,x1,x2\n1,2,3\n"), QString());
    QCOMPARE(stage.table.rows().points, (Mat(3, 1) << 1, 2, 3).finished());
    QCOMPARE(stage.model()->columnCount(), 5);
    QCOMPARE(stage.commits, 2);
  }

  void whatCannotBePastedChangesNothing() {
    Stage stage;
    for (const char* text : {"", "garbage", "1 2\n3 x", "1 2 -1", "1\n2", "\x01\x02\x03"}) {
      const QString problem = stage.table.pasteText(text, true);
      QVERIFY2(problem.startsWith("Nothing pasted: "), text);
      QCOMPARE(stage.message(), problem);
    }
    QVERIFY(stage.table.rows() == threePoints());
    QCOMPARE(stage.edits + stage.commits, 0);
  }

  void copiesWhatPasteReads() {
    Stage stage;
    stage.table.view()->selectAll();
    QTest::keyClick(stage.table.view(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY(text.startsWith("x0\tx1\tweights\tvariances\n-1\t0\t1\t0\n"));
    PointTable other;
    QCOMPARE(other.pasteText(text, true), QString());
    QVERIFY(other.rows() == threePoints());
  }

  void selectionFollowsAndIsKept() {
    Stage stage;
    stage.table.selectRow(2);
    QCOMPARE(stage.table.selectedRow(), 2);
    QVERIFY2(stage.selections.empty(), "a setter emits nothing");
    PointRows moved = threePoints();
    moved.points(0, 0) = 7;
    stage.table.setRows(moved);
    QCOMPARE(stage.table.selectedRow(), 2);
    const QRect first = stage.table.view()->visualRect(stage.cell(0, 1));
    QTest::mouseClick(stage.table.view()->viewport(), Qt::LeftButton, {}, first.center());
    QCOMPARE(stage.selections, std::vector<int>{0});
    QTest::keyClick(stage.table.view(), Qt::Key_Down);
    QCOMPARE(stage.selections.back(), 1);
    stage.table.setRows({Mat::Zero(2, 1), {Vec::Ones(1), Vec::Zero(1)}});
    QCOMPARE(stage.table.selectedRow(), 0);
    QCOMPARE(stage.edits, 0);
  }

  void setRowsLeavesAnOpenEditorAlone() {
    Stage stage;
    stage.table.view()->setCurrentIndex(stage.cell(1, 0));
    stage.table.view()->edit(stage.cell(1, 0));
    auto* editor = stage.table.view()->viewport()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, "0.7");
    PointRows moved = threePoints();
    moved.points(0, 0) = 7;
    stage.table.setRows(moved);
    QCOMPARE(editor->text(), QString("0.7"));
    QTest::keyClick(editor, Qt::Key_Return);
    Stage::settle();
    QCOMPARE(stage.table.rows().points(0, 1), 0.7);
    QCOMPARE(stage.table.rows().points(0, 0), 7.0);
  }

  void theDimensionCanChange() {
    Stage stage;
    auto* box = stage.table.findChild<QAbstractSpinBox*>();
    QVERIFY(box != nullptr);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(stage.table.rows().points.rows(), Index{3});
    QCOMPARE(stage.table.rows().points.bottomRows(1).norm(), 0.0);
    QTest::keyClick(box, Qt::Key_Down);
    QVERIFY(stage.table.rows() == threePoints());
    QCOMPARE(stage.commits, 2);
  }

  void refusesRowsThatDoNotFit() {
    PointTable table;
    QVERIFY_THROWS_EXCEPTION(InvalidInput, table.setRows({Mat(2, 0), {Vec(0), Vec(0)}}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, table.setRows({Mat::Zero(2, 2), {Vec::Ones(2)}}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             table.setRows({Mat::Zero(2, 2), {Vec::Ones(2), Vec::Ones(3)}}));
    QCOMPARE(table.rows().points.cols(), Index{1});
  }

  void tenThousandRows() {
    Stage stage;
    const Index count = 10'000;
    QElapsedTimer clock;
    clock.start();
    stage.table.setRows({Mat::Random(3, count), {Vec::Ones(count), Vec::Zero(count)}});
    stage.table.selectRow(9'999);
    QCoreApplication::processEvents();
    stage.type(9'999, 0, "0.5");
    QCOMPARE(stage.table.rows().points(0, count - 1), 0.5);
    stage.table.view()->selectAll();
    const QString text = stage.table.copyText();
    QCOMPARE(text.count('\n'), qsizetype{10'001});
    QCOMPARE(stage.table.pasteText(text), QString());
    QCOMPARE(stage.table.rows().points.cols(), count);
    QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
  }

  void manyColumnsScroll() {
    Stage stage;
    stage.table.setRows({Mat::Zero(12, 2), {Vec::Ones(2), Vec::Zero(2)}});
    QCoreApplication::processEvents();
    const QHeaderView* header = stage.table.view()->horizontalHeader();
    QVERIFY(header->length() > stage.table.view()->viewport()->width());
    stage.table.setRows(threePoints());
    QCoreApplication::processEvents();
    QCOMPARE(header->length(), stage.table.view()->viewport()->width());
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      Stage stage;
      stage.type(0, 0, "1.5");
      QCOMPARE(stage.table.rows().points(0, 0), 1.5);
      QCOMPARE(stage.cell(0, 0).data().toString(), QString("1.5"));
      stage.type(0, 0, "2,5");
      QCOMPARE(stage.table.rows().points(0, 0), 1.5);
    }
    QLocale::setDefault(QLocale::c());
  }
};

QTEST_MAIN(PointTableTest)
#include "point_table_test.moc"
