#include "ui/documents/autosave.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/documents/model_guard.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/message_bar.hpp"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QSettings>

// What the window does so that nothing is lost: placement, autosave, recovery, closing, drop.

namespace separatrix {
namespace {

const char* const kGeometry = "window/geometry";
const char* const kState = "window/state";
const char* const kTheme = "window/theme";
constexpr int kStateVersion = 1;

}  // namespace

void MainWindow::restorePlacement() {
  const QSettings settings;
  if (!restoreGeometry(settings.value(kGeometry).toByteArray()))
    resize(size().boundedTo(screen()->availableSize()));
  restoreState(settings.value(kState).toByteArray(), kStateVersion);
  const int theme = settings.value(kTheme).toInt();
  if (theme >= 0 && theme <= static_cast<int>(ThemeMode::dark))
    setThemeMode(static_cast<ThemeMode>(theme));
}

void MainWindow::keepPlacement() const {
  QSettings settings;
  settings.setValue(kGeometry, saveGeometry());
  settings.setValue(kState, saveState(kStateVersion));
  settings.setValue(kTheme, static_cast<int>(m_themeMode));
}

void MainWindow::keepEverything() {
  new ModelGuard(*m_session, m_documents->file(), *m_messages, this);
  m_autosave = new Autosave(*m_session, m_documents->file(), this);
  connect(m_autosave, &Autosave::failed, this, [this](const QString& message) {
    m_messages->showProblem(tr("Unsaved work cannot be kept for after a crash: %1").arg(message));
  });
}

MainWindow* MainWindow::openNewWindow() {
  auto* window = new MainWindow;
  window->setAttribute(Qt::WA_DeleteOnClose);
  window->restorePlacement();
  window->setThemeMode(m_themeMode);
  window->move(pos() + QPoint(30, 30));
  window->keepEverything();
  window->show();
  return window;
}

void MainWindow::recover(AbandonedWork abandoned) {
  const std::shared_ptr<RecoverySlot> slot = std::move(abandoned.slot);
  const QString file = QString::fromStdString(abandoned.work.file);
  m_documents->file().open(abandoned.work, [this, slot, file] {
    m_autosave->adopt(slot);
    m_messages->showNotice(
        tr("Recovered changes to “%1” that were not saved when Separatrix last ended.")
            .arg(m_session->documentName()),
        {{tr("Discard them"), [this, file] {
            if (file.isEmpty())
              m_documents->openNew();
            else
              m_documents->open(file);
          }}});
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  const bool done = !m_documents->file().isModified() && !m_fileWork->busy();
  if (!done && !m_mayClose) {
    event->ignore();
    m_documents->whenSafe([this] { closeWhenWritten(); });
    return;
  }
  if (m_autosave != nullptr) {
    m_autosave->close();
    keepPlacement();
  }
  event->accept();
}

void MainWindow::closeWhenWritten() {
  if (m_fileWork->busy()) {
    connect(
        m_fileWork, &FileWork::idle, this, [this] { closeWhenWritten(); },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    return;
  }
  m_mayClose = true;
  close();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (DocumentActions::canTake(*event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  m_documents->take(*event->mimeData());
}

}  // namespace separatrix
