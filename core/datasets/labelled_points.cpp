#include "core/datasets/labelled_points.hpp"

#include "core/datasets/catalog.hpp"
#include "core/datasets/idx.hpp"
#include "core/parameters/json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace separatrix {
namespace {

std::vector<int> labelsFrom(const DatasetSource& source, Index points) {
  const Mat numbers = readDataset(source, "auto").points;
  if (numbers.rows() != 1)
    source.refuse(
        "", "has " + std::to_string(numbers.rows()) + " numbers for each point; labels are one");
  if (numbers.cols() != points)
    source.refuse("", "has " + std::to_string(numbers.cols()) + " labels for " +
                          std::to_string(points) + " points; give one for each");
  std::vector<int> out;
  for (const double value : numbers.reshaped()) {
    const bool whole =
        value == std::trunc(value) && std::abs(value) <= std::numeric_limits<int>::max();
    if (!whole)
      source.refuse("label " + std::to_string(out.size() + 1),
                    numberText(value) +
                        " is not a whole number below 2^31; number the "
                        "classes");
    out.push_back(static_cast<int>(value));
  }
  return out;
}

std::string listed(const std::set<int>& labels) {
  constexpr std::size_t kMostShown = 20;
  std::string out;
  std::size_t count = 0;
  for (const int label : labels) {
    if (count++ == kMostShown) return out + ", …";
    out += (out.empty() ? "" : ", ") + std::to_string(label);
  }
  return out;
}

}  // namespace

std::vector<int> loadLabels(FileLoader& files, const std::string& entry, const std::string& path,
                            Index points) {
  if (path.empty()) return {};
  const std::string bytes = files.load(entry, path);
  return labelsFrom({entry, path, bytes}, points);
}

std::vector<int> loadLabelsBeside(FileLoader& files, const std::string& entry,
                                  const std::string& path, Index points) {
  const std::optional<std::string> beside = idxLabelsPath(path);
  if (!beside) return {};
  const std::optional<std::string> bytes = files.loadIfThere(entry, *beside);
  return bytes ? labelsFrom({entry, *beside, *bytes}, points) : std::vector<int>();
}

std::vector<Index> ofClasses(const std::vector<Index>& among, const std::vector<int>& labels,
                             const std::vector<int>& classes) {
  const std::string entry = "target.classes";
  if (labels.empty())
    throw InvalidInput(entry, "the data have no labels; name a file of them with target.labels");
  const std::set<int> present(labels.begin(), labels.end());
  for (const int wanted : classes)
    if (!present.contains(wanted))
      throw InvalidInput(entry, "there are no points of class " + std::to_string(wanted) +
                                    "; there are those of " + listed(present));
  const std::set<int> chosen(classes.begin(), classes.end());
  std::vector<Index> out;
  for (const Index k : among)
    if (chosen.contains(labels[static_cast<std::size_t>(k)])) out.push_back(k);
  return out;
}

std::vector<Index> firstOfEachClass(const std::vector<Index>& among, const std::vector<int>& labels,
                                    Index limit) {
  std::map<int, Index> taken;
  std::vector<Index> out;
  for (const Index k : among) {
    const int label = labels.empty() ? 0 : labels[static_cast<std::size_t>(k)];
    if (taken[label]++ < limit) out.push_back(k);
  }
  return out;
}

void keep(Dataset& data, const std::vector<Index>& kept) {
  if (std::ssize(kept) == data.points.cols()) return;
  Mat points(data.points.rows(), std::ssize(kept));
  std::vector<int> labels;
  for (std::size_t k = 0; k < kept.size(); ++k) {
    points.col(static_cast<Index>(k)) = data.points.col(kept[k]);
    if (!data.labels.empty()) labels.push_back(data.labels[static_cast<std::size_t>(kept[k])]);
  }
  data = {std::move(points), std::move(labels)};
}

}  // namespace separatrix
