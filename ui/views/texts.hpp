#pragma once

#include "core/study/problem.hpp"
#include "ui/views/view_options.hpp"

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
  double timeAt(const ForwardProcess& process, double abscissa) const;
};
DiagramAxis diagramAxis(const ForwardProcess& process);

/// The first 16 coordinates of data, to choose from: "0" is "x0".
std::vector<ViewOptions::Item> coordinateItems(Index dimension);

}  // namespace separatrix
