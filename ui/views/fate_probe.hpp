#pragma once

#include "core/study/fate.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"

#include <QObject>

#include <array>
#include <optional>

namespace separatrix {

/// The probe of a plot: the place in data space from which the user wants to see particles start.
/// A click sets it, a drag moves it or takes a particle along, and beside it stand the exact fates
/// and the sampled ones. The session keeps the place; every view that has a probe shows it.
class FateProbe final : public QObject {
  Q_OBJECT

public:
  /// How a place in data space is shown in the plot and the other way round; none: not here.
  struct Mapping {
    std::function<std::optional<Vec>(QPointF)> toData;
    std::function<std::optional<QPointF>(const Vec&)> toPlot;
    bool horizontal = false;  ///< moves along the horizontal axis only
  };

  FateProbe(Session& session, Plot& plot, Mapping mapping);

  /// What a view with a probe demands besides: nothing while there is no probe.
  static std::vector<Demand> demands(const Session& session);
  /// Puts the probe where it belongs, with what is known of the fate there.
  void show();

private:
  Session& m_session;
  Plot& m_plot;
  Mapping m_mapping;
};

/// "1: 0.700 (sampled 0.71 ± 0.02)", a line for each of the likeliest components; math text.
QString fateText(const Fate& fate);

/// The paths of a fate by the colour of where each ends, and the curves of a plot for them.
inline constexpr std::size_t kFateColours = 7;
using FatePaths = std::array<std::vector<CurvePiece>, kFateColours>;
using FateCurves = std::array<CurveId, kFateColours>;
FateCurves addFateCurves(Plot& plot);
/// Each path as `place(time, x)` gives it.
FatePaths fatePaths(const Fate& fate,
                    const std::function<QPointF(double s, const Eigen::VectorXf& x)>& place);

}  // namespace separatrix
