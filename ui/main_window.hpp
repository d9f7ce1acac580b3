#pragma once

#include "core/study/recovery.hpp"
#include "ui/session/session.hpp"
#include "ui/theme.hpp"
#include "ui/views/view.hpp"

#include <QMainWindow>

class QDockWidget;
class QMenu;
class QStackedWidget;

namespace separatrix {

class Autosave;
class DocumentActions;
class ExportActions;
class FileWork;
class GuideWindow;
class MessageBar;
class ScenePanel;
class StartPage;
class Timeline;
class WorkspaceArea;

/// The window: scene at the left, views in the middle, the timeline below, readout at the right.
/// It places things and connects them to the session; it computes nothing.
class MainWindow : public QMainWindow {
  Q_OBJECT

public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return *m_session; }
  Timeline& timeline() { return *m_timeline; }
  const std::vector<View*>& views() const;
  WorkspaceArea& area() { return *m_area; }

  DocumentActions& documents() { return *m_documents; }
  ExportActions& exports() { return *m_exports; }
  FileWork& fileWork() { return *m_fileWork; }

  void setThemeMode(ThemeMode mode);
  /// Places and sizes as they were when the last window was closed.
  void restorePlacement();
  /// From now on what is unsaved is kept for after a crash, and placement for the next start;
  /// models from elsewhere wait until they are allowed to run.
  void keepEverything();
  /// Shows what an earlier process left unsaved.
  void recover(AbandonedWork abandoned);
  /// Presets and recent documents instead of the views, until one is opened.
  void showStartPage();
  /// Another window of this process, shown and empty.
  MainWindow* openNewWindow();

protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void buildViews();
  void buildDocks();
  void buildTimeline();
  void connectStartPage();
  void buildMenus();
  void buildProgress();
  void buildFileMenu();
  void buildEditMenu();
  void buildViewMenu();
  void buildWorkspaceActions(QMenu* menu);
  void buildPlayMenu();
  void buildHelpMenu();
  void showGuide();
  void closeWhenWritten();
  void keepPlacement() const;
  void showTheme();
  void showProblemOnTimeline();
  void showMarks();
  void showTitle();

  Session* m_session;
  QStackedWidget* m_pages = nullptr;
  WorkspaceArea* m_area = nullptr;
  StartPage* m_startPage = nullptr;
  MessageBar* m_messages = nullptr;
  FileWork* m_fileWork = nullptr;
  DocumentActions* m_documents = nullptr;
  ExportActions* m_exports = nullptr;
  Autosave* m_autosave = nullptr;
  ScenePanel* m_scenePanel = nullptr;
  Timeline* m_timeline = nullptr;
  QDockWidget* m_sceneDock = nullptr;
  QDockWidget* m_readoutDock = nullptr;
  QDockWidget* m_historyDock = nullptr;
  GuideWindow* m_guide = nullptr;
  bool m_narrow = false;
  bool m_mayClose = false;
  ThemeMode m_themeMode = ThemeMode::system;
};

}  // namespace separatrix
