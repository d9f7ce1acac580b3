#include "core/datasets/catalog.hpp"

#include "core/datasets/csv.hpp"
#include "core/datasets/npy.hpp"

#include <algorithm>

namespace separatrix {
namespace {

bool endsWith(std::string path, const std::string& ending) {
  for (char& c : path)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return path.ends_with(ending);
}

const DatasetFormat& chosenFormat(const DatasetSource& source, const std::string& id) {
  const std::vector<DatasetFormat>& catalog = datasetCatalog();
  const auto first = [&](const auto& matches) {
    return std::find_if(catalog.begin(), catalog.end(), matches);
  };
  auto found = first([&](const DatasetFormat& format) { return format.id == id; });
  if (found != catalog.end()) return *found;
  if (id != "auto") throw InvalidInput("format", "\"" + id + "\" is not known");
  found = first([&](const DatasetFormat& format) {
    return format.recognises != nullptr && format.recognises(source.bytes);
  });
  if (found != catalog.end()) return *found;
  found = first([&](const DatasetFormat& format) {
    return std::any_of(format.endings.begin(), format.endings.end(),
                       [&](const std::string& ending) { return endsWith(source.path, ending); });
  });
  return found != catalog.end() ? *found : catalog.front();
}

}  // namespace

const std::vector<DatasetFormat>& datasetCatalog() {
  static const std::vector<DatasetFormat> catalog = {
      csvFormat(),
      npyFormat(),
  };
  return catalog;
}

Mat readDataset(const DatasetSource& source, const std::string& format) {
  return chosenFormat(source, format).read(source);
}

void DatasetSource::refuse(const std::string& place, const std::string& problem) const {
  throw InvalidInput(entry, path + (place.empty() ? "" : ", " + place) + ": " + problem);
}

}  // namespace separatrix
