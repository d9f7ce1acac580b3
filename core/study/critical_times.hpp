#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// One time at which the scene changes its nature.
struct CriticalTime {
  std::string id;      ///< "sde", "laplacian", "speciation", …: the key in the record
  std::string symbol;  ///< "s_c", "t_S": for marks
  std::string title;
  std::string source;
  double s = 0;
};

/// All critical times of a scene.
class CriticalTimes final : public Result {
public:
  std::vector<CriticalTime> times;  ///< those that exist
  /// Empty where there are too many branches (tooManyToFollow).
  std::vector<BifurcationEvent> events;
  std::string eventsRemark;  ///< what may be missing of them

  Table table() const override;
  std::optional<Json> record() const override { return m_record; }
  std::string remark() const override { return eventsRemark; }

private:
  friend ResultPtr findCriticalTimes(const Problem&, const Request&, const RunControl&);
  Json m_record;
};

/// `critical-times`
Analysis criticalTimesAnalysis();

}  // namespace separatrix
