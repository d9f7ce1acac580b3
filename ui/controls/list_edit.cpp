#include "ui/controls/list_edit.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/problem_style.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QKeyEvent>

namespace separatrix {
namespace {

QString numberText(const Json& value) {
  return value.is_number() ? exactNumber(value.get<double>()) : QString();
}

QString joined(const Json& list, const QString& separator) {
  QStringList parts;
  for (const Json& each : list) parts << numberText(each);
  return parts.join(separator);
}

QString exampleOf(ParameterKind kind) {
  if (kind == ParameterKind::matrix) return QStringLiteral("[[0, 1], [1, 0]]");
  return kind == ParameterKind::grid ? ListEdit::tr("from:to:count") : ListEdit::tr("1, 2, 3");
}

}  // namespace

ListEdit::ListEdit(const ParameterSpec& spec, QWidget* parent) : QLineEdit(parent), m_spec(spec) {
  setLayoutDirection(Qt::LeftToRight);
  setAccessibleName(specTitle(spec));
  setPlaceholderText(exampleOf(spec.kind));
  connect(this, &QLineEdit::textEdited, this, [this] {
    markProblem(this, false);
    setToolTip(QString());
  });
  if (!spec.defaultValue.is_null()) setValue(spec.defaultValue);
}

QString ListEdit::textOf(const Json& value) const {
  if (value.is_null()) return {};
  if (m_spec.kind == ParameterKind::matrix) return QString::fromStdString(value.dump());
  if (!value.is_array()) return numberText(value);
  if (m_spec.kind != ParameterKind::grid) return joined(value, QStringLiteral(", "));
  QStringList axes;
  for (const Json& axis : value) axes << joined(axis, QStringLiteral(":"));
  return axes.join(QStringLiteral(", "));
}

void ListEdit::setValue(const Json& value) {
  m_value = value;
  if (!isModified()) showValue();
}

void ListEdit::showValue() {
  const QString now = textOf(m_value);
  if (text() != now) setText(now);
  setModified(false);
  setCursorPosition(0);
  markProblem(this, false);
  setToolTip(now.size() > 24 ? now : QString());
}

Json ListEdit::parsed(QString* problem) const {
  QString plain = text();
  plain.replace(QChar(0x2212), QLatin1Char('-'));
  if (m_spec.kind == ParameterKind::vector)
    plain = plain.replace(QLatin1Char(','), QLatin1Char(' '))
                .simplified()
                .replace(QLatin1Char(' '), QLatin1Char(','));
  else
    plain.remove(QLatin1Char(' '));
  try {
    Json value = parseValue(m_spec, plain.toStdString(), "");
    if (m_spec.kind == ParameterKind::vector && value.size() == 1) value = Json(value[0]);
    *problem = specProblem(m_spec, value);
    return value;
  } catch (const InvalidInput& error) {
    *problem = QString::fromUtf8(error.what());
    return nullptr;
  }
}

bool ListEdit::finish() {
  if (!isModified()) return true;
  if (text().trimmed() == textOf(m_value)) {
    showValue();
    return true;
  }
  QString problem;
  const Json value = parsed(&problem);
  if (!problem.isEmpty()) {
    markProblem(this, true);
    setToolTip(problem);
    tellProblem(this, problem);
    emit refused(problem);
    return false;
  }
  const bool another = value != m_value;
  m_value = value;
  showValue();
  if (another) emit changed(m_value);
  return true;
}

void ListEdit::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (finish()) selectAll();
    return;
  }
  if (event->key() == Qt::Key_Escape && isModified()) {
    showValue();
    return;
  }
  QLineEdit::keyPressEvent(event);
}

void ListEdit::focusOutEvent(QFocusEvent* event) {
  if (event->reason() != Qt::PopupFocusReason && !finish()) showValue();
  QLineEdit::focusOutEvent(event);
}

}  // namespace separatrix
