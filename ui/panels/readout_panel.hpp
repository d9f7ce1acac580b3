#pragma once

#include "ui/session/session.hpp"

#include <QWidget>

class QLabel;

namespace separatrix {

class NumberBox;

/// The numbers behind the pictures: the time on every axis, what is under the cursor, the fixed
/// points, the critical times, and the equation and source of the potential.
class ReadoutPanel : public QWidget {
  Q_OBJECT

public:
  explicit ReadoutPanel(Session& session, QWidget* parent = nullptr);

private:
  QLabel* addPart(const QString& title);
  void addPointsBox();
  void demandNumbers();
  void showPointsBox();
  void showTime();
  void showCursor();
  void showFixedPoints();
  void showCriticalTimes();
  void showEquation();

  Session& m_session;
  QLabel *m_time, *m_cursor, *m_fixedPoints, *m_criticalTimes, *m_equation;
  NumberBox* m_points;
  QWidget* m_pointsRow;
};

}  // namespace separatrix
