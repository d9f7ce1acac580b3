#include "ui/views/denoised_view.hpp"

#include "core/study/denoised.hpp"
#include "core/targets/dataset.hpp"
#include "ui/views/image_sheet.hpp"
#include "ui/views/slice_demands.hpp"
#include "ui/views/texts.hpp"

#include <algorithm>
#include <array>

namespace separatrix {
namespace {

constexpr Index kMostColumns = 12, kMostImages = 96;
constexpr std::size_t kNoBreak = 1000;

MapStyle imageStyle() {
  MapStyle out;
  out.palette = MapPalette::ink;
  out.scale = MapScale::given;
  out.range = {0, 1};
  out.smooth = false;
  return out;
}

/// What was taken off the data, d; zeros: nothing.
Vec originOf(const Problem& problem) {
  const Vec out = subtractedOrigin(problem.data());
  return out.size() == 0 ? Vec::Zero(problem.data().dimension()) : out;
}

struct Sheet {
  Index side, count, columns;

  std::size_t rows() const { return static_cast<std::size_t>((count + columns - 1) / columns); }
  ImageSheet make() const { return {side, rows(), static_cast<std::size_t>(columns), kNoBreak}; }
};

/// How the data of a problem are laid out; none where they are no images.
std::optional<Sheet> sheetOf(const ProblemPtr& problem) {
  const Components* points = problem ? problem->data().components() : nullptr;
  const auto side = points != nullptr ? imageSide(points->means.rows()) : std::nullopt;
  if (!side) return std::nullopt;
  const Index count = std::min(kMostImages, points->count());
  return Sheet{*side, count, std::min(kMostColumns, count)};
}

}  // namespace

DenoisedView::DenoisedView(Session& session, QWidget* parent)
    : View(session, "denoised", parent),
      m_plot(addPlot(tr("States along the slice, and the data predicted from them"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("α from −π/4 to 3π/4"), .ticks = false});
  m_plot->setAxis(PlotAxis::left, {.ticks = false});
  m_plot->setEqualAspect(true);
  m_images = m_plot->addMap(imageStyle());
  MarkerStyle rows;
  rows.size = 0;
  rows.colour = ColourRole::timeLine;
  m_rows = m_plot->addMarkers(rows);
  connect(&session, &Session::frameChanged, this, &DenoisedView::showImages);
}

std::vector<Demand> DenoisedView::demands() const {
  Demand out{"denoised", Pace::frame};
  out.request = {{"pair", chosenPair(session())}};
  return {out};
}

void DenoisedView::showImages() {
  const auto found = session().result<Denoised>("denoised");
  const ProblemPtr& problem = session().problem();
  const auto side = found && problem ? imageSide(found->states.rows()) : std::nullopt;
  const bool drawable = side && problem->data().dimension() == found->states.rows();
  m_plot->setMapVisible(m_images, drawable);
  m_plot->setMarkersVisible(m_rows, drawable);
  m_plot->setMessage(drawable ? QString()
                     : found  ? tr("These data are no square images.")
                              : session().problemOf("denoised"));
  if (!drawable) return;
  const bool modelled = problem->model() != nullptr;
  const std::size_t rows = modelled ? 3 : 2;
  ImageSheet sheet(*side, rows, found->angles.size(), kNoBreak);
  const Vec origin = originOf(*problem);
  for (std::size_t k = 0; k < found->angles.size(); ++k) {
    const auto column = static_cast<Index>(k);
    const auto set = [&](std::size_t row, const Vec& image) {
      sheet.setImage(row, k, image.cast<float>());
    };
    set(0, found->states.col(column) + found->signal * origin);
    set(1, found->predictions.col(column) + origin);
    if (modelled) set(2, found->exact.col(column) + origin);
  }
  m_plot->setMap(m_images, sheet.grid(), sheet.values());
  std::vector<PlotMarker> names = {
      {sheet.captionPlace(0, 0), tr("state x(α)")},
      {sheet.captionPlace(1, 0), modelled ? tr("prediction of the model") : tr("prediction")}};
  if (modelled) names.push_back({sheet.captionPlace(2, 0), tr("prediction of the exact score")});
  m_plot->setMarkers(m_rows, names);
  m_plot->setNote(timeText(*problem, found->s));
  announceSummary();
}

QString DenoisedView::summary() const {
  const auto found = session().result<Denoised>("denoised");
  if (!found) return tr("No images to show.");
  return tr("%1 states between the two points at s = %2, and the data predicted from them.")
      .arg(found->angles.size())
      .arg(found->s, 0, 'g', 3);
}

PairView::PairView(Session& session, QWidget* parent)
    : View(session, "pair", parent), m_plot(addPlot(tr("Images of the data, to choose two of"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("click: x_1, x_2 in turn"), .ticks = false});
  m_plot->setAxis(PlotAxis::left, {.ticks = false});
  m_plot->setEqualAspect(true);
  m_images = m_plot->addMap(imageStyle());
  for (std::size_t side : {0u, 1u}) {
    CurveStyle frame;
    frame.colour = side == 0 ? ColourRole::series1 : ColourRole::series2;
    frame.width = 2.5;
    m_frames[side] = m_plot->addCurve(frame);
  }
  MarkerStyle names;
  names.size = 0;
  names.colour = ColourRole::timeLine;
  m_names = m_plot->addMarkers(names);
  connect(&session, &Session::problemChanged, this, &PairView::showImages);
  connect(&session, &Session::viewStateChanged, this, &PairView::showChoice);
  connect(m_plot, &Plot::clicked, this, [this](QPointF place) { choose(place); });
  showImages();
}

std::vector<Demand> PairView::demands() const {
  return sliceDemands(session());
}

void PairView::showImages() {
  const ProblemPtr& problem = session().problem();
  const auto layout = sheetOf(problem);
  m_plot->setMapVisible(m_images, layout.has_value());
  m_plot->setMessage(layout || !problem ? QString() : tr("These data are no square images."));
  if (layout) {
    ImageSheet sheet = layout->make();
    const Mat& points = problem->data().components()->means;
    const Vec origin = originOf(*problem);
    for (Index k = 0; k < layout->count; ++k)
      sheet.setImage(static_cast<std::size_t>(k / layout->columns),
                     static_cast<std::size_t>(k % layout->columns),
                     (points.col(k) + origin).cast<float>());
    m_plot->setMap(m_images, sheet.grid(), sheet.values());
  }
  showChoice();
}

void PairView::showChoice() {
  const auto layout = sheetOf(session().problem());
  std::vector<PlotMarker> names;
  const std::array<int, 2> pair = chosenPair(session());
  for (std::size_t side : {0u, 1u}) {
    CurvePiece frame;
    const Index point = pair[side];
    if (layout && point < layout->count) {
      const ImageSheet sheet = layout->make();
      const auto row = static_cast<std::size_t>(point / layout->columns),
                 column = static_cast<std::size_t>(point % layout->columns);
      const QRectF place = sheet.place(row, column);
      frame.x = {place.left(), place.right(), place.right(), place.left(), place.left()};
      frame.y = {place.top(), place.top(), place.bottom(), place.bottom(), place.top()};
      names.push_back({sheet.captionPlace(row, column), side == 0 ? "x_1" : "x_2"});
    }
    m_plot->setCurve(m_frames[side], frame.x, frame.y);
  }
  m_plot->setMarkers(m_names, names);
  announceSummary();
}

void PairView::choose(QPointF place) {
  const auto layout = sheetOf(session().problem());
  if (!layout) return;
  const ImageSheet sheet = layout->make();
  for (Index k = 0; k < layout->count; ++k) {
    const QRectF image = sheet.place(static_cast<std::size_t>(k / layout->columns),
                                     static_cast<std::size_t>(k % layout->columns));
    const std::array<int, 2> pair = chosenPair(session());
    const int chosen = static_cast<int>(k);
    if (image.normalized().contains(place) && chosen != pair[0] && chosen != pair[1])
      return choosePair(session(), {pair[1], chosen});
  }
}

QString PairView::summary() const {
  const auto [i, j] = chosenPair(session());
  return tr("Data points %1 and %2 are chosen.").arg(i).arg(j);
}

}  // namespace separatrix
