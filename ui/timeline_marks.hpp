#pragma once

#include "core/study/critical_times.hpp"
#include "core/study/problem.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/plots/plot_types.hpp"
#include "ui/theme.hpp"

#include <vector>

namespace separatrix {

/// The critical times of a scene as marks of the timeline; those of one instant are one mark.
std::vector<TimeMark> timeMarks(const CriticalTimes& found, const Problem& problem);

/// The dynamical regimes of [Biroli et al. 2024] as shaded spans: I before the data's classes part
/// (t_S, or the first critical time where there is none), II after, III after the collapse onto
/// single data points (t_C), where there is one; over diffusion time.
std::vector<PlotBand> regimes(const CriticalTimes& found, const Problem& problem);
/// The same for the timeline.
std::vector<TimeBand> regimeBands(const CriticalTimes& found, const Problem& problem,
                                  const Theme& theme);

}  // namespace separatrix
