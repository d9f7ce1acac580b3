#include "ui/views/plane_option.hpp"

#include "ui/views/texts.hpp"

#include <algorithm>

namespace separatrix {

void addPlaneOption(ViewOptions& options) {
  options.addChoice(
      "plane",
      {{"principal", QObject::tr("Principal plane")}, {"coordinates", QObject::tr("Coordinates")}},
      {QObject::tr("Plane"),
       QObject::tr(
           "Which plane through the mean of the data is shown: that of two principal directions, "
           "in which the data vary most, or of two coordinates. The potential is that on the "
           "plane; particles and fixed points are projected on it.")});
  options.addChoice("horizontal", {{"0", "0"}},
                    {QObject::tr("Horizontal direction"),
                     QObject::tr("The direction drawn from left to right.")});
  options.addChoice(
      "vertical", {{"1", "1"}},
      {QObject::tr("Vertical direction"), QObject::tr("The direction drawn upwards.")});
}

void offerPlanes(ViewOptions& options, Index dimension) {
  const bool principal = options.choice("plane") == "principal";
  std::vector<ViewOptions::Item> directions = coordinateItems(std::max<Index>(dimension, 2));
  for (ViewOptions::Item& each : directions)
    if (principal) each.title = "e" + each.value;
  options.setItems("horizontal", directions);
  std::swap(directions[0], directions[1]);  // the first is what it is by default
  options.setItems("vertical", directions);
  for (const char* key : {"plane", "horizontal", "vertical"})
    options.setOptionVisible(key, dimension > 2);
}

PlaneChoice chosenPlane(const ViewOptions& options) {
  return {options.choice("plane").toStdString(), options.choice("horizontal").toInt(),
          options.choice("vertical").toInt()};
}

}  // namespace separatrix
