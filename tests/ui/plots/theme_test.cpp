#include "ui/theme.hpp"

#include <QApplication>
#include <QStyle>
#include <QTest>

namespace separatrix {

class ThemeTest : public QObject {
  Q_OBJECT

private slots:
  void contrasts_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }

  void contrasts() {
    QFETCH(bool, dark);
    const Theme& theme = dark ? darkTheme() : lightTheme();
    QCOMPARE(theme.dark, dark);
    QVERIFY(contrastRatio(theme.text, theme.background) >= 7);
    QVERIFY(contrastRatio(theme.muted, theme.background) >= 4.5);
    QVERIFY(contrastRatio(theme.axis, theme.background) >= 4.5);
    for (int i = 0; i < kColourRoleCount; ++i) {
      const auto role = static_cast<ColourRole>(i);
      if (role == ColourRole::field) continue;
      QVERIFY2(contrastRatio(theme.colour(role), theme.background) >= 3,
               qPrintable(QString::number(i)));
    }
    const QPalette& palette = theme.palette;
    const auto legible = [&](QPalette::ColorRole ink, QPalette::ColorRole paper) {
      return contrastRatio(palette.color(ink), palette.color(paper)) >= 4.5;
    };
    QVERIFY(legible(QPalette::WindowText, QPalette::Window));
    QVERIFY(legible(QPalette::Text, QPalette::Base));
    QVERIFY(legible(QPalette::Text, QPalette::AlternateBase));
    QVERIFY(legible(QPalette::ButtonText, QPalette::Button));
    QVERIFY(legible(QPalette::ToolTipText, QPalette::ToolTipBase));
    QVERIFY2(contrastRatio(palette.color(QPalette::HighlightedText),
                           palette.color(QPalette::Highlight)) >= 4.0,
             "selected text");
    QVERIFY(legible(QPalette::Link, QPalette::Window));
  }

  void contrastOfBlackAndWhiteIs21() {
    QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21) < 1e-6);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
  }

  void unstableIsDashed() {
    QVERIFY(dashPattern(LineDash::solid).empty());
    QCOMPARE(dashPattern(LineDash::dashed).size() % 2, std::size_t{0});
    QVERIFY(dashPattern(LineDash::dashed) != dashPattern(LineDash::dotted));
  }

  void seriesRepeatAfterSeven() {
    QCOMPARE(seriesRole(0), ColourRole::series1);
    QCOMPARE(seriesRole(6), ColourRole::series7);
    QCOMPARE(seriesRole(7), ColourRole::series1);
    QCOMPARE(seriesRole(-3), ColourRole::series1);
  }

  void appliedToTheApplication() {
    applyTheme(*qApp, ThemeMode::dark);
    QCOMPARE(qApp->style()->objectName().toLower(), QStringLiteral("fusion"));
    QCOMPARE(qApp->palette().color(QPalette::Window), darkTheme().palette.color(QPalette::Window));
    // The desktop's own choice is remembered, not the palette applied since.
    QCOMPARE(&resolve(ThemeMode::system), &lightTheme());
    applyTheme(*qApp, ThemeMode::light);
    QCOMPARE(qApp->palette().color(QPalette::Base), QColor(Qt::white));
  }
};

}  // namespace separatrix

QTEST_MAIN(separatrix::ThemeTest)
#include "theme_test.moc"
