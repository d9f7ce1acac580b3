#include "ui/documents/autosave.hpp"

#include <QStandardPaths>

namespace separatrix {
namespace {

constexpr int kDelayMilliseconds = 500;

}  // namespace

Autosave::Autosave(Session& session, DocumentFile& file, QObject* parent)
    : QObject(parent),
      m_file(file),
      m_slot(std::make_shared<RecoverySlot>(folder())),
      m_job(Priority::background, {[this](const QString& message) {
                                     if (!m_complained) emit failed(message);
                                     m_complained = true;
                                   },
                                   {},
                                   {}}) {
  m_delay.setSingleShot(true);
  m_delay.setInterval(kDelayMilliseconds);
  connect(&m_delay, &QTimer::timeout, this, &Autosave::store);
  connect(&session, &Session::sceneChanged, this, &Autosave::changed);
  connect(&session, &Session::viewStateChanged, this, &Autosave::changed);
  connect(&file, &DocumentFile::changed, this, &Autosave::changed);
}

std::filesystem::path Autosave::folder() {
  return (QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/recovery")
      .toStdString();
}

/// Not started anew by each change: what goes on changing is kept all the same.
void Autosave::changed() {
  if (!m_delay.isActive()) m_delay.start();
}

void Autosave::store() {
  if (!m_file.isModified()) {
    m_job.start([slot = m_slot](const RunControl&) { slot->clear(); }, [] {},
                WhenSuperseded::finish);
    return;
  }
  m_job.start([slot = m_slot, work = m_file.unsavedWork()](const RunControl&) { slot->keep(work); },
              [this] { m_complained = false; }, WhenSuperseded::finish);
}

void Autosave::adopt(std::shared_ptr<RecoverySlot> slot) {
  m_slot->close();
  m_slot = std::move(slot);
}

void Autosave::close() {
  m_delay.stop();
  m_slot->close();
}

}  // namespace separatrix
