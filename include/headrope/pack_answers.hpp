// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What a Pack and a Snapshot answer together: the status of each rule for each
// subject in each window, its coverage, why it is so, what another pack or
// threshold would change, and whether the document's own figures hold.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "headrope/answers.hpp"
#include "headrope/pack.hpp"
#include "headrope/progress.hpp"

namespace headrope {

/// What the subjects of a rule are.
enum class SubjectType : std::uint8_t {
  units,
  persons,
  posts,
  duties,
  records
};

/// A rule of a pack for all its subjects in all its windows.
///
/// Columns are row by row: subject s in window w is at s * windows.size() + w.
struct RuleAssessment {
  PackPointer pack;
  std::size_t rule = 0;  ///< position in the pack
  SubjectType subject_type = SubjectType::units;
  /// UnitIndex, PersonId, PostId, DutyId or RecordId, ascending.
  std::vector<std::uint32_t> subjects;
  /// Where each subject counts, as UnitIndex; only for posts and records.
  std::vector<std::uint32_t> subject_units;
  /// For a rule whose windows follow its records (`within`): one open window.
  std::vector<Interval> windows;
  /// For such a rule the window of each subject; else empty.
  std::vector<Interval> own_windows;

  std::vector<Status> statuses;
  /// The values: numerators over `denominators`, or, where these are empty,
  /// over `common_denominator`. Read them through `value`.
  std::vector<std::int64_t> numerators;
  std::vector<std::int64_t> denominators;
  std::int64_t common_denominator = 1;
  /// 0 for a cell without a value. Empty: every judged cell has one.
  std::vector<std::uint8_t> has_value;
  /// What each cell is compared with, or, where this is empty, what each window
  /// is. Read it through `threshold`.
  std::vector<std::optional<Fraction>> thresholds;
  std::vector<std::optional<Fraction>> window_thresholds;
  /// The status by the other reading of part windows: pro rata where the rule
  /// reads the whole threshold, else the whole threshold. Empty if no subject
  /// lived in part of a window.
  std::vector<Status> other_reading;
  /// The day at whose end a pending cell is unmet if nothing more comes up to
  /// then; an open end for every other. Empty unless it was asked for.
  std::vector<Date> unmet_from;
  /// 1 where the value lies above the upper bound of a range, which is met.
  /// Empty if none does.
  std::vector<std::uint8_t> above;
  /// 1 for a subject whose kind follows the rule by reference (参照). Empty if
  /// there is none.
  std::vector<std::uint8_t> inherited;
  /// Why a cell is not evaluable: position in `reason_texts`; 0: nothing to
  /// say. Empty if none is.
  std::vector<std::uint16_t> reasons;
  std::vector<std::string> reason_texts;

