#include "core/models/model_target.hpp"

#include "core/numerics/matrix_size.hpp"
#include "core/runtime/control_scope.hpp"
#include "core/runtime/errors.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

/// ∫₀¹ f(u) du ≈ Σ weight_i f(node_i): eight panels of eight nodes.
struct LineRule {
  std::vector<double> nodes, weights;

  LineRule() {
    using Gauss = boost::math::quadrature::gauss<double, 8>;
    constexpr int kPanels = 8;
    for (int panel = 0; panel < kPanels; ++panel)
      for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i)
        for (const double side : {-1.0, 1.0}) {
          nodes.push_back((panel + 0.5 + 0.5 * side * Gauss::abscissa()[i]) / kPanels);
          weights.push_back(0.5 * Gauss::weights()[i] / kPanels);
        }
  }
  Index count() const { return std::ssize(nodes); }
};

const LineRule& lineRule() {
  static const LineRule rule;
  return rule;
}

class ModelTarget final : public Target {
public:
  ModelTarget(std::shared_ptr<const Target> data, std::shared_ptr<const ScoreModel> model)
      : m_data(std::move(data)), m_model(std::move(model)) {}

  Index dimension() const override { return m_data->dimension(); }
  Vec mean() const override { return m_data->mean(); }
  Mat covariance() const override { return m_data->covariance(); }
  double largestVariance() const override { return m_data->largestVariance(); }
  double precision() const override { return std::numeric_limits<float>::epsilon(); }
  bool hasDensity() const override { return false; }

  Posterior posterior(const VecView& x, const Channel& channel) const override {
    const Index d = dimension();
    requireMatrixFits(d, "the Hessian");
    PosteriorBatch here;
    posteriorBatch(x, channel, here);
    Posterior out;
    out.logEvidence = here.logEvidence[0];
    out.score = here.score.col(0);
    out.mean = here.mean.col(0);
    const double a = channel.signal, b = std::sqrt(channel.noiseVariance);
    const double h = differenceStep(channel);
    Mat slope(d, d);  // ∂ε/∂x
    const Index block = std::max<Index>(1, kMostNumbers / (2 * d));
    for (Index first = 0; first < d; first += block) {
      const Index count = std::min(block, d - first);
      Batch around = x.replicate(1, 2 * count);
      for (Index i = 0; i < count; ++i) {
        around(first + i, i) += h;
        around(first + i, count + i) -= h;
      }
      const Batch noise = m_model->noise(around, channel, currentControl());
      slope.middleCols(first, count) = (noise.leftCols(count) - noise.rightCols(count)) / (2 * h);
    }
    out.hessian = -(slope + slope.transpose()) / (2 * b);
    out.covariance = channel.noiseVariance / (a * a) *
                     (channel.noiseVariance * out.hessian + Mat::Identity(d, d));
    return out;
  }

  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override {
    scoreBatch(x, channel, out);
    const double b = std::sqrt(channel.noiseVariance);
    PosteriorBatch origin;
    m_data->posteriorBatch(Batch::Zero(x.rows(), 1), channel, origin);
    out.logEvidence = Vec::Constant(x.cols(), origin.logEvidence[0]);
    const LineRule& rule = lineRule();
    const Index block = std::max<Index>(1, kMostNumbers / (rule.count() * x.rows()));
    for (Index first = 0; first < x.cols(); first += block) {
      const Index count = std::min(block, x.cols() - first);
      Batch line(x.rows(), count * rule.count());
      for (Index i = 0; i < rule.count(); ++i)
        line.middleCols(i * count, count) =
            rule.nodes[static_cast<std::size_t>(i)] * x.middleCols(first, count);
      const Batch along = m_model->noise(line, channel, currentControl());
      for (Index i = 0; i < rule.count(); ++i)
        out.logEvidence.segment(first, count) -= rule.weights[static_cast<std::size_t>(i)] / b *
                                                 along.middleCols(i * count, count)
                                                     .cwiseProduct(x.middleCols(first, count))
                                                     .colwise()
                                                     .sum()
                                                     .transpose();
    }
  }

  void scoreBatch(const BatchView& x, const Channel& channel, ScoreBatch& out) const override {
    const double b = std::sqrt(channel.noiseVariance);
    const Batch noise = m_model->noise(x, channel, currentControl());
    out.score = noise / -b;
    out.mean = (x - b * noise) / channel.signal;
  }

  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override {
    const Batch noise = m_model->noise(x.cast<double>(), channel, currentControl());
    out = (noise / -std::sqrt(channel.noiseVariance)).cast<float>();
  }

  void sample(const Noise& noise, Index first, BatchFOut out) const override {
    m_data->sample(noise, first, out);
  }

  void samplePosterior(const Noise&, Index, Index, const BatchFView&, const Channel&,
                       BatchFOut) const override {
    throw Failure("the model \"" + m_model->name() +
                  "\" gives a score, and no posterior to draw from as this needs; choose another "
                  "sampler than exact, or take the model out of the scene");
  }

private:
  static constexpr Index kMostNumbers = Index{1} << 22;  // in one batch of points, 32 MB

  /// Over which scores change little, yet more than by the model's single precision.
  double differenceStep(const Channel& channel) const {
    constexpr double kShare = 0.02;
    const double b = std::sqrt(channel.noiseVariance);
    const double steepness = channel.signal * std::sqrt(m_data->largestVariance()) / b;
    return kShare * b / std::max(1.0, steepness);
  }

  std::shared_ptr<const Target> m_data;
  std::shared_ptr<const ScoreModel> m_model;
};

}  // namespace

std::unique_ptr<const Target> makeModelTarget(std::shared_ptr<const Target> data,
                                              std::shared_ptr<const ScoreModel> model) {
  return std::make_unique<ModelTarget>(std::move(data), std::move(model));
}

}  // namespace separatrix
