#include "ui/views/against_option.hpp"

#include "core/study/bifurcation.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace separatrix {
namespace {

const char* const kKey = "against";

QString translated(const char* text) {
  return QCoreApplication::translate("AgainstOption", text);
}

}  // namespace

void addAgainstOption(ViewOptions& options) {
  options.addChoice(
      kKey, {{"s", "s"}},
      {translated("Against"), translated("The horizontal axis: the signal θ, diffusion time s, or "
                                         "the logarithm of the signal-to-noise ratio.")});
}

void offerAxes(ViewOptions& options, const ForwardProcess& process) {
  std::vector<ViewOptions::Item> items{{"s", "s"}, {"log-snr", translated("log-SNR")}};
  if (process.variancePreserving()) items.insert(items.begin(), {"theta", "θ"});
  options.setItems(kKey, std::move(items));
}

TimeAxis chosenAxis(const ViewOptions& options, const ForwardProcess& process) {
  const std::vector<TimeAxis> axes = timeAxes(process);
  const std::string id = options.choice(kKey).toStdString();
  const auto found =
      std::find_if(axes.begin(), axes.end(), [&](const TimeAxis& each) { return each.id == id; });
  return found == axes.end() ? axes.front() : *found;
}

void showAxis(Plot& plot, const TimeAxis& axis, const ForwardProcess& process) {
  const double horizon = process.horizon();
  plot.setAxis(PlotAxis::bottom,
               {.title = QString::fromStdString(axis.symbol), .reversed = axis.id == "s"});
  if (axis.id == "s")
    plot.setRange(PlotAxis::bottom, {0, horizon});
  else if (axis.id == "theta")
    plot.setRange(PlotAxis::bottom, {0, 1});
  else
    plot.setRange(PlotAxis::bottom,
                  {axis.fromTime(horizon), axis.fromTime(kShortestShown * horizon)});
}

QString momentLabel(const TimeAxis& axis, double s, const QString& index) {
  const bool byTime = axis.id == "log-snr";  // its symbol has no room for an index
  const QString symbol = byTime ? QString("s") : QString::fromStdString(axis.symbol);
  return QString("%1%2 = %3")
      .arg(symbol, index.isEmpty() ? index : "_" + index)
      .arg(byTime ? s : axis.fromTime(s), 0, 'f', 4);
}

}  // namespace separatrix
