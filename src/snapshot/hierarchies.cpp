// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The hierarchies of the day: which links hold, what cycles, orphans and
// several parents mean, and the layout in pre-order.

#include <algorithm>
#include <numeric>
#include <string>

#include "snapshot/cycles.hpp"
#include "snapshot/forest.hpp"
#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// One hierarchy on its way to a Forest.
class HierarchyFreezer {
 public:
  HierarchyFreezer(Freezer& freezer, const LivingUnits& living,
                   HierarchyId hierarchy,
                   const std::vector<std::uint32_t>& rows)
      : f_(freezer),
        living_(living),
        hierarchy_(hierarchy),
        policy_(freezer.tables.hierarchies[hierarchy.value]),
        rows_(rows) {}

  // Looks for cycles only.
  Result<void> run_cycles() { return check_cycles(); }

  Result<Forest> run() {
    if (auto done = check_cycles(); !done) return done.error();
    collect_links();
    if (auto done = check_parents(); !done) return done.error();
    if (auto done = place_orphans(); !done) return done.error();
    return ForestBuilder::build(hierarchy_, links_, living_.units.size(),
                                f_.tables.limits, f_.pace);
  }

 private:
  [[nodiscard]] std::string_view identity(UnitId unit) const {
    return f_.tables.unit_index[unit.value];
  }
  [[nodiscard]] std::string_view identity_of_rank(std::uint32_t rank) const {
    return f_.tables.unit_index[living_.units[rank]];
  }

  void add_finding(Code code, Severity severity, std::string_view unit,
                   std::string message) {
    f_.findings.add({code,
                     severity,
                     "hierarchy " + std::string(policy_.id),
                     0,
                     {},
                     std::string(unit),
                     std::move(message)});
  }

  // Positions of the links in an order that the input's does not change.
  [[nodiscard]] std::vector<std::uint32_t> ranks_of(
      const std::vector<DatedEdge>& edges) const {
    std::vector<std::uint32_t> order(edges.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t at) {
      return std::tuple(identity({edges[at].child}),
                        identity({edges[at].parent}), edges[at].valid);
    };
    std::sort(order.begin(), order.end(),
              [&](auto left, auto right) { return key(left) < key(right); });
    std::vector<std::uint32_t> rank(edges.size());
    for (std::uint32_t at = 0; at < order.size(); ++at) rank[order[at]] = at;
    return rank;
  }

  [[nodiscard]] std::string described(
      const DatedCycle& cycle, const std::vector<DatedEdge>& edges) const {
    const auto days = [](Date day) {
      return day.is_open() ? std::string("…") : to_string(day);
    };
    constexpr std::size_t named_max = 20;
    // Told from the smallest identity on, so that it is always the same.
    const auto first = std::min_element(
        cycle.edges.begin(), cycle.edges.end(), [&](auto left, auto right) {
          return identity({edges[left].child}) < identity({edges[right].child});
        });
    std::vector<std::uint32_t> turned(first, cycle.edges.end());
    turned.insert(turned.end(), cycle.edges.begin(), first);
    std::string list;
    for (std::size_t at = 0; at < turned.size() && at < named_max; ++at) {
      list += std::string(identity({edges[turned[at]].child})) + " → ";
    }
    if (turned.size() > named_max) {
      list += "… " + std::to_string(turned.size() - named_max) + " more → ";
    }
    list += std::string(identity({edges[turned.front()].child}));
    return list + " from " + days(cycle.valid.valid_from) + " until " +
           days(cycle.valid.valid_until);
  }

  Result<void> check_cycles() {
    std::vector<DatedEdge> edges;
    std::vector<std::uint32_t> row_of_edge;
    for (const std::uint32_t row : rows_) {
      const Link& link = f_.tables.links[row];
      if (link.parent.is_none() || !f_.knows(link.recorded)) continue;
      edges.push_back({link.unit.value, link.parent.value, link.valid});
      row_of_edge.push_back(row);
    }
    // The order is wanted only once there is a cycle.
    std::vector<std::uint32_t> rank(edges.size());
    std::iota(rank.begin(), rank.end(), 0U);
    auto cycles =
        find_cycles(edges, f_.tables.unit_index.size(), rank, f_.pace);
    if (!cycles) return in_hierarchy(cycles.error());
    if (cycles->empty()) return {};
    cycles = find_cycles(edges, f_.tables.unit_index.size(), ranks_of(edges),
                         f_.pace);
    if (!cycles) return in_hierarchy(cycles.error());
    return report_cycles(*cycles, edges, row_of_edge);
  }

