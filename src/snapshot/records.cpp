// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Records as columns by measure and subject, attendance, and attributes.

#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// What of a record is put into the columns.
struct Entry {
  std::uint32_t subject;
  std::uint32_t row;
};

bool comes_before(const Record& left, std::uint32_t left_row,
                  const Record& right, std::uint32_t right_row) {
  return std::tuple(left.valid, left.value, left_row) <
         std::tuple(right.valid, right.value, right_row);
}

// Sorts by subject, then days, value and row: by counting where the records
// are many, since comparing would read each of them over and over.
std::vector<Entry> sorted_entries(std::vector<Entry> entries,
                                  std::span<const Record> records,
                                  std::size_t subject_count, Pace& pace) {
  const auto before = [&](const Entry& left, const Entry& right) {
    if (left.subject != right.subject) return left.subject < right.subject;
    return comes_before(records[left.row], left.row, records[right.row],
                        right.row);
  };
  if (entries.size() < subject_count / 8) {
    std::sort(entries.begin(), entries.end(), before);
    return entries;
  }
  // Those without a living subject go last.
  std::vector<std::uint32_t> next(subject_count + 2, 0);
  const auto group = [&](const Entry& entry) {
    return std::min<std::size_t>(entry.subject, subject_count);
  };
  for (const Entry& entry : entries) ++next[group(entry) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<Entry> sorted(entries.size());
  for (const Entry& entry : entries) {
    pace.step();
    sorted[next[group(entry)]++] = entry;
  }
  for (auto first = sorted.begin(); first != sorted.end();) {
    pace.step();
    auto last = first + 1;
    while (last != sorted.end() && last->subject == first->subject) ++last;
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
    first = last;
  }
  return sorted;
}

RecordColumns columns_of(const std::vector<Entry>& entries,
                         std::span<const Record> records, Pace& pace) {
  const std::size_t count = entries.size();
  std::vector<std::uint32_t> subject;
  std::vector<std::int32_t> valid_from;
  std::vector<std::int32_t> valid_until;
  std::vector<std::int64_t> value;
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> reaching;
  subject.reserve(count);
  valid_from.reserve(count);
  valid_until.reserve(count);
  value.reserve(count);
  rows.reserve(count);
  for (const Entry& entry : entries) {
    pace.step();
    const Record& record = records[entry.row];
    if (record.reach == Reach::subtree) {
      reaching.push_back(static_cast<std::uint32_t>(subject.size()));
    }
    subject.push_back(entry.subject);
    valid_from.push_back(record.valid.valid_from.days);
    valid_until.push_back(record.valid.valid_until.days);
    value.push_back(record.value);
    rows.push_back(entry.row);
  }
  return {std::move(subject), std::move(valid_from), std::move(valid_until),
          std::move(value),   std::move(rows),       std::move(reaching)};
}

// Takes the known records apart by measure and fills the columns of one kind of
// subject; `subject_of` gives the subject, or nothing if the record has none.
template <typename SubjectOf>
std::vector<RecordColumns> columns_by_measure(const Freezer& f,
                                              std::size_t subject_count,
                                              const SubjectOf& subject_of) {
  const auto& records = f.tables.records;
  std::vector<std::vector<Entry>> entries(f.tables.measures.size());
  for (std::uint32_t row = 0; row < records.size(); ++row) {
    if (!f.knows(records[row].recorded)) continue;
    if (const auto subject = subject_of(records[row])) {
      entries[records[row].measure.value].push_back({*subject, row});
    }
  }
  std::vector<RecordColumns> columns;
  columns.reserve(entries.size());
  for (auto& list : entries) {
    columns.push_back(columns_of(
        sorted_entries(std::move(list), records, subject_count, f.pace),
        records, f.pace));
    list = {};
  }
  return columns;
}

bool mark_before(const Mark& left, const Mark& right) {
  return std::tuple(left.person, left.attended) <
         std::tuple(right.person, right.attended);
}

struct AttributeEntry {
  std::uint32_t subject;
  std::string_view value;
  friend bool operator<(const AttributeEntry& left,
                        const AttributeEntry& right) {
    return left.subject < right.subject;
  }
};

// The attribute's subject in the numbers of the snapshot, if the attribute is
// to be kept; attributes of records hold on the record's first day.
std::optional<std::uint32_t> kept_subject(const Freezer& f,
                                          const Attribute& row) {
  if (!f.knows(row.recorded)) return std::nullopt;
  const Date day = row.subject.type == EntityType::record
                       ? f.tables.records[row.subject.index].valid.valid_from
                       : f.options.as_of;
  if (!row.valid.contains(day)) return std::nullopt;
  if (row.subject.type != EntityType::unit) return row.subject.index;
  const std::uint32_t unit = f.index_of_unit[row.subject.index];
  return unit == none ? std::nullopt : std::optional(unit);
}

}  // namespace

