#include "core/fixed_points/seeds.hpp"

#include "core/numerics/newton.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr Index kFewComponents = 10;     // all their subsets are looked at
constexpr Index kMostComponents = 4000;  // for saddles of close ones
constexpr Index kSearchedDimensions = 3;

/// log w_k N(x; a μ_k, V_k I) up to a constant, for all k.
class Exponents {
public:
  Exponents(const Components& parts, const Channel& channel) : m_channel(channel) {
    m_places = channel.signal * parts.means;
    m_variances = channel.signal * channel.signal * parts.variances.array() + channel.noiseVariance;
    m_offsets = parts.weights.array().log() -
                0.5 * static_cast<double>(parts.means.rows()) * m_variances.array().log();
  }
  Index count() const { return m_offsets.size(); }
  const Mat& places() const { return m_places; }
  double variance(Index k) const { return m_variances[k]; }
  double at(Index k, const Vec& x) const {
    return m_offsets[k] - (x - m_places.col(k)).squaredNorm() / (2 * m_variances[k]);
  }

private:
  Channel m_channel;
  Mat m_places;
  Vec m_variances, m_offsets;
};

using Subset = std::vector<Index>;

/// The point in the affine hull of the subset at which its exponents agree, by Newton's method
/// (exact at once for equal variances). Empty if there is none, or it is not between them.
Vec balancePoint(const Exponents& exponents, const Subset& subset) {
  constexpr double kOutside = 0.3;  // barycentric, to spare
  const Index m = static_cast<Index>(subset.size()) - 1;
  const Vec first = exponents.places().col(subset[0]);
  Mat edges(first.size(), m);
  for (Index k = 0; k < m; ++k)
    edges.col(k) = exponents.places().col(subset[static_cast<std::size_t>(k) + 1]) - first;
  Vec beta = Vec::Constant(m, 1.0 / static_cast<double>(m + 1));
  for (int iteration = 0; iteration < 12; ++iteration) {
    const Vec x = first + edges * beta;
    const double reference = exponents.at(subset[0], x);
    const Vec slope = -(x - first) / exponents.variance(subset[0]);
    Vec difference(m);
    Mat jacobian(m, m);
    for (Index k = 0; k < m; ++k) {
      const Index part = subset[static_cast<std::size_t>(k) + 1];
      difference[k] = exponents.at(part, x) - reference;
      const Vec relative = -(x - exponents.places().col(part)) / exponents.variance(part) - slope;
      jacobian.row(k) = (edges.transpose() * relative).transpose();
    }
    const Vec move = solveSquare(jacobian, difference, false);
    if (!move.allFinite()) return {};
    beta -= move;
    if (move.cwiseAbs().maxCoeff() < 1e-9) break;
  }
  const bool between = beta.minCoeff() >= -kOutside && beta.sum() <= 1 + kOutside;
  return between ? Vec(first + edges * beta) : Vec();
}

bool outweighed(const Exponents& exponents, const Subset& subset, const Vec& x) {
  constexpr double kSlack = 2;
  const double own = exponents.at(subset[0], x);
  for (Index k = 0; k < exponents.count(); ++k)
    if (exponents.at(k, x) > own + kSlack &&
        std::find(subset.begin(), subset.end(), k) == subset.end())
      return true;
  return false;
}

/// For each component those after it that are among its nearest or have it among theirs.
std::vector<Subset> neighbours(const Mat& places, Index nearest) {
  const Index count = places.cols();
  std::vector<Subset> close(static_cast<std::size_t>(count));
  parallelFor(count, [&](Index i) {
    const Vec distance = (places.colwise() - places.col(i)).colwise().squaredNorm();
    Subset order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), Index{0});
    const Index kept = std::min(nearest + 1, count);
    std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                      [&](Index a, Index b) { return distance[a] < distance[b]; });
    order.resize(static_cast<std::size_t>(kept));
    close[static_cast<std::size_t>(i)] = std::move(order);
  });
  std::vector<Subset> out(static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i)
    for (const Index j : close[static_cast<std::size_t>(i)])
      if (i != j) out[static_cast<std::size_t>(std::min(i, j))].push_back(std::max(i, j));
  for (Subset& list : out) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return out;
}

/// All sets of 2 … most mutual neighbours that begin with `subset`.
void growSubsets(const std::vector<Subset>& later, Subset& subset, std::size_t most,
                 std::vector<Subset>& out) {
  if (subset.size() >= 2) out.push_back(subset);
  if (subset.size() == most) return;
  const Subset candidates = later[static_cast<std::size_t>(subset.back())];
  for (const Index next : candidates) {
    const bool mutual = std::all_of(subset.begin(), subset.end(), [&](Index k) {
      const Subset& list = later[static_cast<std::size_t>(k)];
      return std::binary_search(list.begin(), list.end(), next);
    });
    if (!mutual) continue;
    subset.push_back(next);
    growSubsets(later, subset, most, out);
    subset.pop_back();
  }
}

Index nearestCount(Index count, Index dimension, bool thorough) {
  if (count <= kFewComponents || (thorough && count <= (dimension <= 2 ? 150 : 30))) return count;
  return dimension <= 2 ? 18 : 22;
}

