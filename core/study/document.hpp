#pragma once

#include "core/study/scene.hpp"

#include <string>
#include <vector>

namespace separatrix {

/// A scene and how it is looked at. Files, presets and figures are documents.
struct Document {
  Scene scene;
  Json views = Json::object();  ///< time, axis, shown views: read and written by the ui alone
};

/// Throws InvalidInput as sceneFromJson does.
Document documentFromJson(const Json& json);
/// Complete and canonical; `views` is left out when empty.
Json documentToJson(const Document& document);

/// The JSON of a document file, or of a figure (SVG, PDF, PNG) that carries its document; not yet
/// checked as a scene. Throws InvalidInput for a file that cannot be read, is larger than 64 MiB
/// (a figure: 256 MiB), is no JSON, or is a figure without a document.
Json readDocumentFile(const std::string& path);

/// A document that comes with the program.
struct NamedDocument {
  std::string name;   ///< "two-deltas"
  std::string title;  ///< "Two deltas"
  Json json;
};

const std::vector<NamedDocument>& presets();
const std::vector<NamedDocument>& figures();

/// Null if there is none of that name.
const NamedDocument* findDocument(const std::vector<NamedDocument>& documents,
                                  const std::string& name);

/// The document that a person means by `nameOrPath`: a preset, or else a file. Throws as
/// readDocumentFile does; for a name that is neither, the message lists the presets.
Json findSceneJson(const std::string& nameOrPath);

}  // namespace separatrix
