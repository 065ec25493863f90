// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Indexes into the columns of a Snapshot, and walking along them.

#include "evaluate/sources.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "evaluate/belonging.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

SourceItem plain_item(std::uint32_t index) {
  SourceItem item;
  item.index = index;
  return item;
}

bool is_named(const Names& names, std::uint32_t id) {
  return names.is_all ||
         std::find(names.ids.begin(), names.ids.end(), id) != names.ids.end();
}

// Where the entries of each key begin; what has a key of `key_count` or above
// is left out.
template <typename KeyOf>
std::vector<std::uint32_t> begins(Pace& pace, std::size_t count,
                                  std::size_t key_count, const KeyOf& key_of) {
  std::vector<std::uint32_t> begin(key_count + 1, 0);
  for (std::uint32_t at = 0; at < count; ++at) {
    pace.step();
    const std::uint32_t key = key_of(at);
    if (key < key_count) ++begin[key + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  return begin;
}

// Positions of entries by key, those of one key in order.
template <typename KeyOf>
std::vector<std::uint32_t> positions_by(Pace& pace,
                                        const std::vector<std::uint32_t>& begin,
                                        std::size_t count,
                                        const KeyOf& key_of) {
  std::vector<std::uint32_t> positions(begin.back());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t at = 0; at < count; ++at) {
    pace.step();
    const std::uint32_t key = key_of(at);
    if (key < next.size()) positions[next[key]++] = at;
  }
  return positions;
}

}  // namespace

void Sources::build() {
  if (measures_.empty()) measures_.resize(snapshot_.measures().size());
  for (const MeasureId measure : wanted_) {
    MeasureIndex& index = measures_[measure.value];
    if (index.of_units.is_built()) continue;
    const auto offsets = [this](const RecordColumns& columns,
                                std::size_t count) {
      return Offsets(
          begins(pace_, columns.size(), count,
                 [&](std::uint32_t at) { return columns.subject[at]; }));
    };
    index.of_units =
        offsets(snapshot_.unit_records(measure), snapshot_.unit_count());
    index.of_persons =
        offsets(snapshot_.person_records(measure), snapshot_.person_count());
  }
  wanted_.clear();
}

void Sources::prepare_records() {
  if (!records_.empty()) return;
  const auto note = [&](const RecordColumns& columns, MeasureId measure,
                        bool of_person) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      pace_.step();
      if (columns.record[at] >= records_.size()) {
        records_.resize(std::size_t{columns.record[at]} + 1);
      }
      RecordInfo& info = records_[columns.record[at]];
      (of_person ? info.person : info.unit) = columns.subject[at];
      info.valid_from = columns.valid_from[at];
      info.valid_until = columns.valid_until[at];
      info.value = columns.value[at];
      info.measure = measure;
    }
  };
  for (std::uint32_t measure = 0; measure < snapshot_.measures().size();
       ++measure) {
    note(snapshot_.unit_records({measure}), {measure}, false);
    note(snapshot_.person_records({measure}), {measure}, true);
  }
  if (records_.empty()) records_.resize(1);
}

const RecordInfo& Sources::record(std::uint32_t id) const {
  static const RecordInfo nothing;
  if (overlay_ != nullptr) {
    if (const RecordInfo* const info = overlay_->find_record(id)) return *info;
  }
  return id < records_.size() ? records_[id] : nothing;
}

void Sources::prepare_marks() {
  if (marks_of_person_.is_built()) return;
  const auto marks = snapshot_.marks();
  marks_of_person_ =
      Offsets(begins(pace_, marks.size(), snapshot_.person_count(),
                     [&](std::uint32_t at) { return marks[at].person.value; }));
  const auto attended = snapshot_.attended_records();
  const auto record_of = [&](std::uint32_t at) { return marks[at].attended; };
  auto begin = begins(pace_, marks.size(), attended.size(), record_of);
  marks_by_record_ = positions_by(pace_, begin, marks.size(), record_of);
  marks_of_record_ = Offsets(std::move(begin));
  for (std::uint32_t at = 0; at < attended.size(); ++at) {
    const std::uint32_t record = attended[at].record.value;
    if (record >= attended_of_record_.size()) {
      attended_of_record_.resize(std::size_t{record} + 1, none);
    }
    attended_of_record_[record] = at;
  }
}

