#include "ui/views/collapse_view.hpp"

#include "core/study/collapse.hpp"

#include <cmath>

namespace separatrix {

CollapseView::CollapseView(Session& session, QWidget* parent)
    : View(session, "collapse", parent),
      m_plot(addPlot(tr("Runs that end in the same class and on the same point, against time"))) {
  new RegimeAxis(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "φ", .includeZero = true});
  CurveStyle pairs;
  pairs.colour = ColourRole::muted;
  pairs.width = 1;
  pairs.name = tr("pairs of classes");
  m_pairs = m_plot->addCurve(pairs);
  CurveStyle same;
  same.colour = ColourRole::series1;
  same.name = tr("same class, φ");
  m_class = m_plot->addCurve(same);
  CurveStyle point = same;
  point.colour = ColourRole::series2;
  point.dash = LineDash::dashed;
  point.name = tr("same point, φ_C");
  m_point = m_plot->addCurve(point);
  CurveStyle bars;
  bars.colour = ColourRole::timeLine;
  bars.width = 1;
  m_bars = m_plot->addCurve(bars);
  m_plot->setLegendVisible(true);
  onResult("collapse", [this] { showCurves(); });
}

std::vector<Demand> CollapseView::demands() const {
  Demand out{"collapse"};
  out.request = {{"points", pointsRequest(session())}};
  return {out};
}

void CollapseView::showCurves() {
  const auto collapse = session().result<Collapse>("collapse");
  m_plot->setMessage(collapse ? QString() : session().problemOf("collapse"));
  if (!collapse) return;
  std::vector<double> same, sameError, point, pointError;
  for (const EmpiricalAverages& each : collapse->averages) {
    same.push_back(each.sameClass.value);
    sameError.push_back(each.sameClass.standardError);
    point.push_back(each.participationRatio.value);
    pointError.push_back(each.participationRatio.standardError);
  }
  m_plot->setCurves(m_class, finitePieces(collapse->times, same));
  m_plot->setCurves(m_point, finitePieces(collapse->times, point));
  std::vector<CurvePiece> bars = errorBars(collapse->times, same, sameError);
  for (CurvePiece& each : errorBars(collapse->times, point, pointError))
    bars.push_back(std::move(each));
  m_plot->setCurves(m_bars, bars);
  std::vector<CurvePiece> pairs;
  const std::size_t count = collapse->classes > 2 ? collapse->pairs().size() : 0;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<double> values;
    for (const EmpiricalAverages& each : collapse->averages) values.push_back(each.pairs[k].value);
    pairs.push_back(finitePieces(collapse->times, values).front());
  }
  m_plot->setCurveVisible(m_pairs, count > 0);
  m_plot->setCurves(m_pairs, pairs);
  m_plot->setNote(tr("%1 points, %2 classes").arg(collapse->points).arg(collapse->classes));
  announceSummary();
}

QString CollapseView::summary() const {
  const auto collapse = session().result<Collapse>("collapse");
  if (!collapse || collapse->times.empty()) return tr("No data points to show.");
  const QString all =
      tr("%1 data points in %2 classes over time.").arg(collapse->points).arg(collapse->classes);
  const auto pairs = collapse->pairs();
  std::size_t first = 0;
  for (std::size_t k = 1; k < pairs.size(); ++k)
    if (!(collapse->partingTime(k) <= collapse->partingTime(first))) first = k;
  if (pairs.empty() || !std::isfinite(collapse->partingTime(first))) return all;
  const auto label = [&](int c) { return collapse->labels[static_cast<std::size_t>(c)]; };
  return tr("%1 Classes %2 and %3 part first, at t = %4.")
      .arg(all)
      .arg(label(pairs[first].first))
      .arg(label(pairs[first].second))
      .arg(collapse->partingTime(first), 0, 'f', 3);
}

}  // namespace separatrix
