#include "ui/workspaces/view_tile.hpp"

#include "ui/views/view_options.hpp"
#include "ui/workspaces/tile_head.hpp"

#include <QActionGroup>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace separatrix {

namespace {

/// Its text is cut at the right where there is too little room.
class TitleButton final : public QToolButton {
public:
  using QToolButton::QToolButton;

  QSize minimumSizeHint() const override {
    return {8 * fontMetrics().averageCharWidth(), QToolButton::sizeHint().height()};
  }

protected:
  void paintEvent(QPaintEvent*) override {
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    const int room = width() - 2 * fontMetrics().averageCharWidth();
    option.text = fontMetrics().elidedText(option.text, Qt::ElideRight, room);
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
  }
};

}  // namespace

QString titleOf(const View& view) {
  for (const ViewKind& kind : viewCatalog())
    if (kind.id == view.objectName()) return kind.title;
  return {};
}

ViewTile::ViewTile(View& view, QWidget* parent)
    : QFrame(parent), m_view(view), m_head(new TileHead(this)) {
  setObjectName("tile-" + view.objectName());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_head);
  layout->addWidget(&view, 1);
  buildHead();
  view.show();
}

ViewTile::~ViewTile() {
  // The tile is only a place: the view may be in another one already, and outlives this one.
  if (m_view.parentWidget() != this) return;
  m_view.options().setParent(&m_view);
  m_view.hide();
  m_view.setParent(nullptr);
}

void ViewTile::buildHead() {
  const auto adopt = [&](QToolButton* out, const QString& text, const QString& name,
                         const QString& help) {
    out->setText(text);
    out->setAutoRaise(true);
    out->setFocusPolicy(Qt::TabFocus);
    out->setAccessibleName(name);
    out->setToolTip(name);
    out->setWhatsThis(help);
    m_head->add(out);
    return out;
  };
  const auto button = [&](const QString& text, const QString& name, const QString& help) {
    return adopt(new QToolButton(m_head), text, name, help);
  };
  auto* title = new TitleButton(m_head);
  title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  adopt(title, titleOf(m_view), tr("View: %1").arg(titleOf(m_view)),
        tr("Shows another view in this place. One that is shown elsewhere "
           "changes places with this one."));
  title->setObjectName("title");
  title->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(title);
  for (const ViewKind& kind : viewCatalog()) {
    QAction* action =
        menu->addAction(kind.title, this, [this, id = kind.id] { emit viewChosen(id); });
    action->setCheckable(true);
    action->setChecked(kind.id == m_view.objectName());
  }
  title->setMenu(menu);
  m_head->setOptions(&m_view.options());
  m_view.options().setVisible(!m_view.options().isEmpty());
  m_pin =
      button(tr("Pin"), tr("Keep this curve to compare with"),
             tr("Leaves a pale copy of what the curves show now behind those to come, so that a "
                "change of scene or time can be compared. The document keeps it."));
  m_pin->setObjectName("pin");
  m_clearPins = button(tr("Unpin"), tr("Remove the pinned curves"),
                       tr("Removes all pale copies that were pinned in this view."));
  m_clearPins->setObjectName("unpin");
  connect(m_pin, &QToolButton::clicked, &m_view, &View::pin);
  connect(m_clearPins, &QToolButton::clicked, &m_view, &View::clearPins);
  connect(&m_view, &View::pinsChanged, this, &ViewTile::showPins);
  connect(&m_view, &View::summaryChanged, this, &ViewTile::showPins);
  showPins();
  m_maximize = button("▢", tr("Fill the workspace"),
                      tr("Shows this view alone, and the others again when pressed once more."));
  m_maximize->setObjectName("maximize");
  m_maximize->setCheckable(true);
  QToolButton* close = button("✕", tr("Close this view"),
                              tr("Takes this view out of the workspace. View ▸ Reset workspace "
                                 "brings it back."));
  close->setObjectName("close");
  connect(m_maximize, &QToolButton::clicked, this, &ViewTile::maximizeAsked);
  connect(close, &QToolButton::clicked, this, &ViewTile::closeAsked);
}

void ViewTile::showPins() {
  m_pin->setVisible(m_view.canPin());
  m_clearPins->setVisible(m_view.hasPins());
}

void ViewTile::setMaximized(bool maximized) {
  m_maximize->setChecked(maximized);
}

}  // namespace separatrix
