#include "ui/views/condensation_view.hpp"

#include "core/study/condensation.hpp"

namespace separatrix {
namespace {

/// The free energy at the times at which it is frozen, or is not, up to the first of the others.
std::vector<CurvePiece> piecesOf(const CondensationCurve& curve,
                                 RandomEnergyFreeEnergy Condensation::*which, bool frozen) {
  std::vector<CurvePiece> out;
  bool inside = false;
  for (std::size_t i = 0; i < curve.times.size(); ++i) {
    const RandomEnergyFreeEnergy& value = curve.values[i].*which;
    const bool here = value.frozen == frozen;
    if (here && !inside) out.emplace_back();
    if (here || inside) {
      out.back().x.push_back(curve.times[i]);
      out.back().y.push_back(value.value);
    }
    inside = here;
  }
  return out;
}

}  // namespace

CondensationView::CondensationView(Session& session, QWidget* parent)
    : View(session, "condensation", parent),
      m_plot(addPlot(tr("Free energies of the data points, against time"))) {
  new RegimeAxis(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "ψ"});
  CurveStyle point;
  point.colour = ColourRole::reference;
  point.dash = LineDash::dotted;
  point.name = tr("the point itself");
  m_point = m_plot->addCurve(point);
  CurveStyle own;
  own.colour = ColourRole::series1;
  own.name = "ψ_+";
  m_own = m_plot->addCurve(own);
  CurveStyle other = own;
  other.colour = ColourRole::series2;
  other.name = "ψ_−";
  m_other = m_plot->addCurve(other);
  own.name.clear();
  own.dash = LineDash::dashed;
  m_ownFrozen = m_plot->addCurve(own);
  other.name = tr("frozen");
  other.dash = LineDash::dashed;
  m_otherFrozen = m_plot->addCurve(other);
  m_plot->setLegendVisible(true);
  onResult("condensation", [this] { showCurves(); });
}

std::vector<Demand> CondensationView::demands() const {
  Demand out{"condensation"};
  out.request = {{"points", pointsRequest(session())}};
  return {out};
}

void CondensationView::showCurves() {
  const auto curve = session().result<CondensationCurve>("condensation");
  m_plot->setMessage(curve ? QString() : session().problemOf("condensation"));
  if (!curve) return;
  // Towards the data they fall without end.
  m_plot->setRange(PlotAxis::left, {-1.6, 0});
  m_plot->setCurves(m_own, piecesOf(*curve, &Condensation::own, false));
  m_plot->setCurves(m_ownFrozen, piecesOf(*curve, &Condensation::own, true));
  m_plot->setCurves(m_other, piecesOf(*curve, &Condensation::other, false));
  m_plot->setCurves(m_otherFrozen, piecesOf(*curve, &Condensation::other, true));
  m_plot->setCurve(m_point, std::vector{curve->times.front(), curve->times.back()},
                   std::vector{-0.5, -0.5});
  m_plot->setNote(
      tr("α = %1, t_C = %2").arg(curve->alpha, 0, 'g', 3).arg(curve->collapse, 0, 'f', 3));
  announceSummary();
}

QString CondensationView::summary() const {
  const auto curve = session().result<CondensationCurve>("condensation");
  if (!curve) return tr("No free energies to show.");
  return tr("Free energies of the data points; they condense onto one at t_C = %1.")
      .arg(curve->collapse, 0, 'f', 3);
}

}  // namespace separatrix
