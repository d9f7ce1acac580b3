#pragma once

#include <QSize>
#include <QString>

#include <optional>

class QApplication;

namespace separatrix {

class MainWindow;

/// separatrix [SCENE] [--screenshot FILE.png] [--size WxH]
/// separatrix --figure NAME|list --export FILE [--size WxH]
struct GuiCommandLine {
  QString scene;  ///< a preset's name or a file; empty: what was unsaved, else two deltas
  QString screenshot, figure, exportPath;
  QSize size;                   ///< pixels; empty: the default
  bool dark = false;            ///< --theme dark
  std::optional<int> exitCode;  ///< set if there is nothing more to do

  /// Works without a display.
  bool headless() const { return !screenshot.isEmpty() || !figure.isEmpty(); }
};

/// Prints help, version, the list of figures, or what is wrong with the arguments; then exitCode
/// is set: 0, or 2 for wrong usage.
GuiCommandLine parseGuiCommandLine(int argc, const char* const* argv);

/// Opens the scene and shows the window until it is closed; or, headless, writes the picture once
/// everything is computed. Exit codes as of the command line: 0, 1 could not write, 2 invalid
/// scene.
int runGui(QApplication& app, MainWindow& window, const GuiCommandLine& options);

}  // namespace separatrix
