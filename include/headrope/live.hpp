// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Figures that stay right while records come and members move: a Snapshot, one
// hierarchy of it, and sums, coverages and counts of members at every place,
// kept up to date change by change, as if the Registry had been frozen again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/pack_answers.hpp"

namespace headrope {

/// Sums of the tallies of units, as `roll_up` gives them of `tally_units`.
struct LiveSums {
  Tally tally{};
  Interval window{};
};

/// The coverage of a rule written in code, as `cover` gives it of `assess`.
/// Tallies of attendance are not kept.
struct LiveCoverage {
  Rule rule{};
  Interval range{};
  CountBasis basis = CountBasis::primary;
};

/// The coverage of a rule of a pack, as `cover` gives it of `assess`. Kept are
/// rules whose subjects are units and that look at no records but the unit's
/// own and those credited from above, and at no members: whom else a change
/// concerns is not known. A rule that does is refused with the reason.
struct LivePackCoverage {
  PackPointer pack{};
  std::size_t rule = 0;  ///< position in the pack
  Interval range{};      ///< as in `RuleQuestion`
};

/// The members at and below every place, as `count_members` gives them.
struct LiveMembers {
  CountBasis basis = CountBasis::primary;
};

/// One figure that is kept.
using LiveFigure =
    std::variant<LiveSums, LiveCoverage, LivePackCoverage, LiveMembers>;

/// A record that comes, or the one that goes.
struct LiveRecord {
  /// Of one that comes: from `LiveFigures::next_record` on, and not in use. Of
  /// one that goes: that of the snapshot or of the change that brought it.
  RecordId id{};
  MeasureId measure{};
  UnitIndex unit{};          ///< a unit of the snapshot; or none
  PersonId person{};         ///< or none; of the two one must be given
  Reach reach = Reach::own;  ///< of one that comes, as are those below
  std::int64_t value = 1;    ///< with the decimals of the measure
  Interval valid{};          ///< the days it covers; never open
};

/// A change. To correct a record, withdraw it and add the right one in one
/// batch; to move a member, let it leave and join in one batch.
struct LiveChange {
  /// What happens.
  enum class Type : std::uint8_t {
    add_record,
    withdraw_record,  ///< `record` names it, its measure and its subjects
    join,             ///< `person` becomes a member of `unit` on the day
    leave             ///< `person` is no member of `unit` on the day
  };
  Type type = Type::add_record;
  LiveRecord record{};
  /// Of `join` and `leave`. An id from the snapshot's `person_count` on is that
  /// of a person who came since.
  PersonId person{};
  UnitIndex unit{};
  Standing standing = Standing::primary;  ///< of `join`
};

/// How live figures are made.
struct LiveOptions {
  Threads threads{};  ///< for making them; changes are made on one thread
  /// How many changed places are remembered for `changed_since`; 4 bytes each.
  std::size_t remembered_max = std::size_t{1} << 20U;
  /// How many records may come and persons be moved in all, `limit_exceeded`;
  /// each takes about 100 bytes until the figures are made anew.
  std::size_t changes_max = 50'000'000;
  Progress progress{};
};

/// Places whose figures changed.
struct LiveChanges {
  /// True if it is too long ago: any place may have changed, `places` is empty.
  bool is_everything = false;
  std::vector<PlaceIndex> places{};  ///< ascending, each once
  std::uint64_t sequence = 0;        ///< up to which batch, to ask from next
};

/// What a listener is told after a batch.
struct LiveNotice {
  std::uint64_t sequence = 0;  ///< of the batch
  /// Where a figure changed, ascending, each once; good during the call.
  std::span<const PlaceIndex> places{};
};
/// Is told of each batch that changed a figure.
using LiveListener = std::function<void(const LiveNotice&)>;

/// The figures of one moment. They stay as they are whatever comes after; what
/// a moment holds on to is given up with it.
///
/// A figure is named by its position in those that were asked for.
/// @threads Immutable; any thread. Shared by `std::shared_ptr`, and may outlive
///   the LiveFigures.
class LiveMoment {
 public:
  /// The state itself, for the library.
  struct State;
  /// Takes a state; `LiveFigures::moment` is the way to get one.
  explicit LiveMoment(std::unique_ptr<const State> state);
  ~LiveMoment();
  LiveMoment(const LiveMoment&) = delete;
  LiveMoment& operator=(const LiveMoment&) = delete;

