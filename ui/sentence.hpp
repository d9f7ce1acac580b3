#pragma once

#include <QString>

namespace separatrix {

/// A message of the core, which follows a program's name there and begins small, by itself; a path
/// or an entry stays as it is.
QString asSentence(QString message);

}  // namespace separatrix
