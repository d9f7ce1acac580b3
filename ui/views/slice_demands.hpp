#pragma once

#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"

#include <QObject>

#include <array>
#include <vector>

namespace separatrix {

/// The two data points between which the views of the Model workspace look, kept in the document:
/// views.slice-pair; of what it holds that is no pair of this scene, the first two.
std::array<int, 2> chosenPair(const Session& session);
void choosePair(Session& session, const std::array<int, 2>& pair);

/// The slice between the chosen points at many times, by the scene's score and, for scenes with a
/// model, by the exact one of its data.
std::vector<Demand> sliceDemands(const Session& session);
inline constexpr const char* kSlice = "slice";
inline constexpr const char* kExactSlice = "slice-data";

/// Slices between a few pairs of one class and of two: `split-times`.
Demand splitTimesDemand(const Session& session);

/// ũ(α) at time s of the columns of `potentials`, linear between those of `times`, which rise; NaN
/// before any is there.
std::vector<double> potentialAt(const std::vector<double>& times, const Mat& potentials, double s);

/// The diffusion time s as the bottom axis, noise on the left, with the current time as a line that
/// is dragged.
void addDiffusionTime(Session& session, Plot& plot);

}  // namespace separatrix
