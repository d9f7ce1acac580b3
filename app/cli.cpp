#include "app/command_options.hpp"
#include "core/export/atomic_file.hpp"
#include "core/export/result_bytes.hpp"
#include "core/export/result_stream.hpp"
#include "core/models/model_probe.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/analysis.hpp"
#include "core/study/document.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>

#include <unistd.h>

// The headless interface: separatrix-cli COMMAND SCENE [options].
// Data goes to standard output or -o FILE, messages to standard error.
// Exit codes: 0 done, 1 could not compute or write, 2 wrong usage or invalid scene.

namespace separatrix {
namespace {

void toStandardOutput(std::string_view bytes) {
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
  if (!written || std::fflush(stdout) != 0)
    throw Failure("cannot write to standard output; is the disk full or the pipe closed?");
}

void deliver(const std::string& bytes, const std::string& path) {
  if (path.empty())
    toStandardOutput(bytes);
  else
    writeFileAtomically(path, bytes);
}

RunControl controlWithProgress() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return RunControl({}, [last = -1](double fraction) mutable {
    const int percent = static_cast<int>(100 * fraction);
    if (percent == last) return;
    last = percent;
    std::fprintf(stderr, percent < 100 ? "\r%3d %%" : "\r     \r", percent);
  });
}

Table presetTable() {
  std::vector<std::string> names, titles;
  for (const NamedDocument& preset : presets()) {
    names.push_back(preset.name);
    titles.push_back(preset.title);
  }
  Table out;
  out.columns = {{"name", "", "", names}, {"title", "", "", titles}};
  return out;
}

void runPresets(const CommandOptions& options) {
  const DataFormat format = options.chosenFormat(DataFormat::csv);
  if (format == DataFormat::npy)
    throw InvalidInput(options.output, ".npy cannot hold names; use .csv or .json");
  const Table table = presetTable();
  deliver(format == DataFormat::json ? jsonText(table) : csvText(table), options.output);
}

void runShow(const CommandOptions& options) {
  if (options.chosenFormat(DataFormat::json) != DataFormat::json)
    throw InvalidInput("show", "a scene is written as .json only");
  const auto [document, problem] = options.prepared();
  deliver(canonicalText(documentToJson(document, options.outputFolder())), options.output);
}

struct ModelOptions {
  std::string file;
  std::vector<std::int64_t> shape;  // empty: guessed
};

void runModelInfo(const ModelOptions& model, const CommandOptions& options) {
  if (options.chosenFormat(DataFormat::json) != DataFormat::json)
    throw InvalidInput("model-info", "a record is written as .json only");
  for (const std::int64_t length : model.shape)
    if (length < 1) throw InvalidInput("shape", std::to_string(length) + " is no length");
  ModelHost host(model.file);
  std::vector<std::vector<std::int64_t>> shapes;
  if (!model.shape.empty()) shapes.push_back(model.shape);
  Json record = {{"file", model.file}};
  record.update(probeModel(host, shapes, controlWithProgress()).toJson());
  deliver(canonicalText(record), options.output);
}

void showRemark(const std::string& remark) {
  if (!remark.empty()) std::cerr << "separatrix-cli: note: " << remark << '\n';
}

/// Writes what may be larger than memory part by part; false if the output is none for that.
bool streamed(const Analysis& analysis, const CommandOptions& options, const Document& document,
              const Problem& problem, const Request& request) {
  const DataFormat format = options.chosenFormat(DataFormat::csv);
  std::string remark;
  const auto produce = [&](const ResultConsumer& consume) {
    analysis.runInParts(problem, request, controlWithProgress(), [&](const Result& part) {
      remark = part.remark();
      consume(part);
    });
  };
  if (format == DataFormat::json) return false;
  if (options.output.empty()) {
    streamCsv(produce, options.metadataIfAsked(analysis, document, request), toStandardOutput);
    showRemark(remark);
    return true;
  }
  AtomicFile file(options.output);
  if (format == DataFormat::csv) {
    streamCsv(produce, options.metadataIfAsked(analysis, document, request),
              [&](std::string_view bytes) { file.append(bytes); });
  } else {
    if (!file.canSeek()) return false;
    streamNpy(produce, file);
  }
  file.commit();
  showRemark(remark);
  return true;
}

void runAnalysis(const Analysis& analysis, const CommandOptions& options) {
  const Request request = options.request(analysis);
  const auto [document, problem] = options.prepared();
  std::unique_ptr<ThreadLimit> limit;
  if (options.threads > 0) limit = std::make_unique<ThreadLimit>(options.threads);
  // Endings are checked before the work is done.
  if (!options.output.empty()) options.chosenFormat(DataFormat::csv);
  if (analysis.runInParts && streamed(analysis, options, document, *problem, request)) return;
  const ResultPtr result = analysis.run(*problem, request, controlWithProgress());
  const DataFormat usual = result->record() ? DataFormat::json : DataFormat::csv;
  deliver(resultBytes(*result, options.chosenFormat(usual),
                      options.metadataIfAsked(analysis, document, request)),
          options.output);
  showRemark(result->remark());
}

int run(int argc, char** argv) {
  CLI::App app("Potential landscapes of generative diffusion, without a window.", "separatrix-cli");
  app.set_version_flag("--version", SEPARATRIX_VERSION);
  app.require_subcommand(1);
  CommandOptions options;

  CLI::App* presetsCommand = app.add_subcommand("presets", "The scenes that come with the program");
  options.addOutput(*presetsCommand);
  CLI::App* showCommand = app.add_subcommand("show", "A scene, resolved and complete, as JSON");
  options.addOutput(*showCommand);
  options.addScene(*showCommand);
  ModelOptions model;
  CLI::App* modelCommand = app.add_subcommand(
      "model-info", "What a TorchScript model takes, and what it makes of noise");
  options.addOutput(*modelCommand);
  modelCommand->add_option("FILE", model.file, "A model saved with torch.jit.save")->required();
  modelCommand->add_option("--shape", model.shape, "Of one input, as in 1,28,28; else guessed")
      ->delimiter(',')
      ->expected(1, 4);
  for (const Analysis& analysis : analysisCatalog()) {
    CLI::App* command = app.add_subcommand(analysis.id, analysis.title);
    options.addOutput(*command);
    options.addScene(*command);
    options.addAnalysis(*command, analysis);
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
  }
  if (presetsCommand->parsed()) runPresets(options);
  if (showCommand->parsed()) runShow(options);
  if (modelCommand->parsed()) runModelInfo(model, options);
  for (const Analysis& analysis : analysisCatalog())
    if (app.got_subcommand(analysis.id)) runAnalysis(analysis, options);
  return 0;
}

}  // namespace
}  // namespace separatrix

int main(int argc, char** argv) {
  try {
    return separatrix::run(argc, argv);
  } catch (const separatrix::InvalidInput& error) {
    std::cerr << "separatrix-cli: " << error.what() << '\n';
    return 2;
  } catch (const std::bad_alloc&) {
    std::cerr << "separatrix-cli: out of memory; ask for fewer particles or saved steps\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "separatrix-cli: " << error.what() << '\n';
    return 1;
  }
}
