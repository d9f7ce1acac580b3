#include "core/export/xml_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace separatrix {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;  ///< bytes; 0: no UTF-8
};

Character firstCharacter(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return {};
  std::uint32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[length] || code > 0x10FFFF) return {};
  return {code, length};
}

/// Char of XML 1.0, section 2.2.
bool isXmlCharacter(std::uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

void appendUtf8(std::string& out, std::uint32_t code) {
  const auto trail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    trail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    trail(6);
    trail(0);
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    trail(12);
    trail(6);
    trail(0);
  }
}

/// The character that &name; stands for; nothing if there is none.
std::optional<std::uint32_t> entity(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [known, character] : kNamed)
    if (name == known) return static_cast<std::uint32_t>(character);
  if (!name.starts_with('#')) return {};
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  const bool whole = error == std::errc() && end == name.data() + name.size();
  if (!whole || !isXmlCharacter(code)) return {};
  return code;
}

/// Where the tag at the start of `xml` ends: a > in quotes does not end it.
std::size_t tagEnd(std::string_view xml) {
  char quote = 0;
  for (std::size_t i = 1; i < xml.size(); ++i) {
    const char c = xml[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i;
    }
  }
  return std::string_view::npos;
}

/// Past <!DOCTYPE …>, which may hold declarations in brackets.
std::size_t doctypeEnd(std::string_view xml) {
  const std::size_t bracket = xml.find_first_of("[>");
  if (bracket == std::string_view::npos || xml[bracket] == '>') return bracket;
  const std::size_t closed = xml.find(']', bracket);
  return closed == std::string_view::npos ? closed : xml.find('>', closed);
}

}  // namespace

std::string xmlEscaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const Character character = firstCharacter(text);
    const std::size_t length = character.length == 0 ? 1 : character.length;
    if (character.length == 0 || !isXmlCharacter(character.code))
      out += kReplacement;
    else if (character.code == '&')
      out += "&amp;";
    else if (character.code == '<')
      out += "&lt;";
    else if (character.code == '>')
      out += "&gt;";
    else if (character.code == '"')
      out += "&quot;";
    else if (character.code == '\r')
      out += "&#13;";  // a parser makes a line feed of the character itself
    else
      out += text.substr(0, length);
    text.remove_prefix(length);
  }
  return out;
}

void appendUnescapedXml(std::string& out, std::string_view raw) {
  constexpr std::size_t kLongestEntity = 12;
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('&'), raw.size());
    out += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) return;
    const std::size_t end = raw.substr(0, kLongestEntity).find(';');
    const auto code = end == std::string_view::npos ? std::nullopt : entity(raw.substr(1, end - 1));
    if (code)
      appendUtf8(out, *code);
    else
      out += '&';
    raw.remove_prefix(code ? end + 1 : 1);
  }
}

bool XmlScanner::skipPast(std::string_view mark) {
  const std::size_t place = m_rest.find(mark);
  m_rest =
      place == std::string_view::npos ? std::string_view() : m_rest.substr(place + mark.size());
  return place != std::string_view::npos;
}

std::optional<XmlPiece> XmlScanner::tag() {
  const std::size_t end = tagEnd(m_rest);
  if (end == std::string_view::npos) {
    m_rest = {};
    return {};
  }
  std::string_view inside = m_rest.substr(1, end - 1);
  m_rest.remove_prefix(end + 1);
  XmlPiece piece{XmlPiece::Kind::start, {}, {}, {}};
  if (inside.starts_with('/')) {
    piece.kind = XmlPiece::Kind::end;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    piece.kind = XmlPiece::Kind::empty;
    inside.remove_suffix(1);
  }
  const std::size_t name = std::min(inside.find_first_of(kSpace), inside.size());
  piece.name = inside.substr(0, name);
  piece.attributes = inside.substr(name);
  return piece;
}

std::optional<XmlPiece> XmlScanner::next() {
  constexpr std::string_view kLiteral = "<![CDATA[";
  while (!m_rest.empty()) {
    if (m_rest.front() != '<') {
      const std::size_t end = std::min(m_rest.find('<'), m_rest.size());
      const std::string_view text = m_rest.substr(0, end);
      m_rest.remove_prefix(end);
      return XmlPiece{XmlPiece::Kind::text, text, {}, {}};
    }
    if (m_rest.starts_with("<!--")) {
      m_rest.remove_prefix(4);
      if (!skipPast("-->")) return {};
    } else if (m_rest.starts_with(kLiteral)) {
      const std::string_view content = m_rest.substr(kLiteral.size());
      if (!skipPast("]]>")) return {};
      return XmlPiece{XmlPiece::Kind::literal, content.substr(0, content.find("]]>")), {}, {}};
    } else if (m_rest.starts_with("<?")) {
      if (!skipPast("?>")) return {};
    } else if (m_rest.starts_with("<!")) {
      const std::size_t end = doctypeEnd(m_rest);
      m_rest = end == std::string_view::npos ? std::string_view() : m_rest.substr(end + 1);
    } else {
      return tag();
    }
  }
  return {};
}

std::string_view localName(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

bool takeAttribute(std::string_view& attributes, std::string_view& name, std::string_view& value) {
  const std::size_t start = attributes.find_first_not_of(kSpace);
  if (start == std::string_view::npos) return false;
  attributes.remove_prefix(start);
  const std::size_t equals = attributes.find('=');
  if (equals == std::string_view::npos) return false;
  name = attributes.substr(0, equals);
  name = name.substr(0, name.find_last_not_of(kSpace) + 1);
  const std::size_t open = attributes.find_first_not_of(kSpace, equals + 1);
  if (open == std::string_view::npos) return false;
  const char quote = attributes[open];
  if (quote != '"' && quote != '\'') return false;
  const std::size_t close = attributes.find(quote, open + 1);
  if (close == std::string_view::npos) return false;
  value = attributes.substr(open + 1, close - open - 1);
  attributes.remove_prefix(close + 1);
  return true;
}

}  // namespace separatrix
