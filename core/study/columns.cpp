#include "core/study/columns.hpp"

namespace separatrix {

void addStability(Table& table, const std::vector<const FixedPoint*>& points) {
  std::vector<double> eigenvalues;
  std::vector<std::int64_t> stable;
  for (const FixedPoint* point : points) {
    eigenvalues.push_back(point->minEigenvalue);
    stable.push_back(point->stable() ? 1 : 0);
  }
  table.columns.push_back({"min_eigenvalue", "λ_min", "", std::move(eigenvalues)});
  table.columns.push_back({"stable", "", "", std::move(stable)});
}

}  // namespace separatrix
