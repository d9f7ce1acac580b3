#pragma once

#include "core/runtime/run_control.hpp"
#include "core/study/problem.hpp"
#include "core/study/table.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace separatrix {

/// What an analysis found, immutable. Views draw its own members; everyone else reads its table.
class Result {
public:
  virtual ~Result();
  virtual Table table() const = 0;
  /// For results that are one record and no table.
  virtual std::optional<Json> record() const;
  /// What a person must know before trusting it, one sentence; empty: nothing.
  virtual std::string remark() const;
  /// For results that are written to .npy as something else than their table.
  virtual std::optional<NumericArray> array() const;
};

using ResultPtr = std::shared_ptr<const Result>;

/// Valid, complete values of an analysis' parameters: times, grids and ranges.
using Request = ParameterValues;

/// Takes the parts of a result, in their order.
using ResultConsumer = std::function<void(const Result& part)>;

enum class Cost {
  interactive,  ///< follows a slider
  extended,     ///< shows progress, can be cancelled, gives way to the interactive
};

/// One computation on a problem, as the catalogue lists it. `run` is pure: equal inputs, equal
/// results. It throws InvalidInput for requests that do not fit the problem (out of range, wrong
/// dimension) and Cancelled; numerical outcomes are part of the result.
struct Analysis {
  std::string id;  ///< the command's name
  std::string title;
  std::string source;
  Cost cost = Cost::interactive;
  bool usesPotential = true;  ///< depends on the scene's `potential`; all use target and process
  bool usesEnsemble = false;  ///< depends on the scene's `ensemble`, so options override it
  ParameterSpecs parameters;
  std::function<ResultPtr(const Problem&, const Request&, const RunControl&)> run;
  /// For results that may be larger than memory: the same in parts, each a result whose table
  /// continues that of the one before. Null for others.
  std::function<void(const Problem&, const Request&, const RunControl&, const ResultConsumer&)>
      runInParts = nullptr;
};

/// All analyses, in the order they are offered; the commands of the command line.
const std::vector<Analysis>& analysisCatalog();

/// Throws InvalidInput for an unknown id.
const Analysis& findAnalysis(const std::string& id);

/// Text that is equal for equal inputs of an analysis, loaded data included: results with the same
/// key are the same.
std::string inputsKey(const Analysis& analysis, const Problem& problem, const Request& request);

/// The `time` parameter, in diffusion time.
ParameterSpec timeSpec();

/// Throws Failure that says both dimensions if the analysis needs another one.
void requireDimension(const Problem& problem, Index dimension, const std::string& what);

/// Throws Failure that says both numbers if the target has more than `most` components.
void requireFewComponents(const Problem& problem, Index most, const std::string& what);

}  // namespace separatrix
