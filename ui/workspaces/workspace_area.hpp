#pragma once

#include "ui/views/view.hpp"
#include "ui/workspaces/layout.hpp"

#include <QWidget>

#include <map>
#include <vector>

class QSplitter;
class QTabBar;

namespace separatrix {

class ViewTile;

/// The centre of the window: the workspaces as tabs, and the tiles of the current one. Which
/// workspace is shown and how each is arranged is kept in the document: views.workspace,
/// views.layouts.
class WorkspaceArea : public QWidget {
  Q_OBJECT

public:
  explicit WorkspaceArea(Session& session, QWidget* parent = nullptr);
  ~WorkspaceArea() override;

  /// All views of the window, shown or not, in the order of viewCatalog().
  const std::vector<View*>& views() const { return m_views; }
  /// Null for an unknown id.
  View* view(const QString& id) const;

  const QString& workspace() const { return m_current; }
  /// Unknown ids are ignored.
  void showWorkspace(const QString& id);
  /// Shows the first workspace that has this view, unless the current one has it.
  void reveal(const QString& view);
  /// The arrangement that the current workspace came with.
  void resetWorkspace();

signals:
  void workspaceChanged(const QString& id);

private:
  const Workspace& current() const;
  Layout& layoutOfCurrent();
  void arrange();
  QWidget* build(const Layout& layout);
  ViewTile* makeTile(View& view);
  void chooseView(const QString& place, const QString& wanted);
  void closeView(const QString& id);
  void toggleMaximized(const QString& id);
  void readShares(Layout& layout, const QSplitter& splitter) const;
  void store();
  void restore();

  Session& m_session;
  QTabBar* m_tabs;
  QWidget* m_root = nullptr;  // of the tiles
  QString m_current;
  QString m_maximized;                  // id of a view, or empty
  std::map<QString, Layout> m_layouts;  // by workspace, of those that the user changed
  std::vector<View*> m_views;
};

}  // namespace separatrix
