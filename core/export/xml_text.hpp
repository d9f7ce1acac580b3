#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace separatrix {

/// `text` (UTF-8) as the content of an XML element or of an attribute in double quotes. Bytes that
/// are no UTF-8 and characters that XML forbids become U+FFFD; everything else comes back from an
/// XML parser as it was.
std::string xmlEscaped(std::string_view text);

/// Appends what `raw` (the content between two tags) means: entities and character references
/// replaced; what is no known entity stays as it is written.
void appendUnescapedXml(std::string& out, std::string_view raw);

/// One piece of an XML text; the views point into that text.
struct XmlPiece {
  enum class Kind { start, end, empty, text, literal } kind;
  std::string_view content;     ///< of text (escaped) and literal (a CDATA section)
  std::string_view name;        ///< of a tag, with its prefix
  std::string_view attributes;  ///< of a start or empty tag, as written
};

/// Walks through XML in one pass, without checking that it is well formed and without copies, so
/// that any bytes are safe to give. Comments, declarations and instructions are passed over.
class XmlScanner {
public:
  explicit XmlScanner(std::string_view xml) : m_rest(xml) {}
  /// Nothing at the end, or where the text breaks off within a tag.
  std::optional<XmlPiece> next();

private:
  bool skipPast(std::string_view mark);
  std::optional<XmlPiece> tag();

  std::string_view m_rest;
};

/// The name without its prefix: "metadata" of "svg:metadata".
std::string_view localName(std::string_view name);

/// Walks through the attributes of a tag: takes the first off `attributes` and gives its name and
/// value as written; false when none is left.
bool takeAttribute(std::string_view& attributes, std::string_view& name, std::string_view& value);

}  // namespace separatrix