  /// The number of the last batch that it knows of.
  [[nodiscard]] std::uint64_t sequence() const;
  /// The sum, or the number of members, at and below a place.
  /// @returns `invalid_argument` for a figure or a place that there is not, or
  ///   a coverage. @complexity O(log places).
  [[nodiscard]] Result<std::int64_t> value(std::size_t figure,
                                           PlaceIndex place) const;
  /// The subjects at and below a place by status.
  /// @returns as `value`, for a figure that is not a coverage.
  /// @complexity O(log places).
  [[nodiscard]] Result<StatusCounts> counts(std::size_t figure,
                                            PlaceIndex place) const;
  /// The sums, or numbers of members, of all places.
  /// @param values one for each place; untouched after an error.
  /// @returns as `value`, or if the size is another. @complexity O(places),
  ///   nothing is added up.
  [[nodiscard]] Result<void> values_into(std::size_t figure,
                                         std::span<std::int64_t> values) const;
  /// The same, in memory of its own.
  [[nodiscard]] Result<std::vector<std::int64_t>> values(
      std::size_t figure) const;
  /// The coverage of all places, for the tables that `cover` is shown with.
  /// @returns as `counts`. @complexity O(places × statuses that occur), nothing
  ///   is added up.
  [[nodiscard]] Result<Coverage> coverage(std::size_t figure) const;
  /// The subjects of one status of all places, into memory of the caller's.
  /// @param counts one for each place; untouched after an error.
  /// @returns as `counts`, or if the size is another, or for no status.
  /// @complexity O(places), nothing is added up.
  [[nodiscard]] Result<void> counts_into(std::size_t figure, Status status,
                                         std::span<std::int64_t> counts) const;
  /// Subjects outside the hierarchy by status. @returns as `counts`.
  [[nodiscard]] Result<StatusCounts> unplaced(std::size_t figure) const;

 private:
  std::unique_ptr<const State> state_;
};

/// Figures of a Snapshot that are kept up to date.
///
/// The day, the units, the hierarchy, kinds and attributes are those of the
/// snapshot: for another day, for units that come, go or are linked otherwise,
/// freeze again. After any changes each figure is what a fresh freeze of a
/// Registry with the same rows would give. Memory: about 9 bytes for each place
/// and column of a figure (8 columns of 4 bytes for a coverage), 4 bytes for
/// each unit and measure that is read, and what changed.
/// @threads `apply`, `subscribe` and `unsubscribe`: one thread at a time. The
///   others: any thread, also while changes are made; they wait for a batch.
class LiveFigures {
 public:
  /// Makes them as they stand in the snapshot.
  /// @param hierarchy one that has places in the snapshot.
  /// @returns `hierarchy_unknown`; `invalid_argument` for no figure, for what
  ///   cannot be kept, with the reason; as `tally_units`, `roll_up` and
  ///   `assess`; `cancelled`.
  /// @complexity that of the same answers of the snapshot.
  [[nodiscard]] static Result<LiveFigures> make(
      std::shared_ptr<const Snapshot> snapshot, std::string_view hierarchy,
      std::span<const LiveFigure> figures, const LiveOptions& options = {});

  ~LiveFigures();
  LiveFigures(LiveFigures&&) noexcept;
  LiveFigures& operator=(LiveFigures&&) noexcept;

