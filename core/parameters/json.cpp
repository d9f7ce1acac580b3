#include "core/parameters/json.hpp"

#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace separatrix {
namespace {

constexpr std::size_t kMaximumBytes = std::size_t{64} << 20;
constexpr int kMaximumDepth = 64;
constexpr double kLargestExactInteger = 9007199254740992.0;  // 2⁵³

/// The parser keeps its own stack, but destroying and writing a value recurse.
void checkDepth(std::string_view text, const std::string& source) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\\') ++i;
      if (c == '"') inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaximumDepth)
        throw InvalidInput(source, "nested deeper than " + std::to_string(kMaximumDepth) +
                                       " levels; this is no scene");
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
}

/// At most `longest` bytes of UTF-8, cut between characters.
std::string shortened(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

bool isFlat(const Json& array) {
  return std::none_of(array.begin(), array.end(),
                      [](const Json& element) { return element.is_structured(); });
}

void write(const Json& value, int indent, std::string& out) {
  const std::string inner(static_cast<std::size_t>(indent) + 2, ' ');
  const std::string outer(static_cast<std::size_t>(indent), ' ');
  if (!value.is_structured() || value.empty()) {
    out += value.dump();
    return;
  }
  const bool oneLine = value.is_array() && isFlat(value);
  out += value.is_array() ? '[' : '{';
  bool first = true;
  for (const auto& item : value.items()) {
    if (!first) out += oneLine ? ", " : ",";
    if (!oneLine) out += '\n' + inner;
    first = false;
    if (value.is_object()) out += Json(item.key()).dump() + ": ";
    write(item.value(), indent + 2, out);
  }
  if (!oneLine) out += '\n' + outer;
  out += value.is_array() ? ']' : '}';
}

}  // namespace

Json parseJson(std::string_view text, const std::string& source) {
  if (text.size() > kMaximumBytes)
    throw InvalidInput(source, "larger than 64 MiB; this is no scene");
  checkDepth(text, source);
  std::vector<std::set<std::string>> keys;
  std::string repeated;
  const auto watchKeys = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto key = parsed.get<std::string>();
      if (!keys.back().insert(key).second && repeated.empty()) repeated = key;
    }
    return true;
  };
  Json value;
  try {
    value = Json::parse(text, watchKeys);
  } catch (const Json::exception& error) {
    std::string reason = error.what();
    if (const auto start = reason.find("] "); start != std::string::npos)
      reason.erase(0, start + 2);
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    throw InvalidInput(source, "not valid JSON: " + shortened(reason, 200));
  }
  if (!repeated.empty()) throw InvalidInput(source, "the key \"" + repeated + "\" is given twice");
  return value;
}

Json canonicalNumber(double value) {
  const bool integral = std::abs(value) < kLargestExactInteger && std::trunc(value) == value;
  if (integral) return static_cast<std::int64_t>(value);
  return value;
}

std::string numberText(double value) {
  return canonicalNumber(value).dump();
}

std::string canonicalText(const Json& value) {
  std::string out;
  write(value, 0, out);
  return out + '\n';
}

std::string shown(const Json& value) {
  return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

}  // namespace separatrix
