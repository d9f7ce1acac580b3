#pragma once

#include "core/datasets/file_loader.hpp"
#include "core/parameters/parameter_spec.hpp"
#include "core/targets/target.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// A data distribution that a scene can name. `make` reads the files that the values name through
/// the loader, and no others. It throws InvalidInput with the entry's full name ("target.weights")
/// where the values do not go together, and what the loader throws.
struct TargetKind {
  std::string id, title, source;
  ParameterSpecs parameters;
  std::function<std::unique_ptr<Target>(const ParameterValues&, FileLoader&)> make;
};

}  // namespace separatrix
