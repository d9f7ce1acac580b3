#include "ui/workspaces/layout.hpp"

#include "ui/views/view.hpp"

#include <algorithm>
#include <set>

namespace separatrix {
namespace {

bool isKnown(const QString& view) {
  return std::any_of(viewCatalog().begin(), viewCatalog().end(),
                     [&](const ViewKind& kind) { return kind.id == view; });
}

std::optional<Layout> read(const Json& json, std::set<QString>& seen, int depth) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest) return {};
  if (json.is_string()) {
    const QString view = QString::fromStdString(json.get<std::string>());
    if (!isKnown(view) || !seen.insert(view).second) return {};
    return tile(view);
  }
  if (!json.is_object()) return {};
  const bool across = json.contains("beside");
  const Json parts = json.value(across ? "beside" : "above", Json());
  const Json shares = json.value("shares", Json());
  if (!parts.is_array() || parts.size() < 2) return {};
  Layout out;
  out.direction = across ? Qt::Horizontal : Qt::Vertical;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::optional<Layout> part = read(parts[i], seen, depth + 1);
    if (!part) return {};
    if (shares.is_array() && i < shares.size() && shares[i].is_number())
      part->share = std::clamp(shares[i].get<double>(), 0.01, 100.0);
    out.parts.push_back(std::move(*part));
  }
  return out;
}

}  // namespace

bool Layout::contains(const QString& id) const {
  return view == id || std::any_of(parts.begin(), parts.end(),
                                   [&](const Layout& part) { return part.contains(id); });
}

Layout* Layout::find(const QString& id) {
  if (parts.empty() && view == id) return this;
  for (Layout& part : parts)
    if (Layout* found = part.find(id)) return found;
  return nullptr;
}

void Layout::remove(const QString& id) {
  std::erase_if(parts, [&](const Layout& part) { return part.parts.empty() && part.view == id; });
  for (Layout& part : parts) part.remove(id);
  if (parts.size() != 1) return;
  Layout only = std::move(parts.front());
  only.share = share;
  *this = std::move(only);
}

Json layoutToJson(const Layout& layout) {
  if (layout.parts.empty()) return layout.view.toStdString();
  Json parts = Json::array();
  Json shares = Json::array();
  for (const Layout& part : layout.parts) {
    parts.push_back(layoutToJson(part));
    shares.push_back(canonicalNumber(part.share));
  }
  Json out = Json::object();
  out[layout.direction == Qt::Horizontal ? "beside" : "above"] = std::move(parts);
  out["shares"] = std::move(shares);
  return out;
}

std::optional<Layout> layoutFromJson(const Json& json) {
  std::set<QString> seen;
  return read(json, seen, 0);
}

}  // namespace separatrix
