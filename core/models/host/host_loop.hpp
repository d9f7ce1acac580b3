#pragma once

#include "core/models/host/sandbox.hpp"

namespace separatrix {

/// The whole life of a model host: tells that it is ready, takes one model, locks itself in, loads
/// it, and evaluates batches until the application is gone. The exit code of the process.
int runModelHost(const SandboxLayers& layers = {});

}  // namespace separatrix