  /// Position of a subject and a window in the columns.
  [[nodiscard]] std::size_t at(std::size_t subject, std::size_t window) const {
    return subject * windows.size() + window;
  }
  /// The value of a cell; none if there is none, or the rule is not asked.
  [[nodiscard]] std::optional<Fraction> value(std::size_t cell) const;
  /// What the value of a cell is compared with; none if it is not.
  [[nodiscard]] std::optional<Fraction> threshold(std::size_t cell) const;
  /// The window of a cell.
  [[nodiscard]] const Interval& window(std::size_t subject,
                                       std::size_t window) const {
    return own_windows.empty() ? windows[window] : own_windows[subject];
  }
  /// A subject's status over all windows, as `Assessment::overall`.
  [[nodiscard]] Status overall(std::size_t subject) const;
  /// Windows that are met, of those that are met, unmet, pending or not
  /// evaluable.
  [[nodiscard]] Ratio windows_met(std::size_t subject) const;
  /// How many subjects have which overall status.
  [[nodiscard]] StatusCounts counts() const;
};

/// What is asked about a rule.
struct RuleQuestion {
  /// The days asked about, for calendar windows and records; an open end is the
  /// day after the snapshot's, an open start the day the pack takes effect.
  Interval range{};
  bool wants_deadlines = false;  ///< fills `unmet_from`
  Threads threads{};
  /// Of `assess`, `compare` and `explain`: told of each rule and the subjects
  /// that were looked at, of those that there are; `cancelled` if it says so.
  Progress progress{};
};

/// Assesses a rule as of the day of the snapshot.
/// @param rule position in the pack.
/// @returns `kind_unknown`, `measure_unknown`, `role_unknown` or
///   `hierarchy_unknown` for a name that the snapshot does not have;
///   `window_invalid`; `sum_overflow`; `limit_exceeded`.
/// @threads Starts `threads.count - 1` threads, 63 at most; the answer does not
///   depend on their number.
/// @complexity O(subjects × windows × items looked at). More than 100 million
///   cells are `limit_exceeded`, where the rule has to be interpreted.
[[nodiscard]] Result<RuleAssessment> assess(const Snapshot& snapshot,
                                            const PackPointer& pack,
                                            std::size_t rule,
                                            const RuleQuestion& question);

/// Assesses several rules, which shares what is built to look records up.
/// @param rules positions in the pack; empty: all of it.
[[nodiscard]] Result<std::vector<RuleAssessment>> assess(
    const Snapshot& snapshot, const PackPointer& pack,
    std::span<const std::size_t> rules, const RuleQuestion& question);

/// What the values of a rule are, for those who show them.
enum class ValueUnit : std::uint8_t {
  number,
  rate,  ///< of 1
  day    ///< days since 1970-01-01
};
/// What the values and thresholds of a rule are.
[[nodiscard]] ValueUnit value_unit(const Pack& pack, std::size_t rule);
/// The grade that a value gives by the rule's own bands; empty without.
[[nodiscard]] Label grade_of(const Pack& pack, std::size_t rule,
                             const Fraction& value);

/// The user's own string for a subject.
[[nodiscard]] std::string subject_identity(const Snapshot& snapshot,
                                           SubjectType type,
                                           std::uint32_t subject);

/// Rolls the overall status of every subject up along a hierarchy; posts and
/// records count at their unit, duties are `unplaced`.
[[nodiscard]] Result<Coverage> cover(const Snapshot& snapshot,
                                     const Forest& forest,
                                     const RuleAssessment& assessment,
                                     CountBasis basis = CountBasis::primary,
                                     Threads threads = {});

/// A whole pack, or a group of its rules, as one question: a subject meets it
/// if it meets every rule that speaks of it (obligations only).
/// @param assessments of one snapshot and one type of subject.
/// @returns `invalid_argument` for none, or for mixed types.
[[nodiscard]] Result<RuleAssessment> all_of(
    std::span<const RuleAssessment> assessments);

/// How many subjects of a group have which status.
struct GroupCounts {
  std::string group;  ///< a kind, a level or a value of an attribute
  StatusCounts counts;
};

/// What subjects are grouped by.
struct GroupBy {
  /// Which property.
  enum class Type : std::uint8_t { kind, level, attribute };
  Type type = Type::kind;
  std::string attribute{};         ///< for `attribute`
  const Forest* forest = nullptr;  ///< for `level`
};

/// Coverage by group, in the order of the groups' names; persons have no kind
/// or level of their own and are grouped by that of their primary unit.
[[nodiscard]] Result<std::vector<GroupCounts>> cover_groups(
    const Snapshot& snapshot, const RuleAssessment& assessment,
    const GroupBy& by);

/// The difference between the groups with the greatest and the smallest rate.
struct Disparity {
  std::size_t lowest = 0;   ///< position of the group
  std::size_t highest = 0;  ///< position of the group
  Fraction spread{};        ///< of met / eligible
};
/// The disparity of groups; nothing with fewer than two groups that have an
/// eligible subject. Of equal rates the first group counts.
[[nodiscard]] std::optional<Disparity> disparity(
    std::span<const GroupCounts> groups);

/// Why an item counted in an amount, or did not.
enum class ItemVerdict : std::uint8_t {
  counted,
  outside_window,
  after_the_day,    ///< begins after the day of the snapshot
  days_counted,     ///< all its days were counted with an item before
  condition_unmet,  ///< of the selection's `where`
  condition_unknown,
  other_presence,
  not_a_member,      ///< the person did not belong there on that day
  not_the_last,      ///< another record is the last, least or greatest
  value_repeated,    ///< of distinct values
  value_not_listed,  ///< not among the values asked for
  value_missing      ///< a value asked for that no item has
};

/// An item of an explanation.
struct ExplainedItem {
  std::string id;    ///< record, person, unit, post …; empty: no name
  std::string what;  ///< measure, kind, role
  Interval days{};   ///< of a record or a window
  std::optional<Fraction> value{};
  ItemVerdict verdict = ItemVerdict::counted;
  std::string detail;  ///< the attribute or value that decided
};

/// A step of an explanation: a condition, or an amount with its items.
struct ExplainedStep {
  std::uint32_t depth = 0;
  std::string zh;  ///< what was asked, in words
  std::string en;
  std::optional<Status> status{};       ///< of a condition
  std::optional<Fraction> value{};      ///< of an amount
  std::optional<Fraction> threshold{};  ///< of a comparison
  std::vector<ExplainedItem> items{};
  std::uint64_t items_left_out = 0;  ///< past the limit
};

/// Why a rule has its status for a subject in a window.
struct ExplainedWindow {
  Interval window{};
  Status status = Status::not_applicable;
  std::optional<Fraction> value{};
  std::optional<Fraction> threshold{};
  std::optional<Status> other_reading{};
  Date unmet_from = Date::open_end();
  std::string reason;
  std::vector<ExplainedStep> steps{};
};

/// Why a rule has its status for a subject.
struct Explanation {
  PackPointer pack;
  std::size_t rule = 0;
  std::string subject;
  std::string subject_name;
  Date as_of{};
  bool is_inherited = false;  ///< the subject follows the rule by reference
  Status overall = Status::not_applicable;
  std::vector<ExplainedWindow> windows{};
  std::vector<ParameterInfo> parameters{};  ///< that the rule uses

