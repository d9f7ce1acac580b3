#pragma once

#include "ui/documents/file_work.hpp"
#include "ui/export/figure_state.hpp"
#include "ui/session/session.hpp"

#include <QObject>

#include <functional>
#include <vector>

class QMenu;

namespace separatrix {

class View;

/// Figures and data out of the window: asks how and where, draws, and writes in the background.
class ExportActions : public QObject {
  Q_OBJECT

public:
  ExportActions(Session& session, const std::vector<View*>& views, FileWork& work, QWidget* window);

  void fillFileMenu(QMenu* menu);

  /// Writes one view or all as a figure that carries its document. `done` is called when it is
  /// written; a problem is shown.
  void exportFigure(const QString& path, const FigureState& figure,
                    const std::function<void()>& done = {});
  /// Writes the data behind a view; the outcome is shown.
  void exportData(const QString& path, const View& view);

signals:
  void aboutToAsk();

private:
  std::vector<View*> shownViews() const;
  void askFigure();
  void askData();

  Session& m_session;
  const std::vector<View*>& m_views;
  FileWork& m_work;
  QWidget* m_window;
};

}  // namespace separatrix
