#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// What the application and the model host say to one another: messages of fixed size over a
/// socket that keeps their bounds, the numbers in memory that both have mapped. The application
/// takes everything that comes from the host for hostile, and the host knows nothing of theory: it
/// calls `forward(x, t)`.
namespace separatrix::model_protocol {

/// The host's descriptors beside the standard streams.
inline constexpr int kSocket = 3, kMemory = 4;

inline constexpr std::size_t kMostAxes = 4;
inline constexpr std::size_t kMostRows = 4096;
inline constexpr std::size_t kMostNumbers = std::size_t{4} << 20;  ///< each way
inline constexpr std::size_t kTextBytes = 1024;

struct Memory {
  std::array<double, kMostRows> times;
  std::array<float, kMostNumbers> in, out;  ///< rows × the numbers of one input
};

enum class RequestKind : std::uint32_t { load = 1, evaluate = 2 };

struct Request {
  RequestKind kind = RequestKind::load;
  std::uint32_t rows = 0, axes = 0;
  std::uint32_t integerTimes = 0;  ///< times are given as int64, else as float
  std::array<std::int64_t, kMostAxes> shape{};
  std::uint64_t memoryBytes = 0;  ///< `load`: what the model may take
};

enum class ReplyKind : std::uint32_t { ready = 1, loaded = 2, evaluated = 3, failed = 4 };

struct Reply {
  ReplyKind kind = ReplyKind::ready;
  std::uint32_t textBytes = 0;
  std::array<char, kTextBytes> text{};  ///< `loaded`: what it is, two lines; `failed`: why
};

}  // namespace separatrix::model_protocol
