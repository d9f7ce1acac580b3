#include "core/thermodynamics/field_curve.hpp"

#include "core/numerics/roots.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/errors.hpp"
#include "core/thermodynamics/free_energy.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace separatrix {
namespace {

constexpr double kPieces = 64;  // of the whole changes of u and of m
constexpr std::size_t kMostPoints = 20'000;
constexpr double kMarginal = 1e-6;  // of λ(βC) − 1 where stability changes
constexpr double kExact = 1e-9;     // of a field that is asked for

/// As bracketedRoot; the better end where rounding has left no change of sign.
double rootBetween(const std::function<double(double)>& function, double low, double high) {
  const double atLow = function(low);
  const double atHigh = function(high);
  if (atLow * atHigh <= 0) return bracketedRoot(function, low, high);
  return std::abs(atLow) <= std::abs(atHigh) ? low : high;
}

}  // namespace

FieldLine::FieldLine(const Target& target, double beta, Vec direction)
    : m_target(target), m_beta(beta), m_direction(std::move(direction)) {}

/// For given u the components across e are solved for, beginning at those of `near`.
FieldSolution FieldLine::at(double place, const FieldSolution* near) const {
  constexpr int kSteps = 60;
  const Vec& e = m_direction;
  const auto d = e.size();
  const Channel channel = temperatureChannel(m_beta);
  const auto acrossPart = [&](const Vec& v) -> Vec { return v - e.dot(v) * e; };
  Vec across = d == 1 ? Vec::Zero(1) : acrossPart(near != nullptr ? near->m : m_target.mean());
  Posterior p;
  Eigen::PartialPivLU<Mat> factors;
  for (int i = 0; i < kSteps; ++i) {
    p = m_target.posterior(place * e + across, channel);
    if (d == 1) break;
    const Mat projector = Mat::Identity(d, d) - e * e.transpose();
    factors.compute(Mat::Identity(d, d) - m_beta * projector * p.covariance * projector);
    const Vec residual = acrossPart(p.mean) - across;
    if (residual.norm() <= 1e-13 * (p.mean.norm() + across.norm())) break;
    across += acrossPart(factors.solve(residual));
  }
  FieldSolution out;
  out.place = place;
  out.field = -e.dot(p.score) / m_beta;  // u − e·m without its cancellation
  out.m = p.mean;
  out.along = e.dot(p.mean);
  const Vec response = m_beta * p.covariance * e;
  out.slope = 1 - e.dot(response);
  if (d == 1) {
    out.largestEigenvalue = response[0];
  } else {
    const Vec sideways = acrossPart(response);
    out.slope -= sideways.dot(factors.solve(sideways));
    out.largestEigenvalue = largestEigenvalue(m_beta * p.covariance);
  }
  out.freeEnergy = regularizedFreeEnergy(p.logEvidence, d, channel) - out.field * out.along -
                   0.5 * out.field * out.field;
  return out;
}

/// A u at which the field is beyond `field` on one side (±1).
double FieldLine::endBeyond(double field, double side, const RunControl& control) const {
  constexpr int kDoublings = 200;
  const double spread = std::sqrt(m_direction.dot(m_target.covariance() * m_direction));
  double step = std::max(spread, 1e-3 * (std::abs(field) + 1));
  const double centre = m_direction.dot(m_target.mean()) + field;
  for (int i = 0; i < kDoublings; ++i, step *= 2) {
    control.checkpoint();
    const double place = centre + side * step;
    if (side * (at(place, nullptr).field - field) > 0) return place;
  }
  throw Failure("no state in such a field can be found");
}

/// Appends points up to and with `to`, halving until neighbours are near.
void FieldLine::refine(std::vector<FieldSolution>& points, const FieldSolution& to,
                       double farthestPlace, double farthestM, const RunControl& control) const {
  std::vector<FieldSolution> ahead{to};
  while (!ahead.empty()) {
    control.checkpoint();
    const FieldSolution& from = points.back();
    const FieldSolution& next = ahead.back();
    const double middle = from.place + 0.5 * (next.place - from.place);
    const bool near =
        next.place - from.place <= farthestPlace && std::abs(next.along - from.along) <= farthestM;
    const bool apart = middle > from.place && middle < next.place;
    if (near || !apart || points.size() + ahead.size() > kMostPoints) {
      points.push_back(next);
      ahead.pop_back();
    } else {
      ahead.push_back(at(middle, &from));
    }
  }
}

