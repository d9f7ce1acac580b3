#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// All formats that points are read from. The first is the one for files that nothing tells of.
const std::vector<DatasetFormat>& datasetCatalog();

/// The points of a file or folder in the format of that id; "auto": by content, else by ending,
/// else the first; of a folder the one for folders. Throws InvalidInput as the format does, for an
/// unknown id, a format that is not for this, and a compressed file.
Dataset readDataset(const DatasetSource& source, const std::string& format);

/// The same, loaded from `path` (absolute) that `entry` of the scene names. Throws what the loader
/// throws too.
Dataset loadDataset(FileLoader& files, const std::string& entry, const std::string& path,
                    const std::string& format);

}  // namespace separatrix
