#include "ui/controls/point_field.hpp"

#include "ui/controls/point_table.hpp"
#include "ui/controls/spec_problem.hpp"

#include <algorithm>

namespace separatrix {
namespace {

ParameterSpecs joined(const ParameterSpec& point, const ParameterSpecs& attributes) {
  ParameterSpecs all{point};
  all.insert(all.end(), attributes.begin(), attributes.end());
  return all;
}

bool isPointList(const Json& value) {
  return value.is_array() && !value.empty() && value[0].is_array() && !value[0].empty();
}

/// Places that a list does not have start from the default.
Vec column(const ParameterSpec& spec, const Json& value, Index count) {
  if (value.is_number()) return Vec::Constant(count, value.get<double>());
  Vec out = Vec::Constant(count, startingValue(elementSpec(spec)));
  if (!value.is_array()) return out;
  const auto given = std::min(count, static_cast<Index>(value.size()));
  for (Index k = 0; k < given; ++k) out[k] = value[static_cast<std::size_t>(k)].get<double>();
  return out;
}

PointRows rowsOf(const ParameterSpecs& specs, const Json& entries) {
  PointRows rows{ParameterValues(entries).points(specs.front().name), {}};
  for (std::size_t a = 1; a < specs.size(); ++a)
    rows.attributes.push_back(column(specs[a], entries.at(specs[a].name), rows.points.cols()));
  return rows;
}

Json pointsJson(const Mat& points) {
  Json out = Json::array();
  for (Index k = 0; k < points.cols(); ++k) {
    Json point = Json::array();
    for (Index i = 0; i < points.rows(); ++i) point.push_back(canonicalNumber(points(i, k)));
    out.push_back(std::move(point));
  }
  return out;
}

Json columnJson(const Vec& values, bool single) {
  if (single && (values.array() == values[0]).all()) return canonicalNumber(values[0]);
  Json out = Json::array();
  for (const double value : values) out.push_back(canonicalNumber(value));
  return out;
}

}  // namespace

PointField::PointField(const ParameterSpec& point, const ParameterSpecs& attributes,
                       QWidget* parent)
    : FormField(joined(point, attributes), parent),
      m_table(new PointTable(point, attributes, this)) {
  addControl(m_table);
  connect(m_table, &PointTable::committed, this, &PointField::report);
}

void PointField::setEntries(const Json& entries) {
  Json mine = Json::object();
  for (const ParameterSpec& each : specs()) mine[each.name] = entries.at(each.name);
  if (mine == m_shown || !isPointList(mine.at(spec().name))) return;
  m_shown = std::move(mine);
  m_table->setRows(rowsOf(specs(), m_shown));
}

void PointField::report() {
  const PointRows& rows = m_table->rows();
  Json now = Json{{spec().name, pointsJson(rows.points)}};
  for (std::size_t a = 1; a < specs().size(); ++a) {
    const std::string& name = specs()[a].name;
    const bool single = m_shown.contains(name) && m_shown.at(name).is_number();
    now[name] = columnJson(rows.attributes[a - 1], single);
  }
  Json changed = Json::object();
  for (const auto& item : now.items())
    if (!m_shown.contains(item.key()) || m_shown.at(item.key()) != item.value())
      changed[item.key()] = item.value();
  m_shown = std::move(now);
  if (!changed.empty()) emitBoth(changed);
}

}  // namespace separatrix
