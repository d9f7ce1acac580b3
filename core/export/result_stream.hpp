#pragma once

#include "core/export/atomic_file.hpp"
#include "core/export/result_bytes.hpp"

#include <filesystem>
#include <functional>

namespace separatrix {

/// Takes the pieces of a stream, in order.
using ByteSink = std::function<void(std::string_view)>;

/// Calls `produce` with a consumer of parts and passes the parts on as one CSV file would hold
/// them: the bytes are those of csvText of the whole table.
void streamCsv(const std::function<void(const ResultConsumer&)>& produce, const Json& metadata,
               const ByteSink& sink);

/// The parts' arrays as one .npy file, each written where it belongs. `file` must be one that can
/// seek. Throws what `produce` and the file throw.
void streamNpy(const std::function<void(const ResultConsumer&)>& produce, AtomicFile& file);

}  // namespace separatrix
