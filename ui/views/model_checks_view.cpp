#include "ui/views/model_checks_view.hpp"

#include "core/study/residuals.hpp"
#include "core/study/slice.hpp"
#include "core/study/split_times.hpp"
#include "ui/views/regime_axis.hpp"
#include "ui/views/slice_demands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {

ResidualsView::ResidualsView(Session& session, QWidget* parent)
    : View(session, "residuals", parent),
      m_plot(addPlot(tr("Loss of the predicted noise, against time"))) {
  addDiffusionTime(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "⟨|ε̂ − z|²⟩/d", .includeZero = true});
  CurveStyle variance;
  variance.colour = ColourRole::muted;
  variance.dash = LineDash::dotted;
  variance.name = tr("variance of ε̂");
  m_variance = m_plot->addCurve(variance);
  CurveStyle exact;
  exact.colour = ColourRole::reference;
  exact.dash = LineDash::dashed;
  exact.name = tr("least loss");
  m_exact = m_plot->addCurve(exact);
  CurveStyle loss;
  loss.colour = ColourRole::series1;
  loss.width = 2.2;
  loss.name = tr("loss");
  m_loss = m_plot->addCurve(loss);
  CurveStyle bars;
  bars.colour = ColourRole::timeLine;
  bars.width = 1;
  m_bars = m_plot->addCurve(bars);
  m_plot->setLegendVisible(true);
  onResult("residuals", [this] { showCurves(); });
}

void ResidualsView::showCurves() {
  const auto found = session().result<Residuals>("residuals");
  m_plot->setMessage(found ? QString() : session().problemOf("residuals"));
  if (!found) return;
  std::vector<double> loss, error, exact;
  for (std::size_t i = 0; i < found->times.size(); ++i) {
    loss.push_back(found->losses[i].value);
    error.push_back(found->losses[i].standardError);
    exact.push_back(found->exact[i].value);
  }
  const bool modelled = session().problem()->model() != nullptr;
  m_plot->setCurve(m_loss, found->times, loss);
  m_plot->setCurves(m_bars, errorBars(found->times, loss, error));
  m_plot->setCurveVisible(m_exact, modelled);
  m_plot->setCurve(m_exact, found->times, exact);
  m_plot->setCurve(m_variance, found->times, found->variances);
  announceSummary();
}

std::vector<Demand> ResidualsView::demands() const {
  constexpr int kSamples = 100;
  Demand out{"residuals"};
  out.request = {{"samples", kSamples}};
  return {out};
}

QString ResidualsView::summary() const {
  const auto found = session().result<Residuals>("residuals");
  if (!found || found->times.empty()) return tr("No loss to show.");
  return tr("At s = %1 the loss is %2, that of the exact score %3.")
      .arg(found->times.front(), 0, 'g', 3)
      .arg(found->losses.front().value, 0, 'g', 3)
      .arg(found->exact.front().value, 0, 'g', 3);
}

CirculationView::CirculationView(Session& session, QWidget* parent)
    : View(session, "circulation", parent),
      m_plot(addPlot(tr("How far the score is from a gradient, against time"))) {
  addDiffusionTime(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "|∮ ∇U·dx| / ∮ |∇U·dx|", .includeZero = true});
  CurveStyle ratio;
  ratio.colour = ColourRole::series1;
  m_ratio = m_plot->addCurve(ratio);
  onResult("circulation", [this] { showCurve(); });
}

std::vector<Demand> CirculationView::demands() const {
  constexpr int kTimes = 8;
  constexpr double kTolerance = 1e-4;
  const double horizon = session().problem()->process().horizon();
  Demand out{"circulation"};
  out.request = {{"pair", chosenPair(session())},
                 {"times", {{horizon / kTimes, horizon, kTimes}}},
                 {"tolerance", kTolerance}};
  return {out};
}

void CirculationView::showCurve() {
  const auto found = session().result<Circulation>("circulation");
  m_plot->setMessage(found ? QString() : session().problemOf("circulation"));
  if (!found) return;
  std::vector<double> ratio;
  for (std::size_t i = 0; i < found->times.size(); ++i)
    ratio.push_back(std::abs(found->integrals[i]) / found->scales[i]);
  m_plot->setCurve(m_ratio, found->times, ratio);
  announceSummary();
}

