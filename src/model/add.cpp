// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Adding to a Registry. Each row is checked for what it alone can tell; the
// row is kept only if all of it is good.

#include <initializer_list>
#include <string>

#include "base/utf8.hpp"
#include "headrope/registry.hpp"
#include "model/tables.hpp"
#include "model/words.hpp"

namespace headrope {
namespace {

// The first error among some checks; nothing if all hold.
using Check = std::optional<Error>;

Check first_of(std::initializer_list<Check> checks) {
  for (const Check& check : checks) {
    if (check) return check;
  }
  return std::nullopt;
}

template <typename IdType, typename List>
Check known(IdType id, const List& list, Code code, std::string_view what) {
  if (id.value < list.size()) return std::nullopt;
  return Error{code, "no " + std::string(what) + " has the id " +
                         std::to_string(id.value)};
}

bool is_day(Date day) { return day.is_open() || is_civil(day); }

Check good_interval(const Interval& interval, std::string_view which) {
  if (!is_day(interval.valid_from) || !is_day(interval.valid_until)) {
    return Error{Code::value_out_of_range,
                 std::string(which) +
                     "_from or _until is outside the years 1400 to 9999"};
  }
  if (interval.is_empty()) {
    return Error{Code::interval_reversed,
                 std::string(which) + "_until " +
                     in_quotes(to_string(interval.valid_until)) +
                     " is not after " + std::string(which) + "_from " +
                     in_quotes(to_string(interval.valid_from))};
  }
  return std::nullopt;
}

Check good_clocks(const Interval& valid, const Interval& recorded) {
  return first_of(
      {good_interval(valid, "valid"), good_interval(recorded, "recorded")});
}

Check room_in(std::size_t rows, std::size_t rows_max, std::string_view what) {
  if (rows < rows_max) return std::nullopt;
  return Error{Code::limit_exceeded, "more than " + std::to_string(rows_max) +
                                         " " + std::string(what)};
}

Check good_identity(std::string_view text, const Limits& limits) {
  if (text.empty()) {
    return Error{Code::identity_invalid, "an identity must not be empty"};
  }
  if (text.size() > limits.identity_bytes_max) {
    return Error{Code::identity_invalid,
                 in_quotes(text) + " is longer than " +
                     std::to_string(limits.identity_bytes_max) + " bytes"};
  }
  const std::size_t good = valid_utf8_size(text);
  if (good != text.size()) {
    return Error{Code::identity_invalid,
                 "an identity is not UTF-8 at byte " + std::to_string(good)};
  }
  if (text.find('\0') != std::string_view::npos) {
    return Error{Code::identity_invalid, "an identity holds a zero byte"};
  }
  return std::nullopt;
}

template <typename IdType>
Result<IdType> make_identity(IdentityIndex& index, std::string_view text,
                             const Limits& limits, std::size_t count_max,
                             std::string_view what) {
  if (Check fault = good_identity(text, limits)) return *std::move(fault);
  if (Check full = room_in(index.size(), count_max, what);
      full && index.find(text) == IdentityIndex::none) {
    return *std::move(full);
  }
  return IdType{index.find_or_add(text)};
}

Label kept(Registry::Tables& tables, const Label& label) {
  return {tables.keep_once(label.zh), tables.keep_once(label.en)};
}

bool same_label(const Label& left, const Label& right) {
  return left.zh == right.zh && left.en == right.en;
}

bool same(const Kind& left, const Kind& right) {
  return left.parent == right.parent && same_label(left.label, right.label);
}

bool same(const Hierarchy& left, const Hierarchy& right) {
  return left.parents == right.parents && left.cycles == right.cycles &&
         left.orphans == right.orphans &&
         left.outside_life == right.outside_life &&
         left.child_kinds == right.child_kinds &&
         left.parent_kinds == right.parent_kinds &&
         same_label(left.label, right.label);
}

// What the later row leaves open about function and holders is as it was.
bool same(const Role& left, const Role& right) {
  return left.holders_max == right.holders_max &&
         same_label(left.label, right.label) &&
         (right.function == RoleFunction::other ||
          left.function == right.function) &&
         (right.holder_types.empty() ||
          left.holder_types == right.holder_types) &&
         (right.holder_kinds.empty() ||
          left.holder_kinds == right.holder_kinds);
}

bool same(const Measure& left, const Measure& right) {
  return left.nature == right.nature &&
         left.unit_of_measure == right.unit_of_measure &&
         left.decimals == right.decimals && same_label(left.label, right.label);
}

// Adds an entry of the vocabulary, or finds it there with the same meaning.
template <typename IdType, typename Entry>
Result<IdType> add_entry(Registry::Tables& tables, IdentityIndex& index,
                         std::vector<Entry>& entries, Entry entry) {
  const std::uint32_t found = index.find(entry.id);
  if (found != IdentityIndex::none) {
    if (same(entries[found], entry)) return IdType{found};
    return Error{
        Code::vocabulary_contradicted,
        in_quotes(entry.id) + " is there already with another meaning"};
  }
  if (Check fault = first_of(
          {good_identity(entry.id, tables.limits),
           room_in(index.size(), tables.limits.vocabulary_max, "entries")})) {
    return *std::move(fault);
  }
  const IdType id{index.find_or_add(entry.id)};
  entry.id = index[id.value];
  entry.label = kept(tables, entry.label);
  entries.push_back(std::move(entry));
  return id;
}

Check known_kinds(const std::vector<KindId>& kinds,
                  const Registry::Tables& tables) {
  for (const KindId kind : kinds) {
    if (Check fault = known(kind, tables.kinds, Code::kind_unknown, "kind")) {
      return fault;
    }
  }
  return std::nullopt;
}

Check known_entity(const Entity& entity, const Registry::Tables& tables) {
  switch (entity.type) {
    case EntityType::unit:
      return known(UnitId{entity.index}, tables.unit_index.all(),
                   Code::unit_unknown, "unit");
    case EntityType::person:
      return known(PersonId{entity.index}, tables.person_index.all(),
                   Code::person_unknown, "person");
    case EntityType::post:
      return known(PostId{entity.index}, tables.post_index.all(),
                   Code::post_unknown, "post");
    case EntityType::record:
      return known(RecordId{entity.index}, tables.records, Code::record_unknown,
                   "record");
  }
  return Error{Code::invalid_argument, "no such type of entity"};
}

Check known_holder(const Entity& holder, const Registry::Tables& tables) {
  if (holder.type == EntityType::record) {
    return Error{Code::invalid_argument, "a record cannot hold anything"};
  }
  return known_entity(holder, tables);
}

Check known_scope(const Scope& scope, const Registry::Tables& tables) {
  switch (scope.type) {
    case Scope::Type::all:
      return std::nullopt;
    case Scope::Type::kind:
      return known(scope.kind, tables.kinds, Code::kind_unknown, "kind");
    case Scope::Type::subtree:
      if (Check fault = known(scope.hierarchy, tables.hierarchies,
                              Code::hierarchy_unknown, "hierarchy")) {
        return fault;
      }
      [[fallthrough]];
    case Scope::Type::unit:
      return known(scope.unit, tables.unit_index.all(), Code::unit_unknown,
                   "unit");
  }
  return Error{Code::invalid_argument, "no such type of scope"};
}

// What a need must say depends on what it counts.
Check known_need(const Need& row, const Registry::Tables& tables) {
  using Type = Need::Type;
  const bool counts_ties =
      row.type == Type::pairings || row.type == Type::pairings_held;
  if (row.at_most && *row.at_most < row.at_least) {
    return Error{Code::value_out_of_range, "at_most is below at_least"};
  }
  if (row.type == Type::pairings
          ? !row.role.is_none()
          : row.type != Type::pairings_held && row.role.is_none()) {
    return Error{Code::invalid_argument,
                 row.role.is_none() ? "a need of holders or turns names a role"
                                    : "a need of pairings names no role"};
  }
  if (counts_ties == row.pairing.empty()) {
    return Error{Code::invalid_argument,
                 counts_ties ? "a need of pairings names the pairing"
                             : "only a need of pairings names a pairing"};
  }
  if ((row.type == Type::turns) == row.measure.is_none()) {
    return Error{Code::invalid_argument,
                 row.measure.is_none() ? "a need of turns names a measure"
                                       : "only a need of turns has a measure"};
  }
  const auto optional = [](auto id, const auto& list, Code code,
                           std::string_view what) {
    return id.is_none() ? Check{} : known(id, list, code, what);
  };
  return first_of(
      {optional(row.duty, tables.duty_index.all(), Code::duty_unknown, "duty"),
       optional(row.role, tables.roles, Code::role_unknown, "role"),
       optional(row.measure, tables.measures, Code::measure_unknown, "measure"),
       row.pairing.empty() ? Check{}
                           : good_identity(row.pairing, tables.limits)});
}

template <typename Table, typename Row>
Result<void> append(Table& rows, Row row) {
  rows.push_back(std::move(row));
  return {};
}

}  // namespace

Result<KindId> Registry::add(const Kind& kind) {
  if (!kind.parent.is_none()) {
    if (Check fault =
            known(kind.parent, tables_->kinds, Code::kind_unknown, "kind")) {
      return *std::move(fault);
    }
  }
  return add_entry<KindId>(*tables_, tables_->kind_index, tables_->kinds, kind);
}

Result<HierarchyId> Registry::add(const Hierarchy& hierarchy) {
  if (Check fault = first_of({known_kinds(hierarchy.child_kinds, *tables_),
                              known_kinds(hierarchy.parent_kinds, *tables_)})) {
    return *std::move(fault);
  }
  return add_entry<HierarchyId>(*tables_, tables_->hierarchy_index,
                                tables_->hierarchies, hierarchy);
}

Result<RoleId> Registry::add(const Role& role) {
  if (Check fault = known_kinds(role.holder_kinds, *tables_)) {
    return *std::move(fault);
  }
  return add_entry<RoleId>(*tables_, tables_->role_index, tables_->roles, role);
}

Result<MeasureId> Registry::add(const Measure& measure) {
  if (measure.decimals > 9) {
    return Error{Code::value_out_of_range, std::to_string(measure.decimals) +
                                               " decimals are more than 9"};
  }
  Measure entry = measure;
  entry.unit_of_measure = tables_->keep_once(measure.unit_of_measure);
  return add_entry<MeasureId>(*tables_, tables_->measure_index,
                              tables_->measures, entry);
}

Result<UnitId> Registry::make_unit(std::string_view identity) {
  return make_identity<UnitId>(tables_->unit_index, identity, tables_->limits,
                               tables_->limits.units_max, "units");
}

Result<PersonId> Registry::make_person(std::string_view identity) {
  return make_identity<PersonId>(tables_->person_index, identity,
                                 tables_->limits, tables_->limits.persons_max,
                                 "persons");
}

Result<PostId> Registry::make_post(std::string_view identity) {
  return make_identity<PostId>(tables_->post_index, identity, tables_->limits,
                               tables_->limits.rows_max, "posts");
}

Result<DutyId> Registry::make_duty(std::string_view identity) {
  return make_identity<DutyId>(tables_->duty_index, identity, tables_->limits,
                               tables_->limits.rows_max, "duties");
}

Result<AttributeId> Registry::make_attribute(std::string_view name) {
  return make_identity<AttributeId>(
      tables_->attribute_index, name, tables_->limits,
      tables_->limits.vocabulary_max, "attributes");
}

Result<EventId> Registry::make_event(std::string_view identity) {
  return make_identity<EventId>(tables_->event_index, identity, tables_->limits,
                                tables_->limits.rows_max, "events");
}

Result<void> Registry::add(const UnitState& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.unit, t.unit_index.all(), Code::unit_unknown, "unit"),
           known(row.kind, t.kinds, Code::kind_unknown, "kind"),
           good_clocks(row.valid, row.recorded),
           room_in(t.unit_states.size(), t.limits.rows_max, "unit rows")})) {
    return *std::move(fault);
  }
  UnitState kept_row = row;
  kept_row.name = t.texts->keep(row.name);
  kept_row.code = t.texts->keep(row.code);
  return append(t.unit_states, kept_row);
}

