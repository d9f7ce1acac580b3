#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QComboBox>

namespace separatrix {

/// "euler-maruyama" → "Euler–Maruyama", "cosine_squared" → "Cosine squared": how an id is shown
/// where nothing better is known.
QString choiceTitle(const std::string& id);

/// A combo box for a `choice`: titles for people, ids for documents. The wheel changes nothing
/// without the focus. Only a person's choice emits.
class ChoiceControl : public QComboBox {
  Q_OBJECT

public:
  explicit ChoiceControl(const ParameterSpec& spec, QWidget* parent = nullptr);

  std::string id() const;
  /// Unknown ids are ignored.
  void setId(const std::string& id);
  /// In the order of the spec's choices.
  void setTitles(const QStringList& titles);

signals:
  void chosen(const QString& id);

protected:
  void wheelEvent(QWheelEvent* event) override;
};

}  // namespace separatrix
