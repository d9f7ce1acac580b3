#pragma once

#include <string>
#include <vector>

namespace separatrix {

/// x = a y + b z with z ~ N(0, I): what the forward process makes of data y at one time.
struct Channel {
  double signal = 1;         ///< a
  double noiseVariance = 0;  ///< b²
};

/// dX = f(s) X ds + g(s) dW from X_0 ~ φ, so that X_s | y ~ N(a(s) y, b²(s) I) (theory §1).
/// s is diffusion time in [0, horizon]: 0 is data, the horizon is noise. Immutable.
class ForwardProcess {
public:
  virtual ~ForwardProcess() = default;

  virtual double signal(double s) const = 0;         ///< a(s)
  virtual double noiseVariance(double s) const = 0;  ///< b²(s), exact for small s too
  virtual double drift(double s) const = 0;          ///< f(s)
  virtual double diffusion(double s) const = 0;      ///< g²(s) > 0
  virtual double horizon() const = 0;

  /// b² = 1 − a² at all times. Then a is called θ and is a time axis of its own.
  virtual bool variancePreserving() const = 0;

  Channel channel(double s) const { return {signal(s), noiseVariance(s)}; }
};

}  // namespace separatrix
