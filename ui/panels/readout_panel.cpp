#include "ui/panels/readout_panel.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/critical_times.hpp"
#include "core/study/field_point.hpp"
#include "core/study/fixed_points.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/plots/math_text.hpp"
#include "ui/sentence.hpp"
#include "ui/session/data_points.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

QString number(double value, int digits = 6) {
  QString text = QString::number(value, 'g', digits);
  return text.replace('-', QChar(0x2212));
}

constexpr Index kShownCoordinates = 3;
constexpr std::size_t kShownRows = 12;  // of fixed points, of events

/// The coordinates of a point, or its norm if they are too many to read. What rounding left of a
/// zero is one.
QString placeText(const Vec& x) {
  constexpr double kRounding = 1e-13;
  const double roundingOfNorm = kRounding * std::sqrt(static_cast<double>(x.size())) * 10;
  if (x.size() > kShownCoordinates) return number(x.norm() < roundingOfNorm ? 0 : x.norm());
  QStringList out;
  for (const double coordinate : x)
    out << number(std::abs(coordinate) < kRounding * std::max(1.0, x.norm()) ? 0 : coordinate,
                  x.size() == 1 ? 6 : 4);
  return out.join(", ");
}

QString stabilityText(const FixedPoint& point) {
  const QString curvature = point.x.size() == 1 ? "U″ = " + number(point.minEigenvalue)
                                                : "λ_min = " + number(point.minEigenvalue, 4);
  switch (point.stability()) {
    case Stability::stable:
      return QObject::tr("stable, ") + curvature;
    case Stability::marginal:
      return QObject::tr("marginal, ") + curvature;
    case Stability::unstable:
      return QObject::tr("unstable, ") + curvature;
  }
  return curvature;
}

/// Events of one kind that happen together, as symmetry wants it.
struct CountedEvent {
  EventKind kind;
  double s;
  int count;
};

std::vector<CountedEvent> countedEvents(const std::vector<BifurcationEvent>& events) {
  constexpr double kTogether = 1e-8;
  std::vector<CountedEvent> out;
  for (const BifurcationEvent& event : events) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const CountedEvent& other) {
      return other.kind == event.kind && std::abs(other.s - event.s) < kTogether * event.s;
    });
    if (same == out.end())
      out.push_back({event.kind, event.s, 1});
    else
      ++same->count;
  }
  return out;
}

/// Rows of a borderless table: name, value, and a remark in small print.
class Rows {
public:
  void add(const QString& name, const QString& value, const QString& remark = {}) {
    m_html += "<tr><td style='padding-right:12px'>" + richText(name) +
              "</td><td align='right' style='white-space:nowrap'>" + value.toHtmlEscaped() +
              "</td><td style='padding-left:10px'>" + richText(remark) + "</td></tr>";
  }
  QString html() const {
    return m_html.isEmpty() ? QString("–") : "<table cellspacing='1'>" + m_html + "</table>";
  }

private:
  QString m_html;
};

}  // namespace

ReadoutPanel::ReadoutPanel(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session) {
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(4);
  setWhatsThis(
      tr("The numbers behind the pictures: the time on every axis, what is under the "
         "cursor, the fixed points, the critical times, and the potential with its source."));
  m_time = addPart(tr("Time"));
  m_cursor = addPart(tr("Under the cursor"));
  m_fixedPoints = addPart(tr("Fixed points"));
  m_criticalTimes = addPart(tr("Critical times"));
  addPointsBox();
  m_equation = addPart(tr("Potential"));
  m_equation->setWordWrap(true);
  layout->addStretch();
  connect(&session, &Session::timeChanged, this, [this] {
    showTime();
    showEquation();
  });
  connect(&session, &Session::problemChanged, this, [this] {
    showTime();
    showPointsBox();
    showEquation();
  });
  connect(&session, &Session::viewStateChanged, this, &ReadoutPanel::demandNumbers);
  connect(&session, &Session::documentOpened, this, &ReadoutPanel::demandNumbers);
  connect(&session, &Session::cursorChanged, this, &ReadoutPanel::showCursor);
  connect(&session, &Session::frameChanged, this, &ReadoutPanel::showFixedPoints);
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key == "critical-times") showCriticalTimes();
  });
  demandNumbers();
}

void ReadoutPanel::demandNumbers() {
  showPointsBox();
  m_session.demand(
      "readout",
      {criticalTimesDemand(m_session), {"fixed-points", Pace::frame}, {"field", Pace::cursor}});
}

/// Beneath the critical times: of how many points the collapse time is.
void ReadoutPanel::addPointsBox() {
  m_pointsRow = new QWidget(this);
  auto* row = new QHBoxLayout(m_pointsRow);
  row->setContentsMargins(0, 0, 0, 10);
  m_points = new NumberBox(ParameterSpec::integer("points", 1).within(1, 1e12), m_pointsRow);
  m_points->setObjectName("points");
  m_points->setAccessibleName(tr("Data points"));
  m_points->setWhatsThis(
      tr("How many data points are thought to be drawn from the classes: the time t_C at which "
         "trajectories collapse onto single points depends on log n / d (Biroli et al. 2024)."));
  m_points->setToolTip(tr("Data points n, of the collapse time"));
  auto* label = new QLabel(tr("data points &n"), m_pointsRow);
  label->setBuddy(m_points);
  row->addWidget(label);
  row->addWidget(m_points);
  row->addStretch();
  layout()->addWidget(m_pointsRow);
  connect(m_points, &NumberBox::edited, this,
          [this](double n) { setDataPoints(m_session, static_cast<Index>(n)); });
}

