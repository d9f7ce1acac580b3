#pragma once

#include "core/study/problem.hpp"

#include <QString>

namespace separatrix {

/// "s = 0.293   θ = 0.644" for processes with θ, else "s = 0.293"; math text.
QString timeText(const Problem& problem, double s);

/// The axis that diagrams of fixed points are drawn against: θ where it exists, else s.
struct DiagramAxis {
  QString symbol;         ///< math text
  bool reversed = false;  ///< so that noise is on the left
  double at(const ForwardProcess& process, double s) const {
    return reversed ? s : process.signal(s);
  }
  /// The diffusion time there, within the process.
  double toTime(const ForwardProcess& process, double at) const;
};
DiagramAxis diagramAxis(const ForwardProcess& process);

}  // namespace separatrix
