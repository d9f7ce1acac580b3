#include "core/study/plane.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {
namespace {

constexpr const char* kDirections[] = {"horizontal", "vertical"};

Index directionOf(const Request& request, const char* name, Index available,
                  const std::string& kind) {
  const Index out = request.integer(name);
  if (out >= available)
    throw InvalidInput(name, std::to_string(out) + " is not one of the " + kind + " 0 … " +
                                 std::to_string(available - 1));
  return out;
}

}  // namespace

ParameterSpecs planeSpecs(const std::string& first, const std::string& help) {
  const auto direction = [](const char* name, Index value, const std::string& label) {
    return ParameterSpec::integer(name, value)
        .labelled(label, "", "Which coordinate or principal direction, from 0.")
        .within(0, 32767)
        .slider(0, 10);
  };
  return {ParameterSpec::choice("plane", {first, "principal", "coordinates"})
              .labelled("Plane", "", help),
          direction(kDirections[0], 0, "Horizontal"), direction(kDirections[1], 1, "Vertical")};
}

std::optional<Plane> planeOf(const Problem& problem, const Request& request) {
  const std::string kind = request.text("plane");
  if (kind == "none") return std::nullopt;
  const Index d = problem.target().dimension();
  if (d == 1) throw Failure("data on a line have no plane; set plane to none");
  const bool principal = kind == "principal" || (kind == "automatic" && d > 2);
  const Mat directions = principal ? problem.principalDirections().basis : Mat();
  Plane out;
  out.basis.resize(d, 2);
  for (Index i = 0; i < 2; ++i) {
    const auto slot = static_cast<std::size_t>(i);
    const Index chosen = directionOf(request, kDirections[i], principal ? directions.cols() : d,
                                     principal ? "principal directions" : "coordinates");
    const std::string index = std::to_string(chosen);
    out.basis.col(i) = principal ? Vec(directions.col(chosen)) : Vec(Vec::Unit(d, chosen));
    out.names[slot] = (principal ? "pc" : "x") + index;
    out.symbols[slot] = principal ? "e_" + index + "·x" : "x_" + index;
  }
  if (out.names[0] == out.names[1])
    throw InvalidInput(kDirections[1], request.json().at(kDirections[1]).dump() +
                                           " is the horizontal direction too; choose another");
  const Vec mean = problem.target().mean();
  out.foot = mean - out.basis * (out.basis.transpose() * mean);
  return out;
}

}  // namespace separatrix
