#include "core/models/zip_directory.hpp"

#include <algorithm>
#include <cstdint>

namespace separatrix {
namespace {

constexpr std::size_t kEndBytes = 22, kEntryBytes = 46, kLongestComment = 65535;
constexpr std::uint64_t kMostInflated = std::uint64_t{64} << 20;
constexpr std::uint32_t kEndMark = 0x06054b50, kEntryMark = 0x02014b50;

/// A little-endian number, which is known to be inside.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t out = 0;
  for (std::size_t i = length; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

/// Where the record at the end begins; npos: there is none.
std::size_t endRecord(std::string_view bytes) {
  if (bytes.size() < kEndBytes) return std::string_view::npos;
  const std::size_t last = bytes.size() - kEndBytes;
  for (std::size_t back = 0; back <= std::min(last, kLongestComment); ++back)
    if (number(bytes, last - back, 4) == kEndMark) return last - back;
  return std::string_view::npos;
}

}  // namespace

std::string zipProblem(std::string_view bytes) {
  const std::size_t end = endRecord(bytes);
  if (end == std::string_view::npos)
    return "it is no TorchScript file, or only a part of one: save the model with torch.jit.save";
  const std::uint64_t entries = number(bytes, end + 10, 2);
  const std::uint64_t size = number(bytes, end + 12, 4);
  const std::uint64_t start = number(bytes, end + 16, 4);
  if (entries == 0xffff || size == 0xffffffff || start == 0xffffffff)
    return "its directory is of the kind for files above 4 GB, which models here cannot be";
  if (start > end || size > end - start) return "its directory is not inside the file";
  std::uint64_t inflated = 0, stored = 0;
  std::size_t at = start;
  for (std::uint64_t i = 0; i < entries; ++i) {
    if (at + kEntryBytes > end || number(bytes, at, 4) != kEntryMark)
      return "its directory is damaged";
    const std::uint64_t method = number(bytes, at + 10, 2);
    const std::uint64_t packed = number(bytes, at + 20, 4), full = number(bytes, at + 24, 4);
    if (method != 0 && method != 8) return "a part of it is packed in a way PyTorch never uses";
    if (method == 0 && packed != full) return "sizes in its directory contradict one another";
    if (number(bytes, at + 42, 4) + packed > start) return "a part of it is not inside the file";
    (method == 0 ? stored : inflated) += full;
    at += kEntryBytes + number(bytes, at + 28, 2) + number(bytes, at + 30, 2) +
          number(bytes, at + 32, 2);
  }
  if (inflated > kMostInflated) return "unpacked it would be far larger than any code is";
  if (stored > bytes.size()) return "sizes in its directory are larger than the file";
  return {};
}

}  // namespace separatrix
