#include "tests/fuzz/png_checksums.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

/// Without right checksums libpng would look at nothing; every eighth input is left wrong.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  const std::size_t out = LLVMFuzzerMutate(data, size, most);
  if (seed % 8 != 0) separatrix::test::correctChecksums(data, out);
  return out;
}
