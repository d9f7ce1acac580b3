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

std::string coverageRemark(Coverage coverage) {
  switch (coverage) {
    case Coverage::certified:
    case Coverage::searched:
      return {};
    case Coverage::connected:
      return "these are the branches from the data, from noise, and what they meet; there may be "
             "more saddles";
    case Coverage::cut:
      return "there are very many branches, and these are the first of them";
  }
  throw std::logic_error("coverage without a remark");
}

}  // namespace separatrix
