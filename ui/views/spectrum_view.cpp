#include "ui/views/spectrum_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/bifurcation.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr std::size_t kOffered = 64;  // branches in the list

/// What the eigenvalues at time s are divided by.
double curvatureOfOnePoint(const Problem& problem, double s) {
  const Potential U = problem.potentialAt(s);
  return U.scoreWeight / problem.process().noiseVariance(s) + U.radialWeight;
}

struct Spectrum {
  std::vector<CurvePiece> positive, negative;
  std::vector<PlotMarker> crossings;
  double least = 0, greatest = 0;
};

/// One eigenvalue along the branch, cut where it is zero.
void addEigenvalue(Spectrum& out, const std::vector<double>& at, const std::vector<double>& value) {
  std::vector<CurvePiece>* kind = nullptr;
  const auto add = [&](double x, double y) {
    kind->back().x.push_back(x);
    kind->back().y.push_back(y);
  };
  const auto cross = [&](double x) {
    if (kind != nullptr) add(x, 0);
    const auto same = [&](const PlotMarker& each) {
      return std::abs(each.position.x() - x) < 1e-9;
    };
    if (std::none_of(out.crossings.begin(), out.crossings.end(), same))
      out.crossings.push_back({{x, 0}, {}});
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool inner = i > 0 && i + 1 < value.size();
    if (value[i] == 0 && inner && value[i - 1] != 0 && value[i + 1] != 0) {
      cross(at[i]);
      if (value[i + 1] != 0 && (value[i + 1] > 0) != (value[i - 1] > 0)) kind = nullptr;
      continue;
    }
    auto* next = value[i] < 0 ? &out.negative : &out.positive;
    if (next != kind) {
      const bool crossed = i > 0 && value[i - 1] * value[i] < 0;
      const double zero =
          crossed ? at[i - 1] + (at[i] - at[i - 1]) * value[i - 1] / (value[i - 1] - value[i])
                  : (i > 0 ? at[i - 1] : at[i]);
      if (crossed) cross(zero);
      kind = next;
      kind->emplace_back();
      if (i > 0) add(zero, 0);
    }
    add(at[i], value[i]);
    out.least = std::min(out.least, value[i]);
    out.greatest = std::max(out.greatest, value[i]);
  }
}

Spectrum spectrumOf(const Problem& problem, const Branch& branch) {
  Spectrum out;
  const DiagramAxis axis = diagramAxis(problem.process());
  std::vector<double> at, scale;
  for (const FixedPoint& point : branch.points) {
    at.push_back(axis.at(problem.process(), point.s));
    scale.push_back(curvatureOfOnePoint(problem, point.s));
  }
  const Index count = branch.points.empty() ? 0 : branch.points.front().spectrum.size();
  std::vector<double> value(at.size()), before;
  for (Index k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < at.size(); ++i) value[i] = branch.points[i].spectrum[k] / scale[i];
    // Symmetric data have many eigenvalues that are the same all along.
    const auto close = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    if (std::equal(value.begin(), value.end(), before.begin(), before.end(), close)) continue;
    addEigenvalue(out, at, value);
    before = value;
  }
  for (PlotMarker& each : out.crossings)
    each.label = QString("%1 = %2").arg(axis.symbol).arg(each.position.x(), 0, 'f', 4);
  return out;
}

}  // namespace

