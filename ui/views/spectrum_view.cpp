#include "ui/views/spectrum_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/bifurcation.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr std::size_t kOfferedBranches = 40;
constexpr Index kDrawnEigenvalues = 64;
constexpr const char* kFromNoise = "noise";

bool reachesHorizon(const Branch& branch, double horizon) {
  return std::any_of(branch.points.begin(), branch.points.end(),
                     [&](const FixedPoint& point) { return point.s > horizon * (1 - 1e-9); });
}

}  // namespace

SpectrumView::SpectrumView(Session& session, QWidget* parent)
    : View(session, "spectrum", parent),
      m_plot(addPlot(tr("Eigenvalues of the Hessian along a branch"))) {
  options().addChoice(
      "branch", {{kFromNoise, tr("From the noise")}},
      {tr("Branch"), tr("The branch of fixed points whose eigenvalues are drawn: the one that "
                        "comes from the noise, or another.")});
  m_plot->setAxis(PlotAxis::left, {.title = tr("eigenvalues of Hess U"), .includeZero = true});
  CurveStyle style;
  style.colour = ColourRole::stable;
  style.name = tr("U rises");
  m_eigenvalues = m_plot->addCurve(style);
  style.colour = ColourRole::unstable;
  style.dash = LineDash::dashed;
  style.name = tr("U falls");
  m_negative = m_plot->addCurve(style);
  MarkerStyle crossings;
  crossings.shape = MarkerShape::diamond;
  crossings.colour = ColourRole::critical;
  crossings.size = 11;
  m_crossings = m_plot->addMarkers(crossings);
  VerticalLineStyle zero;
  zero.colour = ColourRole::muted;
  zero.width = 1;
  m_zero = m_plot->addHorizontalLine(zero);
  m_plot->setLine(m_zero, 0);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(true);
  onResult("bifurcation", [this] {
    offerBranches();
    showSpectrum();
  });
  connect(&options(), &ViewOptions::changed, this, &SpectrumView::showSpectrum);
  connect(&session, &Session::timeChanged, this, &SpectrumView::showTime);
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double at) {
    const ForwardProcess& process = this->session().problem()->process();
    this->session().setTime(diagramAxis(process).toTime(process, at));
  });
}

void SpectrumView::offerBranches() {
  std::vector<ViewOptions::Item> items = {{kFromNoise, tr("From the noise")}};
  if (const auto found = session().result<Bifurcation>("bifurcation")) {
    const double horizon = session().problem()->process().horizon();
    const auto& branches = found->diagram.branches;
    for (std::size_t k = 0; k < std::min(branches.size(), kOfferedBranches); ++k)
      if (!branches[k].points.empty() && !reachesHorizon(branches[k], horizon))
        items.push_back({QString::number(k), tr("Branch %1").arg(k + 1)});
  }
  options().setItems("branch", std::move(items));
}

const Branch* SpectrumView::chosenBranch() const {
  const auto found = session().result<Bifurcation>("bifurcation");
  if (!found) return nullptr;
  const auto& branches = found->diagram.branches;
  const QString choice = options().choice("branch");
  if (choice != kFromNoise) {
    const auto k = static_cast<std::size_t>(choice.toInt());
    return k < branches.size() ? &branches[k] : nullptr;
  }
  const double horizon = session().problem()->process().horizon();
  const auto first = std::find_if(branches.begin(), branches.end(), [&](const Branch& branch) {
    return reachesHorizon(branch, horizon);
  });
  return first == branches.end() ? nullptr : &*first;
}

void SpectrumView::showSpectrum() {
  if (!session().problem()) return;
  const ForwardProcess& process = session().problem()->process();
  const DiagramAxis axis = diagramAxis(process);
  m_plot->setMessage(session().problemOf("bifurcation"));
  m_plot->setAxis(PlotAxis::bottom, {.title = axis.symbol, .reversed = axis.reversed});
  m_plot->setRange(PlotAxis::bottom, {0, axis.reversed ? process.horizon() : 1});
  const Branch* branch = chosenBranch();
  showEigenvalues(branch != nullptr ? *branch : Branch());
  showTime();
  announceSummary();
}

void SpectrumView::showEigenvalues(const Branch& branch) {
  const ForwardProcess& process = session().problem()->process();
  const DiagramAxis axis = diagramAxis(process);
  std::vector<CurvePiece> rising, falling;
  std::vector<PlotMarker> crossings;
  const Index count = branch.points.empty() ? 0 : branch.points.front().spectrum.size();
  for (Index i = 0; i < std::min(count, kDrawnEigenvalues); ++i) {
    std::vector<CurvePiece>* kind = nullptr;
    for (const FixedPoint& point : branch.points) {
      const double at = axis.at(process, point.s);
      const double value = point.spectrum[i];
      std::vector<CurvePiece>* next = value >= 0 ? &rising : &falling;
      if (next != kind) {
        if (kind != nullptr) {  // both kinds meet where they change
          kind->back().x.push_back(at);
          kind->back().y.push_back(value);
        }
        next->emplace_back();
        kind = next;
      }
      kind->back().x.push_back(at);
      kind->back().y.push_back(value);
    }
  }
  if (const auto found = session().result<Bifurcation>("bifurcation"))
    for (const BifurcationEvent& event : found->diagram.events) {
      const bool here =
          std::any_of(branch.points.begin(), branch.points.end(), [&](const FixedPoint& point) {
            return std::abs(point.s - event.s) <= 1e-9 * process.horizon() &&
                   (point.x - event.x).norm() <= 1e-6 * (1 + event.x.norm());
          });
      if (!here) continue;
      const double at = axis.at(process, event.s);
      crossings.push_back({{at, 0}, QString("%1_c = %2").arg(axis.symbol).arg(at, 0, 'f', 4)});
    }
  m_plot->setCurves(m_eigenvalues, rising);
  m_plot->setCurves(m_negative, falling);
  m_plot->setMarkers(m_crossings, crossings);
  // Towards the data the eigenvalues grow as 1/b², which would flatten the crossing.
  double reach = 0;
  for (const FixedPoint& point : branch.points)
    if (process.signal(point.s) <= 0.9 || !process.variancePreserving())
      if (point.s >= 0.1 * process.horizon())
        reach = std::max(reach, point.spectrum.cwiseAbs().maxCoeff());
  if (reach > 0) m_plot->setRange(PlotAxis::left, {-0.6 * reach, 1.1 * reach});
}

void SpectrumView::showTime() {
  if (!session().problem()) return;
  const ForwardProcess& process = session().problem()->process();
  m_plot->setLine(m_time, diagramAxis(process).at(process, session().time()));
}

QString SpectrumView::pinName() const {
  return QString::fromStdString(potentialInfo(session().scene().potential).title);
}

QString SpectrumView::summary() const {
  const Branch* branch = chosenBranch();
  if (branch == nullptr || branch->points.empty()) return tr("No branch to show eigenvalues of.");
  const auto unstable = std::count_if(branch->points.begin(), branch->points.end(),
                                      [](const FixedPoint& point) { return !point.stable(); });
  return tr("%1 eigenvalues along a branch of %2 points, of which %3 are not stable.")
      .arg(branch->points.front().spectrum.size())
      .arg(branch->points.size())
      .arg(unstable);
}

}  // namespace separatrix
