#include "core/study/table.hpp"

namespace separatrix {

std::size_t Table::rows() const {
  if (columns.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, columns.front().values);
}

}  // namespace separatrix
