// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "model/check_responsibility.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "model/overlap.hpp"
#include "model/words.hpp"

namespace headrope {
namespace {

using Tables = Registry::Tables;

class ResponsibilityChecker {
 public:
  ResponsibilityChecker(const Tables& tables, Diagnostics& findings)
      : t_(tables),
        findings_(findings),
        rows_of_post_(t_.posts.size(), t_.post_index.size(), 1,
                      [&](std::size_t row) {
                        return std::size_t{t_.posts[row].post.value};
                      }) {}

  void run() {
    for (std::size_t row = 0; row < t_.holdings.size(); ++row) {
      const Holding& holding = t_.holdings[row];
      check_post("holdings", row, "post", holding.post, holding);
    }
    for (std::size_t row = 0; row < t_.posts.size(); ++row) {
      const Post& post = t_.posts[row];
      if (post.ex_officio.is_none()) continue;
      check_post("posts", row, "ex_officio", post.ex_officio, post);
    }
    for (std::size_t row = 0; row < t_.assignments.size(); ++row) {
      const Assignment& one = t_.assignments[row];
      if (one.holder.type == EntityType::post) {
        check_post("assignments", row, "holder", PostId{one.holder.index}, one);
      }
      check_allowed(row, one);
    }
    check_circles();
  }

 private:
  void tell(Code code, std::string_view table, std::size_t row,
            std::string_view column, std::string_view value,
            std::string message) {
    findings_.add({code, Severity::warning, std::string(table), row + 1,
                   std::string(column), std::string(value),
                   std::move(message)});
  }

  // True if a post exists on some of the days that a row states.
  template <typename Row>
  void check_post(std::string_view table, std::size_t row,
                  std::string_view column, PostId post, const Row& of) {
    const auto rows = rows_of_post_.of(post.value);
    const bool exists =
        std::any_of(rows.begin(), rows.end(), [&](std::uint32_t at) {
          const Post& own = t_.posts[at];
          const bool begins_in = of.valid.valid_from.is_open() ||
                                 own.valid.contains(of.valid.valid_from);
          const bool ends_in =
              of.valid.valid_until.is_open() ||
              own.valid.contains(add_days(of.valid.valid_until, -1));
          return own.recorded.overlaps(of.recorded) &&
                 own.valid.overlaps(of.valid) && (begins_in && ends_in);
        });
    if (exists || (rows.size() > 1 && is_covered(rows, of))) return;
    tell(Code::post_absent, table, row, column, t_.post_index[post.value],
         rows.empty() ? "no row of table 'posts' has this post"
                      : "the post does not exist on all of these days");
  }

  // True if the days of several rows of a post, one after the other, do.
  template <typename Row>
  bool is_covered(std::span<const std::uint32_t> rows, const Row& of) const {
    std::vector<Interval> days;
    for (const std::uint32_t at : rows) {
      if (t_.posts[at].recorded.overlaps(of.recorded)) {
        days.push_back(t_.posts[at].valid);
      }
    }
    std::sort(days.begin(), days.end());
    Date reached = of.valid.valid_from;
    if (reached.is_open() && !days.empty()) reached = days.front().valid_from;
    for (const Interval& one : days) {
      if (one.contains(reached)) reached = one.valid_until;
    }
    return reached >= of.valid.valid_until ||
           (of.valid.valid_until.is_open() && !days.empty() &&
            reached == days.back().valid_until);
  }

  [[nodiscard]] bool is_a(KindId kind, KindId wider) const {
    for (; !kind.is_none(); kind = t_.kinds[kind.value].parent) {
      if (kind == wider) return true;
    }
    return false;
  }

  void check_allowed(std::size_t row, const Assignment& one) {
    const Role& role = t_.roles[one.role.value];
    const auto& types = role.holder_types;
    if (!types.empty() &&
        std::find(types.begin(), types.end(), one.holder.type) == types.end()) {
      tell(Code::holder_not_allowed, "assignments", row, "holder_type",
           word_of(one.holder.type),
           in_quotes(role.id) + " is not held by " +
               (one.holder.type == EntityType::unit   ? "units"
                : one.holder.type == EntityType::post ? "posts"
                                                      : "persons"));
    }
    if (role.holder_kinds.empty() || one.holder.type != EntityType::unit) {
      return;
    }
    const UnitId unit{one.holder.index};
    for (const std::uint32_t at : states_by_unit().of(unit.value)) {
      const UnitState& state = t_.unit_states[at];
      if (!state.valid.overlaps(one.valid) ||
          !state.recorded.overlaps(one.recorded) ||
          std::any_of(role.holder_kinds.begin(), role.holder_kinds.end(),
                      [&](KindId kind) { return is_a(state.kind, kind); })) {
        continue;
      }
      tell(Code::holder_not_allowed, "assignments", row, "holder",
           t_.unit_index[unit.value],
           "it is a '" + std::string(t_.kind_index[state.kind.value]) +
               "', which does not hold " + in_quotes(role.id));
      return;
    }
  }

  const RowGroups& states_by_unit() {
    if (states_by_unit_ == nullptr) {
      states_by_unit_ = std::make_unique<const RowGroups>(
          t_.unit_states.size(), t_.unit_index.size(), 1, [&](std::size_t row) {
            return std::size_t{t_.unit_states[row].unit.value};
          });
    }
    return *states_by_unit_;
  }

  // Offices, whatever their days: each post is walked up once.
  void check_circles() {
    std::vector<std::uint32_t> seen_in(t_.post_index.size(), 0);
    std::uint32_t walk = 0;
    for (std::size_t row = 0; row < t_.posts.size(); ++row) {
      if (t_.posts[row].ex_officio.is_none()) continue;
      ++walk;
      PostId at = t_.posts[row].post;
      while (!at.is_none() && seen_in[at.value] == 0) {
        seen_in[at.value] = walk;
        at = office_of(at);
      }
      if (at.is_none() || seen_in[at.value] != walk) continue;
      tell(Code::office_circle, "posts", row, "ex_officio",
           t_.post_index[t_.posts[row].ex_officio.value],
           "following offices from here leads back to " +
               in_quotes(t_.post_index[at.value]));
    }
  }

  // The office of the first row of a post that has one.
  [[nodiscard]] PostId office_of(PostId post) const {
    for (const std::uint32_t at : rows_of_post_.of(post.value)) {
      if (!t_.posts[at].ex_officio.is_none()) return t_.posts[at].ex_officio;
    }
    return {};
  }

  const Tables& t_;
  Diagnostics& findings_;
  RowGroups rows_of_post_;
  std::unique_ptr<const RowGroups> states_by_unit_;
};

}  // namespace

void check_responsibility(const Tables& tables, Diagnostics& findings) {
  if (tables.posts.empty() && tables.assignments.empty() &&
      tables.holdings.empty()) {
    return;
  }
  ResponsibilityChecker(tables, findings).run();
}

}  // namespace headrope
