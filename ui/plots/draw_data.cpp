#include "ui/plots/clip.hpp"
#include "ui/plots/draw.hpp"
#include "ui/plots/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace separatrix {
namespace {

/// Particles over a map have a dark edge, unless they are so many that they hide it anyway.
constexpr std::size_t kMostEdged = 20000;

std::vector<QColor> inks(const std::vector<ColourRole>& palette, double opacity, const Theme& t) {
  std::vector<QColor> colours;
  for (const ColourRole role : palette) colours.push_back(faded(t.colour(role), opacity));
  if (colours.empty()) colours.push_back(faded(t.text, opacity));
  return colours;
}

/// Maps are dark where particles gather.
const Theme& particleTheme(const Scenery& s) {
  return s.model.showsMap(true) ? darkTheme() : s.theme();
}

/// Makes the image a transparent one that covers the area, in the memory it has if that fits.
void clearImage(QImage& image, const QRectF& area, double ratio) {
  const auto pixels = [&](double length) {
    return std::max(1, static_cast<int>(std::lround(length * ratio)));
  };
  const QSize size(pixels(area.width()), pixels(area.height()));
  if (image.size() != size) image = QImage(size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
}

/// `shown` of `count` things, evenly spread.
std::size_t pick(std::size_t i, std::size_t shown, std::size_t count) {
  return static_cast<std::size_t>(static_cast<double>(i) * static_cast<double>(count) /
                                  static_cast<double>(shown));
}

/// Many particles overlap anyway: smaller ones keep the shape of a dense cloud.
double particleDiameter(const ParticleStyle& style, std::size_t count) {
  return style.size * (count > 20000 ? 0.67 : count > 4000 ? 0.8 : 1.0);
}

/// How far above its curve a particle rides: clear of the line, and scattered like sand, the same
/// way in every frame.
double lift(const ParticlesItem& item, std::size_t index) {
  const auto hash = static_cast<std::uint32_t>(index) * 2654435769u;
  const double share = static_cast<double>(hash >> 8) / static_cast<double>(1u << 24);
  return 2.5 + item.style.size / 2 + item.style.spread * share * share;
}

/// Some of the particles in pixels, at most as many as fit.
struct ParticlePixels {
  static constexpr std::size_t kMost = 4096;
  std::array<float, kMost> x, y;

  void place(const ParticlesItem& item, std::size_t first, std::size_t count, const Scenery& s) {
    const std::span<const float> xs(item.x.data() + first, count);
    if (item.curve) {
      heightsOnCurve(s.model.curves[static_cast<std::size_t>(*item.curve)], xs, {y.data(), count});
    } else {
      std::copy_n(item.y.begin() + static_cast<std::ptrdiff_t>(first), count, y.begin());
    }
    s.frame.x.toPixels(xs, {x.data(), count});
    s.frame.y(item.style.yAxis).toPixels({y.data(), count}, {y.data(), count});
    for (std::size_t i = 0; item.curve && i < count; ++i)
      y[i] -= static_cast<float>(lift(item, first + i) * s.style.unit);
  }
};

struct GroupPixels {
  std::vector<float> x, y;
};

void drawParticleVectors(QPainter& painter, const ParticlesItem& item, const Scenery& s,
                         RenderReport& report) {
  const std::size_t count = item.x.size();
  const std::size_t shown = std::min(count, s.style.maxParticles);
  const std::vector<QColor> colours =
      inks(item.style.palette, particleOpacity(item.style, shown), particleTheme(s));
  const double radius = particleDiameter(item.style, shown) * s.style.unit / 2;
  const auto pixels = std::make_unique<ParticlePixels>();
  painter.setPen(Qt::NoPen);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t k = pick(i, shown, count);
    pixels->place(item, k, 1, s);
    const QPointF at(pixels->x[0], pixels->y[0]);
    if (!s.frame.area.contains(at)) continue;
    painter.setBrush(colours[item.groups.empty() ? 0 : item.groups[k] % colours.size()]);
    painter.drawEllipse(at, radius, radius);
  }
  report.particles += count;
  report.particlesShown += shown;
}

/// The particles of each group, or all as one, in pixels of an image over the area.
std::vector<GroupPixels> pixelsByGroup(const ParticlesItem& item, std::size_t groups,
                                       const Scenery& s) {
  std::vector<GroupPixels> out(groups);
  const auto pixels = std::make_unique<ParticlePixels>();
  const auto ratio = static_cast<float>(s.style.pixelRatio);
  const auto left = static_cast<float>(s.frame.area.left());
  const auto top = static_cast<float>(s.frame.area.top());
  for (std::size_t first = 0; first < item.x.size(); first += ParticlePixels::kMost) {
    const std::size_t count = std::min(ParticlePixels::kMost, item.x.size() - first);
    pixels->place(item, first, count, s);
    for (std::size_t i = 0; i < count; ++i) {
      GroupPixels& group = out[item.groups.empty() ? 0 : item.groups[first + i] % groups];
      group.x.push_back((pixels->x[i] - left) * ratio);
      group.y.push_back((pixels->y[i] - top) * ratio);
    }
  }
  return out;
}

void drawParticleImage(QPainter& painter, const ParticlesItem& item, const Scenery& s) {
  DrawCache ownCache;
  DrawCache& cache = s.cache ? *s.cache : ownCache;
  const double ratio = s.style.pixelRatio;
  clearImage(cache.pointImage, s.frame.area, ratio);
  const std::vector<QColor> colours =
      inks(item.style.palette, particleOpacity(item.style, item.x.size()), particleTheme(s));
  const std::vector<GroupPixels> groups =
      pixelsByGroup(item, item.groups.empty() ? 1 : colours.size(), s);
  const double diameter = particleDiameter(item.style, item.x.size()) * s.style.unit * ratio;
  if (s.model.showsMap(true) && item.x.size() <= kMostEdged) {
    cache.points.begin(cache.pointImage.size(), diameter + 1.6 * s.style.unit * ratio);
    for (const GroupPixels& group : groups) cache.points.add(group.x, group.y);
    cache.points.blendInto(cache.pointImage, QColor(0, 0, 0, 110));
  }
  for (std::size_t group = 0; group < groups.size(); ++group) {
    if (groups[group].x.empty()) continue;
    cache.points.begin(cache.pointImage.size(), diameter);
    cache.points.add(groups[group].x, groups[group].y);
    cache.points.blendInto(cache.pointImage, colours[group]);
  }
  drawPixels(painter, s.frame.area, cache.pointImage, ratio);
}

/// The bundle in pixels of an image over the area, its columns ascending.
struct PixelPaths {
  std::vector<float> x, y;
};

PixelPaths toPixels(const PathsItem& item, const Scenery& s) {
  const double ratio = s.style.pixelRatio;
  const QRectF& area = s.frame.area;
  const AxisMap& yMap = s.frame.y(item.style.yAxis);
  const std::size_t n = item.x.size();
  PixelPaths pixels{std::vector<float>(n), std::vector<float>(item.y.size())};
  for (std::size_t i = 0; i < n; ++i) {
    pixels.x[i] = static_cast<float>((s.frame.x.toPixel(item.x[i]) - area.left()) * ratio);
  }
  const bool descending = pixels.x.front() > pixels.x.back();
  if (descending) std::reverse(pixels.x.begin(), pixels.x.end());
  yMap.toPixels(item.y, pixels.y);
  for (float& y : pixels.y) y = static_cast<float>((static_cast<double>(y) - area.top()) * ratio);
  for (std::size_t path = 0; descending && path < item.count(); ++path) {
    const auto first = pixels.y.begin() + static_cast<std::ptrdiff_t>(path * n);
    std::reverse(first, first + static_cast<std::ptrdiff_t>(n));
  }
  return pixels;
}

QImage pathImage(const PathsItem& item, const Scenery& s) {
  QImage image;
  clearImage(image, s.frame.area, s.style.pixelRatio);
  const PixelPaths pixels = toPixels(item, s);
  rasterisePaths(image, pixels.x, pixels.y, item.groups,
                 inks(item.style.palette, pathOpacity(item.style, item.count()), s.theme()),
                 item.style.width * s.style.unit * s.style.pixelRatio);
  return image;
}

void drawPathVectors(QPainter& painter, const PathsItem& item, const Scenery& s,
                     RenderReport& report) {
  const std::size_t count = item.count(), n = item.x.size();
  const std::size_t shown = std::min(count, s.style.maxPaths);
  // Opaque, because Qt writes a translucent line to PDF as its outline, ten times as large.
  std::vector<QColor> colours = inks(item.style.palette, 1, s.theme());
  const double strength = std::max(pathOpacity(item.style, shown), 0.55);
  for (QColor& colour : colours) colour = mixed(colour, s.theme().background, strength);
  painter.setBrush(Qt::NoBrush);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t path = pick(i, shown, count);
    QPolygonF points;
    for (std::size_t k = 0; k < n; ++k) {
      points.append({s.frame.x.toPixel(item.x[k]),
                     s.frame.y(item.style.yAxis).toPixel(item.y[path * n + k])});
    }
    const QColor& colour = colours[item.groups.empty() ? 0 : item.groups[path] % colours.size()];
    painter.setPen(QPen(colour, 0.8 * item.style.width * s.style.unit, Qt::SolidLine, Qt::FlatCap,
                        Qt::RoundJoin));
    for (const QPolygonF& part : clipPolyline(points, s.frame.area, 0.7)) {
      painter.drawPolyline(part);
    }
  }
  report.paths += count;
  report.pathsShown += shown;
}

}  // namespace

