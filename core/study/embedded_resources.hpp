#pragma once

#include <string_view>
#include <vector>

namespace separatrix {

/// A JSON file of resources/, compiled in by the build.
struct EmbeddedResource {
  std::string_view name;  ///< file name without its number and ending
  std::string_view text;
};

const std::vector<EmbeddedResource>& embeddedPresets();
const std::vector<EmbeddedResource>& embeddedFigures();
/// The papers' own numbers, with their provenance.
const std::vector<EmbeddedResource>& embeddedPublished();

}  // namespace separatrix
