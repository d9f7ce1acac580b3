#include "ui/views/splitting_tree_layout.hpp"

#include <algorithm>
#include <map>

namespace separatrix {
namespace {

constexpr double kTogether = 1e-6;  // of the time: partings that are one

class Builder {
public:
  Builder(const WellTree& tree, const std::vector<std::size_t>& ranks, double horizon)
      : m_cluster(ranks.size()), m_rank(ranks.begin(), ranks.end()) {
    for (std::size_t k = 0; k < ranks.size(); ++k) {
      m_out.nodes.push_back({0, horizon, 0, static_cast<Index>(k), {}});
      m_cluster[k] = k;
    }
    std::vector<Parting> partings = tree.partings;
    std::stable_sort(partings.begin(), partings.end(),
                     [](const Parting& a, const Parting& b) { return a.s < b.s; });
    for (auto first = partings.begin(); first != partings.end();) {
      const auto last = std::find_if(first, partings.end(), [&](const Parting& each) {
        return each.s > first->s * (1 + kTogether);
      });
      join(std::vector<Parting>(first, last), horizon);
      first = last;
    }
    place(tree);
  }

  TreeLayout take() { return std::move(m_out); }

private:
  /// All partings of one time; those that share a well become one node.
  void join(const std::vector<Parting>& together, double horizon) {
    std::map<std::size_t, std::size_t> parent;  // among the clusters before
    const auto top = [&](std::size_t node) {
      while (parent.contains(node) && parent[node] != node) node = parent[node];
      return node;
    };
    const auto clusterOf = [&](Index component) {
      return m_cluster[static_cast<std::size_t>(component)];
    };
    for (const Parting& each : together) {
      const std::size_t a = clusterOf(each.component), b = clusterOf(each.from);
      parent.try_emplace(a, a);
      parent.try_emplace(b, b);
      const std::size_t topA = top(a), topB = top(b);
      parent[topA] = topB;
    }
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (const auto& each : parent) groups[top(each.first)].push_back(each.first);
    for (auto& group : groups)
      if (group.second.size() > 1) unite(std::move(group.second), together.back().s, horizon);
  }

  void unite(std::vector<std::size_t> children, double s, double horizon) {
    std::sort(children.begin(), children.end(),
              [&](std::size_t a, std::size_t b) { return m_rank[a] < m_rank[b]; });
    const std::size_t node = m_out.nodes.size();
    double rank = 0;
    for (const std::size_t child : children) {
      m_out.nodes[child].to = s;
      rank += m_rank[child] / static_cast<double>(children.size());
    }
    for (std::size_t& cluster : m_cluster)
      if (std::find(children.begin(), children.end(), cluster) != children.end()) cluster = node;
    m_out.nodes.push_back({s, horizon, 0, -1, std::move(children)});
    m_rank.push_back(rank);
  }

  void place(const WellTree& tree) {
    std::vector<std::size_t> tops;
    for (std::size_t k = 0; k < m_cluster.size(); ++k) {
      const bool alone = m_cluster[k] == k;
      const bool unknown = std::find(tree.unknown.begin(), tree.unknown.end(),
                                     static_cast<Index>(k)) != tree.unknown.end();
      if (alone && unknown)
        m_out.nodes[k].component = -1;
      else if (std::find(tops.begin(), tops.end(), m_cluster[k]) == tops.end())
        tops.push_back(m_cluster[k]);
    }
    std::sort(tops.begin(), tops.end(),
              [&](std::size_t a, std::size_t b) { return m_rank[a] < m_rank[b]; });
    for (const std::size_t top : tops) leavesBelow(top);
    // A node comes after all that join in it.
    for (TreeLayout::Node& node : m_out.nodes) {
      if (node.children.empty()) continue;
      node.place = 0;
      for (const std::size_t child : node.children)
        node.place += m_out.nodes[child].place / static_cast<double>(node.children.size());
    }
  }

  void leavesBelow(std::size_t node) {
    if (m_out.nodes[node].children.empty())
      m_out.nodes[node].place = static_cast<double>(m_out.leaves++);
    for (const std::size_t child : m_out.nodes[node].children) leavesBelow(child);
  }

  TreeLayout m_out;
  std::vector<std::size_t> m_cluster;  // of each component: the node it is in now
  std::vector<double> m_rank;          // of each node, along the first coordinate
};

}  // namespace

TreeLayout layOut(const WellTree& tree, const std::vector<std::size_t>& ranks, double horizon) {
  return Builder(tree, ranks, horizon).take();
}

}  // namespace separatrix
