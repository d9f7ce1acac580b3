#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QWidget>

namespace separatrix {

class JumpSlider;
class NumberBox;

/// A slider and a box for one number, real or integer by the kind of its spec. The slider spans
/// the soft range, the box takes the hard one. The wheel changes nothing without the focus.
/// `committed(v)` always follows an `edited(v)`; `setValue` emits nothing.
class RealControl : public QWidget {
  Q_OBJECT

public:
  explicit RealControl(const ParameterSpec& spec, QWidget* parent = nullptr);

  ~RealControl() override;

  double value() const { return m_value; }
  /// Leaves a slider that is being dragged and a text that is being typed as they are.
  void setValue(double value);

  /// Being dragged or typed in.
  bool isActive() const;

  JumpSlider* slider() const { return m_slider; }
  NumberBox* box() const { return m_box; }

signals:
  void edited(double value);
  void committed(double value);

private:
  double sliderValue(int position) const;
  int sliderPosition(double value) const;
  void change(double value);
  void finish();

  ParameterSpec m_spec;
  double m_low = 0;
  double m_high = 1;
  bool m_logarithmic = false;
  double m_value = 0;
  double m_committed = 0;
  bool m_gesture = false;
  JumpSlider* m_slider = nullptr;
  NumberBox* m_box = nullptr;
};

}  // namespace separatrix
