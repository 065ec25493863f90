// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Looking into columns: ids in range, groups without gaps, everything in the
// order in which it is searched.

#include "snapshot/check_parts.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/utf8.hpp"
#include "snapshot/column_list.hpp"

namespace headrope {
namespace {

// True if groups begin at 0, never go back, and end with the values.
template <typename Value>
bool is_grouped(const FrozenGroups<Value>& groups) {
  if (groups.begin.empty()) return groups.values.empty();
  return groups.begin.front() == 0 &&
         groups.begin.back() == groups.values.size() &&
         std::is_sorted(groups.begin.begin(), groups.begin.end());
}

// True if the texts ascend strictly in an order, or as they stand if there is
// none. Then no two are the same, and the order is one of all of them.
bool is_order(std::span<const std::uint32_t> order, const Texts& texts) {
  if (!order.empty() &&
      std::any_of(order.begin(), order.end(),
                  [&](std::uint32_t at) { return at >= texts.size(); })) {
    return false;
  }
  const auto text = [&](std::size_t rank) {
    return texts[order.empty() ? rank : order[rank]];
  };
  for (std::size_t rank = 1; rank < texts.size(); ++rank) {
    if (text(rank - 1) >= text(rank)) return false;
  }
  return true;
}

bool has_empty_text(const Texts& texts) {
  for (std::size_t at = 0; at < texts.size(); ++at) {
    if (texts[at].empty()) return true;
  }
  return false;
}

std::string_view identities_fault(const Texts& texts,
                                  std::span<const std::uint32_t> order) {
  if (has_empty_text(texts)) return "an identity is empty";
  if (!is_order(order, texts)) return "the identities are not in their order";
  return {};
}

std::string_view units_fault(const Snapshot::Columns& c) {
  for (const KindId kind : c.unit_kind) {
    if (kind.value >= c.kinds.size()) return "a kind is not there";
  }
  for (const std::uint32_t unit : c.registry_unit) {
    if (UnitId{unit}.is_none()) return "a unit has no number";
  }
  if (!is_grouped(c.life)) return "the lives are not grouped by unit";
  for (std::size_t unit = 0; unit < c.unit_kind.size(); ++unit) {
    const auto life = c.life.of(unit);
    bool lives = false;
    for (std::size_t at = 0; at < life.size(); ++at) {
      if (!is_good_interval(life[at]) ||
          (at > 0 && life[at - 1].valid_until >= life[at].valid_from)) {
        return "a life is out of order";
      }
      lives = lives || life[at].contains(c.as_of);
    }
    if (!lives) return "a unit does not live on the day";
  }
  return {};
}

std::string_view members_fault(const CheckedColumns& checked) {
  const Snapshot::Columns& c = checked.columns;
  for (const FrozenGroups<PersonId>& members : c.members) {
    if (!is_grouped(members)) return "the members are not grouped by unit";
    for (const PersonId person : members.values) {
      if (person.value >= checked.counts.persons) {
        return "a member is not there";
      }
    }
  }
  std::vector<bool> has_primary(checked.counts.persons, false);
  for (std::size_t unit = 0; unit < c.unit_kind.size(); ++unit) {
    const auto primary = c.members[0].of(unit);
    const auto secondary = c.members[1].of(unit);
    for (const auto& own : {primary, secondary}) {
      for (std::size_t at = 1; at < own.size(); ++at) {
        if (own[at - 1] >= own[at]) return "the members are out of order";
      }
    }
    for (const PersonId person : secondary) {
      if (std::binary_search(primary.begin(), primary.end(), person)) {
        return "a person belongs twice to a unit";
      }
    }
    for (const PersonId person : primary) {
      if (has_primary[person.value]) {
        return "a person has two primary memberships";
      }
      has_primary[person.value] = true;
    }
  }
  return {};
}

bool is_unit_or_none(const CheckedColumns& checked, UnitIndex unit) {
  return unit.is_none() || unit.value < checked.counts.units;
}

std::string_view history_fault(const CheckedColumns& checked) {
  const auto& history = checked.columns.history;
  if (!is_grouped(history)) return "the memberships are not grouped by person";
  for (std::size_t person = 0; person + 1 < history.begin.size(); ++person) {
    const MembershipSpan* before = nullptr;
    for (const MembershipSpan& span : history.of(person)) {
      if (!is_unit_or_none(checked, span.unit) ||
          span.standing > Standing::secondary ||
          !is_good_interval(span.valid)) {
        return "a membership is not as it should be";
      }
      if (before != nullptr && std::tuple(span.valid, span.unit) <
                                   std::tuple(before->valid, before->unit)) {
        return "the memberships are out of order";
      }
      before = &span;
    }
  }
  return {};
}

// Days of records are always given.
bool are_record_days(Date from, Date until) {
  return is_civil(from) && is_civil(until) && from < until;
}

std::string_view records_fault(const CheckedColumns& checked,
                               const RecordColumns& r,
                               std::uint64_t subject_count) {
  const auto key = [&](std::size_t at) {
    return std::tuple(r.subject[at], r.valid_from[at], r.valid_until[at],
                      r.value[at], r.record[at]);
  };
  for (std::size_t at = 0; at < r.size(); ++at) {
    if (r.subject[at] >= subject_count && !UnitIndex{r.subject[at]}.is_none()) {
      return "the subject of a record is not there";
    }
    if (!are_record_days(Date{r.valid_from[at]}, Date{r.valid_until[at]})) {
      return "the days of a record are none";
    }
    if (!checked.knows(r.record[at])) return "a record is not there";
    // Most often the subjects differ, which is quicker to see.
    if (at > 0 && r.subject[at - 1] >= r.subject[at] &&
        !(key(at - 1) < key(at))) {
      return "the records are out of order";
    }
  }
  for (std::size_t at = 0; at < r.reaching.size(); ++at) {
    if (r.reaching[at] >= r.size() ||
        (at > 0 && r.reaching[at - 1] >= r.reaching[at])) {
      return "the records that reach below are out of order";
    }
  }
  return {};
}

std::string_view attendance_fault(const CheckedColumns& checked) {
  const Snapshot::Columns& c = checked.columns;
  for (std::size_t at = 0; at < c.attended.size(); ++at) {
    const AttendedRecord& one = c.attended[at];
    if (!checked.knows(one.record.value) ||
        one.measure.value >= c.measures.size() ||
        !is_unit_or_none(checked, one.unit) ||
        !are_record_days(one.valid.valid_from, one.valid.valid_until) ||
        (at > 0 && c.attended[at - 1].record >= one.record)) {
      return "an attended record is not as it should be";
    }
  }
  for (std::size_t at = 0; at < c.marks.size(); ++at) {
    const Mark& mark = c.marks[at];
    if (mark.person.value >= checked.counts.persons ||
        mark.attended >= c.attended.size() ||
        mark.presence > Presence::absent) {
      return "a mark is not as it should be";
    }
    if (at > 0 &&
        std::tuple(c.marks[at - 1].person, c.marks[at - 1].attended) >=
            std::tuple(mark.person, mark.attended)) {
      return "the marks are out of order";
    }
  }
  return {};
}

std::string_view attribute_fault(const CheckedColumns& checked, EntityType type,
                                 const AttributeColumn& column) {
  const auto is_there = [&](std::uint32_t subject) {
    switch (type) {
      case EntityType::unit:
        return subject < checked.counts.units;
      case EntityType::person:
        return subject < checked.counts.persons;
      case EntityType::post:
        return subject < checked.counts.posts;
      case EntityType::record:
        return checked.knows(subject);
    }
    return false;
  };
  for (std::size_t at = 0; at < column.subjects.size(); ++at) {
    if (!is_there(column.subjects[at]) ||
        (at > 0 && column.subjects[at - 1] >= column.subjects[at])) {
      return "a subject is not there or out of order";
    }
  }
  return {};
}

std::string_view figure_fault(const FigureColumn& figure) {
  for (const std::uint8_t has : figure.has_value) {
    if (has > 1) return "whether a unit has a value is neither 0 nor 1";
  }
  return {};
}

// The parts behind the fixed ones.
std::string_view listed_fault(const CheckedColumns& checked, std::size_t part) {
  const Snapshot::Columns& c = checked.columns;
  if (part < part::of_records(c, 0, false)) {
    return ForestColumns::fault_of(c.forests[part - part::of_forest(0)],
                                   checked.counts.units, false);
  }
  if (part < part::of_attribute(c, 0, 0)) {
    const std::size_t at = part - part::of_records(c, 0, false);
    return at % 2 == 0 ? records_fault(checked, c.unit_records[at / 2],
                                       checked.counts.units)
                       : records_fault(checked, c.person_records[at / 2],
                                       checked.counts.persons);
  }
  if (part < part::of_figure(c, 0)) {
    const std::size_t at = part - part::of_attribute(c, 0, 0);
    return attribute_fault(checked, static_cast<EntityType>(at % 4),
                           c.attributes[at % 4][at / 4]);
  }
  return figure_fault(c.figures[part - part::of_figure(c, 0)]);
}

bool has_records_sizes(const RecordColumns& records) {
  const std::size_t count = records.subject.size();
  return records.valid_from.size() == count &&
         records.valid_until.size() == count && records.value.size() == count &&
         records.record.size() == count && records.reaching.size() <= count;
}

// Nothing, or one for each.
bool is_none_or(std::size_t size, std::uint64_t count) {
  return size == 0 || size == count;
}

}  // namespace

template <typename Offset>
std::string_view texts_fault(std::span<const Offset> offsets,
                             std::string_view bytes) {
  if (offsets.empty()) return bytes.empty() ? "" : "there are texts too many";
  if (offsets.front() != 0 || offsets.back() != bytes.size() ||
      !std::is_sorted(offsets.begin(), offsets.end())) {
    return "the texts do not follow each other";
  }
  if (valid_utf8_size(bytes) != bytes.size()) return "a text is not UTF-8";
  for (const Offset offset : offsets) {
    if (offset < bytes.size() &&
        (static_cast<unsigned char>(bytes[offset]) & 0xC0U) == 0x80U) {
      return "a text begins inside a character";
    }
  }
  return {};
}

template std::string_view texts_fault(std::span<const std::uint32_t> offsets,
                                      std::string_view bytes);
template std::string_view texts_fault(std::span<const std::uint64_t> offsets,
                                      std::string_view bytes);

std::string_view sizes_fault(const CheckedColumns& checked) {
  const Snapshot::Columns& c = checked.columns;
  const FileCounts& counts = checked.counts;
  const std::uint64_t units = counts.units;
  const bool units_fit =
      c.unit_kind.size() == units && c.registry_unit.size() == units &&
      c.life.begin.size() == units + 1 && c.unit_identity.size() == units &&
      is_none_or(c.by_identity.size(), units) && c.unit_name.size() == units &&
      c.unit_code.size() == units;
  const bool persons_fit =
      c.person_identity.size() == counts.persons &&
      is_none_or(c.persons_by_identity.size(), counts.persons) &&
      c.members[0].begin.size() == units + 1 &&
      c.members[1].begin.size() == units + 1 &&
      is_none_or(c.history.begin.size(), counts.persons + 1);
  if (!units_fit || !persons_fit ||
      c.record_identity.size() != counts.record_identities ||
      counts.records > std::max<std::uint64_t>(checked.known_records.size() * 8,
                                               counts.record_identities)) {
    return "a column has another length than the head says";
  }
  for (const auto* of_type : {&c.unit_records, &c.person_records}) {
    if (!std::all_of(of_type->begin(), of_type->end(), has_records_sizes)) {
      return "the records have columns of different lengths";
    }
  }
  for (const auto& of_type : c.attributes) {
    for (const AttributeColumn& column : of_type) {
      if (column.subjects.size() != column.values.size()) {
        return "an attribute has columns of different lengths";
      }
    }
  }
  for (const FigureColumn& figure : c.figures) {
    if (figure.values.size() != units ||
        !is_none_or(figure.has_value.size(), units)) {
      return "a figure does not have one value for each unit";
    }
  }
  for (const Forest& forest : c.forests) {
    const auto fault = ForestColumns::fault_of(forest, units, true);
    if (!fault.empty()) return fault;
  }
  return {};
}

std::string_view part_fault(const CheckedColumns& checked, std::size_t part) {
  const Snapshot::Columns& c = checked.columns;
  switch (part) {
    case part::units:
      return units_fault(c);
    case part::unit_identities:
      return identities_fault(c.unit_identity, c.by_identity);
    case part::persons:
      return identities_fault(c.person_identity, c.persons_by_identity);
    case part::members:
      return members_fault(checked);
    case part::history:
      return history_fault(checked);
    case part::attendance:
      return attendance_fault(checked);
    case part::unit_names:
    case part::unit_codes:
    case part::record_identities:
    case part::responsibility:
      return {};
    default:
      return listed_fault(checked, part);
  }
}

}  // namespace headrope
