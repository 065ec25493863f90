// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who answers for what, and where nobody does: the holders of a duty for any
// unit on any day, dated findings (no lead, two leads, vacancies …), chains
// from a root to every leaf, and what each person and unit carries.
//
// The organisation is that of the snapshot's day; posts, holders, duties,
// assignments, pairings and needs are followed through time. A question about
// another day asks who held what on that day in today's structure; freeze the
// other day to ask in the structure of that day.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "headrope/date.hpp"
#include "headrope/diagnostics.hpp"
#include "headrope/pack.hpp"
#include "headrope/pack_answers.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {

/// How a holder comes to answer for a unit. Of the assignments of one role (all
/// leading roles count as one) that reach a unit on a day, only the nearest
/// hold: these are in the order of nearness, and of two units above, the one
/// with fewer steps is nearer. Of kinds, the narrower is nearer.
enum class Reached : std::uint8_t {
  unit,     ///< assigned for this very unit
  above,    ///< for a subtree, or inherited; see `Holder::steps`
  kind,     ///< for the units of a kind
  all,      ///< for all units, or for all of the duty
  own_post  ///< by a post of that role in the unit itself, without an
            ///< assignment
};

/// A holder of a duty in a role for a unit.
struct Holder {
  DutyId duty{};     ///< none for `own_post`
  UnitIndex unit{};  ///< for whom; none for a duty as a whole
  RoleId role{};
  /// A unit has its UnitIndex, none if it does not live on the snapshot's day.
  Entity holder{};
  PersonId person{};    ///< a holder of the post, or the person; none of a unit
  bool acting = false;  ///< the post is held by somebody acting
  Reached reached = Reached::unit;
  UnitIndex from{};         ///< where it is assigned, for `unit` and `above`
  std::uint32_t steps = 0;  ///< from the unit up to `from`
  std::string_view clause{};
  Interval valid{};  ///< the days of the assignment and of the holding
};

/// Which holders are asked for.
struct HolderQuestion {
  Date day = Date::open_start();  ///< open: the day of the snapshot
  std::optional<DutyId> duty{};   ///< nothing: every duty
  std::vector<RoleId> roles{};    ///< empty: every role
};

/// What a unit answers to: duties, and posts of its own.
///
/// Made once from a snapshot; then every question is a look-up.
/// @threads Immutable; any thread.
class Responsibility {
 public:
  /// Indexes the assignments, duties, posts and needs of a snapshot.
  /// @complexity O(units + rows).
  explicit Responsibility(std::shared_ptr<const Snapshot> snapshot);
  ~Responsibility();
  Responsibility(Responsibility&&) noexcept;
  Responsibility& operator=(Responsibility&&) noexcept;

  /// The snapshot it was made from.
  [[nodiscard]] const Snapshot& snapshot() const;

  /// Whether the duty must be answered for this unit on a day; without a unit,
  /// whether it holds and names no scope at all.
  [[nodiscard]] bool reaches(DutyId duty, UnitIndex unit, Date day) const;

  /// The holders of duties for a unit (none: of duties as a whole), nearest
  /// only, by duty, role, holder, person. A post that nobody holds gives one
  /// row without a person. Duties that do not reach the unit give nothing;
  /// without a duty in the question, posts of the unit come last, if some role
  /// is asked for.
  /// @complexity O(duties × depth), or O(depth) for one duty.
  [[nodiscard]] std::vector<Holder> holders(
      UnitIndex unit, const HolderQuestion& question = {}) const;

  /// Where a row stands in a column of the snapshot.
  struct Position {
    Days days = Days::today;
    std::uint32_t at = 0;
  };

  /// The leads of one duty for one unit on a day, as positions in
  /// `assignments(days)` of the snapshot, into the caller's memory.
  /// @returns how many there are, which may be more than fit.
  /// @complexity O(depth); no memory is taken.
  std::size_t leads(DutyId duty, UnitIndex unit, Date day,
                    std::span<Position> to) const;

