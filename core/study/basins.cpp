#include "core/study/basins.hpp"

#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/trajectories.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr Index kDefaultCount1d = 401;
constexpr Index kDefaultCount2d = 101;
constexpr Index kTile = 64;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Components* parts = problem.target().components();
  if (parts == nullptr)
    throw Failure("basins are those of components; this scene's data have none");
  auto out = std::make_shared<Basins>();
  out->s = request.real("time");
  out->grid = gridOf(problem, request, kDefaultCount1d, kDefaultCount2d, control);
  const GridField field(problem, out->grid, out->s);
  const std::vector<std::uint8_t> ranks = destinationRanks(*parts);
  out->groups = std::min(parts->count(), Basins::kMostGroups);
  const Index count = out->grid.points.cols();
  out->weights.assign(static_cast<std::size_t>(out->groups * count), 0);
  parallelFor((count + kTile - 1) / kTile, [&](Index tile) {
    control.checkpoint();
    for (Index p = tile * kTile; p < std::min(count, (tile + 1) * kTile); ++p) {
      const Vec posterior = field.componentPosterior(p);
      Vec sums = Vec::Zero(out->groups);
      for (Index k = 0; k < posterior.size(); ++k)
        sums[ranks[static_cast<std::size_t>(k)] % out->groups] += posterior[k];
      for (Index group = 0; group < out->groups; ++group)
        out->weights[static_cast<std::size_t>(group * count + p)] = static_cast<float>(sums[group]);
    }
  });
  return out;
}

}  // namespace

Table Basins::table() const {
  Table out;
  const auto rows = static_cast<std::size_t>(grid.points.cols());
  grid.addColumns(out);
  for (Index group = 0; group < groups; ++group) {
    const auto begin = weights.begin() + static_cast<std::ptrdiff_t>(rows) * group;
    const std::string index = std::to_string(group);
    out.columns.push_back({"weight" + index, "w_" + index, "",
                           std::vector<float>(begin, begin + static_cast<std::ptrdiff_t>(rows))});
  }
  return out;
}

Analysis basinsAnalysis() {
  Analysis out;
  out.id = "basins";
  out.title = "Where particles from each point end";
  out.source = "Biroli et al. 2024, Eq 6; Bayes' theorem for the components";
  out.usesPotential = false;
  out.parameters = gridSpecs();
  out.parameters.insert(out.parameters.begin(), timeSpec());
  out.run = run;
  return out;
}

}  // namespace separatrix
