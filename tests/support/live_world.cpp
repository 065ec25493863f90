// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/live_world.hpp"

#include <algorithm>
#include <limits>

#include "support/random_organisation.hpp"

namespace headrope::testing {
namespace {

rc::Gen<std::int64_t> drawn_values(bool large) {
  constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
  return large ? rc::gen::elementOf(std::vector<std::int64_t>{
                     0, 1, -1, top, -top - 1, top / 2, -(top / 2) - 1})
               : rc::gen::map(below<std::int64_t>(14),
                              [](std::int64_t value) { return value - 2; });
}

std::vector<std::int64_t> column_or_zeros(
    const std::vector<std::int64_t>& column, std::size_t count) {
  return column.empty() ? std::vector<std::int64_t>(count) : column;
}

FigureNumbers coverage_numbers(const Coverage& coverage) {
  FigureNumbers numbers;
  for (const auto& column : coverage.by_status) {
    numbers.columns.push_back(column_or_zeros(column, coverage.place_count));
  }
  numbers.unplaced = coverage.unplaced;
  return numbers;
}

// One fresh figure; the only error there may be is that of a sum.
struct Fresh {
  const Snapshot& snapshot;
  const Forest& forest;

  using Found = std::optional<FigureNumbers>;

  Found refused(const Error& error) const {
    RC_ASSERT(error.code == Code::sum_overflow);
    return std::nullopt;
  }
  Found operator()(const LiveSums& sums) const {
    const auto tallied = tally_units(snapshot, sums.tally, sums.window);
    if (!tallied) return refused(tallied.error());
    auto rolled = roll_up(forest, tallied->value);
    if (!rolled) return refused(rolled.error());
    return FigureNumbers{{*rolled}, {}};
  }
  Found operator()(const LiveCoverage& wanted) const {
    const auto assessment = assess(snapshot, wanted.rule, wanted.range);
    if (!assessment) return refused(assessment.error());
    return coverage_numbers(
        *cover(snapshot, forest, *assessment, wanted.basis));
  }
  Found operator()(const LivePackCoverage& wanted) const {
    const auto assessment =
        assess(snapshot, wanted.pack, wanted.rule, {wanted.range, false, {}});
    if (!assessment) return refused(assessment.error());
    return coverage_numbers(*cover(snapshot, forest, *assessment));
  }
  Found operator()(const LiveMembers& members) const {
    return FigureNumbers{{count_members(snapshot, forest, members.basis)}, {}};
  }
};

}  // namespace

rc::Gen<std::vector<ChangeDraw>> change_draws(bool large_values) {
  const auto draw = rc::gen::build<ChangeDraw>(
      rc::gen::set(&ChangeDraw::type, below<std::uint32_t>(10)),
      rc::gen::set(&ChangeDraw::row, below<std::uint32_t>(1000)),
      rc::gen::set(&ChangeDraw::measure, below<std::uint32_t>(12)),
      rc::gen::set(&ChangeDraw::unit, below<std::uint32_t>(1000)),
      rc::gen::set(&ChangeDraw::person, below<std::uint32_t>(1000)),
      rc::gen::set(&ChangeDraw::subjects, below<std::uint32_t>(5)),
      rc::gen::set(&ChangeDraw::day, days()),
      rc::gen::set(
          &ChangeDraw::length,
          rc::gen::elementOf(std::vector<std::int32_t>{1, 1, 1, 2, 5, 31})),
      rc::gen::set(&ChangeDraw::value, drawn_values(large_values)),
      rc::gen::set(&ChangeDraw::reaches, rc::gen::arbitrary<bool>()),
      rc::gen::set(&ChangeDraw::is_primary, rc::gen::arbitrary<bool>()),
      rc::gen::set(&ChangeDraw::ends_batch,
                   rc::gen::map(below<int>(3), [](int i) { return i < 2; })));
  return rc::gen::mapcat(below<std::size_t>(13), [draw](std::size_t count) {
    return rc::gen::container<std::vector<ChangeDraw>>(count, draw);
  });
}

LiveWorld::LiveWorld(Organisation organisation, const Snapshot& snapshot,
                     Date on)
    : organisation_(std::move(organisation)), snapshot_(&snapshot), on_(on) {
  for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
    unit_of_name_.emplace(snapshot.identity(UnitIndex{unit}), unit);
  }
}

