#pragma once

#include "core/processes/time_axis.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"

#include <QObject>

namespace separatrix {

/// The horizontal axis of the figures of [B], t = −log a with noise on the left, or t/t_S: its
/// title, the current time as a line that is dragged, and t_S and t_C as dotted ones. Of processes
/// that keep a = 1 it is the diffusion time s.
class RegimeAxis final : public QObject {
  Q_OBJECT

public:
  RegimeAxis(Session& session, Plot& plot);

  /// One of the axis is so much of t: 1, or t_S.
  void setUnit(double unit);
  /// Where the diffusion time s is on it.
  double at(double s) const;

private:
  void showTitle();
  void showLines();
  bool isLogTime() const;

  Session& m_session;
  Plot& m_plot;
  double m_unit = 1;
  LineId m_time, m_speciation, m_collapse;
};

/// Vertical bars from value − error to value + error at each x.
std::vector<CurvePiece> errorBars(const std::vector<double>& x, const std::vector<double>& values,
                                  const std::vector<double>& errors);

/// The polyline of those points that are numbers.
std::vector<CurvePiece> finitePieces(const std::vector<double>& x, const std::vector<double>& y);

/// The points as markers, those that are numbers.
std::vector<PlotMarker> markersAt(const std::vector<double>& x, const std::vector<double>& y);

/// What is drawn of an experiment: points with error bars, and the published ones.
struct SampledPoints {
  CurveId bars;
  MarkersId points, published;
};
SampledPoints addSampledPoints(Plot& plot);
void setPoints(Plot& plot, const SampledPoints& of, const std::vector<double>& x,
               const std::vector<double>& values, const std::vector<double>& errors);

/// The `points` of a request on the session's data: n, or null where they are points themselves.
Json pointsRequest(const Session& session);

/// Whether the scene's data are the two Gaussians whose dimension can be another.
bool hasDimension(const Session& session);
/// The same demand in another dimension.
Demand inDimension(Demand demand, int dimension);
/// Many times t over the whole process, for smooth curves.
Json curveTimes(const Session& session);
/// The dimensions of [B]'s figures.
inline constexpr int kShownDimensions[] = {64, 256, 1024, 4096, 16384};
/// A dashed curve for each of them.
std::vector<CurveId> addOtherDimensions(Plot& plot);

}  // namespace separatrix
