#include "ui/views/bifurcation_view.hpp"
#include "ui/views/landscape_view.hpp"
#include "ui/views/self_consistency_view.hpp"
#include "ui/views/spectrum_view.hpp"
#include "ui/views/splitting_tree_view.hpp"
#include "ui/views/trajectories_view.hpp"
#include "ui/views/twins_view.hpp"
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
      {"twins", "Twins on one path", [](Session& s) { return new TwinsView(s); }},
  };
  return catalog;
}

}  // namespace separatrix
