#include "ui/views/excess_entropy_view.hpp"

#include "core/study/excess_entropy.hpp"
#include "core/study/published.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {
namespace {

const char* const kCurve = "excess-entropy-curve";  // without samples, at many times

}  // namespace

ExcessEntropyView::ExcessEntropyView(Session& session, QWidget* parent)
    : View(session, "excess-entropy", parent), m_plot(addPlot(tr("Excess entropy against time"))) {
  new RegimeAxis(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "f / α"});
  m_others = addOtherDimensions(*m_plot);
  CurveStyle leading;
  leading.colour = ColourRole::reference;
  leading.dash = LineDash::dashDotted;
  leading.name = tr("leading order");
  m_leading = m_plot->addCurve(leading);
  CurveStyle exact;
  exact.name = tr("exact");
  m_exact = m_plot->addCurve(exact);
  m_sampled = addSampledPoints(*m_plot);
  options().addFlag("others", tr("Other d"), true,
                    {tr("Other dimensions"),
                     tr("The exact curves of two Gaussians in 64 to 16 384 dimensions.")});
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key.starts_with("excess-entropy")) showCurves();
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showCurves();
  });
}

std::vector<Demand> ExcessEntropyView::demands() const {
  constexpr int kSamples = 400;
  Demand sampled{"excess-entropy"};
  sampled.request = {{"samples", kSamples}, {"points", pointsRequest(session())}};
  std::vector<Demand> out = {sampled};
  if (!hasDimension(session())) return out;
  Demand curve = sampled;
  curve.request["samples"] = 0;
  curve.request["times"] = curveTimes(session());
  curve.name = kCurve;
  out.push_back(curve);
  curve.name.clear();
  if (options().flag("others"))
    for (const int d : kShownDimensions) out.push_back(inDimension(curve, d));
  return out;
}

void ExcessEntropyView::showCurves() {
  const auto entropy = session().result<ExcessEntropy>("excess-entropy");
  m_plot->setMessage(entropy ? QString() : session().problemOf("excess-entropy"));
  const bool others = options().flag("others") && hasDimension(session());
  for (std::size_t i = 0; i < m_others.size(); ++i) {
    const Demand demand = inDimension({"excess-entropy"}, kShownDimensions[i]);
    const auto other = others ? session().result<ExcessEntropy>(demand.key()) : nullptr;
    m_plot->setCurveVisible(m_others[i], other != nullptr);
    if (other) m_plot->setCurves(m_others[i], finitePieces(other->times, other->exact));
  }
  // Below the collapse the curves fall without end.
  m_plot->setRange(PlotAxis::left, {-0.35, 1.1});
  if (!entropy) return;
  const auto curve = hasDimension(session()) ? session().result<ExcessEntropy>(kCurve) : nullptr;
  const ExcessEntropy& fine = curve ? *curve : *entropy;
  m_plot->setCurves(m_exact, finitePieces(fine.times, fine.exact));
  m_plot->setCurves(m_leading, finitePieces(fine.times, fine.leading));
  setPoints(*m_plot, m_sampled, entropy->times, entropy->sampled, entropy->standardErrors);
  const auto published = publishedExcessEntropy(*session().problem(), entropy->points);
  m_plot->setMarkers(m_sampled.published, published ? markersAt(published->t, published->values)
                                                    : std::vector<PlotMarker>());
  m_plot->setNote(tr("n = %1, α = %2").arg(entropy->points).arg(entropy->alpha, 0, 'g', 3));
  announceSummary();
}

QString ExcessEntropyView::summary() const {
  constexpr double kEpsilon = 0.05;
  const auto entropy = session().result<ExcessEntropy>("excess-entropy");
  if (!entropy || entropy->times.empty()) return tr("No excess entropy to show.");
  const auto collapse = entropy->collapseTime(kEpsilon);
  return tr("Excess entropy of %1 data points; %2.")
      .arg(entropy->points)
      .arg(collapse ? tr("at most 5 % of α up to t = %1").arg(*collapse, 0, 'g', 3)
                    : tr("above 5 % of α at all times shown"));
}

}  // namespace separatrix
