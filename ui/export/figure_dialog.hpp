#pragma once

#include "ui/export/figure_state.hpp"

#include <QDialog>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace separatrix {

class View;

/// Asks how a figure is to be exported: which view, size, resolution, font and
/// colours. The file name, and
/// with its ending the format, is asked for afterwards.
class FigureDialog : public QDialog {
  Q_OBJECT

public:
  /// `before` is what the user chose last; "All views" is offered beside the views.
  FigureDialog(const std::vector<View*>& views, const FigureState& before,
               QWidget* parent = nullptr);

  FigureState figure() const;

private:
  void showPixels();

  QComboBox *m_view, *m_unit, *m_colours;
  QDoubleSpinBox *m_width, *m_height, *m_dpi, *m_font;
  QLabel* m_pixels;
};

}  // namespace separatrix
