#pragma once

#include "core/runtime/types.hpp"

#include <functional>
#include <limits>
#include <vector>

namespace separatrix {

/// n equations F = 0 in n unknowns, at one place.
struct Linearization {
  Vec value;            ///< F, n
  Mat jacobian;         ///< ∂F, n × n
  double roundoff = 0;  ///< |F| below this cannot be told from zero
};
using SquareSystem = std::function<Linearization(const Vec& z)>;

struct NewtonOptions {
  int iterations = 30;
  double tolerance = 1e-13;                                      ///< of the length of the last move
  double longestMove = std::numeric_limits<double>::infinity();  ///< longer ones are cut to it
  double reach = std::numeric_limits<double>::infinity();  ///< from the start; further is failure
  /// Moves along null directions of the Jacobian are left out: for solutions in families.
  bool leastNorm = false;
};

struct NewtonOutcome {
  Vec z;
  bool converged = false;
  int iterations = 0;
  double residual = std::numeric_limits<double>::infinity();  ///< |F(z)|
};

/// The solution that Newton's method finds from `start`. Not finding one is an outcome, no error.
NewtonOutcome newton(const SquareSystem& system, const Vec& start,
                     const NewtonOptions& options = {});

/// A solution other than `known`: Newton's method on F·Π(1 + ℓ²/|z − known|²), which has no zero
/// at the known ones (Farrell, Birkisson & Funke 2015). `length` is ℓ.
NewtonOutcome deflatedNewton(const SquareSystem& system, const Vec& start,
                             const std::vector<Vec>& known, double length,
                             const NewtonOptions& options = {});

/// The z with matrix·z = right, by LU; of least norm, with singular values below 10⁻⁹ of the
/// largest taken for zero, if `leastNorm`.
Vec solveSquare(const Mat& matrix, const Vec& right, bool leastNorm);

}  // namespace separatrix
