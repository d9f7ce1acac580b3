#include "core/numerics/panel_integrals.hpp"

#include <array>
#include <cmath>
#include <vector>

namespace separatrix {
namespace {

constexpr std::size_t kNodes = 7;
constexpr std::array<double, kNodes> kPlaces = {
    -0.960491268708020283, -0.774596669241483377, -0.434243749346802558, 0,
    0.434243749346802558,  0.774596669241483377,  0.960491268708020283};
constexpr std::array<double, kNodes> kKronrod = {
    0.104656226026467265, 0.268488089868333441, 0.401397414775962223, 0.450916538658474142,
    0.401397414775962223, 0.268488089868333441, 0.104656226026467265};
constexpr std::array<double, kNodes> kGauss = {0, 5.0 / 9, 0, 8.0 / 9, 0, 5.0 / 9, 0};

struct Panel {
  double from, to;
  Index whole;  ///< which of the caller's it is part of
};

}  // namespace

PanelIntegrals panelIntegrals(const std::function<Vec(const Vec&)>& f, const Vec& edges,
                              double tolerance) {
  constexpr int kMostRounds = 11;
  std::vector<Panel> panels;
  for (Index i = 0; i + 1 < edges.size(); ++i) panels.push_back({edges[i], edges[i + 1], i});
  PanelIntegrals out;
  out.values = Vec::Zero(std::max<Index>(0, edges.size() - 1));
  for (int round = 0; round < kMostRounds && !panels.empty(); ++round) {
    Vec places(std::ssize(panels) * static_cast<Index>(kNodes));
    Index next = 0;
    for (const Panel& panel : panels)
      for (const double place : kPlaces)
        places[next++] = 0.5 * (panel.from + panel.to + place * (panel.to - panel.from));
    const Vec values = f(places);
    Vec fine = Vec::Zero(std::ssize(panels)), coarse = fine, absolute = fine;
    for (std::size_t p = 0; p < panels.size(); ++p) {
      const auto slot = static_cast<Index>(p);
      const double half = 0.5 * (panels[p].to - panels[p].from);
      for (std::size_t i = 0; i < kNodes; ++i) {
        const double value = half * values[static_cast<Index>(p * kNodes + i)];
        fine[slot] += kKronrod[i] * value;
        coarse[slot] += kGauss[i] * value;
        absolute[slot] += kKronrod[i] * std::abs(value);
      }
    }
    const double allowed = tolerance * (out.absolute + absolute.sum());
    std::vector<Panel> left;
    for (std::size_t p = 0; p < panels.size(); ++p) {
      const auto slot = static_cast<Index>(p);
      const double apart = std::abs(fine[slot] - coarse[slot]);
      const Panel& panel = panels[p];
      if (apart > allowed && round + 1 < kMostRounds) {
        const double middle = 0.5 * (panel.from + panel.to);
        left.push_back({panel.from, middle, panel.whole});
        left.push_back({middle, panel.to, panel.whole});
        continue;
      }
      out.values[panel.whole] += fine[slot];
      out.absolute += absolute[slot];
      out.uncertainty += apart;
    }
    panels = std::move(left);
  }
  return out;
}

}  // namespace separatrix
