#include "core/parameters/parameter_spec.hpp"
#include "core/runtime/errors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kLargestInteger = 9007199254740992.0;  // 2⁵³, exact in JSON readers everywhere
constexpr Index kLargestGrid = 16'777'216;

std::string rangeText(const ParameterSpec& spec) {
  const bool low = std::isfinite(spec.minimum);
  const bool high = std::isfinite(spec.maximum);
  const std::string lowText =
      (spec.aboveMinimum ? "greater than " : "at least ") + numberText(spec.minimum);
  const std::string highText = "at most " + numberText(spec.maximum);
  if (low && high) return lowText + " and " + highText;
  return low ? lowText : highText;
}

[[noreturn]] void wrongType(const std::string& entry, const Json& value,
                            const std::string& wanted) {
  throw InvalidInput(entry, shown(value) + " is not " + wanted);
}

Json number(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (!value.is_number()) wrongType(entry, value, "a number");
  const auto real = value.get<double>();
  if (!std::isfinite(real)) wrongType(entry, value, "a finite number");
  const bool low = spec.aboveMinimum ? real <= spec.minimum : real < spec.minimum;
  if (low || real > spec.maximum)
    throw InvalidInput(entry, shown(value) + " is out of range; it must be " + rangeText(spec));
  return canonicalNumber(real);
}

Json integer(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  const Json checked = number(spec, value, entry);
  const auto real = checked.get<double>();
  if (std::trunc(real) != real || std::abs(real) > kLargestInteger)
    wrongType(entry, value, "a whole number up to 2^53");
  return checked;
}

std::string indexed(const std::string& entry, std::size_t i) {
  return entry + "[" + std::to_string(i) + "]";
}

Json vector(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (value.is_number()) return number(spec, value, entry);
  if (!value.is_array() || value.empty()) wrongType(entry, value, "a list of numbers");
  Json out = Json::array();
  for (std::size_t i = 0; i < value.size(); ++i)
    out.push_back(number(spec, value[i], indexed(entry, i)));
  return out;
}

Json pointTable(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (!value.is_array() || value.empty()) wrongType(entry, value, "a list of points [[x0, …], …]");
  Json out = Json::array();
  for (std::size_t k = 0; k < value.size(); ++k) {
    if (!value[k].is_array() || value[k].empty())
      wrongType(indexed(entry, k), value[k], "a point [x0, …]");
    if (value[k].size() != value[0].size())
      throw InvalidInput(indexed(entry, k), "has dimension " + std::to_string(value[k].size()) +
                                                ", the points before it have " +
                                                std::to_string(value[0].size()));
    out.push_back(vector(spec, value[k], indexed(entry, k)));
  }
  return out;
}

Json namedMatrix(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  std::string wanted;
  for (const std::string& name : spec.choices)
    wanted += (wanted.empty() ? "" : " or ") + ("{\"" + name + "\": number}");
  if (value.size() != 1) wrongType(entry, value, wanted);
  const auto item = value.begin();
  if (std::find(spec.choices.begin(), spec.choices.end(), item.key()) == spec.choices.end())
    wrongType(entry, value, wanted);
  Json out = Json::object();
  out[item.key()] = number(spec, item.value(), entry + "." + item.key());
  return out;
}

Json matrix(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (value.is_object() && !spec.choices.empty()) return namedMatrix(spec, value, entry);
  Json out = pointTable(spec, value, entry);
  if (out.size() != out[0].size())
    throw InvalidInput(entry, "has " + std::to_string(out.size()) + " rows of " +
                                  std::to_string(out[0].size()) + " numbers; it must be square");
  return out;
}

Json grid(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (!value.is_array() || value.empty()) wrongType(entry, value, "a range lo:hi:n");
  Json out = Json::array();
  Index cells = 1;
  for (std::size_t axis = 0; axis < value.size(); ++axis) {
    const Json& bounds = value[axis];
    const std::string name = indexed(entry, axis);
    if (!bounds.is_array() || bounds.size() != 3) wrongType(name, bounds, "a range lo:hi:n");
    ParameterSpec count = ParameterSpec::integer("n", 1);
    count.within(1, static_cast<double>(kLargestGrid));
    const Json from = number(spec, bounds[0], name);
    const Json to = number(spec, bounds[1], name);
    const Json n = integer(count, bounds[2], name + " count");
    cells *= n.get<Index>();
    if (cells > kLargestGrid)
      throw InvalidInput(entry, "asks for more than " + std::to_string(kLargestGrid) + " values");
    if (!std::isfinite(to.get<double>() - from.get<double>()))
      throw InvalidInput(name, shown(bounds) + " spans more than a number can hold");
    out.push_back(Json::array({from, to, n}));
  }
  return out;
}

Json file(const Json& value, const std::string& entry) {
  if (!value.is_string()) wrongType(entry, value, "the path of a file");
  if (value.get_ref<const std::string&>().find('\0') != std::string::npos)
    wrongType(entry, value, "the path of a file; it has a zero byte");
  return value;
}

