#include "ui/plots/plot.hpp"

#include "core/runtime/errors.hpp"
#include "ui/plots/math_text.hpp"
#include "ui/plots/plot_impl.hpp"

#include <QEvent>
#include <QFontInfo>
#include <QFontMetrics>
#include <QMetaObject>

#include <cmath>
#include <utility>

namespace separatrix {

Plot::Impl::Impl(Plot* owner)
    : plot(owner),
      theme(&lightTheme()),
      surface(
          owner, [this] { refreshRanges(); },
          [this](PlotLayer layer, QPainter& painter) { draw(layer, painter); }) {
  surface.setBackground(theme->background);
}

PlotStyle Plot::Impl::screenStyle() const {
  const QFont font = plot->font();
  PlotStyle style = PlotStyle::make(*theme, font, QFontInfo(font).pixelSize(), plot);
  style.pixelRatio = surface.pixelRatio();
  return style;
}

const Frame& Plot::Impl::frame() {
  refreshRanges();
  if (!currentFrame || currentFrame->outer.size() != QSizeF(plot->size())) {
    currentFrame = layOutFrame(model, screenStyle(), plot->size());
    announceAspect();
  }
  return *currentFrame;
}

/// Ranges of an equal aspect change with the layout too.
void Plot::Impl::announceAspect() {
  if (!model.keepsAspect()) return;
  const std::array<AxisRange, 3> now{currentFrame->x.range, currentFrame->left.range,
                                     currentFrame->right.range};
  if (now == std::exchange(announced, now)) return;
  QMetaObject::invokeMethod(plot, &Plot::rangeChanged, Qt::QueuedConnection);
}

void Plot::Impl::refreshRanges() {
  if (!rangesStale) return;
  rangesStale = false;
  if (!updateRanges(model)) return;
  layoutChanged();
  if (model.keepsAspect()) return;  // announced when it is laid out
  QMetaObject::invokeMethod(plot, &Plot::rangeChanged, Qt::QueuedConnection);
}

void Plot::Impl::dataChanged(PlotLayer layer) {
  rangesStale = true;
  surface.invalidate(layer);
}

void Plot::Impl::layoutChanged() {
  currentFrame.reset();
  surface.invalidateAll();
}

void Plot::Impl::headerChanged() {
  const std::optional<Frame> before = std::move(currentFrame);
  currentFrame.reset();
  const Frame& after = frame();
  const bool moved = !before || before->area != after.area;
  if (moved) {
    surface.invalidateAll();
  } else {
    surface.invalidate(PlotLayer::top);
  }
}

void Plot::Impl::draw(PlotLayer layer, QPainter& painter) {
  const PlotStyle style = screenStyle();
  const Scenery scenery{model, frame(), style, interaction, &cache};
  RenderReport report;
  switch (layer) {
    case PlotLayer::base:
      drawBase(painter, scenery, report);
      break;
    case PlotLayer::curves:
      drawCurves(painter, scenery);
      break;
    case PlotLayer::points:
      drawPoints(painter, scenery, report);
      break;
    case PlotLayer::overlay:
      drawOverlay(painter, scenery);
      break;
    case PlotLayer::top:
      drawTop(painter, scenery, {});
      break;
  }
}

RenderReport Plot::Impl::paint(QPainter& painter, QSizeF size, const PlotStyle& style) {
  refreshRanges();
  const Frame frame = layOutFrame(model, style, size);
  const Scenery scenery{model, frame, style, {}, nullptr};
  RenderReport report;
  painter.save();
  painter.fillRect(frame.outer, style.theme->background);
  drawBase(painter, scenery, report);
  drawCurves(painter, scenery);
  drawPoints(painter, scenery, report);
  drawOverlay(painter, scenery);
  drawTop(painter, scenery, report.text());
  painter.restore();
  return report;
}

Plot::Plot(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

Plot::~Plot() = default;

void Plot::setTheme(const Theme& theme) {
  m_impl->theme = &theme;
  m_impl->surface.setBackground(theme.background);
  m_impl->layoutChanged();
}

void Plot::setAxis(PlotAxis axis, const AxisOptions& options) {
  m_impl->model.axis(axis).options = options;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

AxisOptions Plot::axis(PlotAxis axis) const {
  return m_impl->model.axis(axis).options;
}

void Plot::setRange(PlotAxis axis, AxisRange range) {
  if (!plottable(range.lower) || !plottable(range.upper) || !(range.lower < range.upper)) {
    throw InvalidInput("range", "from " + std::to_string(range.lower) + " to " +
                                    std::to_string(range.upper) +
                                    " is empty or not finite; give lower < upper");
  }
  m_impl->model.axis(axis).fixed = range;
  m_impl->dataChanged(PlotLayer::base);
}

void Plot::clearRange(PlotAxis axis) {
  m_impl->model.axis(axis).fixed.reset();
  m_impl->dataChanged(PlotLayer::base);
}

AxisRange Plot::range(PlotAxis axis) const {
  m_impl->refreshRanges();
  if (axis != PlotAxis::right && m_impl->model.keepsAspect()) {
    return axis == PlotAxis::bottom ? m_impl->frame().x.range : m_impl->frame().left.range;
  }
  return m_impl->model.axis(axis).shown;
}

void Plot::setEqualAspect(bool equal) {
  if (m_impl->model.equalAspect == equal) return;
  m_impl->model.equalAspect = equal;
  m_impl->rangesStale = true;
  m_impl->layoutChanged();
}

bool Plot::isEqualAspect() const {
  return m_impl->model.equalAspect;
}

void Plot::holdRange(bool hold) {
  m_impl->refreshRanges();
  m_impl->model.held = hold;
  if (!hold) m_impl->dataChanged(PlotLayer::top);
}

bool Plot::isRangeHeld() const {
  return m_impl->model.held;
}

void Plot::setRangeLocked(bool locked) {
  m_impl->refreshRanges();
  m_impl->model.locked = locked;
  if (!locked) m_impl->dataChanged(PlotLayer::top);
}

bool Plot::isRangeLocked() const {
  return m_impl->model.locked;
}

void Plot::zoomTo(PlotAxis axis, AxisRange range) {
  const bool zoomed = isZoomed();
  m_impl->setUserRange(axis, range);
  m_impl->announceZoom(zoomed);
}

std::optional<AxisRange> Plot::zoom(PlotAxis axis) const {
  return m_impl->model.axis(axis).user;
}

void Plot::restoreLocked(PlotAxis axis, AxisRange range) {
  if (!plottable(range.lower) || !plottable(range.upper) || !(range.lower < range.upper)) return;
  AxisState& state = m_impl->model.axis(axis);
  state.shown = range;
  state.everFitted = true;
  if (state.fixed) state.fixed = range;
  m_impl->layoutChanged();
}

void Plot::resetView() {
  const bool zoomed = isZoomed();
  for (AxisState& axis : m_impl->model.axes) {
    axis.user.reset();
    axis.everFitted = false;
  }
  m_impl->announceZoom(zoomed);
  m_impl->dataChanged(PlotLayer::base);
}

bool Plot::isZoomed() const {
  const auto& axes = m_impl->model.axes;
  return axes[0].user.has_value() || axes[1].user.has_value() || axes[2].user.has_value();
}

void Plot::setLegendVisible(bool visible) {
  m_impl->model.legendVisible = visible;
  m_impl->layoutChanged();
}

void Plot::setLegendPlacement(LegendPlacement placement) {
  m_impl->model.legendPlacement = placement;
  m_impl->layoutChanged();
}

void Plot::setMessage(const QString& message) {
  if (m_impl->model.message == message) return;
  m_impl->model.message = message;
  m_impl->surface.invalidate(PlotLayer::top);
}

void Plot::setNote(const QString& note) {
  if (m_impl->model.note == note) return;
  m_impl->model.note = note;
  m_impl->headerChanged();
}

void Plot::setCrosshairVisible(bool visible) {
  m_impl->crosshair = visible;
  m_impl->interaction.crosshair.reset();
  m_impl->surface.invalidate(PlotLayer::overlay);
}

QRectF Plot::plotArea() const {
  return m_impl->frame().area;
}

QPointF Plot::toPixel(QPointF point, PlotAxis yAxis) const {
  const Frame& frame = m_impl->frame();
  return {frame.x.toPixel(point.x()), frame.y(yAxis).toPixel(point.y())};
}

QPointF Plot::toData(QPointF pixel, PlotAxis yAxis) const {
  const Frame& frame = m_impl->frame();
  return {frame.x.toData(pixel.x()), frame.y(yAxis).toData(pixel.y())};
}

RenderReport Plot::draw(QPainter& painter, QSizeF size, const RenderOptions& options) const {
  QFont font = this->font();
  // The family that is used, not an alias such as "Sans Serif", which the file's reader may map
  // elsewhere.
  font.setFamily(options.fontFamily.isEmpty() ? QFontInfo(font).family() : options.fontFamily);
  if (options.vector) font.setHintingPreference(QFont::PreferNoHinting);
  PlotStyle style = PlotStyle::make(options.dark ? darkTheme() : lightTheme(), font,
                                    options.fontPoints * 96 / 72, painter.device());
  style.vector = options.vector;
  style.pixelRatio = options.pixelRatio;
  style.interactive = false;
  style.maxParticles = options.maxParticles;
  style.maxPaths = options.maxPaths;
  return m_impl->paint(painter, size, style);
}

QImage Plot::thumbnail(QSize size, double pixelRatio) const {
  QImage image((QSizeF(size) * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(pixelRatio);
  QPainter painter(&image);
  PlotStyle style = PlotStyle::make(*m_impl->theme, font(), QFontInfo(font()).pixelSize(), &image);
  style.pixelRatio = pixelRatio;
  style.interactive = false;
  m_impl->paint(painter, size, style);
  return image;
}

QSize Plot::sizeHint() const {
  const int em = fontMetrics().height();
  return {36 * em, 24 * em};
}

QSize Plot::minimumSizeHint() const {
  const int em = fontMetrics().height();
  return {12 * em, 8 * em};
}

void Plot::resizeEvent(QResizeEvent*) {
  m_impl->currentFrame.reset();
  m_impl->surface.widget()->setGeometry(rect());
}

void Plot::showEvent(QShowEvent*) {
  m_impl->layoutChanged();
}

void Plot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
    m_impl->layoutChanged();
  }
}

QString RenderReport::text() const {
  const auto grouped = [](std::size_t n) {
    QString digits = QString::number(n);
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3) digits.insert(i, QChar(0x202f));
    return digits;
  };
  QStringList parts;
  if (particlesShown < particles) {
    parts << QStringLiteral("%1 of %2 particles").arg(grouped(particlesShown), grouped(particles));
  }
  if (pathsShown < paths) {
    parts << QStringLiteral("%1 of %2 paths").arg(grouped(pathsShown), grouped(paths));
  }
  return parts.isEmpty() ? QString()
                         : QStringLiteral("showing ") + parts.join(QStringLiteral(", "));
}

RenderReport& RenderReport::operator+=(const RenderReport& other) {
  particles += other.particles;
  particlesShown += other.particlesShown;
  paths += other.paths;
  pathsShown += other.pathsShown;
  return *this;
}

}  // namespace separatrix