  /// All of it in one sentence.
  std::string sentence_zh;
  std::string sentence_en;
};

/// How much of the items is told.
struct ExplainOptions {
  std::size_t items_max = 200;  ///< of one amount; all are counted
};

/// Explains a rule for one subject. @returns as `assess`; `not_found` if the
/// subject is none of the rule's.
[[nodiscard]] Result<Explanation> explain(const Snapshot& snapshot,
                                          const PackPointer& pack,
                                          std::size_t rule,
                                          std::string_view subject,
                                          const RuleQuestion& question,
                                          const ExplainOptions& options = {});

/// What becomes of a subject between two packs.
enum class Transition : std::uint8_t {
  entered,          ///< met now, and not before
  fell_out,         ///< met before, and unmet, pending or not evaluable now
  no_longer_asked,  ///< a subject before; now none, exempt, or not in force
  newly_asked,      ///< the other way round, and not met
  changed,          ///< between unmet, pending and not evaluable
  unchanged
};

/// A subject whose status differs.
struct ChangedSubject {
  std::uint32_t subject = 0;
  Transition transition = Transition::unchanged;
  Status before = Status::not_applicable;
  Status after = Status::not_applicable;
  std::optional<Fraction> value{};  ///< of the last window, after
};

/// Two assessments of one rule.
struct RuleComparison {
  std::string rule;
  RuleAssessment before;  ///< without subjects if the rule is only in the other
  RuleAssessment after;
  std::vector<ChangedSubject> changed;  ///< by subject; unchanged left out
  std::uint64_t unchanged = 0;
};

/// Compares two packs on one snapshot, rule by rule, by the ids of the rules;
/// rules that only one pack has are there too.
[[nodiscard]] Result<std::vector<RuleComparison>> compare(
    const Snapshot& snapshot, const PackPointer& before,
    const PackPointer& after, const RuleQuestion& question);

/// Coverage at one threshold.
struct SpectrumPoint {
  Fraction threshold{};
  std::int64_t met = 0;
  /// Subjects that meet this threshold but not the next point's.
  std::vector<std::uint32_t> leave;
};

/// Coverage at every threshold of a rule that compares one amount with one
/// number: a step at each value that a subject has.
struct Spectrum {
  std::int64_t eligible = 0;          ///< subjects with a value
  bool at_most = false;               ///< the smaller value meets
  std::vector<SpectrumPoint> points;  ///< from the easiest on
  /// The hardest threshold that at least `part` of `whole` subjects meet;
  /// nothing if there is none.
  [[nodiscard]] std::optional<Fraction> threshold_for(std::int64_t part,
                                                      std::int64_t whole) const;
};
/// The spectrum of an assessed rule: of several windows a subject's hardest
/// counts. @returns `rule_invalid` if the rule is not of that shape.
[[nodiscard]] Result<Spectrum> spectrum(const RuleAssessment& assessment);

/// What a check of reported figures finds.
enum class AuditVerdict : std::uint8_t {
  holds,
  rounded,  ///< half up
  truncated,
  contradicted,
  cannot_be_computed  ///< a figure is unknown
};

/// A check of what the document states itself.
struct AuditResult {
  std::string check;
  std::string clause;
  std::string title_zh;
  std::string title_en;
  AuditVerdict verdict = AuditVerdict::cannot_be_computed;
  std::string stated;    ///< as the document has it
  std::string computed;  ///< exact, or the bound
  std::string note;
};
/// Recomputes what the document states. @complexity O(checks).
[[nodiscard]] std::vector<AuditResult> audit(const Pack& pack);

/// The part of a plan that a day lies in.
struct PhaseOn {
  std::size_t phase = 0;  ///< position; the count of phases if in none
  std::size_t count = 0;
  std::string id;
  std::int64_t day = 0;   ///< from 1
  std::int64_t days = 0;  ///< of the phase
};
/// Finds the phase of a day; nothing if the pack has no phases.
[[nodiscard]] std::optional<PhaseOn> phase_on(const Pack& pack, Date day);

}  // namespace headrope
