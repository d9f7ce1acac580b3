#pragma once

#include <QIcon>
#include <QString>

namespace separatrix {

/// The icon ":/icons/NAME.svg" in the text colour of the application's palette, whatever that is
/// when it is painted: follows changes between light and dark by itself.
QIcon symbolicIcon(const QString& name);

}  // namespace separatrix
