#pragma once

#include <QWidget>

class QBoxLayout;

namespace separatrix {

/// The head of a tile: a bar of title and buttons, with the options of the view in the same row or,
/// where that would squeeze them, in one of their own below.
class TileHead final : public QWidget {
  Q_OBJECT

public:
  explicit TileHead(QWidget* parent);

  /// The next from the left. The options come before what is added after them.
  void add(QWidget* control);
  void setOptions(QWidget* options);

  /// As narrow as the wider of the two rows.
  QSize minimumSizeHint() const override;

protected:
  bool event(QEvent* event) override;

private:
  void arrange();
  /// Of the bar without the options, as narrow as it may be, or with all of its text.
  int barWidth(bool narrowest) const;

  QBoxLayout* m_rows;
  QBoxLayout* m_bar;
  QWidget* m_options = nullptr;
  int m_place = 0;  // of the options in the bar
  bool m_below = false;
};

}  // namespace separatrix
