#include "ui/session/scene_step.hpp"

namespace separatrix {

SceneStep::SceneStep(Scene before, Scene after, const QString& text, int gesture, Show show)
    : QUndoCommand(text),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_gesture(gesture),
      m_show(std::move(show)) {}

void SceneStep::undo() {
  if (!m_show(m_before)) setObsolete(true);
}

void SceneStep::redo() {
  m_show(m_after);
}

bool SceneStep::mergeWith(const QUndoCommand* later) {
  // Same id, so it is one of these.
  m_after = static_cast<const SceneStep*>(later)->m_after;
  if (m_after == m_before) setObsolete(true);
  return true;
}

}  // namespace separatrix
