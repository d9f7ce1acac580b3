#include "ui/gui_command_line.hpp"

#include "core/export/atomic_file.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/document.hpp"
#include "ui/documents/autosave.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/export/export_actions.hpp"
#include "ui/main_window.hpp"

#include <QApplication>
#include <QBuffer>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include <cstdio>
#include <functional>

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

void leave(const QString& problem) {
  if (!problem.isEmpty()) complain(problem);
  qApp->exit(problem.isEmpty() ? 0 : 1);
}

void writePicture(MainWindow& window, const GuiCommandLine& options) {
  if (!options.screenshot.isEmpty()) {
    leave(writeScreenshot(window, options.screenshot));
    return;
  }
  FigureState figure = figureFromJson(window.session().viewState("figure"));
  if (!options.size.isEmpty()) {
    figure.options.unit = FigureUnit::pixels;
    figure.options.size = options.size;
    figure.options.dpi = 96;
  }
  QObject::connect(&window.fileWork(), &FileWork::failed, qApp, &leave);
  window.exports().exportFigure(options.exportPath, figure, [] { leave({}); });
}

/// Writes the picture once nothing is being computed any more.
void writeWhenIdle(MainWindow& window, const GuiCommandLine& options) {
  Session* session = &window.session();
  auto finish = [&window, &options, session] {
    if (!session->problem() || session->busy()) return;
    session->disconnect(qApp);
    // One more turn, so that everything set is drawn.
    QTimer::singleShot(50, qApp, [&window, &options] { writePicture(window, options); });
  };
  QObject::connect(session, &Session::idle, qApp, finish, Qt::QueuedConnection);
  QObject::connect(session, &Session::remarked, qApp, &complain);
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

namespace {

/// Calls `handle` when a document cannot be opened and there is no other.
void ifNothingOpens(MainWindow& window, const std::function<void(const QString&)>& handle) {
  const auto check = [&window, handle](const QString& message) {
    if (!window.session().problem()) handle(message);
  };
  QObject::connect(&window.fileWork(), &FileWork::failed, &window, check);
  QObject::connect(&window.session(), &Session::entryRejected, &window,
                   [check](const QString&, const QString& message) { check(message); });
}

/// Throws InvalidInput for a scene that is none.
void openScene(MainWindow& window, const QString& scene) {
  if (const NamedDocument* preset = findDocument(presets(), scene.toStdString())) {
    window.session().open(preset->json, QString::fromStdString(preset->title));
  } else {
    documentFromJson(findSceneJson(scene.toStdString()));
    window.documents().file().open(scene);
  }
}

/// What earlier processes left unsaved, each in a window of its own; true if `window` shows one.
bool recoverUnsavedWork(MainWindow& window, const QString& scene) {
  std::vector<std::string> damaged;
  std::vector<AbandonedWork> all = takeAbandonedWork(Autosave::folder(), damaged);
  const std::string wanted =
      scene.isEmpty() ? std::string() : QFileInfo(scene).absoluteFilePath().toStdString();
  bool used = false;
  for (AbandonedWork& abandoned : all) {
    const bool here = !used && (scene.isEmpty() || abandoned.work.file == wanted);
    used = used || here;
    (here ? &window : window.openNewWindow())->recover(std::move(abandoned));
  }
  for (const std::string& file : damaged)
    complain("unsaved work in " + QString::fromStdString(file) + " is damaged and left there");
  return used;
}

void openAtStart(MainWindow& window, const GuiCommandLine& options) {
  if (!options.figure.isEmpty()) {
    const NamedDocument* figure = findDocument(figures(), options.figure.toStdString());
    window.session().open(figure->json, QString::fromStdString(figure->title));
    return;
  }
  if (!options.headless()) {
    window.restorePlacement();
    window.keepEverything();
    if (recoverUnsavedWork(window, options.scene)) return;
  }
  openScene(window, options.scene.isEmpty() ? "two-deltas" : options.scene);
  if (options.scene.isEmpty() && !options.headless())
    QObject::connect(
        &window.session(), &Session::documentOpened, &window, &MainWindow::showStartPage,
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

}  // namespace

int runGui(QApplication& app, MainWindow& window, const GuiCommandLine& options) {
  ifNothingOpens(window, [&](const QString& message) {
    if (!options.headless() && options.scene.isEmpty()) {
      window.documents().openNew();
      QObject::connect(
          &window.session(), &Session::documentOpened, &window,
          [&window, message] { window.fileWork().messages().showProblem(message); },
          Qt::SingleShotConnection);
      return;
    }
    complain(message);
    qApp->exit(2);
  });
  try {
    openAtStart(window, options);
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
