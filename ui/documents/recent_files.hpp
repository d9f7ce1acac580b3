#pragma once

#include <QString>
#include <QStringList>

namespace separatrix {

/// The files that were opened or saved last, newest first, shared by all windows of the user.
class RecentFiles {
public:
  static constexpr int kMost = 10;

  static QStringList paths();
  static void add(const QString& path);
  static void remove(const QString& path);
  static void clear();
};

}  // namespace separatrix
