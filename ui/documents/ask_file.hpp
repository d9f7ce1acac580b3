#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace separatrix {

struct FileQuestion {
  QString title;
  QString filters;        ///< "Scenes (*.json);;All files (*)"
  QString suggestion;     ///< a path or folder
  QString defaultSuffix;  ///< of a new file
  bool toSave = false;    ///< asks before an existing file is replaced
  bool folder = false;    ///< asks for a folder instead
};

/// Asks for a file without blocking; `then` gets its absolute path, unless the user cancels.
void askFile(QWidget* parent, const FileQuestion& question,
             const std::function<void(const QString& path)>& then);

}  // namespace separatrix
