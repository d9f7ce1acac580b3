#include "core/study/overlap.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/regimes/two_classes.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 60, kDefaultOverlaps = 201;

/// What the model is along its means: there U has all of its shape.
GaussianMixture alongMeans(const TwoClasses& model) {
  const double m = model.muTilde * std::sqrt(model.dimension);
  Components parts{Mat(1, 2), Vec::Constant(2, 0.5), Vec::Constant(2, model.sigma2)};
  parts.means << -m, m;
  return GaussianMixture(std::move(parts));
}

/// Where V is least: the vertex of the parabola through the least value and those beside it.
double leastOverlap(const Eigen::Ref<const Eigen::RowVectorXd>& V, const GridAxis& overlaps) {
  Index least = 0;
  V.minCoeff(&least);
  const double q = overlaps.at(least);
  if (least == 0 || least + 1 == V.size()) return q;
  const double before = V[least - 1] - V[least], after = V[least + 1] - V[least];
  if (!(before + after > 0)) return q;
  return q + (overlaps.at(least + 1) - q) * (before - after) / (2 * (before + after));
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireLogTime(problem, "the overlap");
  const TwoClasses model = twoClassesOf(problem.target(), "the overlap");
  const double mu2 = model.muTilde * model.muTilde;
  // Beyond the wells of the data, at μ̃ |m| for one potential and twice that for another.
  const double reach = 2.5 * mu2 * std::sqrt(model.dimension);
  auto out = std::make_shared<Overlap>();
  out->muTilde = model.muTilde;
  out->overlaps = axisValue(request, "range").value_or(GridAxis{-reach, reach, kDefaultOverlaps});
  const LogTimes times = logTimesOf(problem, request, kDefaultTimes, 0, control);
  out->times = times.t;
  requireMemory("times", 40.0 * static_cast<double>(times.t.size() * out->overlaps.count),
                "so many times and overlaps", "ask for fewer");
  const GaussianMixture line = alongMeans(model);
  Batch x(1, out->overlaps.count + 1);  // the last is the origin
  for (Index i = 0; i < out->overlaps.count; ++i) x(0, i) = out->overlaps.at(i) / model.muTilde;
  x(0, out->overlaps.count) = 0;
  out->potential.resize(static_cast<Index>(times.t.size()), out->overlaps.count);
  for (std::size_t t = 0; t < times.s.size(); ++t) {
    control.checkpoint();
    const DiffusedField field(line, problem.process(), times.s[t]);
    const Potential U = problem.potentialAt(times.s[t]);
    const Vec logDensity = field.batch(x, control).logEvidence;
    const auto row = static_cast<Index>(t);
    for (Index i = 0; i < out->overlaps.count; ++i)
      out->potential(row, i) = mu2 * (U.value(logDensity[i], x(0, i) * x(0, i)) -
                                      U.value(logDensity[out->overlaps.count], 0));
    out->wells.push_back(std::abs(leastOverlap(out->potential.row(row), out->overlaps)));
  }
  return out;
}

}  // namespace

Table Overlap::table() const {
  std::vector<double> t, q, V;
  for (std::size_t row = 0; row < times.size(); ++row)
    for (Index i = 0; i < overlaps.count; ++i) {
      t.push_back(times[row]);
      q.push_back(overlaps.at(i));
      V.push_back(potential(static_cast<Index>(row), i));
    }
  Table out;
  out.columns = {{"t", "t", "", std::move(t)},
                 {"q", "q", "", std::move(q)},
                 {"potential", "V(q, t)", "", std::move(V)}};
  return out;
}

Analysis overlapAnalysis() {
  Analysis out;
  out.id = "overlap";
  out.title = "Potential of the overlap with the mean";
  out.source = "Biroli et al. 2024, Eq 8";
  out.parameters = {
      timesSpec("Times t = −log a, lo:hi:n; automatic: 60 up to 2, or twice the speciation time."),
      ParameterSpec::of(ParameterKind::grid, "range")
          .labelled("Range", "q", "Overlaps lo:hi:n; automatic: beyond the wells of the data.")
          .within(-1e12, 1e12)
          .orNull()};
  out.run = run;
  return out;
}

}  // namespace separatrix
