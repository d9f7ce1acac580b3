#include "core/study/residuals.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 10;

/// Noised data at one time, so many at once that their numbers fit a cache and work stops soon.
class NoisedData {
public:
  NoisedData(const Problem& problem, double s, Index cell)
      : m_problem(problem),
        m_scene(problem.target(), problem.process(), s),
        m_data(problem.data(), problem.process(), s),
        m_cell(cell) {}

  /// Adds what the samples from `first` on say.
  void add(Index first, Index count, const RunControl& control) {
    const Index d = m_scene.dimension();
    const Noise noise(m_problem.scene().ensemble.seed);
    BatchF y(d, count), z(d, count);
    m_problem.data().sample(noise, first, y);
    Eigen::VectorXf row(count);
    for (Index i = 0; i < d; ++i) {
      noise.normals(NoisePurpose::start, m_cell, i, first, count, row.data());
      z.row(i) = row.transpose();
    }
    const auto [a, b2] = m_scene.channel();
    const double b = std::sqrt(b2);
    const Batch noises = z.cast<double>();
    const Batch x = a * y.cast<double>() + b * noises;
    const Batch predicted = -b * m_scene.scores(x, control).score;
    const Batch best =
        m_problem.model() == nullptr ? predicted : Batch(-b * m_data.scores(x, control).score);
    for (const double number : predicted.reshaped()) m_numbers.add(number);
    addSquares(predicted - noises, m_loss);
    addSquares(best - noises, m_exact);
    addSquares(predicted - best, m_distance);
  }

  void appendTo(Residuals& out) const {
    out.means.push_back(m_numbers.mean());
    out.variances.push_back(m_numbers.variance());
    out.losses.push_back(m_loss.average());
    out.exact.push_back(m_exact.average());
    out.distances.push_back(m_distance.average());
  }

private:
  static void addSquares(const Batch& differences, Moments& to) {
    for (Index p = 0; p < differences.cols(); ++p)
      to.add(differences.col(p).squaredNorm() / static_cast<double>(differences.rows()));
  }

  const Problem& m_problem;
  DiffusedField m_scene, m_data;
  Index m_cell;
  Moments m_numbers, m_loss, m_exact, m_distance;
};

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  constexpr Index kNumbers = 1'000'000;  // at once
  const GridAxis axis = timesAxis(problem, request, kAutomaticTimes);
  const Index samples = request.integer("samples");
  const Index block = std::max<Index>(1, kNumbers / problem.data().dimension());
  auto out = std::make_shared<Residuals>();
  for (Index k = 0; k < axis.count; ++k) {
    NoisedData noised(problem, axis.at(k), k + 1);
    for (Index first = 0; first < samples; first += block) {
      control.checkpoint();
      noised.add(first, std::min(block, samples - first), control);
      const double part = static_cast<double>(first) / static_cast<double>(samples);
      control.progress((static_cast<double>(k) + part) / static_cast<double>(axis.count));
    }
    out->times.push_back(axis.at(k));
    noised.appendTo(*out);
    control.publish(std::make_shared<Residuals>(*out));
  }
  return out;
}

}  // namespace

Table Residuals::table() const {
  Table out;
  out.columns = {
      {"s", "s", "", times}, {"mean", "⟨ε̂⟩", "", means}, {"variance", "Var ε̂", "", variances}};
  const auto add = [&](const std::string& name, const std::string& symbol,
                       const std::vector<Average>& averages) {
    std::vector<double> values, errors;
    for (const Average& each : averages) {
      values.push_back(each.value);
      errors.push_back(each.standardError);
    }
    out.columns.push_back({name, symbol, "", std::move(values)});
    out.columns.push_back({name + "_error", "", "", std::move(errors)});
  };
  add("loss", "|ε̂ − z|²/d", losses);
  add("exact_loss", "|ε − z|²/d", exact);
  add("distance", "|ε̂ − ε|²/d", distances);
  return out;
}

Analysis residualsAnalysis() {
  Analysis out;
  out.id = "residuals";
  out.title = "How well the score predicts the noise of noised data";
  out.source = "Ho et al. 2020, Eq 14";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;  // its seed
  out.parameters = {timesSpec("Range of diffusion times; automatic: ten, over the whole process."),
                    ParameterSpec::integer("samples", 200)
                        .labelled("Samples", "", "Noised data at each time.")
                        .within(2, 1e7)
                        .slider(50, 5000, true)};
  out.run = run;
  return out;
}

}  // namespace separatrix
