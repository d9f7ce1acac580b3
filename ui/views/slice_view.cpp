#include "ui/views/slice_view.hpp"

#include "core/study/slice.hpp"
#include "core/study/split_times.hpp"
#include "ui/views/slice_demands.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

/// The places of the minima inside a curve.
std::vector<std::size_t> minimaOf(const std::vector<double>& values) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i + 1 < values.size(); ++i)
    if (values[i] < values[i - 1] && values[i] <= values[i + 1]) out.push_back(i);
  return out;
}

/// Where the two states are.
void addStates(Plot& plot) {
  VerticalLineStyle state;
  state.colour = ColourRole::muted;
  state.dash = LineDash::dotted;
  state.label = "x_1";
  plot.setLine(plot.addVerticalLine(state), 0);
  state.label = "x_2";
  plot.setLine(plot.addVerticalLine(state), std::numbers::pi / 2);
}

QString pairText(const Session& session) {
  const auto [i, j] = chosenPair(session);
  return SliceView::tr("points %1 and %2").arg(i).arg(j);
}

}  // namespace

SliceView::SliceView(Session& session, QWidget* parent)
    : View(session, "slice", parent),
      m_plot(addPlot(tr("Potential along the slice between two data points"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("angle α of x(α) = cos α x_1 + sin α x_2")});
  m_plot->setAxis(PlotAxis::left, {.title = "ũ(α)"});
  addStates(*m_plot);
  CurveStyle exact;
  exact.colour = ColourRole::reference;
  exact.dash = LineDash::dashed;
  exact.name = tr("exact score of the data");
  m_exact = m_plot->addCurve(exact);
  CurveStyle scene;
  scene.width = 2.2;
  scene.name = tr("potential ũ");
  m_scene = m_plot->addCurve(scene);
  CurveStyle mean;
  mean.width = 2.2;
  mean.name = tr("mean of pairs of one class");
  m_ofSame = m_plot->addCurve(mean);
  mean.colour = ColourRole::series2;
  mean.dash = LineDash::dashed;
  mean.name = tr("of two classes");
  m_ofDifferent = m_plot->addCurve(mean);
  MarkerStyle minima;
  minima.colour = ColourRole::stable;
  m_minima = m_plot->addMarkers(minima);
  m_plot->setLegendVisible(true);
  options().addChoice(
      "over", {{"pair", tr("The pair")}, {"mean", tr("Mean of pairs")}},
      {tr("Over"), tr("The potential between the two chosen points, or its mean over the pairs of "
                      "the split times, of one class and of two.")});
  onResult(kSlice, [this] { showCurves(); });
  onResult(kExactSlice, [this] { showCurves(); });
  onResult("split-times", [this] { showCurves(); });
  connect(&options(), &ViewOptions::changed, this, &SliceView::showCurves);
  connect(&session, &Session::timeChanged, this, &SliceView::showCurves);
}

bool SliceView::showsMeans() const {
  return options().choice("over") == "mean";
}

std::vector<Demand> SliceView::demands() const {
  std::vector<Demand> out = sliceDemands(session());
  if (showsMeans()) out.push_back(splitTimesDemand(session()));
  return out;
}

std::string SliceView::dataAnalysis() const {
  return kSlice;
}

void SliceView::showCurves() {
  const bool means = showsMeans();
  const char* key = means ? "split-times" : kSlice;
  const bool found = session().resultOf(key) != nullptr;
  m_plot->setMessage(found ? QString() : session().problemOf(key));
  for (const CurveId curve : {m_scene, m_exact}) m_plot->setCurveVisible(curve, !means);
  for (const CurveId curve : {m_ofSame, m_ofDifferent}) m_plot->setCurveVisible(curve, means);
  m_plot->setMarkersVisible(m_minima, !means);
  const ProblemPtr& problem = session().problem();
  if (!found || !problem) return;
  if (means)
    showMeans(*problem);
  else
    showPair(*problem);
  announceSummary();
}

void SliceView::showMeans(const Problem& problem) {
  const auto found = session().result<SplitTimes>("split-times");
  const auto showMean = [&](CurveId curve, const Mat& mean) {
    m_plot->setCurveVisible(curve, mean.size() > 0);
    if (mean.size() > 0)
      m_plot->setCurve(curve, found->angles, potentialAt(found->times, mean, session().time()));
  };
  showMean(m_ofSame, found->meanOfSame);
  showMean(m_ofDifferent, found->meanOfDifferent);
  m_plot->setNote(tr("%1 pairs").arg(found->pairs.size()) + "   " +
                  timeText(problem, session().time()));
}

void SliceView::showPair(const Problem& problem) {
  const auto found = session().result<Slice>(kSlice);
  const bool modelled = problem.model() != nullptr;
  const std::vector<double> values = potentialAt(found->times, found->potentials, session().time());
  m_plot->setCurve(m_scene, found->angles, values);
  std::vector<PlotMarker> minima;
  for (const std::size_t i : minimaOf(values))
    minima.push_back({{found->angles[i], values[i]}, {}});
  m_wells = static_cast<int>(minima.size());
  m_plot->setMarkers(m_minima, minima);
  const auto exact = session().result<Slice>(kExactSlice);
  m_plot->setCurveVisible(m_exact, modelled && exact != nullptr);
  if (modelled && exact)
    m_plot->setCurve(m_exact, exact->angles,
                     potentialAt(exact->times, exact->potentials, session().time()));
  m_plot->setNote(pairText(session()) + "   " + timeText(problem, session().time()));
}

