#pragma once

#include <QDialog>

class QTextBrowser;

namespace separatrix {

/// The guide: the equation behind each view, with its source.
class GuideWindow final : public QDialog {
  Q_OBJECT

public:
  explicit GuideWindow(QWidget* parent = nullptr);

  /// Scrolls to the section with that heading; an empty one is the top.
  void showSection(const QString& heading);

private:
  void find(const QString& text);

  QTextBrowser* m_text;
};

}  // namespace separatrix
