#pragma once

#include "core/datasets/data_file.hpp"
#include "core/runtime/errors.hpp"

namespace separatrix {

/// A file that a scene names is not there and its document does not hold the data.
class MissingFile : public InvalidInput {
public:
  /// `entry` is that of the scene ("target.path"), `path` where the file was looked for.
  MissingFile(const std::string& entry, const std::string& path);

  const std::string& path() const { return m_path; }

private:
  std::string m_path;
};

/// A file in a folder of data.
struct FolderFile {
  std::string name;  ///< from the folder: "7/one.png"
  std::string bytes;
};

/// Loads the data files of one scene, and reconciles them with what its document says of them.
class FileLoader {
public:
  explicit FileLoader(Resources known = {}) : m_known(std::move(known)) {}

  /// The bytes of the file at `path` (absolute) that `entry` of the scene names. Where the file is
  /// missing, unreadable or another than the document says, the content that the document holds
  /// is taken instead, and where it holds none, the file as it is now: both with a remark. A file
  /// that comes with the program (isBuiltin) is always there, and no document speaks of it.
  /// Throws MissingFile where there is neither, InvalidInput for an empty path, for a file
  /// larger than 1 GiB, and where none of that name comes with the program.
  std::string load(const std::string& entry, const std::string& path);
  /// The same of a file that may be missing: none if it is, with a remark if the document speaks of
  /// it.
  std::optional<std::string> loadIfThere(const std::string& entry, const std::string& path);

  /// There is a folder at `path`, and the document does not hold the content of a file there.
  bool isFolder(const std::string& path) const;
  /// The files in the folder whose names end with `ending` (lower case; theirs may be upper case),
  /// in the order of their names by bytes; or, if it has none, those of the folders in it. Hidden
  /// ones are left out. A folder that has changed is used as it is now, with a remark. Throws
  /// MissingFile where there is no such folder, InvalidInput where it has no such files, has them
  /// beside folders that have some too, where one cannot be read, or all are larger than 1 GiB.
  std::vector<FolderFile> loadFolder(const std::string& entry, const std::string& path,
                                     const std::string& ending);

  /// What was really loaded, in the order it was asked for.
  const std::vector<DataFile>& files() const { return m_files; }
  /// What a person must know of it, one sentence each.
  const std::vector<std::string>& remarks() const { return m_remarks; }

private:
  const DataFile* known(const std::string& path) const;
  void record(const std::string& entry, DataFile now);

  Resources m_known;
  std::vector<DataFile> m_files;
  std::vector<std::string> m_remarks;
};

}  // namespace separatrix
