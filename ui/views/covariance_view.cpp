#include "ui/views/covariance_view.hpp"

#include "core/regimes/speciation.hpp"
#include "core/study/covariance.hpp"
#include "core/study/log_time.hpp"
#include "ui/views/texts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {

CovarianceView::CovarianceView(Session& session, QWidget* parent)
    : View(session, "covariance", parent),
      m_plot(addPlot(tr("Eigenvalues of the data covariance by rank"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("rank")});
  m_plot->setAxis(PlotAxis::left, {.title = tr("variance λ"), .scale = AxisScale::logarithmic});
  MarkerStyle decided;
  decided.colour = ColourRole::series1;
  decided.size = 6;
  decided.name = tr("decided");
  m_decided = m_plot->addMarkers(decided);
  MarkerStyle open = decided;
  open.shape = MarkerShape::circle;
  open.colour = ColourRole::muted;
  open.name = tr("open");
  m_open = m_plot->addMarkers(open);
  VerticalLineStyle threshold;
  threshold.draggable = true;
  threshold.label = "1/a^2";
  m_threshold = m_plot->addHorizontalLine(threshold);
  m_plot->setLegendVisible(true);
  onResult("covariance", [this] { showSpectrum(); });
  connect(&session, &Session::timeChanged, this, &CovarianceView::showTime);
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double variance) {
    const ForwardProcess& process = this->session().problem()->process();
    const TimeAxis axis = logTimeAxis(process);
    this->session().setTime(
        decisionTime(process, variance).value_or(axis.toTime(std::log(variance) / 2)));
  });
}

std::vector<Demand> CovarianceView::demands() const {
  return {{"covariance"}};
}

void CovarianceView::showSpectrum() {
  const auto spectrum = session().result<CovarianceSpectrum>("covariance");
  m_plot->setMessage(spectrum ? QString() : session().problemOf("covariance"));
  if (spectrum) {
    // The smallest are zero but for rounding.
    constexpr double kShown = 1e-9;
    const double largest = spectrum->variances.front();
    double smallest = largest;
    for (const double variance : spectrum->variances)
      if (variance > kShown * largest) smallest = variance;
    if (largest > 0)
      m_plot->setRange(PlotAxis::left, {std::min(smallest, 1.0) / 2, std::max(largest, 1.0) * 2});
    m_plot->setRange(PlotAxis::bottom, {0, static_cast<double>(spectrum->variances.size()) + 1});
  }
  showTime();
}

std::size_t CovarianceView::decided() const {
  const auto spectrum = session().result<CovarianceSpectrum>("covariance");
  const ProblemPtr& problem = session().problem();
  if (!spectrum || !problem || !problem->process().variancePreserving()) return 0;
  const double threshold = decidedVariance(problem->process(), session().time());
  return static_cast<std::size_t>(
      std::ranges::count_if(spectrum->variances, [&](double v) { return v > threshold; }));
}

void CovarianceView::showTime() {
  const auto spectrum = session().result<CovarianceSpectrum>("covariance");
  const ProblemPtr& problem = session().problem();
  const bool timed = problem && problem->process().variancePreserving();
  m_plot->setLine(m_threshold, timed ? decidedVariance(problem->process(), session().time())
                                     : std::numeric_limits<double>::quiet_NaN());
  std::vector<PlotMarker> above, below;
  const std::size_t count = decided();
  for (std::size_t i = 0; spectrum && i < spectrum->variances.size(); ++i)
    (i < count ? above : below)
        .push_back({{static_cast<double>(i) + 1, spectrum->variances[i]}, {}});
  m_plot->setMarkers(m_decided, above);
  m_plot->setMarkers(m_open, below);
  m_plot->setNote(problem ? timeText(*problem, session().time()) : QString());
  announceSummary();
}

QString CovarianceView::summary() const {
  const auto spectrum = session().result<CovarianceSpectrum>("covariance");
  if (!spectrum || spectrum->variances.empty()) return tr("No covariance to show.");
  const QString all =
      tr("The largest variance of the data is Λ = %1.").arg(spectrum->variances.front(), 0, 'g', 5);
  const ProblemPtr& problem = session().problem();
  if (!problem || !problem->process().variancePreserving()) return all;
  return tr("%1 Of the first %2 directions %3 are decided now.")
      .arg(all)
      .arg(spectrum->variances.size())
      .arg(decided());
}

}  // namespace separatrix
