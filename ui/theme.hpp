#pragma once

#include <QColor>
#include <QFlags>
#include <QPalette>

#include <array>
#include <vector>

class QApplication;

namespace separatrix {

/// Which theme the user asked for; `system` follows the desktop.
enum class ThemeMode { system, light, dark };

/// What a colour stands for. Views name roles, never colours, so that the same thing has the same
/// colour in every plot, form and figure. The hues are those of Okabe & Ito, told apart by readers
/// with any colour vision, darkened or lightened until they stand out from the background.
enum class ColourRole {
  potential,  ///< U(x, s) and its level curves (blue)
  density,    ///< p(x, s) and histograms of it (green)
  stable,     ///< stable fixed points and branches (blue)
  unstable,   ///< unstable fixed points and branches (vermilion; always dashed or hollow as well)
  particle,   ///< particles and samples (orange)
  timeLine,   ///< the current time (the text colour)
  critical,   ///< critical times, bifurcation points, events (purple)
  handle,     ///< data points that can be dragged (orange)
  reference,  ///< a published or analytic curve to compare with (muted)
  field,      ///< arrows of a vector field (faint)
  muted,      ///< anything secondary
  series1,    ///< the n-th of several curves or groups of equal rank
  series2,
  series3,
  series4,
  series5,
  series6,
  series7,
};
inline constexpr int kColourRoleCount = static_cast<int>(ColourRole::series7) + 1;

/// The dash of a line; never the only nor a missing cue: unstable is dashed in any colour.
enum class LineDash { solid, dashed, dotted, dashDotted };

/// The pattern for QPen::setDashPattern, in units of the pen's width; empty for solid.
std::vector<double> dashPattern(LineDash dash);

/// The colours of one mode, for widgets (`palette`) and plots (all else). Text has a contrast of at
/// least 4.5 : 1 and every line role of at least 3 : 1 against `background` (WCAG 2.1), `field` and
/// `grid` excepted.
struct Theme {
  bool dark = false;
  QPalette palette;
  QColor background;  ///< of a plot
  QColor axis;        ///< lines and ticks
  QColor grid;
  QColor text;
  QColor muted;   ///< secondary text: notes, band labels
  QColor accent;  ///< focus and selection
  std::array<QColor, static_cast<std::size_t>(kColourRoleCount)> roles;

  QColor colour(ColourRole role) const { return roles[static_cast<std::size_t>(role)]; }
};

const Theme& lightTheme();
const Theme& darkTheme();

/// The theme that `mode` means now; `system` looks at the desktop's window colour as it was when
/// the application started.
const Theme& resolve(ThemeMode mode);

/// The n-th series role, n ≥ 0, repeating after seven.
ColourRole seriesRole(int n);

/// WCAG 2.1 contrast of two opaque colours, from 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

/// Sets the Fusion style and the palette of the mode. Plots are told by Plot::setTheme.
void applyTheme(QApplication& application, ThemeMode mode);

}  // namespace separatrix
