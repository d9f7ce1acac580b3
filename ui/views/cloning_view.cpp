#include "ui/views/cloning_view.hpp"

#include "core/study/cloning.hpp"
#include "core/study/published.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {
namespace {

const char* const kCurve = "cloning-curve";  // the exact one, at many times

}  // namespace

CloningView::CloningView(Session& session, QWidget* parent)
    : View(session, "cloning", parent),
      m_plot(addPlot(tr("Pairs that end in the same class, against time"))),
      m_axis(new RegimeAxis(session, *m_plot)) {
  m_plot->setAxis(PlotAxis::left, {.title = "φ"});
  m_others = addOtherDimensions(*m_plot);
  CurveStyle exact;
  exact.name = tr("exact");
  m_exact = m_plot->addCurve(exact);
  m_sampled = addSampledPoints(*m_plot);
  options().addChoice("against", {{"t", "t"}, {"relative", "t/t_S"}},
                      {tr("Against"), tr("The time t = −log a, or as a share of the speciation "
                                         "time t_S, where curves of all dimensions meet.")});
  options().addChoice("pairs", {{"1000", "1 000"}, {"10000", "10 000"}},
                      {tr("Pairs"), tr("Pairs of runs at each time.")});
  options().addFlag("others", tr("Other d"), true,
                    {tr("Other dimensions"),
                     tr("The exact curves of two Gaussians in 64 to 16 384 dimensions.")});
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key.starts_with("cloning")) showCurves();
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showCurves();
  });
}

std::vector<Demand> CloningView::demands() const {
  Demand sampled{"cloning"};
  sampled.request = {{"pairs", options().choice("pairs").toInt()}};
  std::vector<Demand> out = {sampled};
  if (!hasDimension(session())) return out;
  Demand curve{"cloning"};
  curve.request = {{"pairs", 1}, {"times", curveTimes(session())}};
  curve.name = kCurve;
  out.push_back(curve);
  curve.name.clear();
  if (options().flag("others"))
    for (const int d : kShownDimensions) out.push_back(inDimension(curve, d));
  return out;
}

void CloningView::showCurves() {
  const auto cloning = session().result<Cloning>("cloning");
  m_plot->setMessage(cloning ? QString() : session().problemOf("cloning"));
  const bool relative =
      options().choice("against") == "relative" && cloning && cloning->speciation > 0;
  m_axis->setUnit(relative ? cloning->speciation : 1);
  const auto place = [relative](const Cloning& of) {
    return relative ? of.relativeTimes() : of.times;
  };
  const bool others = options().flag("others") && hasDimension(session());
  for (std::size_t i = 0; i < m_others.size(); ++i) {
    const Demand demand = inDimension({"cloning"}, kShownDimensions[i]);
    const auto other = others ? session().result<Cloning>(demand.key()) : nullptr;
    m_plot->setCurveVisible(m_others[i], other != nullptr);
    if (other) m_plot->setCurves(m_others[i], finitePieces(place(*other), other->exact));
  }
  if (!cloning) return;
  const std::vector<double> t = place(*cloning);
  const auto curve = hasDimension(session()) ? session().result<Cloning>(kCurve) : nullptr;
  const Cloning& fine = curve ? *curve : *cloning;
  m_plot->setCurves(m_exact, finitePieces(place(fine), fine.exact));
  setPoints(*m_plot, m_sampled, t, cloning->phi, cloning->standardErrors);
  const auto published = relative ? std::nullopt : publishedCloning(*session().problem());
  m_plot->setMarkers(m_sampled.published, published ? markersAt(published->t, published->values)
                                                    : std::vector<PlotMarker>());
  announceSummary();
}

QString CloningView::summary() const {
  const auto cloning = session().result<Cloning>("cloning");
  if (!cloning || cloning->phi.empty()) return tr("No cloning experiment to show.");
  return tr("Shares of pairs that end in the same class, from %1 at t = %2 to %3 at t = %4.")
      .arg(cloning->phi.front(), 0, 'f', 3)
      .arg(cloning->times.front(), 0, 'g', 3)
      .arg(cloning->phi.back(), 0, 'f', 3)
      .arg(cloning->times.back(), 0, 'g', 3);
}

}  // namespace separatrix
