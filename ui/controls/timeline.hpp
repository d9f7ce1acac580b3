#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QTimer;
class QToolButton;

namespace separatrix {

class NumberBox;
class TimelineTrack;

/// One way to read time. Both functions are monotone and inverse to each other.
struct TimeAxisView {
  QString id;      ///< as in documents: "s", "theta"
  QString title;   ///< in the axis switch: "Signal rate"
  QString symbol;  ///< math text: "θ", "t_gen"
  std::function<double(double s)> fromTime;
  std::function<double(double value)> toTime;
};

/// A named instant, drawn as a tick with a label; a click near it lands on it exactly.
struct TimeMark {
  double position = 0;  ///< diffusion time s
  QString label;        ///< math text: "θ_c"
  QString toolTip;
};

/// A shaded span of diffusion time, in either order.
struct TimeBand {
  double from = 0;
  double to = 0;
  QString label;
  QColor color;  ///< drawn translucent over the track
};

/// The one timeline of the window: noise on the left, data on the right. It knows time only as
/// diffusion time s in [smallest, horizon]; axes translate it for people. A `timeCommitted(s)`
/// always follows a `timeEdited(s)` of the same gesture; setters emit nothing.
class Timeline : public QWidget {
  Q_OBJECT

public:
  using Clock = std::function<std::chrono::nanoseconds()>;

  explicit Timeline(QWidget* parent = nullptr);
  ~Timeline() override;

  /// 0 ≤ smallest < horizon, else InvalidInput. The current time is kept, or brought inside.
  void setRange(double smallest, double horizon);
  /// At least one axis, else InvalidInput. The chosen axis is kept where its id is still there.
  void setAxes(std::vector<TimeAxisView> axes);
  /// Unknown ids are ignored.
  void setAxis(const QString& id);
  QString axis() const;

  double time() const { return m_time; }
  /// Moves the handle. Ignored while it is being dragged.
  void setTime(double s);

  void setMarks(std::vector<TimeMark> marks);
  void setBands(std::vector<TimeBand> bands);

  /// How many steps of the step buttons span the whole track; 200 at first.
  void setStepCount(int count);

  bool isPlaying() const { return m_playing; }
  bool isLooping() const;
  void setLooping(bool looping);
  double speed() const;
  /// Takes the nearest of ¼, ½, 1, 2, 4.
  void setSpeed(double factor);
  bool isDragging() const;

  /// Replaces the monotonic clock that playing follows (tests).
  void setClock(Clock clock);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

public slots:
  void play();
  void pause();
  void togglePlay();
  void stepForward(int count = 1);   ///< towards the data
  void stepBackward(int count = 1);  ///< towards the noise
  void toStart();                    ///< noise
  void toEnd();                      ///< data
  void slower();
  void faster();
  /// One frame of playing, by the clock; called by the frame timer.
  void advance();

signals:
  void timeEdited(double s);
  void timeCommitted(double s);
  void playingChanged(bool playing);
  void axisChanged(const QString& id);
  void loopingChanged(bool looping);
  void speedChanged(double factor);

protected:
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  void buildTransport(QHBoxLayout* row);
  void buildReadout(QHBoxLayout* row);
  void connectTrack();
  QToolButton* addButton(QHBoxLayout* row, const QString& icon, const QString& text,
                         const QString& keys);
  void fitContents();
  void chooseAxis(int index);
  void showAxis();
  void changeSpeed(int direction);
  void endKeySteps();
  void moveTo(double s, bool commit);
  void moveByFraction(double fraction, bool commit);
  void showTime();
  void setPlaying(bool playing);
  bool handleKey(const QKeyEvent& event);

  double m_time = 1;
  double m_smallest = 0;
  double m_horizon = 1;
  int m_stepCount = 200;
  bool m_playing = false;
  std::optional<double> m_keyStart;  ///< where a run of key steps began
  double m_playFraction = 0;
  std::chrono::nanoseconds m_lastFrame{0};
  Clock m_clock;
  std::vector<TimeAxisView> m_axes;

  TimelineTrack* m_track = nullptr;
  QLabel* m_symbol = nullptr;
  NumberBox* m_box = nullptr;
  QComboBox* m_axisBox = nullptr;
  QComboBox* m_speedBox = nullptr;
  QToolButton* m_startButton = nullptr;
  QToolButton* m_backButton = nullptr;
  QToolButton* m_playButton = nullptr;
  QToolButton* m_forwardButton = nullptr;
  QToolButton* m_endButton = nullptr;
  QToolButton* m_loopButton = nullptr;
  QTimer* m_frames = nullptr;
};

}  // namespace separatrix
