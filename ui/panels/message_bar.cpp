#include "ui/panels/message_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPalette>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace separatrix {
namespace {

constexpr int kSuccessMilliseconds = 6000;

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_buttons(new QHBoxLayout),
      m_text(new QLabel(this)),
      m_timer(new QTimer(this)) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 4, 4, 4);
  m_text->setWordWrap(true);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_text->setAccessibleName(tr("Message"));
  layout->addWidget(m_text, 1);
  layout->addLayout(m_buttons);
  auto* close = new QToolButton(this);
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAutoRaise(true);
  close->setToolTip(tr("Close this message"));
  layout->addWidget(close);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  m_timer->setSingleShot(true);
  connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
  setAutoFillBackground(true);
  hide();
}

void MessageBar::show(const QString& text, const QColor& colour,
                      const std::vector<MessageAction>& actions) {
  QPalette tinted = parentWidget()->palette();
  const QColor base = tinted.color(QPalette::Window);
  const auto mix = [](int a, int b) { return (3 * a + b) / 4; };
  tinted.setColor(QPalette::Window,
                  QColor(mix(base.red(), colour.red()), mix(base.green(), colour.green()),
                         mix(base.blue(), colour.blue())));
  setPalette(tinted);
  m_timer->stop();
  while (QLayoutItem* item = m_buttons->takeAt(0)) {
    item->widget()->deleteLater();  // it may be the one that was just pressed
    delete item;
  }
  for (const MessageAction& action : actions) {
    auto* button = new QPushButton(action.text, this);
    m_buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, run = action.run] {
      hide();
      run();
    });
  }
  m_text->setText(text);
  setVisible(true);
}

void MessageBar::showProblem(const QString& text, const std::vector<MessageAction>& actions) {
  show(text, QColor(213, 94, 0), actions);
}

void MessageBar::showNotice(const QString& text, const std::vector<MessageAction>& actions) {
  show(text, QColor(0, 114, 178), actions);
}

void MessageBar::showSuccess(const QString& text) {
  show(text, QColor(0, 158, 115), {});
  m_timer->start(kSuccessMilliseconds);
}

QString MessageBar::text() const {
  return isHidden() ? QString() : m_text->text();
}

}  // namespace separatrix
