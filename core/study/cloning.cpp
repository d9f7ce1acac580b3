#include "core/study/cloning.hpp"

#include "core/processes/time_axis.hpp"
#include "core/regimes/cloning.hpp"
#include "core/regimes/speciation.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"
#include "core/targets/span_of_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kAtOnce = 64;  // pairs that one task judges

/// The experiment on one problem: what all times share.
class Experiment {
public:
  Experiment(const Problem& problem, Index pairs)
      : m_problem(problem),
        m_span(smallSpanOfMeans(problem.target())),
        m_target(m_span ? *m_span->target : problem.target()),
        m_classes(classesOf(*m_target.components())),
        m_means(m_target.components()->means.cast<float>()),
        m_spec(problem.scene().ensemble),
        m_steps(m_spec.steps) {
    m_spec.particles = pairs;
    m_spec.start = StartLaw::exactMarginal;
  }

  /// The fraction of the pairs from s that end in one class.
  double measure(double s, const RunControl& control) {
    const double share = s / m_problem.process().horizon();
    m_spec.sStart = s;
    m_spec.steps =
        std::max<Index>(1, static_cast<Index>(std::ceil(static_cast<double>(m_steps) * share)));
    m_spec.saveEvery = m_spec.steps;
    const auto endsOf = [&](Index replica) -> BatchF {
      m_spec.replica = replica;
      const RunControl half = control.within(0.5 * static_cast<double>(replica), 0.5);
      return integrate(m_problem.target(), m_problem.process(), m_spec, Direction::reverse, half,
                       Coordinates::span)
          .state(1);
    };
    const BatchF first = endsOf(0);
    return agreement(first, endsOf(1), control);
  }

private:
  double agreement(const BatchF& first, const BatchF& second, const RunControl& control) const {
    const Index tasks = (first.cols() + kAtOnce - 1) / kAtOnce;
    std::vector<double> sums(static_cast<std::size_t>(tasks));
    parallelFor(tasks, [&](Index task) {
      double sum = 0;
      for (Index p = task * kAtOnce; p < std::min(first.cols(), (task + 1) * kAtOnce); ++p) {
        control.checkpoint();
        sum += sameClass(first.col(p), second.col(p));
      }
      sums[static_cast<std::size_t>(task)] = sum;
    });
    double sum = 0;
    for (const double part : sums) sum += part;
    return sum / static_cast<double>(first.cols());
  }

  double sameClass(const Eigen::VectorXf& x, const Eigen::VectorXf& y) const {
    if (m_target.components()->variances.isZero(0))
      return m_classes[nearest(x)] == m_classes[nearest(y)] ? 1 : 0;
    return classWeights(x).dot(classWeights(y));
  }

  std::size_t nearest(const Eigen::VectorXf& x) const {
    Index out = 0;
    (m_means.colwise() - x).colwise().squaredNorm().minCoeff(&out);
    return static_cast<std::size_t>(out);
  }

  Vec classWeights(const Eigen::VectorXf& x) const {
    const ForwardProcess& process = m_problem.process();
    const Channel end = process.channel(std::max(m_spec.sEnd, shortestTime(process)));
    const Vec weights = m_target.componentPosterior(x.cast<double>(), end);
    Vec out = Vec::Zero(1 + *std::max_element(m_classes.begin(), m_classes.end()));
    for (Index k = 0; k < weights.size(); ++k)
      out[m_classes[static_cast<std::size_t>(k)]] += weights[k];
    return out;
  }

  const Problem& m_problem;
  std::optional<SpanOfMeans> m_span;
  const Target& m_target;  // in the span of the means where there is a small one
  std::vector<int> m_classes;
  Eigen::MatrixXf m_means;
  EnsembleSpec m_spec;
  Index m_steps;  // for the whole horizon
};

void requireClasses(const Problem& problem) {
  requireLogTime(problem, "the cloning experiment");
  if (problem.target().components() == nullptr)
    throw InvalidInput("target.kind",
                       "has no classes to end in; use a mixture, two-gaussians or a data set");
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireClasses(problem);
  constexpr Index kDefaultTimes = 19;
  const auto [times, starts] =
      logTimesOf(problem, request, kDefaultTimes, problem.scene().ensemble.sEnd, control);
  const Index pairs = request.integer("pairs");
  const auto n = static_cast<double>(pairs);
  Experiment experiment(problem, pairs);
  const CloningCurve curve(problem.target());
  double all = 0, before = 0;
  for (const double s : starts) all += s;
  auto out = std::make_shared<Cloning>();
  out->stochasticity = stochasticityOf(problem.scene().ensemble);
  const auto found = speciation(problem.target(), problem.process());
  out->speciation =
      found ? logTime(problem.process(), found->s) : std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double phi =
        std::min(1.0, experiment.measure(starts[i], control.within(before / all, starts[i] / all)));
    control.checkpoint();
    before += starts[i];
    out->times.push_back(times[i]);
    out->phi.push_back(phi);
    out->standardErrors.push_back(std::sqrt(phi * (1 - phi) / n) + 1 / n);
    out->exact.push_back(curve(problem.process().channel(starts[i]))
                             .value_or(std::numeric_limits<double>::quiet_NaN()));
    control.publish(std::make_shared<Cloning>(*out));
  }
  return out;
}

}  // namespace

std::vector<double> Cloning::relativeTimes() const {
  std::vector<double> out;
  for (const double t : times)
    if (speciation > 0) out.push_back(t / speciation);
  return out;
}

Table Cloning::table() const {
  Table out;
  out.columns = {{"t", "t", "", times},
                 {"phi", "φ", "", phi},
                 {"standard_error", "", "", standardErrors},
                 {"phi_exact", "φ", "", exact}};
  return out;
}

std::string Cloning::remark() const {
  if (stochasticity == 1) return {};
  return "phi_exact is for runs at stochasticity 1; these are at " + numberText(stochasticity);
}

Analysis cloningAnalysis() {
  Analysis out;
  out.id = "cloning";
  out.title = "Cloning: pairs that end in the same class";
  out.source = "Biroli et al. 2024, Eq 6, Fig 2";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {
      timesSpec("Times t = −log a of the copying, lo:hi:n; automatic: 19 up to 2, or twice the "
                "speciation time."),
      ParameterSpec::integer("pairs", 10000)
          .labelled("Pairs", "n", "Pairs of runs at each time.")
          .within(1, 1e7)
          .slider(100, 100000, true),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
