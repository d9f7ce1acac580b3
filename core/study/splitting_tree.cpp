#include "core/study/splitting_tree.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/bifurcation.hpp"

namespace separatrix {
namespace {

constexpr Index kMostComponents = 2000;  // minutes in 64 dimensions
constexpr double kEarliest = 1e-3;       // of the horizon

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  if (problem.target().components() == nullptr)
    throw Failure("the splitting tree needs data with components, whose wells part");
  requireFewComponents(problem, kMostComponents, "the splitting tree");
  requireSmallSpan(problem, "the splitting tree");
  const ForwardProcess& process = problem.process();
  const double from = request.isNull("from") ? kEarliest * process.horizon() : request.real("from");
  if (!(from > 0)) throw InvalidInput("from", "is 0, where wells have no size; use a time above 0");
  const DiffusedField valid(problem.target(), process, from);
  auto out = std::make_shared<SplittingTree>();
  out->tree = wellTree(
      problem.target(), process, [&](double s) { return problem.potentialAt(s); }, from, control);
  for (const Parting& parting : out->tree.partings)
    out->signalValues.push_back(process.signal(parting.s));
  return out;
}

}  // namespace

Table SplittingTree::table() const {
  std::vector<std::int64_t> points, parents;
  std::vector<double> times;
  for (const Parting& parting : tree.partings) {
    points.push_back(parting.component);
    times.push_back(parting.s);
    parents.push_back(parting.from);
  }
  Table out;
  out.columns = {{"s", "s", "", std::move(times)},
                 {"signal", "a", "", signalValues},
                 {"component", "k", "", std::move(points)},
                 {"parts_from", "", "", std::move(parents)}};
  return out;
}

std::string SplittingTree::remark() const {
  if (tree.unknown.empty()) return {};
  return std::to_string(tree.unknown.size()) +
         " of the wells could not be followed to the end and are left out";
}

Analysis splittingTreeAnalysis() {
  Analysis out;
  out.id = "splitting-tree";
  out.title = "Which components part from which, and when";
  out.source = "Raya & Ambrogioni 2023, §3; Ambrogioni 2023, §5";
  out.cost = Cost::extended;
  ParameterSpec from = timeSpec();
  from.name = "from";
  from.help =
      "Least diffusion time, at which the wells are told apart; automatic: 1/1000 of the horizon. "
      "Components that share a well there have s = 0.";
  from.required = false;
  out.parameters = {from.orNull()};
  out.run = run;
  return out;
}

}  // namespace separatrix
