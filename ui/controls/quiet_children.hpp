#pragma once

#include <QWidget>

namespace separatrix {

/// For destructors: a child that loses the focus while its parent is destroyed must not call the
/// parent, which is no longer what it was.
inline void quietChildren(const QWidget* owner) {
  for (const QObject* child : owner->findChildren<QObject*>()) child->disconnect(owner);
}

}  // namespace separatrix