  /// Somebody, or nobody, in a post.
  struct Tenure {
    Interval valid{};
    PersonId person{};
    bool acting = false;
  };

  /// Who held a post, in the order of days; the intervals without anybody
  /// titular have no person. Who acts comes beside.
  /// @complexity O(k log k) for its k holdings.
  [[nodiscard]] std::vector<Tenure> tenures(PostId post) const;

  /// What it is made of, for the modules of the library.
  struct Index;
  /// The indexes.
  [[nodiscard]] const Index& index() const { return *index_; }

 private:
  std::unique_ptr<const Index> index_;
};

/// The matrix: every holder of every duty asked about, for every unit that the
/// duty reaches, by duty, then unit in the order of the snapshot. A duty
/// without a scope has rows without a unit.
struct MatrixQuestion {
  HolderQuestion holders{};
  const Forest* forest = nullptr;  ///< with `top`: only units below it
  UnitIndex top{};
  std::optional<KindId> kind{};       ///< only units of this kind
  std::size_t rows_max = 10'000'000;  ///< `limit_exceeded`
  /// A row of no role and no holder where nobody leads.
  bool with_gaps = true;
};

/// Lists the holders of duties for all units.
/// @returns `limit_exceeded`.
/// @complexity O(units reached × depth).
[[nodiscard]] Result<std::vector<Holder>> matrix(
    const Responsibility& responsibility, const MatrixQuestion& question = {});

/// Who answers for a person: the leads (or the roles asked about) of the duties
/// that reach the unit of the primary membership on the day, and of duties that
/// are given for the subjects of a rule which the person is one of.
/// @param rules assessments of such rules (`DutyInfo::subjects_of`).
[[nodiscard]] std::vector<Holder> holders_for_person(
    const Responsibility& responsibility, PersonId person,
    const HolderQuestion& question = {},
    std::span<const RuleAssessment> rules = {});

/// What can be found about responsibility. The words of files and tables are
/// the names of the enumerators.
enum class GapType : std::uint8_t {
  no_lead,              ///< a unit, or a duty as a whole, without a lead
  two_leads,            ///< more than one lead at the same nearness
  self_lead,            ///< a unit leads a duty for itself
  vacancy,              ///< fewer titular holders of a post than seats
  assignment_expired,   ///< ended, and nothing took its place
  holder_left,          ///< the person's membership there has ended
  holder_absent,        ///< the unit or post does not exist on these days
  holder_not_allowed,   ///< the role does not allow such a holder
  holders_too_many,     ///< more than the seats, the role or the need allow
  holders_too_few,      ///< fewer than the need says
  member_without_task,  ///< sits in the group, and nothing is assigned to it
  task_without_member,  ///< nobody, or no member of the group, has the duty
  tasks_overlap,        ///< two duties of one division, with other leads
  designated_person_missing,     ///< no named contact of the unit
  pairing_missing,               ///< fewer ties than the need says
  pairing_double,                ///< more ties than the need says
  contact_point_missing,         ///< the unit is nobody's contact point
  leader_without_contact_point,  ///< the leader (or unit) has none
  turn_skipped,                  ///< had fewer turns than the need says
  ex_officio_not_followed,       ///< held by another than the office
  office_gone,                   ///< the office does not exist on these days
  delegation_cycle               ///< units that lead the duty for each other
};
inline constexpr std::size_t gap_type_count = 22;

/// A finding, with the longest run of days on which it holds without a break.
struct Gap {
  GapType type = GapType::no_lead;
  Interval days{};
  DutyId duty{};
  RoleId role{};
  UnitIndex unit{};  ///< whom it concerns; none for a duty as a whole
  PostId post{};
  PersonId person{};       ///< whom it concerns, or who acts in a vacancy
  Entity holder{};         ///< of the assignment or tie; the first of two leads
  Entity other{};          ///< the second lead, the unit of the other task …
  DutyId other_duty{};     ///< of `tasks_overlap`
  std::int64_t count = 0;  ///< holders, ties or turns there are
  std::int64_t limit = 0;  ///< how many there should be
  std::string_view clause{};
  std::string_view text{};  ///< pairing, or the identity of an absent holder
};

