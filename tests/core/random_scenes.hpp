#pragma once

#include "tests/core/support.hpp"

// Random members of every kind in the catalogues, for contract tests.

namespace separatrix::test {

/// Random entries of a target, without its kind. Dimensions are mostly up to 6 and at most 60.
inline Json randomEntries(const TargetKind& kind, std::mt19937& random) {
  if (kind.id == "gaussian-mixture") {
    Json mixture =
        randomMixture(1 + static_cast<Index>(random() % 6), static_cast<unsigned>(random()));
    mixture.erase("kind");
    return mixture;
  }
  Json values = randomValues(kind.parameters, random);
  for (const ParameterSpec& spec : kind.parameters)
    if (spec.kind == ParameterKind::file && !spec.nullable)
      values[spec.name] = defaultsOf(kind).text(spec.name);
  if (values.contains("dimension"))
    values["dimension"] = 1 + random() % (random() % 8 == 0 ? 60 : 6);
  return values;
}

/// The kind's defaults where random numbers do not go together.
inline std::unique_ptr<Target> randomTarget(const TargetKind& kind, std::mt19937& random) {
  try {
    return madeOf(kind, validate(kind.parameters, randomEntries(kind, random), "target"));
  } catch (const InvalidInput&) {
    return madeOf(kind, defaultsOf(kind));
  }
}

inline std::unique_ptr<ForwardProcess> randomProcess(const ProcessKind& kind,
                                                     std::mt19937& random) {
  return kind.make(validate(kind.parameters, randomValues(kind.parameters, random), "process"));
}

}  // namespace separatrix::test
