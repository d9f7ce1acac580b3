#include "core/datasets/npy.hpp"

#include "core/datasets/number_bytes.hpp"

#include <charconv>
#include <cstdint>

namespace separatrix {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kShortPrefix = 10;  // magic, version, header size in 2 bytes …
constexpr std::size_t kLongPrefix = 12;   // … or in 4, from version 2 on

struct Header {
  std::string type;  ///< "<f8"
  bool fortranOrder = false;
  std::vector<std::uint64_t> shape;
};

/// Reads the Python literal {'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }.
class HeaderParser {
public:
  HeaderParser(const DatasetSource& source, std::string_view text)
      : m_source(source), m_rest(text) {}

  Header parse() {
    Header out;
    bool type = false, order = false, shape = false;
    expect('{');
    while (!take('}')) {
      const std::string key = quoted();
      expect(':');
      if (key == "descr" && !type) {
        type = true;
        out.type = quoted();
      } else if (key == "fortran_order" && !order) {
        order = true;
        out.fortranOrder = flag();
      } else if (key == "shape" && !shape) {
        shape = true;
        out.shape = numbers();
      } else {
        fail();
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (!m_rest.empty() || !type || !order || !shape) fail();
    return out;
  }

private:
  [[noreturn]] void fail() const {
    m_source.refuse("",
                    "the header is none of .npy, or of an array of structures; write it anew "
                    "with numpy.save");
  }

  void skipBlanks() {
    m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\n"), m_rest.size()));
  }

  bool take(char c) {
    skipBlanks();
    if (m_rest.empty() || m_rest.front() != c) return false;
    m_rest.remove_prefix(1);
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail();
  }

  bool takeWord(std::string_view word) {
    skipBlanks();
    if (!m_rest.starts_with(word)) return false;
    m_rest.remove_prefix(word.size());
    return true;
  }

  std::string quoted() {
    const char mark = take('\'') ? '\'' : '"';
    if (mark == '"') expect('"');
    const std::size_t end = m_rest.find(mark);
    if (end == std::string_view::npos) fail();
    const std::string out(m_rest.substr(0, end));
    m_rest.remove_prefix(end + 1);
    return out;
  }

  bool flag() {
    if (takeWord("True")) return true;
    if (!takeWord("False")) fail();
    return false;
  }

  std::vector<std::uint64_t> numbers() {
    constexpr std::size_t kMostAxes = 64;  // NumPy's own limit
    std::vector<std::uint64_t> out;
    expect('(');
    while (!take(')')) {
      skipBlanks();
      std::uint64_t value = 0;
      const auto result = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
      if (result.ec != std::errc() || out.size() == kMostAxes) fail();
      m_rest.remove_prefix(static_cast<std::size_t>(result.ptr - m_rest.data()));
      takeWord("L");  // Python 2
      out.push_back(value);
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return out;
  }

  const DatasetSource& m_source;
  std::string_view m_rest;
};

using ReadNumber = double (*)(const char* bytes, bool swapped);

struct NumberType {
  std::string_view name;
  std::size_t size;
  ReadNumber read;
};

constexpr NumberType kNumberTypes[] = {
    {"f4", 4, readNumber<float>},        {"f8", 8, readNumber<double>},
    {"i1", 1, readNumber<std::int8_t>},  {"u1", 1, readNumber<std::uint8_t>},
    {"i2", 2, readNumber<std::int16_t>}, {"u2", 2, readNumber<std::uint16_t>},
    {"i4", 4, readNumber<std::int32_t>}, {"u4", 4, readNumber<std::uint32_t>},
    {"i8", 8, readNumber<std::int64_t>}, {"u8", 8, readNumber<std::uint64_t>},
    {"b1", 1, readNumber<std::uint8_t>},
};

const NumberType& numberType(const DatasetSource& source, const std::string& descr) {
  const bool ordered = descr.starts_with('<') || descr.starts_with('>');
  for (const NumberType& type : kNumberTypes)
    if (descr.size() == 3 && descr.ends_with(type.name) &&
        (ordered || (descr.front() == '|' && type.size == 1)))
      return type;
  source.refuse("", "holds numbers of the type " + descr.substr(0, 20) +
                        ", which is not read; save it with astype('float32')");
}

/// The header's text, and in `data` what follows it.
std::string_view headerText(const DatasetSource& source, std::string_view& data) {
  const std::string_view bytes = source.bytes;
  if (!bytes.starts_with(kMagic))
    source.refuse("", "does not start as .npy does; choose its format with target.format");
  const auto octet = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  const int version = bytes.size() < kLongPrefix ? 0 : octet(kMagic.size());
  if (version < 1 || version > 3)
    source.refuse("", "is cut off or of a version of .npy other than 1, 2 and 3");
  const std::size_t prefix = version == 1 ? kShortPrefix : kLongPrefix;
  std::size_t size = 0;
  for (std::size_t i = prefix; i-- > kMagic.size() + 2;) size = size << 8 | octet(i);
  if (size > bytes.size() - prefix)
    source.refuse("", "is cut off: its header says " + std::to_string(size) +
                          " bytes of header, and there are " +
                          std::to_string(bytes.size() - prefix));
  data = bytes.substr(prefix + size);
  return bytes.substr(prefix, size);
}

/// N and d, with N·d numbers really there.
std::array<Index, 2> extents(const DatasetSource& source, const Header& header,
                             const NumberType& type, std::size_t bytes) {
  if (header.shape.empty()) source.refuse("", "holds a single number; save a list of points");
  if (std::find(header.shape.begin(), header.shape.end(), 0U) != header.shape.end())
    source.refuse("", "holds no points: one of its axes has length 0");
  const std::uint64_t present = bytes / type.size;
  std::uint64_t total = 1;
  for (const std::uint64_t extent : header.shape) {
    if (extent > present / total)
      source.refuse("", "is cut off: its header says more numbers than the " +
                            std::to_string(present) + " that are there");
    total *= extent;
  }
  if (total * type.size != bytes)
    source.refuse("", "holds " + std::to_string(bytes) + " bytes of numbers, its header says " +
                          std::to_string(total * type.size));
  if (total > static_cast<std::uint64_t>(kLargestDatasetValues))
    source.refuse("", "has more than " + std::to_string(kLargestDatasetValues) +
                          " numbers, the most that are read; take a part of it");
  const auto points = static_cast<Index>(header.shape.front());
  return {points, static_cast<Index>(total) / points};
}

/// Where in the file, counted in numbers, coordinate i (in C order) of point 0 is if the first axis
/// varies fastest.
Index fortranOffset(const std::vector<std::uint64_t>& shape, Index i) {
  Index stride = 1, out = 0;
  for (const std::uint64_t extent : shape) stride *= static_cast<Index>(extent);
  for (std::size_t axis = shape.size(); axis-- > 1;) {
    const auto extent = static_cast<Index>(shape[axis]);
    stride /= extent;
    out += i % extent * stride;
    i /= extent;
  }
  return out;
}

Dataset read(const DatasetSource& source) {
  std::string_view data;
  const Header header = HeaderParser(source, headerText(source, data)).parse();
  const NumberType& type = numberType(source, header.type);
  const auto [count, dimension] = extents(source, header, type, data.size());
  const bool swapped = header.type.front() == '>';
  Mat points(dimension, count);
  for (Index i = 0; i < dimension; ++i) {
    const Index offset = header.fortranOrder ? fortranOffset(header.shape, i) : i;
    const Index stride = header.fortranOrder ? 1 : dimension;
    for (Index k = 0; k < count; ++k) {
      const auto at = static_cast<std::size_t>(offset + stride * k) * type.size;
      const double value = type.read(data.data() + at, swapped);
      if (!std::isfinite(value))
        source.refuse("row " + std::to_string(k + 1) + ", column " + std::to_string(i + 1),
                      notFinite(value));
      points(i, k) = value;
    }
  }
  return {std::move(points), {}};
}

}  // namespace

DatasetFormat npyFormat() {
  return {"npy", {".npy"}, [](std::string_view bytes) { return bytes.starts_with(kMagic); }, read};
}

}  // namespace separatrix
