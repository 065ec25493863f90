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
#include "snapshot/part_guard.hpp"
#include "snapshot/texts.hpp"

namespace headrope {

/// Values in groups while they are filled: those of group g are at begin[g] ..
/// begin[g + 1].
template <typename Value>
struct Grouped {
  std::vector<std::uint32_t> begin;
  std::vector<Value> values;

  [[nodiscard]] std::span<const Value> of(std::size_t group) const {
    if (begin.empty()) return {};
    return std::span(values).subspan(begin[group],
                                     begin[group + 1] - begin[group]);
  }
};

/// The same, once it is filled.
template <typename Value>
struct FrozenGroups {
  FrozenColumn<std::uint32_t> begin;
  FrozenColumn<Value> values;

  FrozenGroups() = default;
  FrozenGroups(Grouped<Value> filled)  // NOLINT: they are the same.
      : begin(std::move(filled.begin)), values(std::move(filled.values)) {}

  [[nodiscard]] std::span<const Value> of(std::size_t group) const {
    if (begin.empty()) return {};
    return std::span<const Value>(values).subspan(
        begin[group], begin[group + 1] - begin[group]);
  }
  [[nodiscard]] std::size_t byte_count() const {
    return begin.size_bytes() + values.size_bytes();
  }
};

/// The values of one attribute, by subject.
struct AttributeColumn {
  FrozenColumn<std::uint32_t> subjects;  // Ascending.
  Texts values;
};

/// A figure beside the snapshot.
struct FigureColumn {
  std::string_view name;
  Date day;
  std::uint8_t decimals = 0;
  FrozenColumn<std::int64_t> values;
  FrozenColumn<std::uint8_t> has_value;
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
  // What the views below look into: the texts of the Registry, or the file.
  std::shared_ptr<const TextStore> texts;
  std::shared_ptr<const void> file;

  // By UnitIndex.
  FrozenColumn<std::uint32_t> registry_unit;
  Texts unit_identity;
  Texts unit_name;
  Texts unit_code;
  FrozenColumn<KindId> unit_kind;
  FrozenGroups<Interval> life;
  // The units in the order of their identities; empty if they are numbered so.
  FrozenColumn<std::uint32_t> by_identity;

  Texts person_identity;
  FrozenColumn<std::uint32_t> persons_by_identity;  // Empty if in order.
  std::array<FrozenGroups<PersonId>, 2> members;    // By Standing.
  std::size_t unplaced_memberships = 0;
  FrozenGroups<MembershipSpan> history;

  std::vector<Forest> forests;

  std::vector<RecordColumns> unit_records;    // By MeasureId.
  std::vector<RecordColumns> person_records;  // By MeasureId.
  FrozenColumn<AttendedRecord> attended;
  FrozenColumn<Mark> marks;
  Texts record_identity;  // By RecordId; may end early.

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

  std::vector<FigureColumn> figures;

  // Looks at each part when it is first read; none where all is known to be
  // good. Goes before what it looks at.
  std::unique_ptr<PartGuard> guard;
};

/// The parts of a snapshot, each looked at as one: some fixed ones, and behind
/// them one for each forest, measure, attribute and figure.
namespace part {
inline constexpr std::size_t units = 0;
inline constexpr std::size_t unit_identities = 1;
inline constexpr std::size_t unit_names = 2;
inline constexpr std::size_t unit_codes = 3;
inline constexpr std::size_t persons = 4;
inline constexpr std::size_t members = 5;
inline constexpr std::size_t history = 6;
inline constexpr std::size_t attendance = 7;
inline constexpr std::size_t record_identities = 8;
inline constexpr std::size_t responsibility = 9;
inline constexpr std::size_t fixed_count = 10;

/// The part of a forest.
[[nodiscard]] inline std::size_t of_forest(std::size_t forest) {
  return fixed_count + forest;
}
/// The part of the records of a measure.
[[nodiscard]] inline std::size_t of_records(const Snapshot::Columns& columns,
                                            std::size_t measure,
                                            bool of_persons) {
  return of_forest(columns.forests.size()) + measure * 2 + (of_persons ? 1 : 0);
}
/// The part of an attribute of one type of subjects.
[[nodiscard]] inline std::size_t of_attribute(const Snapshot::Columns& columns,
                                              std::size_t type,
                                              std::size_t attribute) {
  return of_records(columns, columns.measures.size(), false) + attribute * 4 +
         type;
}
/// The part of a figure.
[[nodiscard]] inline std::size_t of_figure(const Snapshot::Columns& columns,
                                           std::size_t figure) {
  return of_attribute(columns, 0, columns.attribute_names.size()) + figure;
}
/// How many parts there are.
[[nodiscard]] inline std::size_t count(const Snapshot::Columns& columns) {
  return of_figure(columns, columns.figures.size());
}
}  // namespace part

}  // namespace headrope
