#pragma once

#include "core/datasets/file_loader.hpp"
#include "core/runtime/types.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace separatrix {

/// Most numbers that a data set may have, 1 GiB of them.
inline constexpr Index kLargestDatasetValues = Index{1} << 27;

/// Points and, where the data tell, the class of each.
struct Dataset {
  Mat points;               ///< d × N, one a column
  std::vector<int> labels;  ///< N; empty: the data have none
};

/// A file or folder to read points from, and what messages call it.
struct DatasetSource {
  std::string entry;                                ///< of the scene: "target.path"
  std::string path;                                 ///< absolute
  std::string_view bytes;                           ///< the content of a file
  const std::vector<FolderFile>* folder = nullptr;  ///< that of a folder; null: it is a file

  /// Throws InvalidInput that names entry, file and `place` ("line 3, column 2"), if any.
  [[noreturn]] void refuse(const std::string& place, const std::string& problem) const;
};

/// A way to keep points in a file, as the catalogue lists it.
struct DatasetFormat {
  std::string id;                    ///< "csv": what `format` says
  std::vector<std::string> endings;  ///< ".csv", lower case
  /// The content alone tells that it is this format; null: it never does.
  bool (*recognises)(std::string_view bytes);
  /// d, N ≥ 1, all finite, in the file's order. Throws InvalidInput that says where and what is
  /// wrong and what helps. Allocates no more than in proportion to the bytes that are there,
  /// whatever they say.
  Dataset (*read)(const DatasetSource& source);
  bool ofFolder = false;  ///< it reads folders, and no files
};

}  // namespace separatrix
