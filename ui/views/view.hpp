#pragma once

#include "ui/session/session.hpp"
#include "ui/theme.hpp"

#include <QPointer>
#include <QString>
#include <QWidget>

#include <functional>
#include <string>
#include <vector>

namespace separatrix {

class Plot;
class ViewOptions;

/// One picture of the session. It draws results that the session holds and tells the session what
/// the user does; it knows no other view. Its object name is its id; the results it demands are
/// kept up to date while it is shown.
class View : public QWidget {
  Q_OBJECT

public:
  View(Session& session, const QString& id, QWidget* parent = nullptr);

  /// The results it draws, as they are wanted now.
  virtual std::vector<Demand> demands() const = 0;
  virtual void setTheme(const Theme& theme);
  /// What File ▸ Export figure draws: all plots that are not hidden.
  virtual std::vector<const Plot*> plots() const;
  /// The key of the result that File ▸ Export data writes.
  virtual std::string dataAnalysis() const = 0;
  /// One line that says what is to be seen, for those who cannot see it.
  virtual QString summary() const = 0;

  /// Whether what it shows now can be kept as a ghost, to be compared with what comes.
  virtual bool canPin() const { return false; }
  /// Keeps it, in the document too.
  void pin();
  void clearPins();
  bool hasPins() const;

  /// The choices that the user has in this view, shown in the head of its tile.
  ViewOptions& options() const { return *m_options; }

signals:
  void summaryChanged();
  void pinsChanged();

protected:
  Session& session() const { return m_session; }
  /// A plot that fills the view, or the page of it that is on top; with all that plots have in
  /// common: ranges held while editing, locked on demand, kept in the document under the view's id
  /// or, with a `page`, under "id-page".
  Plot* addPlot(const QString& accessibleName, const QString& page = {});
  /// Calls `show` whenever the result `key` of Pace::scene has changed.
  void onResult(const std::string& key, std::function<void()> show);
  /// To be called when demands() gives something else.
  void demandsChanged();
  /// To be called when what is seen has changed.
  void announceSummary();
  /// What a pin of now is called; math text.
  virtual QString pinName() const;

  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

private:
  void storePins();
  void restorePins();

  Session& m_session;
  QPointer<Session> m_living;  // the window deletes the session before its views
  ViewOptions* m_options;
};

struct ViewKind {
  QString id;     ///< as in documents
  QString title;  ///< for people
  std::function<View*(Session&)> make;
};

/// All views, in the order they are offered.
const std::vector<ViewKind>& viewCatalog();

}  // namespace separatrix
