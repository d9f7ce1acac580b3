#pragma once

#include "core/runtime/run_control.hpp"

namespace separatrix {

/// While it lives, `control` is the one of the work that its thread does, for what is called too
/// deep to be given it: a model that takes seconds, inside the score of a target. parallelFor hands
/// it on to the threads that help. Refers to `control`.
class ControlScope {
public:
  explicit ControlScope(const RunControl& control);
  ~ControlScope();
  ControlScope(const ControlScope&) = delete;
  ControlScope& operator=(const ControlScope&) = delete;

private:
  const RunControl* m_before;
};

/// Of the innermost scope on this thread; one that never stops where there is none.
const RunControl& currentControl();

}  // namespace separatrix
