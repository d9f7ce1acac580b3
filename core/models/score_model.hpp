#pragma once

#include "core/datasets/file_loader.hpp"
#include "core/models/model_host.hpp"
#include "core/parameters/parameter_spec.hpp"
#include "core/processes/forward_process.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace separatrix {

/// What a model returns, for x = a y + b z.
enum class Parametrisation {
  epsilon,  ///< z, so that the score is −ε/b
  score,    ///< ∇ log p(x)
  x0,       ///< ⟨y⟩, so that the score is (a x₀ − x)/b²
  v,        ///< a z − b y of a process with a² + b² = 1: the score is −x − (a/b) v
};

/// What a model is given as t.
enum class TimeArgument {
  step,    ///< a whole number 0 … L − 1; k is the time (k + 1)/L of the horizon
  unit,    ///< s over the horizon
  time,    ///< s
  logSnr,  ///< log a²/b²
};

/// How a model is meant; what is not given is found out by a probe of it.
struct ModelSettings {
  std::optional<Parametrisation> parametrisation;
  std::optional<TimeArgument> timeArgument;
  Index steps = 1000;               ///< L of `step`
  std::vector<std::int64_t> shape;  ///< of one input; empty: found out
  double scale = 1, shift = 0;      ///< it was trained on scale · y + shift
};

/// The noise that a trained model sees in x = a y + b z, for any a and b: its own schedule is met
/// where it has the same a²/b², and x is scaled to it (theory §8). Any thread may ask it.
class ScoreModel {
public:
  /// `schedule` is the one that it was trained with. Throws InvalidInput ("model.parametrisation")
  /// for v where that does not preserve variance, ("model.shape") for a shape that does not hold
  /// `dimension` numbers.
  ScoreModel(std::shared_ptr<ModelHost> host, ModelSettings settings,
             std::shared_ptr<const ForwardProcess> schedule, Index dimension);
  ~ScoreModel();

  const std::string& name() const { return m_host->name(); }

  /// ε, d × P, of the points x, d × P: its estimate of z. Less noise than it was trained with is
  /// taken for the least, more for the most; between two whole steps it is interpolated. Throws
  /// ModelFailure where the model fails, and Cancelled.
  Batch noise(const BatchView& x, const Channel& channel, const RunControl& control) const;

  /// The noise b/a of the data that it was trained with, least and most.
  std::pair<double, double> noiseRange() const;

  /// The settings with all that was found out. Throws as `noise` does.
  ModelSettings settings(const RunControl& control) const;

  /// The same model, in the same process, for another schedule or number of dimensions.
  std::shared_ptr<const ScoreModel> with(ModelSettings settings,
                                         std::shared_ptr<const ForwardProcess> schedule,
                                         Index dimension) const;

  /// Of the process that has it now; −1: none.
  int processId() const { return m_host->processId(); }

private:
  Batch noiseAtOwn(const BatchView& x, double signal, double s, double given,
                   const ModelSettings& settings, const RunControl& control) const;

  std::shared_ptr<ModelHost> m_host;
  std::shared_ptr<const ForwardProcess> m_schedule;
  Index m_dimension;
  mutable std::mutex m_mutex;
  mutable ModelSettings m_settings;
};

/// `model` {path, parametrisation, time_argument, schedule, steps, shape, scale, shift}; without a
/// path there is none.
const ParameterSpecs& modelParameters();

/// The model that the values name, read through the loader; null: none. `process` is the scene's,
/// whose schedule it has unless another is named. `previous`, made of the same values, is used
/// instead of the file. Throws InvalidInput that names the entry, and what the loader throws. The
/// model itself is not run.
std::shared_ptr<const ScoreModel> makeScoreModel(
    const ParameterValues& values, FileLoader& files,
    const std::shared_ptr<const ForwardProcess>& process, Index dimension,
    const ScoreModel* previous = nullptr);

}  // namespace separatrix
