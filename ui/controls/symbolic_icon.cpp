#include "ui/controls/symbolic_icon.hpp"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>

#include <memory>

namespace separatrix {
namespace {

QColor iconColor(QIcon::Mode mode) {
  const QPalette palette = QGuiApplication::palette();
  if (mode == QIcon::Disabled) return palette.color(QPalette::Disabled, QPalette::ButtonText);
  if (mode == QIcon::Selected) return palette.color(QPalette::Active, QPalette::HighlightedText);
  return palette.color(QPalette::Active, QPalette::ButtonText);
}

class SymbolicEngine : public QIconEngine {
public:
  explicit SymbolicEngine(QString name)
      : m_name(std::move(name)),
        m_shape(std::make_shared<QSvgRenderer>(QStringLiteral(":/icons/%1.svg").arg(m_name))) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const double ratio = painter->device()->devicePixelRatioF();
    QPixmap image = pixmap(rect.size() * ratio, mode, state);
    image.setDevicePixelRatio(ratio);
    painter->drawPixmap(rect, image);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    QPixmap image(size);
    image.fill(Qt::transparent);
    if (size.isEmpty()) return image;
    QPainter painter(&image);
    QSize shape = m_shape->defaultSize();
    shape.scale(size, Qt::KeepAspectRatio);
    QRectF area(QPointF(0, 0), QSizeF(shape));
    area.moveCenter(QRectF(QPointF(0, 0), QSizeF(size)).center());
    m_shape->render(&painter, area);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), iconColor(mode));
    return image;
  }

  bool isNull() override { return !m_shape->isValid(); }
  QString iconName() override { return m_name; }
  QString key() const override { return QStringLiteral("separatrix-symbolic"); }
  QIconEngine* clone() const override { return new SymbolicEngine(*this); }

private:
  QString m_name;
  std::shared_ptr<QSvgRenderer> m_shape;
};

}  // namespace

QIcon symbolicIcon(const QString& name) {
  return QIcon(new SymbolicEngine(name));
}

}  // namespace separatrix
