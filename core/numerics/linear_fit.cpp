#include "core/numerics/linear_fit.hpp"

#include <Eigen/QR>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>

namespace separatrix {

Estimate fittedCoefficient(const Mat& X, const Vec& y, Index which) {
  const Eigen::ColPivHouseholderQR<Mat> factors(X);
  const Vec c = factors.solve(y);
  const auto freedom = static_cast<double>(X.rows() - X.cols());
  const double variance = (y - X * c).squaredNorm() / freedom;
  // The row of the pseudo-inverse says how errors of y reach the coefficient.
  const Mat inverse = factors.solve(Mat::Identity(X.rows(), X.rows()));
  const double error = inverse.row(which).norm() * std::sqrt(variance);
  const double reach = error * boost::math::quantile(boost::math::students_t(freedom), 0.975);
  return {c[which], c[which] - reach, c[which] + reach};
}

}  // namespace separatrix
