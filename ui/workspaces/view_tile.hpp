#pragma once

#include "ui/views/view.hpp"

#include <QFrame>

class QToolButton;

namespace separatrix {

class TileHead;

/// A view with its head: which view it is, that view's options, and what can be done with the tile.
class ViewTile : public QFrame {
  Q_OBJECT

public:
  /// Takes the view from wherever it was. It is not deleted with the tile.
  explicit ViewTile(View& view, QWidget* parent = nullptr);
  ~ViewTile() override;

  View& view() const { return m_view; }
  void setMaximized(bool maximized);

signals:
  void viewChosen(const QString& id);
  void maximizeAsked();
  void closeAsked();

private:
  void buildHead();
  void showPins();

  View& m_view;
  TileHead* m_head;
  QToolButton* m_pin = nullptr;
  QToolButton* m_clearPins = nullptr;
  QToolButton* m_maximize = nullptr;
};

/// The title of a view's kind.
QString titleOf(const View& view);

}  // namespace separatrix
