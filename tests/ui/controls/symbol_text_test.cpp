#include "ui/controls/symbol_text.hpp"

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace separatrix;

class SymbolTextTest : public QObject {
  Q_OBJECT

private slots:
  void richText_data() {
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QString>("rich");
    QTest::newRow("word below") << "β_min"
                                << "<i>β</i><sub>min</sub>";
    QTest::newRow("letter below") << "θ_c"
                                  << "<i>θ</i><sub>c</sub>";
    QTest::newRow("both") << "x_{0,1}^2"
                          << "<i>x</i><sub>0,1</sub><sup>2</sup>";
    QTest::newRow("star") << "x^*"
                          << "<i>x</i><sup>*</sup>";
    QTest::newRow("word") << "log SNR"
                          << "log SNR";
    QTest::newRow("accent") << "x̂"
                            << "<i>x̂</i>";
    QTest::newRow("goes on") << "t_C (ode)"
                             << "<i>t</i><sub>C</sub> (ode)";
    QTest::newRow("escaped") << "a<b"
                             << "a&lt;b";
    QTest::newRow("open end") << "x_"
                              << "x_";
    QTest::newRow("leading mark") << "_x"
                                  << "_x";
    QTest::newRow("open brace") << "x_{min"
                                << "<i>x</i><sub>min</sub>";
    QTest::newRow("empty") << ""
                           << "";
  }
  void richText() {
    QFETCH(QString, symbol);
    QFETCH(QString, rich);
    QCOMPARE(richSymbol(symbol), rich);
  }

  void plainTextIsForReadingOut() { QCOMPARE(plainSymbol("β_min"), QString("β min")); }

  void drawsWithinItsWidthAndLowersSubscripts() {
    QFont font;
    font.setPixelSize(40);
    QImage image(200, 100, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawSymbol(painter, QPointF(10, 60), "x_m", font);
    painter.end();
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (qGray(image.pixel(x, y)) < 128) {
          right = qMax(right, x);
          bottom = qMax(bottom, y);
        }
    QVERIFY(right > 20);
    QVERIFY(right <= 10 + symbolWidth("x_m", font) + 2);
    QVERIFY2(bottom > 62, "the subscript goes below the base line");
    QVERIFY(symbolWidth("x_m", font) < symbolWidth("xm", font));
  }
};

QTEST_MAIN(SymbolTextTest)
#include "symbol_text_test.moc"
