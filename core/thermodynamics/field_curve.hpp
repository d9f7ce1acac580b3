#pragma once

#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

#include <vector>

namespace separatrix {

/// A solution of m = ⟨y⟩(m + h e) in an external field h along a unit vector e (Ambrogioni 2023,
/// Eq 20).
struct FieldSolution {
  double place = 0;              ///< u = e·(m + h e), which orders the solutions of a curve
  double field = 0;              ///< h
  Vec m;                         ///< d
  double along = 0;              ///< e·m
  double freeEnergy = 0;         ///< F(m + h e) + |m|²/2
  double largestEigenvalue = 0;  ///< of βC
  double slope = 0;              ///< dh/du; h turns where it is 0
  bool stable() const { return largestEigenvalue < 1; }
};

/// A piece of a curve that is stable, or unstable, all along; u grows, and neighbours share a
/// point where they meet.
struct FieldBranch {
  bool stable = true;
  std::vector<FieldSolution> points;
};

/// Where a solution loses its stability: with the field turning, beyond which it exists no more, or
/// to a solution that leaves e.
struct FieldLimit {
  FieldSolution at;
  bool spinodal = true;
};

/// A field at which two stable solutions have the same free energy.
struct FieldCoexistence {
  double field = 0;
  FieldSolution low, high;  ///< by e·m
};

/// The solutions over a range of fields as one curve, on which h may turn: stable, metastable and
/// unstable ones. For data on a line these are all. In more dimensions it is the curve of those
/// that can be reached by following it from one end in the directions across e, which keeps the
/// symmetries across e; others may exist beside it.
struct FieldCurve {
  std::vector<FieldBranch> branches;
  std::vector<FieldLimit> limits;
  std::vector<FieldCoexistence> coexistence;  ///< of neighbouring stable pieces
};

/// Prepared for one target, temperature and direction; e is d with |e| = 1, β > 0.
class FieldLine {
public:
  FieldLine(const Target& target, double beta, Vec direction);

  /// The curve between the ends of the fields, lowest < highest, resolved to some hundredths of the
  /// changes of u and m. Throws Cancelled when stopped, Failure where it cannot be followed.
  FieldCurve trace(double lowest, double highest, const RunControl& control) const;
  /// Where a curve takes the field h, in the order of u; exact to rounding.
  std::vector<FieldSolution> solutions(const FieldCurve& curve, double field) const;

private:
  FieldSolution at(double place, const FieldSolution* near) const;
  double endBeyond(double field, double side, const RunControl& control) const;
  void refine(std::vector<FieldSolution>& points, const FieldSolution& to, double farthestPlace,
              double farthestM, const RunControl& control) const;
  void addLimits(const std::vector<FieldSolution>& points, FieldCurve& out,
                 const RunControl& control) const;
  FieldSolution withField(const FieldBranch& branch, double field) const;
  void addCoexistence(FieldCurve& out, const RunControl& control) const;

  const Target& m_target;
  double m_beta;
  Vec m_direction;
};

}  // namespace separatrix
