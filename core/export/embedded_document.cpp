#include "core/export/embedded_document.hpp"

#include "core/export/xml_text.hpp"
#include "core/runtime/errors.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <cstdint>

namespace separatrix {
namespace {

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1A\n";
constexpr std::string_view kPdfSignature = "%PDF-";
constexpr std::string_view kKeyword = "separatrix";
constexpr std::string_view kNamespace = "urn:separatrix:document/";
constexpr std::size_t kLargestDocument = std::size_t{64} << 20;

// ---- PNG: W3C Portable Network Graphics (second edition), sections 5.3 and 11.3.4 ----

std::uint32_t numberAt(std::string_view bytes, std::size_t place) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i)
    out = out << 8U | static_cast<unsigned char>(bytes[place + i]);
  return out;
}

void appendNumber(std::string& out, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(value >> shift & 0xFFU);
}

std::uint32_t checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

struct Chunk {
  std::string_view checked;  ///< the type and the data
  std::uint32_t checksum = 0;
  std::string_view type() const { return checked.substr(0, 4); }
  std::string_view data() const { return checked.substr(4); }
};

/// Takes the first chunk off `bytes`; nothing if they end before it does.
std::optional<Chunk> takeChunk(std::string_view& bytes) {
  constexpr std::size_t kFrame = 12;
  if (bytes.size() < kFrame) return {};
  const std::size_t length = numberAt(bytes, 0);
  if (length > bytes.size() - kFrame) return {};
  const Chunk chunk{bytes.substr(4, length + 4), numberAt(bytes, length + 8)};
  bytes.remove_prefix(length + kFrame);
  return chunk;
}

/// Cuts `text` behind its first NUL and returns what was before it; nothing without a NUL.
std::optional<std::string_view> takeField(std::string_view& text) {
  const std::size_t end = text.find('\0');
  if (end == std::string_view::npos) return {};
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(end + 1);
  return field;
}

std::string utf8FromLatin1(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) out += static_cast<char>(0xC0U | byte >> 6U);
    out += byte < 0x80 ? c : static_cast<char>(0x80U | (byte & 0x3FU));
  }
  return out;
}

/// The document if the chunk is one of text with our keyword, whole and not compressed.
std::optional<std::string> documentOf(const Chunk& chunk) {
  const bool international = chunk.type() == "iTXt";
  if (!international && chunk.type() != "tEXt") return {};
  if (chunk.data().size() > kLargestDocument) return {};
  std::string_view text = chunk.data();
  if (takeField(text) != kKeyword || checksum(chunk.checked) != chunk.checksum) return {};
  if (!international) return utf8FromLatin1(text);
  if (text.size() < 2 || text[0] != 0) return {};
  text.remove_prefix(2);
  if (!takeField(text) || !takeField(text)) return {};  // language, translated keyword
  return std::string(text);
}

std::optional<std::string> fromPng(std::string_view bytes) {
  bytes.remove_prefix(kPngSignature.size());
  while (const std::optional<Chunk> chunk = takeChunk(bytes))
    if (std::optional<std::string> document = documentOf(*chunk)) return document;
  return {};
}

// ---- SVG and XMP ----

/// The text of the element that was just entered, without that of elements in it; nothing if the
/// element has no end or is larger than any document.
std::optional<std::string> textOf(XmlScanner& xml) {
  std::string out;
  int depth = 0;
  while (const std::optional<XmlPiece> piece = xml.next()) {
    if (out.size() + piece->content.size() > kLargestDocument) return {};
    switch (piece->kind) {
      case XmlPiece::Kind::start:
        ++depth;
        break;
      case XmlPiece::Kind::end:
        if (depth-- == 0) return out;
        break;
      case XmlPiece::Kind::text:
        if (depth == 0) appendUnescapedXml(out, piece->content);
        break;
      case XmlPiece::Kind::literal:
        if (depth == 0) out += piece->content;
        break;
      case XmlPiece::Kind::empty:
        break;
    }
  }
  return {};
}

/// Of an attribute that is given; nothing if it is not.
std::optional<std::string_view> attributeOf(const XmlPiece& tag, std::string_view wanted) {
  std::string_view rest = tag.attributes, name, value;
  while (takeAttribute(rest, name, value))
    if (name == wanted) return value;
  return {};
}

bool startsLikeADocument(const std::string& text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.compare(start, 13, "{\"separatrix\"") == 0;
}

