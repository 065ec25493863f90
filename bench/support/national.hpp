// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An organisation of the size of the country, made from the real tree of
// divisions: party branches, groups and villager groups hang below its villages
// and townships until there are as many units as asked for, with records of
// one year and memberships. The same options give the same bytes on every
// machine: all chance is one hash of the seed and a position.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/registry.hpp"
#include "headrope/snapshot.hpp"

namespace headrope::bench {

/// A number that looks random, from the seed, what it is for, and a position.
[[nodiscard]] constexpr std::uint64_t chance(std::uint64_t seed,
                                             std::uint64_t purpose,
                                             std::uint64_t position) {
  std::uint64_t state =
      seed * 0xD1342543DE82EF95ULL + purpose * 0xA0761D6478BD642FULL + position;
  state += 0x9E3779B97F4A7C15ULL;  // From here on splitmix64.
  state = (state ^ (state >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  state = (state ^ (state >> 27U)) * 0x94D049BB133111EBULL;
  return state ^ (state >> 31U);
}

/// A number below `end` from one that looks random.
[[nodiscard]] constexpr std::uint32_t below(std::uint64_t random,
                                            std::uint32_t end) {
  return static_cast<std::uint32_t>(((random >> 32U) * end) >> 32U);
}

struct NationalOptions {
  std::size_t units = 656'250;
  /// Identities that say nothing of the tree, rows in their order; otherwise
  /// division codes, rows in the order of codes.
  bool permuted = false;
  /// A data package of divisions: the whole country, which is thinned out, or
  /// one province, which is repeated.
  std::filesystem::path divisions;
  std::uint64_t seed = 1;
};

/// Which tables are wanted; units and links always are.
struct NationalTables {
  bool memberships = true;
  bool records = true;
};

/// The organisation as numbers, for programs that need no names. Units are
/// numbers of rows, persons are numbered from 0.
struct NationalArrays {
  std::vector<std::uint32_t> parent;   ///< by unit; `no_parent` for the country
  std::vector<std::uint8_t> is_group;  ///< by unit; 1: of one of `group_kinds`
  std::vector<std::uint32_t> record_unit;
  std::vector<std::uint32_t> record_value;
  std::vector<std::uint32_t> member_person;
  std::vector<std::uint32_t> member_unit;

  static constexpr std::uint32_t no_parent = 0xFFFFFFFFU;
};

/// The organisation. Units are numbered in the order of the rows.
class National {
 public:
  [[nodiscard]] static Result<National> make(const NationalOptions& options);

  /// The kinds of the units that were made up, which are most of all.
  [[nodiscard]] static std::span<const std::string_view> group_kinds();
  /// The measures of its records.
  [[nodiscard]] static std::span<const std::string_view> record_measures();

  [[nodiscard]] std::size_t unit_count() const { return units_.size(); }
  [[nodiscard]] std::size_t leaf_count() const { return leaves_.size(); }
  [[nodiscard]] std::size_t person_count() const;
  [[nodiscard]] std::size_t membership_count() const;
  [[nodiscard]] std::size_t record_count() const;

  /// The identity of a unit.
  [[nodiscard]] std::string_view identity(std::uint32_t unit) const;

  /// The rows as arrays of numbers.
  [[nodiscard]] NationalArrays arrays() const;

  /// The rows as a Registry, without a file.
  [[nodiscard]] Registry registry(const NationalTables& tables) const;

  /// Writes the tables as CSV files into a folder, and datapackage.json.
  /// @returns false if a file could not be written.
  [[nodiscard]] bool write(const std::filesystem::path& folder) const;

  /// Writes a datapackage.json that names only some of the tables.
  [[nodiscard]] static bool write_descriptor(
      const std::filesystem::path& folder, const NationalTables& tables);

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  struct Unit {
    std::uint32_t parent = none;
    std::uint32_t place = none;  // In the divisions; none: made up.
    std::uint32_t number = 0;    // Of the copy, or under the parent.
  };
  struct MembershipRow {
    std::uint32_t person, unit;
    bool is_secondary;
    std::int32_t day;
  };
  struct RecordRow {
    std::uint32_t measure, unit, value;
    std::int32_t day;
  };

  [[nodiscard]] Result<void> read_divisions();
  void add_divisions(std::uint32_t root, std::uint32_t number,
                     std::uint64_t kept_of_2_32);
  void add_made_up_units();
  void name_units();
  void order_units();
  [[nodiscard]] std::string code_of(std::uint32_t unit) const;
  [[nodiscard]] std::string name_of(std::uint32_t unit) const;
  [[nodiscard]] std::string_view official_code(std::uint32_t unit) const;
  [[nodiscard]] std::string_view kind(std::uint32_t unit) const;
  [[nodiscard]] std::int32_t founded(std::uint32_t unit) const;
  [[nodiscard]] bool is_made_up(std::uint32_t unit) const {
    return units_[unit].place == none;
  }
  // Divisions and the country live always.
  [[nodiscard]] bool is_dated(std::uint32_t unit) const {
    return is_made_up(unit) && units_[unit].parent != none;
  }

  template <typename Take>
  void each_membership(const Take& take) const;
  template <typename Take>
  void each_record(const Take& take) const;
  bool write_units(const std::filesystem::path& folder) const;
  bool write_links(const std::filesystem::path& folder) const;
  bool write_memberships(const std::filesystem::path& folder) const;
  bool write_records(const std::filesystem::path& folder) const;

  NationalOptions options_;
  std::shared_ptr<const Snapshot> divisions_;
  std::vector<Unit> units_;
  std::vector<std::uint32_t> leaves_;
  std::string identities_;                     // One after the other.
  std::vector<std::uint32_t> identity_begin_;  // By unit, and the end.
};

}  // namespace headrope::bench