/// Cuts the points where they gain or lose stability.
void FieldLine::addLimits(const std::vector<FieldSolution>& points, FieldCurve& out,
                          const RunControl& control) const {
  out.branches.push_back({points.front().stable(), {}});
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && points[i].stable() != points[i - 1].stable()) {
      control.checkpoint();
      const FieldSolution& before = points[i - 1];
      const double place =
          rootBetween([&](double u) { return 1 - at(u, &before).largestEigenvalue; }, before.place,
                      points[i].place);
      const FieldSolution limit = at(place, &before);
      out.branches.push_back({points[i].stable(), {}});
      // Else another curve has taken over, and nothing loses its stability.
      if (std::abs(1 - limit.largestEigenvalue) < kMarginal) {
        out.limits.push_back({limit, before.slope * points[i].slope < 0});
        (out.branches.end() - 2)->points.push_back(limit);
        out.branches.back().points.push_back(limit);
      }
    }
    out.branches.back().points.push_back(points[i]);
  }
}

FieldSolution FieldLine::withField(const FieldBranch& branch, double field) const {
  const FieldSolution& first = branch.points.front();
  const FieldSolution& last = branch.points.back();
  if (field <= first.field) return first;
  if (field >= last.field) return last;
  const auto above = std::find_if(branch.points.begin(), branch.points.end(),
                                  [&](const FieldSolution& each) { return each.field > field; });
  const FieldSolution& before = *(above - 1);
  const double place = rootBetween([&](double u) { return at(u, &before).field - field; },
                                   before.place, above->place);
  return at(place, &before);
}

void FieldLine::addCoexistence(FieldCurve& out, const RunControl& control) const {
  const FieldBranch* low = nullptr;
  for (const FieldBranch& high : out.branches) {
    if (!high.stable) continue;
    const FieldBranch* before = std::exchange(low, &high);
    if (before == nullptr) continue;
    const double least = high.points.front().field;
    const double most = before->points.back().field;
    if (!(least < most)) continue;
    const auto advantage = [&](double field) {
      control.checkpoint();
      return withField(*before, field).freeEnergy - withField(high, field).freeEnergy;
    };
    if (advantage(least) * advantage(most) > 0) continue;
    const double field = rootBetween(advantage, least, most);
    out.coexistence.push_back({field, withField(*before, field), withField(high, field)});
  }
}

FieldCurve FieldLine::trace(double lowest, double highest, const RunControl& control) const {
  const FieldSolution from = at(endBeyond(lowest, -1, control), nullptr);
  const FieldSolution to = at(endBeyond(highest, 1, control), &from);
  std::vector<FieldSolution> points{from};
  refine(points, to, (to.place - from.place) / kPieces, std::abs(to.along - from.along) / kPieces,
         control);
  FieldCurve out;
  addLimits(points, out, control);
  addCoexistence(out, control);
  return out;
}

std::vector<FieldSolution> FieldLine::solutions(const FieldCurve& curve, double field) const {
  std::vector<FieldSolution> out;
  for (const FieldBranch& branch : curve.branches)
    for (std::size_t i = 1; i < branch.points.size(); ++i) {
      const FieldSolution& before = branch.points[i - 1];
      const FieldSolution& after = branch.points[i];
      if ((before.field < field) == (after.field < field)) continue;
      const double place = rootBetween([&](double u) { return at(u, &before).field - field; },
                                       before.place, after.place);
      FieldSolution found = at(place, &before);
      const double size = std::abs(field) + std::abs(before.along) + std::abs(after.along);
      if (std::abs(found.field - field) <= kExact * size) out.push_back(std::move(found));
    }
  return out;
}

}  // namespace separatrix