Result<void> Registry::add(const Link& row) {
  Tables& t = *tables_;
  const auto& units = t.unit_index.all();
  if (Check fault =
          first_of({known(row.hierarchy, t.hierarchies, Code::hierarchy_unknown,
                          "hierarchy"),
                    known(row.unit, units, Code::unit_unknown, "unit"),
                    row.parent.is_none()
                        ? Check{}
                        : known(row.parent, units, Code::unit_unknown, "unit"),
                    good_clocks(row.valid, row.recorded),
                    room_in(t.links.size(), t.limits.rows_max, "links")})) {
    return *std::move(fault);
  }
  if (row.unit == row.parent) {
    return Error{Code::self_link, in_quotes(t.unit_index[row.unit.value]) +
                                      " cannot be its own parent"};
  }
  return append(t.links, row);
}

Result<void> Registry::add(const Pairing& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {good_identity(row.pairing, t.limits), known_holder(row.holder, t),
           known(row.unit, t.unit_index.all(), Code::unit_unknown, "unit"),
           good_clocks(row.valid, row.recorded),
           room_in(t.pairings.size(), t.limits.rows_max, "pairings")})) {
    return *std::move(fault);
  }
  Pairing kept_row = row;
  kept_row.pairing = t.keep_once(row.pairing);
  return append(t.pairings, kept_row);
}

