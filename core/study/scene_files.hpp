#pragma once

#include "core/study/scene.hpp"

#include <functional>
#include <vector>

namespace separatrix {

/// A file that an entry of a scene names.
struct FileReference {
  std::string entry;  ///< "target.path"
  std::string path;   ///< empty: none chosen yet
};

/// The files that a scene names, without those not chosen yet and those that come with the program,
/// each with the labels that may be
/// beside it.
std::vector<FileReference> fileReferences(const Scene& scene);

/// The scene with other paths.
Scene withPaths(const Scene& scene, const std::function<std::string(const FileReference&)>& change);

/// Some kind of the section ("target") has an entry of that name that is a file.
bool isFileEntry(const std::string& section, const std::string& key);

/// The path as scenes hold it in memory: absolute, lexically normal, without a slash at its end; a
/// relative one is meant from
/// `folder`, empty: the current directory. An empty path, and that of a file that comes with the
/// program, stay as they are. Throws InvalidInput for a
/// path that is not UTF-8, which no document could hold, or too long.
std::string absolutePath(const FileReference& file, const std::filesystem::path& folder);

enum class FilePaths {
  relative,   ///< to the document's folder, also upwards with "../"
  contained,  ///< the same inside the folder, else the file's name alone: tells nothing of the disk
};

/// An absolute path as a document in `folder` (empty: the current directory) writes it.
std::string writtenPath(const std::string& path, const std::filesystem::path& folder,
                        FilePaths style);

}  // namespace separatrix
