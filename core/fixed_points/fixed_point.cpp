#include "core/fixed_points/fixed_point.hpp"

#include <stdexcept>

namespace separatrix {

Stability FixedPoint::stability() const {
  if (minEigenvalue > 0) return Stability::stable;
  return minEigenvalue < 0 ? Stability::unstable : Stability::marginal;
}

std::string eventName(EventKind kind) {
  switch (kind) {
    case EventKind::fold:
      return "fold";
    case EventKind::pitchfork:
      return "pitchfork";
    case EventKind::transcritical:
      return "transcritical";
  }
  throw std::logic_error("event without a name");
}

std::string coverageName(Coverage coverage) {
  switch (coverage) {
    case Coverage::certified:
      return "certified";
    case Coverage::searched:
      return "searched";
    case Coverage::connected:
      return "connected";
  }
  throw std::logic_error("coverage without a name");
}

}  // namespace separatrix
