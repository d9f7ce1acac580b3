#include "ui/controls/problem_style.hpp"

#include <QAccessible>
#include <QToolTip>
#include <QWidget>

namespace separatrix {
namespace {

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Base).lightness() < 128;
}

}  // namespace

QColor problemColor(const QPalette& palette) {
  return isDark(palette) ? QColor(0xff, 0x9b, 0x8a) : QColor(0xb3, 0x26, 0x0d);
}

QColor problemBase(const QPalette& palette) {
  return isDark(palette) ? QColor(0x4a, 0x23, 0x1e) : QColor(0xfd, 0xe7, 0xe2);
}

void markProblem(QWidget* field, bool wrong) {
  if (!wrong) {
    field->setPalette(QPalette());
    return;
  }
  const QPalette inherited =
      field->parentWidget() != nullptr ? field->parentWidget()->palette() : field->palette();
  QPalette tinted;
  tinted.setColor(QPalette::Text, problemColor(inherited));
  tinted.setColor(QPalette::Base, problemBase(inherited));
  field->setPalette(tinted);
}

void tellProblem(QWidget* field, const QString& message) {
  if (!field->isVisible()) return;
  QToolTip::showText(field->mapToGlobal(QPoint(0, field->height())), message, field);
  QAccessibleEvent alert(field, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

}  // namespace separatrix
