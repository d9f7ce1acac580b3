#include "ui/documents/ask_file.hpp"

#include <QFileDialog>
#include <QFileInfo>

namespace separatrix {

void askFile(QWidget* parent, const FileQuestion& question,
             const std::function<void(const QString& path)>& then) {
  auto* dialog = new QFileDialog(parent, question.title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setNameFilters(question.filters.split(";;"));
  dialog->setAcceptMode(question.toSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(question.toSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
  if (question.folder) {
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
  }
  dialog->setDefaultSuffix(question.defaultSuffix);
  const QFileInfo suggestion(question.suggestion);
  if (suggestion.isDir()) {
    dialog->setDirectory(suggestion.absoluteFilePath());
  } else if (!question.suggestion.isEmpty()) {
    dialog->setDirectory(suggestion.absolutePath());
    dialog->selectFile(suggestion.fileName());
  }
  QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                   [then](const QString& path) { then(QFileInfo(path).absoluteFilePath()); });
  dialog->open();
}

}  // namespace separatrix
