// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The rows as they stand now: those of the snapshot, without what was
// withdrawn, and what came since. A batch is staged row by row and can be taken
// back until its figures are committed.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "evaluate/reduce.hpp"
#include "evaluate/sources.hpp"
#include "headrope/live.hpp"

namespace headrope {

/// A membership of a person on the day.
struct Belonging {
  std::uint32_t unit = 0;
  Standing standing = Standing::primary;
  friend bool operator==(const Belonging&, const Belonging&) = default;
};

/// A record of one subject that came or went in the batch.
struct RecordEdit {
  bool is_person = false;
  bool is_added = true;  ///< false: withdrawn
  bool is_live = false;  ///< withdrawn, and had come live
  bool is_reaching = false;
  std::uint32_t subject = 0;
  MeasureId measure{};
  Item item{};
};

/// A person whose memberships changed in the batch.
struct PersonEdit {
  std::uint32_t person = 0;
  std::vector<Belonging> before{};  ///< as they were before the batch
};

/// What a batch changed.
struct Batch {
  std::vector<RecordEdit> records{};
  std::vector<PersonEdit> persons{};

  void clear() {
    records.clear();
    persons.clear();
  }
};

/// The records and memberships as they stand.
/// @threads One thread at a time.
class LiveRows final : public RecordOverlay {
 public:
  /// @param snapshot outlives this.
  LiveRows(const Snapshot& snapshot, std::size_t changes_max);

  /// Builds what finds the records of a measure in constant time. Without it
  /// they are found by searching.
  void index_records(MeasureId measure, bool of_persons);
  /// Builds the memberships by person, before `memberships`.
  void index_members();

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  /// The records of a subject, of one measure, as they stand, appended in the
  /// order of their days unless some came since.
  void append_items(MeasureId measure, bool of_person, std::uint32_t subject,
                    std::vector<Item>& items) const;
  /// The same, of a unit, those only that reach the subtree.
  void append_reaching(MeasureId measure, std::uint32_t unit,
                       std::vector<Item>& items) const;
  void records_of(
      MeasureId measure, bool of_person, std::uint32_t subject,
      const std::function<void(const SourceItem&)>& use) const override;
  void reaching_of(
      MeasureId measure, std::uint32_t unit,
      const std::function<void(const SourceItem&)>& use) const override;
  [[nodiscard]] const RecordInfo* find_record(std::uint32_t id) const override;
  /// The memberships of a person on the day.
  [[nodiscard]] std::span<const Belonging> memberships(
      std::uint32_t person) const;
  /// The first id that no record ever had.
  [[nodiscard]] std::uint32_t next_record() const { return next_record_; }

  /// Takes a change into the rows and notes it in the batch.
  /// @returns what is wrong, nothing having changed.
  [[nodiscard]] Result<void> stage(const LiveChange& change, Batch& batch);
  /// What `unstage` goes back to, besides the rows.
  struct Checkpoint {
    std::uint32_t next_record = 0;
    std::size_t changes_left = 0;
  };
  [[nodiscard]] Checkpoint checkpoint() const {
    return {next_record_, changes_left_};
  }
  /// Takes everything of a batch back, of which some may have been staged only
  /// in part.
  void unstage(Batch& batch, const Checkpoint& before) noexcept;
  /// Forgets what is needed only to take a batch back.
  void keep() { persons_of_batch_.clear(); }

  [[nodiscard]] std::size_t byte_count() const;

 private:
  struct Added {
    Item item;
    bool is_reaching = false;
  };
  /// What changed of one subject and measure.
  struct Extra {
    std::vector<Added> added;
    std::vector<std::uint32_t> withdrawn;  ///< positions, ascending
  };
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  using Extras = std::unordered_map<std::uint64_t, Extra>;

  [[nodiscard]] const RecordColumns& columns(MeasureId measure,
                                             bool of_person) const;
  [[nodiscard]] Range range_of(MeasureId measure, bool of_person,
                               std::uint32_t subject) const;
  [[nodiscard]] const Extra* find_extra(MeasureId measure, bool of_person,
                                        std::uint32_t subject) const;
  [[nodiscard]] Result<void> check_record(const LiveRecord& record,
                                          bool is_added) const;
  [[nodiscard]] Result<void> add(const LiveRecord& record, Batch& batch);
  void add_to(bool is_person, std::uint32_t subject, const LiveRecord& record,
              Batch& batch);
  [[nodiscard]] Result<void> withdraw(const LiveRecord& record, Batch& batch);
  [[nodiscard]] std::optional<RecordEdit> find_standing(
      bool is_person, std::uint32_t subject, const LiveRecord& record) const;
  void withdraw_from(const RecordEdit& edit, Batch& batch);
  [[nodiscard]] Result<void> move(const LiveChange& change, Batch& batch);
  void take_back(const RecordEdit& edit) noexcept;

  const Snapshot& snapshot_;
  std::size_t changes_left_;
  std::uint32_t first_record_ = 0;  // That the snapshot does not have.
  std::uint32_t next_record_ = 0;
  // By measure, of units and of persons: where the records of each begin.
  std::array<std::vector<std::vector<std::uint32_t>>, 2> begin_;
  std::array<Extras, 2> extras_;
  // Records that came; an id stays taken when its record is withdrawn.
  std::unordered_map<std::uint32_t, RecordInfo> live_records_;
  // The memberships of the snapshot by person, and those that changed.
  std::vector<std::uint32_t> member_begin_;
  std::vector<Belonging> belongings_;
  std::unordered_map<std::uint32_t, std::vector<Belonging>> moved_;
  std::unordered_set<std::uint32_t> persons_of_batch_;
};

}  // namespace headrope
