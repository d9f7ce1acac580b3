#pragma once

namespace separatrix {

/// A block of inner products, kBlock components × kColumns points, row-major, and what turns them
/// into weights. In units of V, a component's exponent is q = product − offset.
struct WeightBlock {
  static constexpr int kBlock = 256;
  static constexpr int kColumns = 128;

  float* products = nullptr;         ///< becomes the weights exp((q − reference)/V)
  const float* offsets = nullptr;    ///< kBlock
  const float* reference = nullptr;  ///< kColumns
  const float* least = nullptr;      ///< kColumns; of smaller q the weight is zero
  const float* candidate =
      nullptr;  ///< kColumns; q that are not smaller stay in the weight's place
  float inverseV = 0;
  float* sums = nullptr;  ///< kColumns; of the weights of this block, candidates left out
  int* found = nullptr;   ///< kBlock · kColumns; places in `products` of the candidates …
  int foundCount = 0;     ///< … of which there are so many, for each point in the order of k
};

/// largest[p] = max(largest[p], q of the block's components).
void raiseMaxima(const WeightBlock& block, float* largest);

/// Turns the products into weights.
void weigh(WeightBlock& block);

/// Finds the weights of each point p that are heavy[p] or more.
void findHeavy(WeightBlock& block, const float* heavy);

}  // namespace separatrix
