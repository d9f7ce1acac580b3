#pragma once

#include "core/processes/catalog.hpp"
#include "core/study/document.hpp"
#include "core/targets/catalog.hpp"
#include "tests/core/extreme_values.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <set>

// Documents that a person might have, and many that nobody has: for tests of files, of undo and of
// whatever else must hold for every document.

namespace separatrix::test {

/// The same seed gives the same documents on every machine.
class RandomDocument {
public:
  explicit RandomDocument(std::uint32_t seed) : m_random(seed) {}

  /// The JSON of a valid document, as it may be in a file: not complete, not canonical.
  Json json() {
    Json out = Json::object();
    out["separatrix"] = 1;
    out["target"] = variant(targetCatalog());
    out["process"] = variant(processCatalog());
    if (chance(3)) out["potential"] = oneOf(potentialIds());
    if (chance(3)) out["ensemble"] = values(ensembleParameters());
    if (chance(4)) out["views"] = views();
    return out;
  }

  Document document() { return documentFromJson(json()); }

private:
  std::uint32_t below(std::size_t count) {
    return static_cast<std::uint32_t>(m_random() % static_cast<std::uint32_t>(count));
  }
  /// Odds of `odds` to 1.
  bool chance(std::uint32_t odds) { return below(odds + 1) != 0; }
  double unit() { return (static_cast<double>(m_random()) + 0.5) * 0x1p-32; }

  template <class Item>
  const Item& oneOf(const std::vector<Item>& items) {
    return items[below(items.size())];
  }

  static std::vector<std::string> potentialIds() {
    std::vector<std::string> out;
    for (const PotentialInfo& info : potentialCatalog()) out.push_back(info.id);
    return out;
  }

  template <class Kind>
  Json variant(const std::vector<Kind>& catalog) {
    const Kind& kind = oneOf(catalog);
    Json out = {{"kind", kind.id}};
    m_points = 0;
    const Json entries = values(kind.parameters);
    for (const auto& item : entries.items()) out[item.key()] = item.value();
    return out;
  }

  /// Some of the entries, those with an alias under either name.
  Json values(const ParameterSpecs& specs) {
    Json out = Json::object();
    for (const ParameterSpec& spec : specs) {
      // Always there: the other lists are as long as it is.
      const bool points = spec.kind == ParameterKind::pointTable;
      if (!spec.required && !points && !chance(3)) continue;
      const bool other = !spec.alias.empty() && !chance(1);
      out[other ? spec.alias : spec.name] = value(spec);
    }
    return out;
  }

  Json value(const ParameterSpec& spec) {
    if (spec.nullable && !chance(3)) return nullptr;
    switch (spec.kind) {
      case ParameterKind::real:
        return number(spec);
      case ParameterKind::integer:
        return std::round(number(spec));
      case ParameterKind::choice:
        return oneOf(spec.choices);
      case ParameterKind::flag:
        return chance(1);
      case ParameterKind::vector:
        return chance(1) ? Json(number(spec)) : numbers(spec, m_points > 0 ? m_points : count());
      case ParameterKind::pointTable: {
        const std::size_t dimension = count();
        m_points = count();
        Json out = Json::array();
        for (std::size_t k = 0; k < m_points; ++k) out.push_back(numbers(spec, dimension));
        return out;
      }
      case ParameterKind::grid: {
        Json out = Json::array();
        for (std::size_t axis = 1 + below(2); axis > 0; --axis)
          out.push_back(Json::array({number(spec), number(spec), 1 + below(1000)}));
        return out;
      }
      case ParameterKind::matrix:
        return Json{{oneOf(spec.choices), number(spec)}};
      case ParameterKind::file:
        return path();
    }
    return spec.defaultValue;
  }

  std::string path() {
    static const std::vector<std::string> paths = {"", "points.csv", "../daten/größe.npy",
                                                   "/nowhere/at all/points.csv"};
    return oneOf(paths);
  }

  std::size_t count() { return 1 + below(chance(9) ? 4 : 40); }

  Json numbers(const ParameterSpec& spec, std::size_t count) {
    Json out = Json::array();
    for (std::size_t i = 0; i < count; ++i) out.push_back(number(spec));
    return out;
  }

  /// A limit, 0, the least positive number, or anything between the limits, large and small.
  double number(const ParameterSpec& spec) {
    const auto [low, high] = allowedRange(spec);
    const auto allowed = [low = low, high = high](double x) { return x >= low && x <= high; };
    switch (below(8)) {
      case 0:
        return low;
      case 1:
        return high;
      case 2:
        return allowed(0) ? 0.0 : low;
      case 3: {
        const double tiny = std::numeric_limits<double>::denorm_min();
        return spec.kind == ParameterKind::real && allowed(tiny) ? tiny : high;
      }
      case 4: {  // all digits
        const double x = std::exp2(60 * unit() - 30) * (chance(1) ? 1 : -1);
        return allowed(x) ? x : low;
      }
      case 5: {  // a few digits
        const double x = std::round(200 * unit() - 100) / 10;
        return allowed(x) ? x : high;
      }
      default:
        return std::clamp(spec.softMinimum + unit() * (spec.softMaximum - spec.softMinimum), low,
                          high);
    }
  }

  Json views() {
    Json out = Json::object();
    for (std::size_t i = below(6); i > 0; --i) out[text()] = anything(5);
    return out;
  }

  /// Any JSON value, `depth` levels deep at most.
  Json anything(int depth) {
    const std::uint32_t kind = below(depth > 0 ? 11 : 8);
    if (kind >= 8) {
      Json out = kind == 8 ? Json::object() : Json::array();
      for (std::size_t i = below(5); i > 0; --i) {
        if (kind == 8)
          out[text()] = anything(depth - 1);
        else
          out.push_back(anything(depth - 1));
      }
      return out;
    }
    static const std::vector<Json> odd = {nullptr,
                                          0,
                                          -0.0,
                                          1.0,
                                          std::numeric_limits<std::int64_t>::min(),
                                          std::numeric_limits<std::uint64_t>::max(),
                                          std::numeric_limits<double>::max(),
                                          std::numeric_limits<double>::denorm_min(),
                                          9007199254740993,
                                          1e22,
                                          123456789012345678,
                                          0.1,
                                          -1e-7};
    if (kind < 2) return oneOf(odd);
    if (kind == 2) return chance(1);
    if (kind == 3) return static_cast<std::int64_t>(m_random()) - 0x80000000;
    if (kind == 4) return std::exp2(2000 * unit() - 1000) * (chance(1) ? 1 : -1);
    if (kind == 5) return std::round(1000 * unit()) / 8;
    return text();
  }

  /// Words, signs and scripts that files and programs have been seen to spoil.
  std::string text() {
    static const std::vector<std::string> pieces = {
        "view", "λ",           "θ_c",    "größe",      "٠٫٥",    "दृश्य", "東京",      "e\u0301",
        "😀",    "👩‍🔬", "\u202e", "\"",         "\\",     "/",   "\n",        "\t",
        "\r",   "\x01",        "\x7f",   "\u2028",     "\ufeff", " ",   "</script>", "%n",
        "null", "__proto__",   "0.5",    "\U0010ffff", "",       "~1"};
    std::string out;
    for (std::size_t i = below(5); i > 0; --i) out += oneOf(pieces);
    return out;
  }

  std::mt19937 m_random;
  std::size_t m_points = 0;  // of the table in the variant at hand; its other lists are as long
};

}  // namespace separatrix::test