  Result<void> report_cycles(const std::vector<DatedCycle>& cycles,
                             const std::vector<DatedEdge>& edges,
                             const std::vector<std::uint32_t>& row_of_edge) {
    const bool breaks = policy_.cycles == CyclePolicy::break_youngest;
    for (const DatedCycle& cycle : cycles) {
      const DatedEdge& youngest = edges[cycle.youngest];
      std::string message =
          "units stand below themselves: " + described(cycle, edges);
      if (breaks) {
        message += "; the link of '" + std::string(identity({youngest.child})) +
                   "' to '" + std::string(identity({youngest.parent})) +
                   "' is left out";
        left_out_.push_back(row_of_edge[cycle.youngest]);
      }
      add_finding(breaks ? Code::cycle_broken : Code::cycle,
                  breaks ? Severity::warning : Severity::error,
                  identity({youngest.child}), std::move(message));
    }
    std::sort(left_out_.begin(), left_out_.end());
    if (breaks) return {};
    return in_hierarchy({Code::cycle, "units stand below themselves: " +
                                          described(cycles.front(), edges)});
  }

  [[nodiscard]] Error in_hierarchy(const Error& error) const {
    return {error.code,
            "hierarchy '" + std::string(policy_.id) + "': " + error.message};
  }

  // Keeps the links that hold on the day between living units, and notes who
  // belongs to the hierarchy.
  void collect_links() {
    const std::size_t count = living_.units.size();
    has_parent_.assign(count, false);
    has_child_.assign(count, false);
    is_root_.assign(count, false);
    lost_parent_.assign(count, false);
    for (const std::uint32_t row : rows_) {
      const Link& link = f_.tables.links[row];
      if (!f_.holds(link) ||
          std::binary_search(left_out_.begin(), left_out_.end(), row)) {
        continue;
      }
      const std::uint32_t child = living_.rank[link.unit.value];
      if (child == none) continue;
      if (link.parent.is_none()) {
        is_root_[child] = true;
        continue;
      }
      const std::uint32_t parent = living_.rank[link.parent.value];
      if (parent == none) {
        lost_parent_[child] = true;
        continue;
      }
      links_.child.push_back(child);
      links_.parent.push_back(parent);
      if (has_parent_[child]) several_parents_.push_back(child);
      has_parent_[child] = true;
      has_child_[parent] = true;
    }
    std::sort(several_parents_.begin(), several_parents_.end());
  }

  Result<void> check_parents() {
    const auto wrong = std::find_if(
        several_parents_.begin(), several_parents_.end(), [&](auto child) {
          return policy_.parents == ParentPolicy::one ||
                 (policy_.parents == ParentPolicy::leaves_many &&
                  has_child_[child]);
        });
    if (wrong != several_parents_.end()) {
      const bool one = policy_.parents == ParentPolicy::one;
      const std::string message =
          "unit '" + std::string(identity_of_rank(*wrong)) +
          "' has several parents on " + to_string(f_.options.as_of) +
          (one ? ", but the hierarchy allows one"
               : " and units below it, but the hierarchy allows several "
                 "parents only for units without children");
      add_finding(Code::parents_too_many, Severity::error,
                  identity_of_rank(*wrong), message);
      return in_hierarchy({Code::parents_too_many, message});
    }
    return check_repeated_links();
  }

