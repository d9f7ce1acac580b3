#include "ui/plots/plot.hpp"
#include "ui/plots/plot_impl.hpp"
#include "ui/plots/plot_items.hpp"

#include <algorithm>

namespace separatrix {

const CurveItem* PlotModel::curveOf(const PlotGhost& ghost) const {
  if (ghost.curve < 0 || static_cast<std::size_t>(ghost.curve) >= curves.size()) return nullptr;
  const CurveItem& curve = curves[static_cast<std::size_t>(ghost.curve)];
  return curve.visible ? &curve : nullptr;
}

void Plot::pinGhost(const QString& name) {
  PlotModel& model = m_impl->model;
  std::erase_if(model.ghosts, [&](const PlotGhost& ghost) { return ghost.name == name; });
  for (std::size_t i = 0; i < model.curves.size(); ++i) {
    const CurveItem& curve = model.curves[i];
    if (!curve.visible || curve.style.ghost || curve.pieces.empty()) continue;
    model.ghosts.push_back({name, static_cast<int>(i), curve.pieces});
  }
  m_impl->ghostsChanged();
}

void Plot::removeGhost(const QString& name) {
  std::erase_if(m_impl->model.ghosts, [&](const PlotGhost& ghost) { return ghost.name == name; });
  m_impl->ghostsChanged();
}

void Plot::clearGhosts() {
  m_impl->model.ghosts.clear();
  m_impl->ghostsChanged();
}

bool Plot::hasGhosts() const {
  return !m_impl->model.ghosts.empty();
}

QStringList Plot::ghostNames() const {
  QStringList names;
  for (const PlotGhost& ghost : m_impl->model.ghosts) {
    if (!names.contains(ghost.name)) names << ghost.name;
  }
  return names;
}

std::vector<PlotGhost> Plot::ghosts() const {
  return m_impl->model.ghosts;
}

void Plot::setGhosts(std::span<const PlotGhost> ghosts) {
  std::vector<PlotGhost> checked;
  for (const PlotGhost& ghost : ghosts) {
    checked.push_back({ghost.name, ghost.curve, placeable(ghost.pieces)});
  }
  m_impl->model.ghosts = std::move(checked);
  m_impl->ghostsChanged();
}

void Plot::setGhostsFitted(bool fitted) {
  m_impl->model.ghostsFitted = fitted;
  m_impl->dataChanged(PlotLayer::curves);
}

/// The legend may take or leave a row.
void Plot::Impl::ghostsChanged() {
  rangesStale = true;
  layoutChanged();
}

}  // namespace separatrix
