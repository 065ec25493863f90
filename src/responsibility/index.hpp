// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The indexes of a Responsibility, and the two questions on which all others
// stand: which rows cover a unit, and which of them are nearest on a day.

#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "calendar/day_index.hpp"
#include "calendar/day_set.hpp"
#include "headrope/responsibility.hpp"
#include "responsibility/scope_index.hpp"

namespace headrope {

/// Rows of all days under one numbering: those of the snapshot's day first.
template <typename Row>
class AllDays {
 public:
  AllDays() = default;
  AllDays(std::span<const Row> today, std::span<const Row> other)
      : today_(today), other_(other) {}
  [[nodiscard]] std::size_t size() const {
    return today_.size() + other_.size();
  }
  [[nodiscard]] const Row& operator[](std::size_t at) const {
    return at < today_.size() ? today_[at] : other_[at - today_.size()];
  }
  /// A position as the public header counts.
  [[nodiscard]] Responsibility::Position position(std::uint32_t at) const {
    const auto count = static_cast<std::uint32_t>(today_.size());
    return at < count ? Responsibility::Position{Days::today, at}
                      : Responsibility::Position{Days::other, at - count};
  }

 private:
  std::span<const Row> today_;
  std::span<const Row> other_;
};

/// A group of roles of which only the nearest holds: all leading roles, or one
/// other role.
struct RoleGroup {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(const RoleGroup&,
                                    const RoleGroup&) = default;
};

/// All leading roles.
inline constexpr RoleGroup lead_group{
    std::numeric_limits<std::uint32_t>::max() - 1};

/// What holds for a duty on all days.
struct DutyTraits {
  bool is_known = false;      ///< it has a row
  bool has_scopes = false;    ///< false: a duty as a whole
  bool counts_leads = false;  ///< a need says how many leads there may be
  HierarchyId inherited{};
  std::string_view division{};
  std::string_view clause{};
};

/// Which of the nearest assignments count as one: those of a holder; those that
/// are in one role besides; those that come from one unit besides.
enum class OnePer : std::uint8_t { holder, role, source };

/// The assignments of a duty that cover a unit on any day, nearest first.
struct CoverList {
  std::vector<Covering> list;
  DayIndex days;  ///< of `list`
};

struct Responsibility::Index {
  explicit Index(std::shared_ptr<const Snapshot> frozen);

  std::shared_ptr<const Snapshot> snapshot;
  AllDays<AssignmentState> assignments;
  AllDays<DutyState> duties;
  AllDays<DutyReach> reaches;
  AllDays<PostState> posts;
  AllDays<PostHolder> holders;
  AllDays<Tie> ties;
  AllDays<NeedState> needs;

  ScopeIndex assignments_by_scope;
  ScopeIndex reaches_by_scope;
  RowsByKey assignments_of_duty;
  RowsByKey reaches_of_duty;
  RowsByKey rows_of_duty;
  RowsByKey posts_of_unit;
  RowsByKey rows_of_post;
  std::array<RowsByKey, 3> assignments_of_holder;  // By EntityType, then id.
  RowsByKey holders_of_post;
  RowsByKey holdings_of_person;  // Positions in `holders`.
  RowsByKey ties_of_unit;        // Those whose unit it is.
  RowsByKey ties_of_unit_holder;
  RowsByKey ties_of_person;
  RowsByKey ties_of_post;
  std::vector<DutyTraits> traits;       // By DutyId.
  std::vector<RoleFunction> functions;  // By RoleId.

  /// The group of a role.
  [[nodiscard]] RoleGroup group_of(RoleId role) const {
    return functions[role.value] == RoleFunction::lead ? lead_group
                                                       : RoleGroup{role.value};
  }
  /// True if it is the function of the role.
  [[nodiscard]] bool has_function(RoleId role, RoleFunction function) const {
    return functions[role.value] == function;
  }

  /// The day of a question, or that of the snapshot.
  [[nodiscard]] Date day_or_today(Date day) const {
    return day.is_open() ? snapshot->as_of() : day;
  }

  /// The position of a hierarchy among the forests; nothing if it has none.
  [[nodiscard]] std::optional<std::uint32_t> forest_of(
      HierarchyId hierarchy) const;

  /// Calls `use(Covering)` for the rows of a duty in `index` that cover a unit,
  /// on whatever day; rows that are met by several paths come several times.
  template <typename RowsOf, typename Use>
  void for_each_covering(const ScopeIndex& index, const RowsOf& scope_of,
                         DutyId duty, UnitIndex unit, const Use& use) const;

