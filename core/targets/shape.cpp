#include "core/targets/shape.hpp"

#include "core/numerics/roots.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

constexpr double kPi = std::numbers::pi;

/// The place of point i of `count` on the way from 0 to 1, both ends included; one point: 0.
double evenly(Index i, Index count) {
  return count == 1 ? 0 : static_cast<double>(i) / static_cast<double>(count - 1);
}

Mat ring(Index count) {
  Mat out(2, count);
  for (Index i = 0; i < count; ++i) {
    const double angle = 2 * kPi * static_cast<double>(i) / static_cast<double>(count);
    out.col(i) << std::cos(angle), std::sin(angle);
  }
  return out;
}

Mat grid(Index count) {
  auto side = static_cast<Index>(std::sqrt(static_cast<double>(count)));
  while (side * side < count) ++side;
  if (side == 1) return Mat::Zero(2, 1);
  Mat out(2, count);
  for (Index i = 0; i < count; ++i)
    out.col(i) << 2 * evenly(i % side, side) - 1, 2 * evenly(i / side, side) - 1;
  return out;
}

/// On r = c u with u growing by 4π, the arc length is c/2 (u √(1+u²) + arsinh u) up to a constant.
Mat spiral(Index count) {
  constexpr double kInner = 1.0 / 8;
  constexpr double kGrowth = (1 - kInner) / (4 * kPi);  // c
  const auto length = [](double u) { return u * std::sqrt(1 + u * u) + std::asinh(u); };
  const double first = kInner / kGrowth, last = 1 / kGrowth;
  Mat out(2, count);
  for (Index i = 0; i < count; ++i) {
    const double wanted = std::lerp(length(first), length(last), evenly(i, count));
    const double u = bracketedRoot([&](double v) { return length(v) - wanted; }, first, last);
    out.col(i) << kGrowth * u * std::cos(u - first), kGrowth * u * std::sin(u - first);
  }
  return out;
}

Mat twoMoons(Index count) {
  const Index upper = (count + 1) / 2;
  Mat out(2, count);
  for (Index i = 0; i < count; ++i) {
    const bool first = i < upper;
    const double angle = kPi * (first ? evenly(i, upper) : evenly(i - upper, count - upper));
    const double sign = first ? 1 : -1;
    out.col(i) << sign * (std::cos(angle) - 0.5), sign * (std::sin(angle) - 0.25);
  }
  return out;
}

/// Of radius 1.
Mat points(const std::string& shape, Index count) {
  if (shape == "ring") return ring(count);
  if (shape == "grid") return grid(count);
  if (shape == "spiral") return spiral(count);
  return twoMoons(count);
}

}  // namespace

TargetKind shapeKind() {
  TargetKind kind;
  kind.id = "shape";
  kind.title = "Shape in the plane";
  kind.source = "Pedregosa et al. 2011 (two moons)";
  kind.parameters = {
      ParameterSpec::choice("shape", {"ring", "grid", "spiral", "two-moons"})
          .labelled("Shape", "", "The figure on which the points lie."),
      ParameterSpec::integer("count", 8)
          .labelled("Points", "K", "How many.")
          .within(1, 2000)
          .slider(1, 100),
      ParameterSpec::real("radius", 1)
          .labelled("Radius", "R", "Of the ring, half the side of the grid, of each moon.")
          .above(0, kLargestCoordinate)
          .slider(0.1, 3),
      ParameterSpec::real("spread", 0)
          .labelled("Spread", "σ", "Standard deviation around each point; 0: points alone.")
          .within(0, kLargestCoordinate)
          .slider(0, 0.5),
  };
  kind.make = [](const ParameterValues& values, FileLoader&) {
    const Index count = values.integer("count");
    const double spread = values.real("spread");
    if (spread > 0 && spread * spread < kLeastVariance)
      throw InvalidInput("target.spread", shown(values.json().at("spread")) +
                                              " is too small; give 0 for points, otherwise "
                                              "1e-15 or more");
    Components parts;
    parts.means = values.real("radius") * points(values.text("shape"), count);
    parts.weights = Vec::Constant(count, 1.0 / static_cast<double>(count));
    parts.variances = Vec::Constant(count, spread * spread);
    return std::make_unique<GaussianMixture>(std::move(parts));
  };
  return kind;
}

}  // namespace separatrix
