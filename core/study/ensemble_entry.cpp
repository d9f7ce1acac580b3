#include "core/study/scene.hpp"

#include <algorithm>

namespace separatrix {
namespace {

const std::vector<std::string> kStartNames = {"exact-marginal", "prior", "gls"};

std::vector<std::string> samplerIds() {
  std::vector<std::string> out;
  for (const SamplerKind& kind : samplerCatalog()) out.push_back(kind.id);
  return out;
}

}  // namespace

const ParameterSpecs& ensembleParameters() {
  static const ParameterSpecs specs = {
      ParameterSpec::integer("particles", 1000)
          .labelled("Particles", "P", "How many trajectories are drawn.")
          .within(1, 1e8)
          .slider(10, 100000, true),
      ParameterSpec::integer("steps", 1000)
          .labelled("Steps", "n", "Time steps of the sampler.")
          .within(1, 1e7)
          .slider(10, 5000, true),
      ParameterSpec::choice("sampler", samplerIds())
          .labelled("Sampler", "", "The scheme that integrates the dynamics."),
      ParameterSpec::real("stochasticity", 1)
          .labelled("Stochasticity", "λ",
                    "1 is the generative SDE, 0 the probability flow; every value keeps the "
                    "marginals.")
          .within(0, 100)
          .slider(0, 2),
      ParameterSpec::integer("seed", 1)
          .labelled("Seed", "", "Same scene and seed: same trajectories.")
          .within(0, 9007199254740992.0)
          .slider(1, 100),
      ParameterSpec::choice("start", kStartNames)
          .labelled("Start", "",
                    "Law of the starting points: the exact p(x, s), the papers' prior, or the "
                    "Gaussian with the mean and covariance of X_s."),
      ParameterSpec::choice("time_grid", {"uniform"})
          .labelled("Time grid", "", "How the steps are spread over diffusion time."),
      ParameterSpec::of(ParameterKind::real, "s_start")
          .labelled("Start at", "s_0", "Diffusion time of the noisy end; automatic: the horizon.")
          .above(0, 1e4)
          .slider(0, 10)
          .orNull(),
      ParameterSpec::real("s_end", 0)
          .labelled("End at", "s_1", "Diffusion time of the data end.")
          .within(0, 1e4)
          .slider(0, 1),
      ParameterSpec::integer("save_every", 10)
          .labelled("Save every", "", "Steps between the saved states.")
          .within(1, 1e7)
          .slider(1, 100, true),
  };
  return specs;
}

ParameterValues ensembleToValues(const EnsembleSpec& e) {
  Json out = Json::object();
  out["particles"] = e.particles;
  out["steps"] = e.steps;
  out["sampler"] = e.sampler;
  out["stochasticity"] = canonicalNumber(e.stochasticity);
  out["seed"] = e.seed;
  out["start"] = kStartNames[static_cast<std::size_t>(e.start)];
  out["time_grid"] = "uniform";
  out["s_start"] = e.sStart ? canonicalNumber(*e.sStart) : Json(nullptr);
  out["s_end"] = canonicalNumber(e.sEnd);
  out["save_every"] = e.saveEvery;
  return ParameterValues(std::move(out));
}

EnsembleSpec ensembleFromValues(const ParameterValues& values) {
  EnsembleSpec out;
  out.particles = values.integer("particles");
  out.steps = values.integer("steps");
  out.sampler = values.text("sampler");
  out.stochasticity = values.real("stochasticity");
  out.seed = static_cast<std::uint64_t>(values.integer("seed"));
  const auto start = std::find(kStartNames.begin(), kStartNames.end(), values.text("start"));
  out.start = static_cast<StartLaw>(start - kStartNames.begin());
  if (!values.isNull("s_start")) out.sStart = values.real("s_start");
  out.sEnd = values.real("s_end");
  out.saveEvery = values.integer("save_every");
  return out;
}

}  // namespace separatrix
