#pragma once

#include "ui/export/figure.hpp"

#include <QDialog>
#include <QStringList>

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace separatrix {

/// Asks how a figure is to be exported: which view, size, resolution and font. The file name, and
/// with its ending the format, is asked for afterwards.
class FigureDialog : public QDialog {
  Q_OBJECT

public:
  /// `views` are the titles to choose from; "All views" is offered beside them.
  FigureDialog(const QStringList& views, QWidget* parent = nullptr);

  /// Index of the chosen view, −1 for all.
  int view() const;
  FigureOptions options() const;

private:
  void showPixels();

  QComboBox *m_view, *m_unit;
  QDoubleSpinBox *m_width, *m_height, *m_dpi, *m_font;
  QLabel* m_pixels;
};

}  // namespace separatrix
