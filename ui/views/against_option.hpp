#pragma once

#include "core/processes/time_axis.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {

/// The choice of the horizontal axis of a diagram over time: θ where it exists, s, or log-SNR.
void addAgainstOption(ViewOptions& options);
/// Offers the axes that `process` has.
void offerAxes(ViewOptions& options, const ForwardProcess& process);
/// The chosen axis; refers to `process`.
TimeAxis chosenAxis(const ViewOptions& options, const ForwardProcess& process);
/// Title, direction (noise on the left) and range of the plot's horizontal axis.
void showAxis(Plot& plot, const TimeAxis& axis, const ForwardProcess& process);
/// "θ_c = 0.6436", "s = 0.29": a labelled moment; log-SNR is labelled by s. `index`: "c" or empty.
QString momentLabel(const TimeAxis& axis, double s, const QString& index = {});

}  // namespace separatrix
