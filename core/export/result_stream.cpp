#include "core/export/result_stream.hpp"

#include <stdexcept>

namespace separatrix {
namespace {

std::string_view bytesOf(const float* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(float)};
}

/// The array's numbers, at their place among those of the whole.
void writePart(const NumericArray& array, AtomicFile& file) {
  if (!array.part) throw std::logic_error("an array that is no part");
  const ArrayPart& part = *array.part;
  std::vector<std::size_t> whole = array.shape;
  whole[part.axis] = part.total;
  const std::string header = npyHeader(whole);
  if (part.first == 0) file.writeAt(0, header);
  std::size_t inner = 1, outer = 1;
  for (std::size_t axis = 0; axis < array.shape.size(); ++axis)
    (axis < part.axis ? outer : inner) *= axis == part.axis ? 1 : array.shape[axis];
  const std::size_t run = array.shape[part.axis] * inner;
  for (std::size_t k = 0; k < outer; ++k) {
    const std::size_t at = (k * part.total + part.first) * inner;
    file.writeAt(header.size() + at * sizeof(float), bytesOf(array.values.data() + k * run, run));
  }
}

}  // namespace

void streamCsv(const std::function<void(const ResultConsumer&)>& produce, const Json& metadata,
               const ByteSink& sink) {
  bool begun = false;
  produce([&](const Result& part) {
    const Table table = part.table();
    sink(begun ? csvRows(table) : csvText(table, metadata));
    begun = true;
  });
}

void streamNpy(const std::function<void(const ResultConsumer&)>& produce, AtomicFile& file) {
  produce([&](const Result& part) {
    const auto array = part.array();
    if (!array) throw std::logic_error("a part without an array");
    writePart(*array, file);
  });
}

}  // namespace separatrix
