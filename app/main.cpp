#include "ui/gui_command_line.hpp"
#include "ui/main_window.hpp"

#include <QApplication>

#include <cstdio>
#include <cstdlib>

namespace {

bool hasDisplay() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr ||
         std::getenv("QT_QPA_PLATFORM") != nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const separatrix::GuiCommandLine options = separatrix::parseGuiCommandLine(argc, argv);
  if (options.exitCode) return *options.exitCode;
  if (!hasDisplay()) {
    if (!options.headless()) {
      std::fputs(
          "separatrix: there is no display. Use one of\n"
          "  xvfb-run separatrix                     a virtual display\n"
          "  separatrix two-deltas --screenshot FILE.png\n"
          "  separatrix --figure list\n"
          "  separatrix-cli presets                  the command line\n",
          stderr);
      return 1;
    }
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
  }
  QApplication app(argc, argv);
  QApplication::setApplicationName("Separatrix");
  QApplication::setOrganizationName("Separatrix");
  QApplication::setApplicationVersion(SEPARATRIX_VERSION);
  QApplication::setWindowIcon(QIcon(":/icons/separatrix.svg"));
  separatrix::MainWindow window;
  return separatrix::runGui(app, window, options);
}