void Sources::prepare_posts() {
  if (posts_of_unit_.is_built()) return;
  const auto posts = snapshot_.posts();
  posts_of_unit_ =
      Offsets(begins(pace_, posts.size(), snapshot_.unit_count(),
                     [&](std::uint32_t at) { return posts[at].unit.value; }));
  std::uint32_t post_count = 0;
  for (const PostState& post : posts) {
    post_count = std::max(post_count, post.post.value + 1);
  }
  const auto holders = snapshot_.holders();
  for (const PostHolder& holder : holders) {
    post_count = std::max(post_count, holder.post.value + 1);
  }
  post_position_.assign(post_count, none);
  for (std::uint32_t at = 0; at < posts.size(); ++at) {
    post_position_[posts[at].post.value] = at;
  }
  holders_of_post_ =
      Offsets(begins(pace_, holders.size(), post_count,
                     [&](std::uint32_t at) { return holders[at].post.value; }));
  const auto person_of = [&](std::uint32_t at) {
    return holders[at].person.value;
  };
  auto begin =
      begins(pace_, holders.size(), snapshot_.person_count(), person_of);
  holders_by_person_ = positions_by(pace_, begin, holders.size(), person_of);
  posts_of_person_ = Offsets(std::move(begin));
}

void Sources::prepare_responsibility() {
  if (responsibility_ != nullptr) return;
  // The snapshot outlives this.
  responsibility_ = std::make_unique<const Responsibility::Index>(
      std::shared_ptr<const Snapshot>(std::shared_ptr<void>(), &snapshot_));
}

void Sources::prepare_memberships() {
  if (units_of_person_.is_built()) return;
  // The primary memberships first, each standing in the order of its units.
  std::vector<std::uint32_t> persons;
  std::vector<std::uint32_t> units;
  std::size_t primary_count = 0;
  for (const Standing standing : {Standing::primary, Standing::secondary}) {
    const auto first = snapshot_.member_begin(standing);
    const auto column = snapshot_.member_column(standing);
    for (std::uint32_t unit = 0; unit + 1 < first.size(); ++unit) {
      pace_.step();
      for (std::uint32_t at = first[unit]; at < first[unit + 1]; ++at) {
        persons.push_back(column[at].value);
        units.push_back(unit);
      }
    }
    if (standing == Standing::primary) primary_count = persons.size();
  }
  const auto person_of = [&](std::uint32_t at) { return persons[at]; };
  auto begin =
      begins(pace_, persons.size(), snapshot_.person_count(), person_of);
  for (const std::uint32_t at :
       positions_by(pace_, begin, persons.size(), person_of)) {
    units_by_person_.push_back(units[at]);
    standing_by_person_.push_back(at < primary_count ? 0 : 1);
  }
  units_of_person_ = Offsets(std::move(begin));
}

UnitIndex Sources::primary_unit(std::uint32_t person) const {
  const auto range = units_of_person_.range(person);
  if (range[0] == range[1] || standing_by_person_[range[0]] != 0) return {};
  return {units_by_person_[range[0]]};
}

const PostState* Sources::post(std::uint32_t id) const {
  if (id >= post_position_.size() || post_position_[id] == none) {
    return nullptr;
  }
  return &snapshot_.posts()[post_position_[id]];
}

void Sources::prepare(const Selection& selection) {
  using Source = Selection::Source;
  switch (selection.source) {
    case Source::records:
      for (const std::uint32_t id : selection.names.ids) {
        wanted_.push_back({id});
      }
      if (selection.of == Thing::record || !selection.about.empty()) {
        prepare_records();
      }
      break;
    case Source::attended:
    case Source::attendance:
      prepare_marks();
      break;
    case Source::members:
      break;
    case Source::units:
      if (selection.of == Thing::person) prepare_memberships();
      break;
    case Source::posts:
    case Source::holders:
      prepare_posts();
      break;
    case Source::pairings:
    case Source::assignments:
    case Source::answered_by:
      prepare_responsibility();
      break;
    case Source::duties:
    case Source::windows:
      break;
  }
}

