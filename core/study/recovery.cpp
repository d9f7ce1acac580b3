#include "core/study/recovery.hpp"

#include "core/export/atomic_file.hpp"
#include "core/study/document.hpp"

#include <algorithm>
#include <atomic>

#include <unistd.h>

namespace separatrix {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;

fs::path lockPathOf(fs::path file) {
  return file.replace_extension(".lock");
}

Json toJson(const UnsavedWork& work) {
  Json out = {{"separatrix-recovery", kVersion}, {"name", work.name}, {"file", work.file}};
  if (work.seen) out["seen"] = {{"size", work.seen->size}, {"sha256", work.seen->sha256}};
  out["document"] = work.document;
  return out;
}

UnsavedWork fromJson(const Json& json) {
  if (json.at("separatrix-recovery") != kVersion)
    throw InvalidInput("separatrix-recovery", "written by another version");
  UnsavedWork out;
  out.name = json.at("name").get<std::string>();
  out.file = json.at("file").get<std::string>();
  if (json.contains("seen"))
    out.seen = FileContent{json.at("seen").at("size").get<std::uint64_t>(),
                           json.at("seen").at("sha256").get<std::string>()};
  out.document = json.at("document");
  return out;
}

/// The files of unsaved work, the newest first.
std::vector<fs::path> filesIn(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".json")
      found.emplace_back(entry.last_write_time(error), entry.path());
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> out;
  for (auto& [time, path] : found) out.push_back(std::move(path));
  return out;
}

/// Locks of processes that ended before they kept anything.
void removeIdleLocks(const fs::path& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".lock") continue;
    if (fs::exists(fs::path(path).replace_extension(".json"), error)) continue;
    if (const auto lock = FileLock::tryFile(path)) fs::remove(path, error);
  }
}

}  // namespace

RecoverySlot::RecoverySlot(fs::path folder) : m_folder(std::move(folder)) {}

RecoverySlot::RecoverySlot(fs::path file, FileLock lock)
    : m_folder(file.parent_path()), m_file(std::move(file)), m_lock(std::move(lock)) {}

/// A name that no window uses; its lock stays empty where the folder has no locks.
void RecoverySlot::chooseFile() {
  static std::atomic<unsigned> counter{0};
  std::error_code ignored;
  for (;;) {
    m_file = m_folder / (std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".json");
    if (fs::exists(m_file, ignored)) continue;  // left behind by an earlier process of this number
    m_lock = FileLock::tryFile(lockPathOf(m_file));
    if (m_lock || !fs::exists(lockPathOf(m_file), ignored)) return;
  }
}

void RecoverySlot::keep(const UnsavedWork& work) {
  const std::lock_guard turn(m_mutex);
  if (m_closed) return;
  std::error_code ignored;
  fs::create_directories(m_folder, ignored);  // writing says it if that failed
  if (m_file.empty()) chooseFile();
  writeFileAtomically(m_file, canonicalText(toJson(work)));
}

void RecoverySlot::removeFiles() {
  if (m_file.empty()) return;
  std::error_code ignored;
  fs::remove(m_file, ignored);
  fs::remove(lockPathOf(m_file), ignored);
  m_lock.reset();
  m_file.clear();
}

void RecoverySlot::clear() {
  const std::lock_guard turn(m_mutex);
  removeFiles();
}

void RecoverySlot::close() {
  const std::lock_guard turn(m_mutex);
  m_closed = true;
  removeFiles();
}

std::vector<AbandonedWork> takeAbandonedWork(const fs::path& folder,
                                             std::vector<std::string>& damaged) {
  std::vector<AbandonedWork> out;
  for (const fs::path& file : filesIn(folder)) {
    std::optional<FileLock> lock = FileLock::tryFile(lockPathOf(file));
    std::error_code error;
    if (!lock || !fs::exists(file, error)) continue;
    try {
      UnsavedWork work = fromJson(readDocumentFile(file.string()));
      out.push_back({std::move(work), std::make_unique<RecoverySlot>(file, std::move(*lock))});
    } catch (const std::exception&) {
      damaged.push_back(file.string());
    }
  }
  removeIdleLocks(folder);
  return out;
}

}  // namespace separatrix
