#pragma once

#include "ui/controls/form_field.hpp"

namespace separatrix {

class PointTable;

/// The field of a `pointTable` and of the vectors that are its further columns. Such a vector stays
/// a single number where it was one and every row agrees.
class PointField : public FormField {
  Q_OBJECT

public:
  PointField(const ParameterSpec& point, const ParameterSpecs& attributes, QWidget* parent);

  bool isWide() const override { return true; }
  void setEntries(const Json& entries) override;
  PointTable* table() const { return m_table; }

private:
  void report();

  Json m_shown = Json::object();
  PointTable* m_table = nullptr;
};

}  // namespace separatrix
