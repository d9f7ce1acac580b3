// What the window costs its user: a frame while the timeline is dragged, and the start until the
// first painted frame beside that of an empty window with one plot. Prints JSON.
//
//   window_bench           both measurements
//   window_bench --empty   a window with one empty plot; says "painted" and ends
//   window_bench --full    the application's window with a scene; the same

#include "core/study/document.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/main_window.hpp"
#include "ui/plots/plot.hpp"
#include "ui/workspaces/workspace_area.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QProcess>
#include <QScreen>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace separatrix;

namespace {

constexpr int kFrames = 300;
constexpr int kStarts = 5;

/// Seconds that this thread has worked.
double threadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void openScene(MainWindow& window, int particles) {
  Json json = findDocument(presets(), "two-deltas")->json;
  json["ensemble"] = {{"particles", particles}, {"steps", 100}, {"save_every", 1}};
  window.session().open(json, "Two deltas");
}

void waitUntil(const std::function<bool()>& done) {
  while (!done()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last)];
}

QWidget* trackOf(MainWindow& window) {
  for (QWidget* child : window.timeline().findChildren<QWidget*>())
    if (QByteArray(child->metaObject()->className()).endsWith("TimelineTrack")) return child;
  return nullptr;
}

void send(QWidget* widget, QEvent::Type type, QPointF at, Qt::MouseButtons buttons) {
  QMouseEvent event(type, at, widget->mapToGlobal(at), Qt::LeftButton, buttons, {});
  QApplication::sendEvent(widget, &event);
}

/// GUI-thread seconds from the input to the flushed paint of all views, frame by frame, while the
/// handle of the timeline is dragged to and fro.
std::vector<double> scrub(MainWindow& window, const char* workspace) {
  window.area().showWorkspace(workspace);
  Session& session = window.session();
  waitUntil([&] { return session.problem() && !session.busy(); });
  QWidget* track = trackOf(window);
  const double middle = track->height() / 2.0;
  const double width = track->width();
  send(track, QEvent::MouseButtonPress, {width / 2, middle}, Qt::LeftButton);
  std::vector<double> out;
  for (int frame = 0; frame < kFrames; ++frame) {
    const double phase = 2.0 * frame / kFrames;
    const double x = width * (0.1 + 0.8 * (phase < 1 ? phase : 2 - phase));
    const double begun = threadSeconds();
    send(track, QEvent::MouseMove, {x, middle}, Qt::LeftButton);
    waitUntil([&] { return !session.busy(); });
    QCoreApplication::processEvents();  // what was invalidated last is painted
    out.push_back(threadSeconds() - begun);
  }
  send(track, QEvent::MouseButtonRelease, {width / 2, middle}, Qt::NoButton);
  return out;
}

/// Says "painted" once a plot's canvas has been.
class SayPainted : public QObject {
protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint && watched->inherits("QCustomPlot") && !m_said) {
      m_said = true;
      QTimer::singleShot(0, qApp, [] {
        std::puts("painted");
        std::fflush(stdout);
        std::_Exit(0);
      });
    }
    return false;
  }

private:
  bool m_said = false;
};

int showOnce(QApplication& app, bool full) {
  SayPainted filter;
  app.installEventFilter(&filter);
  if (full) {
    MainWindow window;
    window.resize(1280, 800);
    openScene(window, 1000);
    window.show();
    return app.exec();
  }
  QMainWindow window;
  window.resize(1280, 800);
  auto* plot = new Plot;
  window.setCentralWidget(plot);
  window.show();
  return app.exec();
}

double secondsToPaint(const QString& mode) {
  std::vector<double> all;
  for (int i = 0; i < kStarts; ++i) {
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(QCoreApplication::applicationFilePath(), {mode});
    process.waitForReadyRead(10000);
    all.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-9);
    process.waitForFinished();
  }
  return quantile(all, 0.5);
}

}  // namespace

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QString mode = QApplication::arguments().value(1);
  if (mode == "--empty" || mode == "--full") return showOnce(app, mode == "--full");
  MainWindow window;
  window.resize(1280, 800);
  openScene(window, 100000);
  window.show();
  Json out = Json::object();
  out["platform"] = QGuiApplication::platformName().toStdString();
  out["scale"] = window.devicePixelRatioF();
  for (const char* workspace : {"landscape", "ensemble"}) {
    const std::vector<double> frames = scrub(window, workspace);
    out["scrub"][workspace] = {{"median", quantile(frames, 0.5)},
                               {"p99", quantile(frames, 0.99)},
                               {"frames", frames.size()}};
  }
  out["startEmpty"] = secondsToPaint("--empty");
  out["startFull"] = secondsToPaint("--full");
  std::puts(out.dump(2).c_str());
  return 0;
}
