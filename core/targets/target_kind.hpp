#pragma once

#include "core/parameters/parameter_spec.hpp"
#include "core/targets/target.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// A data distribution that a scene can name. `make` throws InvalidInput with the entry's full
/// name ("target.weights") where the values do not go together.
struct TargetKind {
  std::string id, title, source;
  ParameterSpecs parameters;
  std::function<std::unique_ptr<Target>(const ParameterValues&)> make;
};

}  // namespace separatrix
