// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading a Snapshot.

#include "headrope/snapshot.hpp"

#include <algorithm>

#include "snapshot/columns.hpp"

namespace headrope {
namespace {

// Position of a name in a short list; none if it is not there.
template <typename IdType, typename List, typename NameOf>
std::optional<IdType> found_in(const List& list, std::string_view name,
                               const NameOf& name_of) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (name_of(list[i]) == name) {
      return IdType{static_cast<std::uint32_t>(i)};
    }
  }
  return std::nullopt;
}

// Finds an identity among `identities`, which `order` sorts; an empty order
// means that they are sorted as they stand.
template <typename List>
std::optional<std::uint32_t> find_sorted(const List& identities,
                                         std::span<const std::uint32_t> order,
                                         std::string_view identity) {
  std::size_t low = 0;
  std::size_t high = identities.size();
  const auto at = [&](std::size_t rank) {
    return order.empty() ? static_cast<std::uint32_t>(rank) : order[rank];
  };
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (identities[at(middle)] < identity) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == identities.size() || identities[at(low)] != identity) {
    return std::nullopt;
  }
  return at(low);
}

std::size_t bytes_of(const RecordColumns& records) {
  return records.subject.size_bytes() + records.valid_from.size_bytes() +
         records.valid_until.size_bytes() + records.value.size_bytes() +
         records.record.size_bytes() + records.reaching.size_bytes();
}

std::size_t bytes_of(const Forest& forest) {
  return forest.unit_column().size_bytes() +
         forest.parent_column().size_bytes() +
         forest.end_column().size_bytes() + forest.depth_column().size_bytes();
}

}  // namespace

std::span<const std::uint32_t> Forest::more_places(UnitIndex unit) const {
  const auto found =
      std::lower_bound(many_units_.begin(), many_units_.end(), unit.value);
  if (found == many_units_.end() || *found != unit.value) return {};
  const auto at = static_cast<std::size_t>(found - many_units_.begin());
  return std::span<const std::uint32_t>(more_places_)
      .subspan(many_begin_[at], many_begin_[at + 1] - many_begin_[at]);
}

Snapshot::Snapshot(std::unique_ptr<const Columns> columns)
    : columns_(std::move(columns)) {}
Snapshot::~Snapshot() = default;

const Snapshot::Columns& Snapshot::with(std::size_t part) const {
  if (columns_->guard != nullptr) columns_->guard->need(part);
  return *columns_;
}

Date Snapshot::as_of() const { return columns_->as_of; }
Date Snapshot::known_on() const { return columns_->known_on; }

std::size_t Snapshot::unit_count() const { return columns_->unit_kind.size(); }

std::optional<UnitIndex> Snapshot::find_unit(std::string_view identity) const {
  const auto found = find_sorted(with(part::unit_identities).unit_identity,
                                 columns_->by_identity, identity);
  if (!found) return std::nullopt;
  return UnitIndex{*found};
}

std::string_view Snapshot::identity(UnitIndex unit) const {
  return with(part::unit_identities).unit_identity[unit.value];
}
std::string_view Snapshot::name(UnitIndex unit) const {
  return with(part::unit_names).unit_name[unit.value];
}
std::string_view Snapshot::code(UnitIndex unit) const {
  return with(part::unit_codes).unit_code[unit.value];
}
KindId Snapshot::kind(UnitIndex unit) const {
  return with(part::units).unit_kind[unit.value];
}
std::span<const KindId> Snapshot::kind_column() const {
  return with(part::units).unit_kind;
}
std::span<const Interval> Snapshot::life(UnitIndex unit) const {
  return with(part::units).life.of(unit.value);
}
std::span<const Interval> Snapshot::life_column() const {
  return with(part::units).life.values;
}
std::span<const std::uint32_t> Snapshot::life_begin() const {
  return with(part::units).life.begin;
}
UnitId Snapshot::registry_unit(UnitIndex unit) const {
  return {with(part::units).registry_unit[unit.value]};
}

std::size_t Snapshot::person_count() const {
  return columns_->person_identity.size();
}
std::string_view Snapshot::identity(PersonId person) const {
  return with(part::persons).person_identity[person.value];
}
std::optional<PersonId> Snapshot::find_person(std::string_view identity) const {
  const auto found = find_sorted(with(part::persons).person_identity,
                                 columns_->persons_by_identity, identity);
  if (!found) return std::nullopt;
  return PersonId{*found};
}