double particleOpacity(const ParticleStyle& style, std::size_t count) {
  if (style.opacity > 0) return style.opacity;
  return std::clamp(22 / std::sqrt(static_cast<double>(std::max<std::size_t>(count, 1))), 0.16,
                    0.85);
}

double pathOpacity(const PathStyle& style, std::size_t count) {
  if (style.opacity > 0) return style.opacity;
  return std::clamp(4.5 / std::sqrt(static_cast<double>(std::max<std::size_t>(count, 1))), 0.08,
                    0.9);
}

void drawPixels(QPainter& painter, const QRectF& area, const QImage& image, double ratio) {
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(1 / ratio, 1 / ratio);
  painter.drawImage(QPointF(0, 0), image);
  painter.restore();
}

std::optional<NearParticle> nearestParticle(const Scenery& s, QPointF at, double reach) {
  const auto pixels = std::make_unique<ParticlePixels>();
  std::optional<NearParticle> nearest;
  const double ends[] = {s.frame.x.toData(at.x() - reach), s.frame.x.toData(at.x() + reach)};
  const double low = std::min(ends[0], ends[1]), high = std::max(ends[0], ends[1]);
  for (std::size_t set = 0; set < s.model.particles.size(); ++set) {
    const ParticlesItem& item = s.model.particles[set];
    if (!item.visible || !item.style.grabbable) continue;
    for (std::size_t i = 0; i < item.x.size(); ++i) {
      if (!(item.x[i] >= low && item.x[i] <= high)) continue;
      pixels->place(item, i, 1, s);
      const QPointF pixel(pixels->x[0], pixels->y[0]);
      const double distance = std::hypot(pixel.x() - at.x(), pixel.y() - at.y());
      if (!(distance <= reach) || !s.frame.area.contains(pixel)) continue;
      reach = distance;
      nearest = {static_cast<int>(set), static_cast<int>(i), pixel};
    }
  }
  return nearest;
}

