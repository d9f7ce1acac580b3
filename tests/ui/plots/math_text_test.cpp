#include "ui/plots/math_text.hpp"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QTest>

namespace separatrix {

class MathTextTest : public QObject {
  Q_OBJECT

private slots:
  void parses_data() {
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("plain");
    const auto row = [](const char* label, const char* html, const char* plain) {
      QTest::newRow(label) << QString::fromUtf8(label) << QString::fromUtf8(html)
                           << QString::fromUtf8(plain);
    };
    row("", "", "");
    row("density", "density", "density");
    row("θ_c", "θ<sub>c</sub>", "θc");
    row("β_min", "β<sub>min</sub>", "βmin");
    row("x_0", "x<sub>0</sub>", "x0");
    row("U(x, s_{c})", "U(x, s<sub>c</sub>)", "U(x, sc)");
    row("σ^2 s", "σ<sup>2</sup> s", "σ^2 s");
    row("10^-4", "10<sup>−4</sup>", "10^−4");
    row("θ_c = -0.5", "θ<sub>c</sub> = −0.5", "θc = −0.5");
    row("x_0^2", "x<sub>0</sub><sup>2</sup>", "x0^2");
    row("x^*", "x<sup>*</sup>", "x^*");
    row("a < b & c", "a &lt; b &amp; c", "a < b & c");
    row("my\\_file", "my_file", "my_file");
    row("two-deltas", "two-deltas", "two-deltas");
    row("1-2", "1-2", "1-2");
    row("x_{open", "x<sub>open</sub>", "xopen");
    row("end_", "end", "end");
  }

  void parses() {
    QFETCH(QString, label);
    QFETCH(QString, html);
    QFETCH(QString, plain);
    QCOMPARE(richText(label), html);
    QCOMPARE(plainText(label), plain);
  }

  void scriptsAreSmallerAndOffTheLine() {
    const QFont font;
    const MathExtent plain = measureMathText("sc", font);
    const MathExtent sub = measureMathText("s_c", font);
    const MathExtent super = measureMathText("s^c", font);
    QVERIFY(sub.width < plain.width);
    QVERIFY(sub.descent > plain.descent);
    QCOMPARE(sub.ascent, plain.ascent);
    QVERIFY(super.ascent > plain.ascent);
    // Stacked, not one after the other.
    QVERIFY(measureMathText("x_0^2", font).width < measureMathText("x_{02}", font).width);
  }

  void paintsWithinItsExtent() {
    const QString label = QStringLiteral("Ag_{jy}^{Hk}");
    QFont font;
    font.setPixelSize(30);
    QImage image(300, 120, QImage::Format_RGB32);
    image.fill(Qt::white);
    const MathExtent extent = measureMathText(label, font, &image);
    QPainter painter(&image);
    painter.setFont(QFont("Monospace"));
    const QFont before = painter.font();
    drawMathText(painter, {20, 60}, label, font);
    QCOMPARE(painter.font(), before);
    painter.end();
    const QRectF box(20, 60 - extent.ascent, extent.width, extent.height());
    int ink = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        if (image.pixelColor(x, y).lightness() > 200) continue;
        ++ink;
        QVERIFY2(box.adjusted(-3, -2, 3, 2).contains(x, y),
                 qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
      }
    }
    QVERIFY(ink > 200);
  }
};

}  // namespace separatrix

QTEST_MAIN(separatrix::MathTextTest)
#include "math_text_test.moc"
