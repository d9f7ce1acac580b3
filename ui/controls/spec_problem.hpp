#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QString>

namespace separatrix {

/// Why `value` cannot be a value of `spec`, in the words of `validate` without the entry's name;
/// empty if it can.
QString specProblem(const ParameterSpec& spec, const Json& value);

/// One number of a list parameter, with the list's limits and name.
ParameterSpec elementSpec(const ParameterSpec& list);

/// What a number of `spec` starts from where no default says it: inside its limits, and in the
/// slider's span if that is possible.
double startingValue(const ParameterSpec& spec);

/// The label where there is one, else the name.
QString specTitle(const ParameterSpec& spec);

}  // namespace separatrix
