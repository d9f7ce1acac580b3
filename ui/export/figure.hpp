#pragma once

#include "ui/plots/plot_types.hpp"

#include <QByteArray>
#include <QSizeF>
#include <QString>

#include <filesystem>
#include <span>
#include <vector>

namespace separatrix {

class Plot;

enum class FigureFormat { svg, pdf, png };

/// The unit of a figure's size: millimetres of paper, or pixels. A pixel is 1/96 inch in an SVG or
/// PDF; in a PNG it is a pixel of the file.
enum class FigureUnit { millimetres, pixels };

struct FigureOptions {
  QSizeF size{160, 100};
  FigureUnit unit = FigureUnit::millimetres;
  double dpi = 300;       ///< 36 to 2400, of a PNG; its pixels are size × dpi / 25.4 mm if in mm
  double fontPoints = 9;  ///< 4 to 72. In a PNG sized in pixels 1 pt is dpi / 72 pixels.
  QString fontFamily;     ///< empty: the application's
  bool dark = false;      ///< light on dark, for slides; else dark on light
  int columns = 0;      ///< of several plots; 0: all side by side, or stacked if the figure is tall
  QString title;        ///< in the file's metadata, not in the picture
  QByteArray metadata;  ///< UTF-8 carried in the file (the document, as JSON); may be empty
};

/// By the ending of the name. Throws InvalidInput naming the ending and the remedy.
FigureFormat formatOf(const std::filesystem::path& path);

struct Figure {
  QByteArray bytes;
  RenderReport report;  ///< what was thinned, to be told to the user
};

/// One or several plots as a file in memory, in the colours of the options whatever the
/// screen shows. The
/// plots are left as they are. Throws InvalidInput for options out of range or no plots.
Figure renderFigure(std::span<const Plot* const> plots, const FigureOptions& options,
                    FigureFormat format);

/// renderFigure, then written atomically. Throws InvalidInput as above, Failure if the file could
/// not be written.
RenderReport saveFigure(const std::filesystem::path& path, std::span<const Plot* const> plots,
                        const FigureOptions& options);

}  // namespace separatrix
