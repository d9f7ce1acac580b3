#include "ui/views/splitting_tree_view.hpp"

#include "core/study/splitting_tree.hpp"
#include "core/study/trajectories.hpp"

#include <algorithm>
#include <set>

namespace separatrix {
namespace {

constexpr std::size_t kLabelled = 12;  // more labels would cover each other
constexpr double kMargin = 0.06;       // of the horizon, for the labels of the leaves

/// The height of each component: wells that part late lie together, so that no lines cross.
std::vector<double> heightsOf(const WellTree& tree, Index count) {
  std::vector<std::vector<Index>> groups(static_cast<std::size_t>(count));
  std::vector<std::size_t> groupOf(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < groups.size(); ++k) {
    groups[k] = {static_cast<Index>(k)};
    groupOf[k] = k;
  }
  std::vector<Parting> rising(tree.partings.rbegin(), tree.partings.rend());
  for (const Parting& parting : rising) {
    const std::size_t into = groupOf[static_cast<std::size_t>(parting.from)];
    const std::size_t gone = groupOf[static_cast<std::size_t>(parting.component)];
    if (into == gone) continue;
    for (const Index member : groups[gone]) {
      groupOf[static_cast<std::size_t>(member)] = into;
      groups[into].push_back(member);
    }
    groups[gone].clear();
  }
  std::vector<double> out(static_cast<std::size_t>(count));
  double height = 0;
  for (const auto& group : groups)
    for (const Index member : group) out[static_cast<std::size_t>(member)] = height++;
  return out;
}

/// The colour of each component, as its destination has.
std::vector<std::size_t> coloursOf(const Components& parts, std::size_t colours) {
  std::vector<std::size_t> out;
  for (const std::uint8_t rank : destinationRanks(parts)) out.push_back(rank % colours);
  return out;
}

}  // namespace

SplittingTreeView::SplittingTreeView(Session& session, QWidget* parent)
    : View(session, "splitting-tree", parent), m_plot(addPlot(tr("Tree of symmetry breaking"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = tr("components")});
  for (std::size_t k = 0; k < kColours; ++k) {
    CurveStyle style;
    style.colour = seriesRole(static_cast<int>(k));
    style.width = 2;
    m_lines[k] = m_plot->addCurve(style);
    MarkerStyle leaf;
    leaf.colour = style.colour;
    leaf.size = 7;
    m_leaves[k] = m_plot->addMarkers(leaf);
  }
  MarkerStyle partings;
  partings.shape = MarkerShape::diamond;
  partings.colour = ColourRole::critical;
  partings.size = 10;
  m_partings = m_plot->addMarkers(partings);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(false);
  onResult("splitting-tree", [this] { showTree(); });
  connect(&session, &Session::timeChanged, this, [this](double s) { m_plot->setLine(m_time, s); });
  connect(m_plot, &Plot::lineDragged, this,
          [this](LineId, double s) { this->session().setTime(s); });
}

void SplittingTreeView::showTree() {
  const auto found = session().result<SplittingTree>("splitting-tree");
  m_plot->setMessage(session().problemOf("splitting-tree"));
  const Components* parts = session().problem()->target().components();
  std::array<std::vector<CurvePiece>, kColours> lines;
  std::array<std::vector<PlotMarker>, kColours> leaves;
  std::vector<PlotMarker> partings;
  if (found && parts != nullptr) {
    const Index count = parts->count();
    const double horizon = session().problem()->process().horizon();
    const std::vector<double> height = heightsOf(found->tree, count);
    const std::vector<std::size_t> colour = coloursOf(*parts, kColours);
    const bool few = static_cast<std::size_t>(count) <= kLabelled;
    std::set<QString> labelled;
    const auto leaf = [&](Index k) {
      const auto at = static_cast<std::size_t>(k);
      leaves[colour[at]].push_back({{0, height[at]}, few ? QString::number(k + 1) : QString()});
      return at;
    };
    for (const Index k : found->tree.roots) {
      const std::size_t at = leaf(k);
      lines[colour[at]].push_back({{0, horizon}, {height[at], height[at]}});
    }
    for (const Parting& parting : found->tree.partings) {
      const std::size_t at = leaf(parting.component);
      const double other = height[static_cast<std::size_t>(parting.from)];
      lines[colour[at]].push_back({{0, parting.s, parting.s}, {height[at], height[at], other}});
      const QString time = QString::number(parting.s, 'f', 3);
      const bool first = labelled.size() < kLabelled && labelled.insert(time).second;
      partings.push_back({{parting.s, other}, first ? time : QString()});
    }
    m_plot->setRange(PlotAxis::bottom, {-kMargin * horizon, horizon});
    m_plot->setRange(PlotAxis::left, {-0.7, static_cast<double>(count) - 0.3});
  }
  for (std::size_t k = 0; k < kColours; ++k) {
    m_plot->setCurves(m_lines[k], lines[k]);
    m_plot->setMarkers(m_leaves[k], leaves[k]);
  }
  m_plot->setMarkers(m_partings, partings);
  m_plot->setLine(m_time, session().time());
  m_plot->setNote(found ? QString::fromStdString(found->remark()) : QString());
  announceSummary();
}

QString SplittingTreeView::summary() const {
  const auto found = session().result<SplittingTree>("splitting-tree");
  if (!found) return tr("No splitting tree to show.");
  if (found->tree.partings.empty()) return tr("All components share one well at all times.");
  return tr("%1 partings of wells, the first at s = %2, the last at s = %3.")
      .arg(found->tree.partings.size())
      .arg(found->tree.partings.front().s, 0, 'g', 4)
      .arg(found->tree.partings.back().s, 0, 'g', 4);
}

}  // namespace separatrix
