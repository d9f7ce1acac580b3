#pragma once

#include "core/datasets/catalog.hpp"
#include "tests/core/support.hpp"

#include <cstring>

// Files in every format, written byte by byte, and how they are read.

namespace separatrix::test {

inline Mat readPoints(const std::string& bytes, const std::string& path = "points",
                      const std::string& format = "auto") {
  return readDataset({"target.path", path, bytes}, format).points;
}

inline std::string npyBytes(const std::string& dictionary, const std::string& data,
                            int version = 1) {
  std::string out = "\x93NUMPY";
  out += static_cast<char>(version);
  out += '\0';
  for (std::size_t i = 0; i < (version == 1 ? 2 : 4); ++i)
    out += static_cast<char>(dictionary.size() >> 8 * i & 0xFF);
  return out + dictionary + data;
}

inline std::string npyHeader(const std::string& type, const std::string& shape,
                             const std::string& fortran = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

/// The number in big endian.
inline std::string bigEndian(std::uint32_t number) {
  std::string out;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(number >> shift & 0xFF);
  return out;
}

/// An IDX file of that type of numbers.
inline std::string idxBytes(int type, const std::vector<std::uint32_t>& lengths,
                            const std::string& data) {
  std::string out(2, '\0');
  out += static_cast<char>(type);
  out += static_cast<char>(lengths.size());
  for (const std::uint32_t length : lengths) out += bigEndian(length);
  return out + data;
}

template <class Number>
std::string rawBytes(const std::vector<Number>& values, bool swapped = false) {
  std::string out;
  for (const Number value : values) {
    std::string bytes(sizeof(Number), '\0');
    std::memcpy(bytes.data(), &value, sizeof(Number));
    if (swapped) std::reverse(bytes.begin(), bytes.end());
    out += bytes;
  }
  return out;
}

}  // namespace separatrix::test
