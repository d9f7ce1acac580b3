#pragma once

#include "core/datasets/data_file.hpp"
#include "core/study/scene_files.hpp"

namespace separatrix {

enum class Embedding {
  small,  ///< the content of files up to kLargestKeptContent is written into the document
  none,
};

/// The entry `files` of a document, {"path": {size, sha256, data, embedded}}: what it says of the
/// files that `scene` (with absolute paths) names; of other files it may speak too, they are
/// dropped. Throws InvalidInput that names the entry: unknown keys, wrong types, base64 that is
/// none, data that are not those of the size and hash.
std::vector<DataFile> dataFilesFromJson(const Json& files, const Scene& scene,
                                        const std::filesystem::path& folder);

/// The other way, for the files that the scene names, in the scene's order, under their written
/// paths.
Json dataFilesToJson(const std::vector<DataFile>& files, const Scene& scene,
                     const std::function<std::string(const std::string& path)>& written,
                     Embedding embedding);

}  // namespace separatrix
