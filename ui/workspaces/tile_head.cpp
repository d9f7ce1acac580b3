#include "ui/workspaces/tile_head.hpp"

#include <QEvent>
#include <QHBoxLayout>

#include <algorithm>

namespace separatrix {

TileHead::TileHead(QWidget* parent)
    : QWidget(parent), m_rows(new QVBoxLayout(this)), m_bar(new QHBoxLayout) {
  m_rows->setContentsMargins(2, 0, 2, 0);
  m_rows->setSpacing(0);
  m_bar->setSpacing(4);
  m_rows->addLayout(m_bar);
}

void TileHead::add(QWidget* control) {
  m_bar->addWidget(control);
}

void TileHead::setOptions(QWidget* options) {
  m_options = options;
  m_bar->addStretch(1);
  m_place = m_bar->count();
  m_bar->addWidget(options);
}

int TileHead::barWidth(bool narrowest) const {
  int out = 0;
  for (int i = 0; i < m_bar->count(); ++i) {
    const QLayoutItem* item = m_bar->itemAt(i);
    if (item->widget() == nullptr || item->widget() == m_options || item->isEmpty()) continue;
    out += (narrowest ? item->minimumSize() : item->sizeHint()).width() + m_bar->spacing();
  }
  const QMargins margins = m_rows->contentsMargins();
  return out + margins.left() + margins.right();
}

QSize TileHead::minimumSizeHint() const {
  const int options = m_options->isHidden() ? 0 : m_options->minimumSizeHint().width();
  return {std::max(barWidth(true), options), m_rows->minimumSize().height()};
}

void TileHead::arrange() {
  const bool below =
      !m_options->isHidden() && barWidth(false) + m_options->sizeHint().width() > width();
  if (below == m_below) return;
  m_below = below;
  if (below) {
    m_bar->removeWidget(m_options);
    m_rows->addWidget(m_options, 0, Qt::AlignLeft);
  } else {
    m_rows->removeWidget(m_options);
    m_bar->insertWidget(m_place, m_options);
  }
}

bool TileHead::event(QEvent* event) {
  // Options appear and disappear with the scene.
  const bool out = QWidget::event(event);
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) arrange();
  return out;
}

}  // namespace separatrix
