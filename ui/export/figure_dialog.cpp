#include "ui/export/figure_dialog.hpp"

#include "ui/views/view.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace separatrix {
namespace {

constexpr double kMillimetresPerInch = 25.4;

QDoubleSpinBox* box(double low, double high, double value, int decimals, const QString& suffix) {
  auto* out = new QDoubleSpinBox;
  out->setLocale(QLocale::c());
  out->setRange(low, high);
  out->setDecimals(decimals);
  out->setSuffix(suffix);
  out->setValue(value);
  return out;
}

}  // namespace

FigureDialog::FigureDialog(const std::vector<View*>& views, const FigureState& before,
                           QWidget* parent)
    : QDialog(parent),
      m_view(new QComboBox),
      m_unit(new QComboBox),
      m_colours(new QComboBox),
      m_width(box(10, 20000, before.options.size.width(), 1, {})),
      m_height(box(10, 20000, before.options.size.height(), 1, {})),
      m_dpi(box(36, 2400, before.options.dpi, 0, tr(" dpi"))),
      m_font(box(4, 72, before.options.fontPoints, 1, tr(" pt"))),
      m_pixels(new QLabel) {
  setWindowTitle(tr("Export figure"));
  for (const ViewKind& kind : viewCatalog())
    for (const View* view : views)
      if (view->objectName() == kind.id) m_view->addItem(kind.title, kind.id);
  m_view->addItem(tr("All views"), "all");
  m_view->setCurrentIndex(std::max(0, m_view->findData(QString::fromStdString(before.view))));
  m_unit->addItems({tr("millimetres"), tr("pixels")});
  m_unit->setCurrentIndex(before.options.unit == FigureUnit::pixels ? 1 : 0);
  m_colours->addItems({tr("Dark on light"), tr("Light on dark")});
  m_colours->setCurrentIndex(before.options.dark ? 1 : 0);
  m_colours->setObjectName("colours");
  auto* form = new QFormLayout(this);
  form->addRow(tr("View"), m_view);
  form->addRow(tr("Width"), m_width);
  form->addRow(tr("Height"), m_height);
  form->addRow(tr("Unit"), m_unit);
  form->addRow(tr("Resolution"), m_dpi);
  form->addRow(tr("Font size"), m_font);
  form->addRow(tr("Colours"), m_colours);
  form->addRow(tr("As PNG"), m_pixels);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Save)->setText(tr("Choose file…"));
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  for (QDoubleSpinBox* number : {m_width, m_height, m_dpi})
    connect(number, &QDoubleSpinBox::valueChanged, this, &FigureDialog::showPixels);
  connect(m_unit, &QComboBox::currentIndexChanged, this, &FigureDialog::showPixels);
  showPixels();
}

FigureState FigureDialog::figure() const {
  FigureState out;
  out.view = m_view->currentData().toString().toStdString();
  FigureOptions& options = out.options;
  options.size = {m_width->value(), m_height->value()};
  options.unit = m_unit->currentIndex() == 0 ? FigureUnit::millimetres : FigureUnit::pixels;
  options.dpi = m_dpi->value();
  options.fontPoints = m_font->value();
  options.dark = m_colours->currentIndex() == 1;
  return out;
}

void FigureDialog::showPixels() {
  const FigureOptions chosen = figure().options;
  const double scale =
      chosen.unit == FigureUnit::millimetres ? chosen.dpi / kMillimetresPerInch : 1;
  m_pixels->setText(tr("%1 × %2 pixels")
                        .arg(qRound(chosen.size.width() * scale))
                        .arg(qRound(chosen.size.height() * scale)));
}

}  // namespace separatrix