Result<void> Registry::add(const Attribute& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known_entity(row.subject, t),
           known(row.attribute, t.attribute_index.all(), Code::not_found,
                 "attribute"),
           good_clocks(row.valid, row.recorded),
           room_in(t.attributes.size(), t.limits.rows_max, "attributes")})) {
    return *std::move(fault);
  }
  Attribute kept_row = row;
  kept_row.value = t.keep_once(row.value);
  return append(t.attributes, kept_row);
}

Result<void> Registry::add(const Membership& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.person, t.person_index.all(), Code::person_unknown,
                 "person"),
           known(row.unit, t.unit_index.all(), Code::unit_unknown, "unit"),
           good_clocks(row.valid, row.recorded),
           room_in(t.memberships.size(), t.limits.rows_max, "memberships")})) {
    return *std::move(fault);
  }
  return append(t.memberships, row);
}

Result<void> Registry::add(const Post& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.post, t.post_index.all(), Code::post_unknown, "post"),
           known(row.unit, t.unit_index.all(), Code::unit_unknown, "unit"),
           known(row.role, t.roles, Code::role_unknown, "role"),
           good_clocks(row.valid, row.recorded),
           room_in(t.posts.size(), t.limits.rows_max, "posts")})) {
    return *std::move(fault);
  }
  if (row.seats == 0) {
    return Error{Code::value_out_of_range, "a post must have at least 1 seat"};
  }
  if (!row.ex_officio.is_none()) {
    if (Check fault = known(row.ex_officio, t.post_index.all(),
                            Code::post_unknown, "post")) {
      return *std::move(fault);
    }
  }
  return append(t.posts, row);
}

