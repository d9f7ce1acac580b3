#include "ui/documents/document_actions.hpp"

#include "core/runtime/errors.hpp"
#include "ui/documents/ask_file.hpp"
#include "ui/documents/recent_files.hpp"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QWidget>

namespace separatrix {
namespace {

const char* const kOpened = "two-deltas";

/// A file or folder that is data to study, no document.
bool isData(const QString& path) {
  const QFileInfo file(path);
  return file.isDir() || path.endsWith("-ubyte") ||
         QStringList{"csv", "tsv", "txt", "npy", "idx"}.contains(file.suffix().toLower());
}

QString localFile(const QMimeData& data) {
  for (const QUrl& url : data.urls())
    if (url.isLocalFile()) return url.toLocalFile();
  return {};
}

}  // namespace

DocumentActions::DocumentActions(Session& session, FileWork& work, QWidget* window)
    : QObject(window),
      m_session(session),
      m_work(work),
      m_window(window),
      m_file(new DocumentFile(session, work, this)) {
  const auto remember = [this](const QString& path) {
    m_folder = QFileInfo(path).absolutePath();
    RecentFiles::add(path);
  };
  connect(m_file, &DocumentFile::opened, this, remember);
  connect(m_file, &DocumentFile::saved, this, remember);
  connect(m_file, &DocumentFile::saved, this, [this](const QString& path) {
    m_work.messages().showSuccess(tr("Saved %1.").arg(QDir::toNativeSeparators(path)));
  });
  connect(m_file, &DocumentFile::saveAsWanted, this, [this] { askSaveAs({}); });
  connect(m_file, &DocumentFile::locateWanted, this, &DocumentActions::askWhere);
  connect(&session, &Session::remarked, this, [this](const QString& remark) {
    m_work.messages().showNotice(
        remark, {{tr("Load the data as they are now"), [this] { m_file->reloadData(); }}});
  });
}

QAction* DocumentActions::add(QMenu* menu, const QString& text, const QKeySequence& keys,
                              const std::function<void()>& run) {
  QAction* action = menu->addAction(text);
  action->setShortcut(keys);
  connect(action, &QAction::triggered, this, [run] { run(); });
  return action;
}

void DocumentActions::fillFileMenu(QMenu* menu) {
  add(menu, tr("&New"), QKeySequence::New, [this] { openNew(); });
  QMenu* presetMenu = menu->addMenu(tr("New from &preset"));
  for (const NamedDocument& preset : presets())
    add(presetMenu, QString::fromStdString(preset.title), {},
        [this, &preset] { openPreset(preset); });
  add(menu, tr("&Open…"), QKeySequence::Open, [this] { askOpen(); });
  QMenu* recent = menu->addMenu(tr("Open &recent"));
  connect(recent, &QMenu::aboutToShow, this, [this, recent] { showRecent(recent); });
  menu->addSeparator();
  add(menu, tr("&Save"), QKeySequence::Save, [this] { save({}); });
  add(menu, tr("Save &as…"), QKeySequence("Ctrl+Shift+S"), [this] { askSaveAs({}); });
}

void DocumentActions::fillEditMenu(QMenu* menu) {
  QUndoStack& history = m_session.history();
  QAction* undo = history.createUndoAction(this, tr("&Undo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction* redo = history.createRedoAction(this, tr("&Redo"));
  redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
  menu->addActions({undo, redo});
  menu->addSeparator();
  add(menu, tr("&Copy scene as text"), QKeySequence("Ctrl+Shift+C"), [this] { copyScene(); });
  add(menu, tr("&Paste scene"), QKeySequence("Ctrl+Shift+V"),
      [this] { pasteScene(QGuiApplication::clipboard()->text()); });
}

void DocumentActions::showRecent(QMenu* menu) {
  menu->clear();
  const QStringList paths = RecentFiles::paths();
  for (const QString& path : paths) {
    const QString text = QDir::toNativeSeparators(path);
    add(menu, QString(text).replace("&", "&&"), {}, [this, path] {
      open(path);
    })->setEnabled(QFileInfo::exists(path));
  }
  if (paths.isEmpty()) menu->addAction(tr("None yet"))->setEnabled(false);
  menu->addSeparator();
  add(menu, tr("&Clear this list"), {}, [] { RecentFiles::clear(); })->setEnabled(!paths.isEmpty());
}

void DocumentActions::whenSafe(std::function<void()> go) {
  if (!m_file->isModified()) {
    go();
    return;
  }
  if (m_question && m_question->isVisible()) {
    m_question->raise();
    return;
  }
  emit aboutToAsk();
  auto* box =
      new QMessageBox(QMessageBox::Warning, tr("Unsaved changes"),
                      tr("Save the changes to “%1”?").arg(m_session.documentName()),
                      QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
  m_question = box;
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setInformativeText(tr("They are lost if you discard them."));
  box->setDefaultButton(QMessageBox::Save);
  box->setWindowModality(Qt::WindowModal);
  connect(box, &QMessageBox::finished, this, [this, go = std::move(go)](int answer) {
    if (answer == QMessageBox::Save) save(go);
    if (answer == QMessageBox::Discard) go();
  });
  box->open();
}

void DocumentActions::open(const QString& path) {
  whenSafe([this, path] { m_file->open(path); });
}

void DocumentActions::openPreset(const NamedDocument& preset) {
  whenSafe([this, &preset] { m_session.open(preset.json, QString::fromStdString(preset.title)); });
}

void DocumentActions::openNew() {
  whenSafe([this] { m_session.open(findDocument(presets(), kOpened)->json, tr("Untitled")); });
}

void DocumentActions::askOpen() {
  emit aboutToAsk();
  askFile(m_window,
          {.title = tr("Open a document"),
           .filters = tr("Documents and figures (*.json *.svg *.pdf *.png);;All files (*)"),
           .suggestion = m_folder,
           .defaultSuffix = {}},
          [this](const QString& path) { open(path); });
}

void DocumentActions::askWhere(const QString& missing, bool folder) {
  emit aboutToAsk();
  askFile(m_window,
          {.title = tr("Where is %1?").arg(QFileInfo(missing).fileName()),
           .filters = tr("All files (*)"),
           .suggestion = m_folder,
           .defaultSuffix = {},
           .folder = folder},
          [this](const QString& path) { m_file->locate(path); });
}

void DocumentActions::save(const std::function<void()>& then) {
  if (m_file->path().isEmpty())
    askSaveAs(then);
  else
    m_file->save(then);
}

QString DocumentActions::suggestedPath() const {
  if (!m_file->path().isEmpty()) return m_file->path();
  QString name = m_session.documentName();
  name.replace('/', '-');
  return QDir(m_folder).filePath(name + ".json");
}

void DocumentActions::askSaveAs(const std::function<void()>& then) {
  emit aboutToAsk();
  askFile(m_window,
          {.title = tr("Save the document"),
           .filters = tr("Separatrix documents (*.json)"),
           .suggestion = suggestedPath(),
           .defaultSuffix = "json",
           .toSave = true},
          [this, then](const QString& path) { m_file->saveAs(path, then); });
}

void DocumentActions::copyScene() const {
  QGuiApplication::clipboard()->setText(
      QString::fromStdString(canonicalText(sceneToJson(m_session.scene()))));
}

void DocumentActions::pasteScene(const QString& text) {
  try {
    m_session.editScene(sceneFromJson(parseJson(text.toStdString(), "clipboard")),
                        tr("Paste scene"));
  } catch (const InvalidInput& problem) {
    m_work.messages().showProblem(
        tr("The clipboard holds no scene. %1").arg(QString::fromUtf8(problem.what())));
  }
}

bool DocumentActions::canTake(const QMimeData& data) {
  return !localFile(data).isEmpty() || data.text().trimmed().startsWith('{');
}

void DocumentActions::take(const QMimeData& data) {
  const QString path = localFile(data);
  if (path.isEmpty())
    pasteScene(data.text());
  else if (isData(path))
    m_session.editEntries("target", {{"kind", "dataset"}, {"path", path.toStdString()}},
                          tr("Data: %1").arg(QFileInfo(path).fileName()));
  else
    open(path);
}

}  // namespace separatrix
