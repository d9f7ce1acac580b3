#include "ui/views/splitting_tree_view.hpp"

#include "core/study/splitting_tree.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/splitting_tree_layout.hpp"

#include <algorithm>
#include <numeric>

namespace separatrix {
namespace {

constexpr std::size_t kNamed = 16;  // leaves; the names of more would cover each other
constexpr std::size_t kTimed = 8;   // joins
constexpr std::size_t kMarked = 40;
constexpr double kBeforeFirst = 1.8;  // times the first parting is shown

/// The place of each component along the first coordinate, as destinations are counted.
std::vector<std::size_t> ranksOf(const Target& target) {
  const Components* parts = target.components();
  std::vector<std::size_t> order(static_cast<std::size_t>(parts->count()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto x0 = [&](std::size_t k) { return parts->means(0, static_cast<Index>(k)); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return x0(a) < x0(b); });
  std::vector<std::size_t> ranks(order.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

}  // namespace

SplittingTreeView::SplittingTreeView(Session& session, QWidget* parent)
    : View(session, "splitting-tree", parent), m_plot(addPlot(tr("Splitting tree"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = tr("components"), .ticks = false});
  CurveStyle style;
  style.colour = ColourRole::timeLine;
  m_trunk = m_plot->addCurve(style);
  const std::vector<ColourRole> palette = destinationPalette();
  for (std::size_t i = 0; i < kColours; ++i) {
    style.colour = palette[i];
    m_leaves[i] = m_plot->addCurve(style);
  }
  MarkerStyle joins;
  joins.shape = MarkerShape::diamond;
  joins.colour = ColourRole::critical;
  joins.size = 7;
  m_joins = m_plot->addMarkers(joins);
  MarkerStyle names;
  names.colour = ColourRole::timeLine;
  names.size = 4;
  m_names = m_plot->addMarkers(names);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);

  onResult("splitting-tree", [this] { showTree(); });
  connect(&session, &Session::timeChanged, this, &SplittingTreeView::showTime);
  connect(m_plot, &Plot::lineDragged, this,
          [this](LineId, double s) { this->session().setTime(s); });
}

std::vector<Demand> SplittingTreeView::demands() const {
  return {{"splitting-tree"}};
}

void SplittingTreeView::showTree() {
  const auto result = session().result<SplittingTree>("splitting-tree");
  const Problem& problem = *session().problem();
  const bool drawable = result && problem.target().components() != nullptr;
  m_plot->setMessage(drawable ? QString() : session().problemOf("splitting-tree"));
  m_plot->setNote(drawable ? QString::fromStdString(result->remark()) : QString());
  const double horizon = problem.process().horizon();
  const std::vector<std::size_t> ranks =
      drawable ? ranksOf(problem.target()) : std::vector<std::size_t>();
  const TreeLayout tree = drawable ? layOut(result->tree, ranks, horizon) : TreeLayout();
  std::array<std::vector<CurvePiece>, kColours> leaves;
  std::vector<CurvePiece> trunk;
  std::vector<PlotMarker> joins, names;
  const bool named = tree.leaves <= kNamed;
  for (const TreeLayout::Node& node : tree.nodes) {
    const CurvePiece level{{node.from, node.to}, {node.place, node.place}};
    if (node.children.empty()) {
      if (node.component < 0) continue;  // not known
      leaves[ranks[static_cast<std::size_t>(node.component)] % kColours].push_back(level);
      if (named) names.push_back({{0, node.place}, QString::number(node.component + 1)});
      continue;
    }
    trunk.push_back(level);
    trunk.push_back(
        {{node.from, node.from},
         {tree.nodes[node.children.front()].place, tree.nodes[node.children.back()].place}});
    joins.push_back({{node.from, node.place}, QString("s = %1").arg(node.from, 0, 'f', 4)});
  }
  // Before the first parting there is nothing to see.
  double end = horizon;
  if (!joins.empty()) {
    const auto later = [](const PlotMarker& a, const PlotMarker& b) {
      return a.position.x() < b.position.x();
    };
    const double first = std::max_element(joins.begin(), joins.end(), later)->position.x();
    if (first > 0) end = std::min(horizon, kBeforeFirst * first);
  }
  if (joins.size() > kMarked) joins.clear();
  if (joins.size() > kTimed)
    for (PlotMarker& each : joins) each.label.clear();
  // Room for the names of the leaves.
  m_plot->setRange(PlotAxis::bottom, {named ? -0.07 * end : 0, end});
  m_plot->setRange(PlotAxis::left, {-0.6, std::max(0.6, static_cast<double>(tree.leaves) - 0.4)});
  for (std::size_t i = 0; i < kColours; ++i) m_plot->setCurves(m_leaves[i], leaves[i]);
  m_plot->setCurves(m_trunk, trunk);
  m_plot->setMarkers(m_joins, joins);
  m_plot->setMarkers(m_names, names);
  showTime();
  announceSummary();
}

/// Before what is shown, at its edge, where it can be taken.
void SplittingTreeView::showTime() {
  m_plot->setLine(m_time, std::min(session().time(), m_plot->range(PlotAxis::bottom).upper));
}

QString SplittingTreeView::summary() const {
  const auto result = session().result<SplittingTree>("splitting-tree");
  if (!result) return tr("No splitting tree to show.");
  const std::vector<Parting>& partings = result->tree.partings;
  if (partings.empty()) return tr("No components part.");
  return tr("%1 partings of components, the first at s = %2, the last at s = %3.")
      .arg(partings.size())
      .arg(partings.front().s, 0, 'g', 4)
      .arg(partings.back().s, 0, 'g', 4);
}

}  // namespace separatrix
