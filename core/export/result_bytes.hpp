#pragma once

#include "core/parameters/json.hpp"
#include "core/study/analysis.hpp"

#include <string>

namespace separatrix {

enum class DataFormat { csv, json, npy };

/// The format that a file name's ending asks for. Throws InvalidInput that names the endings.
DataFormat dataFormatOf(const std::string& path);

/// RFC 4180 with line feeds: one header line of names, `.` as decimal point in every locale,
/// shortest digits that read back to the same number. `metadata` goes before it as lines
/// "# key: value".
std::string csvText(const Table& table, const Json& metadata = Json::object());

/// The rows of csvText alone, of a table whose header is written already.
std::string csvRows(const Table& table);

/// {"name": [values], …}; numbers that JSON has not become null. `metadata` is an entry of it.
std::string jsonText(const Table& table, const Json& metadata = Json::object());

/// NumPy format 1.0, little endian, C order.
std::string npyBytes(const NumericArray& array);
/// What is before the numbers of an array of that shape.
std::string npyHeader(const std::vector<std::size_t>& shape);
/// The numeric columns as float64 [rows][columns]; throws Failure if a column is text.
std::string npyBytes(const Table& table);

/// A result as the bytes of a file: its record in JSON if it has one, its array in .npy if it has
/// one, else its table.
std::string resultBytes(const Result& result, DataFormat format,
                        const Json& metadata = Json::object());

}  // namespace separatrix
