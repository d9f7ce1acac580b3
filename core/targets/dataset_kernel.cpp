#include "core/targets/dataset_kernel.hpp"

#include "core/targets/dataset_weights.hpp"

#include <oneapi/dnnl/dnnl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

// From OpenMP, which oneDNN runs on; its header comes with a compiler, not with the library.
extern "C" void omp_set_num_threads(int);

namespace separatrix {
namespace {

constexpr Index kBlock = WeightBlock::kBlock;
constexpr Index kColumns = WeightBlock::kColumns;
static_assert(kColumns == DatasetKernel::kTile);
constexpr double kNeglectedWeight = 1e-12;  // of all components together
constexpr double kRoundedWeight = 1e-6;     // of those left in single where its errors are large
constexpr float kHeavyWeight = 1.0F / 8;    // of one that is not left where they are small
constexpr double kLargestExponent = 16;     // of a weight, before its reference is raised
constexpr float kInfinity = std::numeric_limits<float>::infinity();

using Row = std::array<float, kColumns>;

constexpr Row rowOf(float value) {
  Row out{};
  for (float& entry : out) entry = value;
  return out;
}

Eigen::Map<Eigen::Array<float, 1, kColumns>> asArray(Row& row) {
  return Eigen::Map<Eigen::Array<float, 1, kColumns>>(row.data());
}

/// C ← αAB + βC, rows × kColumns, on this thread alone: TBB's workers already are as many as there
/// are cores.
void multiply(char transposed, Index rows, Index depth, float alpha, const float* A, Index stride,
              const float* B, float beta, float* C) {
  thread_local const bool alone = (omp_set_num_threads(1), true);
  static_cast<void>(alone);
  dnnl_sgemm(transposed, 'N', rows, kColumns, depth, alpha, A, stride, B, kColumns, beta, C,
             kColumns);
}

}  // namespace

/// kColumns points, the last ones zero where there are fewer. Exponents are in units of V, less
/// the part that all components share: q_k = a ξ·m_k − a²|m_k|²/2 + V log w_k with the centred
/// ξ = x − ac, m_k = μ_k − c.
struct DatasetKernel::Tile {
  explicit Tile(Index dimension, double variance)
      : V(variance),
        x(dimension, kColumns),
        weightedSum(BatchF::Zero(dimension, kColumns)),
        products(kBlock, kColumns),
        found(kBlock * kColumns) {}

  double V;
  BatchF x;            // ξ
  BatchF weightedSum;  // Σ w_k m_k
  BatchF products;
  Row largest = rowOf(-kInfinity);                     // q so far
  Row reference = rowOf(-kInfinity);                   // weights are exp((q − reference)/V)
  Row totals{};                                        // of all weights
  std::array<double, kColumns> sums{};                 // of those in weightedSum
  std::array<double, kColumns> squares{};              // |ξ|²
  std::array<double, kColumns> neglected{}, margin{};  // how far below the largest q
  std::array<bool, kColumns> uncertain{};
  struct Candidate {
    Index component;
    float exponent;  // q; infinite if unknown
  };
  std::array<std::vector<Candidate>, kColumns> candidates;
  Eigen::VectorXi found;  // room for WeightBlock's

