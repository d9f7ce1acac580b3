#include "core/export/embedded_document.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QElapsedTimer>

#include <sys/resource.h>

using namespace separatrix;
using namespace separatrix::test;

class EmbeddedDocumentTest : public QObject {
  Q_OBJECT

private slots:
  void figuresByContent();
  void pngComesBack();
  void pngChecksumIsRight();
  void pngChunksOfOthers();
  void pngsThatLie();
  void noPng();
  void svgComesBack();
  void svgRewritten_data();
  void svgRewritten();
  void svgWithout_data();
  void svgWithout();
  void pdfComesBack();
  void pdfRewritten_data();
  void pdfRewritten();
  void everyTruncation();
  void hugeAndHostile_data();
  void hugeAndHostile();
};

namespace {

const std::string kNasty =
    "{\"separatrix\": 1, \"views\": {\"note\": \"\\\"'<metadata>]]> -- </metadata> &amp; ?> "
    "<?xpacket end= é θ 😀 \\u0000 \\ud83d\"}}\r\n\t";
const std::string kSignature = "\x89PNG\r\n\x1A\n";

std::string word(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
  return out;
}

/// CRC of PNG, bit by bit as Annex D of its specification defines it.
std::uint32_t crc(const std::string& bytes) {
  std::uint32_t c = 0xFFFFFFFF;
  for (const char byte : bytes) {
    c ^= static_cast<unsigned char>(byte);
    for (int k = 0; k < 8; ++k) c = (c & 1U) != 0 ? 0xEDB88320U ^ c >> 1U : c >> 1U;
  }
  return ~c;
}

std::string chunk(const std::string& type, const std::string& data) {
  return word(static_cast<std::uint32_t>(data.size())) + type + data + word(crc(type + data));
}

std::string pngOf(const std::string& chunks) {
  return kSignature + chunk("IHDR", std::string(13, '\1')) + chunks + chunk("IDAT", "data") +
         chunk("IEND", "");
}

std::string international(const std::string& text, const std::string& keyword = "separatrix") {
  return chunk("iTXt", keyword + std::string(5, '\0') + text);
}

std::string svgOf(const std::string& inside) {
  return "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><title>&lt;</title>" +
         inside + "<g/></svg>\n";
}

std::string pdfOf(const std::string& packet) {
  return "%PDF-1.4\n1 0 obj <</Type /Metadata /Subtype /XML>> stream\n" + packet +
         "endstream endobj\n%%EOF\n";
}

std::string found(const std::string& bytes) {
  return embeddedDocument(bytes).value_or("nothing");
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + text.size());
  while (out.size() < bytes) out += text;
  return out;
}

long peakKilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

void EmbeddedDocumentTest::figuresByContent() {
  for (const std::string& figure :
       {pngOf(""), svgOf(""), pdfOf(""), std::string("<svg/>"), std::string("\xEF\xBB\xBF <svg/>"),
        std::string("\n\t<!-- a -->"), kSignature})
    QVERIFY(isFigure(figure));
  for (const std::string& other :
       {std::string(), std::string("{\"separatrix\": 1}"), std::string("[1]"), std::string("PNG"),
        kSignature.substr(0, 7), std::string(" \n"), std::string("a<b"), std::string("\xEF\xBB")})
    QVERIFY(!isFigure(other) && !embeddedDocument(other));
}

void EmbeddedDocumentTest::pngComesBack() {
  for (const std::string& text : {kNasty, std::string("{}"), std::string(3 << 20, 'x')}) {
    const std::string png = withDocument(pngOf(chunk("tEXt", std::string("Title\0x", 7))), text);
    QCOMPARE(found(png), text);
    QVERIFY(png.find("iTXt") < png.find("IDAT"));
    // All else is as it was.
    std::string without = png;
    without.erase(png.find("iTXt") - 4, international(text).size());
    QCOMPARE(without, pngOf(chunk("tEXt", std::string("Title\0x", 7))));
  }
}

void EmbeddedDocumentTest::pngChecksumIsRight() {
  QCOMPARE(crc("IEND"), 0xAE426082U);  // as in every PNG
  QCOMPARE(withDocument(pngOf(""), kNasty), pngOf(international(kNasty)));
}

void EmbeddedDocumentTest::pngChunksOfOthers() {
  const std::string latin = chunk("tEXt", std::string("separatrix\0", 11) + "a\xE9\xFF");
  QCOMPARE(found(pngOf(latin)), std::string("aéÿ"));
  const std::string tagged =
      chunk("iTXt", std::string("separatrix\0\0\0de\0\xC3\xA9\0", 19) + kNasty);
  QCOMPARE(found(pngOf(tagged)), kNasty);
  // Behind the picture, and behind chunks that look like ours and are not.
  const std::string others = international("x", "Separatrix") + chunk("tEXt", "separatrix") +
                             chunk("zTXt", std::string("separatrix\0\0zip", 15)) +
                             chunk("iTXt", std::string("separatrix\0\1\0\0\0zip", 18)) +
                             chunk("iTXt", std::string("separatrix\0\0\0de", 15));
  QCOMPARE(found(pngOf(others + chunk("IDAT", "more") + international(kNasty))), kNasty);
  QCOMPARE(found(pngOf(others)), std::string("nothing"));
}