std::span<const PersonId> Snapshot::members(UnitIndex unit,
                                            Standing standing) const {
  return with(part::members)
      .members[static_cast<std::size_t>(standing)]
      .of(unit.value);
}
std::span<const PersonId> Snapshot::member_column(Standing standing) const {
  return with(part::members).members[static_cast<std::size_t>(standing)].values;
}
std::span<const std::uint32_t> Snapshot::member_begin(Standing standing) const {
  return with(part::members).members[static_cast<std::size_t>(standing)].begin;
}

std::size_t Snapshot::membership_count(Standing standing) const {
  return columns_->members[static_cast<std::size_t>(standing)].values.size();
}
std::size_t Snapshot::unplaced_membership_count() const {
  return columns_->unplaced_memberships;
}
std::span<const MembershipSpan> Snapshot::history(PersonId person) const {
  return with(part::history).history.of(person.value);
}

std::span<const Forest> Snapshot::forests() const {
  for (std::size_t at = 0; at < columns_->forests.size(); ++at) {
    (void)with(part::of_forest(at));
  }
  return columns_->forests;
}

const Forest* Snapshot::find_forest(std::string_view hierarchy) const {
  for (const Forest& forest : columns_->forests) {
    if (columns_->hierarchies[forest.hierarchy().value].id == hierarchy) {
      const auto at =
          static_cast<std::size_t>(&forest - columns_->forests.data());
      (void)with(part::of_forest(at));
      return &forest;
    }
  }
  return nullptr;
}

const RecordColumns& Snapshot::unit_records(MeasureId measure) const {
  return with(part::of_records(*columns_, measure.value, false))
      .unit_records[measure.value];
}
const RecordColumns& Snapshot::person_records(MeasureId measure) const {
  return with(part::of_records(*columns_, measure.value, true))
      .person_records[measure.value];
}
std::span<const AttendedRecord> Snapshot::attended_records() const {
  return with(part::attendance).attended;
}
std::span<const Mark> Snapshot::marks() const {
  return with(part::attendance).marks;
}
std::string_view Snapshot::record_identity(RecordId record) const {
  const Texts& identities = with(part::record_identities).record_identity;
  return record.value < identities.size() ? identities[record.value]
                                          : std::string_view{};
}

std::span<const PostState> Snapshot::posts(Days days) const {
  return with(part::responsibility).posts.of(days);
}
std::span<const PostHolder> Snapshot::holders(Days days) const {
  return with(part::responsibility).holders.of(days);
}
std::span<const Tie> Snapshot::ties(Days days) const {
  return with(part::responsibility).ties.of(days);
}
std::span<const DutyState> Snapshot::duties(Days days) const {
  return with(part::responsibility).duties.of(days);
}
std::span<const DutyReach> Snapshot::duty_reaches(Days days) const {
  return with(part::responsibility).duty_reaches.of(days);
}
std::span<const AssignmentState> Snapshot::assignments(Days days) const {
  return with(part::responsibility).assignments.of(days);
}
std::span<const NeedState> Snapshot::needs(Days days) const {
  return with(part::responsibility).needs.of(days);
}
std::string_view Snapshot::absent_holder(std::size_t assignment,
                                         Days days) const {
  const Columns& columns = with(part::responsibility);
  const std::size_t at =
      assignment + (days == Days::today ? 0 : columns.assignments.today);
  const auto& list = columns.absent_holders;
  const auto found = std::lower_bound(
      list.begin(), list.end(), at, [](const auto& entry, std::size_t wanted) {
        return entry.first < wanted;
      });
  return found != list.end() && found->first == at ? found->second
                                                   : std::string_view{};
}
std::size_t Snapshot::post_count() const {
  return with(part::responsibility).post_identity.size();
}
std::size_t Snapshot::duty_count() const {
  return with(part::responsibility).duty_identity.size();
}
std::string_view Snapshot::identity(PostId post) const {
  const auto& identities = with(part::responsibility).post_identity;
  return post.value < identities.size() ? identities[post.value]
                                        : std::string_view{};
}
std::string_view Snapshot::identity(DutyId duty) const {
  const auto& identities = with(part::responsibility).duty_identity;
  return duty.value < identities.size() ? identities[duty.value]
                                        : std::string_view{};
}
std::span<const std::string_view> Snapshot::attribute_names() const {
  return columns_->attribute_names;
}
std::optional<PostId> Snapshot::find_post(std::string_view identity) const {
  const auto found = find_sorted(with(part::responsibility).post_identity,
                                 columns_->posts_by_identity, identity);
  if (!found) return std::nullopt;
  return PostId{*found};
}
std::optional<DutyId> Snapshot::find_duty(std::string_view identity) const {
  return found_in<DutyId>(with(part::responsibility).duty_identity, identity,
                          [](std::string_view entry) { return entry; });
}

