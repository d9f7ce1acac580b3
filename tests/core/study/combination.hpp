#pragma once

#include "tests/core/extreme_values.hpp"
#include "tests/core/support.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

// One computation with some of its entries at their extremes, and what became of it.

namespace separatrix::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kSlowness = 10;  // of instrumented code
#else
constexpr int kSlowness = 1;
#endif

/// One place where a value can be set: an entry of the scene or of the analysis' request.
struct Entry {
  std::string section;  ///< "target", "process", "ensemble", "request"; "" for the scene itself
  ParameterSpec spec;
  std::vector<Json> values = extremeValues(spec);
};

struct Combination {
  const Analysis* analysis = nullptr;
  Json scene, request;

  /// Sets one entry to one of its values.
  void set(const Entry& entry, const Json& value) {
    if (entry.section.empty())
      scene[entry.spec.name] = value;
    else if (entry.section == "request")
      request[entry.spec.name] = value;
    else
      scene[entry.section][entry.spec.name] = value;
  }

  /// A command that does the same.
  std::string replay() const;
  /// It asks for so much that nobody expects it to end soon.
  bool huge() const;
};

/// The value as `parseValue` reads it, or its JSON where it has no such form.
inline std::string argumentText(const ParameterSpec& spec, const Json& value) {
  const auto joined = [](const Json& list, const char* separator) {
    std::string out;
    for (const Json& item : list) out += (out.empty() ? "" : separator) + item.dump();
    return out;
  };
  if (spec.kind == ParameterKind::vector && value.is_array()) return joined(value, ",");
  if (spec.kind == ParameterKind::grid && value.is_array()) {
    std::string out;
    for (const Json& axis : value) out += (out.empty() ? "" : ",") + joined(axis, ":");
    return out;
  }
  return value.is_string() ? value.get<std::string>() : value.dump();
}

inline std::string Combination::replay() const {
  std::string out = "separatrix-cli " + analysis->id + " two-deltas";
  for (const auto& item : scene.items())
    if (item.key() != "separatrix")
      out += " --set '" + item.key() + "=" + item.value().dump() + "'";
  for (const auto& item : request.items()) {
    std::string option = item.key();
    std::replace(option.begin(), option.end(), '_', '-');
    const ParameterSpec& spec = *findSpec(analysis->parameters, item.key());
    if (!item.value().is_null())
      out += " '--" + option + "=" + argumentText(spec, item.value()) + "'";
  }
  return out;
}

inline bool Combination::huge() const {
  constexpr double kLarge = 1e5;
  constexpr double kManyLevels = 16;     // of twice the work each
  constexpr double kManyDoublings = 4;   // of a thousand particles
  constexpr double kManyPairs = 10'000;  // each at many times, of many steps
  const auto large = [](const ParameterSpecs& specs, const Json& values) {
    return std::any_of(specs.begin(), specs.end(), [&](const ParameterSpec& spec) {
      const Json value = values.value(spec.name, spec.defaultValue);
      if (spec.name == "levels") return value > kManyLevels;
      if (spec.name == "doublings") return value > kManyDoublings;
      if (spec.name == "pairs") return value >= kManyPairs;
      if (spec.kind == ParameterKind::integer && spec.name != "seed") return value >= kLarge;
      if (spec.kind != ParameterKind::grid || !value.is_array()) return false;
      return std::any_of(value.begin(), value.end(),
                         [](const Json& axis) { return 100 * axis.at(2).get<double>() > kLarge; });
    });
  };
  const bool manyDimensions = scene.at("target").value("dimension", Json(1)) >= 1e4;
  const bool manyPoints = scene.at("target").value("count", Json(1)) >= 1e3;
  return manyDimensions || manyPoints || large(analysis->parameters, request) ||
         (analysis->usesEnsemble && large(ensembleParameters(), scene.at("ensemble")));
}

