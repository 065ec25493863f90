// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every index and every vector of rows, in one list each.

#include "model/mark.hpp"

#include <algorithm>

namespace headrope {
namespace {

template <typename Visit>
void each_index(Registry::Tables& t, const Visit& visit) {
  std::size_t at = 0;
  for (IdentityIndex* index :
       {&t.kind_index, &t.hierarchy_index, &t.role_index, &t.measure_index,
        &t.unit_index, &t.person_index, &t.post_index, &t.duty_index,
        &t.attribute_index, &t.event_index, &t.record_index,
        &t.repeated_texts}) {
    visit(at++, *index);
  }
}

template <typename Visit>
void each_table(Registry::Tables& t, const Visit& visit) {
  std::size_t at = 0;
  const auto all = [&](auto&... rows) { (visit(at++, rows), ...); };
  all(t.record_of_name, t.name_of_record, t.kinds, t.hierarchies, t.roles,
      t.measures, t.unit_states, t.links, t.pairings, t.attributes,
      t.memberships, t.posts, t.holdings, t.duties, t.duty_scopes,
      t.assignments, t.needs, t.records, t.attendance, t.event_parts);
}

}  // namespace

RegistryMark::RegistryMark(Registry::Tables& tables) : tables_(tables) {
  each_index(tables_, [&](std::size_t at, const IdentityIndex& index) {
    indexes_[at] = index.size();
  });
  each_table(tables_, [&](std::size_t at, const auto& rows) {
    rows_[at] = rows.size();
  });
}

RegistryMark::~RegistryMark() {
  if (is_kept_) return;
  each_index(tables_, [&](std::size_t at, IdentityIndex& index) {
    index.truncate(indexes_[at]);
  });
  each_table(tables_, [&](std::size_t at, auto& rows) {
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(
                                  std::min(rows_[at], rows.size())),
               rows.end());
  });
}

}  // namespace headrope
