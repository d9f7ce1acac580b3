#include "core/study/critical_times.hpp"

#include "core/fixed_points/branches.hpp"
#include "core/fixed_points/horizon_branch.hpp"
#include "core/regimes/collapse.hpp"
#include "core/regimes/speciation.hpp"
#include "core/study/bifurcation.hpp"
#include "core/study/json_arrays.hpp"

namespace separatrix {
namespace {

constexpr Index kMostComponents = 20000;  // some seconds in one dimension

struct CriticalKind {
  PotentialKind kind;
  const char* key;
  const char* symbol;
  const char* source;
};

// `drift` has no entry of its own: it is sde, ode or a value between, by λ.
constexpr CriticalKind kCriticalKinds[] = {
    {PotentialKind::sde, "sde", "s_c", "Raya & Ambrogioni 2023, Eq 9"},
    {PotentialKind::freeEnergy, "free_energy", "s_F", "Ambrogioni 2023, Eq 27"},
    {PotentialKind::energy, "energy", "s_E", "Ambrogioni 2023"},
    {PotentialKind::ode, "ode", "s_ode", "Song et al. 2021"},
};

Json place(const ForwardProcess& process, double s) {
  Json out = Json::object();
  out["s"] = s;
  out["generative_time"] = process.horizon() - s;
  out["signal"] = process.signal(s);
  return out;
}

Json eventJson(const ForwardProcess& process, const BifurcationEvent& event) {
  Json out = Json::object();
  out["s"] = event.s;
  out["signal"] = process.signal(event.s);
  out["x"] = jsonList(event.x);
  out["kind"] = eventName(event.kind);
  out["multiplicity"] = event.multiplicity;
  return out;
}

/// Hundreds of Hessians of the space that the components span would take minutes, as would those of
/// a model, each of which is two evaluations for a coordinate.
bool tooManyToFollowOne(const Problem& problem) {
  constexpr double kMinute = 1e8;
  constexpr Index kMostOfModel = 16;  // coordinates
  const Target& target = problem.target();
  if (problem.model() != nullptr) return target.dimension() > kMostOfModel;
  const Components* parts = target.components();
  if (parts == nullptr) return false;
  const auto count = static_cast<double>(parts->count());
  const double spanned = std::min(count - 1, static_cast<double>(parts->means.rows()));
  return count * spanned * spanned > kMinute;
}

void addEvents(CriticalTimes& out, const Problem& problem, const RunControl& control) {
  if (tooManyToFollow(problem.target())) {
    out.eventsRemark =
        "the data have too many points or spins to follow all branches; no events were sought";
    return;
  }
  const double horizon = problem.process().horizon();
  BifurcationDiagram found = branchEvents(
      problem.target(), problem.process(), [&](double s) { return problem.potentialAt(s); },
      {kShortestShown * horizon, horizon}, control);
  out.events = std::move(found.events);
  out.eventsRemark = coverageRemark(found.coverage);
}

}  // namespace

ResultPtr findCriticalTimes(const Problem& problem, const Request& request,
                            const RunControl& control) {
  requireFewComponents(problem, kMostComponents, "finding critical times");
  const ForwardProcess& process = problem.process();
  auto out = std::make_shared<CriticalTimes>();
  Json& record = out->m_record;
  record = Json::object();
  const auto follow = [&](PotentialKind kind) {
    return followFromHorizon(
        problem.target(), process,
        [&problem, kind](double s) { return problem.potentialAt(kind, s); }, control);
  };
  const auto add = [&](const CriticalTime& time) {
    record[time.id] = place(process, time.s);
    out->times.push_back(time);
  };
  const bool followed = !tooManyToFollowOne(problem);
  for (const CriticalKind& critical : kCriticalKinds) {
    record[critical.key] = nullptr;
    if (!followed) continue;
    if (const auto point = follow(critical.kind).criticalPoint)
      add({critical.key, critical.symbol, potentialInfo(critical.kind).title, critical.source,
           point->s});
  }
  record["laplacian"] = nullptr;
  if (const auto point = followed ? follow(problem.scene().potential).laplacianZero : std::nullopt)
    add({"laplacian", "s_Δ", "Laplacian changes sign", "Raya & Ambrogioni 2023, Eq 13", point->s});
  record["speciation"] = nullptr;
  if (const auto found = speciation(problem.target(), process)) {
    add({"speciation", "s_S", "Speciation", "Biroli et al. 2024, Eq 9", found->s});
    record["speciation"]["Lambda"] = found->largestEigenvalue;
  }
  record["collapse"] = nullptr;
  if (!request.isNull("points")) {
    const Index points = request.integer("points");
    if (const auto s = collapseTime(problem.target(), process, static_cast<double>(points))) {
      add({"collapse", "s_C", "Collapse", "Biroli et al. 2024, Eq 10", *s});
      record["collapse"]["points"] = points;
    }
  }
  addEvents(*out, problem, control);
  if (!followed)
    out->eventsRemark =
        "the data have too many points to follow fixed points; only speciation was sought";
  record["events"] = Json::array();
  for (const BifurcationEvent& event : out->events)
    record["events"].push_back(eventJson(process, event));
  return out;
}

Table CriticalTimes::table() const {
  std::vector<std::string> ids, titles, sources;
  std::vector<double> s, generative, signal;
  for (const CriticalTime& time : times) {
    ids.push_back(time.id);
    titles.push_back(time.title);
    sources.push_back(time.source);
    s.push_back(time.s);
    generative.push_back(m_record.at(time.id).at("generative_time").get<double>());
    signal.push_back(m_record.at(time.id).at("signal").get<double>());
  }
  Table out;
  out.columns = {{"name", "", "", ids},       {"title", "", "", titles},
                 {"s", "s", "", s},           {"generative_time", "T − s", "", generative},
                 {"signal", "a", "", signal}, {"source", "", "", sources}};
  return out;
}

Analysis criticalTimesAnalysis() {
  Analysis out;
  out.id = "critical-times";
  out.cost = Cost::extended;
  out.title = "Critical times";
  out.source = "Raya & Ambrogioni 2023, Eqs 9, 13; Biroli et al. 2024, Eqs 9, 10";
  out.parameters = {ParameterSpec::integer("points", 1)
                        .labelled("Data points", "n",
                                  "How many are drawn from the target: for the collapse time.")
                        .within(1, 1e12)
                        .orNull()};
  out.run = findCriticalTimes;
  return out;
}

}  // namespace separatrix