/// Which findings are asked for.
struct GapQuestion {
  /// Findings of which a day lies in it; open: the day of the snapshot.
  std::optional<Interval> days{};
  std::vector<GapType> types{};    ///< empty: all
  std::vector<DutyId> duties{};    ///< empty: all
  const Forest* forest = nullptr;  ///< with `top`: only about units below it
  UnitIndex top{};
  std::size_t gaps_max = 20'000'000;  ///< `limit_exceeded`
  Progress progress{};
};

/// Finds where responsibility is missing, double, vacant or stale, in the order
/// of types, then duty, unit, post, person, days.
/// @returns `limit_exceeded`, `cancelled`.
/// @threads The caller's.
/// @complexity O(duties × units + rows log rows); for the dates of a finding,
///   the assignments that reach its unit on any day.
[[nodiscard]] Result<std::vector<Gap>> find_gaps(
    const Responsibility& responsibility, const GapQuestion& question = {});

/// How a unit stands in a chain.
enum class LinkState : std::uint8_t {
  held,    ///< somebody holds a post of the roles (or leads the duty)
  acting,  ///< only somebody acting does
  vacant,  ///< there is a post, and nobody holds it; the chain is broken here
  without  ///< there is no such post
};

/// What a chain goes through (一级抓一级).
struct ChainQuestion {
  const Forest* forest = nullptr;  ///< the hierarchy; must be given
  Date day = Date::open_start();   ///< open: the day of the snapshot
  std::vector<RoleId> roles{};     ///< empty: every role of heads
  std::optional<DutyId> duty{};    ///< instead of posts: a lead for the duty
  /// Instead of posts: 1 for each unit of the snapshot that holds, 0 for each
  /// that does not (a report that went up, a rule that is met).
  std::span<const std::uint8_t> held{};
  bool needs_post = false;  ///< a unit without any such post is a break too
  PlaceIndex top{};         ///< only at and below this place
};

/// A place where a chain is broken.
struct ChainBreak {
  UnitIndex unit{};
  LinkState state = LinkState::vacant;
  PostId post{};    ///< the vacant one; none without
  Interval days{};  ///< since when and until when nobody holds
  /// Units that every path from a root reaches only through this one.
  std::int64_t hanging = 0;
  bool is_first = false;  ///< some path to it has no other break above it
};

/// A person or unit whose loss would break most.
struct SinglePoint {
  Entity holder{};           ///< a person, or a unit that holds by itself
  std::int64_t units = 0;    ///< where nobody else holds
  std::int64_t hanging = 0;  ///< units below them, without them
};

/// The chains from the roots down to every leaf.
struct Chains {
  std::vector<LinkState> states;      ///< by UnitIndex
  std::vector<std::uint8_t> reached;  ///< by UnitIndex: 1 if some path is whole
  std::vector<ChainBreak> breaks;     ///< in the order of the hierarchy
  std::int64_t leaves = 0;            ///< units below which there is none
  std::int64_t leaves_reached = 0;
};

/// Follows the chains of a hierarchy from its roots to every leaf.
/// @returns `invalid_argument` without a hierarchy, for a duty or a place that
///   does not exist, or if `held` has another size than the units.
/// @complexity O(places + posts); dominators (Lengauer and Tarjan 1979) where
///   units have several parents.
[[nodiscard]] Result<Chains> follow_chains(const Responsibility& responsibility,
                                           const ChainQuestion& question);

/// The units that hang below a break: every path from a root passes it.
/// @complexity O(places).
[[nodiscard]] std::vector<UnitIndex> hanging_below(const Forest& forest,
                                                   UnitIndex unit);

