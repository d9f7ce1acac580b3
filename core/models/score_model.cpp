#include "core/models/score_model.hpp"

#include "core/models/model_probe.hpp"
#include "core/processes/catalog.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace separatrix {
namespace {

constexpr std::array kParametrisations = {"epsilon", "score", "x0", "v"};
constexpr std::array kTimeArguments = {"step", "unit", "time", "log-snr"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<const char*, N>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// Shapes that d numbers may have, those that the model's convolutions suggest first.
std::vector<std::vector<std::int64_t>> shapesOf(
    Index dimension, const std::vector<std::vector<std::int64_t>>& parameters) {
  std::vector<std::vector<std::int64_t>> out;
  const auto addImage = [&](std::int64_t channels) {
    if (channels < 1 || dimension % channels != 0) return;
    const auto side = std::llround(std::sqrt(static_cast<double>(dimension / channels)));
    if (side * side * channels == dimension) out.push_back({channels, side, side});
  };
  for (const auto& weights : parameters)
    if (weights.size() == 4) addImage(weights[1]);
  out.push_back({dimension});
  for (const std::int64_t channels : {1, 3}) addImage(channels);
  return out;
}

double logSnr(const Channel& c) {
  return 2 * std::log(c.signal) - std::log(c.noiseVariance);
}

/// What the model returned, as the noise in its own x = a y + b z.
void toNoise(Parametrisation parametrisation, const Batch& x, const Channel& own, Batch& out) {
  const double a = own.signal, b = std::sqrt(own.noiseVariance);
  switch (parametrisation) {
    case Parametrisation::epsilon:
      return;
    case Parametrisation::score:
      out *= -b;
      return;
    case Parametrisation::x0:
      out = (x - a * out) / b;
      return;
    case Parametrisation::v:
      out = a * out + b * x;
      return;
  }
}

}  // namespace

ScoreModel::ScoreModel(std::shared_ptr<ModelHost> host, ModelSettings settings,
                       std::shared_ptr<const ForwardProcess> schedule, Index dimension)
    : m_host(std::move(host)),
      m_schedule(std::move(schedule)),
      m_dimension(dimension),
      m_settings(std::move(settings)) {
  if (m_settings.parametrisation == Parametrisation::v && !m_schedule->variancePreserving())
    throw InvalidInput("model.parametrisation",
                       "v is defined for schedules that preserve variance; choose one with "
                       "model.schedule, or another parametrisation");
  const ModelCall call{m_settings.shape, false};
  if (!m_settings.shape.empty() && call.numbers() != dimension)
    throw InvalidInput("model.shape", "holds " + std::to_string(call.numbers()) +
                                          " numbers, and the data have " +
                                          std::to_string(dimension) + " coordinates");
}

ScoreModel::~ScoreModel() = default;

std::shared_ptr<const ScoreModel> ScoreModel::with(ModelSettings settings,
                                                   std::shared_ptr<const ForwardProcess> schedule,
                                                   Index dimension) const {
  if (dimension == m_dimension) {  // what was found out holds there too
    const std::lock_guard lock(m_mutex);
    settings = m_settings;
  }
  return std::make_shared<ScoreModel>(m_host, settings, std::move(schedule), dimension);
}

ModelSettings ScoreModel::settings(const RunControl& control) const {
  const std::lock_guard lock(m_mutex);
  ModelSettings& known = m_settings;
  if (known.parametrisation && known.timeArgument && !known.shape.empty()) return known;
  std::vector<std::vector<std::int64_t>> shapes = {known.shape};
  if (known.shape.empty()) shapes = shapesOf(m_dimension, m_host->description(control).parameters);
  const ModelProbe probe = probeModel(*m_host, shapes, control);
  known.shape = probe.call.shape;
  if (!known.timeArgument) {
    known.timeArgument = named<TimeArgument>(kTimeArguments, probe.timeArgument);
    if (probe.steps > 0) known.steps = probe.steps;
  }
  if (!known.parametrisation)
    known.parametrisation = named<Parametrisation>(kParametrisations, probe.parametrisation);
  return known;
}

std::pair<double, double> ScoreModel::noiseRange() const {
  const auto relative = [&](double s) {
    const Channel c = m_schedule->channel(s);
    return std::sqrt(c.noiseVariance) / (c.signal * m_settings.scale);
  };
  return {relative(shortestTime(*m_schedule)), relative(m_schedule->horizon())};
}

/// Of points that have the noise of the model's own time s, as they are at `signal`; `given` is
/// what the model is told of the time.
Batch ScoreModel::noiseAtOwn(const BatchView& x, double signal, double s, double given,
                             const ModelSettings& settings, const RunControl& control) const {
  const Channel own = m_schedule->channel(s);
  const Batch scaled =
      (x.array() * (own.signal * settings.scale / signal) + own.signal * settings.shift).matrix();
  const auto size = static_cast<std::size_t>(x.size());
  // The model takes one point after the other.
  const Eigen::MatrixXf in = scaled.cast<float>();
  Eigen::MatrixXf answer(x.rows(), x.cols());
  const std::vector<double> times(static_cast<std::size_t>(x.cols()), given);
  m_host->evaluate({settings.shape, settings.timeArgument == TimeArgument::step}, {in.data(), size},
                   times, {answer.data(), size}, control);
  Batch out = answer.cast<double>();
  toNoise(*settings.parametrisation, scaled, own, out);
  return out;
}

Batch ScoreModel::noise(const BatchView& x, const Channel& channel,
                        const RunControl& control) const {
  const ModelSettings settings = this->settings(control);
  const double wanted = logSnr(channel) - 2 * std::log(settings.scale);
  const double horizon = m_schedule->horizon();
  const auto ratio = [&](double time) { return logSnr(m_schedule->channel(time)); };
  const double s = timeWhere(ratio, wanted, shortestTime(*m_schedule), horizon);
  const auto ask = [&](double time, double given) {
    return noiseAtOwn(x, channel.signal, time, given, settings, control);
  };
  switch (*settings.timeArgument) {
    case TimeArgument::unit:
      return ask(s, s / horizon);
    case TimeArgument::time:
      return ask(s, s);
    case TimeArgument::logSnr:
      return ask(s, ratio(s));
    case TimeArgument::step:
      break;
  }
  constexpr double kAlmost = 1e-6;  // of a step
  const auto steps = static_cast<double>(settings.steps);
  const double place = std::clamp(steps * s / horizon - 1, 0.0, steps - 1);
  const double below = std::floor(place + kAlmost);
  const auto atStep = [&](double k) { return ask(horizon * (k + 1) / steps, k); };
  const double share = place - below;
  if (share < kAlmost) return atStep(below);
  return (1 - share) * atStep(below) + share * atStep(below + 1);
}

const ParameterSpecs& modelParameters() {
  static const ParameterSpecs specs = [] {
    std::vector<std::string> schedules = {"scene"};
    for (const ProcessKind& kind : processCatalog()) schedules.push_back(kind.id);
    constexpr double kLongestSide = 1 << 20;
    return ParameterSpecs{
        ParameterSpec::of(ParameterKind::file, "path", "")
            .labelled("File", "",
                      "A TorchScript file with forward(x, t); empty: the exact score of the data."),
        ParameterSpec::choice("parametrisation", {"automatic", "epsilon", "score", "x0", "v"})
            .labelled("Returns", "",
                      "What the model returns: the noise, the score, the data or v; automatic: by "
                      "what it makes of pure noise."),
        ParameterSpec::choice("time_argument", {"automatic", "step", "unit", "time", "log-snr"})
            .labelled("Time", "t",
                      "What it is given as t: a step 0 … L − 1, s over the horizon, s, or log "
                      "a²/b²; automatic: by what it takes."),
        ParameterSpec::choice("schedule", schedules)
            .labelled("Schedule", "",
                      "The noise that it was trained with, met where a²/b² is the same; scene: the "
                      "scene's, the others with their usual values."),
        ParameterSpec::integer("steps", 1000)
            .labelled("Steps", "L", "Of a model that counts them.")
            .within(1, 10000)
            .slider(10, 4000, true),
        ParameterSpec::of(ParameterKind::vector, "shape")
            .labelled("Shape", "", "Of one input, as in 1, 28, 28; automatic: by what it takes.")
            .within(1, kLongestSide)
            .slider(1, 64)
            .orNull(),
        ParameterSpec::real("scale", 1)
            .labelled("Data scale", "", "It was trained on the data times this …")
            .above(0, 1e9)
            .slider(0.1, 10, true),
        ParameterSpec::real("shift", 0)
            .labelled("Data shift", "", "… plus this.")
            .within(-1e9, 1e9)
            .slider(-1, 1),
    };
  }();
  return specs;
}

namespace {

std::shared_ptr<const ForwardProcess> scheduleNamed(
    const std::string& id, Index steps, const std::shared_ptr<const ForwardProcess>& process) {
  for (const ProcessKind& kind : processCatalog()) {
    if (kind.id != id) continue;
    Json values = Json::object();
    if (findSpec(kind.parameters, "steps") != nullptr) values["steps"] = steps;
    return kind.make(validate(kind.parameters, values, "model.schedule"));
  }
  return process;
}

std::vector<std::int64_t> shapeIn(const ParameterValues& values) {
  std::vector<std::int64_t> out;
  if (values.isNull("shape")) return out;
  for (const double length : values.vector("shape", 1)) {
    if (length != std::trunc(length))
      throw InvalidInput("model.shape", numberText(length) + " is no length");
    out.push_back(static_cast<std::int64_t>(length));
  }
  if (out.empty() || out.size() > model_protocol::kMostAxes)
    throw InvalidInput("model.shape", "has " + std::to_string(out.size()) +
                                          " axes; give 1 to 4, as in [1, 28, 28]");
  return out;
}

}  // namespace

std::shared_ptr<const ScoreModel> makeScoreModel(
    const ParameterValues& values, FileLoader& files,
    const std::shared_ptr<const ForwardProcess>& process, Index dimension,
    const ScoreModel* previous) {
  const std::string path = values.text("path");
  if (path.empty()) return nullptr;
  ModelSettings settings;
  settings.parametrisation =
      named<Parametrisation>(kParametrisations, values.text("parametrisation"));
  settings.timeArgument = named<TimeArgument>(kTimeArguments, values.text("time_argument"));
  settings.steps = values.integer("steps");
  settings.shape = shapeIn(values);
  settings.scale = values.real("scale");
  settings.shift = values.real("shift");
  const auto schedule = scheduleNamed(values.text("schedule"), settings.steps, process);
  if (previous != nullptr) return previous->with(settings, schedule, dimension);
  const std::string bytes = files.load("model.path", path);
  std::shared_ptr<ModelHost> host =
      ModelHost::ofBytes(std::filesystem::path(path).filename().string(), bytes);
  return std::make_shared<ScoreModel>(std::move(host), settings, schedule, dimension);
}

}  // namespace separatrix
