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

}  // namespace separatrix::test
