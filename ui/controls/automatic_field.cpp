#include "ui/controls/automatic_field.hpp"

#include "ui/controls/keep_keys.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QCheckBox>
#include <QLabel>

namespace separatrix {

AutomaticField::AutomaticField(const ParameterSpec& spec, QWidget* parent)
    : FormField({spec}, parent), m_automatic(new QCheckBox(tr("Automatic"), this)) {
  keepKeys(m_automatic, {Qt::Key_Space});
  m_automatic->setAccessibleName(tr("%1, automatic").arg(specTitle(spec)));
  addControl(m_automatic);
  connect(m_automatic, &QCheckBox::clicked, this, &AutomaticField::choose);
}

void AutomaticField::setInner(FormField* inner) {
  m_inner = inner;
  m_inner->label()->hide();
  addBelow(inner);
  m_lastValue = spec().defaultValue;
  m_automatic->setChecked(true);
  m_inner->hide();
  const auto remember = [this](const Json& entries) { m_lastValue = entries.at(spec().name); };
  connect(inner, &FormField::edited, this, remember);
  connect(inner, &FormField::edited, this, &FormField::edited);
  connect(inner, &FormField::committed, this, &FormField::committed);
}

void AutomaticField::setEntries(const Json& entries) {
  const bool automatic = entries.at(spec().name).is_null();
  m_automatic->setChecked(automatic);
  m_inner->setVisible(!automatic);
  if (automatic) return;
  m_lastValue = entries.at(spec().name);
  m_inner->setEntries(entries);
}

Json AutomaticField::startingEntry() const {
  if (!m_lastValue.is_null()) return entry(m_lastValue);
  const double number = startingValue(spec());
  switch (spec().kind) {
    case ParameterKind::choice:
      return entry(spec().choices.front());
    case ParameterKind::flag:
      return entry(false);
    case ParameterKind::grid:
      return entry(Json::array({Json::array(
          {canonicalNumber(spec().softMinimum), canonicalNumber(spec().softMaximum), 101})}));
    case ParameterKind::file:
      return entry("");
    case ParameterKind::real:
    case ParameterKind::integer:
    case ParameterKind::vector:
    case ParameterKind::pointTable:
    case ParameterKind::matrix:
      break;
  }
  return entry(canonicalNumber(number));
}

void AutomaticField::choose(bool automatic) {
  const Json entries = automatic ? entry(nullptr) : startingEntry();
  setEntries(entries);
  emitBoth(entries);
}

}  // namespace separatrix
