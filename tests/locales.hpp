#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <vector>

// Locales that write numbers and days otherwise than C does, compiled for the test alone: what is
// installed on the machine does not matter.

namespace separatrix::test {

inline const QStringList& foreignLocales() {
  static const QStringList names = {"de_DE.UTF-8", "ar_EG.UTF-8", "hi_IN.UTF-8"};
  return names;
}

class CompiledLocales {
public:
  /// Runs `localedef` (Debian package locales) for each.
  CompiledLocales() {
    std::vector<std::unique_ptr<QProcess>> compilers;
    for (const QString& name : foreignLocales()) {
      compilers.push_back(std::make_unique<QProcess>());
      compilers.back()->start(
          "localedef", {"-i", name.section('.', 0, 0), "-f", "UTF-8", m_folder.filePath(name)});
    }
    for (const auto& compiler : compilers)
      if (!compiler->waitForFinished(120000) || compiler->exitCode() != 0)
        qWarning("localedef: %s", compiler->readAllStandardError().constData());
  }

  /// The folder that LOCPATH must name.
  QString path() const { return m_folder.path(); }

  QStringList environment(const QString& name) const {
    return {"LOCPATH=" + path(), "LC_ALL=" + name, "LANG=" + name, "LANGUAGE=" + name};
  }

  /// A program that asks for its user's locale gets this one.
  bool inForce(const QString& name) const {
    QProcess program;
    program.setProcessEnvironment(variables(name));
    program.start("locale", {"day"});
    program.waitForFinished();
    const QByteArray days = program.readAllStandardOutput();
    return program.exitCode() == 0 && days.count(';') == 6 && !days.startsWith("Sunday");
  }

  QProcessEnvironment variables(const QString& name) const {
    QProcessEnvironment out = QProcessEnvironment::systemEnvironment();
    for (const QString& assignment : environment(name))
      out.insert(assignment.section('=', 0, 0), assignment.section('=', 1));
    return out;
  }

private:
  QTemporaryDir m_folder;
};

}  // namespace separatrix::test
