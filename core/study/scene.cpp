#include "core/study/scene.hpp"

#include "core/models/score_model.hpp"
#include "core/processes/catalog.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/scene_files.hpp"
#include "core/targets/catalog.hpp"

#include <charconv>

namespace separatrix {
namespace {

template <class Kind>
const Kind& findKind(const std::vector<Kind>& catalog, const std::string& id,
                     const std::string& entry) {
  std::string known;
  for (const Kind& kind : catalog) {
    if (kind.id == id) return kind;
    known += (known.empty() ? "" : ", ") + kind.id;
  }
  throw InvalidInput(entry, "\"" + id + "\" is not known; known here: " + known);
}

template <class Kind>
Variant variantFromJson(const std::vector<Kind>& catalog, const Json& scene,
                        const std::string& name) {
  if (!scene.contains(name)) throw InvalidInput(name, "missing");
  const Json& object = scene.at(name);
  if (!object.is_object()) throw InvalidInput(name, shown(object) + " is not an object {…}");
  if (!object.contains("kind")) throw InvalidInput(name + ".kind", "missing");
  if (!object.at("kind").is_string())
    throw InvalidInput(name + ".kind", shown(object.at("kind")) + " is not a text");
  const auto id = object.at("kind").get<std::string>();
  const Kind& kind = findKind(catalog, id, name + ".kind");
  return {id, validate(kind.parameters, object, name, {"kind"})};
}

Json variantToJson(const Variant& variant) {
  Json out = Json::object();
  out["kind"] = variant.kind;
  for (const auto& item : variant.values.json().items()) out[item.key()] = item.value();
  return out;
}

PotentialKind potentialFromJson(const Json& value) {
  std::string known;
  for (const PotentialInfo& info : potentialCatalog()) {
    if (value == Json(info.id)) return info.kind;
    known += (known.empty() ? "" : ", ") + info.id;
  }
  throw InvalidInput("potential", shown(value) + " is not one of " + known);
}

void requireVersion(const Json& json) {
  if (!json.is_object()) throw InvalidInput("scene", shown(json) + " is not an object {…}");
  if (!json.contains("separatrix"))
    throw InvalidInput("separatrix", "missing; a scene starts with \"separatrix\": 1");
  const Json& version = json.at("separatrix");
  if (!version.is_number_integer() || version.get<double>() < 1)
    throw InvalidInput("separatrix", shown(version) + " is not a version number");
  if (version.get<double>() > kSceneVersion)
    throw InvalidInput("separatrix",
                       "version " + shown(version) + " is newer than this program knows (" +
                           std::to_string(kSceneVersion) + "); update Separatrix to open it");
}

void requireKnownKeys(const Json& json) {
  for (const auto& item : json.items()) {
    const std::string& key = item.key();
    const bool known = key == "separatrix" || key == "target" || key == "process" ||
                       key == "potential" || key == "ensemble" || key == "model" ||
                       key == "views" || key == "files";
    if (!known)
      throw InvalidInput(key.empty() ? "\"\"" : key,
                         "unknown entry; known here: target, process, potential, ensemble, model");
  }
}

const ParameterSpecs* specsOf(const std::string& section, const std::string& kindId) {
  if (section == "target") return &findKind(targetCatalog(), kindId, "target.kind").parameters;
  if (section == "process") return &findKind(processCatalog(), kindId, "process.kind").parameters;
  return nullptr;
}

/// What a section keeps when one of its entries is set: a new kind drops what it does not know,
/// and the two names of one entry replace each other.
void makeRoom(Json& section, const std::string& sectionName, const std::string& key,
              const Json& value) {
  const Json kind = key == "kind" ? value : section.value("kind", Json());
  if (!kind.is_string()) return;
  const ParameterSpecs* specs = specsOf(sectionName, kind.get<std::string>());
  if (specs == nullptr) return;
  if (key == "kind") {
    Json kept = Json::object();
    for (const auto& item : section.items())
      if (item.key() == "kind" || findSpec(*specs, item.key()) != nullptr)
        kept[item.key()] = item.value();
    section = std::move(kept);
  } else if (const ParameterSpec* spec = findSpec(*specs, key)) {
    section.erase(key == spec->name ? spec->alias : spec->name);
  }
}

constexpr std::size_t kLongestPath = 100;  // deep paths would make deep values

std::vector<std::string> splitPath(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Json valueFromText(const std::string& text) {
  try {
    return parseJson(text, "");
  } catch (const InvalidInput&) {
    return text;
  }
}

Json& element(Json& parent, const std::string& key, const std::string& path) {
  if (parent.is_object()) return parent[key];
  if (parent.is_null()) return (parent = Json::object())[key];
  if (!parent.is_array()) throw InvalidInput(path, "there is no such entry");
  std::size_t index = 0;
  const auto result = std::from_chars(key.data(), key.data() + key.size(), index);
  if (result.ec != std::errc() || result.ptr != key.data() + key.size() || index >= parent.size())
    throw InvalidInput(path,
                       "\"" + key + "\" is not an index below " + std::to_string(parent.size()));
  return parent[index];
}

}  // namespace

const ParameterValues& withoutModel() {
  static const ParameterValues values = validate(modelParameters(), Json::object(), "model");
  return values;
}

Scene sceneFromJson(const Json& json, const std::filesystem::path& folder) {
  requireVersion(json);
  requireKnownKeys(json);
  Scene out;
  out.target = variantFromJson(targetCatalog(), json, "target");
  out.process = variantFromJson(processCatalog(), json, "process");
  if (json.contains("potential")) out.potential = potentialFromJson(json.at("potential"));
  const Json ensemble = json.contains("ensemble") ? json.at("ensemble") : Json::object();
  out.ensemble = ensembleFromValues(validate(ensembleParameters(), ensemble, "ensemble"));
  if (json.contains("model")) out.model = validate(modelParameters(), json.at("model"), "model");
  return withPaths(out, [&](const FileReference& file) { return absolutePath(file, folder); });
}

Json sceneToJson(const Scene& scene) {
  Json out = Json::object();
  out["separatrix"] = kSceneVersion;
  out["target"] = variantToJson(scene.target);
  out["process"] = variantToJson(scene.process);
  out["potential"] = potentialInfo(scene.potential).id;
  out["ensemble"] = ensembleToValues(scene.ensemble).json();
  if (scene.hasModel()) out["model"] = scene.model.json();
  return out;
}

void setEntry(Json& scene, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw InvalidInput("--set", "\"" + assignment + "\" is not PATH=VALUE");
  const std::string path = assignment.substr(0, equals);
  if (path.size() > kLongestPath) throw InvalidInput("--set", "a path this long names no entry");
  const std::string text = assignment.substr(equals + 1);
  Json value = valueFromText(text);
  const std::vector<std::string> keys = splitPath(path);
  if (keys.size() == 2 && isFileEntry(keys[0], keys[1])) {
    // A name such as 7 or true is text too, and is meant from here, not from the scene's folder.
    const std::string file = value.is_string() ? value.get<std::string>() : text;
    value = absolutePath({path, file}, {});
  }
  if (keys.size() == 2 && scene.contains(keys[0]) && scene[keys[0]].is_object())
    makeRoom(scene[keys[0]], keys[0], keys[1], value);
  Json* place = &scene;
  for (const std::string& key : keys) place = &element(*place, key, path);
  *place = value;
}

}  // namespace separatrix