Result<void> Registry::add(const Holding& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.post, t.post_index.all(), Code::post_unknown, "post"),
           known(row.person, t.person_index.all(), Code::person_unknown,
                 "person"),
           good_clocks(row.valid, row.recorded),
           room_in(t.holdings.size(), t.limits.rows_max, "holdings")})) {
    return *std::move(fault);
  }
  return append(t.holdings, row);
}

Result<void> Registry::add(const Duty& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.duty, t.duty_index.all(), Code::duty_unknown, "duty"),
           row.inherited.is_none()
               ? Check{}
               : known(row.inherited, t.hierarchies, Code::hierarchy_unknown,
                       "hierarchy"),
           good_clocks(row.valid, row.recorded),
           room_in(t.duties.size(), t.limits.rows_max, "duties")})) {
    return *std::move(fault);
  }
  Duty kept_row = row;
  kept_row.division = t.keep_once(row.division);
  kept_row.name = t.texts->keep(row.name);
  kept_row.clause = t.keep_once(row.clause);
  return append(t.duties, kept_row);
}

Result<void> Registry::add(const DutyScope& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.duty, t.duty_index.all(), Code::duty_unknown, "duty"),
           known_scope(row.scope, t), good_clocks(row.valid, row.recorded),
           room_in(t.duty_scopes.size(), t.limits.rows_max, "scopes")})) {
    return *std::move(fault);
  }
  DutyScope kept_row = row;
  kept_row.clause = t.keep_once(row.clause);
  return append(t.duty_scopes, kept_row);
}

