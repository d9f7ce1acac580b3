#pragma once

#include "ui/session/session.hpp"

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <utility>

namespace separatrix {

class DocumentFile;
class MessageBar;

/// A model file is a program: asks before one from elsewhere runs for the first time, remembers by
/// its SHA-256 what was allowed, and offers to load a file again that has changed since.
class ModelGuard : public QObject {
  Q_OBJECT

public:
  ModelGuard(Session& session, DocumentFile& file, MessageBar& messages, QObject* parent);

private:
  bool mayRun(const Problem& problem);
  void ask();
  void watch();
  void look();
  void loadAgain();

  /// Size and time of change, by which a file is known to be another.
  using Stamp = std::pair<qint64, QDateTime>;
  Stamp stamp() const;

  Session& m_session;
  DocumentFile& m_file;
  MessageBar& m_messages;
  QFileSystemWatcher m_watcher;
  QTimer m_settling;  // a file is written piece by piece
  QString m_path;     // of the model; empty: none that could change
  QString m_hash;     // of what was loaded from there
  Stamp m_loaded;
  std::string m_trusted;  // the path that the user has just asked to load again
  QString m_question;
};

}  // namespace separatrix