void drawParticles(QPainter& painter, const Scenery& s, RenderReport& report) {
  for (const ParticlesItem& item : s.model.particles) {
    if (!item.visible || item.x.empty()) continue;
    if (s.style.vector) {
      drawParticleVectors(painter, item, s, report);
    } else {
      drawParticleImage(painter, item, s);
    }
  }
}

void drawPaths(QPainter& painter, const Scenery& s, RenderReport& report) {
  for (std::size_t i = 0; i < s.model.paths.size(); ++i) {
    const PathsItem& item = s.model.paths[i];
    if (!item.visible || item.count() == 0) continue;
    if (s.style.vector) {
      drawPathVectors(painter, item, s, report);
      continue;
    }
    const ImageKey key = ImageKey::of(item.revision, item.style.yAxis, s.frame, s.style);
    const QImage* cached = s.cache ? s.cache->paths.find(i, key) : nullptr;
    if (cached) {
      drawPixels(painter, s.frame.area, *cached, s.style.pixelRatio);
      continue;
    }
    const QImage image = pathImage(item, s);
    drawPixels(painter, s.frame.area, image, s.style.pixelRatio);
    if (s.cache) s.cache->paths.store(i, key, image);
  }
}

const QImage* ImageCache::find(std::size_t index, const ImageKey& key) const {
  if (index >= m_entries.size() || m_entries[index].image.isNull()) return nullptr;
  return m_entries[index].key == key ? &m_entries[index].image : nullptr;
}

void ImageCache::store(std::size_t index, const ImageKey& key, QImage image) {
  if (m_entries.size() <= index) m_entries.resize(index + 1);
  m_entries[index] = {key, std::move(image)};
}

}  // namespace separatrix
