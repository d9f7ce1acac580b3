#include "core/datasets/catalog.hpp"

#include "core/datasets/csv.hpp"
#include "core/datasets/idx.hpp"
#include "core/datasets/npy.hpp"
#include "core/datasets/png_folder.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr std::string_view kGzipMagic = "\x1F\x8B";

bool endsWith(std::string path, const std::string& ending) {
  for (char& c : path)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return path.ends_with(ending);
}

const DatasetFormat& formatOf(const DatasetSource& source) {
  const std::vector<DatasetFormat>& catalog = datasetCatalog();
  const auto first = [&](const auto& matches) {
    return std::find_if(catalog.begin(), catalog.end(), matches);
  };
  if (source.folder != nullptr)
    return *first([](const DatasetFormat& format) { return format.ofFolder; });
  auto found = first([&](const DatasetFormat& format) {
    return format.recognises != nullptr && format.recognises(source.bytes);
  });
  if (found != catalog.end()) return *found;
  found = first([&](const DatasetFormat& format) {
    return std::any_of(format.endings.begin(), format.endings.end(),
                       [&](const std::string& ending) { return endsWith(source.path, ending); });
  });
  return found != catalog.end() ? *found : catalog.front();
}

const DatasetFormat& chosenFormat(const DatasetSource& source, const std::string& id) {
  if (id == "auto") return formatOf(source);
  for (const DatasetFormat& format : datasetCatalog()) {
    if (format.id != id) continue;
    if (format.ofFolder && source.folder == nullptr)
      source.refuse("", "is a file; " + id + " is the format of a folder");
    if (!format.ofFolder && source.folder != nullptr)
      source.refuse("", "is a folder; " + id + " is the format of a file");
    return format;
  }
  throw InvalidInput("format", "\"" + id + "\" is not known");
}

}  // namespace

const std::vector<DatasetFormat>& datasetCatalog() {
  static const std::vector<DatasetFormat> catalog = {
      csvFormat(),
      npyFormat(),
      idxFormat(),
      pngFolderFormat(),
  };
  return catalog;
}

Dataset readDataset(const DatasetSource& source, const std::string& format) {
  const DatasetFormat& chosen = chosenFormat(source, format);
  if (source.bytes.starts_with(kGzipMagic))
    source.refuse("", "is compressed; unpack it first (gunzip)");
  return chosen.read(source);
}

Dataset loadDataset(FileLoader& files, const std::string& entry, const std::string& path,
                    const std::string& format) {
  if (files.isFolder(path)) {
    const std::vector<FolderFile> images = files.loadFolder(entry, path, ".png");
    return readDataset({entry, path, {}, &images}, format);
  }
  const std::string bytes = files.load(entry, path);
  return readDataset({entry, path, bytes}, format);
}

void DatasetSource::refuse(const std::string& place, const std::string& problem) const {
  throw InvalidInput(entry, path + (place.empty() ? "" : ", " + place) + ": " + problem);
}

}  // namespace separatrix
