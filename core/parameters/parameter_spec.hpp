#pragma once

#include "core/parameters/json.hpp"
#include "core/runtime/types.hpp"

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace separatrix {

enum class ParameterKind {
  real,        ///< a finite number
  integer,     ///< a whole number, at most 2⁵³
  choice,      ///< one of `choices`
  flag,        ///< true or false
  vector,      ///< a list of finite numbers; one number stands for that number in every place
  pointTable,  ///< a list of points of one dimension: [[x0, x1], …]
  matrix,      ///< a square matrix [[…], …], or {name: number} with a name of `choices` for one
               ///< that a number makes
  grid,  ///< one or more axes, each lo, hi and a count: [[lo, hi, n], …]; text "lo:hi:n,…"
  file,  ///< the path of a file, or of a folder if `folder`; empty: none
};

/// One parameter of a target, process, analysis or ensemble: everything that validation, JSON,
/// `--set`, command-line options and generated forms need to know of it.
struct ParameterSpec {
  std::string name;  ///< as in the scene file, snake_case
  ParameterKind kind = ParameterKind::real;
  std::string label;   ///< in forms: "Signal rate"
  std::string symbol;  ///< as in the papers: "β_min"
  std::string unit;    ///< empty where dimensionless
  std::string help;    ///< one sentence
  Json defaultValue;   ///< null: none, see `required` and `nullable`
  bool required = false;
  bool nullable = false;  ///< null is a value of its own ("automatic")
  double minimum = -std::numeric_limits<double>::infinity();  ///< hard limits, inclusive,
  double maximum = std::numeric_limits<double>::infinity();   ///< for numbers and their lists
  bool aboveMinimum = false;                                  ///< the minimum itself is excluded
  double softMinimum = 0;                                     ///< what a slider spans
  double softMaximum = 1;
  bool logarithmic = false;  ///< slider scale
  std::vector<std::string> choices;
  bool folder = false;  ///< a file may be a folder too
  std::string alias;    ///< another accepted name for the same entry ("variance" for "variances")

  static ParameterSpec real(std::string name, double value);
  static ParameterSpec integer(std::string name, std::int64_t value);
  static ParameterSpec choice(std::string name, std::vector<std::string> choices);
  static ParameterSpec matrix(std::string name, Json value, std::vector<std::string> names);
  static ParameterSpec of(ParameterKind kind, std::string name, Json value = nullptr);

  ParameterSpec& labelled(std::string text, std::string letter, std::string sentence);
  ParameterSpec& within(double low, double high);
  ParameterSpec& above(double low, double high = std::numeric_limits<double>::infinity());
  ParameterSpec& slider(double low, double high, bool logScale = false);
  ParameterSpec& also(std::string otherName);
  ParameterSpec& orNull();
  ParameterSpec& needed();
  ParameterSpec& orFolder();
};

using ParameterSpecs = std::vector<ParameterSpec>;

/// Values that have passed `validate`: complete, in the order of their specs, canonical numbers.
/// Immutable; copies share them.
class ParameterValues {
public:
  ParameterValues();
  explicit ParameterValues(Json object);

  const Json& json() const { return *m_values; }
  bool isNull(const std::string& name) const;
  double real(const std::string& name) const;
  Index integer(const std::string& name) const;
  bool flag(const std::string& name) const;
  std::string text(const std::string& name) const;
  /// A `vector`; a single number is repeated `size` times.
  Vec vector(const std::string& name, Index size) const;
  /// A `pointTable` as d × K: one point a column. A `matrix` as its transpose.
  Mat points(const std::string& name) const;

  bool operator==(const ParameterValues& other) const;

private:
  std::shared_ptr<const Json> m_values;
};

/// Checks `object` against `specs` and completes it with defaults. `path` ("target") starts the
/// names in messages; entries in `ignored` ("kind") are left out. Throws InvalidInput that names
/// the entry, its value and what it may be: unknown key, wrong type, not finite, out of range,
/// missing.
ParameterValues validate(const ParameterSpecs& specs, const Json& object, const std::string& path,
                         const std::vector<std::string>& ignored = {});

/// One value from text as a person types it: "0.3", "true", "reverse", "-3:3:101,-3:3:101",
/// "0.1,0.2" for a vector. Throws InvalidInput under the name `entry`.
Json parseValue(const ParameterSpec& spec, const std::string& text, const std::string& entry);

const ParameterSpec* findSpec(const ParameterSpecs& specs, const std::string& nameOrAlias);

}  // namespace separatrix
