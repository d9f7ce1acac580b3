#include "ui/views/texts.hpp"

#include <algorithm>

namespace separatrix {

QString timeText(const Problem& problem, double s) {
  QString text = QString("s = %1").arg(s, 0, 'f', 4);
  if (problem.process().variancePreserving())
    text += QString("   θ = %1").arg(problem.process().signal(s), 0, 'f', 4);
  return text;
}

std::vector<ViewOptions::Item> coordinateItems(Index dimension) {
  constexpr Index kOffered = 16;
  std::vector<ViewOptions::Item> out;
  for (Index i = 0; i < std::min(dimension, kOffered); ++i)
    out.push_back({QString::number(i), QString("x%1").arg(i)});
  return out;
}

std::vector<ViewOptions::Item> quantityItems(Index dimension) {
  constexpr int kDirections = 3;
  std::vector<ViewOptions::Item> out;
  for (int i = 0; dimension > 2 && i < kDirections; ++i)
    out.push_back({QString("pc%1").arg(i), QString("e%1·x").arg(i)});
  for (ViewOptions::Item& each : coordinateItems(dimension)) out.push_back(std::move(each));
  return out;
}

QString quantityTitle(const QString& item, Index dimension) {
  if (item == "norm") return "|x|";
  if (item.startsWith("pc")) return QString("e_{%1}·x").arg(item.mid(2));
  return dimension == 1 ? QString("x") : QString("x_{%1}").arg(item);
}

}  // namespace separatrix
