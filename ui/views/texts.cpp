#include "ui/views/texts.hpp"

#include "core/processes/time_axis.hpp"

namespace separatrix {

QString timeText(const Problem& problem, double s) {
  QString text = QString("s = %1").arg(s, 0, 'f', 4);
  if (problem.process().variancePreserving())
    text += QString("   θ = %1").arg(problem.process().signal(s), 0, 'f', 4);
  return text;
}

double DiagramAxis::toTime(const ForwardProcess& process, double at) const {
  if (reversed) return at;
  return timeWhere([&](double s) { return process.signal(s); }, at, 0, process.horizon());
}

DiagramAxis diagramAxis(const ForwardProcess& process) {
  if (process.variancePreserving()) return {"θ", false};
  return {"s", true};
}

}  // namespace separatrix
