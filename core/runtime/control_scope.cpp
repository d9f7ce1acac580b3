#include "core/runtime/control_scope.hpp"

namespace separatrix {
namespace {

thread_local const RunControl* t_control = nullptr;

}  // namespace

ControlScope::ControlScope(const RunControl& control) : m_before(t_control) {
  t_control = &control;
}

ControlScope::~ControlScope() {
  t_control = m_before;
}

const RunControl& currentControl() {
  static const RunControl none;
  return t_control != nullptr ? *t_control : none;
}

}  // namespace separatrix
