#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// All formats that points are read from. The first is the one for files that nothing tells of.
const std::vector<DatasetFormat>& datasetCatalog();

/// The points of a file, d × N, in the format of that id; "auto": by content, else by ending, else
/// the first. Throws InvalidInput as the format does, and for an unknown id.
Mat readDataset(const DatasetSource& source, const std::string& format);

}  // namespace separatrix
