#pragma once

#include <string>

namespace separatrix::test {

/// The path of a file of tests/data, as in dataPath("theory.json"); of the folder itself for "".
std::string dataPath(const std::string& name);

/// The programs; guiPath() is empty where the application is not built.
const char* cliPath();
const char* guiPath();

}  // namespace separatrix::test
