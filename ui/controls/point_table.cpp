#include "ui/controls/point_table.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/keep_keys.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/point_cell_delegate.hpp"
#include "ui/controls/point_table_model.hpp"
#include "ui/controls/problem_style.hpp"
#include "ui/controls/quiet_children.hpp"
#include "ui/controls/spec_problem.hpp"
#include "ui/controls/symbolic_icon.hpp"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr int kMaximumDimension = 64;
constexpr int kFewestRowsShown = 3;
constexpr int kMostRowsShown = 8;
constexpr int kShortestColumn = 11;  ///< characters
constexpr double kNewPointStep = 0.5;

PointColumns columnsOf(const ParameterSpec& point, const ParameterSpecs& attributes) {
  PointColumns columns{elementSpec(point), {}};
  for (const ParameterSpec& spec : attributes) columns.attributes.push_back(elementSpec(spec));
  return columns;
}

ParameterSpecs mixtureAttributes() {
  ParameterSpec weights = ParameterSpec::of(ParameterKind::vector, "weights", 1);
  weights.labelled("Weight", "w", "How often the point is drawn, relative to the others").above(0);
  ParameterSpec variances = ParameterSpec::of(ParameterKind::vector, "variances", 0);
  variances.labelled("Variance", "v", "Of the Gaussian around the point; 0 is the point itself")
      .within(0, std::numeric_limits<double>::infinity());
  return {weights, variances};
}

}  // namespace

PointTable::PointTable(QWidget* parent)
    : PointTable(ParameterSpec::of(ParameterKind::pointTable, "means"), mixtureAttributes(),
                 parent) {}

PointTable::PointTable(const ParameterSpec& point, const ParameterSpecs& attributes,
                       QWidget* parent)
    : QWidget(parent),
      m_model(new PointTableModel(columnsOf(point, attributes), this)),
      m_view(new QTableView(this)),
      m_message(new QLabel(this)) {
  buildTools();
  buildView(specTitle(point));
  layout()->addWidget(m_view);
  layout()->addWidget(m_message);
  m_message->setWordWrap(true);
  m_message->setTextFormat(Qt::PlainText);
  m_message->hide();
  connect(m_model, &PointTableModel::cellChanged, this, [this] {
    showMessage(QString(), false);
    emit edited(rows());
    emit committed(rows());
  });
  connect(m_model, &PointTableModel::cellRefused, this,
          [this](const QString& message) { showMessage(message, true); });
  refresh();
}

PointTable::~PointTable() {
  quietChildren(this);
}

void PointTable::buildView(const QString& name) {
  auto* delegate = new PointCellDelegate(this);
  m_view->setModel(m_model);
  m_view->setItemDelegate(delegate);
  m_view->setAccessibleName(name);
  m_view->setLayoutDirection(Qt::LeftToRight);
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                          QAbstractItemView::AnyKeyPressed);
  m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->setWordWrap(false);
  m_view->setCornerButtonEnabled(false);
  m_view->setTabKeyNavigation(false);
  m_view->horizontalHeader()->setHighlightSections(false);
  m_view->verticalHeader()->setHighlightSections(false);
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_view->installEventFilter(this);
  m_view->viewport()->installEventFilter(this);
  keepKeys(m_view, {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home,
                    Qt::Key_End, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Space, Qt::Key_Delete,
                    Qt::Key_Backspace, Qt::Key_F2});
  connect(delegate, &QAbstractItemDelegate::closeEditor, this,
          [this](QWidget*, QAbstractItemDelegate::EndEditHint hint) {
            if (hint == QAbstractItemDelegate::RevertModelCache)
              m_model->forgetProblem(m_view->currentIndex());
          });
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (!m_silent) emit selectionChanged(current.row());
          });
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &PointTable::refreshTools);
}

QToolButton* PointTable::addTool(const QString& icon, const QString& text, const QString& keys) {
  auto* button = new QToolButton(this);
  button->setIcon(symbolicIcon(icon));
  button->setAutoRaise(true);
  button->setToolTip(keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys));
  button->setAccessibleName(text);
  button->setWhatsThis(button->toolTip());
  m_tools->addWidget(button);
  return button;
}

