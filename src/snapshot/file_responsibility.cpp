// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows about responsibility in a file. They are few beside the units, so
// they are read row by row and not looked at where they lie.

#include <algorithm>
#include <tuple>
#include <type_traits>

#include "snapshot/byte_stream.hpp"
#include "snapshot/file_head.hpp"
#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

template <typename Stream, typename Value>
using Passed = std::conditional_t<Stream::reads, Value, const Value>;

template <typename Stream>
void pass(Stream& s, Passed<Stream, Entity>& entity) {
  s(entity.type, entity.index);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, PostState>& row) {
  s(row.post, row.unit, row.role, row.seats, row.valid, row.ex_officio);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, PostHolder>& row) {
  s(row.post, row.person, row.acting, row.valid);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, Tie>& row) {
  s(row.pairing, row.unit, row.valid);
  pass(s, row.holder);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, DutyState>& row) {
  s(row.duty, row.name, row.clause, row.valid, row.inherited, row.division);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, DutyReach>& row) {
  s(row.duty, row.type, row.unit, row.kind, row.hierarchy, row.valid);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, AssignmentState>& row) {
  s(row.duty, row.role, row.has_scope, row.clause, row.valid);
  pass(s, row.holder);
  pass(s, row.scope);
}

template <typename Stream>
void pass(Stream& s, Passed<Stream, NeedState>& row) {
  s(row.type, row.duty, row.role, row.pairing, row.measure, row.has_scope,
    row.at_least, row.at_most, row.clause, row.valid);
  pass(s, row.scope);
}

template <typename Stream, typename Rows>
void pass_rows(Stream& s, Rows& rows) {
  auto today = static_cast<std::uint64_t>(rows.today);
  s(today);
  s.list(rows.rows, [&](auto& row) { pass(s, row); });
  if constexpr (Stream::reads) {
    rows.today = std::min<std::size_t>(today, rows.rows.size());
  }
}

template <typename Stream, typename Columns>
void pass_all(Stream& s, Columns& c) {
  s(c.post_identity, c.duty_identity);
  pass_rows(s, c.posts);
  pass_rows(s, c.holders);
  pass_rows(s, c.ties);
  pass_rows(s, c.duties);
  pass_rows(s, c.duty_reaches);
  pass_rows(s, c.assignments);
  pass_rows(s, c.needs);
  s.list(c.absent_holders, [&](auto& entry) { s(entry.first, entry.second); });
}

// Looks at rows that were read.
class Checker {
 public:
  Checker(const Snapshot::Columns& columns, const FileCounts& counts)
      : c_(columns), counts_(counts) {}

  [[nodiscard]] bool is_good(const PostState& row) const {
    return row.post.value < counts_.posts && is_unit_or_none(row.unit) &&
           row.role.value < c_.roles.size() && row.seats > 0 &&
           (row.ex_officio.is_none() || row.ex_officio.value < counts_.posts);
  }
  [[nodiscard]] bool is_good(const PostHolder& row) const {
    return row.post.value < counts_.posts && row.person.value < counts_.persons;
  }
  [[nodiscard]] bool is_good(const Tie& row) const {
    return is_holder(row.holder) && is_unit_or_none(row.unit);
  }
  [[nodiscard]] bool is_good(const DutyState& row) const {
    return row.duty.value < counts_.duties &&
           (row.inherited.is_none() ||
            row.inherited.value < c_.hierarchies.size());
  }
  [[nodiscard]] bool is_good(const DutyReach& row) const {
    if (row.duty.value >= counts_.duties) return false;
    return is_scope(row);
  }
  [[nodiscard]] bool is_good(const AssignmentState& row) const {
    return row.duty.value < counts_.duties &&
           row.role.value < c_.roles.size() && is_holder(row.holder) &&
           (!row.has_scope || is_scope(row.scope));
  }
  [[nodiscard]] bool is_good(const NeedState& row) const {
    using Type = Need::Type;
    const bool has_role = !row.role.is_none();
    const bool wants_role =
        row.type == Type::holders || row.type == Type::turns;
    return (has_role || !wants_role) &&
           (!has_role || row.type != Type::pairings) &&
           (!has_role || row.role.value < c_.roles.size()) &&
           (row.duty.is_none() || row.duty.value < counts_.duties) &&
           (row.type == Type::turns) != row.measure.is_none() &&
           (row.measure.is_none() || row.measure.value < c_.measures.size()) &&
           (!row.has_scope || is_scope(row.scope));
  }

