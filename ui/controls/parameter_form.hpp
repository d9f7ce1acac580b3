#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QWidget>

#include <vector>

class QFormLayout;

namespace separatrix {

class FormField;
class PointTable;

/// A form generated from specs: one row per parameter with label, symbol, unit, tool tip and a
/// control of its kind. A `pointTable` spec takes the `vector` specs that follow it directly as
/// further columns of one table. Several parameters that change together come in one signal.
class ParameterForm : public QWidget {
  Q_OBJECT

public:
  /// Shows the defaults at first.
  explicit ParameterForm(ParameterSpecs specs, QWidget* parent = nullptr);
  ~ParameterForm() override;

  const ParameterSpecs& specs() const { return m_specs; }

  /// Complete once set: what is shown, with edits applied, under the names of the specs.
  const Json& values() const { return m_values; }
  /// Takes the entries that are there (names or aliases; others are ignored), as `validate` leaves
  /// them. Emits nothing; a control that is being dragged or typed in is not disturbed.
  void setValues(const Json& values);

  /// Titles for the choices of `name`, in the order of its spec.
  void setChoiceTitles(const QString& name, const QStringList& titles);
  /// Marks a parameter as wrong, with the reason; `name` may be a path or carry an index
  /// ("target.weights[1]"). An empty message clears the mark.
  void setProblem(const QString& name, const QString& message);
  void clearProblems();

  /// The table of points, nullptr if no spec asks for one.
  PointTable* pointTable() const;
  /// The control of one parameter, nullptr if there is none of that name.
  QWidget* field(const QString& name) const;

  QSize minimumSizeHint() const override;

signals:
  /// Continuously, while a control is moved: the entries that changed, `{name: value}`.
  void edited(const separatrix::Json& changedEntries);
  /// Once at the end of a gesture, after its last `edited`.
  void committed(const separatrix::Json& changedEntries);

protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  void addField(FormField* field);
  void fitRows();
  FormField* fieldOf(const std::string& name) const;

  ParameterSpecs m_specs;
  Json m_values = Json::object();
  QFormLayout* m_rows = nullptr;
  std::vector<FormField*> m_fields;
};

}  // namespace separatrix
