#include "ui/controls/file_edit.hpp"

#include "ui/controls/spec_problem.hpp"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

namespace separatrix {

FileEdit::FileEdit(const ParameterSpec& spec, QWidget* parent)
    : QWidget(parent), m_title(specTitle(spec)), m_line(new QLineEdit(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_line, 1);
  setFocusProxy(m_line);
  m_line->setLayoutDirection(Qt::LeftToRight);
  m_line->setAccessibleName(m_title);
  m_line->setPlaceholderText(tr("no file chosen"));
  m_line->installEventFilter(this);
  connect(m_line, &QLineEdit::editingFinished, this, &FileEdit::finish);
  connect(addButton(tr("Choose…"), tr("Choose: %1").arg(m_title)), &QPushButton::clicked, this,
          &FileEdit::choose);
  if (spec.folder)
    connect(addButton(tr("Folder…"), tr("Choose a folder: %1").arg(m_title)), &QPushButton::clicked,
            this, &FileEdit::chooseFolder);
}

QPushButton* FileEdit::addButton(const QString& text, const QString& name) {
  auto* button = new QPushButton(text, this);
  button->setAccessibleName(name);
  button->setAutoDefault(false);
  layout()->addWidget(button);
  return button;
}

void FileEdit::setPath(const QString& path) {
  m_path = path;
  if (!m_line->isModified()) showPath();
}

void FileEdit::showPath() {
  if (m_line->text() != m_path) m_line->setText(m_path);
  m_line->setModified(false);
  m_line->setToolTip(m_path);
}

void FileEdit::finish() {
  if (!m_line->isModified()) return;
  QString typed = m_line->text().trimmed();
  if (typed.startsWith(QLatin1String("~/"))) typed.replace(0, 1, QDir::homePath());
  take(typed);
}

void FileEdit::choose() {
  const QString folder = m_path.isEmpty() ? QString() : QFileInfo(m_path).path();
  const QString chosen = QFileDialog::getOpenFileName(this, m_title, folder);
  if (!chosen.isEmpty()) take(chosen);
}

void FileEdit::chooseFolder() {
  const QString chosen = QFileDialog::getExistingDirectory(this, m_title, m_path);
  if (!chosen.isEmpty()) take(chosen);
}

void FileEdit::take(const QString& path) {
  const bool another = path != m_path;
  m_path = path;
  showPath();
  if (another) emit changed(m_path);
}

bool FileEdit::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_line && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape && m_line->isModified()) {
      showPath();
      return true;
    }
    // Not the dialog's default button.
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      finish();
      m_line->selectAll();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace separatrix
