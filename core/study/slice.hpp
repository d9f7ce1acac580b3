#pragma once

#include "core/study/analysis.hpp"

#include <vector>

namespace separatrix {

/// The potential along x(α) = cos α x₁ + sin α x₂ between two states x_i = a y_i + b z_i of one
/// pair of data, with the same noise z_i at all times (theory §8; Raya & Ambrogioni 2023, §4.2,
/// Fig 1b): ũ(α) = ∫₀^α ∇U(x)·x' dα', from the score alone, which need not be a gradient.
class Slice final : public Result {
public:
  std::vector<double> times;      ///< s
  std::vector<double> angles;     ///< α
  Mat potentials;                 ///< angles × times: ũ(α) at each s
  Mat gradients;                  ///< angles × times: ∇U·x'
  double largestUncertainty = 0;  ///< estimate of the quadrature's, of all potentials

  Table table() const override;
  std::string remark() const override;
};

/// `slice`: `times`, `pair`, `angles`, and from which angle to which.
Analysis sliceAnalysis();

/// How far the score is from a gradient: the integral of ∇U·x' once around the same circle,
/// 0 ≤ α ≤ 2π, which is 0 for every potential.
class Circulation final : public Result {
public:
  std::vector<double> times;
  std::vector<double> integrals;  ///< ∮ ∇U·x' dα
  std::vector<double> scales;     ///< ∮ |∇U·x'| dα, which the integral is to be compared with

  Table table() const override;
};

/// `circulation`: `times` and `pair`.
Analysis circulationAnalysis();

}  // namespace separatrix
