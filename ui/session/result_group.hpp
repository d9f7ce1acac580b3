#pragma once

#include "core/study/analysis.hpp"
#include "ui/compute/latest_job.hpp"

#include <QObject>

#include <map>
#include <vector>

namespace separatrix {

/// One analysis to run with one request.
struct AnalysisCall {
  const Analysis* analysis = nullptr;
  Request request;
};

/// What an analysis gave: a result, or the reason why there is none.
struct AnalysisOutcome {
  ResultPtr result;
  QString problem;
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

  /// Stops what runs and forgets what was asked for; results stay.
  void cancel();

  /// The last result of the analysis `id`, null if none.
  ResultPtr result(const std::string& id) const;
  /// Why there is no result for what was last asked; empty if there is one.
  QString problem(const std::string& id) const;
  bool busy() const { return m_job.busy(); }

signals:
  void changed();
  void progress(double fraction);
  void idle();

private:
  struct Entry {
    std::string key;
    AnalysisOutcome outcome;
  };
  using Entries = std::map<std::string, Entry>;  // by analysis id

  Entries m_entries;
  std::map<std::string, std::string> m_requested;  // keys last asked for, by analysis id
  LatestJob<Entries> m_job;
};

}  // namespace separatrix
