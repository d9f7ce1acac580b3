#pragma once

#include "ui/plots/plot.hpp"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

namespace separatrix {

/// What a person does to a plot with the mouse, as events of the widget.
class PlotMouse {
public:
  explicit PlotMouse(Plot& plot) : m_plot(plot) {}

  /// Away from the user for positive notches.
  void wheel(QPointF at, int notches) {
    QWheelEvent event(at, m_plot.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&m_plot, &event);
  }

  void move(QPoint at, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers = {}) {
    QMouseEvent event(QEvent::MouseMove, at, m_plot.mapToGlobal(QPointF(at)), Qt::NoButton, buttons,
                      modifiers);
    QCoreApplication::sendEvent(&m_plot, &event);
  }

  void press(QPoint at) { QTest::mousePress(&m_plot, Qt::LeftButton, {}, at); }
  void release(QPoint at) { QTest::mouseRelease(&m_plot, Qt::LeftButton, {}, at); }

  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    press(from);
    for (const QPoint at : {from + (to - from) / 2, to}) move(at, Qt::LeftButton, modifiers);
    release(to);
  }

  void click(QPoint at, Qt::MouseButton button = Qt::LeftButton) {
    QTest::mouseClick(&m_plot, button, {}, at);
  }

private:
  Plot& m_plot;
};

}  // namespace separatrix
