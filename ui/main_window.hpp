#pragma once

#include "ui/export/figure.hpp"
#include "ui/session/session.hpp"
#include "ui/theme.hpp"
#include "ui/views/view.hpp"

#include <QMainWindow>

class QDockWidget;
class QSplitter;

namespace separatrix {

class MessageBar;
class ScenePanel;
class Timeline;

/// The window: scene at the left, views in the middle, the timeline below, readout at the right.
/// It places things and connects them to the session; it computes nothing.
class MainWindow : public QMainWindow {
  Q_OBJECT

public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return *m_session; }
  Timeline& timeline() { return *m_timeline; }
  const std::vector<View*>& views() const { return m_views; }

  /// Writes one view (its index) or all (−1) as a figure. Errors are shown, and returned as text.
  QString exportFigure(const QString& path, int view, FigureOptions options);
  /// Writes the data behind a view in the background; the outcome is shown.
  void exportData(const QString& path, int view);
  void setThemeMode(ThemeMode mode);

protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void buildViews();
  void buildDocks();
  void buildTimeline();
  void buildMenus();
  void buildProgress();
  void buildFileMenu();
  void buildViewMenu();
  void buildPlayMenu();
  void buildHelpMenu();
  void openFile();
  void askExportFigure();
  void askExportData();
  void showTheme();
  void showProblemOnTimeline();
  void showMarks();
  void showTitle();

  Session* m_session;
  QSplitter* m_splitter = nullptr;
  MessageBar* m_messages = nullptr;
  ScenePanel* m_scenePanel = nullptr;
  Timeline* m_timeline = nullptr;
  QDockWidget* m_sceneDock = nullptr;
  QDockWidget* m_readoutDock = nullptr;
  bool m_narrow = false;
  std::vector<View*> m_views;  // in the order of viewCatalog()
  ThemeMode m_themeMode = ThemeMode::system;
  JobRunner m_dataExport;
};

}  // namespace separatrix
