#pragma once

#include "core/study/document.hpp"
#include "ui/compute/latest_job.hpp"
#include "ui/theme.hpp"

#include <QImage>
#include <QScrollArea>

#include <vector>

class QGridLayout;
class QToolButton;
class QVBoxLayout;

namespace separatrix {

/// Where one begins: the presets as cards with live pictures of their scenes, recent documents, a
/// new one, one from a file.
class StartPage final : public QScrollArea {
  Q_OBJECT

public:
  explicit StartPage(QWidget* parent = nullptr);

  /// Draws the pictures anew.
  void setTheme(const Theme& theme);

signals:
  void presetChosen(const NamedDocument& preset);
  void recentChosen(const QString& path);
  void openAsked();
  void newAsked();

protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  QToolButton* makeCard(const NamedDocument& preset);
  void arrange();
  void showRecent();
  void drawNext();
  bool moveFocus(int key);

  const Theme* m_theme;
  QGridLayout* m_grid = nullptr;
  QVBoxLayout* m_recent = nullptr;
  std::vector<QToolButton*> m_cards;  // as presets()
  int m_columns = 0;
  std::size_t m_drawn = 0;  // how many cards have their picture
  LatestJob<QImage> m_job;
};

}  // namespace separatrix
