#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace separatrix {

/// Values of one kind; single-precision results keep their precision, so that they are written
/// with the digits they have.
using ColumnValues = std::variant<std::vector<double>, std::vector<float>,
                                  std::vector<std::int64_t>, std::vector<std::string>>;

struct Column {
  std::string name;    ///< stable, snake_case: what scripts read
  std::string symbol;  ///< as in the papers
  std::string unit;    ///< empty where dimensionless
  ColumnValues values;
};

/// A result as columns of equal length.
struct Table {
  std::vector<Column> columns;
  std::size_t rows() const;
};

/// A result as one array of single-precision numbers, last index fastest.
struct NumericArray {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

}  // namespace separatrix
