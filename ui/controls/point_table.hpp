#pragma once

#include "core/parameters/parameter_spec.hpp"
#include "ui/controls/point_rows.hpp"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QTableView;
class QToolButton;

namespace separatrix {

class NumberBox;
class PointTableModel;

/// A table of points: columns x0 … x{d−1}, then one column per attribute (weight, variance).
/// Cells are edited in place; a cell that cannot be applied stays red, with the reason as its tool
/// tip, until it is corrected or other rows are set. At least one row always remains. Rows can
/// be pasted from CSV, TSV or text with spaces, all or nothing, with or without a header line.
/// Every change emits `edited` and then `committed`; setters emit nothing.
class PointTable : public QWidget {
  Q_OBJECT

public:
  /// Attributes "weights" (above 0) and "variances" (at least 0).
  explicit PointTable(QWidget* parent = nullptr);
  /// `point` gives the limits of coordinates; each of `attributes` is a per-point vector.
  PointTable(const ParameterSpec& point, const ParameterSpecs& attributes,
             QWidget* parent = nullptr);
  ~PointTable() override;

  const PointRows& rows() const;
  /// Throws InvalidInput if there is no row or the sizes do not agree. Keeps the selection, and an
  /// open editor where the row and column still exist.
  void setRows(PointRows rows);

  /// The current row, −1 if none.
  int selectedRow() const;
  /// Makes `row` current and visible; −1 clears. Emits nothing.
  void selectRow(int row);

  /// Pastes text over the selected rows if several are selected, else inserts it after the current
  /// one (or in place of all rows). Returns an empty string, or why nothing was changed.
  QString pasteText(const QString& text, bool replaceAll = false);
  /// The selected rows (all if none is selected) as tab-separated text with a header line.
  QString copyText() const;

  /// Shows or hides the box that changes the number of coordinates.
  void setDimensionEditable(bool editable);

  QTableView* view() const { return m_view; }

public slots:
  void addRow();
  void removeSelectedRows();
  void copy();
  void paste();
  void replaceAllByClipboard();

signals:
  void edited(const separatrix::PointRows& rows);
  void committed(const separatrix::PointRows& rows);
  void selectionChanged(int row);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  void buildView(const QString& name);
  void buildTools();
  QToolButton* addTool(const QString& icon, const QString& text, const QString& keys);
  void placeRows(PointRows rows, int current, bool keepSelection);
  void changeRows(PointRows rows, int current);
  void changeDimension(int dimension);
  void showMessage(const QString& text, bool problem);
  void refreshTools();
  void refresh();
  void sizeColumns();
  std::vector<int> selectedRows() const;

  PointTableModel* m_model = nullptr;
  QTableView* m_view = nullptr;
  QLabel* m_message = nullptr;
  QHBoxLayout* m_tools = nullptr;
  QWidget* m_dimensionPart = nullptr;
  NumberBox* m_dimension = nullptr;
  QToolButton* m_add = nullptr;
  QToolButton* m_remove = nullptr;
  QToolButton* m_copy = nullptr;
  QToolButton* m_paste = nullptr;
  bool m_silent = false;
};

}  // namespace separatrix
