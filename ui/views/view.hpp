#pragma once

#include "ui/session/session.hpp"
#include "ui/theme.hpp"

#include <QString>
#include <QWidget>

#include <functional>
#include <string>
#include <vector>

namespace separatrix {

class Plot;

/// One picture of the session. It draws results that the session holds and tells the session what
/// the user does; it knows no other view.
class View : public QWidget {
  Q_OBJECT

public:
  explicit View(Session& session, QWidget* parent = nullptr)
      : QWidget(parent), m_session(session) {}

  virtual void setTheme(const Theme& theme) = 0;
  /// What File ▸ Export figure draws.
  virtual std::vector<const Plot*> plots() const = 0;
  /// The analysis whose result File ▸ Export data writes.
  virtual std::string dataAnalysis() const = 0;
  /// One line that says what is to be seen, for those who cannot see it.
  virtual QString summary() const = 0;

signals:
  void summaryChanged();

protected:
  Session& session() const { return m_session; }

private:
  Session& m_session;
};

struct ViewKind {
  QString id;     ///< as in documents
  QString title;  ///< for people
  std::function<View*(Session&)> make;
};

/// All views, in the order they are offered.
const std::vector<ViewKind>& viewCatalog();

}  // namespace separatrix