std::vector<std::uint32_t> Sources::units_around(std::int32_t forest_at,
                                                 UnitIndex unit,
                                                 Selection::Reach reach) const {
  std::vector<std::uint32_t> units;
  if (reach == Selection::Reach::own) return {unit.value};
  if (forest_at < 0) {
    return reach == Selection::Reach::below ? std::vector{unit.value} : units;
  }
  const Forest& forest =
      snapshot_.forests()[static_cast<std::size_t>(forest_at)];
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) {
    return reach == Selection::Reach::below ? std::vector{unit.value} : units;
  }
  const auto visit = [&](PlaceIndex place) {
    if (reach == Selection::Reach::above) {
      for (place = forest.parent(place); !place.is_none();
           place = forest.parent(place)) {
        units.push_back(forest.unit(place).value);
      }
      return;
    }
    const std::uint32_t end = forest.end(place).value;
    for (std::uint32_t at = place.value; at < end; ++at) {
      if (reach == Selection::Reach::children && forest.parent({at}) != place) {
        continue;
      }
      units.push_back(forest.unit({at}).value);
    }
  };
  visit(first);
  for (const std::uint32_t place : forest.more_places(unit)) visit({place});
  if (!forest.is_tree()) {
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
  }
  return units;
}

void Sources::for_each(const Selection& selection, ThingRef thing,
                       const Use& use) const {
  using Source = Selection::Source;
  switch (selection.source) {
    case Source::records:
      records_of(selection, thing, use);
      break;
    case Source::attended:
      attended(selection, thing.index, use);
      break;
    case Source::attendance:
      attendance(selection, thing.index, use);
      break;
    case Source::members:
      members_of(selection, {thing.index}, use);
      break;
    case Source::units:
      units_of(selection, thing, use);
      break;
    case Source::posts:
      posts_of(selection, thing, use);
      break;
    case Source::holders:
      holders_of(selection, thing.index, use);
      break;
    case Source::assignments:
      assignments_of(selection, thing, use);
      break;
    case Source::pairings:
      ties_of(selection, thing, use);
      break;
    case Source::duties:
      duties_of({thing.index}, use);
      break;
    case Source::answered_by:
      answered_by(selection, {thing.index}, use);
      break;
    case Source::windows:
      break;
  }
}

void Sources::records_of_subject(MeasureId measure, bool of_person,
                                 std::uint32_t subject, const Use& use) const {
  if (overlay_ != nullptr) {
    overlay_->records_of(measure, of_person, subject, use);
    return;
  }
  const MeasureIndex& index = measures_[measure.value];
  const RecordColumns& columns = of_person ? snapshot_.person_records(measure)
                                           : snapshot_.unit_records(measure);
  const auto range =
      (of_person ? index.of_persons : index.of_units).range(subject);
  for (std::uint32_t at = range[0]; at < range[1]; ++at) {
    use({columns.valid_from[at], columns.valid_until[at], columns.value[at],
         columns.record[at], measure, Presence::present});
  }
}

void Sources::credited_records(const Selection& selection, UnitIndex unit,
                               const Use& use) const {
  std::vector<std::uint32_t> above =
      units_around(selection.credit_forest, unit, Selection::Reach::above);
  std::sort(above.begin(), above.end());
  above.erase(std::unique(above.begin(), above.end()), above.end());
  for (const std::uint32_t id : selection.names.ids) {
    const RecordColumns& columns = snapshot_.unit_records({id});
    for (const std::uint32_t upper : above) {
      if (overlay_ != nullptr) {
        overlay_->reaching_of({id}, upper, use);
        continue;
      }
      auto at = std::lower_bound(
          columns.reaching.begin(), columns.reaching.end(), upper,
          [&](std::uint32_t position, std::uint32_t wanted) {
            return columns.subject[position] < wanted;
          });
      for (; at != columns.reaching.end() && columns.subject[*at] == upper;
           ++at) {
        use({columns.valid_from[*at],
             columns.valid_until[*at],
             columns.value[*at],
             columns.record[*at],
             {id},
             Presence::present});
      }
    }
  }
}

void Sources::records_of(const Selection& selection, ThingRef thing,
                         const Use& use) const {
  bool of_person = thing.type == Thing::person;
  std::uint32_t subject = thing.index;
  if (thing.type == Thing::record) {
    const RecordInfo& info = record(thing.index);
    of_person = info.person != PersonId::none_value;
    subject = of_person ? info.person : info.unit;
    if (subject == none) return;
  }
  const auto give = [&](std::uint32_t from) {
    for (const std::uint32_t id : selection.names.ids) {
      records_of_subject({id}, of_person, from, use);
    }
  };
  if (of_person || selection.reach == Selection::Reach::own) {
    give(subject);
  } else {
    for (const std::uint32_t unit :
         units_around(selection.forest, {subject}, selection.reach)) {
      give(unit);
    }
  }
  if (!of_person && selection.credit_forest >= 0) {
    credited_records(selection, {subject}, use);
  }
}