Json checkedValue(const ParameterSpec& spec, const Json& value, const std::string& entry) {
  if (value.is_null() && spec.nullable) return value;
  switch (spec.kind) {
    case ParameterKind::real:
      return number(spec, value, entry);
    case ParameterKind::integer:
      return integer(spec, value, entry);
    case ParameterKind::flag:
      if (!value.is_boolean()) wrongType(entry, value, "true or false");
      return value;
    case ParameterKind::vector:
      return vector(spec, value, entry);
    case ParameterKind::pointTable:
      return pointTable(spec, value, entry);
    case ParameterKind::matrix:
      return matrix(spec, value, entry);
    case ParameterKind::grid:
      return grid(spec, value, entry);
    case ParameterKind::file:
      return file(value, entry);
    case ParameterKind::choice:
      break;
  }
  if (value.is_string() && std::find(spec.choices.begin(), spec.choices.end(),
                                     value.get<std::string>()) != spec.choices.end())
    return value;
  std::string wanted;
  for (const std::string& choice : spec.choices) wanted += (wanted.empty() ? "" : ", ") + choice;
  throw InvalidInput(entry, shown(value) + " is not one of " + wanted);
}

void refuseUnknown(const ParameterSpecs& specs, const Json& object, const std::string& prefix,
                   const std::vector<std::string>& ignored) {
  for (const auto& item : object.items()) {
    if (std::find(ignored.begin(), ignored.end(), item.key()) != ignored.end()) continue;
    if (findSpec(specs, item.key()) != nullptr) continue;
    std::string known;
    for (const ParameterSpec& spec : specs) known += (known.empty() ? "" : ", ") + spec.name;
    throw InvalidInput(prefix + item.key(), "unknown entry; known here: " + known);
  }
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

double numberFromText(const std::string& text, const std::string& entry) {
  double value = 0;
  const bool plus = text.starts_with('+') && !text.starts_with("+-");
  const char* begin = text.c_str() + (plus ? 1 : 0);
  const char* end = text.c_str() + text.size();
  const auto result = std::from_chars(begin, end, value);
  if (result.ec != std::errc() || result.ptr != end || !std::isfinite(value))
    throw InvalidInput(entry, "\"" + text + "\" is not a finite number");
  return value;
}

std::string missingText(const ParameterSpec& spec) {
  std::string help = spec.help;
  if (help.ends_with('.')) help.pop_back();
  return help.empty() ? "missing" : "missing (" + help + ")";
}

}  // namespace

ParameterValues validate(const ParameterSpecs& specs, const Json& object, const std::string& path,
                         const std::vector<std::string>& ignored) {
  if (!object.is_object()) throw InvalidInput(path, shown(object) + " is not an object {…}");
  const std::string prefix = path.empty() ? "" : path + ".";
  refuseUnknown(specs, object, prefix, ignored);
  Json out = Json::object();
  for (const ParameterSpec& spec : specs) {
    const bool named = object.contains(spec.name);
    const bool aliased = !spec.alias.empty() && object.contains(spec.alias);
    if (named && aliased)
      throw InvalidInput(prefix + spec.alias,
                         "given together with " + spec.name + "; give one of them");
    if (!named && !aliased) {
      if (spec.required) throw InvalidInput(prefix + spec.name, missingText(spec));
      out[spec.name] = spec.defaultValue;
      continue;
    }
    const std::string& key = named ? spec.name : spec.alias;
    out[spec.name] = checkedValue(spec, object.at(key), prefix + key);
  }
  return ParameterValues(std::move(out));
}

Json parseValue(const ParameterSpec& spec, const std::string& text, const std::string& entry) {
  switch (spec.kind) {
    case ParameterKind::real:
    case ParameterKind::integer:
      if (spec.nullable && text == "null") return nullptr;
      return canonicalNumber(numberFromText(text, entry));
    case ParameterKind::choice:
    case ParameterKind::file:
      return text;
    case ParameterKind::flag:
      if (text != "true" && text != "false")
        throw InvalidInput(entry, "\"" + text + "\" is not true or false");
      return text == "true";
    case ParameterKind::vector: {
      Json out = Json::array();
      for (const std::string& part : split(text, ','))
        out.push_back(canonicalNumber(numberFromText(part, entry)));
      return out;
    }
    case ParameterKind::grid: {
      Json out = Json::array();
      for (const std::string& axis : split(text, ',')) {
        const auto parts = split(axis, ':');
        if (parts.size() != 3) throw InvalidInput(entry, "\"" + axis + "\" is not lo:hi:n");
        Json bounds = Json::array();
        for (const std::string& part : parts)
          bounds.push_back(canonicalNumber(numberFromText(part, entry)));
        out.push_back(bounds);
      }
      return out;
    }
    case ParameterKind::pointTable:
    case ParameterKind::matrix:
      break;
  }
  return parseJson(text, entry);
}

}  // namespace separatrix
