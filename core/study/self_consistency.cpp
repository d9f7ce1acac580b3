#include "core/study/self_consistency.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/widest_direction.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr double kBatches = 8;  // of points, scores and means at once

constexpr Index kAutomaticPoints = 201;

/// Somewhat beyond all data.
GridAxis rangeAlong(const Vec& direction, const Target& target) {
  double reach = std::abs(direction.dot(target.mean())) +
                 std::sqrt(direction.dot(target.covariance() * direction));
  if (const Components* parts = target.components())
    reach = std::max(reach, (direction.transpose() * parts->means).cwiseAbs().maxCoeff());
  return {-1.5 * reach, 1.5 * reach, kAutomaticPoints};
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<SelfConsistency>();
  out->s = request.real("time");
  out->direction = request.isNull("direction") ? widestDirection(problem.target())
                                               : unitVector(request, "direction", problem);
  const Vec h = pointValue(request, "field", problem);
  const DiffusedField field(problem.target(), problem.process(), out->s);
  const Potential U = problem.potentialAt(out->s);
  const double a = field.channel().signal;
  const GridAxis axis =
      axisValue(request, "range").value_or(rangeAlong(out->direction, problem.target()));
  requireMemory("range",
                kBatches * sizeof(double) * static_cast<double>(axis.count) *
                    static_cast<double>(out->direction.size()),
                std::to_string(axis.count) + " points", "ask for fewer values");
  out->m = valuesOf(axis);
  control.checkpoint();
  const auto count = static_cast<Index>(out->m.size());
  const Eigen::Map<const Vec> m(out->m.data(), count);
  const Batch places = out->direction * m.transpose();
  const PosteriorBatch plain = field.batch(a * places, control);
  const PosteriorBatch tilted = field.batch(a * (places.colwise() + h), control);
  const double slope = 2 * (1 + U.radialWeight * field.channel().noiseVariance / U.scoreWeight);
  for (Index i = 0; i < count; ++i) {
    const double x = a * m[i];
    out->mean.push_back(out->direction.dot(tilted.mean.col(i)));
    out->x.push_back(x);
    out->line.push_back(slope * x);
    out->curve.push_back(2 * a * out->direction.dot(plain.mean.col(i)));
  }
  return out;
}

}  // namespace

Table SelfConsistency::table() const {
  Table out;
  out.columns = {{"m", "m", "", m},
                 {"mean", "⟨y⟩", "", mean},
                 {"x", "x", "", x},
                 {"line", "2(1 + Bb²/A)x", "", line},
                 {"curve", "2a⟨y⟩", "", curve}};
  return out;
}

Analysis selfConsistencyAnalysis() {
  Analysis out;
  out.id = "self-consistency";
  out.title = "Curves whose crossings are the fixed points, along a direction";
  out.source = "Raya & Ambrogioni 2023, Fig 3a; Ambrogioni 2023, Eq 20";
  out.parameters = {
      timeSpec(),
      ParameterSpec::of(ParameterKind::vector, "direction")
          .labelled("Direction", "e",
                    "Direction through the origin: x1,…; automatic: that of the data's largest "
                    "variance.")
          .within(-1e9, 1e9)
          .slider(-1, 1)
          .orNull(),
      ParameterSpec::of(ParameterKind::grid, "range")
          .labelled("Range", "m", "Values of m lo:hi:n; automatic: somewhat beyond the data.")
          .within(-1e9, 1e9)
          .orNull(),
      ParameterSpec::of(ParameterKind::vector, "field", 0)
          .labelled("Field", "h", "External field h1,… in m = ⟨y⟩(m + h).")
          .within(-1e9, 1e9)
          .slider(-1, 1),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
