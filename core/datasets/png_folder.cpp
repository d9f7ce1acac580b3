#include "core/datasets/png_folder.hpp"

#include "core/datasets/png_image.hpp"

#include <algorithm>
#include <charconv>

namespace separatrix {
namespace {

/// One image as a source of its own, so that messages name its file.
DatasetSource imageOf(const DatasetSource& source, const FolderFile& file) {
  return {source.entry, source.path + "/" + file.name, file.bytes};
}

std::string describe(const PngHeader& header) {
  return std::to_string(header.width) + " × " + std::to_string(header.height) +
         (header.colour ? " pixels in colour" : " pixels in grey");
}

/// Of every image.
PngHeader commonHeader(const DatasetSource& source) {
  const std::vector<FolderFile>& files = *source.folder;
  const PngHeader first = pngHeader(imageOf(source, files.front()));
  for (const FolderFile& file : files) {
    const DatasetSource image = imageOf(source, file);
    const PngHeader header = pngHeader(image);
    if (header != first)
      image.refuse("", "has " + describe(header) + ", " + files.front().name + " has " +
                           describe(first) + "; make all images alike");
  }
  if (first.values() > kLargestDatasetValues / static_cast<Index>(files.size()))
    source.refuse("", "has more than " + std::to_string(kLargestDatasetValues) +
                          " numbers, the most that are read; take a part of it");
  return first;
}

std::optional<int> wholeNumber(std::string_view text) {
  int out = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return out;
}

/// The folders that the files are in, in the order of the files, which is that of the folders.
std::vector<std::string> classNames(const std::vector<FolderFile>& files) {
  std::vector<std::string> out;
  for (const FolderFile& file : files) {
    const std::string name = file.name.substr(0, file.name.find('/'));
    if (out.empty() || out.back() != name) out.push_back(name);
  }
  return out;
}

std::vector<int> labelsOf(const std::vector<FolderFile>& files) {
  if (files.front().name.find('/') == std::string::npos) return {};
  const std::vector<std::string> names = classNames(files);
  const bool numbered = std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return wholeNumber(name).has_value();
  });
  std::vector<int> out;
  std::size_t place = 0;
  for (const FolderFile& file : files) {
    const std::string name = file.name.substr(0, file.name.find('/'));
    if (name != names[place]) ++place;
    out.push_back(numbered ? *wholeNumber(name) : static_cast<int>(place));
  }
  return out;
}

Dataset read(const DatasetSource& source) {
  const std::vector<FolderFile>& files = *source.folder;
  const PngHeader header = commonHeader(source);
  // As bytes, until it is known that the images are what their headers say.
  std::vector<std::uint8_t> all;
  for (const FolderFile& file : files) {
    const std::vector<std::uint8_t> pixels = pngPixels(imageOf(source, file));
    all.insert(all.end(), pixels.begin(), pixels.end());
  }
  using Octets = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic>;
  const Eigen::Map<const Octets> points(all.data(), header.values(), std::ssize(files));
  return {points.cast<double>(), labelsOf(files)};
}

}  // namespace

DatasetFormat pngFolderFormat() {
  return {"png-folder", {}, nullptr, read, true};
}

}  // namespace separatrix
