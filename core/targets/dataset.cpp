#include "core/targets/dataset.hpp"

#include "core/datasets/catalog.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <locale>
#include <sstream>

namespace separatrix {
namespace {

std::vector<std::string> formatChoices() {
  std::vector<std::string> out = {"auto"};
  for (const DatasetFormat& format : datasetCatalog()) out.push_back(format.id);
  return out;
}

void requireModerate(const Mat& points, const std::string& path) {
  Index i = 0, k = 0;
  const bool moderate =
      points.allFinite() && points.cwiseAbs().maxCoeff(&i, &k) <= kLargestCoordinate;
  if (moderate) return;
  if (!points.allFinite())
    throw InvalidInput("target.scale", "takes the points beyond double precision; lower it");
  std::ostringstream message;
  message.imbue(std::locale::classic());
  message << path << ", point " << k + 1 << ", coordinate " << i + 1 << ": " << points(i, k)
          << " is beyond ±" << kLargestCoordinate << "; scale the data down with target.scale";
  throw InvalidInput("target.path", message.str());
}

std::unique_ptr<Target> make(const ParameterValues& values, FileLoader& files) {
  const std::string path = values.text("path");
  Mat points;
  {
    const std::string bytes = files.load("target.path", path);
    points = readDataset({"target.path", path, bytes, &files}, values.text("format"));
  }
  if (!values.isNull("limit") && values.integer("limit") < points.cols())
    points.conservativeResize(points.rows(), values.integer("limit"));
  if (values.flag("center")) {
    const Vec mean = points.rowwise().mean();
    points.colwise() -= mean;
  }
  points *= values.real("scale");
  requireModerate(points, path);
  const Index count = points.cols();
  return std::make_unique<GaussianMixture>(
      Components{std::move(points), Vec::Ones(count), Vec::Zero(count)});
}

}  // namespace

TargetKind datasetKind() {
  TargetKind kind;
  kind.id = "dataset";
  kind.title = "Data from a file";
  kind.source = "theory: Ambrogioni 2023, Eq 6; Biroli et al. 2024, Eq 4";
  kind.parameters = {
      ParameterSpec::of(ParameterKind::file, "path", "")
          .labelled("File", "", "Points, one a line or row: .csv or .npy."),
      ParameterSpec::choice("format", formatChoices())
          .labelled("Format", "", "How the file is read; auto: by its content, else its ending."),
      ParameterSpec::of(ParameterKind::integer, "limit")
          .labelled("Points", "N", "Use only the first points; automatic: all.")
          .within(1, static_cast<double>(kLargestDatasetValues))
          .slider(1, 10000, true)
          .orNull(),
      ParameterSpec::real("scale", 1)
          .labelled("Scale", "", "Factor of all coordinates, after centring.")
          .above(0, 1e300)
          .slider(1e-3, 10, true),
      ParameterSpec::of(ParameterKind::flag, "center", false)
          .labelled("Centre", "", "Take the mean of the points off."),
  };
  kind.make = make;
  return kind;
}

}  // namespace separatrix
