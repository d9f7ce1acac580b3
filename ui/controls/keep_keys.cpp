#include "ui/controls/keep_keys.hpp"

#include <QKeyEvent>
#include <QWidget>

#include <algorithm>
#include <vector>

namespace separatrix {
namespace {

class KeyKeeper : public QObject {
public:
  KeyKeeper(QWidget* widget, std::initializer_list<int> keys) : QObject(widget), m_keys(keys) {
    widget->installEventFilter(this);
  }

protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::ShortcutOverride) {
      const auto* key = static_cast<QKeyEvent*>(event);
      const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
      if (plain && std::find(m_keys.begin(), m_keys.end(), key->key()) != m_keys.end())
        event->accept();
    }
    return QObject::eventFilter(watched, event);
  }

private:
  std::vector<int> m_keys;
};

}  // namespace

void keepKeys(QWidget* widget, std::initializer_list<int> keys) {
  new KeyKeeper(widget, keys);
}

}  // namespace separatrix
