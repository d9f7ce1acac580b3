#include "ui/timeline_marks.hpp"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <optional>

namespace separatrix {
namespace {

constexpr std::size_t kLabelledEvents = 12;  // more would cover each other

std::optional<double> timeOf(const CriticalTimes& found, const char* id) {
  for (const CriticalTime& time : found.times)
    if (time.id == id) return time.s;
  return {};
}

/// The last of the times, towards noise, at which something parts.
std::optional<double> firstParting(const CriticalTimes& found) {
  std::optional<double> out;
  for (const BifurcationEvent& event : found.events) out = std::max(out.value_or(0), event.s);
  return out;
}

}  // namespace

std::vector<TimeMark> timeMarks(const CriticalTimes& found, const Problem& problem) {
  const double horizon = problem.process().horizon();
  std::vector<TimeMark> marks;
  const auto add = [&](double s, const QString& label, const QString& text) {
    const QString line = QString("%1, s = %2").arg(text).arg(s, 0, 'g', 6);
    for (TimeMark& mark : marks)
      if (std::abs(mark.position - s) < 1e-6 * horizon) {
        mark.toolTip += "\n" + line;
        return;
      }
    marks.push_back({s, label, line});
  };
  // Those of the scene's own potential first: where labels have no room, the first one stays.
  const std::string own = potentialInfo(problem.scene().potential).title;
  for (const bool mine : {true, false})
    for (const CriticalTime& time : found.times)
      if ((time.title == own) == mine)
        add(time.s, QString::fromStdString(time.symbol),
            QString("%1 (%2)").arg(QString::fromStdString(time.title),
                                   QString::fromStdString(time.source)));
  const QString label = found.events.size() > kLabelledEvents ? "" : "s_c";
  for (const BifurcationEvent& event : found.events)
    add(event.s, label, QString::fromStdString(eventName(event.kind)));
  return marks;
}

std::vector<PlotBand> regimes(const CriticalTimes& found, const Problem& problem) {
  const double horizon = problem.process().horizon();
  std::optional<double> parting = timeOf(found, "speciation");
  if (!parting || !(*parting > 1e-6 * horizon)) parting = firstParting(found);
  if (!parting) return {};
  const double collapse = timeOf(found, "collapse").value_or(0);
  std::vector<PlotBand> out = {{horizon, *parting, ColourRole::muted, "I"}};
  if (collapse > 0 && collapse < *parting) {
    out.push_back({*parting, collapse, ColourRole::density, "II"});
    out.push_back({collapse, 0, ColourRole::critical, "III"});
  } else {
    out.push_back({*parting, 0, ColourRole::density, "II"});
  }
  return out;
}

std::vector<TimeBand> regimeBands(const CriticalTimes& found, const Problem& problem,
                                  const Theme& theme) {
  std::vector<TimeBand> out;
  for (const PlotBand& band : regimes(found, problem))
    out.push_back({band.from, band.to, band.label, theme.colour(band.colour)});
  return out;
}

}  // namespace separatrix
