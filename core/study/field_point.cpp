#include "core/study/field_point.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/study/json_arrays.hpp"
#include "core/study/request_values.hpp"

namespace separatrix {
namespace {

ResultPtr run(const Problem& problem, const Request& request, const RunControl&) {
  auto out = std::make_shared<FieldPoint>();
  out->s = request.real("time");
  out->x = pointValue(request, "at", problem);
  const DiffusedField field(problem.target(), problem.process(), out->s);
  const Potential U = problem.potentialAt(out->s);
  out->channel = field.channel();
  out->posterior = field.at(out->x);
  out->componentPosterior = field.componentPosterior(out->x);
  const Posterior origin = field.at(Vec::Zero(out->x.size()));
  out->potential =
      U.value(out->posterior.logEvidence, out->x.squaredNorm()) - U.value(origin.logEvidence, 0);
  out->gradient = U.gradient(out->x, out->posterior.score);
  out->hessian = U.hessian(out->posterior.hessian);
  return out;
}

}  // namespace

std::optional<Json> FieldPoint::record() const {
  Json out = Json::object();
  out["s"] = s;
  out["x"] = jsonList(x);
  out["signal"] = channel.signal;
  out["noise_variance"] = channel.noiseVariance;
  out["log_density"] = posterior.logEvidence;
  out["score"] = jsonList(posterior.score);
  out["potential"] = potential;
  out["gradient"] = jsonList(gradient);
  out["hessian"] = jsonRows(hessian);
  out["posterior_mean"] = jsonList(posterior.mean);
  out["posterior_covariance"] = jsonRows(posterior.covariance);
  out["component_posterior"] = jsonList(componentPosterior);
  return out;
}

Table FieldPoint::table() const {
  Table out;
  const auto add = [&](const std::string& name, const std::string& symbol, double value) {
    out.columns.push_back({name, symbol, "", std::vector<double>{value}});
  };
  add("signal", "a", channel.signal);
  add("noise_variance", "b^2", channel.noiseVariance);
  add("log_density", "log p", posterior.logEvidence);
  add("potential", "U", potential);
  for (Index i = 0; i < x.size(); ++i) {
    const std::string index = std::to_string(i);
    add("score" + index, "∂_" + index + " log p", posterior.score[i]);
    add("gradient" + index, "∂_" + index + " U", gradient[i]);
  }
  return out;
}

Analysis fieldPointAnalysis() {
  Analysis out;
  out.id = "field";
  out.title = "Everything at one point";
  out.source = "theory: Raya & Ambrogioni 2023, Eqs 4, 7; Ambrogioni 2023, Eqs 6–10";
  out.parameters = {timeSpec(), ParameterSpec::of(ParameterKind::vector, "at")
                                    .labelled("At", "x", "The point: x0,x1,…")
                                    .within(-1e9, 1e9)
                                    .needed()};
  out.run = run;
  return out;
}

}  // namespace separatrix
