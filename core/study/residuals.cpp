#include "core/study/residuals.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 10;

/// Of numbers, one for each sample.
Average averageOf(const Vec& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = values.mean();
  return {mean, std::sqrt((values.array() - mean).square().sum() / (n - 1) / n)};
}

Vec squaresOf(const Batch& differences) {
  return differences.colwise().squaredNorm().transpose() / static_cast<double>(differences.rows());
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const GridAxis axis = timesAxis(problem, request, kAutomaticTimes);
  const Index samples = request.integer("samples"), d = problem.data().dimension();
  constexpr double kBytes = 60;  // of a coordinate
  requireMemory("samples", kBytes * static_cast<double>(samples) * static_cast<double>(d),
                std::to_string(samples) + " samples in " + std::to_string(d) + " dimensions",
                "ask for fewer");
  const Noise noise(problem.scene().ensemble.seed);
  BatchF y(d, samples), z(d, samples);
  problem.data().sample(noise, 0, y);
  auto out = std::make_shared<Residuals>();
  for (const double s : valuesOf(axis)) {
    control.checkpoint();
    const auto cell = static_cast<Index>(out->times.size()) + 1;
    Eigen::VectorXf row(samples);
    for (Index i = 0; i < d; ++i) {
      noise.normals(NoisePurpose::start, cell, i, 0, samples, row.data());
      z.row(i) = row.transpose();
    }
    const DiffusedField field(problem.target(), problem.process(), s);
    const auto [a, b2] = field.channel();
    const double b = std::sqrt(b2);
    const Batch noises = z.cast<double>();
    const Batch x = a * y.cast<double>() + b * noises;
    const Batch predicted = -b * field.scores(x, control).score;
    const Batch best =
        problem.model() == nullptr
            ? predicted
            : Batch(-b *
                    DiffusedField(problem.data(), problem.process(), s).scores(x, control).score);
    const double mean = predicted.mean();
    out->times.push_back(s);
    out->means.push_back(mean);
    out->variances.push_back((predicted.array() - mean).square().mean());
    out->losses.push_back(averageOf(squaresOf(predicted - noises)));
    out->exact.push_back(averageOf(squaresOf(best - noises)));
    out->distances.push_back(averageOf(squaresOf(predicted - best)));
    control.progress(static_cast<double>(cell) / static_cast<double>(axis.count));
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