/// The nodes of a grid over `places` and a margin where |F| is least among neighbours.
std::vector<Vec> leastOfGrid(const Landscape& landscape, double t, const std::vector<Vec>& places,
                             double margin, Index nodes) {
  const Index d = landscape.dimension();
  Vec low = places.front(), high = places.front();
  for (const Vec& place : places) {
    low = low.cwiseMin(place);
    high = high.cwiseMax(place);
  }
  low.array() -= margin;
  high.array() += margin;
  const Index rows = d == 2 ? nodes : 1;
  const auto node = [&](Index i, Index j) {
    Vec x = low;
    x[0] += (high[0] - low[0]) * (static_cast<double>(i) + 0.43) / static_cast<double>(nodes);
    if (d == 2)
      x[1] += (high[1] - low[1]) * (static_cast<double>(j) + 0.47) / static_cast<double>(nodes);
    return x;
  };
  Mat size(nodes, rows);
  parallelFor(nodes, [&](Index i) {
    for (Index j = 0; j < rows; ++j) size(i, j) = landscape.value(node(i, j), t).norm();
  });
  std::vector<Vec> out;
  for (Index i = 0; i < nodes; ++i)
    for (Index j = 0; j < rows; ++j) {
      const Index left = std::max<Index>(0, i - 1), right = std::min(nodes - 1, i + 1);
      const Index below = std::max<Index>(0, j - 1), above = std::min(rows - 1, j + 1);
      const double least = size.block(left, below, right - left + 1, above - below + 1).minCoeff();
      if (size(i, j) <= least) out.push_back(node(i, j));
    }
  return out;
}

}  // namespace

bool fullySearched(const Landscape& landscape) {
  const Components* parts = landscape.target().components();
  if (parts == nullptr) return landscape.dimension() <= 2;
  return parts->count() <= kFewComponents ||
         (landscape.dimension() <= kSearchedDimensions && parts->count() <= kMostComponents);
}

std::vector<Vec> dataSeeds(const Landscape& landscape, double t) {
  const Target& target = landscape.target();
  const double a = landscape.channel(t).signal;
  std::vector<Vec> out;
  if (const Components* parts = target.components()) {
    for (Index k = 0; k < parts->count(); ++k) out.push_back(a * parts->means.col(k));
    return out;
  }
  out.push_back(a * target.mean());
  const SymmetricEigen axes(target.covariance());
  const Index d = target.dimension();
  for (Index i = std::max<Index>(0, d - 8); i < d; ++i)
    for (const double sign : {1.0, -1.0})
      out.push_back(a * (target.mean() +
                         sign * std::sqrt(axes.eigenvalues()[i]) * axes.eigenvectors().col(i)));
  BatchF draws(d, 64);
  target.sample(Noise(1), 0, draws);
  for (Index i = 0; i < draws.cols(); ++i) out.push_back(a * draws.col(i).cast<double>());
  return out;
}

std::vector<Vec> loneSeeds(const Landscape& landscape, double t) {
  constexpr double kNear = 0.1;      // the component itself is a seed
  constexpr double kFarthest = 1e8;  // beyond, the slope is lost in rounding
  const Components* parts = landscape.target().components();
  if (parts == nullptr) return {};
  const Channel at = landscape.channel(t);
  std::vector<Vec> out;
  for (Index k = 0; k < parts->count(); ++k) {
    // c x + (b²/V)(x − a μ) = 0
    const double V = at.signal * at.signal * parts->variances[k] + at.noiseVariance;
    const double factor = at.noiseVariance / V / (landscape.weights(t).pull + at.noiseVariance / V);
    if (std::abs(factor - 1) > kNear && std::abs(factor) < kFarthest)
      out.push_back(factor * at.signal * parts->means.col(k));
  }
  return out;
}

std::vector<Vec> saddleSeeds(const Landscape& landscape, double t, bool thorough) {
  const Components* parts = landscape.target().components();
  if (parts == nullptr || !fullySearched(landscape)) return {};
  const Exponents exponents(*parts, landscape.channel(t));
  const Index d = landscape.dimension();
  const auto later = neighbours(exponents.places(), nearestCount(parts->count(), d, thorough));
  const Index most = parts->count() <= kFewComponents ? d + 1 : std::min<Index>(d + 1, 4);
  std::vector<std::vector<Vec>> found(later.size());
  parallelFor(parts->count(), [&](Index k) {
    Subset subset{k};
    std::vector<Subset> subsets;
    growSubsets(later, subset, static_cast<std::size_t>(most), subsets);
    for (const Subset& candidate : subsets) {
      Vec x = balancePoint(exponents, candidate);
      if (x.size() > 0 && !outweighed(exponents, candidate, x))
        found[static_cast<std::size_t>(k)].push_back(std::move(x));
    }
  });
  std::vector<Vec> out;
  for (auto& list : found) std::move(list.begin(), list.end(), std::back_inserter(out));
  return out;
}

std::vector<Vec> gridSeeds(const Landscape& landscape, double t, bool thorough) {
  if (landscape.dimension() > 2) return {};
  const double b = landscape.length(t);
  const Components* parts = landscape.target().components();
  const double widest = parts == nullptr ? 0 : std::sqrt(parts->variances.maxCoeff());
  std::vector<Vec> places = dataSeeds(landscape, t);
  places.push_back(landscape.channel(t).signal * landscape.target().mean());
  const Index nodes = thorough ? 160 : 40;
  std::vector<Vec> out = leastOfGrid(landscape, t, places, 3 * b + 4 * widest, nodes);
  for (Vec& seed : loneSeeds(landscape, t)) places.push_back(std::move(seed));
  for (Vec& seed : leastOfGrid(landscape, t, places, b + 6 * widest, nodes))
    out.push_back(std::move(seed));
  return out;
}

}  // namespace separatrix
