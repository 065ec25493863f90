// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "live/rows.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

namespace headrope {
namespace {

std::uint64_t key_of(MeasureId measure, std::uint32_t subject) {
  return (std::uint64_t{measure.value} << 32U) | subject;
}

Item item_at(const RecordColumns& columns, std::uint32_t at) {
  return {columns.valid_from[at], columns.valid_until[at], columns.value[at],
          columns.record[at]};
}

// As `Registry::add` asks of the days of a record.
Result<void> check_days(const Interval& valid) {
  if (valid.valid_from.is_open() || valid.valid_until.is_open()) {
    return Error{Code::value_missing, "a record needs its first and last day"};
  }
  if (!is_civil(valid.valid_from) || !is_civil(valid.valid_until)) {
    return Error{Code::value_out_of_range,
                 "valid_from or _until is outside the years 1400 to 9999"};
  }
  if (valid.is_empty()) {
    return Error{Code::interval_reversed,
                 "valid_until '" + to_string(valid.valid_until) +
                     "' is not after valid_from '" +
                     to_string(valid.valid_from) + "'"};
  }
  return {};
}

void give_sorted(std::vector<Item>& items, MeasureId measure,
                 const std::function<void(const SourceItem&)>& use) {
  if (!std::is_sorted(items.begin(), items.end(), item_before)) {
    std::sort(items.begin(), items.end(), item_before);
  }
  for (const Item& item : items) {
    use({item.valid_from, item.valid_until, item.value, item.record, measure,
         Presence::present});
  }
}

Error too_many_changes() {
  return {Code::limit_exceeded,
          "more changes than these figures were made for; make them anew"};
}

}  // namespace

LiveRows::LiveRows(const Snapshot& snapshot, std::size_t changes_max)
    : snapshot_(snapshot), changes_left_(changes_max) {
  for (auto& begin : begin_) begin.resize(snapshot.measures().size());
  for (std::uint32_t measure = 0; measure < snapshot.measures().size();
       ++measure) {
    for (const bool of_person : {false, true}) {
      for (const std::uint32_t id : columns({measure}, of_person).record) {
        first_record_ = std::max(first_record_, id + 1);
      }
    }
  }
  next_record_ = first_record_;
}

void LiveRows::index_records(MeasureId measure, bool of_persons) {
  auto& begin = begin_[of_persons ? 1 : 0][measure.value];
  if (!begin.empty()) return;
  const std::size_t count =
      of_persons ? snapshot_.person_count() : snapshot_.unit_count();
  begin.assign(count + 1, 0);
  for (const std::uint32_t subject : columns(measure, of_persons).subject) {
    if (subject < count) ++begin[subject + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
}

void LiveRows::index_members() {
  if (!member_begin_.empty()) return;
  member_begin_.assign(snapshot_.person_count() + 1, 0);
  for (const Standing standing : {Standing::primary, Standing::secondary}) {
    for (const PersonId person : snapshot_.member_column(standing)) {
      ++member_begin_[person.value + 1];
    }
  }
  std::partial_sum(member_begin_.begin(), member_begin_.end(),
                   member_begin_.begin());
  belongings_.resize(member_begin_.back());
  std::vector<std::uint32_t> next(member_begin_.begin(),
                                  member_begin_.end() - 1);
  for (const Standing standing : {Standing::primary, Standing::secondary}) {
    const auto begin = snapshot_.member_begin(standing);
    const auto column = snapshot_.member_column(standing);
    for (std::uint32_t unit = 0; unit + 1 < begin.size(); ++unit) {
      for (std::uint32_t at = begin[unit]; at < begin[unit + 1]; ++at) {
        belongings_[next[column[at].value]++] = {unit, standing};
      }
    }
  }
}

const RecordColumns& LiveRows::columns(MeasureId measure,
                                       bool of_person) const {
  return of_person ? snapshot_.person_records(measure)
                   : snapshot_.unit_records(measure);
}

LiveRows::Range LiveRows::range_of(MeasureId measure, bool of_person,
                                   std::uint32_t subject) const {
  const std::size_t count =
      of_person ? snapshot_.person_count() : snapshot_.unit_count();
  if (subject >= count) return {};
  const auto& begin = begin_[of_person ? 1 : 0][measure.value];
  if (!begin.empty()) return {begin[subject], begin[subject + 1]};
  const auto& subjects = columns(measure, of_person).subject;
  const auto [first, last] =
      std::equal_range(subjects.begin(), subjects.end(), subject);
  return {static_cast<std::uint32_t>(first - subjects.begin()),
          static_cast<std::uint32_t>(last - subjects.begin())};
}

const LiveRows::Extra* LiveRows::find_extra(MeasureId measure, bool of_person,
                                            std::uint32_t subject) const {
  const Extras& extras = extras_[of_person ? 1 : 0];
  const auto found = extras.find(key_of(measure, subject));
  return found == extras.end() ? nullptr : &found->second;
}

void LiveRows::append_items(MeasureId measure, bool of_person,
                            std::uint32_t subject,
                            std::vector<Item>& items) const {
  const RecordColumns& rows = columns(measure, of_person);
  const Range range = range_of(measure, of_person, subject);
  const Extra* const extra = find_extra(measure, of_person, subject);
  if (extra == nullptr) {
    for (std::uint32_t at = range.first; at < range.last; ++at) {
      items.push_back(item_at(rows, at));
    }
    return;
  }
  auto gone = extra->withdrawn.begin();
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    if (gone != extra->withdrawn.end() && *gone == at) {
      ++gone;
    } else {
      items.push_back(item_at(rows, at));
    }
  }
  for (const Added& added : extra->added) items.push_back(added.item);
}

void LiveRows::append_reaching(MeasureId measure, std::uint32_t unit,
                               std::vector<Item>& items) const {
  const RecordColumns& rows = columns(measure, false);
  const Range range = range_of(measure, false, unit);
  const Extra* const extra = find_extra(measure, false, unit);
  auto at =
      std::lower_bound(rows.reaching.begin(), rows.reaching.end(), range.first);
  for (; at != rows.reaching.end() && *at < range.last; ++at) {
    if (extra != nullptr && std::binary_search(extra->withdrawn.begin(),
                                               extra->withdrawn.end(), *at)) {
      continue;
    }
    items.push_back(item_at(rows, *at));
  }
  if (extra == nullptr) return;
  for (const Added& added : extra->added) {
    if (added.is_reaching) items.push_back(added.item);
  }
}

void LiveRows::records_of(
    MeasureId measure, bool of_person, std::uint32_t subject,
    const std::function<void(const SourceItem&)>& use) const {
  std::vector<Item> items;
  append_items(measure, of_person, subject, items);
  give_sorted(items, measure, use);
}

void LiveRows::reaching_of(
    MeasureId measure, std::uint32_t unit,
    const std::function<void(const SourceItem&)>& use) const {
  std::vector<Item> items;
  append_reaching(measure, unit, items);
  give_sorted(items, measure, use);
}

const RecordInfo* LiveRows::find_record(std::uint32_t id) const {
  if (id < first_record_) return nullptr;
  const auto found = live_records_.find(id);
  return found == live_records_.end() ? nullptr : &found->second;
}

std::span<const Belonging> LiveRows::memberships(std::uint32_t person) const {
  if (!moved_.empty()) {
    const auto found = moved_.find(person);
    if (found != moved_.end()) return found->second;
  }
  if (person >= snapshot_.person_count()) return {};
  return std::span(belongings_)
      .subspan(member_begin_[person],
               member_begin_[person + 1] - member_begin_[person]);
}

Result<void> LiveRows::stage(const LiveChange& change, Batch& batch) {
  switch (change.type) {
    case LiveChange::Type::add_record:
      return add(change.record, batch);
    case LiveChange::Type::withdraw_record:
      return withdraw(change.record, batch);
    case LiveChange::Type::join:
    case LiveChange::Type::leave:
      return move(change, batch);
  }
  return Error{Code::invalid_argument, "no such type of change"};
}

Result<void> LiveRows::check_record(const LiveRecord& record,
                                    bool is_added) const {
  if (record.measure.value >= snapshot_.measures().size()) {
    return Error{
        Code::measure_unknown,
        "no measure has the id " + std::to_string(record.measure.value)};
  }
  if (record.unit.is_none() && record.person.is_none()) {
    return Error{Code::subject_missing,
                 "a record needs a unit or a person, or both"};
  }
  if (!record.unit.is_none() && record.unit.value >= snapshot_.unit_count()) {
    return Error{Code::unit_unknown,
                 "no unit has the number " + std::to_string(record.unit.value)};
  }
  if (!is_added) return {};
  if (auto fine = check_days(record.valid); !fine) return fine;
  if (record.id.value < first_record_ ||
      live_records_.contains(record.id.value)) {
    return Error{
        Code::identity_repeated,
        "a record has the id " + std::to_string(record.id.value) + " already"};
  }
  if (record.id.is_none()) {
    return Error{Code::record_unknown, "a record that comes needs an id"};
  }
  return {};
}

Result<void> LiveRows::add(const LiveRecord& record, Batch& batch) {
  if (auto fine = check_record(record, true); !fine) return fine;
  if (changes_left_ == 0) return too_many_changes();
  // What may throw comes first; the edits are noted as soon as they are made.
  batch.records.reserve(batch.records.size() + 2);
  if (!record.unit.is_none()) add_to(false, record.unit.value, record, batch);
  if (!record.person.is_none()) {
    add_to(true, record.person.value, record, batch);
  }
  live_records_.emplace(
      record.id.value,
      RecordInfo{record.unit.value, record.person.value,
                 record.valid.valid_from.days, record.valid.valid_until.days,
                 record.value, record.measure});
  --changes_left_;
  next_record_ = std::max(next_record_, record.id.value + 1);
  return {};
}

void LiveRows::add_to(bool is_person, std::uint32_t subject,
                      const LiveRecord& record, Batch& batch) {
  const Item item{record.valid.valid_from.days, record.valid.valid_until.days,
                  record.value, record.id.value};
  const bool reaches = record.reach == Reach::subtree;
  Extra& extra = extras_[is_person ? 1 : 0][key_of(record.measure, subject)];
  extra.added.push_back({item, reaches});
  batch.records.push_back(
      {is_person, true, true, reaches, subject, record.measure, item});
}

std::optional<RecordEdit> LiveRows::find_standing(
    bool is_person, std::uint32_t subject, const LiveRecord& record) const {
  RecordEdit edit{is_person, false, false, false, subject, record.measure, {}};
  const Extra* const extra = find_extra(record.measure, is_person, subject);
  if (record.id.value >= first_record_) {
    if (extra == nullptr) return std::nullopt;
    for (const Added& added : extra->added) {
      if (added.item.record != record.id.value) continue;
      edit.is_live = true;
      edit.is_reaching = added.is_reaching;
      edit.item = added.item;
      return edit;
    }
    return std::nullopt;
  }
  const RecordColumns& rows = columns(record.measure, is_person);
  const Range range = range_of(record.measure, is_person, subject);
  for (std::uint32_t at = range.first; at < range.last; ++at) {
    if (rows.record[at] != record.id.value) continue;
    if (extra != nullptr && std::binary_search(extra->withdrawn.begin(),
                                               extra->withdrawn.end(), at)) {
      return std::nullopt;
    }
    edit.is_reaching =
        std::binary_search(rows.reaching.begin(), rows.reaching.end(), at);
    edit.item = item_at(rows, at);
    return edit;
  }
  return std::nullopt;
}

Result<void> LiveRows::withdraw(const LiveRecord& record, Batch& batch) {
  if (auto fine = check_record(record, false); !fine) return fine;
  if (changes_left_ == 0) return too_many_changes();
  std::optional<RecordEdit> of_unit;
  std::optional<RecordEdit> of_person;
  if (!record.unit.is_none()) {
    of_unit = find_standing(false, record.unit.value, record);
  }
  if (!record.person.is_none()) {
    of_person = find_standing(true, record.person.value, record);
  }
  if (of_unit.has_value() == record.unit.is_none() ||
      of_person.has_value() == record.person.is_none()) {
    return Error{Code::record_unknown,
                 "no record of this measure with the id " +
                     std::to_string(record.id.value) +
                     " stands with the subjects that are named"};
  }
  batch.records.reserve(batch.records.size() + 2);
  if (of_unit) withdraw_from(*of_unit, batch);
  if (of_person) withdraw_from(*of_person, batch);
  --changes_left_;
  return {};
}

void LiveRows::withdraw_from(const RecordEdit& edit, Batch& batch) {
  Extra& extra =
      extras_[edit.is_person ? 1 : 0][key_of(edit.measure, edit.subject)];
  if (edit.is_live) {
    const auto found = std::find_if(
        extra.added.begin(), extra.added.end(), [&](const Added& added) {
          return added.item.record == edit.item.record;
        });
    extra.added.erase(found);
  } else {
    const Range range = range_of(edit.measure, edit.is_person, edit.subject);
    const auto& ids = columns(edit.measure, edit.is_person).record;
    std::uint32_t at = range.first;
    while (ids[at] != edit.item.record) ++at;
    extra.withdrawn.insert(
        std::lower_bound(extra.withdrawn.begin(), extra.withdrawn.end(), at),
        at);
  }
  batch.records.push_back(edit);
}

Result<void> LiveRows::move(const LiveChange& change, Batch& batch) {
  if (change.person.is_none()) {
    return Error{Code::person_unknown, "a change of membership needs a person"};
  }
  if (change.unit.value >= snapshot_.unit_count()) {
    return Error{Code::unit_unknown,
                 "no unit has the number " + std::to_string(change.unit.value)};
  }
  if (changes_left_ == 0) return too_many_changes();
  index_members();
  const std::uint32_t person = change.person.value;
  const auto now = memberships(person);
  const auto here =
      std::find_if(now.begin(), now.end(), [&](const Belonging& belonging) {
        return belonging.unit == change.unit.value;
      });
  std::vector<Belonging> after(now.begin(), now.end());
  if (change.type == LiveChange::Type::leave) {
    if (here == now.end()) {
      return Error{Code::not_found, "the person does not belong to the unit"};
    }
    after.erase(after.begin() + (here - now.begin()));
  } else {
    if (here != now.end()) {
      return Error{Code::memberships_overlap,
                   "the person belongs to the unit already"};
    }
    if (change.standing == Standing::primary &&
        std::any_of(now.begin(), now.end(), [](const Belonging& belonging) {
          return belonging.standing == Standing::primary;
        })) {
      return Error{Code::primary_memberships_overlap,
                   "the person has a primary membership already"};
    }
    after.push_back({change.unit.value, change.standing});
  }
  PersonEdit edit{person, {now.begin(), now.end()}};
  batch.persons.reserve(batch.persons.size() + 1);
  const bool is_first = persons_of_batch_.insert(person).second;
  moved_[person] = std::move(after);
  if (is_first) batch.persons.push_back(std::move(edit));
  --changes_left_;
  return {};
}

void LiveRows::take_back(const RecordEdit& edit) noexcept {
  Extra& extra = extras_[edit.is_person ? 1 : 0]
                     .find(key_of(edit.measure, edit.subject))
                     ->second;
  if (edit.is_added) {
    live_records_.erase(edit.item.record);
    std::erase_if(extra.added, [&](const Added& added) {
      return added.item.record == edit.item.record;
    });
  } else if (edit.is_live) {
    // There was room for it, and there is again.
    extra.added.push_back({edit.item, edit.is_reaching});
  } else {
    const Range range = range_of(edit.measure, edit.is_person, edit.subject);
    const auto& ids = columns(edit.measure, edit.is_person).record;
    std::erase_if(extra.withdrawn, [&](std::uint32_t at) {
      return at >= range.first && ids[at] == edit.item.record;
    });
  }
}

void LiveRows::unstage(Batch& batch, const Checkpoint& before) noexcept {
  for (std::size_t at = batch.records.size(); at-- > 0;) {
    take_back(batch.records[at]);
  }
  for (PersonEdit& edit : batch.persons) {
    moved_.find(edit.person)->second = std::move(edit.before);
  }
  persons_of_batch_.clear();
  next_record_ = before.next_record;
  changes_left_ = before.changes_left;
  batch.clear();
}

std::size_t LiveRows::byte_count() const {
  constexpr std::size_t node_bytes = 64;  // Of a hash table, about.
  std::size_t bytes = live_records_.size() * (node_bytes + sizeof(RecordInfo)) +
                      member_begin_.size() * sizeof(member_begin_[0]) +
                      belongings_.size() * sizeof(belongings_[0]) +
                      moved_.size() * node_bytes;
  for (const auto& measures : begin_) {
    for (const auto& begin : measures) bytes += begin.size() * sizeof(begin[0]);
  }
  for (const Extras& extras : extras_) {
    bytes += extras.size() * (node_bytes + sizeof(Extra));
  }
  return bytes;
}

}  // namespace headrope
