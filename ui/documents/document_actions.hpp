#pragma once

#include "ui/documents/document_file.hpp"

#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QMenu;
class QMessageBox;
class QMimeData;

namespace separatrix {

/// What a person does with documents: new, open, save, recent files, presets, undo, copy and
/// paste of scenes, drop. Asks before anything unsaved would be lost. Nothing here blocks: every
/// question is a window of its own that calls back.
class DocumentActions : public QObject {
  Q_OBJECT

public:
  DocumentActions(Session& session, FileWork& work, QWidget* window);

  DocumentFile& file() { return *m_file; }
  /// Adds the actions to the menus of the window.
  void fillFileMenu(QMenu* menu);
  void fillEditMenu(QMenu* menu);

  /// Calls `go` when nothing unsaved would be lost by it: at once, or after the user has saved or
  /// discarded; never if the user cancels or the file cannot be written.
  void whenSafe(std::function<void()> go);

  /// Opens a file; whenSafe.
  void open(const QString& path);
  void openPreset(const NamedDocument& preset);
  /// A new document to start from; whenSafe.
  void openNew();
  /// Lets the user choose a file to open.
  void askOpen();

  /// Files, and scenes as text.
  static bool canTake(const QMimeData& data);
  void take(const QMimeData& data);

signals:
  /// A question is about to be asked: whatever plays should pause.
  void aboutToAsk();

private:
  QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys,
               const std::function<void()>& run);
  void showRecent(QMenu* menu);
  void askWhere(const QString& missing, bool folder);
  void save(const std::function<void()>& then);
  void askSaveAs(const std::function<void()>& then);
  void copyScene() const;
  void pasteScene(const QString& text);
  QString suggestedPath() const;

  Session& m_session;
  FileWork& m_work;
  QWidget* m_window;
  DocumentFile* m_file;
  QString m_folder;  // where the user last was
  QPointer<QMessageBox> m_question;
};

}  // namespace separatrix