QString SliceView::summary() const {
  if (!session().result<Slice>(kSlice)) return tr("No slice to show.");
  if (const auto found = session().result<SplitTimes>("split-times"); found && showsMeans())
    return tr("Mean potential over %1 pairs at s = %2.")
        .arg(found->pairs.size())
        .arg(session().time(), 0, 'g', 4);
  return tr("Potential between %1: %n minimum(s) at s = %2.", nullptr, m_wells)
      .arg(pairText(session()))
      .arg(session().time(), 0, 'g', 4);
}

SliceMapView::SliceMapView(Session& session, QWidget* parent)
    : View(session, "slice-map", parent),
      m_plot(addPlot(tr("Potential along the slice over all times"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("angle α")});
  m_plot->setAxis(PlotAxis::left, {.title = tr("diffusion time s")});
  MapStyle style;
  style.scale = MapScale::given;
  style.range = {0, 1};
  style.title = tr("ũ over its least value, in its range");
  m_map = m_plot->addMap(style);
  MarkerStyle minima;
  minima.colour = ColourRole::timeLine;
  minima.size = 5;
  minima.name = tr("minima");
  m_minima = m_plot->addMarkers(minima);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addHorizontalLine(time);
  options().addChoice("score", {{"scene", tr("Scene's score")}, {"data", tr("Exact score")}},
                      {tr("Score"), tr("The scene's, which may be a model's, or the exact one.")});
  m_plot->setLegendVisible(true);
  onResult(kSlice, [this] { showMap(); });
  onResult(kExactSlice, [this] { showMap(); });
  connect(&options(), &ViewOptions::changed, this, &SliceMapView::showMap);
  connect(&session, &Session::timeChanged, this, [this](double s) { m_plot->setLine(m_time, s); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId id, double s) {
    if (id == m_time) this->session().setTime(s);
  });
}

std::vector<Demand> SliceMapView::demands() const {
  return sliceDemands(session());
}

std::string SliceMapView::dataAnalysis() const {
  return kSlice;
}

void SliceMapView::showMap() {
  const ProblemPtr& problem = session().problem();
  const bool modelled = problem && problem->model() != nullptr;
  options().setOptionVisible("score", modelled);
  const char* key = modelled && options().choice("score") == "data" ? kExactSlice : kSlice;
  const auto found = session().result<Slice>(key);
  m_plot->setMessage(found ? QString() : session().problemOf(key));
  m_plot->setMapVisible(m_map, found != nullptr);
  m_plot->setMarkersVisible(m_minima, found != nullptr);
  if (!found) return;
  const Index angles = found->potentials.rows(), times = found->potentials.cols();
  std::vector<double> values;
  std::vector<PlotMarker> minima;
  for (Index k = 0; k < times; ++k) {
    const Vec column = found->potentials.col(k);
    std::vector<double> row(static_cast<std::size_t>(angles),
                            std::numeric_limits<double>::quiet_NaN());
    const bool known = column.allFinite();  // not yet, while it grows
    const double least = known ? column.minCoeff() : 0;
    const double range = known ? column.maxCoeff() - least : 0;
    for (Index i = 0; range > 0 && i < angles; ++i)
      row[static_cast<std::size_t>(i)] = (column[i] - least) / range;
    for (const std::size_t i : minimaOf(row))
      minima.push_back({{found->angles[i], found->times[static_cast<std::size_t>(k)]}, {}});
    values.insert(values.end(), row.begin(), row.end());
  }
  m_plot->setMap(m_map,
                 {{found->angles.front(), found->angles.back()},
                  {found->times.front(), found->times.back()},
                  static_cast<std::size_t>(angles),
                  static_cast<std::size_t>(times),
                  MapGrid::Order::xFastest},
                 values);
  m_plot->setMarkers(m_minima, minima);
  m_plot->setLine(m_time, session().time());
  m_plot->setRange(PlotAxis::bottom, {found->angles.front(), found->angles.back()});
  m_plot->setRange(PlotAxis::left, {0, found->times.back()});
  m_plot->setNote(pairText(session()));
  announceSummary();
}

QString SliceMapView::summary() const {
  const auto found = session().result<Slice>(kSlice);
  if (!found) return tr("No slice to show.");
  double split = 0;
  for (Index k = 0; k < found->potentials.cols(); ++k) {
    const Vec column = found->potentials.col(k);
    if (minimaOf({column.begin(), column.end()}).size() > 1)
      split = found->times[static_cast<std::size_t>(k)];
  }
  if (!(split > 0)) return tr("One valley at all times.");
  return tr("Two valleys up to s = %1, one above.").arg(split, 0, 'g', 3);
}

}  // namespace separatrix
