#include "ui/controls/point_text.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace separatrix {
namespace {

constexpr Index kMaximumRows = 100'000;
constexpr qsizetype kMaximumText = qsizetype{64} << 20;

struct Line {
  int number = 0;
  QStringList fields;
};

/// Where each column of the text goes: 0 … d−1 coordinates, then attributes.
struct Plan {
  Index dimension = 1;
  std::vector<Index> targets;
  bool header = false;
};

[[noreturn]] void refuse(int line, const QString& problem) {
  const QString where = line > 0 ? QStringLiteral("line %1: ").arg(line) : QString();
  throw InvalidInput("", (where + problem).toStdString());
}

QStringList fieldsOf(const QString& line, QChar separator) {
  if (separator == QLatin1Char(' ')) return line.simplified().split(separator);
  QStringList fields = line.split(separator);
  for (QString& field : fields) {
    field = field.trimmed();
    if (field.size() >= 2 && field.startsWith(QLatin1Char('"')) && field.endsWith(QLatin1Char('"')))
      field = field.mid(1, field.size() - 2).trimmed();
  }
  return fields;
}

std::vector<Line> linesOf(const QString& text) {
  if (text.size() > kMaximumText) refuse(0, QStringLiteral("more than 64 million characters"));
  static const QRegularExpression lineEnd(QStringLiteral("\r\n|\r|\n"));
  const QStringList all = text.split(lineEnd);
  QChar separator = QLatin1Char(' ');
  for (const char candidate : {'\t', ';', ','}) {
    const QChar mark = QLatin1Char(candidate);
    const bool used = std::any_of(all.begin(), all.end(), [&](const QString& line) {
      return !line.startsWith(QLatin1Char('#')) && line.trimmed().contains(mark);
    });
    if (!used) continue;
    separator = mark;
    break;
  }
  std::vector<Line> lines;
  for (qsizetype i = 0; i < all.size(); ++i) {
    if (all[i].trimmed().isEmpty() || all[i].startsWith(QLatin1Char('#'))) continue;
    lines.push_back({static_cast<int>(i) + 1, fieldsOf(all[i], separator)});
  }
  return lines;
}

QString quoted(const QString& text) {
  constexpr qsizetype kLongest = 24;
  QString shown = text.size() > kLongest ? text.left(kLongest) + QStringLiteral("…") : text;
  for (QChar& c : shown)
    if (!c.isPrint()) c = QChar::ReplacementCharacter;
  return QStringLiteral("“%1”").arg(shown);
}

std::optional<Index> attributeNamed(const PointColumns& columns, const QString& name) {
  for (std::size_t i = 0; i < columns.attributes.size(); ++i) {
    const ParameterSpec& spec = columns.attributes[i];
    for (const std::string& known : {spec.name, spec.label, spec.alias})
      if (!known.empty() && name.compare(QString::fromStdString(known), Qt::CaseInsensitive) == 0)
        return static_cast<Index>(i);
  }
  return std::nullopt;
}

bool isHeader(const Line& line) {
  return std::none_of(line.fields.begin(), line.fields.end(), [](const QString& field) {
    return field.isEmpty() || parseNumber(field) || field[0].isDigit();
  });
}

Plan headerPlan(const Line& line, const PointColumns& columns, Index dimension) {
  static const QRegularExpression coordinate(QStringLiteral("^[xX]_?(\\d{1,4})$"));
  std::vector<Index> coordinates;
  std::vector<Index> attributes;
  for (const QString& field : line.fields) {
    const auto match = coordinate.match(field);
    const auto attribute = attributeNamed(columns, field);
    if (!match.hasMatch() && !attribute)
      refuse(line.number,
             QStringLiteral("%1 is neither a number nor a column here (%2)")
                 .arg(quoted(field), columnNames(columns, dimension).join(QStringLiteral(", "))));
    const Index place = match.hasMatch() ? match.captured(1).toInt() : -1 - *attribute;
    if (std::count(coordinates.begin(), coordinates.end(), place) > 0)
      refuse(line.number, QStringLiteral("column %1 is there twice").arg(quoted(field)));
    coordinates.push_back(place);
  }
  Plan plan{0, coordinates, true};
  for (const Index place : coordinates) plan.dimension = std::max(plan.dimension, place + 1);
  const auto given =
      std::count_if(coordinates.begin(), coordinates.end(), [](Index place) { return place >= 0; });
  if (given == 0 || given != plan.dimension)
    refuse(line.number, QStringLiteral("coordinates must be x0, x1, … without a gap"));
  for (Index& place : plan.targets)
    if (place < 0) place = plan.dimension - 1 - place;
  return plan;
}

Plan planOf(const Line& first, const PointColumns& columns, Index dimension, bool anyDimension) {
  if (isHeader(first)) {
    Plan plan = headerPlan(first, columns, dimension);
    if (plan.dimension != dimension && !anyDimension)
      refuse(
          first.number,
          QStringLiteral("%1 coordinates do not fit into a table of %2; replace all rows instead")
              .arg(plan.dimension)
              .arg(dimension));
    return plan;
  }
  const auto most = dimension + static_cast<Index>(columns.attributes.size());
  const auto given = static_cast<Index>(first.fields.size());
  if (given < dimension || given > most)
    refuse(first.number,
           QStringLiteral("%1 columns where the table has %2; name the columns in a first line")
               .arg(given)
               .arg(columnNames(columns, dimension).join(QStringLiteral(", "))));
  Plan plan{dimension, {}, false};
  for (Index c = 0; c < given; ++c) plan.targets.push_back(c);
  return plan;
}

PointRows startingRows(const PointColumns& columns, Index dimension, Index count) {
  PointRows rows{Mat::Zero(dimension, count), {}};
  for (const ParameterSpec& spec : columns.attributes)
    rows.attributes.push_back(Vec::Constant(count, startingValue(spec)));
  return rows;
}

}  // namespace

