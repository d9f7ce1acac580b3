#pragma once

namespace separatrix {

/// Makes the track of the timeline a slider with a value for assistive technology. Does nothing
/// the second time.
void installTimelineAccessibility();

}  // namespace separatrix
