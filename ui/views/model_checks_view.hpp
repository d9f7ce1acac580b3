#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// How well the score predicts the noise of noised data, over time: its loss beside that of the
/// exact score, and the variance of what it predicts.
class ResidualsView final : public View {
  Q_OBJECT

public:
  explicit ResidualsView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "residuals"; }
  QString summary() const override;

private:
  void showCurves();

  Plot* m_plot;
  CurveId m_loss{}, m_exact{}, m_variance{}, m_bars{};
};

/// How far the score is from a gradient: |∮ ∇U·dx| / ∮ |∇U·dx| around the circle of the slice.
class CirculationView final : public View {
  Q_OBJECT

public:
  explicit CirculationView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "circulation"; }
  QString summary() const override;

private:
  void showCurve();

  Plot* m_plot;
  CurveId m_ratio{};
};

/// When the potential between two data points splits: histograms over pairs of one class and of
/// two, with their means [RA supplement B.2].
class SplitTimesView final : public View {
  Q_OBJECT

public:
  explicit SplitTimesView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "split-times"; }
  QString summary() const override;

private:
  void showHistograms();

  Plot* m_plot;
  CurveId m_same{}, m_different{};
  LineId m_meanOfSame{}, m_meanOfDifferent{};
};

}  // namespace separatrix
