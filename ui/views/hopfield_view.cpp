#include "ui/views/hopfield_view.hpp"

#include "core/study/hopfield.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/thermodynamic_time.hpp"

#include <cmath>

namespace separatrix {

HopfieldView::HopfieldView(Session& session, QWidget* parent)
    : View(session, "hopfield", parent),
      m_plot(addPlot(tr("Modern Hopfield energy and free energy"))) {
  CurveStyle energy;
  energy.colour = ColourRole::series4;
  energy.dash = LineDash::dashDotted;
  energy.name = tr("Hopfield energy E");
  m_energy = m_plot->addCurve(energy);
  CurveStyle freeEnergy;
  freeEnergy.width = 2.2;
  freeEnergy.name = tr("free energy F̃");
  m_freeEnergy = m_plot->addCurve(freeEnergy);
  m_plot->setAxis(PlotAxis::left, {.title = "E, F̃"});
  m_plot->setLegendVisible(true);
  connect(&session, &Session::frameChanged, this, &HopfieldView::showCurves);
}

std::vector<Demand> HopfieldView::demands() const {
  Demand out{"hopfield", Pace::frame};
  if (session().problem()->target().dimension() == 1) {
    const double end = reach(*session().problem());
    out.request = {{"from", {-end}}, {"to", {end}}};
  }
  return {out};
}

void HopfieldView::showCurves() {
  const auto found = session().result<Hopfield>("hopfield");
  m_plot->setMessage(found ? QString() : session().problemOf("hopfield"));
  std::vector<double> x, energy, freeEnergy;
  if (found) {
    const Index count = found->points.cols();
    const bool line = found->points.rows() == 1;
    for (Index p = 0; p < count; ++p) {
      x.push_back(line ? found->points(0, p)
                       : static_cast<double>(p) / static_cast<double>(count - 1));
      energy.push_back(found->energy[p]);
      freeEnergy.push_back(found->regularizedFreeEnergy[p]);
    }
    m_plot->setAxis(PlotAxis::bottom,
                    {.title = line ? QString("x/a") : tr("first → last component")});
  }
  m_plot->setCurve(m_energy, x, energy);
  m_plot->setCurve(m_freeEnergy, x, freeEnergy);
  m_plot->setNote(found ? timeText(*session().problem(), found->s) : QString());
  announceSummary();
}

QString HopfieldView::summary() const {
  const auto found = session().result<Hopfield>("hopfield");
  if (!found || found->energy.size() == 0) return tr("No Hopfield energy to show.");
  const Vec difference = found->regularizedFreeEnergy - found->energy;
  return tr("On this line F̃ exceeds the Hopfield energy by %1 to %2.")
      .arg(difference.minCoeff(), 0, 'g', 4)
      .arg(difference.maxCoeff(), 0, 'g', 4);
}

}  // namespace separatrix
