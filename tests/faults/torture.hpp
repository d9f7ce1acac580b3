#pragma once

#include "tests/faults/faults.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace separatrix::test {

/// How much a torture test does: 1 in ./dev test, more in ./dev torture (SEPARATRIX_TORTURE).
int tortureFactor();

/// A new folder, removed at the end: in memory where that is possible, as these tests sync a lot.
class ScratchFolder {
public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path path;
};

/// A disk of 1 MiB of its own, where mounting one is allowed.
class SmallDisk {
public:
  SmallDisk();
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return m_mounted; }
  /// A folder on it (not on it, where it could not be mounted).
  std::filesystem::path folder() const { return m_scratch.path / "folder"; }
  /// Fills it so that `room` bytes, in whole pages, are left.
  void leave(std::size_t room) const;

private:
  ScratchFolder m_scratch;
  bool m_mounted;
};

/// Something done with the one file in a folder, and how that file may look afterwards.
struct Deed {
  std::filesystem::path path;
  std::function<void()> run;
  std::string before = "what was there before\n";
  /// Whether `content` is what a run that worked leaves.
  std::function<bool(const std::string& content)> isWhole;
  /// nlohmann's destructor allocates, and as it may not throw ends the program where it cannot.
  bool mayEnd = false;
};

struct Torture {
  int struck = 0;        ///< faults that happened
  int refused = 0;       ///< answered by Failure, InvalidInput or bad_alloc
  int ended = 0;         ///< that ended the program, see `mayEnd`
  std::string problems;  ///< what went wrong; empty is as it should be
};

/// The deed again and again with the k-th call of each kind failing, for every k and several
/// causes. Each time it works, or throws Failure or InvalidInput with path and cause; the file is
/// what it was or whole, alone in its folder, and no descriptor is left open.
Torture tortureCalls(const Deed& deed);

/// The same with every k-th allocation failing (of many only some, unless the factor is above 1).
Torture tortureAllocations(const Deed& deed);

/// With files limited (RLIMIT_FSIZE) to each of `cuts` sizes below `size`, that of the whole file.
Torture tortureSizes(const Deed& deed, std::size_t size, int cuts);

/// With each number of pages left on a disk, none to all but one that `size` bytes need. The deed
/// is done in its folder.
Torture tortureDisk(const Deed& deed, const SmallDisk& disk, std::size_t size);

/// What is in a folder, hidden files too, sorted.
std::vector<std::string> namesIn(const std::filesystem::path& folder);

std::string contentOf(const std::filesystem::path& path);

}  // namespace separatrix::test
