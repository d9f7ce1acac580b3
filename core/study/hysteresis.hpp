#pragma once

#include "core/study/analysis.hpp"
#include "core/thermodynamics/field_curve.hpp"

namespace separatrix {

/// The order parameter in an external field h along a direction, at one time: stable, metastable
/// and unstable solutions, the fields at which they cease to be (spinodals) and those at which two
/// of them are equally good (Maxwell's).
class Hysteresis final : public Result {
public:
  /// A solution at one of the fields asked for: on the curve, or the lowest of all where that is
  /// lower than those.
  struct Row {
    FieldSolution solution;
    bool lowest = false;  ///< of all at this field
  };
  double s = 0;
  double beta = 0;
  Vec direction;     ///< e, |e| = 1
  FieldCurve curve;  ///< over the automatic fields and those asked for
  std::vector<Row> rows;

  Table table() const override;
};

/// `hysteresis` {time, fields, direction}
Analysis hysteresisAnalysis();

}  // namespace separatrix
