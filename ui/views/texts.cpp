#include "ui/views/texts.hpp"

#include "core/processes/time_axis.hpp"

#include <algorithm>

namespace separatrix {

QString timeText(const Problem& problem, double s) {
  QString text = QString("s = %1").arg(s, 0, 'f', 4);
  if (problem.process().variancePreserving())
    text += QString("   θ = %1").arg(problem.process().signal(s), 0, 'f', 4);
  return text;
}

DiagramAxis diagramAxis(const ForwardProcess& process) {
  if (process.variancePreserving()) return {"θ", false};
  return {"s", true};
}

double DiagramAxis::timeAt(const ForwardProcess& process, double abscissa) const {
  if (reversed) return abscissa;
  return timeWhere([&](double s) { return process.signal(s); }, abscissa, 0, process.horizon());
}

std::vector<ViewOptions::Item> coordinateItems(Index dimension) {
  constexpr Index kOffered = 16;
  std::vector<ViewOptions::Item> out;
  for (Index i = 0; i < std::min(dimension, kOffered); ++i)
    out.push_back({QString::number(i), QString("x%1").arg(i)});
  return out;
}

}  // namespace separatrix
