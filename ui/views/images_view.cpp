#include "ui/views/images_view.hpp"

#include "core/study/neighbours.hpp"
#include "core/targets/dataset.hpp"
#include "ui/views/image_sheet.hpp"
#include "ui/views/texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kMostRows = 6;
/// On the way, the saved states nearest to these a²; of processes that keep a = 1, evenly spread.
constexpr std::array kSignals = {0.05, 0.2, 0.5, 0.9};
constexpr std::size_t kFilm = kSignals.size() + 1;  // and the end

std::array<std::size_t, kFilm> filmTimes(const Neighbours& found) {
  std::array<std::size_t, kFilm> out{};
  const std::size_t last = found.times.size() - 1;
  const bool fades = found.signalAt.front() < 1;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    out[i] = i * last / kSignals.size();
    if (!fades) continue;
    const auto closest = std::ranges::min_element(
        found.signalAt, {}, [&](double a) { return std::abs(a * a - kSignals[i]); });
    out[i] = static_cast<std::size_t>(closest - found.signalAt.begin());
  }
  out.back() = last;
  return out;
}

}  // namespace

ImagesView::ImagesView(Session& session, QWidget* parent)
    : View(session, "images", parent),
      m_plot(addPlot(tr("Images on their way from noise to data, and the nearest data points"))) {
  m_plot->setAxis(PlotAxis::left, {.ticks = false});
  m_plot->setEqualAspect(true);
  MapStyle images;
  images.palette = MapPalette::ink;
  images.scale = MapScale::given;
  images.range = {0, 1};
  images.smooth = false;
  m_images = m_plot->addMap(images);
  MarkerStyle distances;
  distances.size = 0;
  distances.colour = ColourRole::timeLine;
  m_distances = m_plot->addMarkers(distances);
  onResult("neighbours", [this] {
    m_shown = false;
    showImages();
  });
  connect(&session, &Session::timeChanged, this, &ImagesView::showImages);
}

std::vector<Demand> ImagesView::demands() const {
  return {{"neighbours"}};
}

std::size_t ImagesView::now(const Neighbours& found) const {
  const auto closest = std::ranges::min_element(
      found.times, {}, [s = session().time()](double t) { return std::abs(t - s); });
  return static_cast<std::size_t>(closest - found.times.begin());
}

void ImagesView::showImages() {
  const auto found = session().result<Neighbours>("neighbours");
  const ProblemPtr& problem = session().problem();
  const Components* points = found && problem ? problem->data().components() : nullptr;
  const auto side = points != nullptr ? imageSide(points->means.rows()) : std::nullopt;
  if (!side || found->times.empty() || found->states.front().rows() != points->means.rows()) {
    const QString none = tr("These data are no square images.");
    m_plot->setMessage(found ? none : session().problemOf("neighbours"));
    m_plot->clearMap(m_images);
    m_plot->setMarkers(m_distances, {});
    announceSummary();
    return;
  }
  const std::size_t state = now(*found);
  if (m_shown && state == m_now) return;
  m_shown = true;
  m_now = state;
  m_plot->setMessage({});
  const Index rows = std::min(kMostRows, found->particles);
  ImageSheet sheet(*side, static_cast<std::size_t>(rows), kFilm + 1 + found->count, kFilm - 1);
  const auto film = filmTimes(*found);
  std::vector<PlotMarker> distances;
  // Centred data are shown as they were.
  Eigen::VectorXf origin = subtractedOrigin(problem->data()).cast<float>();
  if (origin.size() == 0) origin.setZero(points->means.rows());
  const auto image = [&](std::size_t time, Index p) -> Eigen::VectorXf {
    return found->states[time].col(p) + static_cast<float>(found->signalAt[time]) * origin;
  };
  for (Index p = 0; p < rows; ++p) {
    const auto row = static_cast<std::size_t>(p);
    for (std::size_t i = 0; i < kFilm; ++i) sheet.setImage(row, i, image(film[i], p));
    sheet.setImage(row, kFilm, image(state, p));
    for (std::size_t rank = 0; rank < found->count; ++rank) {
      const auto& neighbour = found->at(p, state, rank);
      const std::size_t column = kFilm + 1 + rank;
      sheet.setImage(row, column, points->means.col(neighbour.point).cast<float>() + origin);
      distances.push_back(
          {sheet.captionPlace(row, column), QString::number(neighbour.distance, 'g', 3)});
    }
  }
  m_plot->setMap(m_images, sheet.grid(), sheet.values());
  m_plot->setMarkers(m_distances, distances);
  m_plot->setAxis(PlotAxis::bottom,
                  {.title = tr("noise → data  |  now, nearest data, |x/a − y|"), .ticks = false});
  m_plot->setNote(timeText(*problem, found->times[state]));
  announceSummary();
}

QString ImagesView::summary() const {
  const auto found = session().result<Neighbours>("neighbours");
  if (!found || !m_shown) return tr("No images to show.");
  QStringList distances;
  for (Index p = 0; p < std::min(kMostRows, found->particles); ++p)
    distances << QString::number(found->at(p, m_now, 0).distance, 'g', 3);
  return tr("Images at s = %1; the nearest data points are at %2.")
      .arg(found->times[m_now], 0, 'g', 3)
      .arg(distances.join(", "));
}

}  // namespace separatrix
