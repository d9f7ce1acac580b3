#pragma once

#include "ui/controls/point_text.hpp"

#include <QAbstractTableModel>

#include <map>

namespace separatrix {

/// The cells of a table of points. Text that cannot be applied stays in its cell as a `problem`
/// until the cell is corrected or the rows are set anew; the rows keep the old value.
class PointTableModel : public QAbstractTableModel {
  Q_OBJECT

public:
  explicit PointTableModel(PointColumns columns, QObject* parent = nullptr);

  const PointColumns& columns() const { return m_columns; }
  const PointRows& rows() const { return m_rows; }
  /// Grows and shrinks at the end, so that selections by number survive.
  void setRows(PointRows rows);
  Index dimension() const { return m_rows.points.rows(); }

  /// Why `text` cannot be the value of a cell of `column`; empty if it can.
  QString problemOf(int column, const QString& text) const;
  void forgetProblem(const QModelIndex& index);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  QVariant headerData(int section, Qt::Orientation orientation,
                      int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
  /// A person changed a cell.
  void cellChanged();
  void cellRefused(const QString& message);

private:
  struct Problem {
    QString text;
    QString message;
  };

  double cell(int row, int column) const;
  const ParameterSpec& specOf(int column) const;
  const Problem* problemAt(const QModelIndex& index) const;

  PointColumns m_columns;
  PointRows m_rows;
  std::map<std::pair<int, int>, Problem> m_problems;
};

}  // namespace separatrix
