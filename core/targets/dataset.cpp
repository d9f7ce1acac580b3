#include "core/targets/dataset.hpp"

#include "core/datasets/catalog.hpp"
#include "core/datasets/labelled_points.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <cmath>
#include <limits>
#include <locale>
#include <numeric>
#include <sstream>

namespace separatrix {
namespace {

class CentredPoints final : public GaussianMixture {
public:
  CentredPoints(Components parts, Vec origin)
      : GaussianMixture(std::move(parts)), m_origin(std::move(origin)) {}
  const Vec& origin() const { return m_origin; }

private:
  Vec m_origin;
};

constexpr double kLargestLabel = std::numeric_limits<int>::max();

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

Dataset labelledPoints(const ParameterValues& values, FileLoader& files) {
  const std::string path = values.text("path");
  Dataset out = loadDataset(files, "target.path", path, values.text("format"));
  if (!values.isNull("labels"))
    out.labels = loadLabels(files, "target.labels", values.text("labels"), out.points.cols());
  else if (out.labels.empty())
    out.labels = loadLabelsBeside(files, "target.path", path, out.points.cols());
  return out;
}

std::vector<int> wantedClasses(const ParameterValues& values) {
  std::vector<int> out;
  for (const double value : values.vector("classes", 1)) {
    if (value != std::trunc(value))
      throw InvalidInput("target.classes",
                         numberText(value) + " is no class; classes are whole numbers");
    out.push_back(static_cast<int>(value));
  }
  return out;
}

std::unique_ptr<Target> make(const ParameterValues& values, FileLoader& files) {
  Dataset data = labelledPoints(values, files);
  std::vector<Index> kept(static_cast<std::size_t>(data.points.cols()));
  std::iota(kept.begin(), kept.end(), Index{0});
  if (!values.isNull("classes")) kept = ofClasses(kept, data.labels, wantedClasses(values));
  if (!values.isNull("limit_per_class"))
    kept = firstOfEachClass(kept, data.labels, values.integer("limit_per_class"));
  if (!values.isNull("limit") && values.integer("limit") < std::ssize(kept))
    kept.resize(static_cast<std::size_t>(values.integer("limit")));
  keep(data, kept);
  Vec origin;
  if (values.flag("center")) {
    origin = data.points.rowwise().mean();
    data.points.colwise() -= origin;
    origin *= values.real("scale");
  }
  data.points *= values.real("scale");
  data.points.array() += values.real("shift");
  if (origin.size() != 0) origin.array() -= values.real("shift");
  requireModerate(data.points, values.text("path"));
  const Index count = data.points.cols();
  Components parts{std::move(data.points), Vec::Ones(count), Vec::Zero(count),
                   std::move(data.labels)};
  if (origin.size() == 0) return std::make_unique<GaussianMixture>(std::move(parts));
  return std::make_unique<CentredPoints>(std::move(parts), std::move(origin));
}

ParameterSpecs parameters() {
  return {
      ParameterSpec::of(ParameterKind::file, "path", "")
          .labelled("File", "",
                    "Points, one a line, row or image: .csv, .npy, MNIST's IDX, or a folder of "
                    ".png, with a folder in it for each class.")
          .orFolder(),
      ParameterSpec::choice("format", formatChoices())
          .labelled("Format", "", "How the file is read; auto: by its content, else its ending."),
      ParameterSpec::of(ParameterKind::file, "labels")
          .labelled("Labels", "",
                    "The class of each point, a whole number; automatic: from the folders, or the "
                    "IDX file beside; empty: none.")
          .orNull(),
      ParameterSpec::of(ParameterKind::vector, "classes")
          .labelled("Classes", "", "Use only the points of these; automatic: all.")
          .within(-kLargestLabel, kLargestLabel)
          .slider(0, 9)
          .orNull(),
      ParameterSpec::of(ParameterKind::integer, "limit_per_class")
          .labelled("Points a class", "", "Use only the first points of each; automatic: all.")
          .within(1, static_cast<double>(kLargestDatasetValues))
          .slider(1, 1000, true)
          .orNull(),
      ParameterSpec::of(ParameterKind::integer, "limit")
          .labelled("Points", "N", "Use only the first of these points; automatic: all.")
          .within(1, static_cast<double>(kLargestDatasetValues))
          .slider(1, 10000, true)
          .orNull(),
      ParameterSpec::real("scale", 1)
          .labelled("Scale", "", "Factor of all coordinates, after centring.")
          .above(0, 1e300)
          .slider(1e-3, 10, true),
      ParameterSpec::real("shift", 0)
          .labelled("Shift", "", "Added to all coordinates, after scaling.")
          .within(-1e300, 1e300)
          .slider(-10, 10),
      ParameterSpec::of(ParameterKind::flag, "center", false)
          .labelled("Centre", "", "Take the mean of the points off."),
  };
}

}  // namespace

TargetKind datasetKind() {
  TargetKind kind;
  kind.id = "dataset";
  kind.title = "Data from a file";
  kind.source = "theory: Ambrogioni 2023, Eq 6; Biroli et al. 2024, Eq 4";
  kind.parameters = parameters();
  kind.make = make;
  return kind;
}

Vec subtractedOrigin(const Target& target) {
  const auto* centred = dynamic_cast<const CentredPoints*>(&target);
  return centred != nullptr ? centred->origin() : Vec();
}

}  // namespace separatrix
