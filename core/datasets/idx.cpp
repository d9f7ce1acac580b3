#include "core/datasets/idx.hpp"

#include "core/datasets/number_bytes.hpp"

#include <cstdint>

namespace separatrix {
namespace {

using ReadNumber = double (*)(const char* bytes, bool swapped);

struct NumberType {
  std::uint8_t code;
  std::size_t size;
  ReadNumber read;
};

constexpr NumberType kNumberTypes[] = {
    {0x08, 1, readNumber<std::uint8_t>}, {0x09, 1, readNumber<std::int8_t>},
    {0x0B, 2, readNumber<std::int16_t>}, {0x0C, 4, readNumber<std::int32_t>},
    {0x0D, 4, readNumber<float>},        {0x0E, 8, readNumber<double>},
};

constexpr std::size_t kPrefix = 4;  // 00 00, type, axes
constexpr std::size_t kAxisBytes = 4;

std::uint8_t octet(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

const NumberType* findType(std::uint8_t code) {
  for (const NumberType& type : kNumberTypes)
    if (type.code == code) return &type;
  return nullptr;
}

bool isIdx(std::string_view bytes) {
  return bytes.size() >= kPrefix && octet(bytes, 0) == 0 && octet(bytes, 1) == 0 &&
         findType(octet(bytes, 2)) != nullptr && octet(bytes, 3) > 0;
}

const NumberType& numberType(const DatasetSource& source) {
  const std::string_view bytes = source.bytes;
  if (bytes.size() < kPrefix)
    source.refuse("", "is cut off in the four bytes that IDX starts with");
  if (octet(bytes, 0) != 0 || octet(bytes, 1) != 0)
    source.refuse("", "does not start as IDX does; choose its format with target.format");
  const NumberType* type = findType(octet(bytes, 2));
  if (type == nullptr)
    source.refuse("", "holds numbers of the type " + std::to_string(octet(bytes, 2)) +
                          ", which IDX does not have (8, 9, 11, 12, 13, 14)");
  if (octet(bytes, 3) == 0) source.refuse("", "holds a single number; save a list of points");
  return *type;
}

struct Shape {
  std::size_t start = 0;  ///< of the numbers, in the file
  Index points = 0;
  Index dimension = 1;
};

/// Of numbers that are really there.
Shape shapeOf(const DatasetSource& source, const NumberType& type) {
  const std::string_view bytes = source.bytes;
  const std::size_t axes = octet(bytes, 3);
  Shape out;
  out.start = kPrefix + axes * kAxisBytes;
  if (bytes.size() < out.start)
    source.refuse("", "is cut off: it starts with the lengths of " + std::to_string(axes) +
                          " axes, and they are not all there");
  std::vector<std::uint64_t> lengths;
  for (std::size_t axis = 0; axis < axes; ++axis) {
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < kAxisBytes; ++i)
      length = length << 8 | octet(bytes, kPrefix + axis * kAxisBytes + i);
    lengths.push_back(length);
    if (length == 0) source.refuse("", "holds no points: one of its axes has length 0");
  }
  const std::uint64_t present = (bytes.size() - out.start) / type.size;
  std::uint64_t total = 1;
  for (const std::uint64_t length : lengths) {
    if (length > present / total)
      source.refuse("", "is cut off: its start says more numbers than the " +
                            std::to_string(present) + " that are there");
    total *= length;
  }
  if (total * type.size != bytes.size() - out.start)
    source.refuse("", "holds " + std::to_string(bytes.size() - out.start) +
                          " bytes of numbers, its start says " + std::to_string(total * type.size));
  if (total > static_cast<std::uint64_t>(kLargestDatasetValues))
    source.refuse("", "has more than " + std::to_string(kLargestDatasetValues) +
                          " numbers, the most that are read; take a part of it");
  out.points = static_cast<Index>(lengths.front());
  out.dimension = static_cast<Index>(total) / out.points;
  return out;
}

Dataset read(const DatasetSource& source) {
  const NumberType& type = numberType(source);
  const Shape shape = shapeOf(source, type);
  const char* next = source.bytes.data() + shape.start;
  Mat points(shape.dimension, shape.points);
  for (Index k = 0; k < shape.points; ++k)
    for (Index i = 0; i < shape.dimension; ++i, next += type.size) {
      points(i, k) = type.read(next, true);
      if (!std::isfinite(points(i, k)))
        source.refuse("point " + std::to_string(k + 1) + ", coordinate " + std::to_string(i + 1),
                      notFinite(points(i, k)));
    }
  return {std::move(points), {}};
}

}  // namespace

DatasetFormat idxFormat() {
  return {"idx", {".idx", "-ubyte"}, isIdx, read};
}

std::optional<std::string> idxLabelsPath(const std::string& path) {
  constexpr std::string_view kImages = "images";
  constexpr std::string_view kEnding = "-ubyte";
  const std::size_t endingSize = std::string_view("-idx3-ubyte").size();
  if (path.size() < kImages.size() + endingSize || !path.ends_with(kEnding)) return std::nullopt;
  const std::size_t place = path.size() - endingSize;  // of "-idx3-ubyte"
  const std::string_view separator = std::string_view(path).substr(place, 1);
  const bool named = path.compare(place + 1, 3, "idx") == 0 &&
                     (separator == "-" || separator == ".") &&
                     std::string_view(path).substr(0, place).ends_with(kImages);
  if (!named) return std::nullopt;
  return path.substr(0, place - kImages.size()) + "labels" + std::string(separator) + "idx1-ubyte";
}

}  // namespace separatrix
