#pragma once

#include "tests/models/support.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/message_bar.hpp"

#include <QElapsedTimer>
#include <QPushButton>
#include <QTest>
#include <QTimer>

namespace separatrix::test {

/// The longest that the event loop was busy while this lives, in milliseconds.
class StallWatch : public QObject {
public:
  StallWatch() {
    m_timer.setInterval(0);
    m_timer.callOnTimeout(this, [this] { m_longest = std::max(m_longest, m_since.restart()); });
    m_since.start();
    m_timer.start();
  }
  qint64 longest() const { return m_longest; }

private:
  QTimer m_timer;
  QElapsedTimer m_since;
  qint64 m_longest = 0;
};

/// The window with two deltas whose score is a test model's.
class ModelWindow {
public:
  explicit ModelWindow(const std::string& model, Json settings = Json::object()) {
    Json document = findDocument(presets(), "two-deltas")->json;
    if (!settings.contains("path")) settings["path"] = modelPath(model);
    document["model"] = settings;
    document["views"]["time"] = 0.25;
    document["ensemble"] = {{"particles", 50}, {"steps", 20}};
    m_window.resize(1280, 800);
    session().open(document, "Two deltas");
    m_window.show();
  }

  MainWindow& window() { return m_window; }
  Session& session() { return m_window.session(); }
  MessageBar& messages() { return *m_window.findChild<MessageBar*>(); }
  QPushButton* restart() {
    for (QPushButton* button : messages().findChildren<QPushButton*>())
      if (button->text() == "Restart" && button->isVisible()) return button;
    return nullptr;
  }
  int process() { return session().problem()->model()->processId(); }

private:
  MainWindow m_window;
};

/// A model that takes some 10 ms for a batch: something is in flight at any time.
inline Json slowSettings() {
  return {{"parametrisation", "score"}, {"time_argument", "unit"}, {"shape", {1}}};
}

}  // namespace separatrix::test