  // The rows of one table: each good, those of the day first, each part in the
  // order of the keys.
  template <typename Row, typename KeyOf>
  [[nodiscard]] bool are_good(const DatedRows<Row>& rows,
                              const KeyOf& key_of) const {
    for (std::size_t at = 0; at < rows.rows.size(); ++at) {
      const Row& row = rows.rows[at];
      if (!is_good(row) || !is_good_interval(row.valid) ||
          row.valid.contains(c_.as_of) != (at < rows.today)) {
        return false;
      }
      if (at > 0 && at != rows.today &&
          key_of(row) < key_of(rows.rows[at - 1])) {
        return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] bool is_unit_or_none(UnitIndex unit) const {
    return unit.is_none() || unit.value < counts_.units;
  }
  [[nodiscard]] bool is_holder(const Entity& holder) const {
    switch (holder.type) {
      case EntityType::unit:
        return is_unit_or_none(UnitIndex{holder.index});
      case EntityType::person:
        return holder.index < counts_.persons;
      case EntityType::post:
        return holder.index < counts_.posts;
      case EntityType::record:
        break;
    }
    return false;
  }
  [[nodiscard]] bool is_scope(const DutyReach& scope) const {
    switch (scope.type) {
      case Scope::Type::all:
        return true;
      case Scope::Type::unit:
        return is_unit_or_none(scope.unit);
      case Scope::Type::subtree:
        return is_unit_or_none(scope.unit) &&
               scope.hierarchy.value < c_.hierarchies.size();
      case Scope::Type::kind:
        return scope.kind.value < c_.kinds.size();
    }
    return false;
  }

  const Snapshot::Columns& c_;
  const FileCounts& counts_;
};

// Exactly the units that hold and do not live have their identities kept.
bool are_absent_holders_good(const Snapshot::Columns& c) {
  auto next = c.absent_holders.begin();
  for (std::size_t at = 0; at < c.assignments.rows.size(); ++at) {
    const Entity& holder = c.assignments.rows[at].holder;
    if (holder.type != EntityType::unit || !UnitIndex{holder.index}.is_none()) {
      continue;
    }
    if (next == c.absent_holders.end() || next->first != at) return false;
    ++next;
  }
  return next == c.absent_holders.end();
}

std::string_view rows_fault(const Snapshot::Columns& c,
                            const FileCounts& counts) {
  const Checker checker(c, counts);
  const auto duty_of = [](const auto& row) { return row.duty; };
  if (!checker.are_good(c.posts, [](const PostState& row) {
        return std::tuple(row.unit, row.post);
      })) {
    return "a post is not as it should be";
  }
  if (!checker.are_good(c.holders, [](const PostHolder& row) {
        return std::tuple(row.post, row.person);
      })) {
    return "a holder is not as it should be";
  }
  if (!checker.are_good(c.ties, [](const Tie& row) {
        return std::tuple(row.unit, row.pairing, row.holder);
      })) {
    return "a pairing is not as it should be";
  }
  if (!checker.are_good(c.duties, duty_of) ||
      !checker.are_good(c.duty_reaches, duty_of)) {
    return "a duty is not as it should be";
  }
  if (!checker.are_good(c.assignments,
                        [](const AssignmentState& row) {
                          return std::tuple(row.duty, row.role, row.holder);
                        }) ||
      !are_absent_holders_good(c)) {
    return "an assignment is not as it should be";
  }
  if (!checker.are_good(c.needs, [](const NeedState& row) {
        return std::tuple(row.type, row.duty, row.role);
      })) {
    return "a need is not as it should be";
  }
  return {};
}

}  // namespace

std::string write_responsibility(const Snapshot::Columns& columns) {
  ByteWriter s;
  pass_all(s, columns);
  return s.bytes();
}

std::string_view read_responsibility(std::string_view bytes,
                                     Snapshot::Columns& columns,
                                     const FileCounts& counts) {
  ByteReader s(bytes);
  pass_all(s, columns);
  if (!s.is_at_end()) return "it ends too early or holds what it cannot hold";
  if (columns.post_identity.size() != counts.posts ||
      columns.duty_identity.size() != counts.duties) {
    return "it has another number of posts or duties than the head says";
  }
  Pace pace;
  columns.posts_by_identity = order_of(columns.post_identity, pace);
  return rows_fault(columns, counts);
}

}  // namespace headrope
