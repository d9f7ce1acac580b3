#include "core/fields/diffused_field.hpp"

#include "core/fields/extent.hpp"
#include "core/fields/potential.hpp"
#include "core/processes/time_axis.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class DiffusedFieldTest : public QObject {
  Q_OBJECT

private slots:
  void batchOfAnySizeEqualsPoints();
  void solvesTheFokkerPlanckEquation();
  void refusesTimesOutsideTheProcess();
  void potentialsAreTheirDefinitions();
  void potentialGradientIsConsistent();
  void extentHoldsDataAndNoise();
};

void DiffusedFieldTest::batchOfAnySizeEqualsPoints() {
  const ProblemPtr problem = presetProblem("asymmetric");
  const DiffusedField field(problem->target(), problem->process(), 0.3);
  for (const Index count : {0, 1, 255, 256, 257, 1000}) {
    Batch x(1, count);
    for (Index p = 0; p < count; ++p) x(0, p) = -3 + 0.006 * static_cast<double>(p);
    const PosteriorBatch batch = field.batch(x);
    QCOMPARE(batch.logEvidence.size(), count);
    for (Index p = 0; p < count; p += 37) {
      const Posterior at = field.at(x.col(p));
      QVERIFY(agrees("log p", batch.logEvidence[p], at.logEvidence, 1e-13, 1));
      QVERIFY(agrees("score", batch.score(0, p), at.score[0], 1e-12, 1));
    }
  }
}

// ∂p/∂s = −f ∂(x p)/∂x + ½g² ∂²p/∂x², in terms of log p: what makes p(x, s) a diffusion at all.
void DiffusedFieldTest::solvesTheFokkerPlanckEquation() {
  for (const char* name : {"asymmetric", "two-deltas-brownian", "unequal-deltas"}) {
    const ProblemPtr problem = presetProblem(name);
    const ForwardProcess& process = problem->process();
    for (const double u : {0.2, 0.5, 0.9})
      for (const double x : {-1.3, 0.1, 2.0}) {
        const double s = u * process.horizon();
        const double h = 1e-4 * s;
        const Vec point = Vec::Constant(1, x);
        const auto logDensity = [&](double t) {
          return DiffusedField(problem->target(), process, t).at(point).logEvidence;
        };
        const double rate = (8 * (logDensity(s + h) - logDensity(s - h)) -
                             (logDensity(s + 2 * h) - logDensity(s - 2 * h))) /
                            (12 * h);
        const Posterior p = DiffusedField(problem->target(), process, s).at(point);
        const double expected =
            -process.drift(s) * (1 + x * p.score[0]) +
            0.5 * process.diffusion(s) * (p.hessian(0, 0) + p.score[0] * p.score[0]);
        QVERIFY(agrees("∂ log p/∂s", rate, expected, 1e-7, 1));
      }
  }
}

void DiffusedFieldTest::refusesTimesOutsideTheProcess() {
  const ProblemPtr deltas = presetProblem("two-deltas");
  const ProblemPtr smooth = presetProblem("gaussian-mixture");
  const auto with = [](const ProblemPtr& problem, double s) {
    return refusal([&] { DiffusedField(problem->target(), problem->process(), s); });
  };
  QVERIFY(contains(with(deltas, 0), "time: "));
  QVERIFY(with(smooth, 0).empty());
  QVERIFY(with(deltas, 1e-6).empty());
  QVERIFY(with(deltas, 1).empty());
  QVERIFY(contains(with(deltas, 0.99e-6), "time: "));
  QVERIFY(contains(with(deltas, 1.0001), "time: 1.0001"));
  QVERIFY(contains(with(smooth, -0.1), "time: -0.1"));
  QVERIFY(!with(deltas, std::nan("")).empty());
}

