#pragma once

#include <cstdint>
#include <string>

namespace separatrix {

/// What keeps a model from the rest of the machine, each by itself enough for most of what models
/// do. The application's host always has all; tests leave some out to see what the others hold.
struct SandboxLayers {
  bool namespaces = true, limits = true, landlock = true, seccomp = true;
};

/// First of all: the process ends when its parent does, and has no network or shared memory of
/// others where the kernel allows.
void prepareSandbox(const SandboxLayers& layers);

/// From here on the process can compute, read and write the descriptors it has, and nothing else.
/// Empty, or why the process must not go on: without seccomp, or with a second thread, it never
/// does.
std::string enterSandbox(const SandboxLayers& layers, std::uint64_t memoryBytes);

}  // namespace separatrix