void PointTable::buildTools() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(std::max(2, fontMetrics().height() / 6));
  m_tools = new QHBoxLayout;
  m_tools->setSpacing(0);
  column->addLayout(m_tools);
  m_add = addTool(QStringLiteral("add"), tr("Add a point"), {});
  m_remove = addTool(QStringLiteral("remove"), tr("Remove the selected points"), tr("Delete"));
  m_copy = addTool(QStringLiteral("copy"), tr("Copy the selected points"), tr("Ctrl+C"));
  m_paste = addTool(QStringLiteral("paste"), tr("Paste points from the clipboard"), tr("Ctrl+V"));
  auto* menu = new QMenu(m_paste);
  menu->addAction(tr("Replace &all points by the clipboard"), this,
                  &PointTable::replaceAllByClipboard);
  m_paste->setMenu(menu);
  m_paste->setPopupMode(QToolButton::MenuButtonPopup);
  connect(m_add, &QToolButton::clicked, this, &PointTable::addRow);
  connect(m_remove, &QToolButton::clicked, this, &PointTable::removeSelectedRows);
  connect(m_copy, &QToolButton::clicked, this, &PointTable::copy);
  connect(m_paste, &QToolButton::clicked, this, &PointTable::paste);
  m_tools->addStretch(1);

  ParameterSpec dimension = ParameterSpec::integer("dimension", 1);
  dimension.within(1, kMaximumDimension);
  m_dimensionPart = new QWidget(this);
  auto* part = new QHBoxLayout(m_dimensionPart);
  part->setContentsMargins(fontMetrics().averageCharWidth(), 0, 0, 0);
  auto* label = new QLabel(tr("&Dimension"), m_dimensionPart);
  m_dimension = new NumberBox(dimension, m_dimensionPart);
  m_dimension->setStep(1);
  m_dimension->setDigits(3);
  m_dimension->setAccessibleName(tr("Dimension of the points"));
  m_dimensionPart->setToolTip(tr("Number of coordinates of every point; new ones are 0"));
  label->setBuddy(m_dimension);
  part->addWidget(label);
  part->addWidget(m_dimension);
  m_tools->addWidget(m_dimensionPart);
  connect(m_dimension, &NumberBox::gestureEnded, this,
          [this] { changeDimension(static_cast<int>(m_dimension->value())); });
}

const PointRows& PointTable::rows() const {
  return m_model->rows();
}

void PointTable::setRows(PointRows rows) {
  const Index count = rows.points.cols();
  bool fits = rows.points.rows() > 0 && count > 0 &&
              rows.attributes.size() == m_model->columns().attributes.size();
  for (const Vec& attribute : rows.attributes) fits = fits && attribute.size() == count;
  if (!fits) throw InvalidInput("points", "the table needs a point, and as many numbers as points");
  if (rows == m_model->rows()) return;
  showMessage(QString(), false);
  placeRows(std::move(rows), selectedRow(), true);
}

void PointTable::placeRows(PointRows rows, int current, bool keepSelection) {
  const QScopedValueRollback<bool> silence(m_silent, true);
  const int column = std::max(0, m_view->currentIndex().column());
  const bool otherColumns = rows.points.rows() != m_model->dimension();
  const auto last = static_cast<int>(rows.points.cols()) - 1;
  m_model->setRows(std::move(rows));
  if (!keepSelection || otherColumns || current > last) {
    const int row = std::min(current, last);
    const QModelIndex place = m_model->index(row, std::min(column, m_model->columnCount() - 1));
    m_view->clearSelection();
    m_view->setCurrentIndex(row < 0 ? QModelIndex() : place);
  }
  refresh();
}

void PointTable::changeRows(PointRows rows, int current) {
  const int before = selectedRow();
  placeRows(std::move(rows), current, false);
  if (selectedRow() != before) emit selectionChanged(selectedRow());
  emit edited(m_model->rows());
  emit committed(m_model->rows());
}

void PointTable::changeDimension(int dimension) {
  PointRows next = rows();
  const Index before = next.points.rows();
  if (dimension == before) return;
  next.points.conservativeResize(dimension, Eigen::NoChange);
  if (dimension > before) next.points.bottomRows(dimension - before).setZero();
  showMessage(QString(), false);
  changeRows(std::move(next), selectedRow());
}

int PointTable::selectedRow() const {
  return m_view->currentIndex().row();
}

void PointTable::selectRow(int row) {
  if (row == selectedRow() || row >= m_model->rowCount()) return;
  const QScopedValueRollback<bool> silence(m_silent, true);
  const int column = std::max(0, m_view->currentIndex().column());
  m_view->clearSelection();
  m_view->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row, column));
}

std::vector<int> PointTable::selectedRows() const {
  std::vector<int> which;
  for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
    which.push_back(index.row());
  std::sort(which.begin(), which.end());
  return which;
}

void PointTable::addRow() {
  const Index last = rows().points.cols() - 1;
  const Index from = selectedRow() < 0 ? last : selectedRow();
  PointRows point = selected(rows(), {static_cast<int>(from)});
  const ParameterSpec& limits = m_model->columns().point;
  const double shifted = roundedTo(point.points(0, 0) + kNewPointStep, 12);
  if (specProblem(limits, shifted).isEmpty()) point.points(0, 0) = shifted;
  showMessage(QString(), false);
  changeRows(spliced(rows(), from + 1, from, point), static_cast<int>(from) + 1);
  m_view->scrollTo(m_view->currentIndex());
}

