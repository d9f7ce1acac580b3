#include "ui/session/result_group.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {
namespace {

ProblemPtr otherwise(const ProblemPtr& problem, const std::vector<std::string>& overrides) {
  Json scene = sceneToJson(problem->scene());
  for (const std::string& override : overrides) setEntry(scene, override);
  return prepare(sceneFromJson(scene), {problem->dataFiles()}, problem);
}

AnalysisOutcome carryOut(const AnalysisCall& call, const ProblemPtr& problem,
                         const RunControl& control) {
  if (!call.refusal.isEmpty()) return {nullptr, call.refusal};
  try {
    if (call.overrides.empty()) return {call.analysis->run(*problem, call.request, control), {}};
    return {call.analysis->run(*otherwise(problem, call.overrides), call.request, control), {}};
  } catch (const InvalidInput& error) {
    return {nullptr, QString::fromUtf8(error.what())};
  } catch (const ModelFailure& error) {
    return {nullptr, QString::fromUtf8(error.what()), true};
  } catch (const Failure& error) {
    return {nullptr, QString::fromUtf8(error.what())};
  }
}

}  // namespace

ResultGroup::ResultGroup(Priority priority, QObject* parent)
    : QObject(parent),
      m_job(priority,
            {[this](const QString& message) {
               for (const auto& [key, inputs] : m_requested)
                 m_entries[key] = {inputs, {nullptr, message}};
               emit changed();
             },
             [this](double fraction) { emit progress(fraction); }, [this] { emit idle(); }}) {}

void ResultGroup::request(ProblemPtr problem, std::vector<AnalysisCall> calls,
                          WhenSuperseded policy) {
  std::map<std::string, std::string> inputs;
  for (const AnalysisCall& call : calls) {
    std::string& text = inputs[call.key];
    text = call.refusal.isEmpty() ? inputsKey(*call.analysis, *problem, call.request)
                                  : call.refusal.toStdString();
    for (const std::string& override : call.overrides) text += '\n' + override;
  }
  if (inputs == m_requested) return;
  m_requested = inputs;
  // A model may take long, and what it is asked for is of no use in another scene.
  if (m_problem && m_problem != problem && m_problem->model() != nullptr)
    policy = WhenSuperseded::cancel;
  m_problem = problem;
  m_job.start(
      [problem, calls = std::move(calls), inputs, known = m_entries](const RunControl& control) {
        Entries entries;
        AnalysisOutcome failed;  // of the model: told at once, and the others need not try
        for (const AnalysisCall& call : calls) {
          Entry& entry = entries[call.key];
          const auto old = known.find(call.key);
          if (old != known.end() && old->second.inputs == inputs.at(call.key))
            entry = old->second;
          else
            entry = {inputs.at(call.key),
                     failed.modelFailed ? failed : carryOut(call, problem, control)};
          if (entry.outcome.modelFailed) failed = entry.outcome;
        }
        return entries;
      },
      [this](Entries entries) { take(std::move(entries)); }, policy);
}

void ResultGroup::take(Entries entries) {
  QString failure;
  for (auto& [key, entry] : entries) {
    Entry& known = m_entries[key];
    if (entry.outcome.modelFailed && known.inputs != entry.inputs) failure = entry.outcome.problem;
    known = std::move(entry);
  }
  emit changed();
  if (!failure.isEmpty()) emit modelFailed(failure);
}

void ResultGroup::forgetProblems() {
  std::erase_if(m_entries, [](const auto& entry) { return !entry.second.outcome.result; });
  m_requested.clear();
}

void ResultGroup::cancel() {
  m_job.cancel();
  m_requested.clear();
}

ResultPtr ResultGroup::result(const std::string& key) const {
  const auto entry = m_entries.find(key);
  return entry == m_entries.end() ? nullptr : entry->second.outcome.result;
}

QString ResultGroup::problem(const std::string& key) const {
  const auto entry = m_entries.find(key);
  return entry == m_entries.end() ? QString() : entry->second.outcome.problem;
}

}  // namespace separatrix
