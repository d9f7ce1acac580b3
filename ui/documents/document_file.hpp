#pragma once

#include "core/export/guarded_write.hpp"
#include "core/study/recovery.hpp"
#include "ui/documents/file_work.hpp"
#include "ui/session/session.hpp"

#include <QObject>
#include <QString>

#include <map>

namespace separatrix {

/// The file that the session's document belongs to, if any: opens and saves it, and knows whether
/// something is unsaved. What goes wrong is told through FileWork.
class DocumentFile : public QObject {
  Q_OBJECT

public:
  DocumentFile(Session& session, FileWork& work, QObject* parent = nullptr);

  /// Absolute; empty for a document that is in no file.
  const QString& path() const { return m_path; }
  bool isModified() const;
  /// What a crash must not take away.
  UnsavedWork unsavedWork() const;

  /// Opens a document or a figure that carries one. A figure's document is in no file of its own.
  void open(const QString& path);
  /// Goes on opening what misses its data, with the data file that the user located.
  void locate(const QString& dataFile);
  /// Loads the data files of the document as they are now, not as it holds them.
  void reloadData();
  /// Opens what an earlier process left unsaved.
  void open(const UnsavedWork& work, const std::function<void()>& then);

  /// Writes the document to its file, which it must have, unless somebody else changed that.
  void save(const std::function<void()>& then = {});
  /// Writes it to this file whatever is there, which is its own from now on.
  void saveAs(const QString& path, const std::function<void()>& then = {});

signals:
  /// Path, name or modified state changed.
  void changed();
  void opened(const QString& path);
  void saved(const QString& path);
  /// The user chose to give the document another name.
  void saveAsWanted();
  /// The user chose to say where a data file, or a folder of them, is, that was looked for at
  /// `path`; see locate().
  void locateWanted(const QString& path, bool folder);

private:
  struct Opened;
  /// An opening that goes on once a data file is located.
  struct Opening {
    std::function<Opened()> read;  // in the background
    std::function<void()> done;
    std::map<std::string, std::string> moved;  // data files: where they were, where they are
    std::string missing;
  };
  void start(Opening opening);
  void take(Opened opened);
  void write(const QString& path, bool guarded, const std::function<void()>& then);
  std::vector<MessageAction> remediesFor(const std::exception& problem,
                                         const std::function<void()>& then);
  void forget();

  Session& m_session;
  FileWork& m_work;
  QString m_path;
  std::optional<FileContent> m_seen;
  bool m_unsaved = false;  // the document as it was opened is in no file
  bool m_opening = false;
  Opening m_interrupted;
};

}  // namespace separatrix
