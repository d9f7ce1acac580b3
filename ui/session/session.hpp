#pragma once

#include "core/study/document.hpp"
#include "ui/session/demand.hpp"
#include "ui/session/result_group.hpp"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace separatrix {

/// What the window works on: the current document, the problem prepared from it, and the results
/// that are demanded, kept up to date in the background. Views read from it and listen to it; they
/// never talk to each other.
class Session : public QObject {
  Q_OBJECT

public:
  explicit Session(QObject* parent = nullptr);
  ~Session() override;

  /// The document as it is now, with the state of the views and the files that were loaded.
  Document document() const;
  const Scene& scene() const { return m_document.scene; }
  /// Name of the document for people: a preset's title or a file's name.
  const QString& documentName() const { return m_name; }
  void setDocumentName(const QString& name) { m_name = name; }

  /// Starts over with another document once it is prepared; its relative paths are meant from the
  /// current directory. Throws InvalidInput if it is none; one that does not fit together is
  /// announced by `entryRejected`. The old one stays then.
  void open(const Json& json, const QString& name);
  /// The same with a document that is prepared already, at once.
  void open(Document document, ProblemPtr problem, const QString& name);

  /// Changes entries of one section ("target", "process", "ensemble") or, with an empty section,
  /// of the scene itself, as one step of the history that is called `text` (empty: after what
  /// changes). An invalid change is announced by `entryRejected` and dropped.
  void editEntries(const QString& section, const Json& changes, const QString& text = {});
  /// Replaces the whole scene, as one step of the history.
  void editScene(const Scene& scene, const QString& text);
  /// The steps of the scene since the document was opened; clean where it is as it was saved.
  QUndoStack& history() { return m_history; }

  /// Loads the data files as they are now, whatever the document says of them.
  void reloadData();

  /// State of a view or a control as the document keeps it; null if there is none.
  Json viewState(const std::string& key) const;
  /// Null removes it.
  void setViewState(const std::string& key, const Json& state);

  /// Null until the first one is ready.
  const ProblemPtr& problem() const { return m_problem; }

  /// The current diffusion time s, within [shortest time, horizon].
  double time() const { return m_time; }
  void setTime(double s);
  /// Where the cursor is in data space; none: not over a view.
  void setCursor(std::optional<Vec> x);

  /// Where the user wants to see particles start, in data space; kept in the document.
  const std::optional<Vec>& probe() const { return m_probe; }
  void setProbe(std::optional<Vec> x);

  /// While a point or parameter is dragged: ranges hold still, and all edits are one step of the
  /// history.
  void setEditing(bool editing);
  bool isEditing() const { return m_editing; }
  /// setEditing(true), and false when that long nothing more of the kind has come: wheels and keys
  /// have no end of their own.
  void editFor(int milliseconds);
  /// The user wants the vertical ranges to stay as they are.
  void setRangesLocked(bool locked);
  bool areRangesLocked() const { return m_rangesLocked; }
  /// A data point is selected in one place and shown everywhere; −1: none.
  void setSelectedPoint(int index);
  int selectedPoint() const { return m_selectedPoint; }

  /// From now on these results are kept up to date for `who`, instead of those it wanted before.
  void demand(const std::string& who, std::vector<Demand> demands);
  /// `who` wants nothing any more; results that exist stay.
  void release(const std::string& who) { demand(who, {}); }

  /// The last result called `key` (Demand::key), null if there is none of that type.
  template <class R>
  std::shared_ptr<const R> result(const std::string& key) const {
    return std::dynamic_pointer_cast<const R>(resultOf(key));
  }
  ResultPtr resultOf(const std::string& key) const;
  /// Why there is no result called `key`; empty if there is one, or none was demanded.
  QString problemOf(const std::string& key) const;
  /// From now on `mayRun` is asked of each model before it runs, on the GUI thread; one that may
  /// not is held until it is released, and views say so. Without it all may.
  void guardModels(std::function<bool(const Problem&)> mayRun);
  /// The scene's model waits to be allowed to run.
  bool isModelHeld() const { return m_modelHeld; }
  void releaseModel();
  /// Tries again where the model failed; it is started anew if it is not running.
  void restartModel();
  /// Stops what takes long; the last results stay.
  void cancelLongWork();
  /// Something is being computed or waits for it.
  bool busy() const;

signals:
  void documentOpened();
  void sceneChanged();
  void viewStateChanged();
  void problemChanged();
  void timeChanged(double s);
  void frameChanged();                         ///< the results of Pace::frame
  void cursorChanged();                        ///< those of Pace::cursor
  void resultChanged(const std::string& key);  ///< one of Pace::scene
  void probeChanged();
  void editingChanged(bool editing);
  void rangesLockedChanged(bool locked);
  void selectedPointChanged(int index);
  void remarked(const QString& remark);  ///< on how the scene was loaded; once, not at each edit
  void entryRejected(const QString& entry, const QString& message);
  /// `isModelHeld` may have changed, or another model is held.
  void modelHeldChanged(bool held);
  /// Once for all views; again after it was restarted, or for another reason.
  void modelFailed(const QString& problem);
  void progressChanged(double fraction);
  void idle();

private:
  struct Prepared;
  void applyScene(const Scene& scene);
  void prepareScene(const ProblemPtr& previous);
  void refuse(const Scene& scene, const QString& entry, const QString& message);
  void takeProblem(ProblemPtr problem);
  std::vector<Demand> demandsOf(Pace pace) const;
  AnalysisCall call(const Demand& demand, const Json& request) const;
  void requestFrame();
  void requestCursor();
  void requestScene();
  void requestAll();
  void startMoving();
  void restoreProbe();
  void announceIdle();
  void announceModelFailure(const QString& problem);
  ResultGroup* sceneGroup(const Demand& demand);
  ResultGroup* groupOf(const std::string& key) const;

  Document m_document;
  QString m_name;
  QUndoStack m_history;
  int m_gesture = 0;
  bool m_refusing = false;
  ProblemPtr m_problem;
  QString m_modelFailure;  // that was announced
  std::function<bool(const Problem&)> m_mayRun;
  bool m_modelHeld = false;
  double m_time = 0;
  double m_wantedTime = 0;  // as it was set; the process may not reach that far
  std::optional<Vec> m_cursor, m_probe;
  bool m_editing = false;
  bool m_rangesLocked = false;
  int m_selectedPoint = -1;

  std::map<std::string, std::vector<Demand>> m_demands;  // by who wants them
  LatestJob<Prepared> m_preparation;
  ResultGroup* m_frame;
  ResultGroup* m_cursorField;
  std::map<std::string, ResultGroup*> m_sceneGroups;  // by key
  QTimer m_editingEnds;
  QTimer m_moving;  // runs for a while after the last movement
};

}  // namespace separatrix