SpectrumView::SpectrumView(Session& session, QWidget* parent)
    : View(session, "spectrum", parent), m_plot(addPlot(tr("Spectrum along a branch"))) {
  options().addChoice("branch", {{"noise", tr("From the noise")}},
                      {tr("Branch"), tr("Along which branch of fixed points the eigenvalues are "
                                        "drawn. Branches are numbered from the noise on.")});
  m_plot->setAxis(PlotAxis::left, {.title = "λ / (A/b^2 + B)"});
  CurveStyle zero;
  zero.colour = ColourRole::muted;
  zero.width = 1;
  m_zero = m_plot->addCurve(zero);  // beneath the markers on it, as lines are not
  CurveStyle positive;
  positive.colour = ColourRole::stable;
  positive.name = tr("stable direction");
  m_positive = m_plot->addCurve(positive);
  CurveStyle negative;
  negative.colour = ColourRole::unstable;
  negative.dash = LineDash::dashed;
  negative.name = tr("unstable direction");
  m_negative = m_plot->addCurve(negative);
  MarkerStyle crossings;
  crossings.shape = MarkerShape::diamond;
  crossings.colour = ColourRole::critical;
  crossings.size = 11;
  m_crossings = m_plot->addMarkers(crossings);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(true);

  onResult("bifurcation", [this] {
    showOptions();
    showSpectrum();
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showSpectrum();
  });
  connect(&session, &Session::timeChanged, this, [this] { showTime(); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double at) { dragTime(at); });
}

std::vector<Demand> SpectrumView::demands() const {
  return {{"bifurcation"}};
}

void SpectrumView::showOptions() {
  const auto result = session().result<Bifurcation>("bifurcation");
  if (!result) return;
  std::vector<ViewOptions::Item> branches{{"noise", tr("From the noise")}};
  for (std::size_t i = 1; i < std::min(result->diagram.branches.size(), kOffered); ++i)
    branches.push_back({QString::number(i), tr("Branch %1").arg(i)});
  options().setItems("branch", std::move(branches));
}

const Branch* SpectrumView::branch() const {
  const auto result = session().result<Bifurcation>("bifurcation");
  const auto number = static_cast<std::size_t>(options().choice("branch").toInt());
  if (!result || number >= result->diagram.branches.size()) return nullptr;
  return &result->diagram.branches[number];  // the first reaches the horizon
}

void SpectrumView::showSpectrum() {
  const Problem& problem = *session().problem();
  const DiagramAxis axis = diagramAxis(problem.process());
  const Branch* shown = branch();
  m_plot->setMessage(shown != nullptr ? QString() : session().problemOf("bifurcation"));
  m_plot->setAxis(PlotAxis::bottom, {.title = axis.symbol, .reversed = axis.reversed});
  m_plot->setRange(PlotAxis::bottom,
                   axis.reversed ? AxisRange{0, problem.process().horizon()} : AxisRange{0, 1});
  const Spectrum spectrum = shown != nullptr ? spectrumOf(problem, *shown) : Spectrum();
  // Between data points the shares fall as −1/b²: how far says nothing.
  m_plot->setRange(PlotAxis::left, {std::clamp(1.1 * spectrum.least, -1.5, -0.1),
                                    std::max(1.1, 1.1 * spectrum.greatest)});
  const AxisRange all = m_plot->range(PlotAxis::bottom);
  m_plot->setCurve(m_zero, std::vector{all.lower, all.upper}, std::vector{0.0, 0.0});
  m_plot->setCurves(m_positive, spectrum.positive);
  m_plot->setCurves(m_negative, spectrum.negative);
  m_plot->setMarkers(m_crossings, spectrum.crossings);
  showTime();
  announceSummary();
}

void SpectrumView::showTime() {
  const ForwardProcess& process = session().problem()->process();
  m_plot->setLine(m_time, diagramAxis(process).at(process, session().time()));
}

void SpectrumView::dragTime(double abscissa) {
  const ForwardProcess& process = session().problem()->process();
  session().setTime(diagramAxis(process).timeAt(process, abscissa));
}

QString SpectrumView::summary() const {
  const Branch* shown = branch();
  if (shown == nullptr) return tr("No spectrum to show.");
  const Spectrum spectrum = spectrumOf(*session().problem(), *shown);
  QStringList at;
  for (const PlotMarker& each : spectrum.crossings) at << each.label;
  return tr("Eigenvalues of the Hessian as shares of the curvature A/b² + B of a single point; %1.")
      .arg(at.isEmpty() ? tr("none crosses zero") : tr("zero at %1").arg(at.join(", ")));
}

}  // namespace separatrix