void PointTable::removeSelectedRows() {
  const std::vector<int> doomed = selectedRows();
  std::vector<int> kept;
  for (int row = 0; row < m_model->rowCount(); ++row)
    if (!std::binary_search(doomed.begin(), doomed.end(), row)) kept.push_back(row);
  if (kept.empty() && m_model->rowCount() == 1) {
    showMessage(tr("At least one point must remain."), true);
    return;
  }
  if (doomed.empty()) return;
  const bool all = kept.empty();
  if (all) kept.push_back(0);
  changeRows(selected(rows(), kept), all ? 0 : doomed.front());
  showMessage(all ? tr("One point remains: there must be at least one.") : QString(), false);
}

QString PointTable::pasteText(const QString& text, bool replaceAll) {
  const std::vector<int> chosen = selectedRows();
  const bool all = replaceAll || static_cast<int>(chosen.size()) == m_model->rowCount();
  PointRows pasted;
  try {
    pasted = parsePoints(text, m_model->columns(), m_model->dimension(), all);
  } catch (const InvalidInput& error) {
    const QString problem = tr("Nothing pasted: %1").arg(QString::fromUtf8(error.what()));
    showMessage(problem, true);
    return problem;
  }
  const auto count = static_cast<int>(pasted.points.cols());
  if (all && (replaceAll || chosen.size() > 1)) {
    changeRows(std::move(pasted), 0);
  } else if (pasted.points.rows() != m_model->dimension()) {
    changeRows(std::move(pasted), 0);
  } else if (chosen.size() > 1) {
    std::vector<int> kept;
    for (int row = 0; row < m_model->rowCount(); ++row)
      if (!std::binary_search(chosen.begin(), chosen.end(), row)) kept.push_back(row);
    const PointRows rest = selected(rows(), kept);
    changeRows(spliced(rest, chosen.front(), chosen.front() - 1, pasted), chosen.front());
  } else {
    const int at = selectedRow() < 0 ? m_model->rowCount() : selectedRow() + 1;
    changeRows(spliced(rows(), at, at - 1, pasted), at);
  }
  showMessage(count == 1 ? tr("One point pasted.") : tr("%1 points pasted.").arg(count), false);
  return {};
}

QString PointTable::copyText() const {
  std::vector<int> which = selectedRows();
  if (which.empty()) {
    which.resize(static_cast<std::size_t>(m_model->rowCount()));
    std::iota(which.begin(), which.end(), 0);
  }
  return formatPoints(rows(), m_model->columns(), which);
}

void PointTable::copy() {
  QApplication::clipboard()->setText(copyText());
}
void PointTable::paste() {
  pasteText(QApplication::clipboard()->text());
}
void PointTable::replaceAllByClipboard() {
  pasteText(QApplication::clipboard()->text(), true);
}

void PointTable::setDimensionEditable(bool editable) {
  m_dimensionPart->setVisible(editable);
}

void PointTable::showMessage(const QString& text, bool problem) {
  m_message->setText(text);
  QPalette colors;
  if (problem) colors.setColor(QPalette::WindowText, problemColor(palette()));
  m_message->setPalette(colors);
  m_message->setVisible(!text.isEmpty());
}

void PointTable::refreshTools() {
  const auto chosen = static_cast<int>(m_view->selectionModel()->selectedRows().size());
  m_remove->setEnabled(chosen > 0 && m_model->rowCount() > 1);
}

void PointTable::refresh() {
  const QScopedValueRollback<bool> silence(m_silent, true);
  m_dimension->setValue(static_cast<double>(m_model->dimension()));
  refreshTools();
  const int row = fontMetrics().height() + std::max(6, fontMetrics().height() / 2);
  m_view->verticalHeader()->setDefaultSectionSize(row);
  sizeColumns();
}

void PointTable::sizeColumns() {
  QHeaderView* header = m_view->horizontalHeader();
  const int digits = fontMetrics().averageCharWidth() * kShortestColumn;
  int needed = 0;
  std::vector<int> widths;
  for (int c = 0; c < m_model->columnCount(); ++c) {
    widths.push_back(std::max(digits, header->sectionSizeHint(c)));
    needed += widths.back();
  }
  const bool stretches = needed <= m_view->viewport()->width();
  header->setSectionResizeMode(stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
  if (!stretches)
    for (int c = 0; c < m_model->columnCount(); ++c)
      header->resizeSection(c, widths[static_cast<std::size_t>(c)]);
  const int shown = std::clamp(m_model->rowCount(), kFewestRowsShown, kMostRowsShown);
  int height = header->sizeHint().height() +
               shown * m_view->verticalHeader()->defaultSectionSize() + 2 * m_view->frameWidth();
  if (!stretches) height += m_view->horizontalScrollBar()->sizeHint().height();
  m_view->setFixedHeight(height);
}

bool PointTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_view->viewport() && event->type() == QEvent::Resize) sizeColumns();
  if (watched == m_view && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy)) {
      copy();
      return true;
    }
    if (key->matches(QKeySequence::Paste)) {
      paste();
      return true;
    }
    if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
      removeSelectedRows();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void PointTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) refresh();
}

}  // namespace separatrix
