#include "ui/session/result_group.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {
namespace {

AnalysisOutcome carryOut(const AnalysisCall& call, const Problem& problem,
                         const RunControl& control) {
  try {
    return {call.analysis->run(problem, call.request, control), {}};
  } catch (const InvalidInput& error) {
    return {nullptr, QString::fromUtf8(error.what())};
  } catch (const Failure& error) {
    return {nullptr, QString::fromUtf8(error.what())};
  }
}

}  // namespace

ResultGroup::ResultGroup(Priority priority, QObject* parent)
    : QObject(parent),
      m_job(priority,
            {[this](const QString& message) {
               for (auto& [id, key] : m_requested) m_entries[id] = {key, {nullptr, message}};
               emit changed();
             },
             [this](double fraction) { emit progress(fraction); }, [this] { emit idle(); }}) {}

void ResultGroup::request(ProblemPtr problem, std::vector<AnalysisCall> calls,
                          WhenSuperseded policy) {
  std::map<std::string, std::string> keys;
  for (const AnalysisCall& call : calls)
    keys[call.analysis->id] = inputsKey(*call.analysis, *problem, call.request);
  if (keys == m_requested) return;
  m_requested = keys;
  m_job.start(
      [problem, calls = std::move(calls), keys, known = m_entries](const RunControl& control) {
        Entries entries;
        for (const AnalysisCall& call : calls) {
          const std::string& id = call.analysis->id;
          const auto old = known.find(id);
          if (old != known.end() && old->second.key == keys.at(id))
            entries[id] = old->second;
          else
            entries[id] = {keys.at(id), carryOut(call, *problem, control)};
        }
        return entries;
      },
      [this](Entries entries) {
        m_entries = std::move(entries);
        emit changed();
      },
      policy);
}

void ResultGroup::cancel() {
  m_job.cancel();
  m_requested.clear();
}

ResultPtr ResultGroup::result(const std::string& id) const {
  const auto entry = m_entries.find(id);
  return entry == m_entries.end() ? nullptr : entry->second.outcome.result;
}

QString ResultGroup::problem(const std::string& id) const {
  const auto entry = m_entries.find(id);
  return entry == m_entries.end() ? QString() : entry->second.outcome.problem;
}

}  // namespace separatrix
