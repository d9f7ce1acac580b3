#pragma once

#include "core/study/scene.hpp"

#include <QString>

namespace separatrix {

/// What a change of a scene's section does, as the history says it: "Last rate: 12",
/// "Potential: Free energy".
QString editText(const Scene& scene, const std::string& section, const Json& changes);

}  // namespace separatrix
