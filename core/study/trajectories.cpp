#include "core/study/trajectories.hpp"

#include "core/sampling/integrate.hpp"
#include "core/study/columns.hpp"

namespace separatrix {

ParameterSpec directionSpec() {
  return ParameterSpec::choice("direction", {"reverse", "forward"})
      .labelled("Direction", "", "reverse: from noise to data; forward: from data to noise.");
}

Direction directionOf(const Request& request) {
  return request.text("direction") == "forward" ? Direction::forward : Direction::reverse;
}

Table Trajectories::table() const {
  const auto saved = static_cast<std::size_t>(ensemble.saved());
  const std::size_t rows = saved * static_cast<std::size_t>(ensemble.particles());
  std::vector<std::int64_t> particle(rows), step(rows);
  std::vector<double> s(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    particle[row] = static_cast<std::int64_t>(row / saved);
    step[row] = ensemble.steps()[row % saved];
    s[row] = ensemble.times()[row % saved];
  }
  Table out;
  out.columns.push_back({"particle", "", "", std::move(particle)});
  out.columns.push_back({"step", "", "", std::move(step)});
  out.columns.push_back({"s", "s", "", std::move(s)});
  addCoordinates<float>(out, rows, ensemble.dimension(), [&](std::size_t row, Index i) {
    return ensemble.state(static_cast<Index>(row % saved))(i, static_cast<Index>(row / saved));
  });
  return out;
}

std::optional<NumericArray> Trajectories::array() const {
  NumericArray out;
  const auto saved = static_cast<std::size_t>(ensemble.saved());
  const auto particles = static_cast<std::size_t>(ensemble.particles());
  const auto dimension = static_cast<std::size_t>(ensemble.dimension());
  out.shape = {saved, particles, dimension};
  out.values.reserve(saved * particles * dimension);
  for (Index k = 0; k < ensemble.saved(); ++k) {
    const auto state = ensemble.state(k);
    for (Index p = 0; p < state.cols(); ++p)
      for (Index i = 0; i < state.rows(); ++i) out.values.push_back(state(i, p));
  }
  return out;
}

Analysis trajectoriesAnalysis() {
  Analysis out;
  out.id = "trajectories";
  out.title = "Trajectories";
  out.source = "Song et al. 2021; Raya & Ambrogioni 2023, Fig 2";
  out.cost = Cost::extended;
  out.usesEnsemble = true;
  out.parameters = {directionSpec()};
  out.run = [](const Problem& problem, const Request& request, const RunControl& control) {
    return std::make_shared<Trajectories>(integrate(problem.target(), problem.process(),
                                                    problem.scene().ensemble,
                                                    directionOf(request), control));
  };
  return out;
}

}  // namespace separatrix
