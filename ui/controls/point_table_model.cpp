#include "ui/controls/point_table_model.hpp"

#include "ui/controls/number_text.hpp"
#include "ui/controls/problem_style.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QGuiApplication>

namespace separatrix {
namespace {

constexpr int kFirstSubscript = 0x2080;  ///< ₀

QString coordinateTitle(int index) {
  QString title = QStringLiteral("x");
  for (const QChar digit : QString::number(index))
    title += QChar(kFirstSubscript + digit.digitValue());
  return title;
}

}  // namespace

PointTableModel::PointTableModel(PointColumns columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(std::move(columns)) {
  m_rows.points = Mat::Zero(1, 1);
  for (const ParameterSpec& spec : m_columns.attributes)
    m_rows.attributes.push_back(Vec::Constant(1, startingValue(spec)));
}

void PointTableModel::setRows(PointRows rows) {
  m_problems.clear();
  const auto columnDelta = static_cast<int>(rows.points.rows() - m_rows.points.rows());
  if (columnDelta != 0) {
    // The coordinates come first, so their number shifts what follows: a new table in effect.
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    return;
  }
  const int before = rowCount();
  const auto after = static_cast<int>(rows.points.cols());
  if (after > before) beginInsertRows({}, before, after - 1);
  if (after < before) beginRemoveRows({}, after, before - 1);
  m_rows = std::move(rows);
  if (after > before) endInsertRows();
  if (after < before) endRemoveRows();
  emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const ParameterSpec& PointTableModel::specOf(int column) const {
  const auto d = static_cast<int>(dimension());
  return column < d ? m_columns.point : m_columns.attributes[static_cast<std::size_t>(column - d)];
}

double PointTableModel::cell(int row, int column) const {
  const auto d = static_cast<int>(dimension());
  if (column < d) return m_rows.points(column, row);
  return m_rows.attributes[static_cast<std::size_t>(column - d)][row];
}

const PointTableModel::Problem* PointTableModel::problemAt(const QModelIndex& index) const {
  const auto found = m_problems.find({index.row(), index.column()});
  return found == m_problems.end() ? nullptr : &found->second;
}

QString PointTableModel::problemOf(int column, const QString& text) const {
  const auto value = parseNumber(text);
  if (!value) return tr("“%1” is not a number").arg(text.trimmed());
  return specProblem(specOf(column), *value);
}

void PointTableModel::forgetProblem(const QModelIndex& index) {
  if (m_problems.erase({index.row(), index.column()}) > 0) emit dataChanged(index, index);
}

int PointTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.points.cols());
}

int PointTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(dimension() + m_columns.attributes.size());
}

QVariant PointTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Problem* problem = problemAt(index);
  const double value = cell(index.row(), index.column());
  switch (role) {
    case Qt::DisplayRole:
      return problem != nullptr ? problem->text : shortNumber(value);
    case Qt::EditRole:
      return problem != nullptr ? problem->text : exactNumber(value);
    case Qt::TextAlignmentRole:
      return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      if (problem != nullptr) return problem->message;
      return exactNumber(value) == shortNumber(value) ? QVariant() : exactNumber(value);
    case Qt::ForegroundRole:
      return problem != nullptr ? problemColor(QGuiApplication::palette()) : QVariant();
    case Qt::BackgroundRole:
      return problem != nullptr ? problemBase(QGuiApplication::palette()) : QVariant();
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1 %2, %3")
          .arg(specTitle(specOf(index.column())))
          .arg(index.row() + 1)
          .arg(problem != nullptr ? problem->message : exactNumber(value));
    default:
      return {};
  }
}

bool PointTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole) return false;
  const QString text = value.toString();
  const QString problem = problemOf(index.column(), text);
  if (!problem.isEmpty()) {
    m_problems[{index.row(), index.column()}] = {text.trimmed(), problem};
    emit dataChanged(index, index);
    emit cellRefused(problem);
    return false;
  }
  const bool corrected = m_problems.erase({index.row(), index.column()}) > 0;
  const double number = *parseNumber(text);
  const bool changed = number != cell(index.row(), index.column());
  const auto d = static_cast<int>(dimension());
  if (index.column() < d)
    m_rows.points(index.column(), index.row()) = number;
  else
    m_rows.attributes[static_cast<std::size_t>(index.column() - d)][index.row()] = number;
  if (changed || corrected) emit dataChanged(index, index);
  if (changed) emit cellChanged();
  return true;
}

QVariant PointTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical)
    return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
  if (section >= columnCount()) return {};
  const bool coordinate = section < dimension();
  if (role == Qt::DisplayRole)
    return coordinate ? coordinateTitle(section) : specTitle(specOf(section));
  if (role == Qt::ToolTipRole) return QString::fromStdString(specOf(section).help);
  if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

Qt::ItemFlags PointTableModel::flags(const QModelIndex& index) const {
  return QAbstractTableModel::flags(index) | Qt::ItemIsEditable;
}

}  // namespace separatrix
