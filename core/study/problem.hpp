#pragma once

#include "core/datasets/data_file.hpp"
#include "core/models/score_model.hpp"
#include "core/processes/catalog.hpp"
#include "core/study/scene.hpp"
#include "core/targets/catalog.hpp"
#include "core/targets/principal_directions.hpp"

#include <memory>

namespace separatrix {

/// A scene with everything it names, loaded and checked once. Immutable and shared by all who
/// compute; nobody else builds targets or processes from a scene.
class Problem {
public:
  const Scene& scene() const { return m_scene; }
  /// What is computed with: the data, or with a model its score of them.
  const Target& target() const { return m_modelled ? *m_modelled : *m_data; }
  /// The data themselves, whatever gives the score.
  const Target& data() const { return *m_data; }
  /// Null: the score is the exact one of the data.
  const ScoreModel* model() const { return m_model.get(); }
  const ForwardProcess& process() const { return *m_process; }
  /// The files that were loaded, as they were then: what its document says of them.
  const std::vector<DataFile>& dataFiles() const { return m_files; }
  /// What a person must know of how the scene was loaded, one sentence each.
  const std::vector<std::string>& remarks() const { return m_remarks; }

  /// The first 16 principal directions of the data, found when first asked for. Throws Failure
  /// where that would take minutes.
  const PrincipalDirections& principalDirections() const;

  /// The scene's potential at time s.
  Potential potentialAt(double s) const { return potentialAt(m_scene.potential, s); }
  Potential potentialAt(PotentialKind kind, double s) const {
    return makePotential(kind, *m_process, s, stochasticityOf(m_scene.ensemble));
  }

private:
  friend std::shared_ptr<const Problem> prepare(const Scene&, const Resources&,
                                                const std::shared_ptr<const Problem>&);
  /// What loading a part of the scene gave besides.
  struct Loaded {
    std::vector<DataFile> files;
    std::vector<std::string> remarks;
  };
  void prepareData(const Resources& resources);
  void prepareModel(const Resources& resources, const Problem* previous);

  Scene m_scene;
  std::shared_ptr<const Target> m_data;
  std::shared_ptr<const ForwardProcess> m_process;
  std::shared_ptr<const ScoreModel> m_model;
  std::shared_ptr<const Target> m_modelled;  // the data with the model's score
  Loaded m_withData, m_withModel;
  std::vector<DataFile> m_files;       // of both
  std::vector<std::string> m_remarks;  // of both
  struct LazyDirections;
  std::shared_ptr<LazyDirections> m_directions;  // of the target, shared with problems that have it
};

using ProblemPtr = std::shared_ptr<const Problem>;

/// Loads the files that the scene names, once; `resources` is what its document says of them.
/// With `previous`, prepared with the same resources, a target that is the same is not loaded
/// again. Throws InvalidInput that names the entry where values do not go together or a file is not
/// what it should be, MissingFile where one is not there and its document does not hold its
/// content.
ProblemPtr prepare(const Scene& scene, const Resources& resources = {},
                   const ProblemPtr& previous = nullptr);

}  // namespace separatrix
