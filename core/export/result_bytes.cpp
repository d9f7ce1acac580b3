#include "core/export/result_bytes.hpp"

#include "core/runtime/errors.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace separatrix {
namespace {

static_assert(std::endian::native == std::endian::little, ".npy is written in native order");

template <class Number>
void appendNumber(std::string& out, Number value) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (std::isnan(value)) return;  // an empty cell: unknown, or undefined
    if (std::isinf(value)) {
      out += value > 0 ? "inf" : "-inf";
      return;
    }
  }
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void appendField(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void appendCell(std::string& out, const ColumnValues& column, std::size_t row) {
  std::visit(
      [&](const auto& values) {
        if constexpr (std::is_same_v<std::decay_t<decltype(values[row])>, std::string>)
          appendField(out, values[row]);
        else
          appendNumber(out, values[row]);
      },
      column);
}

std::string metadataText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string npyHeader(const std::string& type, const std::vector<std::size_t>& shape) {
  std::string dimensions;
  for (const std::size_t n : shape) dimensions += std::to_string(n) + ", ";
  if (shape.size() > 1) dimensions.erase(dimensions.size() - 2);
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dimensions + "), }";
  constexpr std::size_t kPrefix = 10;
  constexpr std::size_t kAlignment = 64;
  while ((kPrefix + header.size() + 1) % kAlignment != 0) header += ' ';
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFF);
  out += static_cast<char>(header.size() >> 8);
  return out + header;
}

template <class Number>
void appendRaw(std::string& out, const std::vector<Number>& values) {
  const std::size_t start = out.size();
  out.resize(start + values.size() * sizeof(Number));
  if (!values.empty())
    std::memcpy(out.data() + start, values.data(), values.size() * sizeof(Number));
}

}  // namespace

DataFormat dataFormatOf(const std::string& path) {
  if (path.ends_with(".csv")) return DataFormat::csv;
  if (path.ends_with(".json")) return DataFormat::json;
  if (path.ends_with(".npy")) return DataFormat::npy;
  throw InvalidInput(path, "the ending does not say a format; use .csv, .json or .npy");
}

std::string csvText(const Table& table, const Json& metadata) {
  std::string out;
  for (const auto& item : metadata.items())
    out += "# " + item.key() + ": " + metadataText(item.value()) + "\n";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (c > 0) out += ',';
    appendField(out, table.columns[c].name);
  }
  out += '\n';
  return out + csvRows(table);
}

std::string csvRows(const Table& table) {
  std::string out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (c > 0) out += ',';
      appendCell(out, table.columns[c].values, row);
    }
    out += '\n';
  }
  return out;
}

std::string jsonText(const Table& table, const Json& metadata) {
  Json out = Json::object();
  if (!metadata.empty()) out["metadata"] = metadata;
  for (const Column& column : table.columns)
    std::visit([&](const auto& values) { out[column.name] = values; }, column.values);
  return canonicalText(out);
}

std::string npyHeader(const std::vector<std::size_t>& shape) {
  return npyHeader("<f4", shape);
}

std::string npyBytes(const NumericArray& array) {
  std::string out = npyHeader(array.shape);
  appendRaw(out, array.values);
  return out;
}

std::string npyBytes(const Table& table) {
  const std::size_t columns = table.columns.size();
  std::vector<double> values(table.rows() * columns);
  for (std::size_t c = 0; c < columns; ++c)
    std::visit(
        [&](const auto& column) {
          if constexpr (std::is_same_v<std::decay_t<decltype(column[0])>, std::string>)
            throw Failure("the column " + table.columns[c].name +
                          " is text, which .npy cannot hold; use .csv or .json");
          else
            for (std::size_t row = 0; row < column.size(); ++row)
              values[row * columns + c] = static_cast<double>(column[row]);
        },
        table.columns[c].values);
  std::string out = npyHeader("<f8", {table.rows(), columns});
  appendRaw(out, values);
  return out;
}

std::string resultBytes(const Result& result, DataFormat format, const Json& metadata) {
  switch (format) {
    case DataFormat::csv:
      return csvText(result.table(), metadata);
    case DataFormat::json:
      if (std::optional<Json> record = result.record()) {
        if (!metadata.empty()) (*record)["metadata"] = metadata;
        return canonicalText(*record);
      }
      return jsonText(result.table(), metadata);
    case DataFormat::npy:
      if (const auto array = result.array()) return npyBytes(*array);
      return npyBytes(result.table());
  }
  throw std::logic_error("data format without a writer");
}

}  // namespace separatrix
