#pragma once

#include "core/parameters/parameter_spec.hpp"
#include "core/processes/forward_process.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// A noise schedule that a scene can name.
struct ProcessKind {
  std::string id, title, source;
  ParameterSpecs parameters;
  std::function<std::unique_ptr<ForwardProcess>(const ParameterValues&)> make;
};

/// The `horizon` entry that every schedule has.
ParameterSpec horizonSpec(double value);

}  // namespace separatrix
