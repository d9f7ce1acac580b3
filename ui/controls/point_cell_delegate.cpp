#include "ui/controls/point_cell_delegate.hpp"

#include "ui/controls/point_table_model.hpp"
#include "ui/controls/problem_style.hpp"

#include <QLineEdit>
#include <QPersistentModelIndex>

namespace separatrix {
namespace {

const PointTableModel* modelOf(const QModelIndex& index) {
  return qobject_cast<const PointTableModel*>(index.model());
}

}  // namespace

QWidget* PointCellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                         const QModelIndex& index) const {
  auto* editor = new QLineEdit(parent);
  editor->setFrame(false);
  editor->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  editor->setAutoFillBackground(true);
  const QPersistentModelIndex cell(index);
  connect(editor, &QLineEdit::textEdited, editor, [editor, cell](const QString& text) {
    const PointTableModel* model = cell.isValid() ? modelOf(cell) : nullptr;
    const bool unfinished = text.trimmed().isEmpty() || text.trimmed() == QLatin1String("-");
    if (model == nullptr) return;
    const QString problem = unfinished ? QString() : model->problemOf(cell.column(), text);
    markProblem(editor, !problem.isEmpty());
    editor->setToolTip(problem);
  });
  return editor;
}

void PointCellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
  auto* line = qobject_cast<QLineEdit*>(editor);
  if (line == nullptr || line->isModified()) return;
  line->setText(index.data(Qt::EditRole).toString());
  line->selectAll();
}

void PointCellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                     const QModelIndex& index) const {
  const auto* line = qobject_cast<QLineEdit*>(editor);
  if (line != nullptr && line->isModified()) model->setData(index, line->text());
}

void PointCellDelegate::initStyleOption(QStyleOptionViewItem* option,
                                        const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  if (!index.data(Qt::BackgroundRole).isValid()) return;
  // A refused cell is as red in a selected row as elsewhere.
  option->palette.setColor(QPalette::Highlight, problemBase(option->palette));
  option->palette.setColor(QPalette::HighlightedText, problemColor(option->palette));
}

}  // namespace separatrix
