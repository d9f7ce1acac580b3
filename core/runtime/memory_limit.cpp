#include "core/runtime/memory_limit.hpp"

#include "core/runtime/errors.hpp"

#include <cmath>

namespace separatrix {
namespace {

std::string gigabytes(double bytes) {
  return std::to_string(static_cast<long long>(std::ceil(bytes / 1e9))) + " GB";
}

}  // namespace

void requireMemory(const std::string& entry, double bytes, const std::string& what,
                   const std::string& remedy) {
  if (bytes <= kLargestResultBytes) return;
  throw InvalidInput(entry, what + " would take " + gigabytes(bytes) + ", and " +
                                gigabytes(kLargestResultBytes) + " are the limit; " + remedy);
}

}  // namespace separatrix
