#pragma once

#include "ui/session/session.hpp"

namespace separatrix {

/// The data points of a scene whose target has a table of points, edited through the session.
class PointEditing {
public:
  explicit PointEditing(Session& session) : m_session(session) {}

  /// d × K; empty where the target has no table of points.
  Mat points() const;
  /// Of the points; empty where they are all the same or there are none.
  std::vector<double> weights() const;
  void move(int index, const Vec& to);
  /// A new last point with the weight and variance of the one before it.
  void add(const Vec& at);
  /// The last remaining point stays.
  void remove(int index);
  /// A tenth more for each of `steps`, of the wheel; steps that follow one another are one edit.
  void scaleWeight(int index, double steps);

private:
  void apply(const QString& text, const std::function<void(Json& points)>& onPoints,
             const std::function<void(Json& attribute)>& onAttributes);

  Session& m_session;
};

}  // namespace separatrix
