#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// The labels in the file at `path` (absolute; empty: none) that `entry` of the scene names, in any
/// format of numbers, one whole number a point. Throws InvalidInput where they are none or not as
/// many as the `points`, and what the loader throws.
std::vector<int> loadLabels(FileLoader& files, const std::string& entry, const std::string& path,
                            Index points);
/// Those in the file that is beside the data set at `path` by its format's custom; none if there is
/// no such file.
std::vector<int> loadLabelsBeside(FileLoader& files, const std::string& entry,
                                  const std::string& path, Index points);

/// Which of the points in `among` (ascending) are of one of the classes. Throws InvalidInput for
/// "target.classes" where there are no labels, or no points of one of them.
std::vector<Index> ofClasses(const std::vector<Index>& among, const std::vector<int>& labels,
                             const std::vector<int>& classes);
/// The first `limit` of each class among them; without labels all are of one class.
std::vector<Index> firstOfEachClass(const std::vector<Index>& among, const std::vector<int>& labels,
                                    Index limit);

/// Drops all points but these, in their order.
void keep(Dataset& data, const std::vector<Index>& kept);

}  // namespace separatrix
