// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The columns that a Snapshot is made of. `freeze` fills them; afterwards they
// are only read.

#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/text_store.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// Values in groups: those of group g are at begin[g] .. begin[g + 1].
template <typename Value>
struct Grouped {
  std::vector<std::uint32_t> begin;
  std::vector<Value> values;

  [[nodiscard]] std::span<const Value> of(std::size_t group) const {
    if (begin.empty()) return {};
    return std::span(values).subspan(begin[group],
                                     begin[group + 1] - begin[group]);
  }
  [[nodiscard]] std::size_t byte_count() const {
    return begin.size() * sizeof(begin[0]) + values.size() * sizeof(Value);
  }
};

/// The values of one attribute, by subject.
struct AttributeColumn {
  std::vector<std::uint32_t> subjects;  // Ascending.
  std::vector<std::string_view> values;
};

/// Rows of all dates: those that hold on the day first, then the others.
template <typename Row>
struct DatedRows {
  std::vector<Row> rows;
  std::size_t today = 0;

  [[nodiscard]] std::span<const Row> of(Days days) const {
    return days == Days::today ? std::span(rows).first(today)
                               : std::span(rows).subspan(today);
  }
};

struct Snapshot::Columns {
  Date as_of;
  Date known_on;
  // The texts that the views below look into.
  std::shared_ptr<const TextStore> texts;

  // By UnitIndex.
  std::vector<std::uint32_t> registry_unit;
  std::vector<std::string_view> unit_identity;
  std::vector<std::string_view> unit_name;
  std::vector<std::string_view> unit_code;
  std::vector<KindId> unit_kind;
  Grouped<Interval> life;
  // The units in the order of their identities; empty if they are numbered so.
  std::vector<std::uint32_t> by_identity;

  std::vector<std::string_view> person_identity;
  std::vector<std::uint32_t> persons_by_identity;  // Empty if in order.
  std::array<Grouped<PersonId>, 2> members;        // By Standing.
  std::size_t unplaced_memberships = 0;
  Grouped<MembershipSpan> history;

  std::vector<Forest> forests;

  std::vector<RecordColumns> unit_records;    // By MeasureId.
  std::vector<RecordColumns> person_records;  // By MeasureId.
  std::vector<AttendedRecord> attended;
  std::vector<Mark> marks;
  std::vector<std::string_view> record_identity;  // By RecordId; may end early.

  std::vector<std::string_view> post_identity;   // By PostId.
  std::vector<std::uint32_t> posts_by_identity;  // Empty if in order.
  std::vector<std::string_view> duty_identity;   // By DutyId.
  DatedRows<PostState> posts;
  DatedRows<PostHolder> holders;
  DatedRows<Tie> ties;
  DatedRows<DutyState> duties;
  DatedRows<DutyReach> duty_reaches;
  DatedRows<AssignmentState> assignments;
  DatedRows<NeedState> needs;
  // Positions of assignments, as `DatedRows` counts them, and identities of
  // their holders that do not live on the day.
  std::vector<std::pair<std::uint32_t, std::string_view>> absent_holders;

  // By EntityType, then AttributeId.
  std::array<std::vector<AttributeColumn>, 4> attributes;

  std::vector<Kind> kinds;
  std::vector<Hierarchy> hierarchies;
  std::vector<Role> roles;
  std::vector<Measure> measures;
  std::vector<std::string_view> attribute_names;
};

}  // namespace headrope
