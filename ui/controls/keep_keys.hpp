#pragma once

#include <initializer_list>

class QWidget;

namespace separatrix {

/// While `widget` has the focus these keys go to it, not to the window's shortcuts.
void keepKeys(QWidget* widget, std::initializer_list<int> keys);

}  // namespace separatrix
