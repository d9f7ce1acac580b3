#include "ui/documents/document_file.hpp"

#include "core/datasets/file_loader.hpp"
#include "core/datasets/idx.hpp"
#include "core/export/atomic_file.hpp"
#include "core/export/embedded_document.hpp"

#include <QFileInfo>

#include <utility>

namespace separatrix {

struct DocumentFile::Opened {
  Document document;
  ProblemPtr problem;
  QString path;  ///< empty: in no file
  QString name;
  std::optional<FileContent> seen;
  bool unsaved = false;
};

namespace {

const char* const kRecoveryFolder = "/";  // paths of recovered work are meant from here

std::filesystem::path folderOf(const QString& path) {
  return QFileInfo(path).absolutePath().toStdString();
}

QString nameOf(const QString& path) {
  return QFileInfo(path).completeBaseName();
}

/// The document with some of its data files at other places, `moved` from → to.
void moveFiles(Document& document, const std::map<std::string, std::string>& moved) {
  const auto place = [&moved](const std::string& path) {
    const auto found = moved.find(path);
    return found == moved.end() ? path : found->second;
  };
  document.scene =
      withPaths(document.scene, [&](const FileReference& file) { return place(file.path); });
  for (DataFile& file : document.files) file.path = place(file.path);
}

}  // namespace

DocumentFile::DocumentFile(Session& session, FileWork& work, QObject* parent)
    : QObject(parent), m_session(session), m_work(work) {
  connect(&session, &Session::documentOpened, this, [this] {
    if (!m_opening) forget();
  });
  connect(&session.history(), &QUndoStack::cleanChanged, this, &DocumentFile::changed);
}

void DocumentFile::forget() {
  m_path.clear();
  m_seen.reset();
  m_unsaved = false;
  emit changed();
}

bool DocumentFile::isModified() const {
  return m_unsaved || !m_session.history().isClean();
}

UnsavedWork DocumentFile::unsavedWork() const {
  return {documentToJson(m_session.document(), kRecoveryFolder),
          m_session.documentName().toStdString(), m_path.toStdString(), m_seen};
}

void DocumentFile::open(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  const auto read = [absolute] {
    const std::string file = absolute.toStdString();
    const std::string bytes = readDocumentBytes(file);
    Opened out;
    out.document = documentFromJson(parseDocument(bytes, file), folderOf(absolute));
    out.name = nameOf(absolute);
    if (!isFigure(bytes)) {
      out.path = absolute;
      out.seen = FileContent::of(bytes);
    }
    return out;
  };
  start({read, [this, absolute] { emit opened(absolute); }, {}, {}});
}

void DocumentFile::open(const UnsavedWork& work, const std::function<void()>& then) {
  const auto read = [work] {
    Opened out;
    out.document = documentFromJson(work.document, kRecoveryFolder);
    out.path = QString::fromStdString(work.file);
    out.name = QString::fromStdString(work.name);
    out.seen = work.seen;
    out.unsaved = true;
    return out;
  };
  start({read, then, {}, {}});
}

void DocumentFile::start(Opening opening) {
  const auto prepared = [opening] {
    Opened out = opening.read();
    moveFiles(out.document, opening.moved);
    out.unsaved = out.unsaved || !opening.moved.empty();
    out.problem = prepare(out.document.scene, {out.document.files});
    return out;
  };
  const auto done = [this, opening](Opened document) {
    take(std::move(document));
    opening.done();
  };
  const auto remedies = [this, opening](const std::exception& problem) {
    std::vector<MessageAction> out;
    if (const auto* missing = dynamic_cast<const MissingFile*>(&problem)) {
      m_interrupted = opening;
      m_interrupted.missing = missing->path();
      const QString path = QString::fromStdString(missing->path());
      out.push_back({tr("Locate…"), [this, path] { emit locateWanted(path, false); }});
      // Folders of data are named without an ending.
      if (QFileInfo(path).suffix().isEmpty())
        out.push_back({tr("Locate folder…"), [this, path] { emit locateWanted(path, true); }});
    }
    return out;
  };
  m_work.run<Opened>(prepared, done, remedies);
}

void DocumentFile::locate(const QString& dataFile) {
  Opening again = m_interrupted;
  const std::string place = QFileInfo(dataFile).absoluteFilePath().toStdString();
  again.moved[again.missing] = place;
  const auto labels = idxLabelsPath(again.missing), labelsPlace = idxLabelsPath(place);
  if (labels && labelsPlace) again.moved[*labels] = *labelsPlace;
  start(std::move(again));
}

void DocumentFile::reloadData() {
  m_unsaved = true;
  m_session.reloadData();
  emit changed();
}

void DocumentFile::take(Opened opened) {
  m_opening = true;
  m_path = opened.path;
  m_seen = opened.seen;
  m_unsaved = opened.unsaved;
  m_session.open(std::move(opened.document), std::move(opened.problem), opened.name);
  m_opening = false;
  emit changed();
}

void DocumentFile::save(const std::function<void()>& then) {
  write(m_path, true, then);
}

void DocumentFile::saveAs(const QString& path, const std::function<void()>& then) {
  write(QFileInfo(path).absoluteFilePath(), false, then);
}

void DocumentFile::write(const QString& path, bool guarded, const std::function<void()>& then) {
  const std::string text = canonicalText(documentToJson(m_session.document(), folderOf(path)));
  const int step = m_session.history().index();
  const std::optional<FileContent> expected = guarded ? m_seen : std::nullopt;
  m_work.run<FileContent>(
      [text, file = path.toStdString(), expected] {
        if (expected)
          writeFileIfUnchanged(file, text, *expected);
        else
          writeFileAtomically(file, text);
        return FileContent::of(text);
      },
      [this, path, step, then](const FileContent& written) {
        m_path = path;
        m_seen = written;
        m_session.setDocumentName(nameOf(path));
        if (m_session.history().index() == step) {
          m_unsaved = false;
          m_session.history().setClean();
        }
        emit changed();
        emit saved(path);
        if (then) then();
      },
      [this, then](const std::exception& problem) { return remediesFor(problem, then); });
}

std::vector<MessageAction> DocumentFile::remediesFor(const std::exception& problem,
                                                     const std::function<void()>& then) {
  std::vector<MessageAction> out;
  if (dynamic_cast<const ChangedMeanwhile*>(&problem) != nullptr) {
    out.push_back({tr("Overwrite it"), [this, then] { saveAs(m_path, then); }});
    out.push_back({tr("Discard mine and open it"), [this] { open(m_path); }});
  }
  out.push_back({tr("Save as…"), [this] { emit saveAsWanted(); }});
  return out;
}

}  // namespace separatrix
