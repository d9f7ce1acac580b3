#include "ui/views/landscape_view.hpp"

#include "ui/plots/plot.hpp"
#include "ui/views/landscape_line.hpp"
#include "ui/views/landscape_plane.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {

LandscapeView::LandscapeView(Session& session, QWidget* parent)
    : View(session, "landscape", parent),
      m_linePlot(addPlot(tr("Potential and density at the current time"))),
      m_planePlot(addPlot(tr("Potential in the plane at the current time"), "plane")),
      m_line(new LandscapeLine(session, m_linePlot, options())),
      m_plane(new LandscapePlane(session, m_planePlot, options())) {
  showPage();
  connect(&session, &Session::problemChanged, this, &LandscapeView::showPage);
  connect(&session, &Session::frameChanged, this, &LandscapeView::showFrame);
  connect(m_plane, &LandscapePlane::demandsChanged, this, &LandscapeView::demandsChanged);
  connect(&options(), &ViewOptions::changed, this, [this] {
    m_plane->showOptions();
    showFrame();
  });
  connect(&session, &Session::editingChanged, this, [this](bool editing) {
    if (!editing) showFrame();
  });
  connect(&session, &Session::sceneChanged, this, [this] {
    m_line->showHandles();
    m_plane->showHandles();
  });
  connect(&session, &Session::selectedPointChanged, this, [this](int index) {
    m_linePlot->setSelectedHandle(index);
    m_planePlot->setSelectedHandle(index);
  });
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (isLine() && key == "trajectories")
      m_line->showParticles();
    else if (!isLine() && key == m_plane->particles().key())
      m_plane->showParticles();
  });
}

bool LandscapeView::isLine() const {
  return !session().problem() || session().problem()->target().dimension() == 1;
}

std::vector<Demand> LandscapeView::demands() const {
  return isLine() ? m_line->demands() : m_plane->demands();
}

void LandscapeView::showPage() {
  const bool line = isLine();
  m_linePlot->setVisible(line);
  m_planePlot->setVisible(!line);
  setFocusProxy(line ? m_linePlot : m_planePlot);
  m_line->showOptions();
  m_plane->showOptions();
  demandsChanged();
}

void LandscapeView::showFrame() {
  if (isLine())
    m_line->showFrame();
  else
    m_plane->showFrame();
  announceSummary();
}

QString LandscapeView::summary() const {
  return isLine() ? m_line->summary() : m_plane->summary();
}

}  // namespace separatrix
