#include "ui/controls/parameter_form.hpp"

#include "ui/controls/choice_control.hpp"
#include "ui/controls/form_field.hpp"
#include "ui/controls/point_field.hpp"
#include "ui/controls/quiet_children.hpp"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>

#include <algorithm>

namespace separatrix {
namespace {

/// "target.weights[1]" → "weights".
std::string lastName(const QString& path) {
  QString name = path.section(QLatin1Char('.'), -1);
  name.truncate(name.contains(QLatin1Char('[')) ? name.indexOf(QLatin1Char('[')) : name.size());
  return name.toStdString();
}

}  // namespace

ParameterForm::ParameterForm(ParameterSpecs specs, QWidget* parent)
    : QWidget(parent), m_specs(std::move(specs)), m_rows(new QFormLayout(this)) {
  m_rows->setContentsMargins(0, 0, 0, 0);
  m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_rows->setHorizontalSpacing(2 * fontMetrics().averageCharWidth());
  m_rows->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  m_rows->setFormAlignment(Qt::AlignLeading | Qt::AlignTop);
  for (const ParameterSpec& spec : m_specs) m_values[spec.name] = spec.defaultValue;
  for (std::size_t i = 0; i < m_specs.size(); ++i) {
    const ParameterSpec& spec = m_specs[i];
    ParameterSpecs attributes;
    if (spec.kind == ParameterKind::pointTable)
      while (i + 1 < m_specs.size() && m_specs[i + 1].kind == ParameterKind::vector)
        attributes.push_back(m_specs[++i]);
    addField(makeFormField(spec, attributes, this));
  }
  fitRows();
}

ParameterForm::~ParameterForm() {
  quietChildren(this);
}

void ParameterForm::addField(FormField* field) {
  m_fields.push_back(field);
  if (field->isWide()) {
    m_rows->addRow(field->label());
    m_rows->addRow(field);
  } else {
    m_rows->addRow(field->label(), field);
  }
  field->setEntries(m_values);
  connect(field, &FormField::edited, this, [this, field](const Json& entries) {
    for (const auto& item : entries.items()) m_values[item.key()] = item.value();
    field->setProblem(QString());
    emit edited(entries);
  });
  connect(field, &FormField::committed, this, &ParameterForm::committed);
}

void ParameterForm::setValues(const Json& values) {
  if (!values.is_object()) return;
  for (const ParameterSpec& spec : m_specs) {
    for (const std::string& name : {spec.alias, spec.name})
      if (!name.empty() && values.contains(name)) m_values[spec.name] = values.at(name);
  }
  for (FormField* field : m_fields) field->setEntries(m_values);
}

FormField* ParameterForm::fieldOf(const std::string& name) const {
  const ParameterSpec* spec = findSpec(m_specs, name);
  if (spec == nullptr) return nullptr;
  const auto owns = [&](const FormField* field) {
    return std::any_of(field->specs().begin(), field->specs().end(),
                       [&](const ParameterSpec& each) { return each.name == spec->name; });
  };
  const auto found = std::find_if(m_fields.begin(), m_fields.end(), owns);
  return found == m_fields.end() ? nullptr : *found;
}

QWidget* ParameterForm::field(const QString& name) const {
  return fieldOf(name.toStdString());
}

PointTable* ParameterForm::pointTable() const {
  for (FormField* each : m_fields)
    if (auto* points = qobject_cast<PointField*>(each)) return points->table();
  return nullptr;
}

void ParameterForm::setChoiceTitles(const QString& name, const QStringList& titles) {
  FormField* found = fieldOf(name.toStdString());
  if (found == nullptr) return;
  if (auto* choice = found->findChild<ChoiceControl*>()) choice->setTitles(titles);
}

void ParameterForm::setProblem(const QString& name, const QString& message) {
  if (FormField* found = fieldOf(lastName(name))) found->setProblem(message);
}

void ParameterForm::clearProblems() {
  for (FormField* each : m_fields) each->setProblem(QString());
}

void ParameterForm::fitRows() {
  int labels = 0;
  int controls = 0;
  for (const FormField* each : m_fields) {
    if (each->isWide()) continue;
    labels = std::max(labels, each->label()->sizeHint().width());
    controls = std::max(controls, each->minimumSizeHint().width());
  }
  const int spacing = std::max(m_rows->horizontalSpacing(), 0);
  const auto policy =
      labels + spacing + controls > width() ? QFormLayout::WrapAllRows : QFormLayout::DontWrapRows;
  if (policy != m_rows->rowWrapPolicy()) m_rows->setRowWrapPolicy(policy);
}

QSize ParameterForm::minimumSizeHint() const {
  int width = 0;
  for (const FormField* each : m_fields) width = std::max(width, each->minimumSizeHint().width());
  return {width, QWidget::minimumSizeHint().height()};
}

void ParameterForm::resizeEvent(QResizeEvent* event) {
  fitRows();
  QWidget::resizeEvent(event);
}

void ParameterForm::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fitRows();
}

}  // namespace separatrix