QString CirculationView::summary() const {
  const auto found = session().result<Circulation>("circulation");
  if (!found || found->times.empty()) return tr("No closed integrals to show.");
  double worst = 0;
  for (std::size_t i = 0; i < found->times.size(); ++i)
    worst = std::max(worst, std::abs(found->integrals[i]) / found->scales[i]);
  return tr("The closed integral is at most %1 of that of the absolute value.")
      .arg(worst, 0, 'g', 2);
}

SplitTimesView::SplitTimesView(Session& session, QWidget* parent)
    : View(session, "split-times", parent),
      m_plot(addPlot(tr("When the potential between two data points splits"))) {
  addDiffusionTime(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = tr("pairs"), .includeZero = true});
  const auto addKind = [&](ColourRole colour, const QString& name, CurveId& curve, LineId& line) {
    CurveStyle histogram;
    histogram.colour = colour;
    histogram.step = true;
    histogram.fill = true;
    histogram.name = name;
    curve = m_plot->addCurve(histogram);
    VerticalLineStyle mean;
    mean.colour = colour;
    mean.dash = LineDash::dashed;
    line = m_plot->addVerticalLine(mean);
  };
  addKind(ColourRole::series1, tr("of one class"), m_same, m_meanOfSame);
  addKind(ColourRole::series2, tr("of two classes"), m_different, m_meanOfDifferent);
  m_plot->setLegendVisible(true);
  onResult("split-times", [this] { showHistograms(); });
}

std::vector<Demand> SplitTimesView::demands() const {
  return {splitTimesDemand(session())};
}

void SplitTimesView::showHistograms() {
  constexpr std::size_t kBins = 20;
  const auto found = session().result<SplitTimes>("split-times");
  m_plot->setMessage(found ? QString() : session().problemOf("split-times"));
  if (!found) return;
  const double horizon = session().problem()->process().horizon();
  const double width = horizon / static_cast<double>(kBins);
  std::vector<double> centres(kBins), same(kBins), different(kBins);
  bool classes = false;
  for (std::size_t k = 0; k < kBins; ++k) centres[k] = (static_cast<double>(k) + 0.5) * width;
  for (const SplitTimes::Pair& pair : found->pairs) {
    classes = classes || pair.sameClass.has_value();
    if (!pair.splitTime) continue;
    const auto bin = std::min(kBins - 1, static_cast<std::size_t>(*pair.splitTime / width));
    (pair.sameClass.value_or(true) ? same : different)[bin] += 1;
  }
  m_plot->setCurve(m_same, centres, same);
  m_plot->setCurve(m_different, centres, different);
  m_plot->setCurveVisible(m_different, classes);
  m_plot->setLegendVisible(classes);
  const auto ofSame = classes ? found->mean(true) : found->mean(std::nullopt);
  const auto ofDifferent = found->mean(false);
  m_plot->setLine(m_meanOfSame, ofSame.splitTime);
  m_plot->setLine(m_meanOfDifferent, ofDifferent.splitTime);
  const auto text = [](const SplitTimes::Mean& mean) {
    return tr("%1 ± %2").arg(mean.splitTime, 0, 'g', 3).arg(mean.standardError, 0, 'g', 2);
  };
  m_plot->setNote(classes ? tr("means: %1 and %2").arg(text(ofSame), text(ofDifferent))
                          : tr("mean: %1").arg(text(ofSame)));
  announceSummary();
}

QString SplitTimesView::summary() const {
  const auto found = session().result<SplitTimes>("split-times");
  if (!found || found->pairs.empty()) return tr("No split times to show.");
  const auto split = std::ranges::count_if(
      found->pairs, [](const SplitTimes::Pair& pair) { return pair.splitTime.has_value(); });
  return tr("%1 of %2 pairs split.").arg(split).arg(found->pairs.size());
}

}  // namespace separatrix