  /// The snapshot that they began with.
  [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const;
  /// The hierarchy, along which places are counted.
  [[nodiscard]] const Forest& forest() const;
  /// How many figures are kept.
  [[nodiscard]] std::size_t figure_count() const;
  /// The first id that no record ever had here.
  [[nodiscard]] RecordId next_record() const;
  /// The number of the last batch; 0 at the beginning.
  [[nodiscard]] std::uint64_t sequence() const;

  /// Makes changes, all or none of them; whoever reads sees all or none.
  /// @returns the number of the batch; for no change that of the last. What is
  ///   wrong names the change, from 1, and leaves everything as it was:
  ///   `measure_unknown`, `unit_unknown`, `person_unknown`, `record_unknown`,
  ///   `subject_missing`, `value_missing`, `value_out_of_range`,
  ///   `interval_reversed`, `identity_repeated`; `memberships_overlap` for a
  ///   person who belongs to the unit already, `primary_memberships_overlap`,
  ///   `not_found` for a leave of no member; `sum_overflow`; `limit_exceeded`;
  ///   `invalid_argument` when called by a listener.
  /// @complexity O(depth × figures) for a record, times the places of its unit,
  ///   and the records of its subject but for sums and counts; for one that
  ///   reaches the subtree, and a rule that credits it, all units below.
  Result<std::uint64_t> apply(std::span<const LiveChange> changes);

  /// The sum, or the number of members, now; see `LiveMoment::value`.
  [[nodiscard]] Result<std::int64_t> value(std::size_t figure,
                                           PlaceIndex place) const;
  /// The subjects by status now; see `LiveMoment::counts`.
  [[nodiscard]] Result<StatusCounts> counts(std::size_t figure,
                                            PlaceIndex place) const;
  /// All figures as they are now, to keep. While it lives, what changes is
  /// copied first, a few pages of some 300 to 1,900 bytes for each place above.
  /// @complexity O(figures).
  [[nodiscard]] std::shared_ptr<const LiveMoment> moment() const;

  /// Where figures changed after a batch, up to now.
  /// @param sequence of a moment, a notice or an earlier answer; one that is
  ///   still to come gives nothing. @complexity O(n log n) for n places.
  [[nodiscard]] LiveChanges changed_since(std::uint64_t sequence) const;

  /// Tells a listener of each batch from now on, on the thread of `apply`,
  /// after the batch. It may read; it may not make changes nor subscribe, which
  /// is refused. One that throws is not told again.
  /// @returns its number; `invalid_argument` without one or from a listener.
  Result<std::uint64_t> subscribe(LiveListener listener);
  /// Tells a listener nothing more.
  /// @returns `not_found`; `invalid_argument` from a listener.
  Result<void> unsubscribe(std::uint64_t listener);

  /// What it takes, without the snapshot, in bytes.
  [[nodiscard]] std::size_t byte_count() const;

 private:
  struct Parts;
  explicit LiveFigures(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

/// Makes changes both in live figures and in the Registry that their snapshot
/// was frozen from, so that the next freeze knows them: all or none in both.
///
/// A record gets the next id of the Registry, and stands in the books from the
/// day on; one that is withdrawn stands in them up to the day. Who joins
/// belongs from the day on, who leaves up to it.
/// @param on the day of the changes, not after that of the snapshot.
/// @returns the ids of the records that came, in order; as
///   `LiveFigures::apply` and `Registry::add`; `value_out_of_range` for a day
///   after the snapshot's, or on which the membership that ends had not begun;
///   `identity_repeated` if records came by `LiveFigures::apply` alone before;
///   `invalid_argument` for another Registry.
/// @threads That of `apply`; nobody may use the Registry meanwhile.
/// @complexity That of `apply`; to leave also O(memberships of the Registry).
Result<std::vector<RecordId>> apply_to_registry(
    Registry& registry, LiveFigures& live, std::span<const LiveChange> changes,
    Date on);

}  // namespace headrope
