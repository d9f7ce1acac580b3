#pragma once

#include <string_view>
#include <vector>

namespace separatrix {

/// A file of resources/, compiled in by the build.
struct EmbeddedResource {
  std::string_view name;  ///< of JSON: the file's name without its number and ending
  std::string_view text;
};

const std::vector<EmbeddedResource>& embeddedPresets();
const std::vector<EmbeddedResource>& embeddedFigures();
/// The papers' own numbers, with their provenance.
const std::vector<EmbeddedResource>& embeddedPublished();
/// Data and models that come with the program, by their whole names.
const std::vector<EmbeddedResource>& embeddedFiles();

}  // namespace separatrix
