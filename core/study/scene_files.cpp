#include "core/study/scene_files.hpp"

#include "core/datasets/builtin_files.hpp"
#include "core/datasets/idx.hpp"
#include "core/models/score_model.hpp"
#include "core/processes/catalog.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/catalog.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr std::size_t kLongestPath = 4096;  // PATH_MAX

template <class Kind>
const ParameterSpecs& specsOf(const std::vector<Kind>& catalog, const std::string& id) {
  static const ParameterSpecs none;
  const auto found =
      std::find_if(catalog.begin(), catalog.end(), [&](const Kind& kind) { return kind.id == id; });
  return found == catalog.end() ? none : found->parameters;
}

/// `visit` is called with each file of a variant's values and may replace its path.
template <class Visit>
void visitFiles(const ParameterSpecs& specs, const std::string& section, Json& values,
                const Visit& visit) {
  for (const ParameterSpec& spec : specs) {
    if (spec.kind != ParameterKind::file || !values.at(spec.name).is_string()) continue;
    FileReference file{section + "." + spec.name, values.at(spec.name).get<std::string>()};
    visit(file);
    values[spec.name] = file.path;
  }
}

template <class Visit>
Scene visitedScene(const Scene& scene, const Visit& visit) {
  Scene out = scene;
  const auto visitVariant = [&](const auto& catalog, const std::string& section, Variant& variant) {
    Json values = variant.values.json();
    visitFiles(specsOf(catalog, variant.kind), section, values, visit);
    variant.values = ParameterValues(std::move(values));
  };
  visitVariant(targetCatalog(), "target", out.target);
  visitVariant(processCatalog(), "process", out.process);
  if (scene.hasModel()) {
    Json values = scene.model.json();
    visitFiles(modelParameters(), "model", values, visit);
    out.model = ParameterValues(std::move(values));
  }
  return out;
}

std::filesystem::path absoluteFolder(const std::filesystem::path& folder) {
  const std::filesystem::path here = std::filesystem::current_path();
  return (folder.empty() ? here : here / folder).lexically_normal();
}

bool isUtf8(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

}  // namespace

std::vector<FileReference> fileReferences(const Scene& scene) {
  std::vector<FileReference> out;
  visitedScene(scene, [&](const FileReference& file) {
    if (file.path.empty() || isBuiltin(file.path)) return;
    out.push_back(file);
    if (const auto labels = idxLabelsPath(file.path)) out.push_back({file.entry, *labels});
  });
  return out;
}

Scene withPaths(const Scene& scene,
                const std::function<std::string(const FileReference&)>& change) {
  return visitedScene(scene, [&](FileReference& file) { file.path = change(file); });
}

bool isFileEntry(const std::string& section, const std::string& key) {
  const auto hasFile = [&](const auto& kind) {
    const ParameterSpec* spec = findSpec(kind.parameters, key);
    return spec != nullptr && spec->kind == ParameterKind::file;
  };
  const auto any = [&](const auto& catalog) {
    return std::any_of(catalog.begin(), catalog.end(), hasFile);
  };
  if (section == "target") return any(targetCatalog());
  if (section == "model") {
    const ParameterSpec* spec = findSpec(modelParameters(), key);
    return spec != nullptr && spec->kind == ParameterKind::file;
  }
  return section == "process" && any(processCatalog());
}

std::string absolutePath(const FileReference& file, const std::filesystem::path& folder) {
  if (file.path.empty()) return {};
  std::filesystem::path full(file.path);
  if (!isBuiltin(file.path)) full = (absoluteFolder(folder) / full).lexically_normal();
  if (!full.has_filename() && full.has_relative_path()) full = full.parent_path();  // "folder/"
  const std::string out = full.string();
  if (!isUtf8(out))
    throw InvalidInput(file.entry, shown(out) +
                                       " is not UTF-8, which documents are written in; "
                                       "rename the file or its folder");
  if (out.size() > kLongestPath) throw InvalidInput(file.entry, "a path this long names no file");
  return out;
}

std::string writtenPath(const std::string& path, const std::filesystem::path& folder,
                        FilePaths style) {
  if (path.empty() || isBuiltin(path)) return path;
  const std::filesystem::path full(path);
  const std::filesystem::path relative = full.lexically_relative(absoluteFolder(folder));
  const bool leaves = relative.empty() || *relative.begin() == "..";
  if (style == FilePaths::contained && leaves) return full.filename().string();
  return relative.empty() ? path : relative.string();
}

}  // namespace separatrix