  // The same link twice would make the unit stand twice in one place.
  Result<void> check_repeated_links() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> doubtful;
    for (std::size_t at = 0; at < links_.child.size(); ++at) {
      if (std::binary_search(several_parents_.begin(), several_parents_.end(),
                             links_.child[at])) {
        doubtful.emplace_back(links_.child[at], links_.parent[at]);
      }
      if (several_parents_.empty()) break;
    }
    std::sort(doubtful.begin(), doubtful.end());
    const auto twice = std::adjacent_find(doubtful.begin(), doubtful.end());
    if (twice == doubtful.end()) return {};
    return in_hierarchy({Code::parents_overlap,
                         "unit '" +
                             std::string(identity_of_rank(twice->first)) +
                             "' is linked twice to '" +
                             std::string(identity_of_rank(twice->second)) +
                             "' on " + to_string(f_.options.as_of)});
  }

  // Roots are the units that say so, and the orphans whom the policy makes so.
  Result<void> place_orphans() {
    Result<void> result;
    for (std::uint32_t rank = 0; rank < living_.units.size(); ++rank) {
      f_.pace.step();
      if (has_parent_[rank]) continue;
      if (is_root_[rank]) {
        links_.roots.push_back(rank);
      } else if (has_child_[rank] || lost_parent_[rank]) {
        if (auto done = place_orphan(rank); !done && result) result = done;
      }
    }
    return result;
  }

  Result<void> place_orphan(std::uint32_t rank) {
    const std::string why =
        lost_parent_[rank] ? "its parent does not live on that day"
                           : "it has units below it but no link of its own";
    const std::string message = "unit '" + std::string(identity_of_rank(rank)) +
                                "' is an orphan on " +
                                to_string(f_.options.as_of) + ": " + why;
    switch (policy_.orphans) {
      case OrphanPolicy::error:
        add_finding(Code::orphan, Severity::error, identity_of_rank(rank),
                    message);
        return in_hierarchy({Code::orphan, message});
      case OrphanPolicy::ignore:
        add_finding(Code::orphan, Severity::warning, identity_of_rank(rank),
                    message + "; it and the units below it stay outside");
        return {};
      case OrphanPolicy::root:
        break;
    }
    if (lost_parent_[rank]) {
      add_finding(Code::orphan, Severity::warning, identity_of_rank(rank),
                  message + "; it is taken as a root");
    }
    links_.roots.push_back(rank);
    return {};
  }

  Freezer& f_;
  const LivingUnits& living_;
  HierarchyId hierarchy_;
  const Hierarchy& policy_;
  const std::vector<std::uint32_t>& rows_;
  std::vector<std::uint32_t> left_out_;  // Rows of broken cycles.
  DayLinks links_;
  std::vector<bool> has_parent_;
  std::vector<bool> has_child_;
  std::vector<bool> is_root_;
  std::vector<bool> lost_parent_;
  std::vector<std::uint32_t> several_parents_;
};

// The rows of the links of each hierarchy.
std::vector<std::vector<std::uint32_t>> links_by_hierarchy(
    const Registry::Tables& tables) {
  std::vector<std::vector<std::uint32_t>> rows(tables.hierarchies.size());
  for (std::uint32_t row = 0; row < tables.links.size(); ++row) {
    rows[tables.links[row].hierarchy.value].push_back(row);
  }
  return rows;
}

}  // namespace

void check_hierarchies(const Registry& registry, Diagnostics& findings) {
  // A freezer that reads the links of all dates and fills nothing.
  Snapshot::Columns columns;
  const FreezeOptions options;
  Pace pace;
  Freezer freezer{registry, registry.tables(), options, findings, columns, pace,
                  {}};
  const LivingUnits nobody;
  const auto rows = links_by_hierarchy(registry.tables());
  for (std::uint32_t at = 0; at < rows.size(); ++at) {
    HierarchyFreezer search(freezer, nobody, HierarchyId{at}, rows[at]);
    const std::uint64_t errors = findings.error_count();
    const Result<void> done = search.run_cycles();
    // A search that was given up is no finding of its own.
    if (!done && findings.error_count() == errors) {
      findings.add({done.error().code,
                    Severity::error,
                    {},
                    0,
                    {},
                    {},
                    done.error().message});
    }
  }
}

Result<void> freeze_hierarchies(Freezer& freezer, const LivingUnits& living) {
  const auto rows = links_by_hierarchy(freezer.tables);
  Result<void> result;
  for (std::uint32_t at = 0; at < rows.size(); ++at) {
    if (rows[at].empty()) continue;
    Result<Forest> forest =
        HierarchyFreezer(freezer, living, HierarchyId{at}, rows[at]).run();
    if (!forest) {
      if (result) result = forest.error();
    } else if (forest->place_count() > 0) {
      freezer.columns.forests.push_back(*std::move(forest));
    }
  }
  return result;
}

}  // namespace headrope
