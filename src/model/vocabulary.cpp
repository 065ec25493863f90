// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading the compiled-in vocabulary. Its files are ours: a fault in them is a
// bug, and a test adds them to an empty Registry.

#include "model/vocabulary.hpp"

#include <vector>

#include <gsl/assert>

#include "model/words.hpp"

namespace headrope {
namespace {

using Fields = std::vector<std::string_view>;

Fields split(std::string_view text, char separator) {
  Fields fields;
  for (;;) {
    const std::size_t end = text.find(separator);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return fields;
    text.remove_prefix(end + 1);
  }
}

// Calls `use` with the fields of each line after the header.
template <typename Use>
void for_each_row(std::string_view csv, std::size_t width, const Use& use) {
  Fields lines = split(csv, '\n');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const Fields fields = split(lines[i], ',');
    Expects(fields.size() == width);
    use(fields);
  }
}

KindId known_kind(const Registry& registry, std::string_view id) {
  if (id.empty()) return {};
  const auto kind = registry.find_kind(id);
  Expects(kind.has_value());
  return *kind;
}

std::vector<KindId> known_kinds(const Registry& registry,
                                std::string_view list) {
  std::vector<KindId> kinds;
  if (list.empty()) return kinds;
  for (const std::string_view id : split(list, ';')) {
    kinds.push_back(known_kind(registry, id));
  }
  return kinds;
}

template <typename Enum>
Enum known_word(std::string_view word) {
  const auto value = find_word<Enum>(word);
  Expects(value.has_value());
  return *value;
}

std::uint32_t known_number(std::string_view digits) {
  std::uint32_t number = 0;
  for (const char digit : digits) {
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

Hierarchy hierarchy_of(const Registry& registry, const Fields& row) {
  Hierarchy hierarchy;
  hierarchy.id = row[0];
  hierarchy.parents = known_word<ParentPolicy>(row[1]);
  hierarchy.cycles = known_word<CyclePolicy>(row[2]);
  hierarchy.orphans = known_word<OrphanPolicy>(row[3]);
  hierarchy.outside_life = known_word<OutsideLifePolicy>(row[4]);
  hierarchy.child_kinds = known_kinds(registry, row[5]);
  hierarchy.parent_kinds = known_kinds(registry, row[6]);
  hierarchy.label = {row[7], row[8]};
  return hierarchy;
}

Role role_of(const Registry& registry, const Fields& row) {
  Role role{.id = row[0], .label = {row[5], row[6]}};
  if (!row[1].empty()) role.holders_max = known_number(row[1]);
  role.function = known_word<RoleFunction>(row[2]);
  if (!row[3].empty()) {
    for (const std::string_view type : split(row[3], ';')) {
      role.holder_types.push_back(known_word<EntityType>(type));
    }
  }
  role.holder_kinds = known_kinds(registry, row[4]);
  return role;
}

Measure measure_of(const Fields& row) {
  return {row[0],
          known_word<Nature>(row[1]),
          row[2],
          static_cast<std::uint8_t>(known_number(row[3])),
          {row[4], row[5]}};
}

}  // namespace

void add_shipped_vocabulary(Registry& registry) {
  const auto must = [](const auto& added) { Expects(added.has_value()); };
  for_each_row(shipped_kinds_csv, 4, [&](const Fields& row) {
    must(registry.add(
        Kind{row[0], known_kind(registry, row[1]), {row[2], row[3]}}));
  });
  for_each_row(shipped_hierarchies_csv, 9, [&](const Fields& row) {
    must(registry.add(hierarchy_of(registry, row)));
  });
  for_each_row(shipped_roles_csv, 7, [&](const Fields& row) {
    must(registry.add(role_of(registry, row)));
  });
  for_each_row(shipped_measures_csv, 6,
               [&](const Fields& row) { must(registry.add(measure_of(row))); });
}

}  // namespace headrope