// A and B of the table of theory §3.
void DiffusedFieldTest::potentialsAreTheirDefinitions() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const double s = 0.4, beta = 0.1 + 19.9 * 0.4, lambda = 0.5;
  const double b2 = 1 - std::exp(-(0.1 * s + 0.5 * 19.9 * s * s));
  const auto check = [&](const char* id, double A, double B) {
    for (const PotentialInfo& info : potentialCatalog()) {
      if (info.id != id) continue;
      const Potential U = makePotential(info.kind, problem->process(), s, lambda);
      return agrees("A", U.scoreWeight, A, 1e-13) && agrees("B", U.radialWeight, B, 1e-13);
    }
    return false;
  };
  QVERIFY(check("sde", beta, -beta / 2));
  QVERIFY(check("ode", beta / 2, -beta / 2));
  QVERIFY(check("free-energy", b2, 0));
  QVERIFY(check("energy", 1, 0));
  QVERIFY(check("drift", 0.5 * 1.25 * beta, -beta / 2));
  const auto weights = [&](PotentialKind kind, double l) {
    return makePotential(kind, problem->process(), s, l).scoreWeight;
  };
  QCOMPARE(weights(PotentialKind::drift, 1), weights(PotentialKind::sde, 0));
  QCOMPARE(weights(PotentialKind::drift, 0), weights(PotentialKind::ode, 1));
  QCOMPARE(potentialInfo(PotentialKind::freeEnergy).id, std::string("free-energy"));
}

void DiffusedFieldTest::potentialGradientIsConsistent() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const DiffusedField field(problem->target(), problem->process(), 0.6);
  Vec x(2);
  x << 0.4, -0.3;
  for (const PotentialInfo& info : potentialCatalog()) {
    const Potential U = makePotential(info.kind, problem->process(), 0.6, 0.7);
    const auto value = [&](const Vec& y) {
      return U.value(field.at(y).logEvidence, y.squaredNorm());
    };
    const auto gradient = [&](const Vec& y) { return U.gradient(y, field.at(y).score); };
    const Mat hessian = U.hessian(field.at(x).hessian);
    for (Index i = 0; i < 2; ++i) {
      const Vec h = 1e-5 * Vec::Unit(2, i);
      QVERIFY(agrees("∂U", (value(x + h) - value(x - h)) / 2e-5, gradient(x)[i], 1e-8, 1));
      const Vec column = (gradient(x + h) - gradient(x - h)) / 2e-5;
      QVERIFY((column - hessian.col(i)).norm() < 1e-8);
    }
  }
}

void DiffusedFieldTest::extentHoldsDataAndNoise() {
  for (const NamedDocument& preset : presets()) {
    const ProblemPtr problem = presetProblem(preset.name);
    const Index shown = std::min<Index>(problem->target().dimension(), 5);
    const auto axes = naturalExtent(problem->target(), problem->process(),
                                    Mat::Identity(problem->target().dimension(), shown), 50);
    QCOMPARE(static_cast<Index>(axes.size()), shown);
    const Channel end = problem->process().channel(problem->process().horizon());
    for (std::size_t i = 0; i < axes.size(); ++i) {
      QCOMPARE(axes[i].count, Index{50});
      const double reach = 2.9 * std::sqrt(end.noiseVariance);
      QVERIFY(axes[i].from < -reach && axes[i].to > reach);
      const auto coordinate = static_cast<Index>(i);
      if (const Components* parts = problem->target().components()) {
        QVERIFY(axes[i].from < parts->means.row(coordinate).minCoeff());
        QVERIFY(axes[i].to > parts->means.row(coordinate).maxCoeff());
      }
      BatchF data(problem->target().dimension(), 100);
      problem->target().sample(Noise(1), 0, data);
      const Eigen::ArrayXd seen = data.row(coordinate).cast<double>();
      const Index within = (seen > axes[i].from && seen < axes[i].to).count();
      QVERIFY(within >= 97);  // beyond three deviations: 0.3 of 100
      QCOMPARE(axes[i].at(0), axes[i].from);
      QCOMPARE(axes[i].at(49), axes[i].to);
    }
  }
}

QTEST_APPLESS_MAIN(DiffusedFieldTest)
#include "diffused_field_test.moc"