Result<void> Registry::add(const Assignment& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.duty, t.duty_index.all(), Code::duty_unknown, "duty"),
           known(row.role, t.roles, Code::role_unknown, "role"),
           known_holder(row.holder, t),
           row.scope ? known_scope(*row.scope, t) : Check{},
           good_clocks(row.valid, row.recorded),
           room_in(t.assignments.size(), t.limits.rows_max, "assignments")})) {
    return *std::move(fault);
  }
  Assignment kept_row = row;
  kept_row.clause = t.keep_once(row.clause);
  return append(t.assignments, kept_row);
}

Result<void> Registry::add(const Need& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known_need(row, t), row.scope ? known_scope(*row.scope, t) : Check{},
           good_clocks(row.valid, row.recorded),
           room_in(t.needs.size(), t.limits.rows_max, "needs")})) {
    return *std::move(fault);
  }
  Need kept_row = row;
  kept_row.pairing = t.keep_once(row.pairing);
  kept_row.clause = t.keep_once(row.clause);
  return append(t.needs, kept_row);
}

Result<RecordId> Registry::add(const Record& row, std::string_view identity) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.measure, t.measures, Code::measure_unknown, "measure"),
           row.unit.is_none() ? Check{}
                              : known(row.unit, t.unit_index.all(),
                                      Code::unit_unknown, "unit"),
           row.person.is_none() ? Check{}
                                : known(row.person, t.person_index.all(),
                                        Code::person_unknown, "person"),
           good_clocks(row.valid, row.recorded),
           room_in(t.records.size(), t.limits.rows_max, "records")})) {
    return *std::move(fault);
  }
  if (row.unit.is_none() && row.person.is_none()) {
    return Error{Code::subject_missing,
                 "a record needs a unit or a person, or both"};
  }
  if (row.valid.valid_from.is_open() || row.valid.valid_until.is_open()) {
    return Error{Code::value_missing, "a record needs its first and last day"};
  }
  const RecordId id{static_cast<std::uint32_t>(t.records.size())};
  if (!identity.empty()) {
    if (Check fault = good_identity(identity, t.limits)) {
      return *std::move(fault);
    }
    const std::size_t names = t.record_index.size();
    const std::uint32_t name = t.record_index.find_or_add(identity);
    if (name < names) {
      return Error{Code::identity_repeated,
                   in_quotes(identity) + " names a record already"};
    }
    t.record_of_name.push_back(id);
    t.name_of_record.resize(id.value, IdentityIndex::none);
    t.name_of_record.push_back(name);
  }
  Record kept_row = row;
  kept_row.source = t.keep_once(row.source);
  t.records.push_back(kept_row);
  return id;
}

Result<void> Registry::add(const Attendance& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.record, t.records, Code::record_unknown, "record"),
           known(row.person, t.person_index.all(), Code::person_unknown,
                 "person"),
           good_interval(row.recorded, "recorded"),
           room_in(t.attendance.size(), t.limits.rows_max, "marks")})) {
    return *std::move(fault);
  }
  return append(t.attendance, row);
}

Result<void> Registry::add(const EventPart& row) {
  Tables& t = *tables_;
  if (Check fault = first_of(
          {known(row.event, t.event_index.all(), Code::not_found, "event"),
           known(row.unit, t.unit_index.all(), Code::unit_unknown, "unit"),
           good_interval(row.recorded, "recorded"),
           room_in(t.event_parts.size(), t.limits.rows_max, "event rows")})) {
    return *std::move(fault);
  }
  if (!is_civil(row.day)) {
    return Error{Code::value_missing, "a change event needs its day"};
  }
  if (row.share_denominator == 0 ||
      row.share_numerator > row.share_denominator) {
    return Error{Code::value_out_of_range, "a share must lie between 0 and 1"};
  }
  EventPart kept_row = row;
  kept_row.reference = t.keep_once(row.reference);
  return append(t.event_parts, kept_row);
}

}  // namespace headrope
