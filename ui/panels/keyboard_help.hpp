#pragma once

#include <QDialog>

class QLineEdit;
class QMenuBar;
class QTreeWidget;

namespace separatrix {

/// All keys of the window: those of the menus, as the actions have them, and those of the plots,
/// the timeline and the start page. Can be searched.
class KeyboardHelp final : public QDialog {
  Q_OBJECT

public:
  KeyboardHelp(const QMenuBar& menus, QWidget* parent = nullptr);

private:
  void addMenus(const QMenuBar& menus);
  void addGroup(const QString& title, const QList<std::pair<QString, QString>>& keys);
  void filter(const QString& text);

  QLineEdit* m_search;
  QTreeWidget* m_tree;
};

}  // namespace separatrix
