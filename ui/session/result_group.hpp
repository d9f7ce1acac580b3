#pragma once

#include "core/study/analysis.hpp"
#include "ui/compute/latest_job.hpp"

#include <QObject>

#include <map>
#include <vector>

namespace separatrix {

/// One analysis to run with one request.
struct AnalysisCall {
  std::string key;  ///< what its result is called
  const Analysis* analysis = nullptr;
  Request request;
  std::vector<std::string> overrides = {};  ///< entries of the scene, as setEntry takes them
  QString refusal = {};                     ///< why the request is none; empty: it is one
};

/// What an analysis gave: a result, or the reason why there is none.
struct AnalysisOutcome {
  ResultPtr result;
  QString problem;
  bool modelFailed = false;  ///< the problem is the model's, and another try may do
};

/// Analyses that are computed together in one job, so that what they show belongs together. Keeps
/// the last outcome of each and computes again only those whose inputs changed.
class ResultGroup : public QObject {
  Q_OBJECT

public:
  explicit ResultGroup(Priority priority, QObject* parent = nullptr);

  /// Asks for these results of the problem. Those whose inputs are as before are kept.
  void request(ProblemPtr problem, std::vector<AnalysisCall> calls,
               WhenSuperseded policy = WhenSuperseded::finish);

  /// Forgets why there are no results, so that the next request tries again.
  void forgetProblems();

  /// Stops what runs and forgets what was asked for; results stay.
  void cancel();

  /// The last result called `key`, null if none.
  ResultPtr result(const std::string& key) const;
  /// Why there is no result for what was last asked; empty if there is one.
  QString problem(const std::string& key) const;
  bool busy() const { return m_job.busy(); }

signals:
  void changed();
  void progress(double fraction);
  void idle();
  void modelFailed(const QString& problem);

private:
  struct Entry {
    std::string inputs;  // equal for equal inputs
    AnalysisOutcome outcome;
  };
  using Entries = std::map<std::string, Entry>;  // by key

  void take(Entries entries);

  Entries m_entries;
  ProblemPtr m_problem;                            // of the last request
  std::map<std::string, std::string> m_requested;  // inputs last asked for, by key
  LatestJob<Entries> m_job;
};

}  // namespace separatrix
