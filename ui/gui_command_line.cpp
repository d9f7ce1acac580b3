#include "ui/gui_command_line.hpp"

#include "core/export/atomic_file.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/document.hpp"
#include "ui/main_window.hpp"

#include <QApplication>
#include <QBuffer>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include <cstdio>

namespace separatrix {
namespace {

constexpr int kDeadlineMilliseconds = 120'000;

void complain(const QString& message) {
  std::fprintf(stderr, "separatrix: %s\n", message.toUtf8().constData());
}

void listFigures() {
  for (const NamedDocument& figure : figures())
    std::printf("%s\t%s\n", figure.name.c_str(), figure.title.c_str());
}

QString checkUsage(const GuiCommandLine& options, const QString& size, const QString& theme) {
  if (!theme.isEmpty() && theme != "light" && theme != "dark")
    return QString("--theme %1 is not light or dark").arg(theme);
  if (!size.isEmpty() && options.size.isEmpty())
    return QString("--size %1 is not WIDTHxHEIGHT in pixels, as in 1280x800").arg(size);
  if (options.figure.isEmpty() != options.exportPath.isEmpty())
    return "--figure NAME and --export FILE go together; `--figure list` lists the names";
  if (!options.figure.isEmpty() && !findDocument(figures(), options.figure.toStdString()))
    return QString("there is no figure \"%1\"; `--figure list` lists the names")
        .arg(options.figure);
  if (!options.screenshot.isEmpty() && !options.screenshot.endsWith(".png"))
    return QString("%1: a screenshot is written as .png").arg(options.screenshot);
  return {};
}

QString writeScreenshot(MainWindow& window, const QString& path) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!window.grab().save(&buffer, "PNG")) return "the window could not be drawn";
  try {
    writeFileAtomically(path.toStdString(),
                        {bytes.constData(), static_cast<std::size_t>(bytes.size())});
  } catch (const Failure& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

/// Which views a figure's document shows, as an index into them; −1: all.
int viewOf(const MainWindow& window, const Json& json) {
  const Json views = json.value("views", Json::object());
  const QString shown = QString::fromStdString(views.value("show", std::string()));
  for (std::size_t i = 0; i < window.views().size(); ++i)
    if (window.views()[i]->objectName() == shown) return static_cast<int>(i);
  return -1;
}

QString writePicture(MainWindow& window, const GuiCommandLine& options) {
  if (!options.screenshot.isEmpty()) return writeScreenshot(window, options.screenshot);
  FigureOptions figure;
  if (!options.size.isEmpty()) {
    figure.unit = FigureUnit::pixels;
    figure.size = options.size;
    figure.dpi = 96;
  }
  const NamedDocument* document = findDocument(figures(), options.figure.toStdString());
  return window.exportFigure(options.exportPath, viewOf(window, document->json), figure);
}

/// Writes the picture once nothing is being computed any more.
void writeWhenIdle(MainWindow& window, const GuiCommandLine& options) {
  Session* session = &window.session();
  auto finish = [&window, &options, session] {
    if (!session->problem() || session->busy()) return;
    session->disconnect(qApp);
    // One more turn, so that everything set is drawn.
    QTimer::singleShot(50, qApp, [&window, &options] {
      const QString problem = writePicture(window, options);
      if (!problem.isEmpty()) complain(problem);
      qApp->exit(problem.isEmpty() ? 0 : 1);
    });
  };
  QObject::connect(session, &Session::idle, qApp, finish, Qt::QueuedConnection);
  QObject::connect(session, &Session::entryRejected, qApp,
                   [](const QString&, const QString& message) {
                     complain(message);
                     qApp->exit(2);
                   });
  QTimer::singleShot(kDeadlineMilliseconds, qApp, [] {
    complain("the scene was not computed within two minutes; ask for fewer particles or steps");
    qApp->exit(1);
  });
}

}  // namespace

GuiCommandLine parseGuiCommandLine(int argc, const char* const* argv) {
  QCommandLineParser parser;
  parser.setApplicationDescription("Potential landscapes of generative diffusion.");
  parser.addPositionalArgument("SCENE", "A preset's name, a scene file or an exported figure.",
                               "[SCENE]");
  parser.addOption({"screenshot", "Write a picture of the window and quit.", "FILE.png"});
  parser.addOption({"figure", "A figure that comes with the program, or `list`.", "NAME"});
  parser.addOption({"export", "Write the figure as .svg, .pdf or .png and quit.", "FILE"});
  parser.addOption({"size", "Size of the window or figure in pixels.", "WxH"});
  parser.addOption({"theme", "light or dark.", "MODE"});
  const QCommandLineOption help = parser.addHelpOption();
  const QCommandLineOption version = parser.addVersionOption();

  QStringList arguments;
  for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
  GuiCommandLine out;
  const auto reject = [&out](const QString& message) {
    complain(message);
    out.exitCode = 2;
    return out;
  };
  if (!parser.parse(arguments)) return reject(parser.errorText());
  if (parser.isSet(help)) {
    std::printf("%s", parser.helpText().toUtf8().constData());
    out.exitCode = 0;
    return out;
  }
  if (parser.isSet(version)) {
    std::puts("Separatrix " SEPARATRIX_VERSION);
    out.exitCode = 0;
    return out;
  }
  if (parser.value("figure") == "list") {
    listFigures();
    out.exitCode = 0;
    return out;
  }
  const QStringList scenes = parser.positionalArguments();
  if (scenes.size() > 1) return reject("more than one scene given");
  if (!scenes.isEmpty()) out.scene = scenes.front();
  out.screenshot = parser.value("screenshot");
  out.figure = parser.value("figure");
  out.exportPath = parser.value("export");
  out.dark = parser.value("theme") == "dark";
  const QString size = parser.value("size");
  const auto match = QRegularExpression("^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$").match(size);
  if (match.hasMatch()) out.size = {match.captured(1).toInt(), match.captured(2).toInt()};
  const QString problem = checkUsage(out, size, parser.value("theme"));
  return problem.isEmpty() ? out : reject(problem);
}

int runGui(QApplication& app, MainWindow& window, const GuiCommandLine& options) {
  try {
    if (!options.figure.isEmpty()) {
      const NamedDocument* figure = findDocument(figures(), options.figure.toStdString());
      window.session().open(figure->json, QString::fromStdString(figure->title));
    } else {
      const NamedDocument* preset = findDocument(presets(), options.scene.toStdString());
      window.session().open(findSceneJson(options.scene.toStdString()),
                            preset ? QString::fromStdString(preset->title)
                                   : QFileInfo(options.scene).completeBaseName());
    }
  } catch (const InvalidInput& error) {
    complain(QString::fromUtf8(error.what()));
    return 2;
  }
  if (options.dark) window.setThemeMode(ThemeMode::dark);
  if (options.figure.isEmpty() && !options.size.isEmpty()) window.resize(options.size);
  if (options.headless()) {
    window.setThemeMode(options.dark ? ThemeMode::dark : ThemeMode::light);
    writeWhenIdle(window, options);
  }
  window.show();
  return app.exec();
}

}  // namespace separatrix
