// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The Registry's construction, look-up and accessors; adding is in add.cpp.

#include "headrope/registry.hpp"

#include "model/tables.hpp"
#include "model/vocabulary.hpp"

namespace headrope {
namespace {

template <typename IdType>
std::optional<IdType> found(const IdentityIndex& index, std::string_view id) {
  const std::uint32_t at = index.find(id);
  if (at == IdentityIndex::none) return std::nullopt;
  return IdType{at};
}

}  // namespace

Registry::Registry(const Limits& limits, StartingVocabulary vocabulary)
    : tables_(std::make_unique<Tables>(Limits{})) {
  // The vocabulary is ours: limits are for what a caller adds.
  if (vocabulary == StartingVocabulary::shipped) add_shipped_vocabulary(*this);
  tables_->limits = limits;
}

Registry::~Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;

const Limits& Registry::limits() const { return tables_->limits; }

std::optional<KindId> Registry::find_kind(std::string_view id) const {
  return found<KindId>(tables_->kind_index, id);
}
std::optional<HierarchyId> Registry::find_hierarchy(std::string_view id) const {
  return found<HierarchyId>(tables_->hierarchy_index, id);
}
std::optional<RoleId> Registry::find_role(std::string_view id) const {
  return found<RoleId>(tables_->role_index, id);
}
std::optional<MeasureId> Registry::find_measure(std::string_view id) const {
  return found<MeasureId>(tables_->measure_index, id);
}
std::optional<UnitId> Registry::find_unit(std::string_view id) const {
  return found<UnitId>(tables_->unit_index, id);
}
std::optional<PersonId> Registry::find_person(std::string_view id) const {
  return found<PersonId>(tables_->person_index, id);
}
std::optional<PostId> Registry::find_post(std::string_view id) const {
  return found<PostId>(tables_->post_index, id);
}
std::optional<DutyId> Registry::find_duty(std::string_view id) const {
  return found<DutyId>(tables_->duty_index, id);
}
std::optional<AttributeId> Registry::find_attribute(
    std::string_view name) const {
  return found<AttributeId>(tables_->attribute_index, name);
}
std::optional<RecordId> Registry::find_record(std::string_view id) const {
  const std::uint32_t name = tables_->record_index.find(id);
  if (name == IdentityIndex::none) return std::nullopt;
  return tables_->record_of_name[name];
}

std::span<const std::string_view> Registry::unit_identities() const {
  return tables_->unit_index.all();
}
std::span<const std::string_view> Registry::person_identities() const {
  return tables_->person_index.all();
}
std::span<const std::string_view> Registry::post_identities() const {
  return tables_->post_index.all();
}
std::span<const std::string_view> Registry::duty_identities() const {
  return tables_->duty_index.all();
}
std::span<const std::string_view> Registry::attribute_names() const {
  return tables_->attribute_index.all();
}
std::span<const std::string_view> Registry::event_identities() const {
  return tables_->event_index.all();
}
std::string_view Registry::record_identity(RecordId record) const {
  const auto& names = tables_->name_of_record;
  if (record.value >= names.size()) return {};
  const std::uint32_t name = names[record.value];
  return name == IdentityIndex::none ? std::string_view{}
                                     : tables_->record_index[name];
}

std::span<const Kind> Registry::kinds() const { return tables_->kinds; }
std::span<const Hierarchy> Registry::hierarchies() const {
  return tables_->hierarchies;
}
std::span<const Role> Registry::roles() const { return tables_->roles; }
std::span<const Measure> Registry::measures() const {
  return tables_->measures;
}
std::span<const UnitState> Registry::unit_states() const {
  return tables_->unit_states;
}
std::span<const Link> Registry::links() const { return tables_->links; }
std::span<const Pairing> Registry::pairings() const {
  return tables_->pairings;
}
std::span<const Attribute> Registry::attributes() const {
  return tables_->attributes;
}
std::span<const Membership> Registry::memberships() const {
  return tables_->memberships;
}
std::span<const Post> Registry::posts() const { return tables_->posts; }
std::span<const Holding> Registry::holdings() const {
  return tables_->holdings;
}
std::span<const Duty> Registry::duties() const { return tables_->duties; }
std::span<const DutyScope> Registry::duty_scopes() const {
  return tables_->duty_scopes;
}
std::span<const Assignment> Registry::assignments() const {
  return tables_->assignments;
}
std::span<const Need> Registry::needs() const { return tables_->needs; }
std::span<const Record> Registry::records() const { return tables_->records; }
std::span<const Attendance> Registry::attendance() const {
  return tables_->attendance;
}
std::span<const EventPart> Registry::event_parts() const {
  return tables_->event_parts;
}

bool Registry::is_a(KindId kind, KindId wider) const {
  // The tree cannot hold a cycle: a kind's parent is older than the kind.
  for (; !kind.is_none(); kind = tables_->kinds[kind.value].parent) {
    if (kind == wider) return true;
  }
  return false;
}

std::string_view Registry::Tables::identity(const Entity& entity) const {
  switch (entity.type) {
    case EntityType::unit:
      return unit_index[entity.index];
    case EntityType::person:
      return person_index[entity.index];
    case EntityType::post:
      return post_index[entity.index];
    case EntityType::record:
      return entity.index < name_of_record.size() &&
                     name_of_record[entity.index] != IdentityIndex::none
                 ? record_index[name_of_record[entity.index]]
                 : std::string_view{};
  }
  return {};
}

}  // namespace headrope
