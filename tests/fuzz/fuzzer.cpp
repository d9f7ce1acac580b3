#include "tests/fuzz/readers.hpp"

/// SEPARATRIX_FUZZED_READER, one of readers.hpp, under libFuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace separatrix::test;
  accepts(SEPARATRIX_FUZZED_READER, {reinterpret_cast<const char*>(data), size});
  return 0;
}
