// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "cases/responsibility_texts.hpp"

#include <algorithm>

#include "cases/responsibility_case.hpp"

namespace headrope {

std::string SnapshotNames::text(UnitIndex unit) const {
  return unit.is_none() ? std::string() : std::string(snapshot_.identity(unit));
}

std::string SnapshotNames::text(PostId post) const {
  return post.is_none() ? std::string() : std::string(snapshot_.identity(post));
}

std::string SnapshotNames::text(DutyId duty) const {
  return duty.is_none() ? std::string() : std::string(snapshot_.identity(duty));
}

std::string SnapshotNames::text(PersonId person) const {
  return person.is_none() ? std::string()
                          : std::string(snapshot_.identity(person));
}

std::string SnapshotNames::text(RoleId role) const {
  return role.is_none() ? std::string()
                        : std::string(snapshot_.roles()[role.value].id);
}

std::string SnapshotNames::text(const Entity& entity) const {
  switch (entity.type) {
    case EntityType::unit:
      return text(UnitIndex{entity.index});
    case EntityType::person:
      return text(PersonId{entity.index});
    case EntityType::post:
      return text(PostId{entity.index});
    case EntityType::record:
      break;
  }
  return {};
}

std::string SnapshotNames::text(const Holder& holder) const {
  std::string made = text(holder.holder);
  if (made.empty()) made = "absent";
  if (holder.holder.type == EntityType::post) {
    made += '=';
    made += holder.person.is_none() ? "nobody" : text(holder.person);
  }
  if (holder.acting) made += " acting";
  return made;
}

std::string SnapshotNames::text(const Gap& gap) const {
  std::string made(gap_words[static_cast<std::size_t>(gap.type)]);
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) made += " " + std::string(key) + " " + value;
  };
  add("duty", text(gap.duty));
  add("other_duty", text(gap.other_duty));
  add("role", text(gap.role));
  add("unit", text(gap.unit));
  add("post", text(gap.post));
  add("person", text(gap.person));
  add("holder", text(gap.holder));
  add("other", text(gap.other));
  add("text", std::string(gap.text));
  add("clause", std::string(gap.clause));
  add("from", first_day_text(gap.days));
  add("until", last_day_text(gap.days));
  add("count", std::to_string(gap.count));
  add("limit", std::to_string(gap.limit));
  return made;
}

std::optional<std::vector<RoleId>> SnapshotNames::roles(
    const std::vector<std::string>& names) const {
  std::vector<RoleId> found;
  for (const std::string& name : names) {
    const auto role = snapshot_.find_role(name);
    if (!role) return std::nullopt;
    found.push_back(*role);
  }
  return found;
}

std::vector<RoleId> SnapshotNames::leading_roles() const {
  std::vector<RoleId> found;
  const auto roles = snapshot_.roles();
  for (std::uint32_t at = 0; at < roles.size(); ++at) {
    if (roles[at].function == RoleFunction::lead) found.push_back(RoleId{at});
  }
  return found;
}

std::string first_day_text(const Interval& days) {
  return days.valid_from.is_open() ? "open" : to_string(days.valid_from);
}

std::string last_day_text(const Interval& days) {
  return days.valid_until.is_open() ? "open"
                                    : to_string(add_days(days.valid_until, -1));
}

}  // namespace headrope
