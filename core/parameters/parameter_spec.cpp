#include "core/parameters/parameter_spec.hpp"

#include "core/parameters/grid_axis.hpp"

namespace separatrix {

ParameterSpec ParameterSpec::of(ParameterKind kind, std::string name, Json value) {
  ParameterSpec spec;
  spec.kind = kind;
  spec.name = std::move(name);
  spec.defaultValue = std::move(value);
  return spec;
}

ParameterSpec ParameterSpec::real(std::string name, double value) {
  return of(ParameterKind::real, std::move(name), canonicalNumber(value));
}

ParameterSpec ParameterSpec::integer(std::string name, std::int64_t value) {
  return of(ParameterKind::integer, std::move(name), value);
}

ParameterSpec ParameterSpec::choice(std::string name, std::vector<std::string> choices) {
  ParameterSpec spec = of(ParameterKind::choice, std::move(name), choices.front());
  spec.choices = std::move(choices);
  return spec;
}

ParameterSpec ParameterSpec::matrix(std::string name, Json value, std::vector<std::string> names) {
  ParameterSpec spec = of(ParameterKind::matrix, std::move(name), std::move(value));
  spec.choices = std::move(names);
  return spec;
}

ParameterSpec& ParameterSpec::labelled(std::string text, std::string letter, std::string sentence) {
  label = std::move(text);
  symbol = std::move(letter);
  help = std::move(sentence);
  return *this;
}

ParameterSpec& ParameterSpec::within(double low, double high) {
  minimum = low;
  maximum = high;
  return *this;
}

ParameterSpec& ParameterSpec::above(double low, double high) {
  aboveMinimum = true;
  return within(low, high);
}

ParameterSpec& ParameterSpec::slider(double low, double high, bool logScale) {
  softMinimum = low;
  softMaximum = high;
  logarithmic = logScale;
  return *this;
}

ParameterSpec& ParameterSpec::also(std::string otherName) {
  alias = std::move(otherName);
  return *this;
}

ParameterSpec& ParameterSpec::orNull() {
  nullable = true;
  return *this;
}

ParameterSpec& ParameterSpec::needed() {
  required = true;
  return *this;
}

ParameterSpec& ParameterSpec::orFolder() {
  folder = true;
  return *this;
}

ParameterValues::ParameterValues() : ParameterValues(Json::object()) {}

ParameterValues::ParameterValues(Json object)
    : m_values(std::make_shared<const Json>(std::move(object))) {}

bool ParameterValues::isNull(const std::string& name) const {
  return json().at(name).is_null();
}

double ParameterValues::real(const std::string& name) const {
  return json().at(name).get<double>();
}

Index ParameterValues::integer(const std::string& name) const {
  return json().at(name).get<Index>();
}

bool ParameterValues::flag(const std::string& name) const {
  return json().at(name).get<bool>();
}

std::string ParameterValues::text(const std::string& name) const {
  return json().at(name).get<std::string>();
}

bool ParameterValues::operator==(const ParameterValues& other) const {
  return m_values == other.m_values || json() == other.json();
}

Vec ParameterValues::vector(const std::string& name, Index size) const {
  const Json& value = json().at(name);
  if (value.is_number()) return Vec::Constant(size, value.get<double>());
  Vec out(static_cast<Index>(value.size()));
  for (Index i = 0; i < out.size(); ++i) out[i] = value[static_cast<std::size_t>(i)].get<double>();
  return out;
}

Mat ParameterValues::points(const std::string& name) const {
  const Json& rows = json().at(name);
  Mat out(static_cast<Index>(rows.at(0).size()), static_cast<Index>(rows.size()));
  for (Index k = 0; k < out.cols(); ++k)
    for (Index i = 0; i < out.rows(); ++i)
      out(i, k) = rows[static_cast<std::size_t>(k)][static_cast<std::size_t>(i)].get<double>();
  return out;
}

std::vector<GridAxis> gridAxes(const ParameterValues& values, const std::string& name) {
  std::vector<GridAxis> axes;
  for (const Json& axis : values.json().at(name))
    axes.push_back({axis[0].get<double>(), axis[1].get<double>(), axis[2].get<Index>()});
  return axes;
}

Json gridJson(const std::vector<GridAxis>& axes) {
  Json out = Json::array();
  for (const GridAxis& axis : axes)
    out.push_back(Json::array({canonicalNumber(axis.from), canonicalNumber(axis.to), axis.count}));
  return out;
}

const ParameterSpec* findSpec(const ParameterSpecs& specs, const std::string& nameOrAlias) {
  for (const ParameterSpec& spec : specs)
    if (spec.name == nameOrAlias || (!spec.alias.empty() && spec.alias == nameOrAlias))
      return &spec;
  return nullptr;
}

}  // namespace separatrix
