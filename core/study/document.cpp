#include "core/study/document.hpp"

#include "core/runtime/errors.hpp"
#include "core/study/embedded_resources.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace separatrix {
namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{64} << 20;

/// A preset's file is {"title": …, "document": {…}}.
std::vector<NamedDocument> load(const std::vector<EmbeddedResource>& resources) {
  std::vector<NamedDocument> out;
  for (const EmbeddedResource& resource : resources) {
    const std::string name(resource.name);
    const Json json = parseJson(resource.text, name);
    out.push_back({name, json.at("title").get<std::string>(), json.at("document")});
  }
  return out;
}

}  // namespace

Document documentFromJson(const Json& json, const std::filesystem::path& folder) {
  Document out;
  out.scene = sceneFromJson(json, folder);
  if (json.contains("files")) out.files = dataFilesFromJson(json.at("files"), out.scene, folder);
  if (json.contains("views")) {
    out.views = json.at("views");
    if (!out.views.is_object())
      throw InvalidInput("views", shown(out.views) + " is not an object {…}");
  }
  return out;
}

Json documentToJson(const Document& document, const std::filesystem::path& folder,
                    const DocumentFormat& format) {
  const auto written = [&](const std::string& path) {
    return writtenPath(path, folder, format.paths);
  };
  Json out = sceneToJson(
      withPaths(document.scene, [&](const FileReference& file) { return written(file.path); }));
  const Json files = dataFilesToJson(document.files, document.scene, written, format.embedding);
  if (!files.empty()) out["files"] = files;
  if (!document.views.empty()) out["views"] = document.views;
  return out;
}

Json exportedJson(const Document& document, const std::filesystem::path& folder) {
  return documentToJson(document, folder, {FilePaths::contained, Embedding::small});
}

Json readDocumentFile(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > kLargestFile)
    throw InvalidInput(path, "larger than 64 MiB; this is no scene");
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, error))
    throw InvalidInput(path, "cannot be read; is it a file you may read?");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parseJson(text, path);
}

const std::vector<NamedDocument>& presets() {
  static const std::vector<NamedDocument> documents = load(embeddedPresets());
  return documents;
}

const std::vector<NamedDocument>& figures() {
  static const std::vector<NamedDocument> documents = load(embeddedFigures());
  return documents;
}

const NamedDocument* findDocument(const std::vector<NamedDocument>& documents,
                                  const std::string& name) {
  for (const NamedDocument& document : documents)
    if (document.name == name) return &document;
  return nullptr;
}

std::filesystem::path folderOfScene(const std::string& nameOrPath) {
  if (findDocument(presets(), nameOrPath) != nullptr) return {};
  return std::filesystem::path(nameOrPath).parent_path();
}

Json findSceneJson(const std::string& nameOrPath) {
  if (const NamedDocument* preset = findDocument(presets(), nameOrPath)) return preset->json;
  std::error_code ignored;
  if (std::filesystem::exists(nameOrPath, ignored)) return readDocumentFile(nameOrPath);
  std::string known;
  for (const NamedDocument& preset : presets()) known += (known.empty() ? "" : ", ") + preset.name;
  throw InvalidInput(nameOrPath, "neither a scene file nor a preset; the presets are " + known);
}

}  // namespace separatrix
