#pragma once

#include "core/parameters/parameter_spec.hpp"
#include "tests/paths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

// The values of a parameter at which programs break, from its spec alone.

namespace separatrix::test {

/// The least and largest value that the spec allows; ±10³⁰⁸ where it sets no limit.
struct NumberRange {
  double low, high;
};

inline NumberRange allowedRange(const ParameterSpec& spec) {
  NumberRange out{-1e308, 1e308};
  if (std::isfinite(spec.minimum)) out.low = spec.minimum;
  if (std::isfinite(spec.maximum)) out.high = spec.maximum;
  if (!spec.aboveMinimum) return out;
  out.low = spec.kind == ParameterKind::integer ? std::floor(out.low) + 1
                                                : std::nextafter(out.low, out.high);
  return out;
}

inline std::vector<double> extremeNumbers(const ParameterSpec& spec) {
  const NumberRange allowed = allowedRange(spec);
  std::vector<double> out = {allowed.low, allowed.high, 0, 1e308, -1e308};
  out.push_back(std::numeric_limits<double>::denorm_min());
  return out;
}

inline std::vector<Json> extremePointTables(const ParameterSpec& spec) {
  const auto [low, high] = allowedRange(spec);
  const double tiny = std::numeric_limits<double>::denorm_min();
  std::vector<Json> out;
  for (const double value : extremeNumbers(spec)) out.push_back({{value}});
  out.push_back({{low}, {high}});
  out.push_back({{0}, {tiny}});
  out.push_back({{1}, {1}, {1}});
  out.push_back({{low, high}, {high, 0}});
  out.push_back({{1, 0, 0}, {0, 1, 0}, {0, 0, high}});
  return out;
}

inline std::vector<Json> extremeGrids(const ParameterSpec& spec) {
  const auto [low, high] = allowedRange(spec);
  const double tiny = std::numeric_limits<double>::denorm_min();
  const auto axis = [](double from, double to, double count) {
    return Json::array({from, to, canonicalNumber(count)});
  };
  std::vector<Json> out;
  for (const Json& one : {axis(low, high, 3), axis(high, low, 2), axis(0, 0, 1), axis(0, tiny, 3),
                          axis(-1e308, 1e308, 2), axis(1e308, 1e308, 1), axis(0, 1, 16'777'216),
                          axis(0, 1, 1e308), axis(0.1, 0.2, 0), axis(0.1, 0.2, 16'777'216)})
    out.push_back(Json::array({one}));
  out.push_back(Json::array({axis(low, high, 3), axis(low, high, 3)}));
  out.push_back(Json::array({axis(0, 1, 4096), axis(0, 1, 4096)}));
  return out;
}

/// Its limits, 0, ±10³⁰⁸, the least positive number, its default, every choice, null where that is
/// a value; for lists and tables these in their places. Some are not valid: they must be refused.
inline std::vector<Json> extremeValues(const ParameterSpec& spec) {
  std::vector<Json> out;
  switch (spec.kind) {
    case ParameterKind::real:
    case ParameterKind::integer:
      for (const double value : extremeNumbers(spec)) out.push_back(canonicalNumber(value));
      break;
    case ParameterKind::choice:
      out.assign(spec.choices.begin(), spec.choices.end());
      out.push_back("no such choice");
      break;
    case ParameterKind::flag:
      out = {true, false};
      break;
    case ParameterKind::vector: {
      const auto [low, high] = allowedRange(spec);
      for (const double value : extremeNumbers(spec)) out.push_back(canonicalNumber(value));
      out.push_back({low, high});
      out.push_back({high, low});
      break;
    }
    case ParameterKind::pointTable:
      out = extremePointTables(spec);
      break;
    case ParameterKind::grid:
      out = extremeGrids(spec);
      break;
    case ParameterKind::matrix:
      for (const double value : extremeNumbers(spec)) {
        const Json number = canonicalNumber(value);
        for (const std::string& name : spec.choices) out.push_back({{name, number}});
        out.push_back(Json::array({Json::array({0, number}), Json::array({number, 0})}));
      }
      out.push_back(Json::array({Json::array({1, 2})}));
      break;
    case ParameterKind::file:
      out = {"",          "/nowhere/points.csv",   ".",
             "/dev/null", std::string(10000, 'x'), dataPath("points.csv")};
      break;
  }
  if (spec.nullable || !spec.defaultValue.is_null()) out.push_back(spec.defaultValue);
  std::vector<Json> distinct;
  for (const Json& value : out)
    if (std::find(distinct.begin(), distinct.end(), value) == distinct.end())
      distinct.push_back(value);
  return distinct;
}

}  // namespace separatrix::test
