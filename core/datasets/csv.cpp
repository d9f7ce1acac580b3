#include "core/datasets/csv.hpp"

#include "core/parameters/json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace separatrix {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparators = "\t;,";  // the first that a line has

constexpr std::size_t kMostColumns = 1'000'000;
constexpr std::size_t kLongestShown = 100;

struct Field {
  std::string text;  ///< without quotes and the blanks around
  Index line = 0;    ///< from 1
};

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::string place(Index line, std::size_t column) {
  return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

class Scanner {
public:
  explicit Scanner(const DatasetSource& source) : m_source(source), m_rest(source.bytes) {
    if (m_rest.starts_with(kByteOrderMark)) m_rest.remove_prefix(kByteOrderMark.size());
    skipEmptyLines();
    m_separator = guessSeparator();
  }

  /// False at the end; blank lines and comments are no records.
  bool next(std::vector<Field>& record) {
    record.clear();
    skipEmptyLines();
    if (m_rest.empty()) return false;
    do {
      if (record.size() == kMostColumns)
        m_source.refuse("line " + std::to_string(m_line),
                        "has more than " + std::to_string(kMostColumns) +
                            " columns, the most that are read; save the points as .npy");
      record.push_back(field(record.size()));
    } while (take(m_separator));
    takeLineEnd();
    return true;
  }

private:
  bool take(char c) {
    if (m_rest.empty() || m_rest.front() != c) return false;
    m_rest.remove_prefix(1);
    return true;
  }

  bool takeLineEnd() {
    const bool carriage = take('\r');
    const bool feed = take('\n');
    if (carriage || feed) ++m_line;
    return carriage || feed;
  }

  static bool endsLine(char c) { return c == '\r' || c == '\n'; }

  void skipEmptyLines() {
    for (;;) {
      const std::size_t start = m_rest.find_first_not_of(" \t");
      if (start == std::string_view::npos) {
        m_rest = {};
        return;
      }
      if (m_rest[start] == '#')
        m_rest.remove_prefix(std::min(m_rest.find_first_of("\r\n", start), m_rest.size()));
      else if (endsLine(m_rest[start]))
        m_rest.remove_prefix(start);
      else
        return;
      takeLineEnd();
    }
  }

  char guessSeparator() const {
    std::string_view found;
    bool quoted = false;
    for (const char c : m_rest) {
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (endsLine(c)) break;
      const std::size_t at = kSeparators.find(c);
      if (at == std::string_view::npos) continue;
      if (found.empty() || at < kSeparators.find(found.front())) found = kSeparators.substr(at, 1);
    }
    return found.empty() ? ',' : found.front();
  }

  bool endsField(char c) const { return c == m_separator || endsLine(c); }

  Field field(std::size_t column) {
    const Index line = m_line;
    std::size_t start = 0;
    while (start < m_rest.size() && isBlank(m_rest[start]) && m_rest[start] != m_separator) ++start;
    if (start < m_rest.size() && m_rest[start] == '"') {
      m_rest.remove_prefix(start + 1);
      return {quoted(column), line};
    }
    std::size_t end = start;
    while (end < m_rest.size() && !endsField(m_rest[end])) ++end;
    Field out{trimmed(m_rest.substr(0, end)), line};
    m_rest.remove_prefix(end);
    return out;
  }

  std::string quoted(std::size_t column) {
    const Index line = m_line;
    std::string out;
    for (;;) {
      if (m_rest.empty()) m_source.refuse(place(line, column), "the quotation mark is not closed");
      const char c = m_rest.front();
      if (c == '"') {
        m_rest.remove_prefix(1);
        if (!take('"')) break;
        out += '"';
      } else if (endsLine(c)) {
        takeLineEnd();
        out += '\n';
      } else {
        m_rest.remove_prefix(1);
        out += c;
      }
    }
    while (!m_rest.empty() && isBlank(m_rest.front()) && m_rest.front() != m_separator)
      m_rest.remove_prefix(1);
    if (!m_rest.empty() && !endsField(m_rest.front()))
      m_source.refuse(place(line, column),
                      "there is text after the closing quotation mark; double the marks inside");
    return trimmed(out);
  }

  const DatasetSource& m_source;
  std::string_view m_rest;
  Index m_line = 1;
  char m_separator = ',';
};

/// What from_chars makes of a text: a number, finite or not, or why it is none.
struct Parsed {
  double value = 0;
  bool number = false;
  bool outOfRange = false;
};

Parsed parsed(const std::string& text) {
  Parsed out;
  const bool plus = text.starts_with('+') && !text.starts_with("+-");
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data() + (plus ? 1 : 0), end, out.value);
  out.outOfRange = result.ec == std::errc::result_out_of_range;
  out.number = result.ptr == end && (out.outOfRange || result.ec == std::errc());
  return out;
}

