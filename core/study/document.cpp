#include "core/study/document.hpp"

#include "core/export/embedded_document.hpp"
#include "core/runtime/embedded_resources.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/file_reader.hpp"

#include <filesystem>
#include <optional>

namespace separatrix {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;
constexpr std::size_t kLargestScene = 64 * kMebibyte;
constexpr std::size_t kLargestFigure = 256 * kMebibyte;

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

std::string readDocumentBytes(const std::string& path) {
  constexpr std::size_t kEnough = 4096;
  const FileReader file(path);
  std::string bytes;
  file.fill(bytes, kEnough);
  const bool figure = isFigure(bytes);
  const std::size_t largest = figure ? kLargestFigure : kLargestScene;
  file.fill(bytes, largest + 1);
  if (bytes.size() > largest)
    throw InvalidInput(path, "larger than " + std::to_string(largest / kMebibyte) +
                                 " MiB; this is no " + (figure ? "figure" : "scene"));
  return bytes;
}

Json parseDocument(std::string_view bytes, const std::string& source) {
  if (!isFigure(bytes)) return parseJson(bytes, source);
  const std::optional<std::string> document = embeddedDocument(bytes);
  if (!document)
    throw InvalidInput(source,
                       "carries no Separatrix document; figures exported from Separatrix do");
  return parseJson(*document, source);
}

Json readDocumentFile(const std::string& path) {
  return parseDocument(readDocumentBytes(path), path);
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
