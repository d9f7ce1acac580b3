#pragma once

#include "core/parameters/json.hpp"

#include <QString>
#include <Qt>

#include <optional>
#include <vector>

namespace separatrix {

/// A tiling of views: one view, or parts side by side or above each other.
struct Layout {
  QString view = {};  ///< id; empty if there are parts
  Qt::Orientation direction = Qt::Horizontal;
  std::vector<Layout> parts = {};
  double share = 1;  ///< of the space of the whole that this is a part of

  friend bool operator==(const Layout&, const Layout&) = default;

  bool contains(const QString& id) const;
  /// The tile of a view, null if it is not there.
  Layout* find(const QString& id);
  /// Without this view; parts that are left alone take the place of their whole.
  void remove(const QString& id);
};

inline Layout tile(const QString& view, double share = 1) {
  return {view, Qt::Horizontal, {}, share};
}
inline Layout beside(std::vector<Layout> parts, double share = 1) {
  return {{}, Qt::Horizontal, std::move(parts), share};
}
inline Layout above(std::vector<Layout> parts, double share = 1) {
  return {{}, Qt::Vertical, std::move(parts), share};
}

/// "landscape", or {"beside" or "above": [...], "shares": [...]}.
Json layoutToJson(const Layout& layout);
/// None if it is no layout of known views, each at most once.
std::optional<Layout> layoutFromJson(const Json& json);

/// An arrangement that comes with the program.
struct Workspace {
  QString id;     ///< as in documents
  QString title;  ///< for people
  QString purpose;
  Layout layout;
};

/// All workspaces, in the order they are offered; the first is where documents open.
const std::vector<Workspace>& workspaceCatalog();

}  // namespace separatrix
