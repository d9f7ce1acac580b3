#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QTimer;

namespace separatrix {

/// A line above the views that says what went wrong or was done. Never modal; goes away when
/// closed or when there is something newer to say.
class MessageBar : public QFrame {
  Q_OBJECT

public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showProblem(const QString& text);
  /// Goes away by itself after some seconds.
  void showSuccess(const QString& text);
  QString text() const;

private:
  void show(const QString& text, const QColor& colour);

  QLabel* m_text;
  QTimer* m_timer;
};

}  // namespace separatrix
