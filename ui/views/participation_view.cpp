#include "ui/views/participation_view.hpp"

#include "core/study/participation.hpp"
#include "core/study/random_energy.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kModelTimes = 24;
constexpr double kShownTimes = 4;  // of the critical one

std::string keyOf(int levels) {
  return "random-energy-" + std::to_string(levels);
}

VerticalLineStyle criticalStyle(const QString& label) {
  VerticalLineStyle out;
  out.colour = ColourRole::critical;
  out.dash = LineDash::dashDotted;
  out.width = 1.2;
  out.label = label;
  return out;
}

}  // namespace

ParticipationView::ParticipationView(Session& session, QWidget* parent)
    : View(session, "participation", parent), m_plot(addPlot(tr("Participation ratio"))) {
  options().addFlag("models", tr("Measured"), true,
                    {tr("Measured models"),
                     tr("Shows the ratio of random energy models of 2^10, 2^14 and 2^18 points, "
                        "which approach the limit as their number grows.")});
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = "Y = Σ w^2"});
  m_plot->setRange(PlotAxis::left, {0, 1.05});
  constexpr std::array kColours = {ColourRole::series4, ColourRole::series3, ColourRole::series5};
  constexpr std::array kDashes = {LineDash::dotted, LineDash::dashDotted, LineDash::dashed};
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    CurveStyle model;
    model.colour = kColours[i];
    model.dash = kDashes[i];
    model.width = 1.4;
    model.name = QString("M = %1").arg(kLevels[i]);
    m_models[i] = m_plot->addCurve(model);
    onResult(keyOf(kLevels[i]), [this, i] { showModel(i); });
  }
  CurveStyle limit;
  limit.colour = ColourRole::reference;
  limit.name = "1 − β_c/β̃";
  m_limit = m_plot->addCurve(limit);
  CurveStyle own;
  own.colour = ColourRole::series1;
  own.width = 2.4;
  own.name = tr("data");
  m_data = m_plot->addCurve(own);
  m_critical = m_plot->addVerticalLine(criticalStyle({}));
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(true);
  onResult("participation", [this] {
    showData();
    demandsChanged();
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (!this->session().problem()) return;
    for (std::size_t i = 0; i < kLevels.size(); ++i) showModel(i);
  });
  connect(&session, &Session::timeChanged, this, [this](double s) { m_plot->setLine(m_time, s); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId line, double s) {
    if (line == m_time) this->session().setTime(s);
  });
}

std::vector<Demand> ParticipationView::demands() const {
  Demand own{"participation"};
  const auto& probe = session().probe();
  if (probe && probe->size() == session().problem()->target().dimension())
    own.request = {{"at", std::vector<double>(probe->begin(), probe->end())}};
  std::vector<Demand> out{own};
  const auto found = session().result<Participation>("participation");
  if (!found || !(found->scale > 0) || !options().flag("models")) return out;
  const double most = timesShown().upper;
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    Demand model{"random-energy"};
    model.request = {{"times", {{most / kModelTimes, most, kModelTimes}}},
                     {"nu", found->scale},
                     {"levels", kLevels[i]},
                     {"realizations", kRealizations[i]}};
    model.name = keyOf(kLevels[i]);
    out.push_back(model);
  }
  return out;
}

AxisRange ParticipationView::timesShown() const {
  const double horizon = session().problem()->process().horizon();
  const auto found = session().result<Participation>("participation");
  const bool critical = found && found->criticalTime > 0;
  return {0, critical ? std::min(horizon, kShownTimes * found->criticalTime) : horizon};
}

void ParticipationView::showData() {
  const auto found = session().result<Participation>("participation");
  m_plot->setMessage(found ? QString() : session().problemOf("participation"));
  m_plot->setRange(PlotAxis::bottom, timesShown());
  const auto values = [&](const std::vector<double>& of) {
    return found ? of : std::vector<double>();
  };
  static const std::vector<double> none;
  const std::vector<double>& times = found ? found->times : none;
  m_plot->setCurve(m_data, times, values(found ? found->ratio : none));
  const bool random = found && found->scale > 0;
  m_plot->setCurve(m_limit, random ? times : none, random ? found->limit : none);
  const double critical = random ? found->criticalTime : std::nan("");
  m_plot->setLineStyle(
      m_critical,
      criticalStyle(std::isfinite(critical) ? QString("t_c = %1").arg(critical, 0, 'f', 4) : ""));
  m_plot->setLine(m_critical, critical);
  m_plot->setLine(m_time, session().time());
  m_plot->setNote(found ? placeText(found->xHat) : QString());
  announceSummary();
}

void ParticipationView::showModel(std::size_t i) {
  const auto own = session().result<Participation>("participation");
  const auto model = session().result<RandomEnergy>(keyOf(kLevels[i]));
  const bool drawn = model && own && own->scale > 0 && options().flag("models");
  std::vector<double> s, Y;
  for (std::size_t k = 0; drawn && k < model->times.size(); ++k) {
    s.push_back(model->times[k]);
    Y.push_back(model->measured[k].mean);
  }
  m_plot->setCurve(m_models[i], s, Y);
  m_plot->setCurveVisible(m_models[i], drawn);
  announceSummary();
}

QString ParticipationView::summary() const {
  const auto found = session().result<Participation>("participation");
  if (!found || found->ratio.empty()) return tr("No participation ratio to show.");
  return tr("At %1 the participation ratio goes from %2 to %3; the random energy model condenses "
            "%4.")
      .arg(placeText(found->xHat))
      .arg(found->ratio.back(), 0, 'g', 3)
      .arg(found->ratio.front(), 0, 'g', 3)
      .arg(std::isfinite(found->criticalTime) ? tr("at s = %1").arg(found->criticalTime, 0, 'g', 4)
                                              : tr("at no time of this process"));
}

}  // namespace separatrix
