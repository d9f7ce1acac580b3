#pragma once

#include "tests/paths.hpp"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

// Runs separatrix-cli as its users do.

namespace separatrix::test {

struct Outcome {
  int code = -1;
  QByteArray out, err;
};

/// `environment` replaces single variables ("LC_ALL=de_DE.UTF-8").
inline Outcome runCli(const QStringList& arguments, const QStringList& environment = {},
                      const QString& standardOutput = {}) {
  QProcess process;
  QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
  for (const QString& assignment : environment)
    variables.insert(assignment.section('=', 0, 0), assignment.section('=', 1));
  process.setProcessEnvironment(variables);
  if (!standardOutput.isEmpty()) process.setStandardOutputFile(standardOutput);
  process.start(cliPath(), arguments);
  process.waitForFinished(120000);
  const bool ended =
      process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
  return {ended ? process.exitCode() : -1, process.readAllStandardOutput(),
          process.readAllStandardError()};
}

inline QStringList words(const char* line) {
  return QString::fromUtf8(line).split(' ', Qt::SkipEmptyParts);
}

/// A line of its own with the program's name, the entry and no more.
inline bool isOneClearLine(const QByteArray& err, const QByteArray& part) {
  const bool good = err.startsWith("separatrix-cli: ") && err.count('\n') == 1 &&
                    err.endsWith('\n') && err.contains(part) && err.size() < 400;
  if (!good) qWarning("not one clear line with \"%s\": %s", part.constData(), err.constData());
  return good;
}

inline QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QList<QByteArray> rowsOf(const QByteArray& csv) {
  QList<QByteArray> rows = csv.split('\n');
  if (!rows.isEmpty() && rows.last().isEmpty()) rows.removeLast();
  return rows;
}

}  // namespace separatrix::test