void Sources::attended(const Selection& selection, std::uint32_t person,
                       const Use& use) const {
  const auto range = marks_of_person_.range(person);
  for (std::uint32_t at = range[0]; at < range[1]; ++at) {
    const Mark& mark = snapshot_.marks()[at];
    const AttendedRecord& record = snapshot_.attended_records()[mark.attended];
    if (!is_named(selection.names, record.measure.value)) continue;
    use({record.valid.valid_from.days, record.valid.valid_until.days,
         record.value, record.record.value, record.measure, mark.presence});
  }
}

void Sources::attendance(const Selection& selection, std::uint32_t record,
                         const Use& use) const {
  if (record >= attended_of_record_.size() ||
      attended_of_record_[record] == none) {
    return;
  }
  const auto range = marks_of_record_.range(attended_of_record_[record]);
  for (std::uint32_t at = range[0]; at < range[1]; ++at) {
    const Mark& mark = snapshot_.marks()[marks_by_record_[at]];
    if (!selection.presences.contains(mark.presence)) continue;
    SourceItem item = plain_item(mark.person.value);
    item.presence = mark.presence;
    const AttendedRecord& held = snapshot_.attended_records()[mark.attended];
    item.is_stranger = party_ != nullptr && !held.unit.is_none() &&
                       !belonged(snapshot_, *party_, mark.person, held.unit,
                                 held.valid.valid_from);
    use(item);
  }
}

void Sources::members_of(const Selection& selection, UnitIndex unit,
                         const Use& use) const {
  const std::vector<std::uint32_t> units =
      units_around(selection.forest, unit, selection.reach);
  if (!selection.any_membership) {
    for (const std::uint32_t one : units) {
      for (const PersonId person :
           snapshot_.members({one}, Standing::primary)) {
        use(plain_item(person.value));
      }
    }
    return;
  }
  std::vector<std::uint32_t> persons;
  for (const std::uint32_t one : units) {
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      for (const PersonId person : snapshot_.members({one}, standing)) {
        persons.push_back(person.value);
      }
    }
  }
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  for (const std::uint32_t person : persons) use(plain_item(person));
}

void Sources::units_of(const Selection& selection, ThingRef thing,
                       const Use& use) const {
  const auto give = [&](std::uint32_t unit) {
    if (selection.kinds.ids.empty() ||
        std::any_of(selection.kinds.ids.begin(), selection.kinds.ids.end(),
                    [&](std::uint32_t kind) {
                      return snapshot_.is_a(snapshot_.kind({unit}), {kind});
                    })) {
      use(plain_item(unit));
    }
  };
  if (thing.type == Thing::person) {
    const auto range = units_of_person_.range(thing.index);
    for (std::uint32_t at = range[0]; at < range[1]; ++at) {
      give(units_by_person_[at]);
    }
    return;
  }
  for (const std::uint32_t unit :
       units_around(selection.forest, {thing.index}, selection.reach)) {
    // The units below a unit are others than itself.
    if (unit != thing.index || selection.reach == Selection::Reach::own) {
      give(unit);
    }
  }
}

void Sources::posts_of(const Selection& selection, ThingRef thing,
                       const Use& use) const {
  const auto give = [&](const PostState& post) {
    if (is_named(selection.names, post.role.value)) {
      SourceItem item = plain_item(post.post.value);
      item.value = post.seats;
      use(item);
    }
  };
  if (thing.type == Thing::person) {
    const auto range = posts_of_person_.range(thing.index);
    for (std::uint32_t at = range[0]; at < range[1]; ++at) {
      const PostHolder& holder = snapshot_.holders()[holders_by_person_[at]];
      if (const PostState* state = post(holder.post.value)) give(*state);
    }
    return;
  }
  const auto range = posts_of_unit_.range(thing.index);
  for (std::uint32_t at = range[0]; at < range[1]; ++at) {
    give(snapshot_.posts()[at]);
  }
}

