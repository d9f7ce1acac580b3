#pragma once

#include "core/runtime/run_control.hpp"
#include "core/study/document.hpp"
#include "ui/theme.hpp"

#include <QImage>

namespace separatrix {

/// A small picture of what a document is about, computed from its scene: for a model of images the
/// first of them; for data in the plane the density half way, with the data's points; else
/// trajectories of the first coordinate, noise at the left, in the colours of where they end.
/// `pixels` is the size in device pixels. For any thread. Throws InvalidInput, Failure and
/// Cancelled as analyses do.
QImage thumbnailOf(const Json& document, QSize pixels, const Theme& theme,
                   const RunControl& control);

}  // namespace separatrix