QStringList columnNames(const PointColumns& columns, Index dimension) {
  QStringList names;
  for (Index i = 0; i < dimension; ++i) names << QStringLiteral("x%1").arg(i);
  for (const ParameterSpec& spec : columns.attributes) names << QString::fromStdString(spec.name);
  return names;
}

PointRows parsePoints(const QString& text, const PointColumns& columns, Index dimension,
                      bool anyDimension) {
  std::vector<Line> lines = linesOf(text);
  if (lines.empty()) refuse(0, QStringLiteral("there is no text with numbers in it"));
  const Plan plan = planOf(lines.front(), columns, dimension, anyDimension);
  const QStringList names = columnNames(columns, plan.dimension);
  if (plan.header) lines.erase(lines.begin());
  if (lines.empty()) refuse(0, QStringLiteral("there is a line of column names but no point"));
  if (static_cast<Index>(lines.size()) > kMaximumRows)
    refuse(0, QStringLiteral("more than %1 points").arg(kMaximumRows));
  PointRows rows = startingRows(columns, plan.dimension, static_cast<Index>(lines.size()));
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const Line& line = lines[k];
    if (line.fields.size() != static_cast<qsizetype>(plan.targets.size()))
      refuse(line.number, QStringLiteral("%1 columns, the lines before have %2")
                              .arg(line.fields.size())
                              .arg(plan.targets.size()));
    for (std::size_t c = 0; c < plan.targets.size(); ++c) {
      const QString& field = line.fields[static_cast<qsizetype>(c)];
      const auto value = parseNumber(field);
      if (!value)
        refuse(line.number, QStringLiteral("%1 is not a number%2")
                                .arg(quoted(field), field.contains(QLatin1Char(','))
                                                        ? QStringLiteral(" (use a decimal point)")
                                                        : QString()));
      const Index target = plan.targets[c];
      const bool coordinate = target < plan.dimension;
      const auto a = static_cast<std::size_t>(coordinate ? 0 : target - plan.dimension);
      const QString problem =
          specProblem(coordinate ? columns.point : columns.attributes[a], *value);
      if (!problem.isEmpty()) refuse(line.number, names[target] + QStringLiteral(": ") + problem);
      if (coordinate)
        rows.points(target, static_cast<Index>(k)) = *value;
      else
        rows.attributes[a][static_cast<Index>(k)] = *value;
    }
  }
  return rows;
}

QString formatPoints(const PointRows& rows, const PointColumns& columns,
                     const std::vector<int>& which) {
  QString text =
      columnNames(columns, rows.points.rows()).join(QLatin1Char('\t')) + QLatin1Char('\n');
  for (const int k : which) {
    QStringList fields;
    for (Index i = 0; i < rows.points.rows(); ++i) fields << exactNumber(rows.points(i, k));
    for (const Vec& attribute : rows.attributes) fields << exactNumber(attribute[k]);
    text += fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
  }
  return text;
}

}  // namespace separatrix