void EmbeddedDocumentTest::pngsThatLie() {
  std::string damaged = pngOf(international(kNasty));
  damaged[damaged.find("views")] = 'V';
  QCOMPARE(found(damaged), std::string("nothing"));
  for (const std::uint32_t length : {0xFFFFFFFFU, 0x80000000U, 0x7FFFFFFFU, 100U}) {
    const std::string lie = kSignature + word(length) + "iTXt" + std::string("separatrix\0", 11);
    QCOMPARE(found(lie), std::string("nothing"));
    QVERIFY_THROWS_EXCEPTION(Failure, withDocument(lie, "{}"));
  }
}

void EmbeddedDocumentTest::noPng() {
  for (const std::string& bytes : {std::string(), svgOf(""), kSignature,
                                   kSignature + chunk("IHDR", ""), kSignature + chunk("IEND", "")})
    QVERIFY_THROWS_EXCEPTION(Failure, withDocument(bytes, "{}"));
}

void EmbeddedDocumentTest::svgComesBack() {
  QCOMPARE(found(svgOf(svgMetadata(kNasty))), kNasty);
  QCOMPARE(found(svgOf(svgMetadata("{}"))), std::string("{}"));
}

void EmbeddedDocumentTest::svgRewritten_data() {
  QTest::addColumn<QByteArray>("metadata");
  const auto row = [](const char* name, const char* xml) {
    QTest::newRow(name) << QByteArray(xml);
  };
  row("as written", "<metadata id=\"separatrix\">{&quot;a&quot;: &quot;&lt;θ&quot;}</metadata>");
  row("apostrophes", "<metadata id='separatrix'>{\"a\": \"&lt;θ\"}</metadata>");
  row("space and order",
      "<metadata\n  class=\"x>y\"\n  id = \"separatrix\" >{\"a\": \"&lt;θ\"}</metadata >");
  row("prefix", "<svg:metadata id=\"separatrix\">{\"a\": \"&lt;θ\"}</svg:metadata>");
  row("CDATA", "<metadata id=\"separatrix\"><![CDATA[{\"a\": \"<θ\"}]]></metadata>");
  row("CDATA in parts", "<metadata id=\"separatrix\">{\"a\"<![CDATA[: \"<]]>θ\"}</metadata>");
  row("numbers", "<metadata id=\"separatrix\">&#123;&#x22;a\": \"&#60;&#x3B8;\"}</metadata>");
  row("comment", "<metadata id=\"separatrix\"><!-- <x> -->{\"a\": \"&lt;θ\"}</metadata>");
  row("Inkscape's own",
      "<metadata id=\"separatrix\">{\"a\": \"&lt;θ\"}<rdf:RDF><cc:Work "
      "rdf:about=\"\"><dc:format>image/svg+xml</dc:format><metadata/></cc:Work>"
      "</rdf:RDF></metadata>");
  row("others first",
      "<metadata id=\"m5\"><metadata>x</metadata>y</metadata><metadata/>"
      "<metadata id=\"separatrix\"/>"
      "<metadata id=\"separatrix\">{\"a\": \"&lt;θ\"}</metadata>");
}

void EmbeddedDocumentTest::svgRewritten() {
  QFETCH(QByteArray, metadata);
  QCOMPARE(found(svgOf(metadata.toStdString())), std::string("{\"a\": \"<θ\"}"));
}

void EmbeddedDocumentTest::svgWithout_data() {
  QTest::addColumn<QByteArray>("inside");
  const auto row = [](const char* name, const char* xml) {
    QTest::newRow(name) << QByteArray(xml);
  };
  row("nothing", "");
  row("another id", "<metadata id=\"separatrix2\">{}</metadata>");
  row("an id elsewhere", "<metadata><g id=\"separatrix\">{}</g></metadata>");
  row("in a comment", "<!-- <metadata id=\"separatrix\">{}</metadata> -->");
  row("in CDATA", "<style><![CDATA[<metadata id=\"separatrix\">{}</metadata>]]></style>");
  row("in an attribute", "<g a='<metadata id=\"separatrix\">{}</metadata>'/>");
}

void EmbeddedDocumentTest::svgWithout() {
  QFETCH(QByteArray, inside);
  QCOMPARE(found(svgOf(inside.toStdString())), std::string("nothing"));
  // Without any id it is ours if it says so.
  const std::string document = "\n {\"separatrix\": 1}";
  QCOMPARE(found(svgOf(inside.toStdString() + "<metadata>" + document + "</metadata>")), document);
}