Result<void> freeze_records(Freezer& freezer) {
  freezer.columns.unit_records = columns_by_measure(
      freezer, freezer.columns.unit_kind.size(),
      [&](const Record& record) -> std::optional<std::uint32_t> {
        if (record.unit.is_none()) return std::nullopt;
        return freezer.index_of_unit[record.unit.value];
      });
  freezer.columns.person_records = columns_by_measure(
      freezer, freezer.tables.person_index.size(),
      [&](const Record& record) -> std::optional<std::uint32_t> {
        if (record.person.is_none()) return std::nullopt;
        return record.person.value;
      });
  const auto& names = freezer.tables.name_of_record;
  std::vector<std::string_view> identities;
  identities.reserve(names.size());
  for (const std::uint32_t name : names) {
    identities.push_back(name == IdentityIndex::none
                             ? std::string_view{}
                             : freezer.tables.record_index[name]);
  }
  freezer.columns.record_identity = std::move(identities);
  return {};
}

Result<void> freeze_attendance(Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  std::vector<std::uint32_t> position(
      t.attendance.empty() ? 0 : t.records.size(), none);
  const auto counts = [&](const Attendance& row) {
    return freezer.knows(row.recorded) &&
           freezer.knows(t.records[row.record.value].recorded);
  };
  for (const Attendance& row : t.attendance) {
    if (counts(row)) position[row.record.value] = 0;
  }
  std::vector<AttendedRecord> attended;
  for (std::uint32_t row = 0; row < position.size(); ++row) {
    if (position[row] == none) continue;
    position[row] = static_cast<std::uint32_t>(attended.size());
    const Record& record = t.records[row];
    const UnitIndex unit =
        record.unit.is_none()
            ? UnitIndex{}
            : UnitIndex{freezer.index_of_unit[record.unit.value]};
    attended.push_back(
        {{row}, record.measure, unit, record.valid, record.value});
  }
  std::vector<Mark> marks;
  for (const Attendance& row : t.attendance) {
    if (counts(row)) {
      marks.push_back({row.person, position[row.record.value], row.presence});
    }
  }
  std::sort(marks.begin(), marks.end(),
            [&](const Mark& left, const Mark& right) {
              freezer.pace.step();
              return mark_before(left, right);
            });
  const auto twice = std::adjacent_find(
      marks.begin(), marks.end(), [](const Mark& left, const Mark& right) {
        return !mark_before(left, right);
      });
  if (twice == marks.end()) {
    freezer.columns.attended = std::move(attended);
    freezer.columns.marks = std::move(marks);
    return {};
  }
  return Error{Code::attendance_repeated,
               "person '" + std::string(t.person_index[twice->person.value]) +
                   "' is marked twice at record '" +
                   std::string(freezer.registry.record_identity(
                       attended[twice->attended].record)) +
                   "'"};
}

Result<void> freeze_attributes(Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  for (const EntityType type : {EntityType::unit, EntityType::person,
                                EntityType::post, EntityType::record}) {
    std::vector<std::vector<AttributeEntry>> entries(t.attribute_index.size());
    for (const Attribute& row : t.attributes) {
      if (row.subject.type != type) continue;
      if (const auto subject = kept_subject(freezer, row)) {
        entries[row.attribute.value].push_back({*subject, row.value});
      }
    }
    auto& columns = freezer.columns.attributes[static_cast<std::size_t>(type)];
    columns.resize(entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
      std::sort(entries[at].begin(), entries[at].end());
      std::vector<std::uint32_t> subjects;
      std::vector<std::string_view> values;
      subjects.reserve(entries[at].size());
      values.reserve(entries[at].size());
      for (const AttributeEntry& entry : entries[at]) {
        if (!subjects.empty() && subjects.back() == entry.subject) {
          return Error{
              Code::attributes_overlap,
              "a " +
                  std::string(type == EntityType::unit     ? "unit"
                              : type == EntityType::person ? "person"
                                                           : "subject") +
                  " has two values of '" +
                  std::string(
                      t.attribute_index[static_cast<std::uint32_t>(at)]) +
                  "' on one day, '" + std::string(values.back()) + "' and '" +
                  std::string(entry.value) + "'"};
        }
        subjects.push_back(entry.subject);
        values.push_back(entry.value);
      }
      columns[at] = {std::move(subjects), std::move(values)};
    }
  }
  return {};
}

}  // namespace headrope
