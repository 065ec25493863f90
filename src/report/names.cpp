// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Look-ups of names.

#include "report/names.hpp"

namespace headrope {

ReportNames::ReportNames(const Snapshot& snapshot, Language language)
    : snapshot_(snapshot),
      language_(language),
      posts_(snapshot.post_count(), nullptr),
      duties_(snapshot.duty_count()) {
  // What holds on the day of the snapshot goes before.
  for (const Days days : {Days::today, Days::other}) {
    for (const PostState& post : snapshot.posts(days)) {
      const PostState*& known = posts_[post.post.value];
      if (known == nullptr) known = &post;
    }
    for (const DutyState& duty : snapshot.duties(days)) {
      std::string_view& known = duties_[duty.duty.value];
      if (known.empty()) known = duty.name;
    }
  }
}

std::string_view ReportNames::identity(DutyId duty) const {
  return duty.is_none() ? std::string_view{} : snapshot_.identity(duty);
}

std::string_view ReportNames::identity(UnitIndex unit) const {
  return unit.is_none() ? std::string_view{} : snapshot_.identity(unit);
}

std::string_view ReportNames::identity(PostId post) const {
  return post.is_none() ? std::string_view{} : snapshot_.identity(post);
}

std::string_view ReportNames::identity(PersonId person) const {
  return person.is_none() ? std::string_view{} : snapshot_.identity(person);
}

std::string_view ReportNames::identity(const Entity& holder) const {
  switch (holder.type) {
    case EntityType::unit:
      return identity(UnitIndex{holder.index});
    case EntityType::person:
      return identity(PersonId{holder.index});
    case EntityType::post:
      return identity(PostId{holder.index});
    case EntityType::record:
      break;  // A record holds nothing.
  }
  return {};
}

std::string_view ReportNames::name(DutyId duty) const {
  return duty.is_none() ? std::string_view{} : duties_[duty.value];
}

std::string_view ReportNames::name(UnitIndex unit) const {
  return unit.is_none() ? std::string_view{} : snapshot_.name(unit);
}

std::string_view ReportNames::kind(UnitIndex unit) const {
  return unit.is_none() ? std::string_view{}
                        : snapshot_.kinds()[snapshot_.kind(unit).value].id;
}

std::string ReportNames::name(const Entity& holder) const {
  if (holder.type == EntityType::unit) {
    return std::string(name(UnitIndex{holder.index}));
  }
  if (holder.type != EntityType::post) return {};
  const PostState* state = post(PostId{holder.index});
  if (state == nullptr) return {};
  const std::string_view unit = shown(state->unit);
  const std::string_view role = label(state->role);
  return std::string(unit) + (unit.empty() ? "" : " ") + std::string(role);
}

std::string ReportNames::shown(const Entity& holder) const {
  std::string text = name(holder);
  return text.empty() ? std::string(identity(holder)) : text;
}

std::string_view ReportNames::shown(DutyId duty) const {
  const std::string_view text = name(duty);
  return text.empty() ? identity(duty) : text;
}

std::string_view ReportNames::shown(UnitIndex unit) const {
  const std::string_view text = name(unit);
  return text.empty() ? identity(unit) : text;
}

std::string_view ReportNames::label(RoleId role) const {
  if (role.is_none()) return {};
  const Role& one = snapshot_.roles()[role.value];
  return chosen(one.label, one.id);
}

std::string_view ReportNames::label(KindId kind) const {
  if (kind.is_none()) return {};
  const Kind& one = snapshot_.kinds()[kind.value];
  return chosen(one.label, one.id);
}

bool ReportNames::leads(RoleId role) const {
  return !role.is_none() &&
         snapshot_.roles()[role.value].function == RoleFunction::lead;
}

const PostState* ReportNames::post(PostId post) const {
  return post.is_none() ? nullptr : posts_[post.value];
}

std::string_view ReportNames::chosen(const Label& label,
                                     std::string_view id) const {
  const bool zh = language_ == Language::zh;
  const std::string_view first = zh ? label.zh : label.en;
  const std::string_view second = zh ? label.en : label.zh;
  if (!first.empty()) return first;
  return second.empty() ? id : second;
}

}  // namespace headrope
