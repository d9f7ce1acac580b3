#include "core/datasets/file_loader.hpp"

#include "core/datasets/builtin_files.hpp"
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

std::string builtinContent(const std::string& entry, const std::string& path) {
  if (const auto bytes = builtinFile(path)) return std::string(*bytes);
  std::string all;
  for (const std::string& each : builtinPaths()) all += (all.empty() ? "" : ", ") + each;
  throw InvalidInput(entry, path + " does not come with this program; these do: " + all);
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

bool endsWith(std::string name, const std::string& ending) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name.ends_with(ending);
}

struct Listing {
  std::vector<std::string> files;    ///< those of the ending
  std::vector<std::string> folders;  ///< both in the order of their names by bytes
};

/// None where the folder cannot be read.
std::optional<Listing> listed(const std::filesystem::path& folder, const std::string& ending) {
  Listing out;
  std::error_code error, none;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    std::string name = at->path().filename().string();
    if (name.starts_with('.')) continue;
    if (at->is_directory(none))
      out.folders.push_back(std::move(name));
    else if (endsWith(name, ending) && at->is_regular_file(none))
      out.files.push_back(std::move(name));
  }
  if (error) return std::nullopt;
  std::sort(out.files.begin(), out.files.end());
  std::sort(out.folders.begin(), out.folders.end());
  return out;
}

/// Relative names, of the files of that ending in the folder or in those in it.
std::vector<std::string> dataFilesIn(const std::string& entry, const std::string& path,
                                     const std::string& ending) {
  const auto listing = [&](const std::string& folder) {
    std::optional<Listing> out = listed(folder, ending);
    if (!out) throw MissingFile(entry, folder);
    return *std::move(out);
  };
  const Listing top = listing(path);
  std::vector<std::string> out = top.files;
  for (const std::string& folder : top.folders)
    for (const std::string& name : listing(path + "/" + folder).files) {
      if (!top.files.empty())
        throw InvalidInput(entry, path + " has " + ending + " files beside the folder " + folder +
                                      " that has some too; keep either");
      out.push_back(folder + "/" + name);
    }
  if (out.empty())
    throw InvalidInput(entry, path + " has no " + ending + " files, nor have the folders in it");
  return out;
}

}  // namespace

MissingFile::MissingFile(const std::string& entry, const std::string& path)
    : InvalidInput(
          entry,
          path + " is no file that can be read; put it there, or choose another with " + entry),
      m_path(path) {}

const DataFile* FileLoader::known(const std::string& path) const {
  const auto found = std::find_if(m_known.files.begin(), m_known.files.end(),
                                  [&](const DataFile& file) { return file.path == path; });
  return found == m_known.files.end() ? nullptr : &*found;
}

std::string FileLoader::load(const std::string& entry, const std::string& path) {
  if (path.empty()) throw InvalidInput(entry, "no file is chosen; give the path of one");
  if (isBuiltin(path)) return builtinContent(entry, path);
  const DataFile* before = known(path);
  const bool kept = before != nullptr && before->content.has_value();
  if (kept && before->embedded) {
    m_files.push_back(*before);
    return *before->content;
  }
  std::optional<std::string> found = contentOf(entry, path);
  if (!found) {
    if (!kept) throw MissingFile(entry, path);
    m_remarks.push_back(entry + ": " + path +
                        " is no file that can be read; the data saved in the document are used");
    m_files.push_back(*before);
    return *before->content;
  }
  record(entry, describe(path, *found));
  return m_files.back().content ? *m_files.back().content : *std::move(found);
}

/// What is used, what it is now or what the document holds, is the last of the files then.
void FileLoader::record(const std::string& entry, DataFile now) {
  const DataFile* before = known(now.path);
  const bool changed =
      before != nullptr && (now.size != before->size || now.sha256 != before->sha256);
  const bool kept = before != nullptr && before->content.has_value();
  if (changed)
    m_remarks.push_back(
        entry + ": " + now.path + " has changed since the document was saved; " +
        (kept ? "the data saved in the document are used" : "the data as they are now are used"));
  m_files.push_back(changed && kept ? *before : std::move(now));
}

std::optional<std::string> FileLoader::loadIfThere(const std::string& entry,
                                                   const std::string& path) {
  try {
    return load(entry, path);
  } catch (const MissingFile&) {
    if (known(path) != nullptr)
      m_remarks.push_back(entry + ": " + path +
                          " is no file that can be read any more; it is done without");
    return std::nullopt;
  }
}

bool FileLoader::isFolder(const std::string& path) const {
  std::error_code none;
  const DataFile* before = known(path);
  const bool kept = before != nullptr && before->content.has_value();
  return !kept && std::filesystem::is_directory(path, none);
}

std::vector<FolderFile> FileLoader::loadFolder(const std::string& entry, const std::string& path,
                                               const std::string& ending) {
  std::vector<FolderFile> out;
  DataFile now{path, 0, {}, {}};
  std::string lines;
  for (std::string& name : dataFilesIn(entry, path, ending)) {
    std::optional<std::string> bytes = contentOf(entry, path + "/" + name);
    if (!bytes)
      throw InvalidInput(entry, path + "/" + name + " cannot be read; is it a file you may read?");
    now.size += bytes->size();
    if (now.size > kLargestFile) refuseSize(entry, path);
    lines += name + '\0' + sha256Hex(*bytes) + '\n';
    out.push_back({std::move(name), *std::move(bytes)});
  }
  now.sha256 = sha256Hex(lines);
  record(entry, std::move(now));
  return out;
}

}  // namespace separatrix
