#pragma once

#include "core/export/result_bytes.hpp"
#include "core/study/analysis.hpp"
#include "core/study/document.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace separatrix {

/// A document with what was loaded for it.
struct PreparedDocument {
  Document document;
  ProblemPtr problem;
};

/// What the words of one command line say, as text until it is checked against the catalogues.
class CommandOptions {
public:
  std::string scene, output, format;
  std::string model, data;                        ///< --model, --data; empty: the scene's own
  std::vector<std::string> overrides;             ///< --set PATH=VALUE
  std::map<std::string, std::string> parameters;  ///< of the analysis, by name
  std::map<std::string, std::string> ensemble;    ///< entries of the scene's ensemble, by name
  int threads = 0;                                ///< 0: all there are
  bool metadata = false;

  void addOutput(CLI::App& command);
  void addScene(CLI::App& command);
  /// An option for each parameter of the analysis, and of the ensemble if it uses that.
  void addAnalysis(CLI::App& command, const Analysis& analysis);

  /// The scene with all overrides, loaded; remarks on its files go to standard error.
  PreparedDocument prepared() const;
  /// Of the file that is written; empty for standard output.
  std::filesystem::path outputFolder() const { return std::filesystem::path(output).parent_path(); }
  Request request(const Analysis& analysis) const;
  /// By --format, else by the ending of -o, else `usual`.
  DataFormat chosenFormat(DataFormat usual) const;
  /// What --metadata writes with the data; empty without it.
  Json metadataIfAsked(const Analysis& analysis, const Document& document,
                       const Request& request) const;

private:
  Json sceneJson() const;
};

}  // namespace separatrix
