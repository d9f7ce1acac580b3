#include "ui/controls/choice_control.hpp"

#include "ui/controls/keep_keys.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QWheelEvent>

#include <algorithm>
#include <array>

namespace separatrix {
namespace {

struct KnownTitle {
  const char* id;
  const char* title;
};

/// Proper names and initialisms, which no rule gets right.
constexpr std::array kKnownTitles{
    KnownTitle{"euler-maruyama", "Euler–Maruyama"},
    KnownTitle{"heun", "Heun"},
    KnownTitle{"ddpm", "DDPM"},
    KnownTitle{"ddim", "DDIM"},
    KnownTitle{"pndm", "PNDM"},
    KnownTitle{"sde", "SDE"},
    KnownTitle{"ode", "ODE"},
    KnownTitle{"gls", "Gaussian late start"},
    KnownTitle{"vp", "VP"},
    KnownTitle{"ve", "VE"},
    KnownTitle{"rem", "REM"},
};

}  // namespace

QString choiceTitle(const std::string& id) {
  const auto* known = std::find_if(kKnownTitles.begin(), kKnownTitles.end(),
                                   [&](const KnownTitle& entry) { return id == entry.id; });
  if (known != kKnownTitles.end()) return QString::fromUtf8(known->title);
  QString title = QString::fromStdString(id);
  title.replace(QLatin1Char('-'), QLatin1Char(' ')).replace(QLatin1Char('_'), QLatin1Char(' '));
  if (!title.isEmpty()) title[0] = title[0].toUpper();
  return title;
}

ChoiceControl::ChoiceControl(const ParameterSpec& spec, QWidget* parent) : QComboBox(parent) {
  for (const std::string& choice : spec.choices)
    addItem(choiceTitle(choice), QString::fromStdString(choice));
  if (spec.defaultValue.is_string()) setId(spec.defaultValue.get<std::string>());
  setFocusPolicy(Qt::StrongFocus);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(8);
  setAccessibleName(specTitle(spec));
  keepKeys(this, {Qt::Key_Space, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End});
  connect(this, &QComboBox::activated, this,
          [this](int index) { emit chosen(itemData(index).toString()); });
}

std::string ChoiceControl::id() const {
  return currentData().toString().toStdString();
}

void ChoiceControl::setId(const std::string& id) {
  const int index = findData(QString::fromStdString(id));
  if (index >= 0) setCurrentIndex(index);
}

void ChoiceControl::setTitles(const QStringList& titles) {
  for (int i = 0; i < std::min(count(), static_cast<int>(titles.size())); ++i)
    setItemText(i, titles[i]);
}

void ChoiceControl::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QComboBox::wheelEvent(event);
  else
    event->ignore();
}

}  // namespace separatrix
