#pragma once

#include "core/parameters/json.hpp"
#include "core/runtime/types.hpp"

namespace separatrix {

inline Json jsonList(const Vec& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(value);
  return out;
}

/// One list for each row.
inline Json jsonRows(const Mat& matrix) {
  Json out = Json::array();
  for (Index i = 0; i < matrix.rows(); ++i) out.push_back(jsonList(matrix.row(i).transpose()));
  return out;
}

}  // namespace separatrix
