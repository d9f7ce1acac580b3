#include "ui/start/thumbnail.hpp"

#include "core/study/analysis.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/trajectories.hpp"
#include "ui/plots/map_image.hpp"
#include "ui/views/image_sheet.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kPaths = 60, kSteps = 120, kCells = 72;
constexpr double kDensityAt = 0.35;  // signal, or share of the horizon: where wells part
constexpr double kReach = 2.1;       // of the plane, to the left and right
constexpr int kColours = 7;

template <class R>
std::shared_ptr<const R> run(const char* id, const Problem& problem, const Json& request,
                             const RunControl& control) {
  const Analysis& analysis = findAnalysis(id);
  return std::dynamic_pointer_cast<const R>(
      analysis.run(problem, validate(analysis.parameters, request, ""), control));
}

QColor colour(const Theme& theme, ColourRole role) {
  return theme.roles[static_cast<std::size_t>(role)];
}

void drawDensity(QImage& image, const Problem& problem, double s, const Theme& theme,
                 const RunControl& control) {
  const Json axis = Json::array({-kReach, kReach, kCells});
  const auto map = run<PotentialMap>(
      "potential", problem,
      {{"time", s}, {"range", Json::array({axis, axis})}, {"precision", "single"}}, control);
  const std::vector<std::uint32_t> table = colourTable(MapPalette::viridis, theme);
  const double most = map->density.maxCoeff();
  QImage cells(kCells, kCells, QImage::Format_RGB32);
  for (int x = 0; x < kCells; ++x)
    for (int y = 0; y < kCells; ++y) {
      const double share = most > 0 ? map->density[Index{x} * kCells + y] / most : 0;
      const auto entry = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) *
                                                  static_cast<double>(table.size() - 1));
      cells.setPixel(x, kCells - 1 - y, table[entry]);
    }
  const int side = std::max(image.width(), image.height());
  QPainter painter(&image);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF all((image.width() - side) / 2.0, (image.height() - side) / 2.0, side, side);
  painter.drawImage(all, cells);
  const Components* parts = problem.target().components();
  painter.setPen(Qt::NoPen);
  painter.setBrush(Qt::white);
  for (Index k = 0; parts != nullptr && k < std::min<Index>(parts->count(), 200); ++k)
    painter.drawEllipse(QPointF(all.center().x() + parts->means(0, k) / (2 * kReach) * side,
                                all.center().y() - parts->means(1, k) / (2 * kReach) * side),
                        0.008 * side, 0.008 * side);
}

void drawPaths(QImage& image, const Problem& problem, const Theme& theme,
               const RunControl& control) {
  // One coordinate of many shows noise alone.
  const bool many = problem.target().dimension() > 2;
  const auto found =
      run<Trajectories>("trajectories", problem, {{"plane", many ? "principal" : "none"}}, control);
  const Ensemble& ensemble = found->ensemble;
  double reach = 1e-12;
  for (Index k = 0; k < ensemble.saved(); ++k)
    reach = std::max(reach, static_cast<double>(ensemble.state(k).row(0).cwiseAbs().maxCoeff()));
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  const double horizon = ensemble.times().front();
  for (Index particle = 0; particle < ensemble.particles(); ++particle) {
    QPolygonF path;
    for (Index k = 0; k < ensemble.saved(); ++k) {
      const double s = ensemble.times()[static_cast<std::size_t>(k)];
      const auto x = static_cast<double>(ensemble.state(k)(0, particle));
      path << QPointF((1 - s / horizon) * image.width(), (0.5 - 0.48 * x / reach) * image.height());
    }
    const int rank = found->destinations.empty()
                         ? 0
                         : found->destinations[static_cast<std::size_t>(particle)] % kColours;
    QColor ink = colour(theme, seriesRole(rank));
    ink.setAlphaF(0.6F);
    painter.setPen(QPen(ink, 1));
    painter.drawPolyline(path);
  }
}

/// The first images of the data, side by side.
void drawImages(QImage& image, const Mat& points, Index side, const Theme& theme) {
  constexpr Index kRows = 3;
  const double cell = static_cast<double>(image.height()) / kRows;
  const auto columns = static_cast<Index>(image.width() / cell) + 1;
  const std::vector<std::uint32_t> table = colourTable(MapPalette::ink, theme);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  for (Index k = 0; k < std::min(kRows * columns, points.cols()); ++k) {
    const Vec pixels = points.col(k);
    const double least = pixels.minCoeff(), range = std::max(1e-300, pixels.maxCoeff() - least);
    QImage one(static_cast<int>(side), static_cast<int>(side), QImage::Format_RGB32);
    for (Index i = 0; i < pixels.size(); ++i) {
      const auto ink = (pixels[i] - least) / range * static_cast<double>(table.size() - 1);
      one.setPixel(static_cast<int>(i % side), static_cast<int>(i / side),
                   table[static_cast<std::size_t>(ink)]);
    }
    painter.drawImage(QRectF(static_cast<double>(k % columns) * cell,
                             static_cast<double>(k / columns) * cell, 0.9 * cell, 0.9 * cell),
                      one);
  }
}

}  // namespace

QImage thumbnailOf(const Json& document, QSize pixels, const Theme& theme,
                   const RunControl& control) {
  Document read = documentFromJson(document);
  read.scene.ensemble.particles = kPaths;
  read.scene.ensemble.steps = kSteps;
  read.scene.ensemble.saveEvery = 1;
  const ProblemPtr problem = prepare(read.scene, {read.files});
  QImage image(pixels, QImage::Format_RGB32);
  image.fill(theme.background);
  const Json time = read.views.value("time", Json());
  const double horizon = problem->process().horizon();
  const double s = std::clamp(time.is_number() ? time.get<double>() : kDensityAt * horizon,
                              1e-3 * horizon, horizon);
  const Components* points = problem->data().components();
  const auto side = imageSide(problem->data().dimension());
  // No model runs for a small picture.
  if (problem->model() != nullptr && points != nullptr && side)
    drawImages(image, points->means, *side, theme);
  else if (problem->target().dimension() == 2)
    drawDensity(image, *problem, s, theme, control);
  else
    drawPaths(image, *problem, theme, control);
  return image;
}

}  // namespace separatrix
