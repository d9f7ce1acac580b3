#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QLineEdit>

namespace separatrix {

/// A line of text for a `vector` ("1, 2, 3", or one number for every place), a `grid` ("lo:hi:n",
/// axes separated by commas) or a `matrix` (JSON). Text that is no value is tinted; Return leaves
/// it to be corrected, Escape and leaving the field bring back the value.
class ListEdit : public QLineEdit {
  Q_OBJECT

public:
  explicit ListEdit(const ParameterSpec& spec, QWidget* parent = nullptr);

  const Json& value() const { return m_value; }
  /// Emits nothing; a text that is being typed stays.
  void setValue(const Json& value);

  bool isActive() const { return isModified(); }

signals:
  /// Typing is finished and the value is another one.
  void changed(const separatrix::Json& value);
  void refused(const QString& message);

protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

private:
  QString textOf(const Json& value) const;
  Json parsed(QString* problem) const;
  void showValue();
  bool finish();

  ParameterSpec m_spec;
  Json m_value;
};

}  // namespace separatrix
