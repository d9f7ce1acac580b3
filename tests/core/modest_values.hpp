#pragma once

#include "tests/core/support.hpp"

// Valid values that make little work, from the specs alone: tests that iterate the catalogues.

namespace separatrix::test {

inline Json modestValue(const ParameterSpec& spec, const Problem& problem) {
  constexpr int kFew = 20;
  if (spec.name == "time") return 0.2 * problem.process().horizon();
  if (spec.kind == ParameterKind::file && !spec.nullable) return dataPath("points.csv");
  const Json& value = spec.defaultValue;
  if (spec.kind == ParameterKind::integer && spec.minimum <= kFew && value > kFew) return kFew;
  if (!spec.required) return value;
  switch (spec.kind) {
    case ParameterKind::real:
      return 0.5 * (spec.softMinimum + spec.softMaximum);
    case ParameterKind::integer:
      return kFew;
    case ParameterKind::flag:
      return false;
    case ParameterKind::choice:
      return spec.choices.front();
    case ParameterKind::vector:
      return 0.3;
    case ParameterKind::pointTable:
      return {{-1}, {1}};
    case ParameterKind::grid:
      return {{0.1, 0.5, 3}};
    case ParameterKind::matrix:
      return {{0, 1}, {1, 0}};
    case ParameterKind::file:
      break;
  }
  return value;
}

inline Json modestValues(const ParameterSpecs& specs, const Problem& problem) {
  Json out = Json::object();
  for (const ParameterSpec& spec : specs) out[spec.name] = modestValue(spec, problem);
  return out;
}

}  // namespace separatrix::test
