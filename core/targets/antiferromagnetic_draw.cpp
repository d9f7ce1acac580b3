#include "core/numerics/log_sum_exp.hpp"
#include "core/targets/independent_spins.hpp"
#include "core/targets/spin_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace separatrix {
namespace {

/// P(n of the spins i, i + 1, … are up) of independent spins, for all i; what lies more than ten
/// standard deviations from the mean is left out.
class SuffixCounts {
public:
  explicit SuffixCounts(const Eigen::ArrayXd& up) : m_size(up.size()), m_rows(up.size() + 1) {
    m_rows.back() = {0, {1}};
    double mean = 0, variance = 0;
    for (Index i = m_size - 1; i >= 0; --i) {
      mean += up[i];
      variance += up[i] * (1 - up[i]);
      const double reach = 10 * std::sqrt(variance) + 10;
      const auto low = static_cast<Index>(std::max(0.0, std::floor(mean - reach)));
      const Index high = std::min(m_size - i, static_cast<Index>(std::ceil(mean + reach)));
      Row row{low, std::vector<double>(static_cast<std::size_t>(high - low + 1))};
      for (Index n = low; n <= high; ++n)
        row.values[static_cast<std::size_t>(n - low)] =
            up[i] * (*this)(i + 1, n - 1) + (1 - up[i]) * (*this)(i + 1, n);
      m_rows[static_cast<std::size_t>(i)] = std::move(row);
    }
  }

  double operator()(Index i, Index n) const {
    const Row& row = m_rows[static_cast<std::size_t>(i)];
    const Index at = n - row.low;
    if (at < 0 || at >= std::ssize(row.values)) return 0;
    return row.values[static_cast<std::size_t>(at)];
  }

private:
  struct Row {
    Index low = 0;
    std::vector<double> values;
  };
  Index m_size;
  std::vector<Row> m_rows;
};

}  // namespace

Eigen::ArrayXf drawAntiferromagnet(const VecView& fields, double K,
                                   const std::function<double(Index n)>& uniform) {
  const Index size = fields.size();
  const double best = bestMagnetisation(fields, K);
  const IndependentSpins spins(fields, K * best);
  const Eigen::ArrayXd up = (spins.preferred > 0).select(1 - spins.flips, spins.flips);
  const SuffixCounts counts(up);
  // The Gaussian K(M − best)²/2 over the independent spins' law of M.
  Eigen::ArrayXd law(size + 1);
  for (Index n = 0; n <= size; ++n) {
    const double beyond = static_cast<double>(2 * n - size) - best;
    law[n] = std::log(counts(0, n)) + 0.5 * K * beyond * beyond;
  }
  softmaxInPlace(law);
  double left = uniform(size);
  Index ups = 0;
  while (ups < size && (left -= law[ups]) >= 0) ++ups;
  Eigen::ArrayXf out(size);
  for (Index i = 0; i < size; ++i) {
    const double isUp = up[i] * counts(i + 1, ups - 1);
    const bool chosen = uniform(i) * (isUp + (1 - up[i]) * counts(i + 1, ups)) < isUp;
    out[i] = chosen ? 1.F : -1.F;
    ups -= chosen ? 1 : 0;
  }
  return out;
}

}  // namespace separatrix
