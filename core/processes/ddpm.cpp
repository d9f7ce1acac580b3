#include "core/processes/ddpm.hpp"

#include "core/processes/vp_schedule.hpp"
#include "core/runtime/types.hpp"

#include <algorithm>
#include <vector>

namespace separatrix {
namespace {

constexpr double kMostSteps = 10'000;

class Ddpm final : public VpSchedule {
public:
  Ddpm(double betaFirst, double betaLast, Index steps) : m_integrated(1, 0.0) {
    for (Index k = 0; k < steps; ++k) {
      const double u = steps == 1 ? 0 : static_cast<double>(k) / static_cast<double>(steps - 1);
      m_rates.push_back(-std::log1p(-(betaFirst + u * (betaLast - betaFirst))));
      m_integrated.push_back(m_integrated.back() + m_rates.back());
    }
  }

  double rate(double s) const override { return m_rates[step(s)]; }
  double integratedRate(double s) const override {
    const std::size_t k = step(s);
    return m_integrated[k] + m_rates[k] * (s - static_cast<double>(k));
  }
  double horizon() const override { return static_cast<double>(m_rates.size()); }

private:
  /// The step that holds s, from 0: k < s ≤ k + 1.
  std::size_t step(double s) const {
    return static_cast<std::size_t>(std::clamp(std::ceil(s) - 1, 0.0, horizon() - 1));
  }

  std::vector<double> m_rates;       // −log(1 − β_k) of each step
  std::vector<double> m_integrated;  // ∫β up to the start of each step, and to the horizon
};

}  // namespace

ProcessKind ddpmKind() {
  ProcessKind kind;
  kind.id = "ddpm";
  kind.title = "Discrete steps (DDPM)";
  kind.source = "Ho et al. 2020";
  const auto beta = [](const std::string& name, double value) {
    return ParameterSpec::real(name, value).within(1e-8, 0.999).slider(1e-4, 0.1, true);
  };
  kind.parameters = {
      beta("beta_1", 1e-4)
          .labelled("First noise", "β_1", "Variance that the first step adds, β_1."),
      beta("beta_L", 0.02).labelled("Last noise", "β_L", "Variance that the last step adds, β_L."),
      ParameterSpec::integer("steps", 1000)
          .labelled("Steps", "L", "Number of steps; the process ends at s = L.")
          .within(1, kMostSteps)
          .slider(10, 4000, true),
  };
  kind.make = [](const ParameterValues& values) {
    return std::make_unique<Ddpm>(values.real("beta_1"), values.real("beta_L"),
                                  values.integer("steps"));
  };
  return kind;
}

}  // namespace separatrix
