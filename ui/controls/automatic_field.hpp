#pragma once

#include "ui/controls/form_field.hpp"

class QCheckBox;

namespace separatrix {

/// The field of a nullable parameter: a check box "Automatic" for null, and without its mark the
/// control of a value. Taking the mark off offers the last value, or the one to start from.
class AutomaticField : public FormField {
  Q_OBJECT

public:
  AutomaticField(const ParameterSpec& spec, QWidget* parent);

  /// The field that edits values other than null.
  void setInner(FormField* inner);
  void setEntries(const Json& entries) override;

private:
  void choose(bool automatic);
  Json startingEntry() const;

  QCheckBox* m_automatic = nullptr;
  FormField* m_inner = nullptr;
  Json m_lastValue;
};

}  // namespace separatrix
