#pragma once

#include "ui/session/session.hpp"

namespace separatrix {

/// n, how many data points are thought to be drawn from the target: what the collapse time depends
/// on [B Eq 10]. Kept in the document; 20 000 at first, as in [B Fig 3].
Index dataPoints(const Session& session);
void setDataPoints(Session& session, Index n);

/// What the critical times of the window are asked for with.
Demand criticalTimesDemand(const Session& session);

}  // namespace separatrix
