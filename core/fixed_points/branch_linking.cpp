#include "core/fixed_points/branch_linking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

enum class Move { none, match, fold, pitchfork };

struct Cell {
  double cost = std::numeric_limits<double>::infinity();
  Move move = Move::none;
};

}  // namespace

Linking linkFixedPoints(const std::vector<double>& few, const std::vector<double>& many) {
  const std::size_t rows = few.size() + 1;
  const std::size_t columns = many.size() + 1;
  // best[i][j]: the first i of few and the first j of many are dealt with.
  std::vector<std::vector<Cell>> best(rows, std::vector<Cell>(columns));
  best[0][0].cost = 0;
  const auto offer = [&](std::size_t i, std::size_t j, double cost, Move move) {
    if (cost < best[i][j].cost) best[i][j] = {cost, move};
  };
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const double cost = best[i][j].cost;
      if (!std::isfinite(cost)) continue;
      if (i + 1 < rows && j + 1 < columns)
        offer(i + 1, j + 1, cost + std::abs(few[i] - many[j]), Move::match);
      if (j + 2 < columns) offer(i, j + 2, cost + many[j + 1] - many[j], Move::fold);
      if (i + 1 < rows && j + 3 < columns)
        offer(i + 1, j + 3, cost + std::abs(few[i] - many[j + 1]) + 0.5 * (many[j + 2] - many[j]),
              Move::pitchfork);
    }

  Linking out;
  out.matches.resize(few.size());
  std::size_t i = few.size();
  std::size_t j = many.size();
  while (i > 0 || j > 0) {
    switch (best[i][j].move) {
      case Move::match:
        out.matches[--i] = --j;
        break;
      case Move::fold:
        j -= 2;
        out.births.push_back({j, j + 1, false});
        break;
      case Move::pitchfork:
        j -= 3;
        out.matches[--i] = j + 1;
        out.births.push_back({j, j + 2, true});
        break;
      case Move::none:
        return out;
    }
  }
  std::reverse(out.births.begin(), out.births.end());
  return out;
}

}  // namespace separatrix
