#include "ui/views/free_energies_view.hpp"

#include "core/study/thermodynamics.hpp"
#include "ui/session/data_points.hpp"
#include "ui/views/view_options.hpp"

#include <cmath>

namespace separatrix {
namespace {

using State = Thermodynamics::State;

struct Line {
  const char* name;
  double (*value)(const State&);
};

/// What belongs to one choice; at most three lines.
struct Quantity {
  const char* id;
  const char* title;
  const char* axis;
  std::vector<Line> lines;
};

const std::vector<Quantity>& quantities() {
  static const std::vector<Quantity> all = {
      {"free-energy",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergiesView", "Free energies"),
       "F",
       {{"F", [](const State& at) { return at.atPoint.value; }},
        {"F̃", [](const State& at) { return at.atPoint.regularized; }},
        {QT_TRANSLATE_NOOP("separatrix::FreeEnergiesView", "lowest F̃"),
         [](const State& at) { return at.solution.freeEnergy; }}}},
      {"entropy",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergiesView", "Entropies"),
       "S",
       {{"H(w)", [](const State& at) { return at.atPoint.weightEntropy; }},
        {"−KL", [](const State& at) { return at.atPoint.relativeEntropy; }}}},
      {"participation",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergiesView", "Participation ratio"),
       "Y",
       {{"Y", [](const State& at) { return at.atPoint.participationRatio; }}}},
  };
  return all;
}

const Quantity& quantity(const QString& id) {
  for (const Quantity& each : quantities())
    if (id == each.id) return each;
  return quantities().front();
}

CurveStyle styleOf(int i, const QString& name) {
  constexpr LineDash kDashes[] = {LineDash::solid, LineDash::dashDotted, LineDash::dotted};
  constexpr ColourRole kColours[] = {ColourRole::series1, ColourRole::series4, ColourRole::series3};
  CurveStyle out;
  out.colour = kColours[i];
  out.dash = kDashes[i];
  out.width = i == 0 ? 2.4 : 1.8;
  out.name = name;
  return out;
}

}  // namespace

FreeEnergiesView::FreeEnergiesView(Session& session, QWidget* parent)
    : View(session, "free-energies", parent),
      m_plot(addPlot(tr("Free energies and entropies against time"))) {
  std::vector<ViewOptions::Item> items;
  for (const Quantity& each : quantities()) items.push_back({each.id, tr(each.title)});
  options().addChoice(
      "quantity", std::move(items),
      {tr("Quantity"),
       tr("Free energies: F and F̃ = F + |x/a|²/2 at one place x/a, and the lowest F̃ of all. "
          "Entropies: H of the "
          "weights, and −KL of the posterior relative to the data. Participation ratio: Y = Σw². "
          "The place is that of the probe, or the origin.")});
  for (int i = 0; i < 3; ++i) m_curves[i] = m_plot->addCurve(styleOf(i, {}));
  m_plot->setLegendVisible(true);
  new TimeLines(session, *m_plot);
  onResult("thermodynamics", [this] { showCurves(); });
  onResult("critical-times", [this] { showCurves(); });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showCurves();
  });
}

std::vector<Demand> FreeEnergiesView::demands() const {
  return {thermodynamicsDemand(session()), criticalTimesDemand(session())};
}

void FreeEnergiesView::showCurves() {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  const Quantity& chosen = quantity(options().choice("quantity"));
  m_plot->setMessage(found ? QString() : session().problemOf("thermodynamics"));
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = chosen.axis});
  m_plot->setRange(PlotAxis::bottom, timesShown(session()));
  bool unknown = false;
  for (std::size_t i = 0; i < 3; ++i) {
    const bool used = i < chosen.lines.size();
    std::vector<double> s, value;
    for (std::size_t k = 0; used && found && k < found->states.size(); ++k) {
      s.push_back(found->states[k].s);
      value.push_back(chosen.lines[i].value(found->states[k]));
    }
    unknown = unknown || (!value.empty() && std::isnan(value.front()));
    m_plot->setCurveStyle(m_curves[i],
                          styleOf(static_cast<int>(i), used ? tr(chosen.lines[i].name) : ""));
    m_plot->setCurve(m_curves[i], s, value);
    m_plot->setCurveVisible(m_curves[i], used);
  }
  if (found && unknown) m_plot->setMessage(tr("These data have no parts, and so no weights."));
  m_plot->setNote(found ? placeText(found->xHat) : QString());
  announceSummary();
}

QString FreeEnergiesView::pinName() const {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  return found ? placeText(found->xHat) : View::pinName();
}

QString FreeEnergiesView::summary() const {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  if (!found || found->states.empty()) return tr("No free energies to show.");
  const Quantity& chosen = quantity(options().choice("quantity"));
  QStringList lines;
  for (const Line& line : chosen.lines)
    lines << tr("%1 from %2 to %3")
                 .arg(tr(line.name))
                 .arg(line.value(found->states.back()), 0, 'g', 3)
                 .arg(line.value(found->states.front()), 0, 'g', 3);
  return tr("From the noise to the data at %1: %2.").arg(placeText(found->xHat), lines.join(", "));
}

}  // namespace separatrix
