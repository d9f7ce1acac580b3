#include "ui/views/memorisation_view.hpp"

#include "core/study/memorisation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr std::size_t kFewestBins = 10, kMostBins = 60;

/// So many that a bin holds some trajectories.
std::size_t binsFor(std::size_t trajectories) {
  const auto root = static_cast<std::size_t>(2 * std::sqrt(static_cast<double>(trajectories)));
  return std::clamp(root, kFewestBins, kMostBins);
}

}  // namespace

MemorisationView::MemorisationView(Session& session, QWidget* parent)
    : View(session, "memorisation", parent),
      m_plot(addPlot(tr("When trajectories collapse onto data points"))) {
  new RegimeAxis(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = tr("density of t̂_C"), .includeZero = true});
  CurveStyle histogram;
  histogram.colour = ColourRole::particle;
  histogram.step = true;
  histogram.fill = true;
  m_histogram = m_plot->addCurve(histogram);
  VerticalLineStyle mean;
  mean.colour = ColourRole::particle;
  mean.label = tr("mean");
  m_mean = m_plot->addVerticalLine(mean);
  onResult("memorisation", [this] { showHistogram(); });
}

std::vector<Demand> MemorisationView::demands() const {
  return {{"memorisation"}};
}

void MemorisationView::showHistogram() {
  const auto found = session().result<Memorisation>("memorisation");
  m_plot->setMessage(found ? QString() : session().problemOf("memorisation"));
  Memorisation::Histogram shown;
  double mean = std::numeric_limits<double>::quiet_NaN();
  if (found && found->latest > 0) {
    // Twice what the slowest took, or all that there is: the rest is empty.
    const double last = *std::ranges::max_element(found->collapseTimes);
    const double range = last > 0 ? std::min(found->latest, 2 * last) : found->latest;
    shown = found->histogram(range, binsFor(found->collapseTimes.size()));
    mean = found->meanCollapseTime();
    m_plot->setRange(PlotAxis::bottom, {0, range});
    m_plot->setNote(
        QString("⟨t̂_C⟩ = %1 ± %2").arg(mean, 0, 'f', 3).arg(found->standardError(), 0, 'f', 3));
  }
  m_plot->setCurve(m_histogram, shown.t, shown.density);
  m_plot->setLine(m_mean, mean);
  announceSummary();
}

QString MemorisationView::summary() const {
  const auto found = session().result<Memorisation>("memorisation");
  if (!found || found->collapseTimes.empty()) return tr("No collapse to show.");
  return tr("%1 trajectories collapse onto data points at t = %2 on average, with an error of %3.")
      .arg(found->collapseTimes.size())
      .arg(found->meanCollapseTime(), 0, 'f', 3)
      .arg(found->standardError(), 0, 'f', 3);
}

}  // namespace separatrix
