#include "ui/panels/keyboard_help.hpp"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace separatrix {
namespace {

QString plain(QString text) {
  return text.remove('&').remove(QChar(0x2026));
}

/// The actions of a menu and its submenus that have keys.
void collect(const QMenu& menu, QList<std::pair<QString, QString>>& keys) {
  for (const QAction* action : menu.actions()) {
    if (action->menu() != nullptr) {
      collect(*action->menu(), keys);
      continue;
    }
    for (const QKeySequence& sequence : action->shortcuts())
      keys.append({sequence.toString(QKeySequence::NativeText), plain(action->text())});
  }
}

}  // namespace

KeyboardHelp::KeyboardHelp(const QMenuBar& menus, QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit(this)), m_tree(new QTreeWidget(this)) {
  setWindowTitle(tr("Keyboard"));
  auto* column = new QVBoxLayout(this);
  m_search->setPlaceholderText(tr("Search"));
  m_search->setAccessibleName(tr("Search the keys"));
  m_search->setClearButtonEnabled(true);
  column->addWidget(m_search);
  m_tree->setAccessibleName(tr("Keys"));
  m_tree->setColumnCount(2);
  m_tree->setHeaderLabels({tr("What it does"), tr("Keys")});
  m_tree->setRootIsDecorated(false);
  m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  column->addWidget(m_tree, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  column->addWidget(buttons);
  addMenus(menus);
  addGroup(tr("In a plot"),
           {{tr("← → ↑ ↓"), tr("Move the selected point or the probe")},
            {tr("Shift+← → ↑ ↓"), tr("… ten times as far")},
            {tr("Delete, Backspace"), tr("Delete the selected point, remove the probe")},
            {tr("Esc"), tr("Remove the probe")},
            {tr("Ctrl+click"), tr("Place a point")},
            {tr("Click"), tr("Start trajectories there")},
            {tr("Wheel"), tr("Zoom at the cursor; over an axis, that axis alone")},
            {tr("Wheel on a point"), tr("Change its weight")},
            {tr("Drag"), tr("Pan, or move what lies under the cursor")},
            {tr("Alt+drag"), tr("Snap a point to the ticks")},
            {tr("Double click"), tr("Show everything again")}});
  addGroup(tr("On the timeline"), {{tr("← →"), tr("Step towards the noise or the data")},
                                   {tr("Shift+← →"), tr("… ten steps")},
                                   {tr("Home, End"), tr("To the noise, to the data")}});
  addGroup(tr("On the start page"),
           {{tr("← → ↑ ↓"), tr("Go to another card")}, {tr("Enter"), tr("Open it")}});
  m_tree->expandAll();
  connect(m_search, &QLineEdit::textChanged, this, &KeyboardHelp::filter);
  const int em = fontMetrics().averageCharWidth();
  resize(76 * em, 90 * em);
}

void KeyboardHelp::addMenus(const QMenuBar& menus) {
  for (const QAction* top : menus.actions()) {
    if (top->menu() == nullptr) continue;
    QList<std::pair<QString, QString>> keys;
    collect(*top->menu(), keys);
    addGroup(plain(top->text()), keys);
  }
}

void KeyboardHelp::addGroup(const QString& title, const QList<std::pair<QString, QString>>& keys) {
  if (keys.isEmpty()) return;
  auto* group = new QTreeWidgetItem(m_tree, {title});
  QFont bold = font();
  bold.setBold(true);
  group->setFont(0, bold);
  for (const auto& [key, what] : keys) new QTreeWidgetItem(group, {what, key});
}

void KeyboardHelp::filter(const QString& text) {
  for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
    QTreeWidgetItem* group = m_tree->topLevelItem(i);
    bool any = false;
    for (int k = 0; k < group->childCount(); ++k) {
      QTreeWidgetItem* item = group->child(k);
      const bool matches = item->text(0).contains(text, Qt::CaseInsensitive) ||
                           item->text(1).contains(text, Qt::CaseInsensitive);
      item->setHidden(!matches);
      any = any || matches;
    }
    group->setHidden(!any);
  }
}

}  // namespace separatrix
