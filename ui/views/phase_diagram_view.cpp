#include "ui/views/phase_diagram_view.hpp"

#include "core/study/phase_diagram.hpp"

#include <cmath>

namespace separatrix {

PhaseDiagramView::PhaseDiagramView(Session& session, QWidget* parent)
    : View(session, "phase-diagram", parent),
      m_plot(addPlot(tr("Collapse time over speciation time, over dimension and log n/d"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = "log_{10} d"});
  m_plot->setAxis(PlotAxis::left, {.title = "log_{10} α"});
  m_map = m_plot->addMap({});
  MarkerStyle scene;
  scene.shape = MarkerShape::star;
  scene.colour = ColourRole::critical;
  scene.size = 14;
  scene.name = tr("this scene");
  m_scene = m_plot->addMarkers(scene);
  m_plot->setLegendVisible(true);
  onResult("phase-diagram", [this] { showMap(); });
}

std::vector<Demand> PhaseDiagramView::demands() const {
  Demand out{"phase-diagram"};
  out.request = {{"points", pointsRequest(session())}};
  return {out};
}

void PhaseDiagramView::showMap() {
  const auto diagram = session().result<PhaseDiagram>("phase-diagram");
  m_plot->setMessage(diagram ? QString() : session().problemOf("phase-diagram"));
  m_plot->setMapVisible(m_map, diagram != nullptr);
  if (!diagram) return;
  MapStyle style;
  style.scale = MapScale::given;
  style.range = {0, 1};
  style.levels = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
  style.title = "t_C / t_S";
  m_plot->setMapStyle(m_map, style);
  const auto range = [](const std::vector<double>& values) {
    return AxisRange{std::log10(values.front()), std::log10(values.back())};
  };
  m_plot->setMap(m_map,
                 {range(diagram->dimensions), range(diagram->alphas), diagram->dimensions.size(),
                  diagram->alphas.size()},
                 std::span<const double>(diagram->ratio.data(),
                                         static_cast<std::size_t>(diagram->ratio.size())));
  const QPointF scene(std::log10(diagram->dimension), std::log10(diagram->alpha));
  m_plot->setMarkers(m_scene, std::vector<PlotMarker>{{scene, {}}});
  m_plot->setNote(tr("t_S = %1, t_C = %2")
                      .arg(diagram->sceneSpeciation, 0, 'f', 3)
                      .arg(diagram->sceneCollapse, 0, 'f', 3));
  announceSummary();
}

QString PhaseDiagramView::summary() const {
  const auto diagram = session().result<PhaseDiagram>("phase-diagram");
  if (!diagram) return tr("No phase diagram to show.");
  return tr("Phase diagram; this scene has t_S = %1 and t_C = %2.")
      .arg(diagram->sceneSpeciation, 0, 'f', 3)
      .arg(diagram->sceneCollapse, 0, 'f', 3);
}

}  // namespace separatrix
