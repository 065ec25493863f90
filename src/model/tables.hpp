// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a Registry is made of: one index of identities for each entity and one
// vector of rows for each table. The loader fills it directly, in batches.

#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/huge_pages.hpp"
#include "base/identity_index.hpp"
#include "base/text_store.hpp"
#include "headrope/registry.hpp"

namespace headrope {

/// Rows of a table that may be of national size.
template <typename Row>
using LargeTable = std::vector<Row, HugePageAllocator<Row>>;

struct Registry::Tables {
  explicit Tables(const Limits& limits_given) : limits(limits_given) {}

  Limits limits;
  // Snapshots share the texts, so that they outlive the Registry.
  std::shared_ptr<TextStore> texts = std::make_shared<TextStore>();

  IdentityIndex kind_index{*texts};
  IdentityIndex hierarchy_index{*texts};
  IdentityIndex role_index{*texts};
  IdentityIndex measure_index{*texts};
  IdentityIndex unit_index{*texts};
  IdentityIndex person_index{*texts};
  IdentityIndex post_index{*texts};
  IdentityIndex duty_index{*texts};
  IdentityIndex attribute_index{*texts};
  IdentityIndex event_index{*texts};
  // Record identities are optional: the index numbers the named ones.
  IdentityIndex record_index{*texts};
  std::vector<RecordId> record_of_name;
  std::vector<std::uint32_t> name_of_record;  // Only as long as needed.
  // Texts that repeat much, kept once: attribute values, sources, clauses.
  IdentityIndex repeated_texts{*texts};

  std::vector<Kind> kinds;
  std::vector<Hierarchy> hierarchies;
  std::vector<Role> roles;
  std::vector<Measure> measures;
  LargeTable<UnitState> unit_states;
  LargeTable<Link> links;
  std::vector<Pairing> pairings;
  LargeTable<Attribute> attributes;
  LargeTable<Membership> memberships;
  LargeTable<Post> posts;
  LargeTable<Holding> holdings;
  std::vector<Duty> duties;
  std::vector<DutyScope> duty_scopes;
  std::vector<Assignment> assignments;
  std::vector<Need> needs;
  LargeTable<Record> records;
  LargeTable<Attendance> attendance;
  std::vector<EventPart> event_parts;

  /// Keeps a text once, however often it comes.
  std::string_view keep_once(std::string_view text) {
    return text.empty() ? std::string_view{}
                        : repeated_texts[repeated_texts.find_or_add(text)];
  }

  /// The identity of an entity, for messages.
  [[nodiscard]] std::string_view identity(const Entity& entity) const;
};

}  // namespace headrope
