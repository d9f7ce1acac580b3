#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace separatrix {

/// Keys keep the order they were written in, so that documents are diffable.
using Json = nlohmann::ordered_json;

/// Parses JSON text of at most 64 MiB and 64 levels. Throws InvalidInput that says where and what
/// is wrong: syntax, a key given twice, or a limit exceeded. `source` names the text in messages.
Json parseJson(std::string_view text, const std::string& source);

/// A number as JSON writes it shortest: an integer where the value is one (20, not 20.0).
Json canonicalNumber(double value);
/// A number as JSON writes it: the shortest text that reads back as the same.
std::string numberText(double value);

/// Indented by 2, arrays of plain numbers on one line, with a final newline: what documents and
/// `show` are written in. Equal values give equal bytes.
std::string canonicalText(const Json& value);

/// "0.1", "[1, 2]", "\"x\"": a value as messages show it, cut to 60 characters.
std::string shown(const Json& value);

}  // namespace separatrix
