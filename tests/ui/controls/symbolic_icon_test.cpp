#include "ui/controls/symbolic_icon.hpp"

#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>
#include <QPalette>
#include <QTest>

using namespace separatrix;

class SymbolicIconTest : public QObject {
  Q_OBJECT

private slots:
  void everyIconIsThereAndDrawsSomething() {
    for (const char* name :
         {"play", "pause", "step-back", "step-forward", "loop", "to-start", "to-end", "add",
          "remove", "copy", "paste", "reset", "new-seed", "export"}) {
      QVERIFY2(QFile::exists(QString(":/icons/%1.svg").arg(name)), name);
      const QImage image = symbolicIcon(name).pixmap(32, 32).toImage();
      int inked = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) inked += qAlpha(image.pixel(x, y)) > 128;
      QVERIFY2(inked > 20, name);
    }
    QVERIFY(QFile::exists(":/icons/separatrix.svg"));
    QVERIFY(symbolicIcon("no-such-icon").isNull());
  }

  void followsThePalette() {
    const QIcon icon = symbolicIcon("play");
    for (const QColor& color : {QColor(Qt::red), QColor(Qt::green)}) {
      QPalette palette = QGuiApplication::palette();
      palette.setColor(QPalette::ButtonText, color);
      QGuiApplication::setPalette(palette);
      QCOMPARE(icon.pixmap(32, 32).toImage().pixelColor(14, 16), color);
    }
  }
};

QTEST_MAIN(SymbolicIconTest)
#include "symbolic_icon_test.moc"
