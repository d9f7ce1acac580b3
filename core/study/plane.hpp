#pragma once

#include "core/study/analysis.hpp"

#include <array>
#include <optional>

namespace separatrix {

/// A plane through the data's space R^d: the points u e_1 + v e_2 + a(s) (I − P)⟨y⟩, so that
/// (u, v) = (e_1·x, e_2·x) at all times, and the plane follows the mean of the data.
struct Plane {
  Mat basis;                           ///< e_1, e_2: d × 2, orthonormal
  Vec foot;                            ///< (I − P)⟨y⟩, d: where it stands at a = 1
  std::array<std::string, 2> names;    ///< of the coordinates, as columns: "x3", "pc1"
  std::array<std::string, 2> symbols;  ///< for people: "x_3", "e_1·x"

  /// (u, v) of a point of R^d: its projection.
  Vec coordinates(const VecView& x) const { return basis.transpose() * x; }
  /// The point (u, v) in R^d at signal a.
  Vec lifted(const VecView& uv, double signal) const { return basis * uv + signal * foot; }
};

/// The parameters `plane` {`first`, principal, coordinates}, `horizontal` and `vertical`.
ParameterSpecs planeSpecs(const std::string& first, const std::string& help);

/// The plane that a request asks for; none where `plane` says "none". "automatic" is that of the
/// two coordinates in R², else that of the first two principal directions. Throws InvalidInput
/// where the directions are not among those of the data or the same, Failure where the data have
/// one dimension or their principal directions cannot be found.
std::optional<Plane> planeOf(const Problem& problem, const Request& request);

}  // namespace separatrix
