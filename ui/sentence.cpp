#include "ui/sentence.hpp"

#include <algorithm>

namespace separatrix {

QString asSentence(QString message) {
  const QString first = message.section(' ', 0, 0);
  const bool word = std::all_of(first.begin(), first.end(), [](QChar c) { return c.isLetter(); });
  if (word && !message.isEmpty()) message[0] = message[0].toUpper();
  return message;
}

}  // namespace separatrix
