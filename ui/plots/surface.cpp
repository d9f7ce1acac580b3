#include "ui/plots/surface.hpp"

#include <QTimer>
#include <qcustomplot.h>

#include <array>
#include <bitset>
#include <utility>

namespace separatrix {
namespace {

/// All that a layer of QCustomPlot holds: a call back.
class LayerContent : public QCPLayerable {
public:
  LayerContent(QCustomPlot* plot, const QString& layer, std::function<void(QPainter&)> draw)
      : QCPLayerable(plot, layer), m_draw(std::move(draw)) {}

protected:
  QRect clipRect() const override { return parentPlot()->rect().adjusted(-8, -8, 8, 8); }
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override {
    painter->setAntialiasing(true);
  }
  void draw(QCPPainter* painter) override { m_draw(*painter); }

private:
  std::function<void(QPainter&)> m_draw;
};

}  // namespace

class Surface::Canvas : public QCustomPlot {
public:
  Canvas(QWidget* parent, std::function<void()> prepare, Draw draw)
      : QCustomPlot(parent), m_prepare(std::move(prepare)), m_draw(std::move(draw)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setInteractions({});
    plotLayout()->clear();  // axes and legend are painted by draw.hpp
    for (int i = 0; i < kPlotLayerCount; ++i) {
      const auto layer = static_cast<PlotLayer>(i);
      const QString name = QStringLiteral("plot%1").arg(i);
      addLayer(name);
      m_layers[static_cast<std::size_t>(i)] = this->layer(name);
      this->layer(name)->setMode(QCPLayer::lmBuffered);
      new LayerContent(this, name, [this, layer](QPainter& painter) { m_draw(layer, painter); });
    }
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    QObject::connect(&m_timer, &QTimer::timeout, this, [this] {
      if (isVisible()) flush();
    });
  }

  void invalidate(std::size_t layer) {
    m_dirty.set(layer);
    m_timer.start();
  }
  void invalidateAll() {
    m_all = true;
    m_timer.start();
  }

protected:
  void paintEvent(QPaintEvent* event) override {
    if (!qFuzzyCompare(bufferDevicePixelRatio(), devicePixelRatioF())) {
      setBufferDevicePixelRatio(devicePixelRatioF());
      m_all = true;
    }
    flush();
    QCustomPlot::paintEvent(event);
  }

private:
  void flush() {
    m_prepare();
    m_timer.stop();
    if (m_all) {
      m_all = false;
      m_dirty.reset();
      replot(rpQueuedRefresh);
    }
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
      if (!m_dirty.test(i)) continue;
      m_dirty.reset(i);
      m_layers[i]->replot();
    }
  }

  std::function<void()> m_prepare;
  Draw m_draw;
  std::array<QCPLayer*, kPlotLayerCount> m_layers{};
  std::bitset<kPlotLayerCount> m_dirty;
  bool m_all = true;
  QTimer m_timer;
};

Surface::Surface(QWidget* parent, std::function<void()> prepare, Draw draw)
    : m_canvas(new Canvas(parent, std::move(prepare), std::move(draw))) {}
Surface::~Surface() = default;

QWidget* Surface::widget() const {
  return m_canvas;
}
void Surface::setBackground(const QColor& colour) {
  m_canvas->setBackground(QBrush(colour));
}
void Surface::invalidate(PlotLayer layer) {
  m_canvas->invalidate(static_cast<std::size_t>(layer));
}
void Surface::invalidateAll() {
  m_canvas->invalidateAll();
}
double Surface::pixelRatio() const {
  return m_canvas->bufferDevicePixelRatio();
}

}  // namespace separatrix
