#pragma once

#include "ui/session/session.hpp"

#include <QObject>

namespace separatrix {

class Plot;

/// Keeps the ranges that the user chose for a plot in the document, and shows those of a document
/// that is opened: {"zoom": {"bottom": [lower, upper], …}, "locked": {…}}.
class RangeKeeper : public QObject {
  Q_OBJECT

public:
  /// `key` is that of the document's views, as the view's id.
  RangeKeeper(Session& session, std::string key, Plot& plot);

private:
  void store();
  void restore();

  Session& m_session;
  std::string m_key;
  Plot& m_plot;
  bool m_restoring = false;
};

}  // namespace separatrix
