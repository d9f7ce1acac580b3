#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

class QWidget;

namespace separatrix {

/// Text colour of what is wrong, readable on the palette's base, light or dark.
QColor problemColor(const QPalette& palette);
/// A faint background for it.
QColor problemBase(const QPalette& palette);

/// Tints an input field as wrong, or takes the tint off.
void markProblem(QWidget* field, bool wrong);

/// `message` beside `field`, as a tool tip that is read out too.
void tellProblem(QWidget* field, const QString& message);

}  // namespace separatrix
