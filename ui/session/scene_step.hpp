#pragma once

#include "core/study/scene.hpp"

#include <QUndoCommand>

#include <functional>

namespace separatrix {

/// One step of the history: the scene before and after. The edits of one gesture (a drag) join to
/// one step, which vanishes if it ends where it began.
class SceneStep final : public QUndoCommand {
public:
  /// What the session does with a scene when the step is undone or done again; returns whether the
  /// step is still wanted.
  using Show = std::function<bool(const Scene&)>;

  /// `gesture` < 0: no gesture, joins with nothing.
  SceneStep(Scene before, Scene after, const QString& text, int gesture, Show show);

  void undo() override;
  void redo() override;
  int id() const override { return m_gesture; }
  bool mergeWith(const QUndoCommand* later) override;

private:
  Scene m_before, m_after;
  int m_gesture;
  Show m_show;
};

}  // namespace separatrix
