#include "ui/views/exponents_view.hpp"

#include "core/study/exponents.hpp"
#include "ui/plots/math_text.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// A power law: points and the slope in doubly logarithmic axes.
struct Law {
  const std::vector<double>& x;
  const std::vector<double>& y;
  Estimate exponent;
  double sign;       ///< of the slope
  double meanField;  ///< exponent
  QString name;      ///< of the exponent, math text
};

std::vector<Law> lawsOf(const Exponents& found, const QString& quantity) {
  const CriticalExponents& all = found.measured;
  if (quantity == "susceptibility")
    return {{all.tau, all.above, all.susceptibilityAbove, -1, 1, "γ"},
            {all.tau, all.below, all.susceptibilityBelow, -1, 1, "γ′"}};
  if (quantity == "isotherm") return {{all.mOfField, all.field, all.criticalIsotherm, 1, 3, "δ"}};
  return {{all.tau, all.m, all.orderParameter, 1, 0.5, "β"}};
}

QString valueText(const Law& law) {
  return QString("%1 = %2").arg(law.name).arg(law.exponent.value, 0, 'f', 4);
}

/// "± 2·10^{−6}", math text: the 95 % interval, which is even about the value.
QString intervalText(const Law& law) {
  const double half = 0.5 * (law.exponent.high - law.exponent.low);
  if (!(half > 0)) return "± 0";
  double power = std::floor(std::log10(half));
  double digit = std::ceil(half / std::pow(10, power));
  if (digit >= 10) {
    digit = 1;
    ++power;
  }
  return QString("± %1·10^{%2}")
      .arg(digit, 0, 'f', 0)
      .arg(QString::number(power).replace('-', "−"));
}

/// Through the point nearest to the critical one, where corrections are least.
CurvePiece lineOf(const Law& law, double exponent) {
  CurvePiece out;
  if (law.x.empty()) return out;
  for (const double x : {law.x.front(), law.x.back()}) {
    out.x.push_back(x);
    out.y.push_back(law.y.back() * std::pow(x / law.x.back(), law.sign * exponent));
  }
  return out;
}

std::vector<PlotMarker> markersOf(const Law& law) {
  std::vector<PlotMarker> out;
  for (std::size_t i = 0; i < law.x.size(); ++i) out.push_back({{law.x[i], law.y[i]}, {}});
  return out;
}

CurveStyle fitStyle(std::size_t i, const QString& name) {
  CurveStyle out;
  out.colour = i == 0 ? ColourRole::series1 : ColourRole::series3;
  out.width = 1.4;
  out.name = name;
  return out;
}

CurveStyle meanFieldStyle(const QString& name) {
  CurveStyle out;
  out.colour = ColourRole::reference;
  out.dash = LineDash::dashed;
  out.width = 3.6;
  out.name = name;
  return out;
}

}  // namespace

ExponentsView::ExponentsView(Session& session, QWidget* parent)
    : View(session, "exponents", parent), m_plot(addPlot(tr("Critical exponents"))) {
  options().addChoice(
      "quantity",
      {{"order-parameter", tr("Order parameter")},
       {"susceptibility", tr("Susceptibility")},
       {"isotherm", tr("Critical isotherm")}},
      {tr("Quantity"),
       tr("What is followed to the critical temperature t_c: |m| ~ |τ|^β below it, χ ~ |τ|^−γ on "
          "both sides, or the field h ~ m^δ at it; τ = t/t_c − 1. ± is the 95 % "
          "interval.")});
  m_meanField = m_plot->addCurve(meanFieldStyle({}));  // beneath the others, and seen around them
  m_fit = m_plot->addCurve(fitStyle(0, {}));
  m_secondFit = m_plot->addCurve(fitStyle(1, {}));
  MarkerStyle points;
  points.colour = ColourRole::series1;
  points.size = 5;
  m_points = m_plot->addMarkers(points);
  points.colour = ColourRole::series3;
  points.shape = MarkerShape::square;
  m_secondPoints = m_plot->addMarkers(points);
  m_plot->setLegendVisible(true);
  onResult("exponents", [this] { showFit(); });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showFit();
  });
}

std::vector<Demand> ExponentsView::demands() const {
  return {{"exponents"}};
}

void ExponentsView::showFit() {
  const auto found = session().result<Exponents>("exponents");
  QString message = found ? QString() : session().problemOf("exponents");
  if (found && !found->critical) message = tr("These data have no symmetric critical point.");
  m_plot->setMessage(message);
  const QString quantity = options().choice("quantity");
  const bool isotherm = quantity == "isotherm";
  const QString left = isotherm ? "h" : (quantity == "susceptibility" ? "χ" : "|m|");
  m_plot->setAxis(PlotAxis::bottom,
                  {.title = isotherm ? "|m|" : "|τ|", .scale = AxisScale::logarithmic});
  m_plot->setAxis(PlotAxis::left, {.title = left, .scale = AxisScale::logarithmic});
  const std::vector<Law> laws =
      found && found->critical ? lawsOf(*found, quantity) : std::vector<Law>();
  std::vector<CurvePiece> meanField;
  for (std::size_t i = 0; i < 2; ++i) {
    const bool used = i < laws.size();
    const CurveId fit = i == 0 ? m_fit : m_secondFit;
    m_plot->setCurveStyle(fit, fitStyle(i, used ? valueText(laws[i]) : QString()));
    m_plot->setCurveVisible(fit, used);
    m_plot->setCurves(fit, used ? std::vector{lineOf(laws[i], laws[i].exponent.value)}
                                : std::vector<CurvePiece>());
    m_plot->setMarkers(i == 0 ? m_points : m_secondPoints,
                       used ? markersOf(laws[i]) : std::vector<PlotMarker>());
    if (used) meanField.push_back(lineOf(laws[i], laws[i].meanField));
  }
  m_plot->setCurveStyle(
      m_meanField,
      meanFieldStyle(laws.empty() ? QString() : tr("mean field: %1").arg(laws.front().meanField)));
  m_plot->setCurves(m_meanField, meanField);
  QStringList intervals;
  for (const Law& law : laws) intervals << intervalText(law);
  m_plot->setNote(intervals.isEmpty() ? QString() : tr("95 %: %1").arg(intervals.join(", ")));
  announceSummary();
}

QString ExponentsView::summary() const {
  const auto found = session().result<Exponents>("exponents");
  if (!found || !found->critical) return tr("No critical point to show.");
  QStringList texts;
  for (const Law& law : lawsOf(*found, options().choice("quantity")))
    texts << tr("%1 %2, mean field %3")
                 .arg(valueText(law), plainText(intervalText(law)))
                 .arg(law.meanField);
  return tr("Near β_c = %1: %2.").arg(found->critical->beta, 0, 'g', 6).arg(texts.join("; "));
}

}  // namespace separatrix
