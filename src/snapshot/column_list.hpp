// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every column of a snapshot that lies in its file as it lies in memory, with
// the number of its section and the part it is looked at with: the one list by
// which a file is written, opened and looked at.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "snapshot/columns.hpp"

namespace headrope {

/// The sections of a file. The numbers are fixed; texts have two, where they
/// begin and, one number later, their bytes.
enum class SectionId : std::uint32_t {
  head = 1,
  registry_unit = 2,
  unit_kind = 3,
  life_begin = 4,
  life = 5,
  unit_identity = 6,
  by_identity = 8,
  unit_name = 9,
  unit_code = 11,
  person_identity = 13,
  persons_by_identity = 15,
  member_begin = 16,
  member = 17,
  history_begin = 18,
  history = 19,
  unit_of_place = 20,
  place_of_unit = 21,
  parent = 22,
  end = 23,
  depth = 24,
  many_units = 25,
  many_begin = 26,
  more_places = 27,
  record_subject = 28,
  record_from = 29,
  record_until = 30,
  record_value = 31,
  record_id = 32,
  record_reaching = 33,
  attended = 34,
  mark = 35,
  record_identity = 36,
  known_records = 38,
  responsibility = 39,
  attribute_subject = 40,
  attribute_value = 41,
  figure_value = 43,
  figure_has_value = 44,
};

/// Which section: its number, and which of its kind.
struct SectionKey {
  SectionId id = SectionId::head;
  std::uint32_t index = 0;
  friend auto operator<=>(const SectionKey&, const SectionKey&) = default;
};

/// The columns of a Forest, which are its own.
struct ForestColumns {
  /// Calls `use(key, part, column)` for each; ForestType is Forest or const.
  template <typename ForestType, typename Use>
  static void each(ForestType& forest, std::uint32_t at, const Use& use) {
    const std::size_t part = part::of_forest(at);
    use(SectionKey{SectionId::unit_of_place, at}, part, forest.unit_of_place_);
    use(SectionKey{SectionId::place_of_unit, at}, part, forest.place_of_unit_);
    use(SectionKey{SectionId::parent, at}, part, forest.parent_);
    use(SectionKey{SectionId::end, at}, part, forest.end_);
    use(SectionKey{SectionId::depth, at}, part, forest.depth_);
    use(SectionKey{SectionId::many_units, at}, part, forest.many_units_);
    use(SectionKey{SectionId::many_begin, at}, part, forest.many_begin_);
    use(SectionKey{SectionId::more_places, at}, part, forest.more_places_);
  }
  /// Makes a forest without columns.
  [[nodiscard]] static Forest make(HierarchyId hierarchy,
                                   std::uint32_t depth_max) {
    Forest forest;
    forest.hierarchy_ = hierarchy;
    forest.depth_max_ = depth_max;
    return forest;
  }
  /// What is wrong with a forest that was read from a file; empty: nothing.
  /// @param sizes_only looks at how long the columns are and not into them.
  /// @complexity O(places + units), or O(1).
  [[nodiscard]] static std::string_view fault_of(const Forest& forest,
                                                 std::size_t unit_count,
                                                 bool sizes_only);

 private:
  [[nodiscard]] static std::string_view sizes_fault(const Forest& forest,
                                                    std::size_t unit_count);
  [[nodiscard]] static std::string_view order_fault(const Forest& forest);
  [[nodiscard]] static std::string_view units_fault(const Forest& forest,
                                                    std::size_t unit_count);
  [[nodiscard]] static std::string_view many_fault(const Forest& forest);
  [[nodiscard]] static std::string_view copies_fault(const Forest& forest);
};

/// Calls `use(key, part, column)` for the columns of the records of a measure.
template <typename Records, typename Use>
void each_record_column(Records& records, std::uint32_t index, std::size_t part,
                        const Use& use) {
  use(SectionKey{SectionId::record_subject, index}, part, records.subject);
  use(SectionKey{SectionId::record_from, index}, part, records.valid_from);
  use(SectionKey{SectionId::record_until, index}, part, records.valid_until);
  use(SectionKey{SectionId::record_value, index}, part, records.value);
  use(SectionKey{SectionId::record_id, index}, part, records.record);
  use(SectionKey{SectionId::record_reaching, index}, part, records.reaching);
}

/// Calls `use(key, part, column)` for every column; `ColumnsType` is
/// Snapshot::Columns or const, a column a FrozenColumn or Texts. The lists of
/// forests, measures, attributes and figures have their lengths already.
template <typename ColumnsType, typename Use>
void each_column(ColumnsType& c, const Use& use) {
  const auto key = [](SectionId id, std::size_t index = 0) {
    return SectionKey{id, static_cast<std::uint32_t>(index)};
  };
  use(key(SectionId::registry_unit), part::units, c.registry_unit);
  use(key(SectionId::unit_kind), part::units, c.unit_kind);
  use(key(SectionId::life_begin), part::units, c.life.begin);
  use(key(SectionId::life), part::units, c.life.values);
  use(key(SectionId::unit_identity), part::unit_identities, c.unit_identity);
  use(key(SectionId::by_identity), part::unit_identities, c.by_identity);
  use(key(SectionId::unit_name), part::unit_names, c.unit_name);
  use(key(SectionId::unit_code), part::unit_codes, c.unit_code);
  use(key(SectionId::person_identity), part::persons, c.person_identity);
  use(key(SectionId::persons_by_identity), part::persons,
      c.persons_by_identity);
  for (std::size_t at = 0; at < c.members.size(); ++at) {
    use(key(SectionId::member_begin, at), part::members, c.members[at].begin);
    use(key(SectionId::member, at), part::members, c.members[at].values);
  }
  use(key(SectionId::history_begin), part::history, c.history.begin);
  use(key(SectionId::history), part::history, c.history.values);
  for (std::uint32_t at = 0; at < c.forests.size(); ++at) {
    ForestColumns::each(c.forests[at], at, use);
  }
  for (std::uint32_t at = 0; at < c.unit_records.size(); ++at) {
    each_record_column(c.unit_records[at], at * 2,
                       part::of_records(c, at, false), use);
    each_record_column(c.person_records[at], at * 2 + 1,
                       part::of_records(c, at, true), use);
  }
  use(key(SectionId::attended), part::attendance, c.attended);
  use(key(SectionId::mark), part::attendance, c.marks);
  use(key(SectionId::record_identity), part::record_identities,
      c.record_identity);
  for (std::size_t type = 0; type < c.attributes.size(); ++type) {
    for (std::size_t at = 0; at < c.attributes[type].size(); ++at) {
      auto& column = c.attributes[type][at];
      const std::size_t own = part::of_attribute(c, type, at);
      use(key(SectionId::attribute_subject, at * 4 + type), own,
          column.subjects);
      use(key(SectionId::attribute_value, at * 4 + type), own, column.values);
    }
  }
  for (std::size_t at = 0; at < c.figures.size(); ++at) {
    const std::size_t own = part::of_figure(c, at);
    use(key(SectionId::figure_value, at), own, c.figures[at].values);
    use(key(SectionId::figure_has_value, at), own, c.figures[at].has_value);
  }
}

}  // namespace headrope