  /// The assignments of a duty that cover a unit on any day, nearest first;
  /// without a unit, all of them, as a whole. @complexity O(depth + found).
  [[nodiscard]] CoverList covering(DutyId duty, UnitIndex unit) const;

  /// The days on which a duty reaches a unit, or holds as a whole.
  [[nodiscard]] DaySet days_reached(DutyId duty, UnitIndex unit) const;
  /// The days on which a duty holds.
  [[nodiscard]] DaySet days_of(DutyId duty) const;
  /// True if it reaches the unit on a day, without taking memory.
  [[nodiscard]] bool reaches_on(DutyId duty, UnitIndex unit, Date day) const;
  /// True if the duty holds on a day.
  [[nodiscard]] bool holds_on(DutyId duty, Date day) const;

  /// The nearest assignments of a group among those that cover a unit, on a
  /// day: one for each holder, by type, index and, for units that do not live,
  /// identity of the holder.
  void nearest(const CoverList& covering, RoleGroup group, Date day,
               std::vector<Covering>& to,
               OnePer one_per = OnePer::holder) const;

  /// How many assignments are nearest among those of leading roles, on a day,
  /// without taking memory; several may be of one holder, or one that is met by
  /// several paths. @param best is set to one of them.
  [[nodiscard]] std::size_t count_leads(DutyId duty, UnitIndex unit, Date day,
                                        Covering& best) const;

  /// The identity of the holder of an assignment that does not live on the day
  /// of the snapshot; else empty.
  [[nodiscard]] std::string_view absent_holder(std::uint32_t position) const;

  /// The days on which a unit lives.
  [[nodiscard]] DaySet life(UnitIndex unit) const;
  /// True if a unit is another one or below it in some hierarchy.
  [[nodiscard]] bool is_at_or_below(UnitIndex unit, UnitIndex upper) const;
  /// The row of a post that holds on a day, or nullptr.
  [[nodiscard]] const PostState* post_on(PostId post, Date day) const;
  /// The first row of a post by its days; nullptr if it has none.
  [[nodiscard]] const PostState* any_post(PostId post) const;
};

template <typename RowsOf, typename Use>
void Responsibility::Index::for_each_covering(const ScopeIndex& index,
                                              const RowsOf& scope_of,
                                              DutyId duty, UnitIndex unit,
                                              const Use& use) const {
  using Type = Scope::Type;
  const Snapshot& frozen = *snapshot;
  index.for_each_at(unit, duty, [&](std::uint32_t at) {
    const bool is_unit = scope_of(at)->type == Type::unit;
    use(Covering{at, is_unit ? Reached::unit : Reached::above, 0, unit});
  });
  for (const std::uint32_t number : index.forests(duty)) {
    const Forest& forest = frozen.forests()[number];
    const bool is_inherited =
        traits[duty.value].inherited == forest.hierarchy();
    const auto climb = [&](PlaceIndex place) {
      std::uint32_t steps = 1;
      for (place = forest.parent(place); !place.is_none();
           place = forest.parent(place), ++steps) {
        const UnitIndex above = forest.unit(place);
        index.for_each_at(above, duty, [&](std::uint32_t at) {
          const DutyReach& scope = *scope_of(at);
          if (scope.type == Type::subtree
                  ? scope.hierarchy == forest.hierarchy()
                  : is_inherited && index.are_inherited()) {
            use(Covering{at, Reached::above, steps, above});
          }
        });
      }
    };
    const PlaceIndex first = forest.first_place(unit);
    if (first.is_none()) continue;
    climb(first);
    for (const std::uint32_t more : forest.more_places(unit)) {
      climb(PlaceIndex{more});
    }
  }
  for (const std::uint32_t at : index.wide(duty)) {
    const DutyReach* scope = scope_of(at);
    if (scope == nullptr || scope->type == Type::all) {
      use(Covering{at, Reached::all, 0, {}});
      continue;
    }
    std::uint32_t steps = 0;
    for (KindId kind = frozen.kind(unit); !kind.is_none();
         kind = frozen.kinds()[kind.value].parent, ++steps) {
      if (kind == scope->kind) {
        use(Covering{at, Reached::kind, steps, {}});
        break;
      }
    }
  }
}

}  // namespace headrope
