#include "core/study/document_files.hpp"

#include "core/datasets/encoding.hpp"
#include "core/runtime/errors.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr std::uint64_t kLargestSize = std::uint64_t{1} << 53;

const Json& member(const Json& object, const char* key, const std::string& entry) {
  if (!object.contains(key)) throw InvalidInput(entry + "." + key, "missing");
  return object.at(key);
}

std::uint64_t sizeFromJson(const Json& value, const std::string& entry) {
  const bool whole = value.is_number_integer() && value >= 0 && value <= kLargestSize;
  if (!whole) throw InvalidInput(entry, shown(value) + " is not a number of bytes");
  return value.get<std::uint64_t>();
}

std::string hashFromJson(const Json& value, const std::string& entry) {
  constexpr std::size_t kDigits = 64;
  const std::string text = value.is_string() ? value.get<std::string>() : std::string();
  const bool valid =
      text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!valid) throw InvalidInput(entry, shown(value) + " is not a SHA-256 in hexadecimal digits");
  return text;
}

std::string contentFromJson(const Json& value, const DataFile& file, const std::string& entry) {
  const auto content =
      value.is_string() ? base64Decoded(value.get_ref<const std::string&>()) : std::nullopt;
  if (!content) throw InvalidInput(entry, shown(value) + " is not base64");
  if (content->size() > kLargestKeptContent)
    throw InvalidInput(entry, "larger than 256 KiB, the most that a document holds of a file");
  if (content->size() != file.size)
    throw InvalidInput(entry, "holds " + std::to_string(content->size()) +
                                  " bytes, the size says " + std::to_string(file.size));
  if (sha256Hex(*content) != file.sha256)
    throw InvalidInput(entry, "does not have the SHA-256 that is given with it");
  return *content;
}

DataFile fileFromJson(const Json& object, const std::string& path, const std::string& entry) {
  if (!object.is_object()) throw InvalidInput(entry, shown(object) + " is not an object {…}");
  for (const auto& item : object.items())
    if (item.key() != "size" && item.key() != "sha256" && item.key() != "data" &&
        item.key() != "embedded")
      throw InvalidInput(entry + "." + item.key(),
                         "unknown entry; known here: size, sha256, data, embedded");
  DataFile out;
  out.path = path;
  out.size = sizeFromJson(member(object, "size", entry), entry + ".size");
  out.sha256 = hashFromJson(member(object, "sha256", entry), entry + ".sha256");
  if (object.contains("data"))
    out.content = contentFromJson(object.at("data"), out, entry + ".data");
  const Json embedded = object.value("embedded", Json(false));
  if (!embedded.is_boolean() || (embedded == true && !out.content))
    throw InvalidInput(entry + ".embedded", shown(embedded) + " is not true, with data, or false");
  out.embedded = embedded == true;
  return out;
}

const DataFile* findFile(const std::vector<DataFile>& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const DataFile& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

std::vector<DataFile> dataFilesFromJson(const Json& files, const Scene& scene,
                                        const std::filesystem::path& folder) {
  if (!files.is_object()) throw InvalidInput("files", shown(files) + " is not an object {…}");
  std::vector<DataFile> all;
  for (const auto& item : files.items()) {
    const std::string entry = "files[" + shown(item.key()) + "]";
    if (item.key().empty()) throw InvalidInput(entry, "is not the path of a file");
    const std::string path = absolutePath({entry, item.key()}, folder);
    if (findFile(all, path) != nullptr) throw InvalidInput(entry, "the file is given twice");
    all.push_back(fileFromJson(item.value(), path, entry));
  }
  std::vector<DataFile> out;
  for (const FileReference& reference : fileReferences(scene)) {
    const DataFile* file = findFile(all, reference.path);
    if (file != nullptr && findFile(out, file->path) == nullptr) out.push_back(*file);
  }
  return out;
}

Json dataFilesToJson(const std::vector<DataFile>& files, const Scene& scene,
                     const std::function<std::string(const std::string& path)>& written,
                     Embedding embedding) {
  Json out = Json::object();
  for (const FileReference& reference : fileReferences(scene)) {
    const DataFile* file = findFile(files, reference.path);
    if (file == nullptr) continue;
    Json entry = Json::object();
    entry["size"] = file->size;
    entry["sha256"] = file->sha256;
    const bool small = embedding == Embedding::small && file->content &&
                       file->content->size() <= kLargestKeptContent;
    if (file->embedded) entry["embedded"] = true;
    if (small || file->embedded) entry["data"] = base64Encoded(*file->content);
    out[written(file->path)] = std::move(entry);
  }
  return out;
}

}  // namespace separatrix
