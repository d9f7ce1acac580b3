#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"
#include "ui/plots/plot_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace separatrix {
namespace {

void requireGroups(std::span<const std::uint8_t> groups, std::size_t count) {
  if (!groups.empty()) requireLength("groups", groups.size(), count);
}

std::vector<double> finite(std::span<const double> values) {
  std::vector<double> result(values.begin(), values.end());
  for (double& value : result) {
    if (!plottable(value)) value = std::numeric_limits<double>::quiet_NaN();
  }
  return result;
}

}  // namespace

std::vector<CurvePiece> placeable(std::span<const CurvePiece> pieces) {
  std::vector<CurvePiece> checked;
  for (const CurvePiece& piece : pieces) {
    requireLength("y", piece.y.size(), piece.x.size());
    if (!piece.x.empty()) checked.push_back({finite(piece.x), finite(piece.y)});
  }
  return checked;
}

CurveId Plot::addCurve(const CurveStyle& style) {
  m_impl->model.curves.push_back({style, {}, true});
  m_impl->layoutChanged();
  return lastId<CurveId>(m_impl->model.curves);
}

void Plot::setCurveStyle(CurveId id, const CurveStyle& style) {
  itemAt(m_impl->model.curves, id, "curve").style = style;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

void Plot::setCurve(CurveId id, std::span<const double> xs, std::span<const double> ys) {
  requireLength("ys", ys.size(), xs.size());
  CurveItem& curve = itemAt(m_impl->model.curves, id, "curve");
  curve.pieces.clear();
  if (!xs.empty()) curve.pieces.push_back({finite(xs), finite(ys)});
  m_impl->dataChanged(PlotLayer::curves);
  const auto rides = [&](const ParticlesItem& item) { return item.curve == id; };
  if (std::ranges::any_of(m_impl->model.particles, rides)) {
    m_impl->surface.invalidate(PlotLayer::points);
  }
}

void Plot::setCurves(CurveId id, std::span<const CurvePiece> pieces) {
  itemAt(m_impl->model.curves, id, "curve").pieces = placeable(pieces);
  m_impl->dataChanged(PlotLayer::curves);
}

void Plot::setCurveVisible(CurveId id, bool visible) {
  CurveItem& curve = itemAt(m_impl->model.curves, id, "curve");
  if (curve.visible == visible) return;
  curve.visible = visible;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

void Plot::removeCurve(CurveId id) {
  CurveItem& curve = itemAt(m_impl->model.curves, id, "curve");
  curve = {};
  curve.visible = false;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

MarkersId Plot::addMarkers(const MarkerStyle& style) {
  m_impl->model.markers.push_back({style, {}, true});
  m_impl->layoutChanged();
  return lastId<MarkersId>(m_impl->model.markers);
}

void Plot::setMarkers(MarkersId id, std::span<const PlotMarker> markers) {
  MarkersItem& item = itemAt(m_impl->model.markers, id, "markers");
  item.markers = copied(markers);
  std::erase_if(item.markers, [](const PlotMarker& m) { return !isPlaceable(m.position); });
  m_impl->dataChanged(PlotLayer::points);
}

void Plot::setMarkersVisible(MarkersId id, bool visible) {
  itemAt(m_impl->model.markers, id, "markers").visible = visible;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

ParticlesId Plot::addParticles(const ParticleStyle& style) {
  m_impl->model.particles.push_back({style, {}, {}, {}, {}, true});
  m_impl->layoutChanged();
  return lastId<ParticlesId>(m_impl->model.particles);
}

void Plot::setParticleStyle(ParticlesId id, const ParticleStyle& style) {
  itemAt(m_impl->model.particles, id, "particles").style = style;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

void Plot::setParticles(ParticlesId id, std::span<const float> xs, std::span<const float> ys,
                        std::span<const std::uint8_t> groups) {
  requireLength("ys", ys.size(), xs.size());
  requireGroups(groups, xs.size());
  ParticlesItem& item = itemAt(m_impl->model.particles, id, "particles");
  item.x.assign(xs.begin(), xs.end());
  item.y.assign(ys.begin(), ys.end());
  item.groups.assign(groups.begin(), groups.end());
  item.curve.reset();
  m_impl->dataChanged(PlotLayer::points);
}

void Plot::setParticlesOnCurve(ParticlesId id, std::span<const float> xs, CurveId curve,
                               std::span<const std::uint8_t> groups) {
  itemAt(m_impl->model.curves, curve, "curve");
  requireGroups(groups, xs.size());
  ParticlesItem& item = itemAt(m_impl->model.particles, id, "particles");
  item.x.assign(xs.begin(), xs.end());
  item.y.clear();
  item.groups.assign(groups.begin(), groups.end());
  item.curve = curve;
  m_impl->dataChanged(PlotLayer::points);
}

void Plot::setParticlesVisible(ParticlesId id, bool visible) {
  itemAt(m_impl->model.particles, id, "particles").visible = visible;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

PathsId Plot::addPaths(const PathStyle& style) {
  PathsItem item;
  item.style = style;
  item.revision = ++m_impl->revision;
  m_impl->model.paths.push_back(std::move(item));
  m_impl->layoutChanged();
  return lastId<PathsId>(m_impl->model.paths);
}

void Plot::setPathStyle(PathsId id, const PathStyle& style) {
  PathsItem& item = itemAt(m_impl->model.paths, id, "paths");
  item.style = style;
  item.revision = ++m_impl->revision;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

void Plot::setPaths(PathsId id, std::span<const double> xs, std::span<const float> ys,
                    PathOrder order, std::span<const std::uint8_t> groups) {
  PathsItem& item = itemAt(m_impl->model.paths, id, "paths");
  const std::size_t n = xs.size();
  const std::size_t count = n == 0 ? 0 : ys.size() / n;
  requireLength("ys", ys.size(), count * n);
  requireGroups(groups, count);
  if (n == 1) throw InvalidInput("xs", "a path needs at least two points");
  const bool ascending = n < 2 || xs[1] > xs[0];
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (!plottable(xs[i]) || !plottable(xs[i + 1]) ||
        (ascending ? !(xs[i + 1] > xs[i]) : !(xs[i + 1] < xs[i]))) {
      throw InvalidInput("xs[" + std::to_string(i + 1) + "]",
                         "the times of paths must be monotone");
    }
  }
  item.x.assign(xs.begin(), xs.end());
  item.groups.assign(groups.begin(), groups.end());
  item.y.assign(ys.begin(), ys.end());
  if (order == PathOrder::stepMajor) {
    for (std::size_t step = 0; step < n; ++step) {
      for (std::size_t path = 0; path < count; ++path) {
        item.y[path * n + step] = ys[step * count + path];
      }
    }
  }
  findEnvelope(item);
  item.revision = ++m_impl->revision;
  m_impl->dataChanged(PlotLayer::base);
}

void Plot::setPathsVisible(PathsId id, bool visible) {
  itemAt(m_impl->model.paths, id, "paths").visible = visible;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

LineId Plot::addVerticalLine(const VerticalLineStyle& style) {
  m_impl->model.lines.push_back({style, 0, false, false});
  return lastId<LineId>(m_impl->model.lines);
}

LineId Plot::addHorizontalLine(const VerticalLineStyle& style) {
  m_impl->model.lines.push_back({style, 0, false, true});
  return lastId<LineId>(m_impl->model.lines);
}

void Plot::setLineStyle(LineId id, const VerticalLineStyle& style) {
  itemAt(m_impl->model.lines, id, "line").style = style;
  m_impl->surface.invalidate(PlotLayer::overlay);
  m_impl->surface.invalidate(PlotLayer::points);
}

void Plot::setLine(LineId id, double x) {
  LineItem& line = itemAt(m_impl->model.lines, id, "line");
  line.shown = plottable(x);
  line.x = line.shown ? x : 0;
  m_impl->surface.invalidate(PlotLayer::overlay);
}

double Plot::line(LineId id) const {
  const LineItem& line = itemAt(m_impl->model.lines, id, "line");
  return line.shown ? line.x : std::numeric_limits<double>::quiet_NaN();
}

void Plot::setBands(std::span<const PlotBand> bands) {
  m_impl->model.bands = copied(bands);
  std::erase_if(m_impl->model.bands,
                [](const PlotBand& band) { return std::isnan(band.from) || std::isnan(band.to); });
  m_impl->surface.invalidate(PlotLayer::base);
  m_impl->surface.invalidate(PlotLayer::overlay);
}

void Plot::setField(std::span<const FieldArrow> arrows) {
  m_impl->model.field = copied(arrows);
  std::erase_if(m_impl->model.field, [](const FieldArrow& a) {
    return !isPlaceable(QPointF(a.x, a.y)) || !isPlaceable(QPointF(a.dx, a.dy));
  });
  m_impl->dataChanged(PlotLayer::base);
}

}  // namespace separatrix
