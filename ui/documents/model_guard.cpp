#include "ui/documents/model_guard.hpp"

#include "core/datasets/builtin_files.hpp"
#include "ui/documents/document_file.hpp"
#include "ui/panels/message_bar.hpp"

#include <QFileInfo>
#include <QSettings>

namespace separatrix {
namespace {

const char* const kKey = "models/allowed";
constexpr int kMostRemembered = 500;
constexpr int kSettling = 700;  // ms without a change until a file counts as written

std::string pathOf(const Problem& problem) {
  return problem.model() == nullptr ? std::string() : problem.scene().model.text("path");
}

QString hashOf(const Problem& problem) {
  for (const DataFile& file : problem.dataFiles())
    if (file.path == pathOf(problem)) return QString::fromStdString(file.sha256);
  return {};
}

bool isAllowed(const QString& hash) {
  return QSettings().value(kKey).toStringList().contains(hash);
}

void allow(const QString& hash) {
  if (hash.isEmpty()) return;  // not a file that could be known again
  QStringList all = QSettings().value(kKey).toStringList();
  all.removeAll(hash);
  all.prepend(hash);
  QSettings().setValue(kKey, all.mid(0, kMostRemembered));
}

}  // namespace

ModelGuard::ModelGuard(Session& session, DocumentFile& file, MessageBar& messages, QObject* parent)
    : QObject(parent), m_session(session), m_file(file), m_messages(messages) {
  m_session.guardModels([this](const Problem& problem) { return mayRun(problem); });
  connect(&m_session, &Session::modelHeldChanged, this, &ModelGuard::ask);
  connect(&m_session, &Session::problemChanged, this, &ModelGuard::watch);
  connect(&m_session, &Session::entryRejected, this, [this] { m_trusted.clear(); });
  m_settling.setSingleShot(true);
  m_settling.setInterval(kSettling);
  connect(&m_settling, &QTimer::timeout, this, &ModelGuard::look);
  // Of a file that is replaced by another the folder is told.
  const auto settle = [this] { m_settling.start(); };
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settling, settle);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settling, settle);
}

bool ModelGuard::mayRun(const Problem& problem) {
  const std::string path = pathOf(problem);
  if (isBuiltin(path)) return true;
  const QString hash = hashOf(problem);
  if (std::exchange(m_trusted, {}) == path) allow(hash);
  return isAllowed(hash);
}

void ModelGuard::ask() {
  const Problem& problem = *m_session.problem();
  if (!m_session.isModelHeld()) {
    if (problem.model() != nullptr && !isBuiltin(pathOf(problem))) allow(hashOf(problem));
    if (m_messages.text() == m_question) m_messages.hide();
    return;
  }
  m_question = tr("“%1” is a program and has not run here before. It would run in a process of its "
                  "own that can open no file and reach no network.")
                   .arg(QString::fromStdString(problem.model()->name()));
  m_messages.showNotice(
      m_question, {{tr("Allow it to run"), [this] { m_session.releaseModel(); }},
                   {tr("Go on without it"), [this] {
                      m_session.editEntries("model", {{"path", ""}}, tr("Go on without the model"));
                    }}});
}

void ModelGuard::watch() {
  const std::string path = pathOf(*m_session.problem());
  const QString now = isBuiltin(path) ? QString() : QString::fromStdString(path);
  const QString hash = hashOf(*m_session.problem());
  if (now != m_path || hash != m_hash) {
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty()) m_watcher.removePaths(watched);
    m_path = now;
    m_hash = hash;
    m_loaded = stamp();
    if (!m_path.isEmpty()) m_watcher.addPath(QFileInfo(m_path).path());
  }
  if (QFileInfo::exists(m_path)) m_watcher.addPath(m_path);
}

ModelGuard::Stamp ModelGuard::stamp() const {
  const QFileInfo file(m_path);
  return {file.size(), file.lastModified()};
}

void ModelGuard::look() {
  if (m_path.isEmpty() || !QFileInfo::exists(m_path)) return;
  m_watcher.addPath(m_path);
  if (stamp() == m_loaded) return;
  m_messages.showNotice(tr("“%1” has changed on the disk.").arg(QFileInfo(m_path).fileName()),
                        {{tr("Load it again"), [this] { loadAgain(); }}});
}

void ModelGuard::loadAgain() {
  m_loaded = stamp();
  m_trusted = m_path.toStdString();
  m_file.reloadData();
}

}  // namespace separatrix
