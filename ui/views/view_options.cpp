#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace separatrix {
namespace {

constexpr int kLeastCharacters = 7;  // of a choice in a narrow tile

}  // namespace

ViewOptions::ViewOptions(Session& session, const QString& view, QWidget* parent)
    : QWidget(parent), m_session(session), m_view(view.toStdString()) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  connect(&session, &Session::documentOpened, this, [this] {
    showStored();
    emit changed();
  });
}

QWidget* ViewOptions::adopt(QWidget* control, const QString& key, const Help& help) {
  control->setObjectName(key);
  control->setAccessibleName(help.name);
  control->setToolTip(help.name);
  control->setWhatsThis(help.text);
  layout()->addWidget(control);
  return control;
}

void ViewOptions::addChoice(const QString& key, std::vector<Item> items, const Help& help) {
  auto* box = new QComboBox(this);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  box->setMinimumWidth(kLeastCharacters * fontMetrics().averageCharWidth());
  m_options.push_back({key, {}, false, adopt(box, key, help)});
  setItems(key, std::move(items));
  connect(box, &QComboBox::activated, this, [this, key, box] {
    store(key, box->currentIndex() == 0 ? Json() : Json(choice(key).toStdString()));
    emit changed();
  });
}

void ViewOptions::setItems(const QString& key, std::vector<Item> items) {
  Option& which = option(key);
  auto* box = static_cast<QComboBox*>(which.control);
  const auto same = [](const Item& a, const Item& b) {
    return a.value == b.value && a.title == b.title;
  };
  if (std::equal(items.begin(), items.end(), which.items.begin(), which.items.end(), same)) return;
  which.items = std::move(items);
  const QSignalBlocker quiet(box);
  box->clear();
  for (const Item& item : which.items) box->addItem(item.title);
  box->setHidden(which.items.size() < 2);
  showStored();
}

void ViewOptions::addFlag(const QString& key, const QString& title, bool first, const Help& help) {
  auto* button = new QToolButton(this);
  button->setText(title);
  button->setCheckable(true);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  m_options.push_back({key, {}, first, adopt(button, key, help)});
  showStored();
  connect(button, &QToolButton::clicked, this, [this, key, first](bool on) {
    store(key, on == first ? Json() : Json(on));
    emit changed();
  });
}

void ViewOptions::setOptionVisible(const QString& key, bool visible) {
  option(key).control->setVisible(visible);
}

QString ViewOptions::choice(const QString& key) const {
  const Option& which = option(key);
  const int index = static_cast<const QComboBox*>(which.control)->currentIndex();
  return index < 0 ? QString() : which.items[static_cast<std::size_t>(index)].value;
}

bool ViewOptions::flag(const QString& key) const {
  return static_cast<const QToolButton*>(option(key).control)->isChecked();
}

ViewOptions::Option& ViewOptions::option(const QString& key) {
  return const_cast<Option&>(std::as_const(*this).option(key));
}

const ViewOptions::Option& ViewOptions::option(const QString& key) const {
  const auto found = std::find_if(m_options.begin(), m_options.end(),
                                  [&](const Option& each) { return each.key == key; });
  Q_ASSERT(found != m_options.end());
  return *found;
}

Json ViewOptions::stored(const QString& key) const {
  const Json state = m_session.viewState(m_view);
  if (!state.is_object() || !state.contains("options") || !state["options"].is_object())
    return Json();
  return state["options"].value(key.toStdString(), Json());
}

void ViewOptions::store(const QString& key, const Json& value) {
  Json state = m_session.viewState(m_view);
  if (!state.is_object()) state = Json::object();
  Json options = state.value("options", Json::object());
  if (!options.is_object()) options = Json::object();
  if (value.is_null())
    options.erase(key.toStdString());
  else
    options[key.toStdString()] = value;
  if (options.empty())
    state.erase("options");
  else
    state["options"] = std::move(options);
  m_session.setViewState(m_view, state.empty() ? Json() : state);
}

void ViewOptions::showStored() {
  for (const Option& each : m_options) {
    const Json value = stored(each.key);
    if (auto* box = qobject_cast<QComboBox*>(each.control)) {
      const auto wanted = std::find_if(each.items.begin(), each.items.end(), [&](const Item& item) {
        return value.is_string() && item.value.toStdString() == value.get<std::string>();
      });
      const QSignalBlocker quiet(box);
      box->setCurrentIndex(wanted == each.items.end()
                               ? (each.items.empty() ? -1 : 0)
                               : static_cast<int>(wanted - each.items.begin()));
    } else if (auto* button = qobject_cast<QToolButton*>(each.control)) {
      button->setChecked(value.is_boolean() ? value.get<bool>() : each.first);
    }
  }
}

}  // namespace separatrix
