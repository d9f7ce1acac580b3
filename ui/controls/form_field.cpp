#include "ui/controls/form_field.hpp"

#include "ui/controls/automatic_field.hpp"
#include "ui/controls/choice_control.hpp"
#include "ui/controls/file_edit.hpp"
#include "ui/controls/keep_keys.hpp"
#include "ui/controls/list_edit.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/point_field.hpp"
#include "ui/controls/problem_style.hpp"
#include "ui/controls/quiet_children.hpp"
#include "ui/controls/real_control.hpp"
#include "ui/controls/spec_problem.hpp"
#include "ui/plots/math_text.hpp"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <cmath>

namespace separatrix {
namespace {

QString rangeText(const ParameterSpec& spec) {
  const bool low = std::isfinite(spec.minimum);
  const bool high = std::isfinite(spec.maximum);
  const QString above = QString::fromUtf8(spec.aboveMinimum ? "> %1" : "≥ %1");
  if (low && high)
    return QStringLiteral("%1 %2 … %3")
        .arg(spec.aboveMinimum ? QStringLiteral(">") : QString(), shortNumber(spec.minimum),
             shortNumber(spec.maximum))
        .trimmed();
  if (low) return above.arg(shortNumber(spec.minimum));
  return high ? QString::fromUtf8("≤ %1").arg(shortNumber(spec.maximum)) : QString();
}

QString helpText(const ParameterSpec& spec) {
  QString text = QString::fromStdString(spec.help).toHtmlEscaped();
  QString technical = QString::fromStdString(spec.name).toHtmlEscaped();
  const QString range = rangeText(spec);
  if (!range.isEmpty()) technical += QStringLiteral("&nbsp;&nbsp;") + range.toHtmlEscaped();
  if (!text.isEmpty()) text += QStringLiteral("<br>");
  return QStringLiteral("<p>%1<code>%2</code></p>").arg(text, technical);
}

class NumberField : public FormField {
public:
  NumberField(const ParameterSpec& spec, QWidget* parent)
      : FormField({spec}, parent), m_control(new RealControl(spec, this)) {
    addControl(m_control);
    connect(m_control, &RealControl::edited, this,
            [this](double value) { emit edited(entry(canonicalNumber(value))); });
    connect(m_control, &RealControl::committed, this,
            [this](double value) { emit committed(entry(canonicalNumber(value))); });
  }
  void setEntries(const Json& entries) override {
    const Json& value = entries.at(spec().name);
    if (value.is_number()) m_control->setValue(value.get<double>());
  }

private:
  RealControl* m_control;
};

class FlagField : public FormField {
public:
  FlagField(const ParameterSpec& spec, QWidget* parent)
      : FormField({spec}, parent), m_box(new QCheckBox(this)) {
    m_box->setAccessibleName(specTitle(spec));
    keepKeys(m_box, {Qt::Key_Space});
    addControl(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) { emitBoth(entry(on)); });
  }
  void setEntries(const Json& entries) override {
    const Json& value = entries.at(spec().name);
    m_box->setChecked(value.is_boolean() && value.get<bool>());
  }

private:
  QCheckBox* m_box;
};

class ListField : public FormField {
public:
  ListField(const ParameterSpec& spec, QWidget* parent)
      : FormField({spec}, parent), m_edit(new ListEdit(spec, this)) {
    addControl(m_edit);
    connect(m_edit, &ListEdit::changed, this,
            [this](const Json& value) { emitBoth(entry(value)); });
    connect(m_edit, &ListEdit::refused, this, &FormField::setProblem);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { setProblem(QString()); });
    connect(m_edit, &QLineEdit::editingFinished, this, [this] { setProblem(QString()); });
  }
  void setEntries(const Json& entries) override { m_edit->setValue(entries.at(spec().name)); }

private:
  ListEdit* m_edit;
};

