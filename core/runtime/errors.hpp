#pragma once

#include <stdexcept>
#include <string>

namespace separatrix {

/// Invalid input, found before any computation. `what()` names the entry, its value and the remedy
/// in one line. The command line answers it with exit code 2.
class InvalidInput : public std::runtime_error {
public:
  InvalidInput(std::string entry, const std::string& problem)
      : std::runtime_error(entry.empty() ? problem : entry + ": " + problem),
        m_entry(std::move(entry)) {}

  /// Path of the entry at fault, as in "target.weights[1]"; empty if the whole input is.
  const std::string& entry() const { return m_entry; }

private:
  std::string m_entry;
};

/// A valid request that could not be carried out (no result, or it could not be written).
/// The command line answers it with exit code 1.
class Failure : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

}  // namespace separatrix
