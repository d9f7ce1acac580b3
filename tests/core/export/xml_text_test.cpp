#include "core/export/xml_text.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QXmlStreamReader>

using namespace separatrix;
using namespace separatrix::test;

class XmlTextTest : public QObject {
  Q_OBJECT

private slots:
  void escapesAndComesBack_data();
  void escapesAndComesBack();
  void whatXmlForbidsIsReplaced_data();
  void whatXmlForbidsIsReplaced();
  void entities();
  void pieces();
  void whatBreaksOff_data();
  void whatBreaksOff();
  void attributes();
};

namespace {

/// "kind:text" of every piece, joined by spaces.
std::string outline(std::string_view xml) {
  std::string out;
  XmlScanner scanner(xml);
  while (const std::optional<XmlPiece> piece = scanner.next()) {
    const char kind = "<>/t!"[static_cast<int>(piece->kind)];
    out += (out.empty() ? "" : " ") + std::string(1, kind) + std::string(piece->name) +
           std::string(piece->attributes) + std::string(piece->content);
  }
  return out;
}

}  // namespace

void XmlTextTest::escapesAndComesBack_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("empty") << QByteArray("");
  QTest::newRow("markup") << QByteArray("<a b='c' d=\"e\">]]>--&amp;&lt;&#65;</a>");
  QTest::newRow("space") << QByteArray(" \t\n\r\r\n ");
  QTest::newRow("other letters") << QByteArray("é θ ∇² 😀 \xEF\xBF\xBD");
  QTest::newRow("ends of ranges") << QByteArray(
      "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

void XmlTextTest::escapesAndComesBack() {
  QFETCH(QByteArray, text);
  const std::string escaped = xmlEscaped(text.toStdString());
  QVERIFY(escaped.find_first_of("<>\"\r") == std::string::npos);
  std::string back;
  appendUnescapedXml(back, escaped);
  QCOMPARE(QByteArray::fromStdString(back), text);
  // The same from a parser that is not ours.
  QXmlStreamReader reader(QByteArray::fromStdString("<a b=\"\">" + escaped + "</a>"));
  reader.readNextStartElement();
  QCOMPARE(reader.readElementText().toUtf8(), text);
  QVERIFY(!reader.hasError());
}

void XmlTextTest::whatXmlForbidsIsReplaced_data() {
  QTest::addColumn<QByteArray>("bad");
  QTest::addColumn<int>("replaced");
  QTest::newRow("NUL") << QByteArray("\0", 1) << 1;
  QTest::newRow("control") << QByteArray("\x01\x08\x0B\x1F") << 4;
  QTest::newRow("noncharacters") << QByteArray("\xEF\xBF\xBE\xEF\xBF\xBF") << 2;
  QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << 1;
  QTest::newRow("overlong") << QByteArray("\xC0\x80\xE0\x80\x80\xF0\x80\x80\x80") << 9;
  QTest::newRow("too large") << QByteArray("\xF4\x90\x80\x80\xF8\xFF") << 6;
  QTest::newRow("cut off") << QByteArray("\xE2\x88") << 2;
  QTest::newRow("trail alone") << QByteArray("\x80\xBF") << 2;
}

void XmlTextTest::whatXmlForbidsIsReplaced() {
  QFETCH(QByteArray, bad);
  QFETCH(int, replaced);
  const QByteArray escaped = QByteArray::fromStdString(xmlEscaped((bad + "x").toStdString()));
  QCOMPARE(escaped, QByteArray("\xEF\xBF\xBD").repeated(replaced) + "x");
}

void XmlTextTest::entities() {
  const auto plain = [](std::string_view raw) {
    std::string out;
    appendUnescapedXml(out, raw);
    return out;
  };
  QCOMPARE(plain("&lt;&gt;&amp;&quot;&apos;"), std::string("<>&\"'"));
  QCOMPARE(plain("&#65;&#x41;&#x3b8;&#X3b8;&#128512;&#x10FFFF;"),
           std::string("AAθ&#X3b8;😀\xF4\x8F\xBF\xBF"));
  QCOMPARE(plain("&amp;lt;"), std::string("&lt;"));
  for (const char* text : {"&", "&;", "&&", "a & b", "&unknown;", "&#;", "&#x;", "&#0;", "&#xD800;",
                           "&#1114112;", "&#99999999999999999999;", "&amp", "&#65", "&# 65;"})
    QCOMPARE(plain(text), std::string(text));
}

void XmlTextTest::pieces() {
  QCOMPARE(outline("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a \"b\">]><!-- <no> -->"
                   "<svg:svg a='>' b=\"/>\">text &amp; <b/><![CDATA[<c>]] &amp;]]></svg:svg >"),
           std::string("<svg:svg a='>' b=\"/>\" ttext &amp;  /b !<c>]] &amp; >svg:svg "));
  QCOMPARE(outline("<!DOCTYPE html><a\n\tb = 'c'\n/>"), std::string("/a\n\tb = 'c'\n"));
  QCOMPARE(localName("svg:metadata"), std::string_view("metadata"));
  QCOMPARE(localName("metadata"), std::string_view("metadata"));
}

void XmlTextTest::whatBreaksOff_data() {
  QTest::addColumn<QByteArray>("xml");
  for (const char* xml : {"<", "<a", "<a b='>", "<!--", "<!-- a --", "<![CDATA[", "<![CDATA[a]]",
                          "<?xml", "<!DOCTYPE", "<!DOCTYPE a [ <b>", "<!DOCTYPE a [ ]"})
    QTest::newRow(xml) << QByteArray(xml);
}

void XmlTextTest::whatBreaksOff() {
  QFETCH(QByteArray, xml);
  QCOMPARE(outline("<ok/>" + xml.toStdString()), std::string("/ok"));
}

void XmlTextTest::attributes() {
  std::string_view rest = "\n a = \"1\" b:c='\"2\"'  d=\"\"";
  std::string_view name, value;
  std::string all;
  while (takeAttribute(rest, name, value))
    all += std::string(name) + "=" + std::string(value) + ";";
  QCOMPARE(all, std::string("a=1;b:c=\"2\";d=;"));
  for (std::string_view bad : {"", " ", "a", "a=", "a=b", "a='b", "=", "a='b\""})
    QVERIFY(!takeAttribute(bad, name, value));
}

QTEST_APPLESS_MAIN(XmlTextTest)
#include "xml_text_test.moc"