/// Asks for a stop after some time, and ends the test where the stop is not heard: a loop that
/// never looks at its control would keep it for ever.
class Watch {
public:
  using Clock = std::chrono::steady_clock;

  Watch(const Combination& combination, std::chrono::milliseconds patience)
      : m_thread([this, &combination, patience](const std::stop_token& ended) {
          std::unique_lock lock(m_mutex);
          const auto never = [] { return false; };
          m_ended.wait_for(lock, ended, patience, never);
          if (ended.stop_requested()) return;
          m_asked = Clock::now();
          m_stop.request_stop();
          m_ended.wait_for(lock, ended, std::chrono::seconds(20 * kSlowness), never);
          if (!ended.stop_requested()) qFatal("does not stop: %s", combination.replay().c_str());
        }) {}

  std::stop_token token() const { return m_stop.get_token(); }

  /// Ends the watch. How long ago the stop was asked for; none if it was not.
  std::optional<double> secondsSinceStop() {
    const auto now = Clock::now();
    if (!m_thread.joinable()) return std::nullopt;
    m_thread.request_stop();
    m_thread.join();
    if (!m_stop.stop_requested()) return std::nullopt;
    return std::chrono::duration<double>(now - m_asked).count();
  }

private:
  std::stop_source m_stop;
  Clock::time_point m_asked;
  std::mutex m_mutex;
  std::condition_variable_any m_ended;
  std::jthread m_thread;  // last: it uses all the others
};

/// Every number of the result is finite or a documented empty cell; else says which is not.
inline std::string notFinite(const std::string& analysis, const Result& result) {
  const std::string column = columnNotFinite(analysis, result.table());
  if (!column.empty()) return "column " + column;
  if (const auto record = result.record()) {
    const Json flat = record->flatten();
    for (const auto& item : flat.items())
      if (item.value().is_number_float() && !std::isfinite(item.value().get<double>()))
        return "record " + item.key();
  }
  if (const auto array = result.array())
    if (!std::all_of(array->values.begin(), array->values.end(),
                     [](float v) { return std::isfinite(v); }))
      return "array";
  return {};
}

enum class Outcome { finite, flagged, stopped, wrong };

struct Verdict {
  Outcome outcome = Outcome::wrong;
  std::string reason;
};

/// Runs it. Wrong is: a number that is not finite, an error that names nothing or is none of ours,
/// work that is not huge and does not end, a stop that is obeyed late.
inline Verdict verdictOf(const Combination& combination) {
  using std::chrono::milliseconds;
  const bool huge = combination.huge();
  // The longest takes 7 s of two idle cores.
  Watch watch(combination, milliseconds(huge ? 30 : 60000 * kSlowness));
  Verdict out;
  std::optional<double> late;  // before the result is looked at, which takes its own time
  try {
    const ProblemPtr problem = problemOf(combination.scene);
    const Request request = requestOf(*combination.analysis, combination.request);
    const ResultPtr result =
        combination.analysis->run(*problem, request, RunControl(watch.token()));
    late = watch.secondsSinceStop();
    out.reason = notFinite(combination.analysis->id, *result);
    out.outcome = out.reason.empty() ? Outcome::finite : Outcome::wrong;
  } catch (const InvalidInput& error) {
    out = {error.entry().empty() ? Outcome::wrong : Outcome::flagged, error.what()};
  } catch (const Failure& error) {
    out = {*error.what() == '\0' ? Outcome::wrong : Outcome::flagged, error.what()};
  } catch (const Cancelled&) {
    out = {huge ? Outcome::stopped : Outcome::wrong, "does not end"};
  } catch (const std::exception& error) {
    out = {Outcome::wrong, std::string("unexpected: ") + error.what()};
  }
  if (!late) late = watch.secondsSinceStop();
  if (late > 1.0 * kSlowness && out.outcome != Outcome::wrong)
    out = {Outcome::wrong, "stopped after " + std::to_string(*late) + " s"};
  return out;
}

}  // namespace separatrix::test
