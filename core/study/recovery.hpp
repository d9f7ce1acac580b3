#pragma once

#include "core/export/file_lock.hpp"
#include "core/export/guarded_write.hpp"
#include "core/parameters/json.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace separatrix {

/// Work that is not in the user's file yet, as it is kept for after a crash.
struct UnsavedWork {
  Json document;  ///< complete, data paths absolute
  std::string name;
  std::string file;                 ///< where the document belongs; empty: never saved
  std::optional<FileContent> seen;  ///< what that file held when it was last read or written
};

/// The place of one window's unsaved work: a file in `folder` with a lock that its process holds.
/// Any thread may call it, one call at a time is carried out.
class RecoverySlot {
public:
  /// A new slot; nothing is written before `keep`.
  explicit RecoverySlot(std::filesystem::path folder);
  /// A slot left behind by a process that ended without `clear` becomes this one's.
  RecoverySlot(std::filesystem::path file, FileLock lock);
  /// Leaves the work where it is: only `clear` and `close` say that it is no longer needed.
  ~RecoverySlot() = default;

  /// Replaces what is kept. Throws Failure if it could not be written; the one before stays then.
  void keep(const UnsavedWork& work);
  /// Nothing is unsaved any more.
  void clear();
  /// `clear`, and `keep` does nothing from now on.
  void close();

private:
  void chooseFile();
  void removeFiles();

  std::mutex m_mutex;
  std::filesystem::path m_folder, m_file;
  std::optional<FileLock> m_lock;
  bool m_closed = false;
};

/// Unsaved work whose process is gone, with the slot that it is in.
struct AbandonedWork {
  UnsavedWork work;
  std::unique_ptr<RecoverySlot> slot;
};

/// Takes all abandoned work in `folder`, the newest first: of two processes that ask at the same
/// time each gets what the other does not. Files that cannot be read are left where they are and
/// named in `damaged`.
std::vector<AbandonedWork> takeAbandonedWork(const std::filesystem::path& folder,
                                             std::vector<std::string>& damaged);

}  // namespace separatrix