void EmbeddedDocumentTest::pdfComesBack() {
  const std::string title = "U & θ <title> ]]> <?xpacket end=";
  QCOMPARE(found(pdfOf(xmpMetadata(title, "Qt", kNasty))), kNasty);
  QCOMPARE(found(pdfOf(xmpMetadata("", "Qt", "{}"))), std::string("{}"));
  QCOMPARE(found(pdfOf(xmpMetadata(title, "Qt", ""))), std::string("nothing"));
  // Behind the metadata of an embedded picture.
  QCOMPARE(found(pdfOf(xmpMetadata("", "Qt", "") + xmpMetadata("", "Qt", kNasty))), kNasty);
}

void EmbeddedDocumentTest::pdfRewritten_data() {
  QTest::addColumn<QByteArray>("description");
  QTest::addColumn<bool>("there");
  const auto row = [](const char* name, const char* xml, bool there = true) {
    QTest::newRow(name) << QByteArray(xml) << there;
  };
  row("other prefix",
      "<rdf:Description xmlns:s='urn:separatrix:document/'><s:document>&lt;&#65;</s:document>");
  row("declared at the element",
      "<s:document xmlns:s=\"urn:separatrix:document/\">&lt;A</s:document>");
  row("attribute",
      "<rdf:Description s:document=\"&lt;A\" xmlns:s=\"urn:separatrix:document/\" a=\"b\"/>");
  row("other namespace", "<s:document xmlns:s=\"urn:separatrix:other/\">A</s:document>", false);
  row("no namespace", "<separatrix:document>A</separatrix:document>", false);
}

void EmbeddedDocumentTest::pdfRewritten() {
  QFETCH(QByteArray, description);
  QFETCH(bool, there);
  const std::string packet = "<?xpacket begin=''?><x:xmpmeta>" + description.toStdString() +
                             "</x:xmpmeta><?xpacket end='r'?>";
  QCOMPARE(found(pdfOf(packet)), std::string(there ? "<A" : "nothing"));
}

void EmbeddedDocumentTest::everyTruncation() {
  for (const std::string& whole : {pngOf(international(kNasty)), svgOf(svgMetadata(kNasty)),
                                   pdfOf(xmpMetadata("title", "Qt", kNasty))}) {
    QCOMPARE(found(whole), kNasty);
    int complete = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // A copy of just this size, so that a sanitizer sees a read behind it.
      const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const auto document = embeddedDocument({cut.data(), cut.size()});
      if (document == kNasty) ++complete;
      QVERIFY(!document || document == kNasty);
    }
    QVERIFY(complete > 0);
  }
}

void EmbeddedDocumentTest::hugeAndHostile_data() {
  QTest::addColumn<QByteArray>("start");
  QTest::addColumn<QByteArray>("unit");
  const auto row = [](const char* name, const std::string& start, const std::string& unit) {
    QTest::newRow(name) << QByteArray::fromStdString(start) << QByteArray::fromStdString(unit);
  };
  row("chunks", kSignature, chunk("tEXt", ""));
  row("keywords", kSignature, chunk("iTXt", "separatrix"));
  row("metadata", "<svg>", "<metadata>");
  row("our metadata", "<svg>", "<metadata id=\"separatrix\">");
  row("empty metadata", "<svg>", "<metadata id=\"x\">{</metadata>");
  row("long text", "<svg><metadata id=\"separatrix\">", "{\"separatrix\": ");
  row("ampersands", "<svg><metadata id=\"separatrix\">", "&");
  row("one tag", "<svg ", "a='b' ");
  row("attributes", "<metadata ", "a=\"b\" ");
  row("brackets", "<svg>", "<");
  row("quotes", "<svg>", "<a '");
  row("comments", "<svg>", "<!--");
  row("literals", "<svg>", "<![CDATA[");
  row("declarations", "<svg>", "<!DOCTYPE [");
  row("packets", "%PDF-1.4", "<?xpacket begin=''?>");
  row("whole packets", "%PDF-1.4", "<?xpacket begin=''?><a xmlns:b='c'/><?xpacket end=''?>");
  row("zeros", "%PDF-1.4", std::string(4096, '\0'));
  row("spaces", "", " ");
}

// 64 MiB each, here; the time is linear in them.
void EmbeddedDocumentTest::hugeAndHostile() {
  QFETCH(QByteArray, start);
  QFETCH(QByteArray, unit);
  const std::string bytes = start.toStdString() + repeated(unit.toStdString(), 64 << 20);
  const long before = peakKilobytes();
  QElapsedTimer timer;
  timer.start();
  const std::optional<std::string> document = embeddedDocument(bytes);
  QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
  QVERIFY(!document || document->size() <= bytes.size());
  QVERIFY(peakKilobytes() - before < 200 * 1024);
}

QTEST_APPLESS_MAIN(EmbeddedDocumentTest)
#include "embedded_document_test.moc"
