#include "ui/start/start_page.hpp"

#include "core/processes/catalog.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/catalog.hpp"
#include "ui/documents/recent_files.hpp"
#include "ui/start/thumbnail.hpp"

#include <QFileInfo>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace separatrix {
namespace {

constexpr int kCardCharacters = 30;  // wide
constexpr double kAspect = 0.62;     // height of a picture by its width
constexpr int kShownRecent = 5;

/// "Points and Gaussian mixture · Variance preserving, linear rate"
QString descriptionOf(const NamedDocument& preset) {
  const Scene scene = documentFromJson(preset.json).scene;
  QString out;
  for (const TargetKind& kind : targetCatalog())
    if (kind.id == scene.target.kind) out = QString::fromStdString(kind.title);
  for (const ProcessKind& kind : processCatalog())
    if (kind.id == scene.process.kind) out += " · " + QString::fromStdString(kind.title);
  return out;
}

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QScrollArea(parent), m_theme(&lightTheme()), m_job(Priority::background, {{}, {}, {}}) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setAccessibleName(tr("Start page"));
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setSpacing(12);
  auto* buttons = new QHBoxLayout;
  const auto add = [&](const QString& text, const QString& help, void (StartPage::*signal)()) {
    auto* button = new QPushButton(text, page);
    button->setWhatsThis(help);
    connect(button, &QPushButton::clicked, this, signal);
    buttons->addWidget(button);
  };
  add(tr("New"), tr("Starts a document with two points on a line."), &StartPage::newAsked);
  add(tr("Open…"), tr("Opens a document, or a figure that carries one."), &StartPage::openAsked);
  buttons->addStretch();
  layout->addLayout(buttons);
  m_recent = new QVBoxLayout;
  layout->addLayout(m_recent);
  layout->addWidget(new QLabel("<b>" + tr("Presets") + "</b>", page));
  m_grid = new QGridLayout;
  m_grid->setSpacing(12);
  layout->addLayout(m_grid);
  layout->addStretch();
  for (const NamedDocument& preset : presets()) m_cards.push_back(makeCard(preset));
  setWidget(page);
}

QToolButton* StartPage::makeCard(const NamedDocument& preset) {
  auto* card = new QToolButton;
  const int width = kCardCharacters * fontMetrics().averageCharWidth();
  card->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  card->setIconSize({width, qRound(kAspect * width)});
  const QString title = QString::fromStdString(preset.title);
  card->setText(title);
  card->setAccessibleName(title);
  card->setToolTip(descriptionOf(preset));
  card->setAccessibleDescription(descriptionOf(preset));
  card->setWhatsThis(tr("Opens the preset “%1”: %2.").arg(title, descriptionOf(preset)));
  card->setFocusPolicy(Qt::StrongFocus);
  card->setAutoRaise(true);
  card->setFixedWidth(width + 4 * fontMetrics().averageCharWidth());
  card->installEventFilter(this);
  connect(card, &QToolButton::clicked, this, [this, &preset] { emit presetChosen(preset); });
  return card;
}

void StartPage::setTheme(const Theme& theme) {
  if (m_theme == &theme && m_drawn > 0) return;
  m_theme = &theme;
  m_drawn = 0;
  if (isVisible()) drawNext();
}

void StartPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  arrange();
}

void StartPage::showEvent(QShowEvent* event) {
  QScrollArea::showEvent(event);
  showRecent();
  arrange();
  if (m_drawn == 0) drawNext();
  m_cards.front()->setFocus();
}

void StartPage::arrange() {
  const int room = viewport()->width() - 2 * m_grid->spacing();
  const int card = m_cards.front()->minimumWidth() + m_grid->spacing();
  const int columns = std::max(1, room / card);
  if (columns == m_columns) return;
  m_columns = columns;
  for (std::size_t k = 0; k < m_cards.size(); ++k) {
    const int index = static_cast<int>(k);
    m_grid->addWidget(m_cards[k], index / columns, index % columns);
  }
  for (int column = 0; column < m_grid->columnCount(); ++column)
    m_grid->setColumnStretch(column, 0);
  m_grid->setColumnStretch(columns, 1);
}

void StartPage::showRecent() {
  while (QLayoutItem* item = m_recent->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  QStringList paths;
  for (const QString& path : RecentFiles::paths())
    if (QFileInfo::exists(path) && paths.size() < kShownRecent) paths << path;
  if (paths.isEmpty()) return;
  m_recent->addWidget(new QLabel("<b>" + tr("Recent documents") + "</b>"));
  for (const QString& path : paths) {
    auto* link = new QToolButton;
    link->setText(QFileInfo(path).fileName() + "  –  " + QFileInfo(path).path());
    link->setAccessibleName(tr("Open %1").arg(path));
    link->setWhatsThis(tr("Opens this document again."));
    link->setAutoRaise(true);
    link->setFocusPolicy(Qt::StrongFocus);
    connect(link, &QToolButton::clicked, this, [this, path] { emit recentChosen(path); });
    m_recent->addWidget(link);
  }
}

/// One after the other, so that they come up in order and nothing else waits.
void StartPage::drawNext() {
  if (m_drawn >= m_cards.size()) return;
  const double ratio = devicePixelRatioF();
  const QSize pixels = m_cards[m_drawn]->iconSize() * ratio;
  m_job.start(
      [document = presets()[m_drawn].json, pixels, theme = m_theme](const RunControl& control) {
        try {
          return thumbnailOf(document, pixels, *theme, control);
        } catch (const InvalidInput&) {
          return QImage();  // a card without a picture is a card all the same
        } catch (const Failure&) {
          return QImage();
        }
      },
      [this, ratio](QImage image) {
        image.setDevicePixelRatio(ratio);
        m_cards[m_drawn]->setIcon(QIcon(QPixmap::fromImage(std::move(image))));
        ++m_drawn;
        drawNext();
      },
      WhenSuperseded::cancel);
}

bool StartPage::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      static_cast<QToolButton*>(watched)->click();
      return true;
    }
    if (moveFocus(key)) return true;
  }
  return QScrollArea::eventFilter(watched, event);
}

bool StartPage::moveFocus(int key) {
  int step = 0;
  if (key == Qt::Key_Left) step = -1;
  if (key == Qt::Key_Right) step = 1;
  if (key == Qt::Key_Up) step = -m_columns;
  if (key == Qt::Key_Down) step = m_columns;
  if (step == 0) return false;
  const auto focused = std::find_if(m_cards.begin(), m_cards.end(),
                                    [](const QToolButton* card) { return card->hasFocus(); });
  const auto next = (focused - m_cards.begin()) + step;
  if (next < 0 || next >= static_cast<std::ptrdiff_t>(m_cards.size())) return true;
  QToolButton* card = m_cards[static_cast<std::size_t>(next)];
  card->setFocus();
  ensureWidgetVisible(card);
  return true;
}

}  // namespace separatrix
