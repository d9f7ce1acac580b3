#include "core/datasets/file_loader.hpp"

#include "core/datasets/encoding.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace separatrix {
namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{1} << 30;

[[noreturn]] void refuseSize(const std::string& entry, const std::string& path) {
  throw InvalidInput(entry,
                     path + " is larger than 1 GiB, the most that is read; take a part of it");
}

/// None where there is no regular file that can be read.
std::optional<std::string> contentOf(const std::string& entry, const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return std::nullopt;
  if (size > kLargestFile) refuseSize(entry, path);
  std::ifstream file(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  // Cut short while it was read, or longer than it said it is (as in /proc).
  const bool whole = file && file.gcount() == static_cast<std::streamsize>(bytes.size()) &&
                     file.peek() == std::ifstream::traits_type::eof();
  if (!whole) return std::nullopt;
  return bytes;
}

DataFile describe(const std::string& path, const std::string& bytes) {
  DataFile out{path, bytes.size(), sha256Hex(bytes), {}};
  if (bytes.size() <= kLargestKeptContent) out.content = bytes;
  return out;
}

}  // namespace

MissingFile::MissingFile(const std::string& entry, const std::string& path)
    : InvalidInput(
          entry,
          path + " is no file that can be read; put it there, or choose another with " + entry),
      m_path(path) {}

std::string FileLoader::load(const std::string& entry, const std::string& path) {
  if (path.empty()) throw InvalidInput(entry, "no file is chosen; give the path of one");
  const auto known = std::find_if(m_known.files.begin(), m_known.files.end(),
                                  [&](const DataFile& file) { return file.path == path; });
  const bool recorded = known != m_known.files.end();
  const bool kept = recorded && known->content.has_value();
  std::optional<std::string> found = contentOf(entry, path);
  if (!found) {
    if (!kept) throw MissingFile(entry, path);
    m_remarks.push_back(entry + ": " + path +
                        " is no file that can be read; the data saved in the document are used");
    m_files.push_back(*known);
    return *known->content;
  }
  DataFile now = describe(path, *found);
  const bool changed = recorded && (now.size != known->size || now.sha256 != known->sha256);
  if (changed) {
    m_remarks.push_back(
        entry + ": " + path + " has changed since the document was saved; " +
        (kept ? "the data saved in the document are used" : "the file as it is now is used"));
    if (kept) {
      m_files.push_back(*known);
      return *known->content;
    }
  }
  m_files.push_back(std::move(now));
  return *std::move(found);
}

}  // namespace separatrix