/// Programs that rewrite an SVG may drop the id (svgo) or add elements of their own (Inkscape).
std::optional<std::string> fromSvg(std::string_view bytes) {
  XmlScanner xml(bytes);
  while (const std::optional<XmlPiece> piece = xml.next()) {
    if (piece->kind != XmlPiece::Kind::start || localName(piece->name) != "metadata") continue;
    const std::optional<std::string_view> id = attributeOf(*piece, "id");
    std::optional<std::string> text = textOf(xml);
    if (text && !text->empty() && (id == kKeyword || startsLikeADocument(*text))) return text;
  }
  return {};
}

/// The prefix that a tag gives to our namespace.
std::optional<std::string_view> prefixIn(const XmlPiece& tag) {
  constexpr std::string_view kDeclaration = "xmlns:";
  std::string_view rest = tag.attributes, name, value;
  while (takeAttribute(rest, name, value))
    if (value == kNamespace && name.starts_with(kDeclaration))
      return name.substr(kDeclaration.size());
  return {};
}

/// As an element or, as XMP allows too, as an attribute of the description.
std::optional<std::string> fromXmp(std::string_view packet) {
  XmlScanner xml(packet);
  std::string wanted;
  while (const std::optional<XmlPiece> piece = xml.next()) {
    if (piece->kind != XmlPiece::Kind::start && piece->kind != XmlPiece::Kind::empty) continue;
    if (const auto prefix = prefixIn(*piece)) wanted = std::string(*prefix) + ":document";
    if (wanted.empty()) continue;
    if (piece->kind == XmlPiece::Kind::start && piece->name == wanted) return textOf(xml);
    if (const auto value = attributeOf(*piece, wanted)) {
      std::string text;
      appendUnescapedXml(text, *value);
      return text;
    }
  }
  return {};
}

std::optional<std::string> fromPdf(std::string_view bytes) {
  for (;;) {
    const std::size_t start = bytes.find("<?xpacket begin=");
    if (start == std::string_view::npos) return {};
    bytes.remove_prefix(start);
    const std::size_t end = bytes.find("<?xpacket end=");
    if (end == std::string_view::npos) return {};
    if (std::optional<std::string> document = fromXmp(bytes.substr(0, end))) return document;
    bytes.remove_prefix(end);
  }
}

bool isXml(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t start = bytes.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && bytes[start] == '<';
}

}  // namespace

bool isFigure(std::string_view bytes) {
  return bytes.starts_with(kPngSignature) || bytes.starts_with(kPdfSignature) || isXml(bytes);
}

std::optional<std::string> embeddedDocument(std::string_view bytes) {
  if (bytes.starts_with(kPngSignature)) return fromPng(bytes);
  if (bytes.starts_with(kPdfSignature)) return fromPdf(bytes);
  if (isXml(bytes)) return fromSvg(bytes);
  return {};
}

std::string withDocument(std::string_view png, std::string_view document) {
  if (!png.starts_with(kPngSignature)) throw Failure("the picture is no PNG");
  std::string_view rest = png.substr(kPngSignature.size());
  std::size_t place = png.size() - rest.size();
  for (auto chunk = takeChunk(rest); !chunk || chunk->type() != "IDAT"; chunk = takeChunk(rest)) {
    if (!chunk) throw Failure("the picture is a PNG without data");
    place = png.size() - rest.size();
  }
  std::string checked = "iTXt";
  checked.append(kKeyword).append(5, '\0').append(document);
  std::string out;
  out.reserve(png.size() + checked.size() + 8);
  out += png.substr(0, place);
  appendNumber(out, static_cast<std::uint32_t>(checked.size() - 4));
  out += checked;
  appendNumber(out, checksum(checked));
  return out += png.substr(place);
}

std::string svgMetadata(std::string_view document) {
  return "<metadata id=\"" + std::string(kKeyword) + "\">" + xmlEscaped(document) + "</metadata>\n";
}

std::string xmpMetadata(std::string_view title, std::string_view producer,
                        std::string_view document) {
  std::string out =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
      " xmlns:separatrix=\"" +
      std::string(kNamespace) + "\">\n<dc:format>application/pdf</dc:format>\n";
  if (!title.empty())
    out += "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlEscaped(title) +
           "</rdf:li></rdf:Alt></dc:title>\n";
  out += "<xmp:CreatorTool>Separatrix</xmp:CreatorTool>\n<pdf:Producer>" + xmlEscaped(producer) +
         "</pdf:Producer>\n";
  if (!document.empty())
    out += "<separatrix:document>" + xmlEscaped(document) + "</separatrix:document>\n";
  return out + "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

}  // namespace separatrix
