#include "ui/views/spectrum_view.hpp"

#include "core/study/bifurcation.hpp"
#include "ui/views/against_option.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr std::size_t kOffered = 64;  // branches in the list

/// "Branch 2 to (0.98, 0)": with the place it has nearest to the data, where that can be read.
QString branchName(std::size_t number, const Branch& branch) {
  constexpr Index kReadable = 3;
  const QString name = QObject::tr("Branch %1").arg(number);
  if (branch.points.empty() || branch.points.front().x.size() > kReadable) return name;
  const auto end = std::min_element(
      branch.points.begin(), branch.points.end(),
      [](const FixedPoint& one, const FixedPoint& other) { return one.s < other.s; });
  QStringList place;
  for (const double coordinate : end->x)
    place << QString::number(std::abs(coordinate) < 5e-4 ? 0 : coordinate, 'g', 3)
                 .replace('-', QChar(0x2212));
  return QObject::tr("%1 to %2")
      .arg(name, place.size() == 1 ? place.front() : "(" + place.join(", ") + ")");
}

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

Spectrum spectrumOf(const TimeAxis& axis, const Bifurcation& found, std::size_t branch) {
  Spectrum out;
  const std::vector<FixedPoint>& points = found.diagram.branches[branch].points;
  std::vector<double> at;
  std::vector<Vec> shares;
  for (std::size_t i = 0; i < points.size(); ++i) {
    at.push_back(axis.fromTime(points[i].s));
    shares.push_back(found.relativeSpectrum(branch, i));
  }
  const Index count = shares.empty() ? 0 : shares.front().size();
  std::vector<double> value(at.size()), before;
  for (Index k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < at.size(); ++i) value[i] = shares[i][k];
    // Symmetric data have many eigenvalues that are the same all along.
    const auto close = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    if (std::equal(value.begin(), value.end(), before.begin(), before.end(), close)) continue;
    addEigenvalue(out, at, value);
    before = value;
  }
  for (PlotMarker& each : out.crossings)
    each.label = momentLabel(axis, axis.toTime(each.position.x()));
  return out;
}

}  // namespace

SpectrumView::SpectrumView(Session& session, QWidget* parent)
    : View(session, "spectrum", parent), m_plot(addPlot(tr("Spectrum along a branch"))) {
  options().addChoice("branch", {{"noise", tr("From the noise")}},
                      {tr("Branch"), tr("Along which branch of fixed points the eigenvalues are "
                                        "drawn. Branches are numbered from the noise on.")});
  addAgainstOption(options());
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
  connect(&session, &Session::problemChanged, this,
          [this] { offerAxes(options(), this->session().problem()->process()); });
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
    branches.push_back({QString::number(i), branchName(i, result->diagram.branches[i])});
  options().setItems("branch", std::move(branches));
}

Spectrum SpectrumView::spectrum() const {
  const auto result = session().result<Bifurcation>("bifurcation");
  const auto number = static_cast<std::size_t>(options().choice("branch").toInt());
  // The first branch reaches the horizon.
  if (!result || number >= result->diagram.branches.size()) return {};
  return spectrumOf(axis(), *result, number);
}

/// Refers to the process of the problem as it is now.
TimeAxis SpectrumView::axis() const {
  return chosenAxis(options(), session().problem()->process());
}

void SpectrumView::showSpectrum() {
  const bool known = session().result<Bifurcation>("bifurcation") != nullptr;
  m_plot->setMessage(known ? QString() : session().problemOf("bifurcation"));
  showAxis(*m_plot, axis(), session().problem()->process());
  const Spectrum spectrum = this->spectrum();
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
  m_plot->setLine(m_time, axis().fromTime(session().time()));
}

void SpectrumView::dragTime(double abscissa) {
  session().setTime(axis().toTime(abscissa));
}

QString SpectrumView::summary() const {
  if (!session().result<Bifurcation>("bifurcation")) return tr("No spectrum to show.");
  const Spectrum spectrum = this->spectrum();
  QStringList at;
  for (const PlotMarker& each : spectrum.crossings) at << each.label;
  return tr("Eigenvalues of the Hessian as shares of the curvature A/b² + B of a single point; %1.")
      .arg(at.isEmpty() ? tr("none crosses zero") : tr("zero at %1").arg(at.join(", ")));
}

}  // namespace separatrix
