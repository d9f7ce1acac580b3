#pragma once

#include <Eigen/Core>

/// The array types of the whole core. A batch of P points in R^d is d × P and row-major, so that
/// each coordinate is contiguous over the points.
namespace separatrix {

using Index = Eigen::Index;
using Vec = Eigen::VectorXd;
using Mat = Eigen::MatrixXd;
using VecView = Eigen::Ref<const Vec>;
using Batch = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using BatchF = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using BatchView = Eigen::Ref<const Batch, 0, Eigen::OuterStride<>>;
using BatchOut = Eigen::Ref<Batch, 0, Eigen::OuterStride<>>;
using BatchFView = Eigen::Ref<const BatchF, 0, Eigen::OuterStride<>>;
using BatchFOut = Eigen::Ref<BatchF, 0, Eigen::OuterStride<>>;

}  // namespace separatrix