  void raiseReferences();
  void takeCandidates(Index first, const WeightBlock& block);
};

void DatasetKernel::Tile::raiseReferences() {
  Row factors = rowOf(1);
  bool changed = false;
  for (std::size_t p = 0; p < factors.size(); ++p) {
    const double rise = (static_cast<double>(largest[p]) - reference[p]) / V;
    if (!(rise > kLargestExponent)) continue;
    factors[p] = static_cast<float>(std::exp(-rise));
    sums[p] *= factors[p];
    totals[p] *= factors[p];
    reference[p] = largest[p];
    changed = true;
  }
  if (changed) weightedSum.array().rowwise() *= asArray(factors);
}

/// Out of the block's weights and sums; `first` is its first component.
void DatasetKernel::Tile::takeCandidates(Index first, const WeightBlock& block) {
  std::array<bool, kColumns> taken{};
  for (int i = 0; i < block.foundCount; ++i) {
    const int place = block.found[i];
    const auto p = static_cast<std::size_t>(place % kColumns);
    float& value = block.products[place];
    candidates[p].push_back({first + place / kColumns, uncertain[p] ? value : kInfinity});
    taken[p] = true;
    value = 0;
  }
  for (std::size_t p = 0; p < taken.size(); ++p)
    if (taken[p]) block.sums[p] = products.col(static_cast<Index>(p)).sum();
}

bool DatasetKernel::suits(Index components, Index dimension) {
  constexpr Index kLeastComponents = kBlock, kLeastDimension = 32, kLeastNumbers = 32768;
  return components >= kLeastComponents && dimension >= kLeastDimension &&
         components * dimension >= kLeastNumbers;
}

bool DatasetKernel::hasEqualVariances(const Components& parts) {
  return parts.variances.minCoeff() == parts.variances.maxCoeff();
}

DatasetKernel::DatasetKernel(const Components& parts)
    : m_parts(parts),
      m_centre(parts.means.rowwise().mean()),
      m_points(BatchF::Zero((parts.count() + kBlock - 1) / kBlock * kBlock, parts.means.rows())),
      m_logWeights(parts.weights.array().log()) {
  for (Index k = 0; k < parts.count(); ++k)
    m_points.row(k) = (parts.means.col(k) - m_centre).cast<float>();
  m_halfSquares.resize(parts.count());
  for (Index k = 0; k < parts.count(); ++k)
    m_halfSquares[k] = 0.5 * m_points.row(k).cast<double>().squaredNorm();
  m_largestNorm = std::sqrt(2 * m_halfSquares.maxCoeff());
  m_largestLogWeight = m_logWeights.cwiseAbs().maxCoeff();
}

void DatasetKernel::centre(const BatchFView& x, const Channel& channel, Tile& tile) const {
  using Doubles = Eigen::Array<double, 1, kColumns>;
  Doubles squares = Doubles::Zero();
  const Index count = x.cols();
  for (Index i = 0; i < x.rows(); ++i) {
    const double shift = channel.signal * m_centre[i];
    tile.x.row(i).head(count) = (x.row(i).cast<double>().array() - shift).cast<float>();
    tile.x.row(i).tail(kColumns - count).setZero();
    squares += tile.x.row(i).cast<double>().array().square();
  }
  std::copy(squares.begin(), squares.end(), tile.squares.begin());
}

/// |error of q| ≤ δ = γ_{d+8} a|ξ||m| + 3u a²|m|² + 2uV|log w|: a sum of d rounded products in any
/// order, with the roundings of ξ, m, a and the offset, u = 2⁻²⁴, γ_n = nu/(1 − nu).
void DatasetKernel::setMargins(const Channel& channel, Tile& tile) const {
  constexpr double u = 0x1p-24;
  const double a = std::abs(channel.signal);
  const double terms = u * static_cast<double>(m_points.cols() + 8);
  const double certain = kCertainError * std::sqrt(static_cast<double>(m_points.cols()));
  const auto count = static_cast<double>(m_parts.count());
  for (std::size_t p = 0; p < tile.squares.size(); ++p) {
    const double extent = a * m_largestNorm;
    const double error = terms / (1 - terms) * extent * std::sqrt(tile.squares[p]) +
                         u * (3 * extent * extent + 2 * tile.V * m_largestLogWeight);
    const double mistaken = std::min(1.0, std::expm1(std::min(1.0, 2 * error / tile.V)));
    tile.uncertain[p] = error > certain * tile.V;
    tile.margin[p] = 2 * error + tile.V * std::log1p(count * mistaken / kRoundedWeight);
    tile.neglected[p] = 2 * error + tile.V * std::log(count / kNeglectedWeight);
  }
}

void DatasetKernel::weighBlock(Index block, const Channel& channel, Tile& tile) const {
  const Index d = m_points.cols();
  const Index first = block * kBlock;
  const float* const points = m_points.row(first).data();
  multiply('N', kBlock, d, static_cast<float>(channel.signal), points, d, tile.x.data(), 0,
           tile.products.data());

  std::array<float, kBlock> offsets{};
  for (Index j = 0; j < kBlock; ++j) {
    const Index k = first + j;
    offsets[static_cast<std::size_t>(j)] =
        k >= m_parts.count()
            ? kInfinity
            : static_cast<float>(channel.signal * channel.signal * m_halfSquares[k] -
                                 tile.V * m_logWeights[k]);
  }
  WeightBlock weights;
  Row least{}, candidate{}, heavy{}, sums{};
  weights.products = tile.products.data();
  weights.offsets = offsets.data();
  weights.reference = tile.reference.data();
  weights.least = least.data();
  weights.candidate = candidate.data();
  weights.inverseV = static_cast<float>(1 / tile.V);
  weights.sums = sums.data();
  weights.found = tile.found.data();
  raiseMaxima(weights, tile.largest.data());
  tile.raiseReferences();
  for (std::size_t p = 0; p < sums.size(); ++p) {
    const double largest = tile.largest[p];
    least[p] = static_cast<float>(largest - tile.neglected[p]);
    candidate[p] = tile.uncertain[p] ? static_cast<float>(largest - tile.margin[p]) : kInfinity;
  }
  weigh(weights);
  for (std::size_t p = 0; p < sums.size(); ++p) {
    tile.totals[p] += sums[p];
    const bool sought = !tile.uncertain[p] && tile.totals[p] > 0;
    heavy[p] = sought ? kHeavyWeight * tile.totals[p] : kInfinity;
  }
  findHeavy(weights, heavy.data());
  tile.takeCandidates(first, weights);

  bool present = false;
  for (std::size_t p = 0; p < sums.size(); ++p) {
    tile.sums[p] += sums[p];
    present = present || sums[p] != 0;
  }
  if (present)
    multiply('T', d, kBlock, 1, points, d, tile.products.data(), 1, tile.weightedSum.data());
}

/// The candidates in double precision, with what the others have in single.
void DatasetKernel::refine(Index p, const BatchFView& x, const Channel& channel, Tile& tile,
                           BatchFOut out) const {
  const auto at = static_cast<std::size_t>(p);
  std::vector<Index> candidates;
  for (const auto& [k, exponent] : tile.candidates[at])
    if (!(exponent < tile.largest[at] - tile.neglected[at])) candidates.push_back(k);
  const double a = channel.signal;
  const Vec point = x.col(p).cast<double>();
  Vec exponents(std::ssize(candidates));
  for (Index j = 0; j < exponents.size(); ++j) {
    const Index k = candidates[static_cast<std::size_t>(j)];
    exponents[j] = -(point - a * m_parts.means.col(k)).squaredNorm() / (2 * tile.V);
  }
  // Apart, so that the weights of components equally far keep all their digits.
  const double nearest = exponents.maxCoeff();
  exponents.array() -= nearest;
  for (Index j = 0; j < exponents.size(); ++j)
    exponents[j] += m_logWeights[candidates[static_cast<std::size_t>(j)]];
  const double largest = exponents.maxCoeff();
  exponents.array() -= largest;

  Vec sum = Vec::Zero(point.size());
  double total = 0;
  if (tile.sums[at] != 0) {
    const double shared = (tile.reference[at] - 0.5 * tile.squares[at]) / tile.V - nearest;
    const double scale = std::exp(shared - largest);
    total = scale * tile.sums[at];
    sum += scale * a * tile.weightedSum.col(p).cast<double>();
    sum -= total * tile.x.col(p).cast<double>();
  }
  for (Index j = 0; j < exponents.size(); ++j) {
    const double weight = std::exp(exponents[j]);
    if (weight == 0) continue;
    total += weight;
    sum += weight * (a * m_parts.means.col(candidates[static_cast<std::size_t>(j)]) - point);
  }
  out.col(p) = (sum / (total * tile.V)).cast<float>();
}

void DatasetKernel::scores(const BatchFView& x, const Channel& channel, BatchFOut out) const {
  const double a = channel.signal;
  const double V = a * a * m_parts.variances[0] + channel.noiseVariance;
  for (Index first = 0; first < x.cols(); first += kColumns) {
    const Index count = std::min(kColumns, x.cols() - first);
    const auto part = x.middleCols(first, count);
    Tile tile(x.rows(), V);
    centre(part, channel, tile);
    setMargins(channel, tile);
    for (Index block = 0; block < m_points.rows() / kBlock; ++block)
      weighBlock(block, channel, tile);

    Row scales{};
    for (std::size_t p = 0; p < scales.size(); ++p)
      scales[p] = static_cast<float>(a / tile.sums[p]);
    const auto scale = asArray(scales).head(count);
    const auto inverse = static_cast<float>(1 / V);
    for (Index i = 0; i < x.rows(); ++i)
      out.row(i).segment(first, count) = (tile.weightedSum.row(i).head(count).array() * scale -
                                          tile.x.row(i).head(count).array()) *
                                         inverse;
    for (Index p = 0; p < count; ++p)
      if (!tile.candidates[static_cast<std::size_t>(p)].empty())
        refine(p, part, channel, tile, out.middleCols(first, count));
  }
}

}  // namespace separatrix
