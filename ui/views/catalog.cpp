#include "ui/views/bifurcation_view.hpp"
#include "ui/views/cloning_view.hpp"
#include "ui/views/collapse_view.hpp"
#include "ui/views/condensation_view.hpp"
#include "ui/views/covariance_view.hpp"
#include "ui/views/denoised_view.hpp"
#include "ui/views/excess_entropy_view.hpp"
#include "ui/views/exponents_view.hpp"
#include "ui/views/free_energies_view.hpp"
#include "ui/views/free_energy_maps_view.hpp"
#include "ui/views/hopfield_view.hpp"
#include "ui/views/hysteresis_view.hpp"
#include "ui/views/images_view.hpp"
#include "ui/views/landscape_view.hpp"
#include "ui/views/marginal_view.hpp"
#include "ui/views/memorisation_view.hpp"
#include "ui/views/model_checks_view.hpp"
#include "ui/views/nearest_view.hpp"
#include "ui/views/order_parameter_view.hpp"
#include "ui/views/overlap_view.hpp"
#include "ui/views/participation_view.hpp"
#include "ui/views/phase_diagram_view.hpp"
#include "ui/views/self_consistency_view.hpp"
#include "ui/views/slice_view.hpp"
#include "ui/views/spectrum_view.hpp"
#include "ui/views/splitting_tree_view.hpp"
#include "ui/views/susceptibility_view.hpp"
#include "ui/views/trajectories_view.hpp"
#include "ui/views/twins_view.hpp"
#include "ui/views/two_temperatures_view.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

const std::vector<ViewKind>& viewCatalog() {
  static const std::vector<ViewKind> catalog = {
      {"landscape", "Potential and density", [](Session& s) { return new LandscapeView(s); }},
      {"trajectories", "Trajectories", [](Session& s) { return new TrajectoriesView(s); }},
      {"bifurcation", "Fixed points", [](Session& s) { return new BifurcationView(s); }},
      {"spectrum", "Spectrum", [](Session& s) { return new SpectrumView(s); }},
      {"self-consistency", "Self-consistency",
       [](Session& s) { return new SelfConsistencyView(s); }},
      {"splitting-tree", "Splitting tree", [](Session& s) { return new SplittingTreeView(s); }},
      {"marginal", "Density over time", [](Session& s) { return new MarginalView(s); }},
      {"twins", "Twins on one path", [](Session& s) { return new TwinsView(s); }},
      {"overlap", "Overlap potential", [](Session& s) { return new OverlapView(s); }},
      {"cloning", "Same class (cloning)", [](Session& s) { return new CloningView(s); }},
      {"collapse", "Same class, same point", [](Session& s) { return new CollapseView(s); }},
      {"excess-entropy", "Excess entropy", [](Session& s) { return new ExcessEntropyView(s); }},
      {"condensation", "Condensation", [](Session& s) { return new CondensationView(s); }},
      {"phase-diagram", "Phase diagram", [](Session& s) { return new PhaseDiagramView(s); }},
      {"order-parameter", "Order parameter", [](Session& s) { return new OrderParameterView(s); }},
      {"free-energies", "Free energies", [](Session& s) { return new FreeEnergiesView(s); }},
      {"susceptibility", "Susceptibility", [](Session& s) { return new SusceptibilityView(s); }},
      {"free-energy-maps", "Free energy at four times",
       [](Session& s) { return new FreeEnergyMapsView(s); }},
      {"hysteresis", "Hysteresis", [](Session& s) { return new HysteresisView(s); }},
      {"exponents", "Critical exponents", [](Session& s) { return new ExponentsView(s); }},
      {"participation", "Participation ratio", [](Session& s) { return new ParticipationView(s); }},
      {"covariance", "Covariance", [](Session& s) { return new CovarianceView(s); }},
      {"memorisation", "Collapse times", [](Session& s) { return new MemorisationView(s); }},
      {"nearest", "Nearest data point", [](Session& s) { return new NearestView(s); }},
      {"images", "Images", [](Session& s) { return new ImagesView(s); }},
      {"two-temperatures", "Spins of two temperatures",
       [](Session& s) { return new TwoTemperaturesView(s); }},
      {"slice", "Potential between two points", [](Session& s) { return new SliceView(s); }},
      {"slice-map", "Potential between two points over time",
       [](Session& s) { return new SliceMapView(s); }},
      {"pair", "Two images", [](Session& s) { return new PairView(s); }},
      {"denoised", "Denoised prediction", [](Session& s) { return new DenoisedView(s); }},
      {"split-times", "Split times", [](Session& s) { return new SplitTimesView(s); }},
      {"circulation", "Circulation", [](Session& s) { return new CirculationView(s); }},
      {"residuals", "Predicted noise", [](Session& s) { return new ResidualsView(s); }},
      {"hopfield", "Hopfield energy", [](Session& s) { return new HopfieldView(s); }},
  };
  return catalog;
}

}  // namespace separatrix