/// Points have no collapse of that kind.
void ReadoutPanel::showPointsBox() {
  const ProblemPtr& problem = m_session.problem();
  const Components* parts = problem ? problem->target().components() : nullptr;
  m_pointsRow->setVisible(parts != nullptr && parts->variances.maxCoeff() > 0);
  m_points->setValue(static_cast<double>(dataPoints(m_session)));
}

QLabel* ReadoutPanel::addPart(const QString& title) {
  auto* heading = new QLabel("<b>" + title.toHtmlEscaped() + "</b>", this);
  auto* text = new QLabel("–", this);
  text->setAccessibleName(title);
  text->setTextFormat(Qt::RichText);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  text->setContentsMargins(0, 0, 0, 10);
  layout()->addWidget(heading);
  layout()->addWidget(text);
  return text;
}

void ReadoutPanel::showTime() {
  if (!m_session.problem()) return;
  const ForwardProcess& process = m_session.problem()->process();
  const double s = m_session.time();
  Rows rows;
  for (const TimeAxis& axis : timeAxes(process))
    rows.add(QString::fromStdString(axis.symbol), number(axis.fromTime(s)));
  rows.add("b^2", number(process.noiseVariance(s)));
  m_time->setText(rows.html());
}

void ReadoutPanel::showCursor() {
  const auto field = m_session.result<FieldPoint>("field");
  Rows rows;
  if (field) {
    if (field->x.size() > kShownCoordinates) rows.add("|x|", placeText(field->x));
    for (Index i = 0; field->x.size() <= kShownCoordinates && i < field->x.size(); ++i)
      rows.add(field->x.size() == 1 ? QString("x") : QString("x_%1").arg(i), number(field->x[i]));
    rows.add("U(x) − U(0)", number(field->potential));
    rows.add(field->x.size() == 1 ? "U′" : "|∇U|",
             number(field->x.size() == 1 ? field->gradient[0] : field->gradient.norm()));
    rows.add("log p", number(field->posterior.logEvidence));
    constexpr Index kShownParts = 6;
    for (Index k = 0; k < std::min(kShownParts, field->componentPosterior.size()); ++k)
      rows.add(QString("P(%1 | x)").arg(k + 1), number(field->componentPosterior[k]));
  }
  m_cursor->setText(rows.html());
}

void ReadoutPanel::showFixedPoints() {
  const auto fixedPoints = m_session.result<FixedPoints>("fixed-points");
  Rows rows;
  QString more;
  if (fixedPoints) {
    const auto& points = fixedPoints->points;
    for (std::size_t k = 0; k < std::min(kShownRows, points.size()); ++k)
      rows.add(points[k].x.size() > kShownCoordinates ? "|x^*|" : "x^*", placeText(points[k].x),
               stabilityText(points[k]));
    const auto stable = std::count_if(points.begin(), points.end(),
                                      [](const FixedPoint& point) { return point.stable(); });
    if (points.size() > kShownRows)
      more = tr("%1 in all, %2 of them stable.").arg(points.size()).arg(stable);
    if (!fixedPoints->remark().empty()) more += "<br>" + tr("Some may be missing.");
    m_fixedPoints->setToolTip(asSentence(QString::fromStdString(fixedPoints->remark())));
  }
  const QString problem = m_session.problemOf("fixed-points");
  m_fixedPoints->setWordWrap(!problem.isEmpty());
  m_fixedPoints->setText(problem.isEmpty() ? rows.html() + more : problem.toHtmlEscaped());
}

void ReadoutPanel::showCriticalTimes() {
  const auto critical = m_session.result<CriticalTimes>("critical-times");
  if (!critical || !m_session.problem()) return;
  const ForwardProcess& process = m_session.problem()->process();
  Rows rows;
  rows.add({}, "s", process.variancePreserving() ? "θ" : QString());
  const auto add = [&](const QString& name, double s) {
    const QString remark =
        process.variancePreserving() ? QString::number(process.signal(s), 'f', 4) : QString();
    rows.add(name, number(s), remark);
  };
  for (const CriticalTime& time : critical->times) add(QString::fromStdString(time.title), time.s);
  const std::vector<CountedEvent> events = countedEvents(critical->events);
  for (std::size_t k = 0; k < std::min(kShownRows, events.size()); ++k) {
    const QString name = QString::fromStdString(eventName(events[k].kind));
    add(events[k].count > 1 ? QString("%1 × %2").arg(events[k].count).arg(name) : name,
        events[k].s);
  }
  const QString more =
      events.size() > kShownRows ? tr("Events at %1 times in all.").arg(events.size()) : QString();
  m_criticalTimes->setText(rows.html() + more);
}

void ReadoutPanel::showEquation() {
  if (!m_session.problem()) return;
  const PotentialInfo& info = potentialInfo(m_session.scene().potential);
  const Potential U = m_session.problem()->potentialAt(m_session.time());
  QString live = QString("= %1 log p").arg(number(-U.scoreWeight, 4));
  if (U.radialWeight != 0)
    live += QString(" %1 %2 |x|^2/2")
                .arg(U.radialWeight < 0 ? "−" : "+", number(std::abs(U.radialWeight), 4));
  m_equation->setText(richText(QString::fromStdString(info.formula)) + "<br>" + richText(live) +
                      "<br><small>" + QString::fromStdString(info.source).toHtmlEscaped() +
                      "</small>");
}

}  // namespace separatrix
