#include "core/runtime/control_scope.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/analysis.hpp"
#include "core/study/basins.hpp"
#include "core/study/bifurcation.hpp"
#include "core/study/cloning.hpp"
#include "core/study/collapse.hpp"
#include "core/study/condensation.hpp"
#include "core/study/covariance.hpp"
#include "core/study/critical_times.hpp"
#include "core/study/denoised.hpp"
#include "core/study/drift_field.hpp"
#include "core/study/excess_entropy.hpp"
#include "core/study/exponents.hpp"
#include "core/study/fate.hpp"
#include "core/study/field_point.hpp"
#include "core/study/fixed_points.hpp"
#include "core/study/flow.hpp"
#include "core/study/hopfield.hpp"
#include "core/study/hysteresis.hpp"
#include "core/study/marginal.hpp"
#include "core/study/memorisation.hpp"
#include "core/study/neighbours.hpp"
#include "core/study/order_parameter.hpp"
#include "core/study/overlap.hpp"
#include "core/study/participation.hpp"
#include "core/study/phase_diagram.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/random_energy.hpp"
#include "core/study/residuals.hpp"
#include "core/study/samples.hpp"
#include "core/study/self_consistency.hpp"
#include "core/study/slice.hpp"
#include "core/study/split_times.hpp"
#include "core/study/splitting_tree.hpp"
#include "core/study/thermodynamics.hpp"
#include "core/study/trajectories.hpp"
#include "core/study/twins.hpp"
#include "core/study/two_temperatures.hpp"

namespace separatrix {
namespace {

/// What is called deep inside an analysis can be stopped with it.
std::vector<Analysis> stoppable(std::vector<Analysis> catalog) {
  for (Analysis& each : catalog) {
    each.run = [run = each.run](const Problem& problem, const Request& request,
                                const RunControl& control) {
      const ControlScope scope(control);
      return run(problem, request, control);
    };
    if (each.runInParts)
      each.runInParts = [run = each.runInParts](const Problem& problem, const Request& request,
                                                const RunControl& control,
                                                const ResultConsumer& consume) {
        const ControlScope scope(control);
        run(problem, request, control, consume);
      };
  }
  return catalog;
}

}  // namespace

const std::vector<Analysis>& analysisCatalog() {
  static const std::vector<Analysis> catalog = stoppable({
      fieldPointAnalysis(),      potentialMapAnalysis(),
      fixedPointsAnalysis(),     bifurcationAnalysis(),
      criticalTimesAnalysis(),   trajectoriesAnalysis(),
      samplesAnalysis(),         driftFieldAnalysis(),
      thermodynamicsAnalysis(),  exponentsAnalysis(),
      randomEnergyAnalysis(),    hopfieldAnalysis(),
      selfConsistencyAnalysis(), orderParameterAnalysis(),
      splittingTreeAnalysis(),   cloningAnalysis(),
      twinsAnalysis(),           flowAnalysis(),
      basinsAnalysis(),          fateAnalysis(),
      marginalAnalysis(),        excessEntropyAnalysis(),
      collapseAnalysis(),        condensationAnalysis(),
      overlapAnalysis(),         phaseDiagramAnalysis(),
      memorisationAnalysis(),    hysteresisAnalysis(),
      participationAnalysis(),   covarianceAnalysis(),
      neighboursAnalysis(),      twoTemperaturesAnalysis(),
      sliceAnalysis(),           circulationAnalysis(),
      denoisedAnalysis(),        splitTimesAnalysis(),
      residualsAnalysis(),
  });
  return catalog;
}

const Analysis& findAnalysis(const std::string& id) {
  for (const Analysis& analysis : analysisCatalog())
    if (analysis.id == id) return analysis;
  throw InvalidInput("analysis", "\"" + id + "\" is not known");
}

}  // namespace separatrix
