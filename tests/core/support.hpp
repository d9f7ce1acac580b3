#pragma once

#include "core/runtime/errors.hpp"
#include "core/study/analysis.hpp"
#include "core/study/document.hpp"
#include "core/study/problem.hpp"
#include "tests/paths.hpp"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>

// What the tests of the core share: scenes from text, the reference values, and two checks.

namespace separatrix::test {

inline std::string readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// tests/data/theory.json: computed from the definitions at 40 digits, by nobody of this project.
inline const Json& reference() {
  static const Json values = parseJson(readFile(dataPath("theory.json")), "theory");
  return values;
}

/// The scene of one entry of the reference values.
inline Json sceneOfEntry(const Json& entry) {
  Json scene = {{"separatrix", 1}};
  scene["target"] = {{"kind", "gaussian-mixture"},
                     {"means", entry.at("means")},
                     {"weights", entry.at("weights")},
                     {"variance", entry.at("variance")}};
  scene["process"] = entry.at("process");
  scene["potential"] = entry.at("potential");
  return scene;
}

inline ProblemPtr problemOf(const Json& scene) {
  return prepare(sceneFromJson(scene));
}

inline const char* const kVpLinear =
    R"({"kind": "vp-linear", "beta_min": 0.1, "beta_max": 20, "horizon": 1})";
inline const char* const kVeBrownian = R"({"kind": "ve-brownian", "sigma": 1, "horizon": 4})";
inline const char* const kVpConstant = R"({"kind": "vp-constant", "beta": 2, "horizon": 10})";

inline Json sceneOf(const std::string& means, const std::string& weights,
                    const std::string& variances, const std::string& process = kVpLinear,
                    const std::string& potential = "sde") {
  return parseJson(R"({"separatrix": 1, "target": {"kind": "gaussian-mixture", "means": )" + means +
                       R"(, "weights": )" + weights + R"(, "variances": )" + variances +
                       R"(}, "process": )" + process + R"(, "potential": ")" + potential + R"("})",
                   "scene");
}

inline ProblemPtr presetProblem(const std::string& name) {
  const Document document = documentFromJson(findSceneJson(name));
  return prepare(document.scene, {document.files});
}

/// The request of an analysis with some values given, the others their defaults.
inline Request requestOf(const Analysis& analysis, const Json& values = Json::object()) {
  return validate(analysis.parameters, values, "");
}

inline ResultPtr runAnalysis(const std::string& id, const Problem& problem,
                             const Json& values = Json::object()) {
  const Analysis& analysis = findAnalysis(id);
  return analysis.run(problem, requestOf(analysis, values), {});
}

/// Cells that are empty (NaN) where a quantity is infinite or does not exist, as their analysis
/// says.
inline bool mayBeEmpty(const std::string& analysis, const std::string& column) {
  static const std::set<std::string> columns = {
      "susceptibility",  "critical_s",   "weight_entropy",     "participation_ratio",
      "phi_exact",       "f_over_alpha", "f_exact_over_alpha", "f_leading_over_alpha",
      "t_speciation",    "ratio",        "decision_s",         "landau",
      "order_parameter", "split_time",   "same_class"};
  return analysis == "exponents" || analysis == "hopfield" || columns.contains(column);
}

/// The first column with a number that is neither finite nor a cell that may be empty; empty: none.
inline std::string columnNotFinite(const std::string& analysis, const Table& table) {
  for (const Column& column : table.columns) {
    const bool empties = mayBeEmpty(analysis, column.name);
    const auto good = [empties](const auto& values) {
      if constexpr (std::is_floating_point_v<std::decay_t<decltype(values[0])>>)
        return std::all_of(values.begin(), values.end(), [empties](auto number) {
          return std::isfinite(number) || (empties && std::isnan(number));
        });
      else
        return true;
    };
    if (!std::visit(good, column.values)) return column.name;
  }
  return {};
}

/// |actual − expected| ≤ tolerance·max(|expected|, floor); false for what is not finite.
inline bool near(double actual, double expected, double tolerance, double floor = 1e-300) {
  return std::abs(actual - expected) <= tolerance * std::max(std::abs(expected), floor);
}

/// `near`, and says the two numbers where it is not.
inline bool agrees(const std::string& what, double actual, double expected, double tolerance,
                   double floor = 1e-300) {
  const bool good = near(actual, expected, tolerance, floor);
  if (!good)
    qWarning("%s: %.17g, expected %.17g (difference %.3g)", what.c_str(), actual, expected,
             actual - expected);
  return good;
}

/// The message of the InvalidInput that `action` throws; empty if it throws none.
template <class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) qWarning("\"%s\" is not in \"%s\"", part.c_str(), text.c_str());
  return found;
}

/// Random values within the soft ranges of `specs`, for contract tests. Lists and choices keep
/// their defaults.
inline Json randomValues(const ParameterSpecs& specs, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(0, 1);
  Json out = Json::object();
  for (const ParameterSpec& spec : specs) {
    const double low = spec.softMinimum, high = spec.softMaximum, u = uniform(random);
    const double value = spec.logarithmic ? low * std::pow(high / low, u) : low + u * (high - low);
    if (spec.kind == ParameterKind::real) out[spec.name] = value;
    if (spec.kind == ParameterKind::integer) out[spec.name] = std::llround(value);
  }
  return out;
}

inline void writeFile(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) qFatal("cannot write %s", path.c_str());
}

/// The default values of a target's kind; where it needs a file, that is one of five points.
inline ParameterValues defaultsOf(const TargetKind& kind) {
  static const QTemporaryDir folder;
  Json given = Json::object();
  for (const ParameterSpec& spec : kind.parameters)
    if (spec.kind == ParameterKind::file && !spec.nullable) {
      given[spec.name] = folder.filePath("points.csv").toStdString();
      writeFile(given[spec.name].get<std::string>(), "x,y\n-1,0.5\n0.25,0\n1,-1.5\n0.25,0\n0,2\n");
    }
  return validate(kind.parameters, given, "target");
}

inline std::unique_ptr<Target> madeOf(const TargetKind& kind, const ParameterValues& values) {
  FileLoader files;
  return kind.make(values, files);
}

/// A random mixture in R^d for contract tests: 1 to 5 components, every third with a delta.
inline Json randomMixture(Index dimension, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  const int count = 1 + static_cast<int>(seed % 5);
  Json target = {{"kind", "gaussian-mixture"}};
  for (int k = 0; k < count; ++k) {
    Json mean = Json::array();
    for (Index i = 0; i < dimension; ++i) mean.push_back(4 * uniform(random) - 2);
    target["means"].push_back(mean);
    target["weights"].push_back(0.2 + uniform(random));
    target["variances"].push_back(k == 0 && seed % 3 == 0 ? 0.0 : 0.05 + uniform(random));
  }
  return target;
}

}  // namespace separatrix::test
