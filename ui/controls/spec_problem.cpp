#include "ui/controls/spec_problem.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {

QString specProblem(const ParameterSpec& spec, const Json& value) {
  ParameterSpec nameless = spec;
  nameless.name.clear();
  nameless.alias.clear();
  const bool real = value.is_number_float();
  const Json checked = real ? canonicalNumber(value.get<double>()) : value;
  try {
    validate({nameless}, Json{{"", checked}}, "");
  } catch (const InvalidInput& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

ParameterSpec elementSpec(const ParameterSpec& list) {
  ParameterSpec spec = list;
  spec.kind = ParameterKind::real;
  spec.alias.clear();
  spec.nullable = false;
  if (list.defaultValue.is_array() && !list.defaultValue.empty())
    spec.defaultValue = list.defaultValue[0];
  if (!spec.defaultValue.is_number()) spec.defaultValue = nullptr;
  return spec;
}

double startingValue(const ParameterSpec& spec) {
  if (spec.defaultValue.is_number()) return spec.defaultValue.get<double>();
  const double middle = 0.5 * (spec.softMinimum + spec.softMaximum);
  const bool integral = spec.kind == ParameterKind::integer;
  for (const double value :
       {integral ? static_cast<double>(static_cast<std::int64_t>(middle)) : middle,
        spec.softMaximum, 0.0, 1.0, spec.minimum, spec.maximum})
    if (specProblem(spec, value).isEmpty()) return value;
  return 0;
}

QString specTitle(const ParameterSpec& spec) {
  return QString::fromStdString(spec.label.empty() ? spec.name : spec.label);
}

}  // namespace separatrix
