#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace separatrix {

class ChoiceControl;

/// One row of a form: the control of one parameter, or of several that change together. Values
/// come and go as entries `{name: value}`.
class FormField : public QWidget {
  Q_OBJECT

public:
  explicit FormField(ParameterSpecs specs, QWidget* parent = nullptr);

  ~FormField() override;

  const ParameterSpecs& specs() const { return m_specs; }
  /// Wants the whole width, below its label.
  virtual bool isWide() const { return false; }
  /// Shows the entries of its specs. Emits nothing; what is being dragged or typed in stays.
  virtual void setEntries(const Json& entries) = 0;

  /// The label in front of the row, with symbol and tool tip.
  QLabel* label() const { return m_label; }
  /// The reason why the value is wrong, under the control; empty takes it away.
  void setProblem(const QString& message);

signals:
  void edited(const separatrix::Json& entries);
  void committed(const separatrix::Json& entries);

protected:
  void addControl(QWidget* control);
  void addBelow(QWidget* control);
  const ParameterSpec& spec() const { return m_specs.front(); }
  Json entry(Json value) const { return Json{{spec().name, std::move(value)}}; }
  void emitBoth(const Json& entries);
  void changeEvent(QEvent* event) override;

private:
  void colourProblem();

  ParameterSpecs m_specs;
  QVBoxLayout* m_column = nullptr;
  QLabel* m_label = nullptr;
  QLabel* m_problem = nullptr;
};

/// The field for the kind of `spec`; for a point table, with the vectors `attributes` as columns.
/// `parent` owns it. A nullable parameter gets a check box "Automatic" in front.
FormField* makeFormField(const ParameterSpec& spec, const ParameterSpecs& attributes,
                         QWidget* parent);

/// The field of a `choice`, whose titles can be set.
class ChoiceField : public FormField {
  Q_OBJECT

public:
  ChoiceField(const ParameterSpec& spec, QWidget* parent);

  void setEntries(const Json& entries) override;
  ChoiceControl* control() const { return m_control; }

private:
  ChoiceControl* m_control = nullptr;
};

}  // namespace separatrix
