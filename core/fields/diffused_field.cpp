#include "core/fields/diffused_field.hpp"

#include "core/parameters/json.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/targets/tile_size.hpp"

#include <algorithm>

namespace separatrix {
namespace {

/// Calls `body(first, count)` for neighbouring parts of the points, in parallel.
template <class Body>
void forTiles(Index points, Index size, const RunControl& control, const Body& body) {
  parallelFor((points + size - 1) / size, [&](Index tile) {
    control.checkpoint();
    const Index first = tile * size;
    body(first, std::min(size, points - first));
  });
}

}  // namespace

DiffusedField::DiffusedField(const Target& target, const ForwardProcess& process, double s)
    : m_target(&target), m_channel(process.channel(s)) {
  const double shortest = shortestTime(process);
  const double horizon = process.horizon();
  if (s == 0 && !target.hasDensity())
    throw InvalidInput("time", "at s = 0 the data are points and have no density; use a time of " +
                                   numberText(shortest) + " or more");
  const bool inside = s == 0 || (s >= shortest && s <= horizon);
  if (!inside)
    throw InvalidInput("time", numberText(s) + " is out of range; it must be at least " +
                                   numberText(shortest) + " and at most the horizon " +
                                   numberText(horizon));
}

PosteriorBatch DiffusedField::batch(const BatchView& x, const RunControl& control) const {
  PosteriorBatch out;
  out.logEvidence.resize(x.cols());
  out.score.resize(x.rows(), x.cols());
  out.mean.resize(x.rows(), x.cols());
  forTiles(x.cols(), tileSize(*m_target, 256), control, [&](Index first, Index count) {
    PosteriorBatch part;
    m_target->posteriorBatch(x.middleCols(first, count), m_channel, part);
    out.logEvidence.segment(first, count) = part.logEvidence;
    out.score.middleCols(first, count) = part.score;
    out.mean.middleCols(first, count) = part.mean;
  });
  return out;
}

ScoreBatch DiffusedField::scores(const BatchView& x, const RunControl& control) const {
  ScoreBatch out{Batch(x.rows(), x.cols()), Batch(x.rows(), x.cols())};
  forTiles(x.cols(), tileSize(*m_target, 256), control, [&](Index first, Index count) {
    ScoreBatch part;
    m_target->scoreBatch(x.middleCols(first, count), m_channel, part);
    out.score.middleCols(first, count) = part.score;
    out.mean.middleCols(first, count) = part.mean;
  });
  return out;
}

Eigen::VectorXf DiffusedField::logDensities(const BatchFView& x, const RunControl& control) const {
  Eigen::VectorXf out(x.cols());
  forTiles(x.cols(), tileSize(*m_target, 2048), control, [&](Index first, Index count) {
    m_target->logDensities(x.middleCols(first, count), m_channel, out.segment(first, count));
  });
  return out;
}

}  // namespace separatrix
