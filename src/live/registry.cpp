// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The same changes in the Registry: rows that come are added, rows that go end;
// all of it is taken back if the figures refuse the batch.

#include <algorithm>
#include <string>
#include <utility>

#include "base/utf8.hpp"
#include "headrope/damaged.hpp"
#include "headrope/live.hpp"
#include "model/tables.hpp"

namespace headrope {
namespace {

// Rows of a Registry as they were, until they are kept.
class RegistryEdit {
 public:
  RegistryEdit(Registry& registry, const Snapshot& snapshot, Date on)
      : registry_(registry),
        tables_(registry.tables()),
        snapshot_(snapshot),
        on_(on),
        records_(tables_.records.size()),
        memberships_(tables_.memberships.size()) {}
  RegistryEdit(const RegistryEdit&) = delete;
  RegistryEdit& operator=(const RegistryEdit&) = delete;
  ~RegistryEdit() {
    if (is_kept_) return;
    for (std::size_t at = ended_.size(); at-- > 0;) {
      interval_of(ended_[at]) = ended_[at].before;
    }
    tables_.records.resize(records_);
    tables_.memberships.resize(memberships_);
  }

  /// Makes a change; one that adds a record gets its id.
  [[nodiscard]] Result<void> make(LiveChange& change) {
    switch (change.type) {
      case LiveChange::Type::add_record:
        return add(change.record);
      case LiveChange::Type::withdraw_record:
        return withdraw(change.record);
      case LiveChange::Type::join:
        return join(change);
      case LiveChange::Type::leave:
        return leave(change);
    }
    return Error{Code::invalid_argument, "no such type of change"};
  }
  void keep() { is_kept_ = true; }

  [[nodiscard]] const std::vector<RecordId>& added() const { return added_; }

 private:
  // A row that ended, by its position: rows move while others are added.
  struct Ended {
    bool is_record;
    std::size_t row;
    Interval before;
  };

  // What of a row ends: of a record its stand in the books.
  [[nodiscard]] Interval& interval_of(const Ended& ended) const {
    return ended.is_record ? tables_.records[ended.row].recorded
                           : tables_.memberships[ended.row].valid;
  }

  // The unit of the snapshot in the Registry, if it is the same one.
  [[nodiscard]] Result<UnitId> unit_of(UnitIndex unit) const {
    if (unit.is_none()) return UnitId{};
    if (unit.value >= snapshot_.unit_count()) {
      return Error{Code::unit_unknown,
                   "no unit has the number " + std::to_string(unit.value)};
    }
    const UnitId id = snapshot_.registry_unit(unit);
    const auto names = registry_.unit_identities();
    if (id.value >= names.size() ||
        names[id.value] != snapshot_.identity(unit)) {
      return Error{Code::invalid_argument,
                   "the snapshot was not frozen from this registry: unit " +
                       in_quotes(snapshot_.identity(unit)) +
                       " is another there"};
    }
    return id;
  }

  Result<void> add(LiveRecord& record) {
    const auto unit = unit_of(record.unit);
    if (!unit) return unit.error();
    Record row;
    row.measure = record.measure;
    row.unit = *unit;
    row.person = record.person;
    row.reach = record.reach;
    row.value = record.value;
    row.valid = record.valid;
    row.recorded = {on_, Date::open_end()};
    const auto id = registry_.add(row);
    if (!id) return id.error();
    record.id = *id;
    added_.push_back(*id);
    return {};
  }

  Result<void> withdraw(LiveRecord& record) {
    if (record.id.value >= tables_.records.size()) {
      return Error{Code::record_unknown,
                   "no record has the id " + std::to_string(record.id.value)};
    }
    end({true, record.id.value, tables_.records[record.id.value].recorded});
    return {};
  }

  Result<void> join(const LiveChange& change) {
    const auto unit = unit_of(change.unit);
    if (!unit) return unit.error();
    Membership row;
    row.person = change.person;
    row.unit = *unit;
    row.standing = change.standing;
    row.valid = {on_, Date::open_end()};
    return registry_.add(row);
  }

  Result<void> leave(const LiveChange& change) {
    const auto unit = unit_of(change.unit);
    if (!unit) return unit.error();
    auto& rows = tables_.memberships;
    const auto found =
        std::find_if(rows.rbegin(), rows.rend(), [&](const Membership& row) {
          return row.person == change.person && row.unit == *unit &&
                 row.valid.contains(snapshot_.as_of()) &&
                 row.recorded.contains(snapshot_.known_on());
        });
    if (found == rows.rend()) {
      return Error{Code::not_found, "the person does not belong to the unit"};
    }
    if (found->valid.valid_from >= on_) {
      return Error{Code::value_out_of_range,
                   "the membership that ends on " + to_string(on_) +
                       " begins on " + to_string(found->valid.valid_from)};
    }
    end({false, static_cast<std::size_t>(rows.rend() - found) - 1,
         found->valid});
    return {};
  }

  void end(const Ended& ended) {
    ended_.push_back(ended);
    Interval& interval = interval_of(ended);
    interval.valid_until = std::max(interval.valid_from, on_);
  }

  Registry& registry_;
  Registry::Tables& tables_;
  const Snapshot& snapshot_;
  Date on_;
  std::size_t records_;
  std::size_t memberships_;
  std::vector<Ended> ended_;
  std::vector<RecordId> added_;
  bool is_kept_ = false;
};

}  // namespace

Result<std::vector<RecordId>> apply_to_registry(
    Registry& registry, LiveFigures& live, std::span<const LiveChange> changes,
    Date on) try {
  const Snapshot& snapshot = *live.snapshot();
  if (!is_civil(on) || on > snapshot.as_of() || on > snapshot.known_on()) {
    return Error{Code::value_out_of_range,
                 "the figures, of " + to_string(snapshot.as_of()) +
                     ", do not know changes of " + to_string(on)};
  }
  std::vector<LiveChange> numbered(changes.begin(), changes.end());
  RegistryEdit edit(registry, snapshot, on);
  for (std::size_t at = 0; at < numbered.size(); ++at) {
    if (auto done = edit.make(numbered[at]); !done) {
      return Error{done.error().code, "change " + std::to_string(at + 1) +
                                          ": " + done.error().message};
    }
  }
  std::vector<RecordId> added = edit.added();
  if (auto done = live.apply(numbered); !done) return done.error();
  edit.keep();
  return added;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
