// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From a thing to the items that stand in a relation to it: what a Snapshot
// holds in columns, indexed by whom it is asked of. Indexes are built when they
// are first wanted, before any thread starts.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/pace.hpp"
#include "responsibility/index.hpp"
#include "rules/expression.hpp"

namespace headrope {

/// A thing: a subject, or an item that is looked into.
struct ThingRef {
  Thing type = Thing::unit;
  std::uint32_t index = 0;
};

/// An item of a selection.
struct SourceItem {
  std::int32_t valid_from = 0;
  std::int32_t valid_until = 0;
  std::int64_t value = 0;
  /// RecordId, PersonId, UnitIndex, PostId, DutyId, or a position in
  /// `assignments()` or `ties()`.
  std::uint32_t index = 0;
  MeasureId measure{};                    ///< of a record
  Presence presence = Presence::present;  ///< of a mark
  /// Of a mark: the person did not belong where the record was held.
  bool is_stranger = false;
};

/// Where entries of a column begin for each key.
class Offsets {
 public:
  Offsets() = default;
  /// @param begin where the entries of each key begin, and one end.
  explicit Offsets(std::vector<std::uint32_t> begin)
      : begin_(std::move(begin)) {}
  [[nodiscard]] std::span<const std::uint32_t> range(std::uint32_t key) const {
    return std::span(begin_).subspan(key, 2);
  }
  [[nodiscard]] bool is_built() const { return !begin_.empty(); }

 private:
  std::vector<std::uint32_t> begin_;
};

/// What is known of a record by its id.
struct RecordInfo {
  std::uint32_t unit = UnitIndex::none_value;
  std::uint32_t person = PersonId::none_value;
  std::int32_t valid_from = 0;
  std::int32_t valid_until = 0;
  std::int64_t value = 0;
  MeasureId measure{};
};

/// Records that stand in place of those of the snapshot.
class RecordOverlay {
 public:
  virtual ~RecordOverlay() = default;
  /// A record that the snapshot does not have; nullptr if it is not one.
  [[nodiscard]] virtual const RecordInfo* find_record(
      std::uint32_t id) const = 0;
  /// Gives the records of a subject, of one measure, by days.
  virtual void records_of(
      MeasureId measure, bool of_person, std::uint32_t subject,
      const std::function<void(const SourceItem&)>& use) const = 0;
  /// The same of a unit, those only that reach the subtree.
  virtual void reaching_of(
      MeasureId measure, std::uint32_t unit,
      const std::function<void(const SourceItem&)>& use) const = 0;
};

/// The relations of a Snapshot.
/// @threads Built by one thread (`prepare`), then read by any.
class Sources {
 public:
  /// @param pace of the building of indexes; outlives this.
  Sources(const Snapshot& snapshot, Pace& pace)
      : snapshot_(snapshot),
        pace_(pace),
        party_(snapshot.find_forest("party")) {}

  /// Notes or builds what a bound selection will ask for.
  void prepare(const Selection& selection);
  /// Builds the indexes of the records that were noted, before `for_each`.
  void build();
  /// Builds the look-up of records by id.
  void prepare_records();

  /// Reads the records of units and persons from elsewhere; `build` is then
  /// not needed for them. @param overlay outlives this.
  void read_records_from(const RecordOverlay& overlay) { overlay_ = &overlay; }

  /// Gives every item that stands in the relation, whatever its days, before
  /// `where`; records of one subject and measure by days.
  void for_each(const Selection& selection, ThingRef thing,
                const std::function<void(const SourceItem&)>& use) const;

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }

  using RecordInfo = headrope::RecordInfo;
  /// `prepare_records` must have run. Nothing is known of a record that the
  /// snapshot leaves out: its measure is none.
  [[nodiscard]] const RecordInfo& record(std::uint32_t id) const;

  /// The unit of the primary membership of a person; none without one.
  [[nodiscard]] UnitIndex primary_unit(std::uint32_t person) const;
  /// Builds `primary_unit` and units by person.
  void prepare_memberships();
  /// The post of an id, if it exists on the day.
  [[nodiscard]] const PostState* post(std::uint32_t id) const;

 private:
  struct MeasureIndex {
    Offsets of_units;
    Offsets of_persons;
  };
  using Use = std::function<void(const SourceItem&)>;

  void prepare_marks();
  void prepare_posts();
  void prepare_responsibility();

  void records_of(const Selection& selection, ThingRef thing,
                  const Use& use) const;
  void records_of_subject(MeasureId measure, bool of_person,
                          std::uint32_t subject, const Use& use) const;
  void credited_records(const Selection& selection, UnitIndex unit,
                        const Use& use) const;
  void attended(const Selection& selection, std::uint32_t person,
                const Use& use) const;
  void attendance(const Selection& selection, std::uint32_t record,
                  const Use& use) const;
  void members_of(const Selection& selection, UnitIndex unit,
                  const Use& use) const;
  void units_of(const Selection& selection, ThingRef thing,
                const Use& use) const;
  void posts_of(const Selection& selection, ThingRef thing,
                const Use& use) const;
  void holders_of(const Selection& selection, std::uint32_t post,
                  const Use& use) const;
  void assignments_of(const Selection& selection, ThingRef thing,
                      const Use& use) const;
  void answered_by(const Selection& selection, UnitIndex unit,
                   const Use& use) const;
  void ties_of(const Selection& selection, ThingRef thing,
               const Use& use) const;
  void duties_of(UnitIndex unit, const Use& use) const;
  /// The unit and, by `reach`, those around it; each once.
  [[nodiscard]] std::vector<std::uint32_t> units_around(
      std::int32_t forest, UnitIndex unit, Selection::Reach reach) const;

  const Snapshot& snapshot_;
  Pace& pace_;
  const RecordOverlay* overlay_ = nullptr;
  const Forest* party_ = nullptr;       // Where persons belong.
  std::vector<MeasureId> wanted_;       // Not yet in `measures_`.
  std::vector<MeasureIndex> measures_;  // By MeasureId.
  std::vector<RecordInfo> records_;     // By RecordId.
  Offsets marks_of_person_;
  std::vector<std::uint32_t> marks_by_record_;     // Positions in marks().
  Offsets marks_of_record_;                        // By attended record.
  std::vector<std::uint32_t> attended_of_record_;  // By RecordId.
  Offsets posts_of_unit_;
  std::vector<std::uint32_t> post_position_;  // By PostId.
  Offsets holders_of_post_;
  std::vector<std::uint32_t> holders_by_person_;
  Offsets posts_of_person_;
  std::unique_ptr<const Responsibility::Index> responsibility_;
  std::vector<std::uint32_t> units_by_person_;  // Unit of each membership.
  std::vector<std::uint8_t> standing_by_person_;
  Offsets units_of_person_;
};

}  // namespace headrope
