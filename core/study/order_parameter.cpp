#include "core/study/order_parameter.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/json_arrays.hpp"
#include "core/study/request_values.hpp"
#include "core/thermodynamics/free_energy.hpp"

namespace separatrix {
namespace {

constexpr Index kMostComponents = 1000;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireFewComponents(problem, kMostComponents, "the self-consistent solution");
  auto out = std::make_shared<OrderParameter>();
  out->s = request.real("time");
  out->field = pointValue(request, "field", problem);
  const Channel channel = DiffusedField(problem.target(), problem.process(), out->s).channel();
  if (!(channel.noiseVariance > 0))
    throw InvalidInput("time", "at s = 0 the temperature is 0; use a time above 0");
  out->beta = inverseTemperature(channel);
  out->solution = lowestSelfConsistent(problem.target(), out->beta, out->field, control);
  out->susceptibility = susceptibilityMatrix(out->solution);
  return out;
}

}  // namespace

std::optional<Json> OrderParameter::record() const {
  Json out = Json::object();
  out["s"] = s;
  out["beta"] = beta;
  out["field"] = jsonList(field);
  out["m"] = jsonList(solution.m);
  out["free_energy"] = solution.freeEnergy;
  out["susceptibility"] = susceptibility ? jsonRows(*susceptibility) : Json();
  out["iterations"] = solution.iterations;
  out["residual"] = solution.residual;
  return out;
}

Table OrderParameter::table() const {
  Table out;
  const auto add = [&](const std::string& name, const std::string& symbol, double value) {
    out.columns.push_back({name, symbol, "", std::vector<double>{value}});
  };
  add("s", "s", s);
  add("beta", "β", beta);
  add("free_energy", "F + |m|^2/2", solution.freeEnergy);
  add("residual", "|m − ⟨y⟩|", solution.residual);
  for (Index i = 0; i < solution.m.size(); ++i) {
    const std::string index = std::to_string(i);
    add("m" + index, "m_" + index, solution.m[i]);
  }
  return out;
}

Analysis orderParameterAnalysis() {
  Analysis out;
  out.id = "order-parameter";
  out.title = "Self-consistent pattern and susceptibility matrix in a field";
  out.source = "Ambrogioni 2023, Eqs 20, 22";
  out.usesPotential = false;
  out.parameters = {timeSpec(),
                    ParameterSpec::of(ParameterKind::vector, "field", 0)
                        .labelled("Field", "h", "External field h1,… in m = ⟨y⟩(m + h).")
                        .within(-1e9, 1e9)
                        .slider(-1, 1)};
  out.run = run;
  return out;
}

}  // namespace separatrix
