#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QTimer;

namespace separatrix {

/// A button beside a message: what can be done about it.
struct MessageAction {
  QString text;
  std::function<void()> run;
};

/// A line above the views that says what went wrong or was done. Never modal; goes away when
/// closed, when one of its buttons was pressed, or when there is something newer to say.
class MessageBar : public QFrame {
  Q_OBJECT

public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showProblem(const QString& text, const std::vector<MessageAction>& actions = {});
  /// Stays like a problem, but nothing is wrong.
  void showNotice(const QString& text, const std::vector<MessageAction>& actions = {});
  /// Goes away by itself after some seconds.
  void showSuccess(const QString& text);
  QString text() const;

private:
  void show(const QString& text, const QColor& colour, const std::vector<MessageAction>& actions);

  QHBoxLayout* m_buttons;
  QLabel* m_text;
  QTimer* m_timer;
};

}  // namespace separatrix
