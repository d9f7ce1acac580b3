#pragma once

#include "ui/views/view.hpp"

namespace separatrix {

class LandscapeLine;
class LandscapePlane;

/// The potential at the current time: over the line for one-dimensional data, else over the plane.
class LandscapeView final : public View {
  Q_OBJECT

public:
  explicit LandscapeView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "potential"; }
  QString summary() const override;
  bool canPin() const override { return isLine(); }

private:
  bool isLine() const;
  void showPage();
  void showFrame();

  Plot* m_linePlot;
  Plot* m_planePlot;
  LandscapeLine* m_line;
  LandscapePlane* m_plane;
};

}  // namespace separatrix