/// The single points of a chain, most hanging units first.
/// @param count_max so many at most.
[[nodiscard]] Result<std::vector<SinglePoint>> single_points(
    const Responsibility& responsibility, const ChainQuestion& question,
    std::size_t count_max = 100);

/// What one person or unit carries.
struct Burden {
  std::int64_t leads = 0;           ///< duties, in a leading role
  std::int64_t cooperations = 0;    ///< duties, in a cooperating role
  std::int64_t other_roles = 0;     ///< duties, in any other role
  std::int64_t posts = 0;           ///< posts held
  std::int64_t liaisons = 0;        ///< of them, and of roles, named contacts
  std::int64_t contact_points = 0;  ///< ties with the pairing `contact_point`
  std::int64_t pairings = 0;        ///< other ties

  /// Leads, cooperations, other roles, posts and ties together.
  [[nodiscard]] std::int64_t total() const {
    return leads + cooperations + other_roles + posts + contact_points +
           pairings;
  }
};

/// Upper limits of what one carries; nothing: any.
struct BurdenLimits {
  std::optional<std::int64_t> leads{};
  std::optional<std::int64_t> cooperations{};
  std::optional<std::int64_t> posts{};
  std::optional<std::int64_t> liaisons{};
  std::optional<std::int64_t> contact_points{};
  std::optional<std::int64_t> total{};
};

/// Whose load is asked for.
struct LoadQuestion {
  std::vector<Date> days{};      ///< empty: the day of the snapshot
  const Forest* line = nullptr;  ///< only what lies in this hierarchy
  UnitIndex top{};               ///< and at or below this unit in it
  BurdenLimits limits{};
};

/// The load of a person or unit on a day.
struct Load {
  Entity holder{};  ///< a person, or a unit
  Date day{};
  Burden burden{};
  bool is_over = false;  ///< past one of the limits
};

/// Counts what every person and unit carries, by holder (units first), then
/// day. A person carries what is assigned to the posts that the person holds; a
/// unit what is assigned to it or to its posts, and no posts.
/// @complexity O(days × rows log rows).
[[nodiscard]] std::vector<Load> count_load(const Responsibility& responsibility,
                                           const LoadQuestion& question = {});

/// Who had to answer when a requirement was missed: for each unmet window of an
/// assessment, the holders on its last day, in the duty asked about, or,
/// without one, in every duty that reaches the unit and every head of the unit.
struct Missed {
  std::uint32_t subject = 0;  ///< position in `RuleAssessment::subjects`
  std::uint32_t window = 0;   ///< position in its windows
  Date due{};                 ///< the last day of the window
  std::vector<Holder> holders;
};

/// Finds who held what on the due days of missed requirements. Persons are
/// answered for by the unit of their primary membership on that day, duties as
/// a whole.
[[nodiscard]] std::vector<Missed> responsible_for_missed(
    const Responsibility& responsibility, const RuleAssessment& assessment,
    const HolderQuestion& question = {});

/// How the duties of a pack become rows.
struct PackDutyOptions {
  /// Names in the document -> identity of a unit or post, where they differ.
  std::vector<std::pair<std::string, std::string>> names{};
  /// Makes a unit of the kind `organisation` (a person, where the role is not
  /// for units) for each name that is not found, and leaves scopes and needs
  /// out: the document alone, without data.
  bool makes_units = false;
};

/// Adds the duties, scopes, assignments and needs of a pack to a Registry. A
/// holder is found by the options, by the identity of a unit or post, by the
/// name of a unit, or by its attribute `alias` (names with ';' between); a name
/// that is not found, or that several units have, is the finding
/// `holder_unknown` (a warning), and the duty is added without it.
/// @returns the first error; then nothing was added.
[[nodiscard]] Result<void> add_duties(Registry& registry, const Pack& pack,
                                      Diagnostics& findings,
                                      const PackDutyOptions& options = {});

}  // namespace headrope
