#include "tests/paths.hpp"

// What differs from one clone to the next is compiled here alone: two clones share a compiler
// cache.

namespace separatrix::test {

std::string dataPath(const std::string& name) {
  return SEPARATRIX_TEST_DATA "/" + name;
}

const char* cliPath() {
  return SEPARATRIX_CLI_PATH;
}

const char* guiPath() {
  return SEPARATRIX_GUI_PATH;
}

// Declared in models/support.hpp.
std::string modelFolder();
const char* bareHostPath();
const char* garbageHost();

std::string modelFolder() {
  return SEPARATRIX_MODEL_FOLDER;
}

const char* bareHostPath() {
  return SEPARATRIX_BARE_HOST;
}

const char* garbageHost() {
  return SEPARATRIX_GARBAGE_HOST;
}

}  // namespace separatrix::test
