#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// Text, one point a line [RFC 4180]: numbers with `.` as decimal point in every locale, separated
/// by comma, semicolon or tab (what the first line has), or one number alone; fields may be quoted.
/// A first line that is no numbers is a header; lines that start with # and blank ones are left
/// out. LF, CRLF and a byte order mark are understood. Every line has as many numbers as the first,
/// at most 10⁶.
DatasetFormat csvFormat();

}  // namespace separatrix
