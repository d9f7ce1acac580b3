#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"
#include "ui/plots/plot_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kProbeReach = 12;    // pixels at a 12-pixel font
constexpr double kParticleReach = 6;  // likewise

}  // namespace

void Plot::setProbe(std::optional<QPointF> position, const ProbeOptions& options) {
  ProbeItem& probe = m_impl->model.probe;
  if (position && !isPlaceable(*position)) position.reset();
  const bool dragging = m_impl->drag == Impl::Drag::probe;
  if (dragging && position && probe.position) {
    position = options.horizontal ? QPointF(probe.position->x(), position->y()) : *probe.position;
  } else if (dragging) {
    m_impl->drag = Impl::Drag::none;
  }
  probe.position = position;
  probe.options = options;
  probe.selected = probe.selected && position;
  if (!position) m_impl->interaction.hoveredProbe = false;
  ++m_impl->probesSet;
  m_impl->surface.invalidate(PlotLayer::overlay);
}

std::optional<QPointF> Plot::probe() const {
  return m_impl->model.probe.position;
}

void Plot::setProbeSelected(bool selected) {
  m_impl->selectProbe(selected && m_impl->model.probe.position);
}

bool Plot::isProbeSelected() const {
  return m_impl->model.probe.selected;
}

void Plot::Impl::selectProbe(bool selected) {
  if (selected) select(-1);
  if (model.probe.selected == selected) return;
  model.probe.selected = selected;
  surface.invalidate(PlotLayer::overlay);
}

QPointF Plot::Impl::probePixel() {
  return plot->toPixel(model.probe.position.value_or(QPointF()));
}

/// How far a pixel is from the probe; infinite beyond reach.
double Plot::Impl::probeDistance(QPointF pixel) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (!model.probe.position) return infinity;
  const QPointF at = probePixel();
  if (!frame().area.adjusted(-1, -1, 1, 1).contains(at)) return infinity;
  const double distance = std::hypot(at.x() - pixel.x(), at.y() - pixel.y());
  return distance < kProbeReach * screenStyle().unit ? distance : infinity;
}

void Plot::Impl::grabProbe(QPointF pixel) {
  drag = Drag::probe;
  grabOffset = pixel - probePixel();
  selectProbe(true);
}

void Plot::Impl::moveProbe(QPointF pixel) {
  if (!model.probe.position) return;
  const QRectF& area = frame().area;
  const QPointF data = plot->toData({std::clamp(pixel.x(), area.left(), area.right()),
                                     std::clamp(pixel.y(), area.top(), area.bottom())});
  const bool horizontal = model.probe.options.horizontal;
  const QPointF position = horizontal ? QPointF(data.x(), model.probe.position->y()) : data;
  model.probe.position = position;
  surface.invalidate(PlotLayer::overlay);
  emit plot->probeMoved(position);
}

void Plot::Impl::releaseProbe() {
  if (model.probe.position) emit plot->probeReleased(*model.probe.position);
}

void Plot::Impl::clearProbe() {
  plot->setProbe(std::nullopt, model.probe.options);
  emit plot->probeCleared();
}

std::optional<NearParticle> Plot::Impl::particleAt(QPointF pixel) {
  const PlotStyle style = screenStyle();
  const Scenery scenery{model, frame(), style, interaction, nullptr};
  return nearestParticle(scenery, pixel, kParticleReach * style.unit);
}

bool Plot::Impl::grabParticle(QPointF pixel) {
  const std::optional<NearParticle> found = particleAt(pixel);
  if (!found) return false;
  const PlotAxis yAxis = model.particles[static_cast<std::size_t>(found->set)].style.yAxis;
  const std::uint64_t before = probesSet;
  emit plot->particlePressed(ParticlesId{found->set}, found->index,
                             plot->toData(found->pixel, yAxis));
  if (probesSet == before || !model.probe.position) return false;
  grabProbe(pixel);
  return true;
}

}  // namespace separatrix
