#include "core/study/slice_curve.hpp"

#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

/// A point of the data: one of the target's own, or without such the `index`th draw from it.
Vec dataPoint(const Problem& problem, Index index) {
  const Target& data = problem.data();
  const Components* parts = data.components();
  if (parts == nullptr) {
    BatchF draw(data.dimension(), 1);
    data.sample(Noise(problem.scene().ensemble.seed), index, draw);
    return draw.col(0).cast<double>();
  }
  if (index >= parts->count())
    throw InvalidInput("pair", std::to_string(index) + " is not one of the " +
                                   std::to_string(parts->count()) +
                                   " data points, which are counted from 0");
  return parts->means.col(index);
}

}  // namespace

SlicePair slicePair(const Problem& problem, Index i, Index j) {
  if (i == j) throw InvalidInput("pair", "names one point twice, and between them is no slice");
  const Noise noise(problem.scene().ensemble.seed);
  SlicePair out;
  for (std::size_t side = 0; const Index index : {i, j}) {
    out.y[side] = dataPoint(problem, index);
    Vec& z = out.z[side];
    z.resize(out.y[side].size());
    for (Index k = 0; k < z.size(); ++k) {
      float value = 0;
      noise.normals(NoisePurpose::start, 0, k, index, 1, &value);
      z[k] = static_cast<double>(value);
    }
    ++side;
  }
  return out;
}

SlicePair slicePair(const Problem& problem, const Request& request) {
  const Vec values = request.vector("pair", 2);
  const bool valid = values.size() == 2 && (values.array() == values.array().floor()).all() &&
                     values.minCoeff() >= 0;
  if (!valid) throw InvalidInput("pair", "is two numbers of data points from 0, as in 0,1");
  return slicePair(problem, static_cast<Index>(values[0]), static_cast<Index>(values[1]));
}

ParameterSpec pairSpec() {
  return ParameterSpec::of(ParameterKind::vector, "pair", Json::array({0, 1}))
      .labelled("Pair", "i, j",
                "The two data points, counted from 0; of data without points, draws from them.")
      .within(0, 1e9)
      .slider(0, 1000);
}

ParameterSpec curveSpec() {
  return ParameterSpec::choice("curve", {"circle", "line"})
      .labelled("Curve", "",
                "Through both states: the circle cos α x₁ + sin α x₂, or the straight line.");
}

SliceKind sliceKind(const Request& request) {
  return request.text("curve") == "line" ? SliceKind::line : SliceKind::circle;
}

SliceCurve::SliceCurve(const Target& target, const Problem& problem, const SlicePair& pair,
                       double s, SliceKind kind)
    : m_field(target, problem.process(), s), m_potential(problem.potentialAt(s)), m_kind(kind) {
  const auto [a, b2] = m_field.channel();
  for (std::size_t side : {0u, 1u}) m_ends[side] = a * pair.y[side] + std::sqrt(b2) * pair.z[side];
}

Batch SliceCurve::states(const Vec& angles) const {
  if (m_kind == SliceKind::circle)
    return m_ends[0] * angles.array().cos().matrix().transpose() +
           m_ends[1] * angles.array().sin().matrix().transpose();
  Batch out = (m_ends[1] - m_ends[0]) * (2 / std::numbers::pi * angles).transpose();
  out.colwise() += m_ends[0];
  return out;
}

/// x'(α).
Batch SliceCurve::tangents(const Vec& angles) const {
  if (m_kind == SliceKind::circle)
    return m_ends[1] * angles.array().cos().matrix().transpose() -
           m_ends[0] * angles.array().sin().matrix().transpose();
  return (2 / std::numbers::pi * (m_ends[1] - m_ends[0])).replicate(1, angles.size());
}

Vec SliceCurve::slopes(const Vec& angles, const RunControl& control) const {
  constexpr Index kNumbers = 4'000'000;
  const Index block = std::max<Index>(1, kNumbers / m_ends[0].size());
  Vec out(angles.size());
  for (Index first = 0; first < angles.size(); first += block) {
    const Vec some = angles.segment(first, std::min(block, angles.size() - first));
    const Batch x = states(some);
    const Batch score = m_field.scores(x, control).score;
    out.segment(first, some.size()) =
        (m_potential.radialWeight * x - m_potential.scoreWeight * score)
            .cwiseProduct(tangents(some))
            .colwise()
            .sum()
            .transpose();
  }
  return out;
}

}  // namespace separatrix
