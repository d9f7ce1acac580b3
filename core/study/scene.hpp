#pragma once

#include "core/fields/potential.hpp"
#include "core/parameters/parameter_spec.hpp"
#include "core/sampling/ensemble.hpp"

#include <filesystem>
#include <string>

namespace separatrix {

/// A kind from a catalogue with its complete, valid values.
struct Variant {
  std::string kind;
  ParameterValues values;

  friend bool operator==(const Variant&, const Variant&) = default;
};

/// The values of a scene that names no model.
const ParameterValues& withoutModel();

/// What is studied: data, noise, potential and how trajectories are made. An immutable value;
/// times, grids and ranges belong to requests. Paths of files are absolute and lexically normal.
struct Scene {
  Variant target;
  Variant process;
  PotentialKind potential = PotentialKind::sde;
  EnsembleSpec ensemble;
  ParameterValues model = withoutModel();  ///< of modelParameters()

  bool hasModel() const { return !model.text("path").empty(); }

  friend bool operator==(const Scene&, const Scene&) = default;
};

/// The version of the scene format that this program writes.
inline constexpr int kSceneVersion = 1;

/// Throws InvalidInput that names the entry: unknown keys, wrong types, values out of range, sizes
/// that do not go together, a newer version. Entries left out take their defaults. `views` and
/// `files` (of a document) are let pass. Relative paths are meant from `folder`, empty: the current
/// directory.
Scene sceneFromJson(const Json& json, const std::filesystem::path& folder = {});
/// Complete and canonical: equal scenes give equal text. Paths are absolute.
Json sceneToJson(const Scene& scene);

/// Overrides one entry of a scene's JSON: "target.variance=0.04", "ensemble.seed=7",
/// "target.means.0=[-2]". The value is JSON, or else text. A new `kind` keeps the entries that the
/// new kind knows too and drops the rest; the path of a file is meant from the current directory.
/// Throws InvalidInput for a malformed assignment or path.
void setEntry(Json& scene, const std::string& assignment);

/// The specs of the `ensemble` entry, for validation, options and forms.
const ParameterSpecs& ensembleParameters();
ParameterValues ensembleToValues(const EnsembleSpec& ensemble);
EnsembleSpec ensembleFromValues(const ParameterValues& values);

}  // namespace separatrix