bool LiveWorld::holds(const Clocks& clocks) const {
  return clocks.valid.contains(organisation_.as_of) &&
         clocks.recorded.contains(organisation_.known_on);
}

std::optional<LiveChange> LiveWorld::change_of(const ChangeDraw& draw) const {
  LiveChange change;
  const auto units = static_cast<std::uint32_t>(snapshot_->unit_count());
  const auto persons = static_cast<std::uint32_t>(organisation_.persons.size());
  if (units > 0) change.unit = UnitIndex{draw.unit % units};
  if (persons > 0) change.person = PersonId{draw.person % persons};
  change.standing = draw.is_primary ? Standing::primary : Standing::secondary;
  if (draw.type < 5) {
    change.type = LiveChange::Type::add_record;
    LiveRecord& record = change.record;
    record.id = {static_cast<std::uint32_t>(organisation_.records.size())};
    record.measure = {draw.measure % (draw.measure < 8 ? 8 : 3)};
    if (draw.subjects != 1) record.unit = change.unit;
    if (draw.subjects < 2) record.person = change.person;
    record.reach = draw.reaches ? Reach::subtree : Reach::own;
    record.value = measure_rows.at(record.measure.value).nature == Nature::flag
                       ? draw.value & 1
                       : draw.value;
    record.valid = {draw.day, add_days(draw.day, draw.length)};
    return change;
  }
  if (draw.type < 8) {
    if (organisation_.records.empty()) return std::nullopt;
    change.type = LiveChange::Type::withdraw_record;
    const std::size_t at = draw.row % organisation_.records.size();
    const RecordRow& row = organisation_.records[at];
    change.record.id = {static_cast<std::uint32_t>(at)};
    for (std::uint32_t i = 0; i < measure_rows.size(); ++i) {
      if (measure_rows.at(i).id == row.measure) change.record.measure = {i};
    }
    if (!row.unit.empty()) {
      const auto unit = unit_of_name_.find(row.unit);
      if (unit == unit_of_name_.end()) return std::nullopt;
      change.record.unit = UnitIndex{unit->second};
    }
    for (std::uint32_t i = 0; i < persons; ++i) {
      if (organisation_.persons[i] == row.person) {
        change.record.person = PersonId{i};
      }
    }
    return change;
  }
  change.type =
      draw.type == 8 ? LiveChange::Type::join : LiveChange::Type::leave;
  if (change.type == LiveChange::Type::leave &&
      !organisation_.memberships.empty()) {
    const MembershipRow& row =
        organisation_.memberships[draw.row % organisation_.memberships.size()];
    const auto unit = unit_of_name_.find(row.unit);
    if (unit == unit_of_name_.end()) return std::nullopt;
    change.unit = UnitIndex{unit->second};
    for (std::uint32_t i = 0; i < persons; ++i) {
      if (organisation_.persons[i] == row.person) change.person = PersonId{i};
    }
  }
  // The Registry cannot end on its first day what begins with it.
  if (change.type == LiveChange::Type::leave && begins_now(change)) {
    return std::nullopt;
  }
  return change;
}

bool LiveWorld::begins_now(const LiveChange& change) const {
  return std::any_of(
      organisation_.memberships.begin(), organisation_.memberships.end(),
      [&](const MembershipRow& row) {
        return !change.person.is_none() && !change.unit.is_none() &&
               row.person == organisation_.persons.at(change.person.value) &&
               row.unit == snapshot_->identity(change.unit) &&
               holds(row.clocks) && row.clocks.valid.valid_from >= on_;
      });
}

bool LiveWorld::make(const LiveChange& change) {
  switch (change.type) {
    case LiveChange::Type::add_record:
      return make_record(change.record);
    case LiveChange::Type::withdraw_record:
      return withdraw(change.record);
    case LiveChange::Type::join:
      return join(change);
    case LiveChange::Type::leave:
      return leave(change);
  }
  return false;
}

bool LiveWorld::make_record(const LiveRecord& record) {
  if (record.unit.is_none() && record.person.is_none()) return false;
  RecordRow row;
  row.record = "r" + std::to_string(organisation_.records.size());
  row.measure = measure_rows.at(record.measure.value).id;
  if (!record.unit.is_none()) row.unit = snapshot_->identity(record.unit);
  if (!record.person.is_none()) {
    row.person = organisation_.persons.at(record.person.value);
  }
  row.reach = record.reach;
  row.value = record.value;
  row.clocks = {record.valid, {on_, Date::open_end()}};
  organisation_.records.push_back(std::move(row));
  return true;
}

