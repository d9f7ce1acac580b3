#pragma once

#include "core/parameters/json.hpp"

#include <string>
#include <vector>

namespace separatrix {

/// What a result follows.
enum class Pace {
  frame,   ///< the current time; all of this pace are one coherent picture
  cursor,  ///< the current time and the place under the cursor
  scene,   ///< the scene alone
};

/// One result that a view or panel wants to have while it is shown.
struct Demand {
  std::string analysis;  ///< id
  Pace pace = Pace::scene;
  /// The analysis' parameters; time and place are added according to the pace.
  Json request = Json::object();
  /// Parameters that are otherwise while something is dragged or played: a coarser grid.
  Json whileMoving = Json::object();
  /// Entries of the scene that are otherwise, as setEntry takes them: "potential=ode".
  std::vector<std::string> overrides = {};
  /// What the result is called; empty: after the analysis. Equal names must be equal demands.
  std::string name = {};

  const std::string& key() const { return name.empty() ? analysis : name; }
  friend bool operator==(const Demand&, const Demand&) = default;
};

}  // namespace separatrix