double finiteNumber(const DatasetSource& source, const Field& field, std::size_t column) {
  const Parsed value = parsed(field.text);
  const auto refuse = [&](const std::string& problem) {
    source.refuse(
        place(field.line, column),
        (field.text.empty() ? "nothing" : shown(field.text.substr(0, kLongestShown))) + problem);
  };
  if (field.text.empty()) refuse(" is there; fill in the number or leave out the line");
  if (!value.number && field.text.find(',') != std::string::npos)
    refuse(" is not a number; write it with a point, as in 1.5");
  if (!value.number)
    refuse(
        " is not a number; columns are separated by comma, semicolon or tab, and only the first "
        "line may hold names");
  if (value.outOfRange) refuse(" is beyond the range of double precision; scale the data");
  if (!std::isfinite(value.value)) refuse(" is not finite; leave out the line or fill it in");
  return value.value;
}

/// Names, and not one number.
bool isHeader(const std::vector<Field>& record) {
  const auto is = [&](auto&& check) { return std::any_of(record.begin(), record.end(), check); };
  return !is([](const Field& field) { return parsed(field.text).number; }) &&
         is([](const Field& field) { return !field.text.empty(); });
}

Dataset read(const DatasetSource& source) {
  Scanner scanner(source);
  std::vector<Field> record;
  bool more = scanner.next(record);
  if (!more) source.refuse("", "there are no numbers in it; write one point a line");
  const std::size_t columns = record.size();
  const Index firstLine = record.front().line;
  if (isHeader(record)) more = scanner.next(record);
  if (!more) source.refuse("", "there are names in it, but no points below them");

  const auto lines = std::count(source.bytes.begin(), source.bytes.end(), '\n') +
                     std::count(source.bytes.begin(), source.bytes.end(), '\r') + 1;
  const auto dimension = static_cast<Index>(columns);
  // A number and what ends it take two bytes.
  const auto mostValues = static_cast<Index>(source.bytes.size() / 2 + 1);
  Mat points(dimension, std::min<Index>(lines, mostValues / dimension + 1));
  Index count = 0;
  for (; more; more = scanner.next(record)) {
    if (record.size() != columns)
      source.refuse("line " + std::to_string(record.front().line),
                    "has " + std::to_string(record.size()) + " columns, line " +
                        std::to_string(firstLine) + " has " + std::to_string(columns) +
                        "; give every point as many");
    if ((count + 1) * dimension > kLargestDatasetValues)
      source.refuse("", "has more than " + std::to_string(kLargestDatasetValues) +
                            " numbers, the most that are read; take a part of it");
    for (std::size_t i = 0; i < columns; ++i)
      points(static_cast<Index>(i), count) = finiteNumber(source, record[i], i);
    ++count;
  }
  if (count != points.cols()) points.conservativeResize(dimension, count);
  return {std::move(points), {}};
}

}  // namespace

DatasetFormat csvFormat() {
  return {"csv", {".csv", ".tsv", ".txt"}, nullptr, read};
}

}  // namespace separatrix