void Sources::holders_of(const Selection& selection, std::uint32_t post,
                         const Use& use) const {
  if (post >= post_position_.size()) return;
  const auto range = holders_of_post_.range(post);
  for (std::uint32_t at = range[0]; at < range[1]; ++at) {
    const PostHolder& holder = snapshot_.holders()[at];
    if (selection.holders == Selection::Holders::titular && holder.acting) {
      continue;
    }
    if (selection.holders == Selection::Holders::acting && !holder.acting) {
      continue;
    }
    use(plain_item(holder.person.value));
  }
}

void Sources::assignments_of(const Selection& selection, ThingRef thing,
                             const Use& use) const {
  const auto list = snapshot_.assignments();
  const auto rows = [&] {
    const auto held_by = [&](EntityType type) {
      return responsibility_
          ->assignments_of_holder[static_cast<std::size_t>(type)]
          .of(thing.index);
    };
    switch (thing.type) {
      case Thing::unit:
        return held_by(EntityType::unit);
      case Thing::person:
        return held_by(EntityType::person);
      case Thing::post:
        return held_by(EntityType::post);
      default:
        return responsibility_->assignments_of_duty.of(thing.index);
    }
  }();
  for (const std::uint32_t at : rows) {
    if (at < list.size() && is_named(selection.names, list[at].role.value)) {
      use(plain_item(at));
    }
  }
}

void Sources::answered_by(const Selection& selection, UnitIndex unit,
                          const Use& use) const {
  const Date day = snapshot_.as_of();
  std::vector<RoleGroup> groups;
  std::vector<Covering> nearest;
  const auto look_at = [&](DutyId duty) {
    if (!responsibility_->reaches_on(duty, unit, day)) return;
    const auto covering = responsibility_->covering(duty, unit);
    groups.clear();
    for (const Covering& one : covering.list) {
      const RoleId role = responsibility_->assignments[one.position].role;
      if (is_named(selection.names, role.value)) {
        groups.push_back(responsibility_->group_of(role));
      }
    }
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    for (const RoleGroup group : groups) {
      responsibility_->nearest(covering, group, day, nearest);
      for (const Covering& one : nearest) {
        const RoleId role = responsibility_->assignments[one.position].role;
        if (is_named(selection.names, role.value)) {
          use(plain_item(one.position));
        }
      }
    }
  };
  if (!selection.duties.texts.empty()) {
    for (const std::uint32_t duty : selection.duties.ids) look_at({duty});
    return;
  }
  for (const DutyState& duty : snapshot_.duties()) look_at(duty.duty);
}

void Sources::ties_of(const Selection& selection, ThingRef thing,
                      const Use& use) const {
  const auto ties = snapshot_.ties();
  const auto give = [&](std::span<const std::uint32_t> rows) {
    for (const std::uint32_t at : rows) {
      if (at >= ties.size()) continue;  // Of another day.
      if (selection.names.is_all ||
          std::find(selection.names.texts.begin(), selection.names.texts.end(),
                    ties[at].pairing) != selection.names.texts.end()) {
        use(plain_item(at));
      }
    }
  };
  if (thing.type == Thing::unit) {
    give(responsibility_->ties_of_unit.of(thing.index));
    give(responsibility_->ties_of_unit_holder.of(thing.index));
  } else if (thing.type == Thing::person) {
    give(responsibility_->ties_of_person.of(thing.index));
  } else {
    give(responsibility_->ties_of_post.of(thing.index));
  }
}

void Sources::duties_of(UnitIndex unit, const Use& use) const {
  const auto reaches = [&](const DutyReach& reach) {
    switch (reach.type) {
      case Scope::Type::all:
        return true;
      case Scope::Type::unit:
        return reach.unit == unit;
      case Scope::Type::kind:
        return snapshot_.is_a(snapshot_.kind(unit), reach.kind);
      case Scope::Type::subtree:
        break;
    }
    if (reach.unit == unit) return true;
    const auto forests = snapshot_.forests();
    for (std::size_t at = 0; at < forests.size(); ++at) {
      if (forests[at].hierarchy() != reach.hierarchy) continue;
      const auto above = units_around(static_cast<std::int32_t>(at), unit,
                                      Selection::Reach::above);
      return std::find(above.begin(), above.end(), reach.unit.value) !=
             above.end();
    }
    return false;
  };
  std::uint32_t last = none;
  for (const DutyReach& reach : snapshot_.duty_reaches()) {
    if (reach.duty.value == last || !reaches(reach)) continue;
    last = reach.duty.value;
    use(plain_item(last));
  }
}

}  // namespace headrope
