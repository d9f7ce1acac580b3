#include "ui/views/twins_view.hpp"

#include "core/sampling/sampler.hpp"
#include "core/study/trajectories.hpp"
#include "core/study/twins.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {
namespace {

const char* const kOwnPaths = "twins-own";
const char* const kOtherPaths = "twins-other";

CurvePiece pathOf(const Ensemble& ensemble, Index particle) {
  CurvePiece out;
  for (Index k = 0; k < ensemble.saved(); ++k) {
    out.x.push_back(ensemble.times()[static_cast<std::size_t>(k)]);
    out.y.push_back(static_cast<double>(ensemble.state(k)(0, particle)));
  }
  return out;
}

}  // namespace

TwinsView::TwinsView(Session& session, QWidget* parent)
    : View(session, "twins", parent),
      m_paths(addPlot(tr("Pairs of trajectories on one Brownian path"))),
      m_differences(
          addPlot(tr("Difference of the ends against the number of steps"), "difference")) {
  std::vector<ViewOptions::Item> samplers;
  for (const SamplerKind& kind : samplerCatalog())
    samplers.push_back({QString::fromStdString(kind.id), QString::fromStdString(kind.title)});
  // Few scenes have the second one, which is of higher order.
  std::swap(samplers[0], samplers[1]);
  options().addChoice(
      "other", std::move(samplers),
      {tr("Other sampler"), tr("What the sampler of the scene is compared with, on the same noise. "
                               "Probability flow shows the ODE beside the SDE.")});
  addPaths();
  addDifferences();
  onResult(kOwnPaths, [this] { showPaths(); });
  onResult(kOtherPaths, [this] { showPaths(); });
  onResult("twins", [this] { showDifferences(); });
  connect(&session, &Session::timeChanged, this, [this](double s) { m_paths->setLine(m_time, s); });
  connect(m_paths, &Plot::lineDragged, this,
          [this](LineId, double s) { this->session().setTime(s); });
}

void TwinsView::addPaths() {
  m_paths->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_paths->setAxis(PlotAxis::left, {.title = "x"});
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    CurveStyle style;
    style.colour = seriesRole(static_cast<int>(pair));
    style.width = 1.2;
    m_own[pair] = m_paths->addCurve(style);
    style.dash = LineDash::dashed;
    m_other[pair] = m_paths->addCurve(style);
  }
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_paths->addVerticalLine(time);
  m_paths->setLegendVisible(true);
}

void TwinsView::addDifferences() {
  m_differences->setAxis(PlotAxis::bottom,
                         {.title = tr("steps n"), .scale = AxisScale::logarithmic});
  m_differences->setAxis(PlotAxis::left, {.title = "|X − X′|", .scale = AxisScale::logarithmic});
  CurveStyle style;
  style.colour = ColourRole::reference;
  style.dash = LineDash::dotted;
  style.name = tr("∝ 1/n");
  m_slope = m_differences->addCurve(style);
  style.dash = LineDash::solid;
  style.colour = ColourRole::series1;
  style.name = tr("root mean square");
  m_rootMeanSquare = m_differences->addCurve(style);
  style.colour = ColourRole::series2;
  style.dash = LineDash::dashDotted;
  style.name = tr("largest");
  m_largest = m_differences->addCurve(style);
  m_differences->setLegendVisible(true);
}

std::string TwinsView::ownSampler() const {
  return session().scene().ensemble.sampler;
}

std::vector<Demand> TwinsView::demands() const {
  const std::string other = options().choice("other").toStdString();
  const std::string few = "ensemble.particles=" + std::to_string(kPairs);
  Demand own{"trajectories"};
  own.name = kOwnPaths;
  own.overrides = {few};
  Demand twin = own;
  twin.name = kOtherPaths;
  twin.overrides.push_back("ensemble.sampler=" + other);
  Demand ends{"twins"};
  ends.request = {{"other", other}};
  return {own, twin, ends};
}

void TwinsView::showPaths() {
  const auto own = session().result<Trajectories>(kOwnPaths);
  const auto other = session().result<Trajectories>(kOtherPaths);
  QString problem = session().problemOf(kOwnPaths);
  if (problem.isEmpty()) problem = session().problemOf(kOtherPaths);
  m_paths->setMessage(problem);
  const auto show = [&](CurveId id, const std::shared_ptr<const Trajectories>& from,
                        std::size_t pair) {
    std::vector<CurvePiece> path;
    if (from && static_cast<Index>(pair) < from->ensemble.particles())
      path.push_back(pathOf(from->ensemble, static_cast<Index>(pair)));
    m_paths->setCurves(id, path);
  };
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    show(m_own[pair], own, pair);
    show(m_other[pair], other, pair);
  }
  const auto name = [](const std::string& id) {
    return QString::fromStdString(findSampler(id).title);
  };
  CurveStyle style;
  style.colour = seriesRole(0);
  style.width = 1.2;
  style.name = name(ownSampler());
  m_paths->setCurveStyle(m_own[0], style);
  style.dash = LineDash::dashed;
  style.name = name(options().choice("other").toStdString());
  m_paths->setCurveStyle(m_other[0], style);
  if (own)
    m_paths->setAxis(PlotAxis::left, {.title = own->ensemble.dimension() == 1 ? "x" : "x_0"});
  m_paths->setRange(PlotAxis::bottom, {0, session().problem()->process().horizon()});
  m_paths->setLine(m_time, session().time());
  announceSummary();
}

void TwinsView::showDifferences() {
  const auto twins = session().result<Twins>("twins");
  m_differences->setMessage(session().problemOf("twins"));
  std::vector<double> steps, rootMeanSquare, largest, slope;
  if (twins)
    for (const Twins::Row& row : twins->rows) {
      steps.push_back(static_cast<double>(row.steps));
      rootMeanSquare.push_back(row.rootMeanSquare);
      largest.push_back(row.largest);
      slope.push_back(twins->rows.front().rootMeanSquare * steps.front() / steps.back());
    }
  m_differences->setCurve(m_rootMeanSquare, steps, rootMeanSquare);
  m_differences->setCurve(m_largest, steps, largest);
  m_differences->setCurve(m_slope, steps, slope);
  announceSummary();
}

QString TwinsView::summary() const {
  const auto twins = session().result<Twins>("twins");
  if (!twins || twins->rows.empty()) return tr("No pairs of trajectories to show.");
  const Twins::Row& first = twins->rows.front();
  const Twins::Row& last = twins->rows.back();
  return tr("Ends of two samplers on one Brownian path: apart by %1 with %2 steps, by %3 with %4.")
      .arg(first.rootMeanSquare, 0, 'g', 3)
      .arg(first.steps)
      .arg(last.rootMeanSquare, 0, 'g', 3)
      .arg(last.steps);
}

}  // namespace separatrix
