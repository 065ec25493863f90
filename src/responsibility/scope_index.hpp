// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows with a duty and a scope, found by the units that they cover: the rows of
// a unit and of the units above it by one look each, those for kinds or for all
// by duty.

#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "headrope/responsibility.hpp"

namespace headrope {

/// A row that covers a unit, and how near it is.
struct Covering {
  std::uint32_t position = 0;  ///< of the row: those of the day come first
  Reached reached = Reached::unit;
  std::uint32_t steps = 0;
  UnitIndex from{};

  /// True if both are equally near.
  [[nodiscard]] bool is_as_near(const Covering& other) const {
    return reached == other.reached && steps == other.steps;
  }
  /// True if it is nearer.
  [[nodiscard]] bool is_nearer(const Covering& other) const {
    return reached != other.reached ? reached < other.reached
                                    : steps < other.steps;
  }
};

/// What a row says of whom: no scope covers everything.
struct ScopedRow {
  DutyId duty{};
  const DutyReach* scope = nullptr;
};

/// Where the rows about each key begin, and one end; empty if there are none.
class RowsByKey {
 public:
  RowsByKey() = default;
  /// @param key_of gives the key of a row below `row_count`, or `key_count` or
  ///   more to leave it out. Rows of a key keep their order.
  template <typename KeyOf>
  RowsByKey(std::size_t row_count, std::size_t key_count, const KeyOf& key_of) {
    begin_.assign(key_count + 1, 0);
    for (std::size_t row = 0; row < row_count; ++row) {
      if (const std::size_t key = key_of(row); key < key_count) {
        ++begin_[key + 1];
      }
    }
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    rows_.resize(begin_.back());
    if (rows_.empty()) {
      begin_.clear();
      return;
    }
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t row = 0; row < row_count; ++row) {
      if (const std::size_t key = key_of(row); key < key_count) {
        rows_[next[key]++] = static_cast<std::uint32_t>(row);
      }
    }
  }

  /// The rows of a key, in order.
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t key) const {
    if (begin_.empty() || key + 1 >= begin_.size()) return {};
    return std::span(rows_).subspan(begin_[key], begin_[key + 1] - begin_[key]);
  }
  /// The rows of all keys, key by key.
  [[nodiscard]] std::span<const std::uint32_t> all() const { return rows_; }
  /// Where the rows of a key begin among all.
  [[nodiscard]] std::size_t begin_of(std::size_t key) const {
    return begin_.empty() ? 0 : begin_[key];
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> rows_;
};

/// Rows by whom they cover.
/// @threads Immutable; any thread.
class ScopeIndex {
 public:
  ScopeIndex() = default;
  /// @param row_of gives the `ScopedRow` of a position below `row_count`.
  template <typename RowOf>
  ScopeIndex(const Snapshot& snapshot, std::size_t row_count,
             const RowOf& row_of) {
    using Type = Scope::Type;
    const auto is_at_unit = [](const ScopedRow& row) {
      return row.scope != nullptr && (row.scope->type == Type::unit ||
                                      row.scope->type == Type::subtree);
    };
    const std::size_t duty_count = snapshot.duty_count();
    wide_ = RowsByKey(row_count, duty_count, [&](std::size_t at) {
      const ScopedRow row = row_of(at);
      return is_at_unit(row) ? duty_count : std::size_t{row.duty.value};
    });
    at_units_ =
        RowsByKey(row_count, snapshot.unit_count(), [&](std::size_t at) {
          const ScopedRow row = row_of(at);
          // A unit that does not live has the greatest number there is.
          return is_at_unit(row) ? std::size_t{row.scope->unit.value}
                                 : snapshot.unit_count();
        });
    duty_at_units_.reserve(at_units_.all().size());
    for (const std::uint32_t at : at_units_.all()) {
      duty_at_units_.push_back(row_of(at).duty);
    }
    forests_.resize(duty_count);
    const auto forests = snapshot.forests();
    for (std::size_t at = 0; at < row_count; ++at) {
      const ScopedRow row = row_of(at);
      if (row.scope == nullptr || row.scope->type != Type::subtree) continue;
      for (std::uint32_t forest = 0; forest < forests.size(); ++forest) {
        if (forests[forest].hierarchy() == row.scope->hierarchy) {
          add_forest(row.duty, forest);
        }
      }
    }
  }

  /// Lets the rows of a duty for single units be inherited along a forest.
  void inherit(DutyId duty, std::uint32_t forest) {
    add_forest(duty, forest);
    are_inherited_ = true;
  }
  /// True if rows for single units may be inherited.
  [[nodiscard]] bool are_inherited() const { return are_inherited_; }

  /// The forests along which rows of a duty reach down, ascending.
  [[nodiscard]] std::span<const std::uint32_t> forests(DutyId duty) const {
    return forests_[duty.value];
  }
  /// The rows of a duty for kinds or for all.
  [[nodiscard]] std::span<const std::uint32_t> wide(DutyId duty) const {
    return wide_.of(duty.value);
  }
  /// Calls `use(position)` for the rows of a duty that stand at a unit.
  template <typename Use>
  void for_each_at(UnitIndex unit, DutyId duty, const Use& use) const {
    const auto rows = at_units_.of(unit.value);
    if (rows.empty()) return;
    const DutyId* duties =
        duty_at_units_.data() + at_units_.begin_of(unit.value);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      if (duties[at] == duty) use(rows[at]);
    }
  }
  /// True if some row of the duty stands at the unit.
  [[nodiscard]] bool stands_at(UnitIndex unit, DutyId duty) const {
    bool found = false;
    for_each_at(unit, duty, [&](std::uint32_t) { found = true; });
    return found;
  }

 private:
  void add_forest(DutyId duty, std::uint32_t forest) {
    std::vector<std::uint32_t>& list = forests_[duty.value];
    const auto at = std::lower_bound(list.begin(), list.end(), forest);
    if (at == list.end() || *at != forest) list.insert(at, forest);
  }

  bool are_inherited_ = false;
  RowsByKey wide_;                                   // By duty.
  RowsByKey at_units_;                               // By unit.
  std::vector<DutyId> duty_at_units_;                // As `at_units_.all()`.
  std::vector<std::vector<std::uint32_t>> forests_;  // By duty.
};

}  // namespace headrope
