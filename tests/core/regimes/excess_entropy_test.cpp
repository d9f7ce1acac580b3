#include "core/regimes/excess_entropy.hpp"

#include "core/processes/vp_constant.hpp"
#include "core/regimes/two_classes.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class ExcessEntropyTest : public QObject {
  Q_OBJECT

private slots:
  // theory.json: both forms and t_C, at 40 digits.
  void referenceValues() {
    for (const Json& entry : reference().at("collapse")) {
      const Json scene = {{"separatrix", 1},
                          {"target",
                           {{"kind", "two-gaussians"},
                            {"dimension", entry.at("dimension")},
                            {"mu_tilde", entry.at("mu_tilde")},
                            {"sigma2", entry.at("sigma2")}}},
                          {"process", parseJson(kVpConstant, "process")}};
      const ProblemPtr problem = problemOf(scene);
      const ExcessEntropyCurve curve(problem->target());
      const double points = entry.at("points");
      const double alpha = std::log(points) / entry.at("dimension").get<double>();
      for (const Json& at : entry.at("excess_entropy_over_alpha")) {
        const Channel channel = problem->process().channel(at.at("t"));
        QVERIFY(agrees("leading", *curve.leading(channel, points) / alpha, at.at("value"), 1e-9));
        QVERIFY(agrees("exact", *curve.exact(channel, points) / alpha, at.at("exact"), 1e-9));
      }
      const TwoClasses model = twoClassesOf(problem->target(), "the test");
      const double collapse = collapseLogTime(model, alpha);
      QVERIFY(agrees("t_C", collapse, entry.at("t_C"), 1e-12));
      QVERIFY(std::abs(*curve.leading(problem->process().channel(collapse), points)) < 1e-12);
    }
  }

  // One Gaussian has no classes to know of: both forms are the same, and that of its entropy.
  void oneGaussian() {
    const GaussianMixture one(Components{Mat::Zero(3, 1), Vec::Ones(1), Vec::Constant(1, 0.4)});
    const ExcessEntropyCurve curve(one);
    const Channel channel{0.8, 0.36};
    const double separate = std::log(50.0) / 3 + 0.5 * std::log(0.36);
    const double whole = 0.5 * std::log(0.64 * 0.4 + 0.36);
    QVERIFY(agrees("f", *curve.exact(channel, 50), separate - whole, 1e-12));
    QVERIFY(agrees("f", *curve.leading(channel, 50), separate - whole, 1e-12));
  }

  void unknownIsNone() {
    const GaussianMixture points(
        Components{Mat::Identity(2, 2), Vec::Constant(2, 0.5), Vec::Zero(2)});
    QVERIFY(!ExcessEntropyCurve(points).leading({0.8, 0.36}, 50));
    Components three{Mat::Identity(3, 3), Vec::Constant(3, 1.0 / 3), Vec::Ones(3)};
    const GaussianMixture plane(three);
    QVERIFY(ExcessEntropyCurve(plane).leading({0.8, 0.36}, 50));
    QVERIFY(!ExcessEntropyCurve(plane).exact({0.8, 0.36}, 50));
  }
};

QTEST_APPLESS_MAIN(ExcessEntropyTest)
#include "excess_entropy_test.moc"
