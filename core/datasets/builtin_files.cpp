#include "core/datasets/builtin_files.hpp"

#include "core/runtime/embedded_resources.hpp"

namespace separatrix {
namespace {

constexpr std::string_view kScheme = "builtin:";

}  // namespace

bool isBuiltin(std::string_view path) {
  return path.starts_with(kScheme);
}

std::optional<std::string_view> builtinFile(std::string_view path) {
  if (!isBuiltin(path)) return std::nullopt;
  path.remove_prefix(kScheme.size());
  for (const EmbeddedResource& file : embeddedFiles())
    if (file.name == path) return file.text;
  return std::nullopt;
}

std::vector<std::string> builtinPaths() {
  std::vector<std::string> out;
  for (const EmbeddedResource& file : embeddedFiles())
    out.push_back(std::string(kScheme).append(file.name));
  return out;
}

}  // namespace separatrix
