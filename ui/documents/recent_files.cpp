#include "ui/documents/recent_files.hpp"

#include <QSettings>

namespace separatrix {
namespace {

const char* const kKey = "recentFiles";

void store(const QStringList& paths) {
  QSettings().setValue(kKey, paths);
}

}  // namespace

QStringList RecentFiles::paths() {
  return QSettings().value(kKey).toStringList();
}

void RecentFiles::add(const QString& path) {
  QStringList all = paths();
  all.removeAll(path);
  all.prepend(path);
  store(all.mid(0, kMost));
}

void RecentFiles::remove(const QString& path) {
  QStringList all = paths();
  all.removeAll(path);
  store(all);
}

void RecentFiles::clear() {
  store({});
}

}  // namespace separatrix
