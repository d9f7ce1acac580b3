#pragma once

#include "core/study/document_files.hpp"

#include <string>
#include <vector>

namespace separatrix {

/// A scene and how it is looked at. Files, presets and figures are documents.
struct Document {
  Scene scene;
  Json views = Json::object();  ///< time, axis, shown views: read and written by the ui alone
  std::vector<DataFile> files;  ///< what it says of the files that the scene names, if anything
};

/// Relative paths are meant from `folder`, empty: the current directory. Throws InvalidInput as
/// sceneFromJson and dataFilesFromJson do.
Document documentFromJson(const Json& json, const std::filesystem::path& folder = {});

/// How the files of a document are written.
struct DocumentFormat {
  FilePaths paths = FilePaths::relative;
  Embedding embedding = Embedding::small;
};

/// Complete and canonical, for a document in `folder`, empty: the current directory; `views` and
/// `files` are left out when empty.
Json documentToJson(const Document& document, const std::filesystem::path& folder = {},
                    const DocumentFormat& format = {});

/// The document as a file that is exported to `folder` carries it: nothing in it tells of the disk
/// outside, and small data are with it.
Json exportedJson(const Document& document, const std::filesystem::path& folder);

/// The JSON of a document file, or of a figure (SVG, PDF, PNG) that carries its document; not yet
/// checked as a scene. Throws InvalidInput for a file that cannot be read, is larger than 64 MiB
/// (a figure: 256 MiB), is no JSON, or is a figure without a document.
Json readDocumentFile(const std::string& path);
/// The two steps of it: all bytes of the file, and the JSON in them.
std::string readDocumentBytes(const std::string& path);
Json parseDocument(std::string_view bytes, const std::string& source);

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

/// The folder that the paths of that document are meant from; empty for a preset.
std::filesystem::path folderOfScene(const std::string& nameOrPath);

/// The document that a person means by `nameOrPath`: a preset, or else a file. Throws as
/// readDocumentFile does; for a name that is neither, the message lists the presets.
Json findSceneJson(const std::string& nameOrPath);

}  // namespace separatrix