std::optional<std::string_view> Snapshot::attribute(
    Entity subject, AttributeId attribute) const {
  const auto& of_type =
      columns_->attributes[static_cast<std::size_t>(subject.type)];
  if (attribute.value >= of_type.size()) return std::nullopt;
  (void)with(part::of_attribute(
      *columns_, static_cast<std::size_t>(subject.type), attribute.value));
  const AttributeColumn& column = of_type[attribute.value];
  const auto found = std::lower_bound(column.subjects.begin(),
                                      column.subjects.end(), subject.index);
  if (found == column.subjects.end() || *found != subject.index) {
    return std::nullopt;
  }
  return column
      .values[static_cast<std::size_t>(found - column.subjects.begin())];
}

std::optional<AttributeId> Snapshot::find_attribute(
    std::string_view name) const {
  return found_in<AttributeId>(columns_->attribute_names, name,
                               [](std::string_view entry) { return entry; });
}

std::size_t Snapshot::saved_figure_count() const {
  return columns_->figures.size();
}
SavedFigure Snapshot::saved_figure(std::size_t at) const {
  const FigureColumn& figure = with(part::of_figure(*columns_, at)).figures[at];
  return {figure.name, figure.day, figure.decimals, figure.values,
          figure.has_value};
}

std::span<const Kind> Snapshot::kinds() const { return columns_->kinds; }
std::span<const Hierarchy> Snapshot::hierarchies() const {
  return columns_->hierarchies;
}
std::span<const Role> Snapshot::roles() const { return columns_->roles; }
std::optional<RoleId> Snapshot::find_role(std::string_view id) const {
  return found_in<RoleId>(columns_->roles, id,
                          [](const Role& entry) { return entry.id; });
}
std::span<const Measure> Snapshot::measures() const {
  return columns_->measures;
}
std::optional<KindId> Snapshot::find_kind(std::string_view id) const {
  return found_in<KindId>(columns_->kinds, id,
                          [](const Kind& entry) { return entry.id; });
}
std::optional<MeasureId> Snapshot::find_measure(std::string_view id) const {
  return found_in<MeasureId>(columns_->measures, id,
                             [](const Measure& entry) { return entry.id; });
}

bool Snapshot::is_a(KindId kind, KindId wider) const {
  for (; !kind.is_none(); kind = columns_->kinds[kind.value].parent) {
    if (kind == wider) return true;
  }
  return false;
}

Snapshot::Memory Snapshot::memory() const {
  const Columns& c = *columns_;
  Memory memory;
  memory.units = c.registry_unit.size_bytes() + c.unit_kind.size_bytes() +
                 c.life.byte_count() + c.by_identity.size_bytes();
  for (const Forest& forest : c.forests) memory.units += bytes_of(forest);
  memory.texts = c.unit_identity.size_bytes() + c.unit_name.size_bytes() +
                 c.unit_code.size_bytes();
  memory.members = c.members[0].byte_count() + c.members[1].byte_count() +
                   c.person_identity.size_bytes() +
                   c.persons_by_identity.size_bytes();
  for (const RecordColumns& records : c.unit_records) {
    memory.records += bytes_of(records);
  }
  for (const RecordColumns& records : c.person_records) {
    memory.records += bytes_of(records);
  }
  memory.attendance =
      c.attended.size_bytes() + c.marks.size_bytes() + c.history.byte_count();
  for (const auto& of_type : c.attributes) {
    for (const AttributeColumn& column : of_type) {
      memory.attributes +=
          column.subjects.size_bytes() + column.values.size_bytes();
    }
  }
  return memory;
}

}  // namespace headrope
