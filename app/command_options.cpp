#include "app/command_options.hpp"

#include "core/runtime/errors.hpp"

#include <iostream>

namespace separatrix {
namespace {

/// `save_every` is --every; all others carry their own names.
std::string optionName(const ParameterSpec& spec) {
  std::string name = spec.name == "save_every" ? "every" : spec.name;
  for (char& c : name)
    if (c == '_') c = '-';
  return "--" + name;
}

std::string helpText(const ParameterSpec& spec) {
  std::string text = spec.help;
  for (std::size_t i = 0; i < spec.choices.size(); ++i)
    text += (i == 0 ? " One of " : ", ") + spec.choices[i];
  return text;
}

void addValue(CLI::App& command, const ParameterSpec& spec,
              std::map<std::string, std::string>& values) {
  command.add_option_function<std::string>(
      optionName(spec),
      [&values, name = spec.name](const std::string& text) { values[name] = text; },
      helpText(spec));
}

}  // namespace

void CommandOptions::addOutput(CLI::App& command) {
  command.add_option("-o", output, "File to write; its ending (.csv, .json, .npy) is the format");
  command.add_option("--format", format, "csv or json, whatever the ending")
      ->check(CLI::IsMember({"csv", "json"}));
}

void CommandOptions::addScene(CLI::App& command) {
  command.add_option("SCENE", scene, "A preset's name, a scene file or a figure")->required();
  command.add_option("--model", model, "A TorchScript file whose score is used: model.path");
  command.add_option("--data", data, "A data set that the scene is about: target.path");
  command.add_option("--set", overrides, "Override one entry: PATH=VALUE (repeatable)")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option_function<std::string>(
      "--seed", [this](const std::string& text) { ensemble["seed"] = text; },
      "Seed of the ensemble");
  command.add_option("--threads", threads, "Threads to use; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
}

void CommandOptions::addAnalysis(CLI::App& command, const Analysis& analysis) {
  command.add_flag("--metadata", metadata, "Write the scene and the request with the data");
  for (const ParameterSpec& spec : analysis.parameters) addValue(command, spec, parameters);
  if (!analysis.usesEnsemble) return;
  for (const ParameterSpec& spec : ensembleParameters())
    if (spec.name != "seed") addValue(command, spec, ensemble);
}

Json CommandOptions::sceneJson() const {
  Json json = findSceneJson(scene);
  if (!data.empty()) {
    setEntry(json, "target.kind=dataset");
    setEntry(json, "target.path=" + data);
  }
  if (!model.empty()) setEntry(json, "model.path=" + model);
  for (const std::string& assignment : overrides) setEntry(json, assignment);
  for (const auto& [name, text] : ensemble) {
    const ParameterSpec& spec = *findSpec(ensembleParameters(), name);
    if (!json.is_object()) break;
    if (!json.contains("ensemble")) json["ensemble"] = Json::object();
    if (!json["ensemble"].is_object()) break;  // not a scene, as its check will say
    json["ensemble"][name] = parseValue(spec, text, optionName(spec));
  }
  return json;
}

PreparedDocument CommandOptions::prepared() const {
  PreparedDocument out;
  out.document = documentFromJson(sceneJson(), folderOfScene(scene));
  out.problem = prepare(out.document.scene, {out.document.files});
  out.document.files = out.problem->dataFiles();
  for (const std::string& remark : out.problem->remarks())
    std::cerr << "separatrix-cli: " << remark << '\n';
  return out;
}

Request CommandOptions::request(const Analysis& analysis) const {
  Json object = Json::object();
  for (const auto& [name, text] : parameters) {
    const ParameterSpec& spec = *findSpec(analysis.parameters, name);
    object[name] = parseValue(spec, text, optionName(spec));
  }
  return validate(analysis.parameters, object, "");
}

DataFormat CommandOptions::chosenFormat(DataFormat usual) const {
  if (!format.empty()) return format == "json" ? DataFormat::json : DataFormat::csv;
  return output.empty() ? usual : dataFormatOf(output);
}

Json CommandOptions::metadataIfAsked(const Analysis& analysis, const Document& document,
                                     const Request& theRequest) const {
  Json out = Json::object();
  if (!metadata) return out;
  out["program"] = "Separatrix " SEPARATRIX_VERSION;
  out["analysis"] = analysis.id;
  out["source"] = analysis.source;
  out["request"] = theRequest.json();
  out["scene"] = exportedJson({document.scene, Json::object(), document.files}, outputFolder());
  return out;
}

}  // namespace separatrix