class FileField : public FormField {
public:
  FileField(const ParameterSpec& spec, QWidget* parent)
      : FormField({spec}, parent), m_edit(new FileEdit(spec, this)) {
    addControl(m_edit);
    connect(m_edit, &FileEdit::changed, this,
            [this](const QString& path) { emitBoth(entry(path.toStdString())); });
  }
  void setEntries(const Json& entries) override {
    const Json& value = entries.at(spec().name);
    m_edit->setPath(value.is_string() ? QString::fromStdString(value.get<std::string>())
                                      : QString());
  }

private:
  FileEdit* m_edit;
};

FormField* makePlainField(const ParameterSpec& spec, const ParameterSpecs& attributes,
                          QWidget* parent) {
  switch (spec.kind) {
    case ParameterKind::real:
    case ParameterKind::integer:
      return new NumberField(spec, parent);
    case ParameterKind::choice:
      return new ChoiceField(spec, parent);
    case ParameterKind::flag:
      return new FlagField(spec, parent);
    case ParameterKind::pointTable:
      return new PointField(spec, attributes, parent);
    case ParameterKind::file:
      return new FileField(spec, parent);
    case ParameterKind::vector:
    case ParameterKind::matrix:
    case ParameterKind::grid:
      break;
  }
  return new ListField(spec, parent);
}

}  // namespace

FormField::FormField(ParameterSpecs specs, QWidget* parent)
    : QWidget(parent),
      m_specs(std::move(specs)),
      m_column(new QVBoxLayout(this)),
      m_label(new QLabel(parent)),
      m_problem(new QLabel(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(2);
  m_problem->setWordWrap(true);
  m_problem->setTextFormat(Qt::PlainText);
  m_problem->hide();
  m_column->addWidget(m_problem);
  QString title = specTitle(spec()).toHtmlEscaped();
  if (!spec().symbol.empty())
    title += QStringLiteral("&nbsp; ") + richText(QString::fromStdString(spec().symbol));
  if (!spec().unit.empty())
    title += QStringLiteral(" (%1)").arg(QString::fromStdString(spec().unit).toHtmlEscaped());
  m_label->setTextFormat(Qt::RichText);
  m_label->setText(title);
  m_label->setToolTip(helpText(spec()));
  setToolTip(helpText(spec()));
  setWhatsThis(helpText(spec()));
}

FormField::~FormField() {
  quietChildren(this);
}

void FormField::addControl(QWidget* control) {
  m_column->insertWidget(0, control);
  setFocusProxy(control);
  m_label->setBuddy(control);
}

void FormField::addBelow(QWidget* control) {
  m_column->insertWidget(1, control);
}

void FormField::emitBoth(const Json& entries) {
  emit edited(entries);
  emit committed(entries);
}

void FormField::setProblem(const QString& message) {
  m_problem->setText(message);
  m_problem->setVisible(!message.isEmpty());
  m_problem->setAccessibleName(message);
  colourProblem();
}

void FormField::colourProblem() {
  QPalette colors;
  colors.setColor(QPalette::WindowText, problemColor(palette()));
  m_problem->setPalette(colors);
}

void FormField::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colourProblem();
}

FormField* makeFormField(const ParameterSpec& spec, const ParameterSpecs& attributes,
                         QWidget* parent) {
  const bool optional = spec.nullable && spec.kind != ParameterKind::pointTable;
  if (!optional) return makePlainField(spec, attributes, parent);
  auto* field = new AutomaticField(spec, parent);
  field->setInner(makePlainField(spec, attributes, field));
  return field;
}

ChoiceField::ChoiceField(const ParameterSpec& spec, QWidget* parent)
    : FormField({spec}, parent), m_control(new ChoiceControl(spec, this)) {
  addControl(m_control);
  connect(m_control, &ChoiceControl::chosen, this,
          [this](const QString& id) { emitBoth(entry(id.toStdString())); });
}

void ChoiceField::setEntries(const Json& entries) {
  const Json& value = entries.at(spec().name);
  if (value.is_string()) m_control->setId(value.get<std::string>());
}

}  // namespace separatrix
