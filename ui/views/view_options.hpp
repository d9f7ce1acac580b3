#pragma once

#include "ui/session/session.hpp"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;

namespace separatrix {

/// The choices in the head of a view, kept in the document: views.ID.options.KEY.
class ViewOptions : public QWidget {
  Q_OBJECT

public:
  struct Item {
    QString value;  ///< as in documents
    QString title;  ///< for people
  };
  struct Help {
    QString name;  ///< accessible name and tool tip: "Coordinate"
    QString text;  ///< what it does, for What's This
  };

  ViewOptions(Session& session, const QString& view, QWidget* parent);

  /// The first item is the default. Adds the control behind those that are there.
  void addChoice(const QString& key, std::vector<Item> items, const Help& help);
  /// Other items; the choice stays where it is still there, else is the first. A choice with fewer
  /// than two items is not shown.
  void setItems(const QString& key, std::vector<Item> items);
  void addFlag(const QString& key, const QString& title, bool first, const Help& help);
  void setOptionVisible(const QString& key, bool visible);

  QString choice(const QString& key) const;
  bool flag(const QString& key) const;
  bool isEmpty() const { return m_options.empty(); }

signals:
  /// The user chose, or a document was opened.
  void changed();

private:
  struct Option {
    QString key;
    std::vector<Item> items;  // of a choice
    bool first = false;       // of a flag
    QWidget* control = nullptr;
  };
  Option& option(const QString& key);
  const Option& option(const QString& key) const;
  QWidget* adopt(QWidget* control, const QString& key, const Help& help);
  Json stored(const QString& key) const;
  void store(const QString& key, const Json& value);
  void showStored();

  Session& m_session;
  std::string m_view;
  std::vector<Option> m_options;
};

}  // namespace separatrix
