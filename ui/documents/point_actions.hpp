#pragma once

#include "ui/session/session.hpp"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace separatrix {

/// The data of the scene as points that a person can change: pasted from a spreadsheet, or made of
/// whatever target there is.
class PointActions final : public QObject {
  Q_OBJECT

public:
  explicit PointActions(Session& session, QWidget* window);

  /// "Paste points" works while one of `views` has the focus: fields of text keep their own key.
  void fillEditMenu(QMenu* menu, const std::vector<QWidget*>& views);

  /// Points from text as spreadsheets and CSV files give it (parsePoints): beside those of the
  /// scene where they have as many coordinates, else instead of its data. One step of the history.
  /// Returns why nothing was pasted; empty if it was.
  QString paste(const QString& text);
  /// The components of the target as a mixture with a table of them.
  void turnIntoPoints();

signals:
  void refused(const QString& message);

private:
  bool canTurn() const;
  void replaceTarget(const Json& target, const QString& text);

  Session& m_session;
  QAction* m_turn = nullptr;
};

}  // namespace separatrix
