#include "ui/views/fate_probe.hpp"

#include "core/study/trajectories.hpp"

#include <algorithm>
#include <numeric>

namespace separatrix {
namespace {

constexpr Index kRuns = 400, kRunsWhileMoving = 40;
constexpr Index kDrawnPaths = 24;          // more would hide the landscape
constexpr Index kMostNumbers = 2'000'000;  // of the paths drawn: what projecting them may cost
constexpr std::size_t kNamedComponents = 4;

}  // namespace

FateProbe::FateProbe(Session& session, Plot& plot, Mapping mapping)
    : QObject(&plot), m_session(session), m_plot(plot), m_mapping(std::move(mapping)) {
  const auto take = [this](QPointF at) {
    if (const auto place = m_mapping.toData(at)) m_session.setProbe(place);
  };
  connect(&plot, &Plot::clicked, this, [take](QPointF at, Qt::MouseButton button) {
    if (button == Qt::LeftButton) take(at);
  });
  connect(&plot, &Plot::particlePressed, this, [take](ParticlesId, int, QPointF at) { take(at); });
  connect(&plot, &Plot::probeMoved, this, take);
  connect(&plot, &Plot::probeCleared, this, [this] { m_session.setProbe(std::nullopt); });
  connect(&session, &Session::probeChanged, this, &FateProbe::show);
  connect(&session, &Session::frameChanged, this, &FateProbe::show);
}

std::vector<Demand> FateProbe::demands(const Session& session) {
  if (!session.probe() || session.probe()->size() != session.problem()->target().dimension())
    return {};
  Json at = Json::array();
  for (const double coordinate : *session.probe()) at.push_back(coordinate);
  Demand out{"fate", Pace::frame};
  out.request = {{"at", at}, {"runs", kRuns}};
  out.whileMoving = {{"runs", kRunsWhileMoving}};
  return {out};
}

void FateProbe::show() {
  const auto& probe = m_session.probe();
  const auto place = probe ? m_mapping.toPlot(*probe) : std::nullopt;
  if (!place) {
    m_plot.setProbe(std::nullopt);
    return;
  }
  ProbeOptions options;
  options.horizontal = m_mapping.horizontal;
  const auto fate = m_session.result<Fate>("fate");
  if (fate && fate->at == *probe) options.text = fateText(*fate);
  m_plot.setProbe(place, options);
}

FateCurves addFateCurves(Plot& plot) {
  FateCurves out{};
  for (std::size_t k = 0; k < kFateColours; ++k) {
    CurveStyle path;
    path.colour = seriesRole(static_cast<int>(k));
    path.width = 1;
    out[k] = plot.addCurve(path);
  }
  return out;
}

QString fateText(const Fate& fate) {
  std::vector<Index> order(static_cast<std::size_t>(fate.weights.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return fate.weights[a] > fate.weights[b]; });
  QStringList lines;
  for (std::size_t i = 0; i < std::min(order.size(), kNamedComponents); ++i) {
    const Index k = order[i];
    lines << QObject::tr("%1: %2 (sampled %3 ± %4)")
                 .arg(k + 1)
                 .arg(fate.weights[k], 0, 'f', 3)
                 .arg(fate.shares[k], 0, 'f', 3)
                 .arg(fate.standardErrors[k], 0, 'f', 3);
  }
  if (order.size() > kNamedComponents)
    lines << QObject::tr("%1 more").arg(order.size() - kNamedComponents);
  return lines.join('\n');
}

FatePaths fatePaths(const Fate& fate,
                    const std::function<QPointF(double s, const Eigen::VectorXf& x)>& place) {
  FatePaths out;
  if (!fate.paths) return out;
  const Ensemble& ensemble = fate.paths->ensemble;
  const Index affordable = kMostNumbers / (ensemble.saved() * ensemble.dimension());
  const Index drawn = std::min({ensemble.particles(), kDrawnPaths, affordable});
  for (Index particle = 0; particle < drawn; ++particle) {
    const auto& destinations = fate.paths->destinations;
    const std::size_t colour =
        destinations.empty() ? 0 : destinations[static_cast<std::size_t>(particle)] % kFateColours;
    CurvePiece path;
    for (Index k = 0; k < ensemble.saved(); ++k) {
      const QPointF at =
          place(ensemble.times()[static_cast<std::size_t>(k)], ensemble.state(k).col(particle));
      path.x.push_back(at.x());
      path.y.push_back(at.y());
    }
    out[colour].push_back(std::move(path));
  }
  return out;
}

}  // namespace separatrix
