#include "core/study/denoised.hpp"

#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/slice_curve.hpp"

#include <numbers>

namespace separatrix {
namespace {

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  constexpr double kQuarter = std::numbers::pi / 4;
  constexpr double kBytes = 6 * sizeof(double);  // of a coordinate of a state
  auto out = std::make_shared<Denoised>();
  out->s = request.real("time");
  const Index count = request.integer("angles");
  requireMemory("angles", kBytes * static_cast<double>(count * problem.target().dimension()),
                std::to_string(count) + " states", "ask for fewer");
  out->angles = valuesOf({-kQuarter, 3 * kQuarter, count});
  const SliceCurve curve(problem.target(), problem, slicePair(problem, request), out->s);
  out->states = curve.states(Eigen::Map<const Vec>(out->angles.data(), count));
  const DiffusedField field(problem.target(), problem.process(), out->s);
  out->signal = field.channel().signal;
  out->predictions = field.scores(out->states, control).mean;
  out->exact = problem.model() == nullptr ? out->predictions
                                          : DiffusedField(problem.data(), problem.process(), out->s)
                                                .scores(out->states, control)
                                                .mean;
  return out;
}

}  // namespace

Table Denoised::table() const {
  std::vector<double> alpha, coordinate, state, prediction, mean;
  for (Index p = 0; p < states.cols(); ++p)
    for (Index i = 0; i < states.rows(); ++i) {
      alpha.push_back(angles[static_cast<std::size_t>(p)]);
      coordinate.push_back(static_cast<double>(i));
      state.push_back(states(i, p));
      prediction.push_back(predictions(i, p));
      mean.push_back(exact(i, p));
    }
  Table out;
  out.columns = {{"alpha", "α", "", std::move(alpha)},
                 {"coordinate", "", "", std::move(coordinate)},
                 {"state", "x", "", std::move(state)},
                 {"denoised", "x̂₀", "", std::move(prediction)},
                 {"exact", "⟨y⟩", "", std::move(mean)}};
  return out;
}

Analysis denoisedAnalysis() {
  Analysis out;
  out.id = "denoised";
  out.title = "The denoised prediction along a slice between two data points";
  out.source = "Raya & Ambrogioni 2023, §4.2; Ambrogioni 2023, Fig 1";
  out.usesPotential = false;
  out.usesEnsemble = true;  // its seed
  out.parameters = {timeSpec(), pairSpec(),
                    ParameterSpec::integer("angles", 9)
                        .labelled("Angles", "", "How many places α from −π/4 to 3π/4.")
                        .within(2, 100000)
                        .slider(3, 33)};
  out.run = run;
  return out;
}

}  // namespace separatrix
