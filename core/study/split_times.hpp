#pragma once

#include "core/study/analysis.hpp"

#include <optional>

namespace separatrix {

/// When the potential along the slice between two data points splits, for many pairs of them: with
/// much noise it has one minimum somewhere, with little one at either state [RA §4.2, supplement
/// B.2]. A slice is bimodal where its slope rises through 0 within π/8 of both states.
class SplitTimes final : public Result {
public:
  struct Pair {
    Index i = 0, j = 0;               ///< of the data
    std::optional<bool> sameClass;    ///< none: the data have no classes
    std::optional<double> splitTime;  ///< the largest s where it is bimodal; none: not seen
  };
  /// Of pairs of one kind.
  struct Mean {
    double splitTime = 0, standardError = 0;
    Index pairs = 0;  ///< those that split
  };

  std::vector<Pair> pairs;
  std::vector<double> times;   ///< s
  std::vector<double> angles;  ///< α
  /// ũ(α) over the pairs, angles × times: of those of one class (or of data without classes), and
  /// of two. Empty: there are none.
  Mat meanOfSame, meanOfDifferent;

  /// Of those pairs; NaN without any.
  Mean mean(std::optional<bool> sameClass) const;
  Table table() const override;
};

/// `split-times` {times, pairs, curve}.
Analysis splitTimesAnalysis();

}  // namespace separatrix
