#include "core/study/scene.hpp"

#include <algorithm>

namespace separatrix {
namespace {

const std::vector<std::string> kStartNames = {"exact-marginal", "prior", "gls"};
const std::vector<std::string> kGridNames = {"uniform", "log-snr", "integers"};

/// The place of `text` in `names`, which an enumeration has the order of.
template <class Enumeration>
Enumeration named(const std::vector<std::string>& names, const std::string& text) {
  return static_cast<Enumeration>(std::find(names.begin(), names.end(), text) - names.begin());
}

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
          .labelled("Sampler", "",
                    "The scheme that integrates the dynamics. exact, ddpm and ddpm-beta are for "
                    "λ = 1 and probability-flow-rk4, pndm and dpm-solver-2m for λ = 0, whatever "
                    "the stochasticity says; ddim takes it as η, up to 1."),
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
      ParameterSpec::of(ParameterKind::integer, "gls_rank")
          .labelled("Rank", "",
                    "Directions of largest variance in which the start gls has the data's "
                    "covariance, all others their mean variance; automatic: all.")
          .within(1, 32768)
          .slider(1, 100, true)
          .orNull(),
      ParameterSpec::choice("time_grid", kGridNames)
          .labelled("Time grid", "",
                    "How the steps are spread: evenly in s, evenly in the logarithm of the "
                    "signal-to-noise ratio, or at whole numbers (DDPM)."),
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
  out["gls_rank"] = e.glsRank ? Json(*e.glsRank) : Json(nullptr);
  out["time_grid"] = kGridNames[static_cast<std::size_t>(e.timeGrid)];
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
  out.start = named<StartLaw>(kStartNames, values.text("start"));
  if (!values.isNull("gls_rank")) out.glsRank = values.integer("gls_rank");
  out.timeGrid = named<TimeGridKind>(kGridNames, values.text("time_grid"));
  if (!values.isNull("s_start")) out.sStart = values.real("s_start");
  out.sEnd = values.real("s_end");
  out.saveEvery = values.integer("save_every");
  return out;
}

}  // namespace separatrix
