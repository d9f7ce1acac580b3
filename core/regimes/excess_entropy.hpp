#pragma once

#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// f = s^sep − s per coordinate, for n points drawn from a mixture of equal variance v > 0: how
/// much of its entropy p(x, s) still has to lose until it is n Gaussians apart [B §4; theory §7].
/// Prepared once, evaluated at many times.
class ExcessEntropyCurve {
public:
  explicit ExcessEntropyCurve(const Target& target);

  /// To leading order in d: log n/d + ½ log(b²/(a²v + b²)) [B Eq 10]. None for targets without
  /// components of one variance above 0.
  std::optional<double> leading(const Channel& channel, double points) const;
  /// At this d: less the information per coordinate that x has of its component. None, besides,
  /// where the means are not on a line.
  std::optional<double> exact(const Channel& channel, double points) const;

private:
  double m_dimension;
  std::optional<double> m_variance;
  std::optional<Components> m_line;
};

}  // namespace separatrix
