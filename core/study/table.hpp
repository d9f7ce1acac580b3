#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace separatrix {

/// Values of one kind; single-precision results keep their precision, so that they are written
/// with the digits they have.
struct ColumnValues : std::variant<std::vector<double>, std::vector<float>,
                                   std::vector<std::int64_t>, std::vector<std::string>> {
  using variant::variant;
  // libstdc++ 12's own copy of such a variant destroys what it has not made yet, and so frees
  // memory twice, when memory runs out in the middle of it.
  ColumnValues(const ColumnValues& other) : variant() {
    std::visit([this](const auto& values) { variant::operator=(values); },
               static_cast<const variant&>(other));
  }
  ColumnValues(ColumnValues&&) noexcept = default;
  ColumnValues& operator=(const ColumnValues& other) { return *this = ColumnValues(other); }
  ColumnValues& operator=(ColumnValues&&) noexcept = default;
  ~ColumnValues() = default;
};

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

/// Where an array is part of a larger one: the entries first, first + 1, … of `total` along `axis`.
struct ArrayPart {
  std::size_t axis = 0, first = 0, total = 0;
};

/// A result as one array of single-precision numbers, last index fastest.
struct NumericArray {
  std::vector<std::size_t> shape;
  std::vector<float> values;
  std::optional<ArrayPart> part = std::nullopt;
};

}  // namespace separatrix