bool LiveWorld::withdraw(const LiveRecord& record) {
  Interval& recorded =
      organisation_.records.at(record.id.value).clocks.recorded;
  if (!recorded.contains(organisation_.known_on)) return false;
  // Known up to a day long ago: the plain way to take a row out of the books.
  recorded = {add_days(middle, -9000), add_days(middle, -8999)};
  return true;
}

bool LiveWorld::join(const LiveChange& change) {
  if (change.unit.is_none() || change.person.is_none()) return false;
  const Name unit(snapshot_->identity(change.unit));
  const Name& person = organisation_.persons.at(change.person.value);
  for (const MembershipRow& row : organisation_.memberships) {
    if (row.person != person || !holds(row.clocks) ||
        !unit_of_name_.contains(row.unit)) {
      continue;
    }
    if (row.unit == unit) return false;
    if (row.standing == Standing::primary &&
        change.standing == Standing::primary) {
      return false;
    }
  }
  organisation_.memberships.push_back(
      {person, unit, change.standing, {{on_, Date::open_end()}, {}}});
  return true;
}

bool LiveWorld::leave(const LiveChange& change) {
  if (change.unit.is_none() || change.person.is_none()) return false;
  const Name unit(snapshot_->identity(change.unit));
  const Name& person = organisation_.persons.at(change.person.value);
  for (MembershipRow& row : organisation_.memberships) {
    if (row.person == person && row.unit == unit && holds(row.clocks)) {
      if (row.clocks.valid.valid_from >= on_) return false;
      row.clocks.valid.valid_until = on_;
      return true;
    }
  }
  return false;
}

std::optional<AllNumbers> fresh_numbers(
    const std::shared_ptr<const Snapshot>& snapshot, const Name& hierarchy,
    const std::vector<LiveFigure>& figures) {
  const Forest* const forest = snapshot->find_forest(hierarchy);
  RC_ASSERT(forest != nullptr);
  AllNumbers numbers;
  for (const LiveFigure& figure : figures) {
    auto found = std::visit(Fresh{*snapshot, *forest}, figure);
    if (!found) return std::nullopt;
    numbers.push_back(*std::move(found));
  }
  return numbers;
}

AllNumbers numbers_of(const LiveMoment& moment,
                      const std::vector<LiveFigure>& figures,
                      std::size_t place_count) {
  AllNumbers all;
  for (std::size_t at = 0; at < figures.size(); ++at) {
    const bool is_coverage =
        std::holds_alternative<LiveCoverage>(figures[at]) ||
        std::holds_alternative<LivePackCoverage>(figures[at]);
    if (is_coverage) {
      const auto coverage = moment.coverage(at);
      RC_ASSERT(coverage.has_value());
      RC_ASSERT(coverage->place_count == place_count);
      all.push_back(coverage_numbers(*coverage));
      for (std::size_t status = 0; status < status_count; ++status) {
        std::vector<std::int64_t> counts(place_count);
        RC_ASSERT(moment.counts_into(at, static_cast<Status>(status), counts)
                      .has_value());
        RC_ASSERT(counts == all.back().columns[status]);
      }
      RC_ASSERT(moment.unplaced(at)->by_status == coverage->unplaced.by_status);
    } else {
      const auto values = moment.values(at);
      RC_ASSERT(values.has_value());
      all.push_back({{*values}, {}});
    }
    for (const auto& column : all.back().columns) {
      RC_ASSERT(column.size() == place_count);
    }
  }
  return all;
}

std::vector<PlaceIndex> differing(const AllNumbers& before,
                                  const AllNumbers& after) {
  std::vector<PlaceIndex> places;
  for (std::size_t figure = 0; figure < after.size(); ++figure) {
    for (std::size_t c = 0; c < after[figure].columns.size(); ++c) {
      const auto& now = after[figure].columns[c];
      for (std::uint32_t place = 0; place < now.size(); ++place) {
        if (now[place] != before[figure].columns[c][place]) {
          places.push_back(PlaceIndex{place});
        }
      }
    }
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace headrope::testing
