#pragma once

#include <string>
#include <string_view>

namespace separatrix {

/// Looks into the directory of a ZIP file before anything unpacks it: whether its members are
/// inside it, stored or deflated, and sizes add up. PyTorch deflates only code, so all that is
/// deflated may be 64 MB together. Empty: it may be unpacked; else why not, in one sentence.
std::string zipProblem(std::string_view bytes);

}  // namespace separatrix
