#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace separatrix {

/// The path of a file: a line of text with a button "Choose…" that opens a dialog, and another,
/// "Folder…", where a folder will do. Return and leaving the line finish what is typed, Escape
/// brings back the path. "~/" is the home folder.
class FileEdit : public QWidget {
  Q_OBJECT

public:
  explicit FileEdit(const ParameterSpec& spec, QWidget* parent = nullptr);

  const QString& path() const { return m_path; }
  /// Emits nothing; a path that is being typed stays.
  void setPath(const QString& path);

signals:
  /// Typing or choosing is finished and the path is another one.
  void changed(const QString& path);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void showPath();
  void finish();
  QPushButton* addButton(const QString& text, const QString& name);
  void choose();
  void chooseFolder();
  void take(const QString& path);

  QString m_title;
  QString m_path;
  QLineEdit* m_line;
};

}  // namespace separatrix
