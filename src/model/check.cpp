// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Checking the rows of a Registry together. Most subjects have one row in a
// table, and for those nothing is looked at twice.

#include "model/check.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <tuple>

#include "base/pace.hpp"
#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "headrope/registry.hpp"
#include "model/check_responsibility.hpp"
#include "model/overlap.hpp"
#include "model/tables.hpp"
#include "model/words.hpp"

namespace headrope {
namespace {

using Tables = Registry::Tables;

std::string days_of(const Interval& interval) {
  const auto end = [](Date day) {
    return day.is_open() ? std::string("…") : to_string(day);
  };
  return "[" + end(interval.valid_from) + ", " + end(interval.valid_until) +
         ")";
}

struct RowFinding {
  Code code;
  Severity severity;
  std::string_view table;
  std::size_t row;
  std::string_view column;
  std::string_view value;
  std::string message;
};

void add_finding(Diagnostics& findings, RowFinding finding) {
  // Row 0 is none.
  findings.add({finding.code, finding.severity, std::string(finding.table),
                finding.row + 1, std::string(finding.column),
                std::string(finding.value), std::move(finding.message)});
}

// Reports the overlaps among the rows of each group that agree in `part_of`.
template <typename Row, typename PartOf, typename Report>
void check_groups(std::span<const Row> rows, const RowGroups& groups,
                  Lane& lane, const PartOf& part_of, const Report& report) {
  using Part = decltype(part_of(rows[0]));
  if (groups.empty()) return;
  std::vector<std::pair<Part, std::uint32_t>> parts;
  std::vector<ClockedRow> clocked;
  for (std::size_t key = 0; key < groups.key_count(); ++key) {
    lane.step();
    if (groups.of(key).empty()) continue;
    parts.clear();
    for (const std::uint32_t row : groups.of(key)) {
      parts.emplace_back(part_of(rows[row]), row);
    }
    std::sort(parts.begin(), parts.end());
    for (auto first = parts.begin(); first != parts.end();) {
      clocked.clear();
      auto last = first;
      for (; last != parts.end() && last->first == first->first; ++last) {
        const Row& row = rows[last->second];
        clocked.push_back({row.valid, row.recorded, last->second});
      }
      for_each_overlap(clocked, report);
      first = last;
    }
  }
}

// Whether rows lie within the lives of their units.
class Lives {
 public:
  Lives(const Tables& tables, Lane lane)
      : states_(tables.unit_states),
        groups_(states_.size(), tables.unit_index.size(), 1,
                [&](std::size_t row) {
                  lane.step();
                  return states_[row].unit.value;
                }),
        known_life_(tables.unit_index.size(),
                    Interval{Date::open_end(), Date::open_start()}) {
    for (const UnitState& state : states_) {
      Interval& known = known_life_[state.unit.value];
      if (state.recorded == Interval{} && known.is_empty()) {
        known = state.valid;
      }
    }
  }

  [[nodiscard]] bool contain(UnitId unit, const Interval& valid,
                             const Interval& recorded) const {
    if (unit.is_none()) return true;
    const Interval stated = stated_days(valid);
    return known_life_[unit.value].contains(stated) ||
           contain_slowly(unit, stated, recorded);
  }

  [[nodiscard]] std::span<const std::uint32_t> states_of(UnitId unit) const {
    return groups_.of(unit.value);
  }

  /// Has what `contain` reads first brought in.
  void ask(UnitId unit) const {
    if (!unit.is_none()) __builtin_prefetch(&known_life_[unit.value]);
  }

 private:
  // Only the days that a row states are held against it.
  static Interval stated_days(const Interval& valid) {
    Interval stated = valid;
    if (valid.valid_until.is_open()) {
      stated.valid_until = add_days(valid.valid_from, 1);
    }
    if (valid.valid_from.is_open()) {
      stated.valid_from = add_days(valid.valid_until, -1);
    }
    return stated;
  }

  [[nodiscard]] bool contain_slowly(UnitId unit, const Interval& stated,
                                    const Interval& recorded) const {
    if (stated.valid_from.is_open()) return true;
    std::vector<Interval> life;
    for (const std::uint32_t row : groups_.of(unit.value)) {
      if (states_[row].recorded.overlaps(recorded)) {
        life.push_back(states_[row].valid);
      }
    }
    std::sort(life.begin(), life.end());
    Date reached = stated.valid_from;
    for (const Interval& span : life) {
      if (span.contains(reached)) reached = span.valid_until;
    }
    return reached >= stated.valid_until;
  }

  std::span<const UnitState> states_;
  RowGroups groups_;
  std::vector<Interval> known_life_;  // Of a state always in the books.
};

// Rows [from, until) of a table.
struct RowRange {
  std::size_t from = 0;
  std::size_t until = 0;
};

// The checks of one Registry, each of which may run on a thread of its own with
// findings of its own.
class Checker {
 public:
  Checker(const Tables& tables, const Lives& lives, Lane lane,
          Diagnostics& findings)
      : t_(tables), findings_(findings), lives_(lives), lane_(lane) {}

  void check_states() {
    const std::span<const UnitState> rows = t_.unit_states;
    const RowGroups groups(rows.size(), t_.unit_index.size(), 2,
                           [&](std::size_t row) {
                             lane_.step();
                             return rows[row].unit.value;
                           });
    check_groups(
        rows, groups, lane_, [](const UnitState&) { return 0; },
        [&](std::uint32_t earlier, std::uint32_t later) {
          add_finding(findings_,
                      {Code::states_overlap, Severity::error, "units", later,
                       "unit", unit(rows[later].unit),
                       "its days " + days_of(rows[later].valid) +
                           " overlap another row of the same unit, " +
                           days_of(rows[earlier].valid)});
        });
  }

  void check_links() {
    const std::span<const Link> rows = t_.links;
    const RowGroups groups(rows.size(), t_.unit_index.size(), 2,
                           [&](std::size_t row) {
                             lane_.step();
                             return rows[row].unit.value;
                           });
    const auto several_allowed = [&](const Link& link) {
      return t_.hierarchies[link.hierarchy.value].parents != ParentPolicy::one;
    };
    check_groups(
        rows, groups, lane_,
        [&](const Link& link) {
          return std::pair(link.hierarchy,
                           several_allowed(link) ? link.parent : UnitId{0});
        },
        [&](std::uint32_t earlier, std::uint32_t later) {
          add_finding(
              findings_,
              {Code::parents_overlap, Severity::error, "links", later, "unit",
               unit(rows[later].unit),
               "in '" +
                   std::string(
                       t_.hierarchy_index[rows[later].hierarchy.value]) +
                   "' its days " + days_of(rows[later].valid) +
                   " overlap another link of the same unit, " +
                   days_of(rows[earlier].valid) +
                   (several_allowed(rows[later])
                        ? " to the same parent"
                        : "; the hierarchy allows one parent at a time")});
        });
  }

  [[nodiscard]] bool one_of(KindId kind,
                            const std::vector<KindId>& allowed) const {
    if (allowed.empty()) return true;
    for (; !kind.is_none(); kind = t_.kinds[kind.value].parent) {
      if (std::find(allowed.begin(), allowed.end(), kind) != allowed.end()) {
        return true;
      }
    }
    return false;
  }

  void check_link_side(std::size_t row, UnitId side,
                       const std::vector<KindId>& allowed,
                       std::string_view column) {
    if (side.is_none() || allowed.empty()) return;
    const Link& link = t_.links[row];
    for (const std::uint32_t at : lives_.states_of(side)) {
      const UnitState& state = t_.unit_states[at];
      if (!state.valid.overlaps(link.valid) ||
          !state.recorded.overlaps(link.recorded) ||
          one_of(state.kind, allowed)) {
        continue;
      }
      add_finding(
          findings_,
          {Code::kind_not_allowed, Severity::error, "links", row, column,
           unit(side),
           "it is a '" + std::string(t_.kind_index[state.kind.value]) +
               "', which may not stand there in '" +
               std::string(t_.hierarchy_index[link.hierarchy.value]) + "'"});
      return;
    }
  }

  void check_link_kinds() {
    for (std::size_t row = 0; row < t_.links.size(); ++row) {
      lane_.step();
      const Link& link = t_.links[row];
      const Hierarchy& hierarchy = t_.hierarchies[link.hierarchy.value];
      check_link_side(row, link.unit, hierarchy.child_kinds, "unit");
      check_link_side(row, link.parent, hierarchy.parent_kinds, "parent");
    }
  }

  void check_memberships() {
    const std::span<const Membership> rows = t_.memberships;
    const RowGroups groups(rows.size(), t_.person_index.size(), 2,
                           [&](std::size_t row) {
                             lane_.step();
                             return rows[row].person.value;
                           });
    check_groups(
        rows, groups, lane_, [](const Membership& row) { return row.unit; },
        [&](std::uint32_t earlier, std::uint32_t later) {
          add_finding(
              findings_,
              {Code::memberships_overlap, Severity::error, "memberships", later,
               "person", person(rows[later].person),
               "its days " + days_of(rows[later].valid) + " in unit " +
                   in_quotes(unit(rows[later].unit)) +
                   " overlap another membership there, " +
                   days_of(rows[earlier].valid)});
        });
    check_groups(
        rows, groups, lane_,
        // Secondary memberships stand alone: each is a part of its own.
        [&](const Membership& row) {
          return row.standing == Standing::primary
                     ? std::uint64_t{0}
                     : static_cast<std::uint64_t>(&row - rows.data()) + 1;
        },
        [&](std::uint32_t earlier, std::uint32_t later) {
          if (rows[earlier].unit == rows[later].unit) return;
          add_finding(
              findings_,
              {Code::primary_memberships_overlap, Severity::error,
               "memberships", later, "person", person(rows[later].person),
               "its primary membership in " +
                   in_quotes(unit(rows[later].unit)) + ", " +
                   days_of(rows[later].valid) + ", overlaps the one in " +
                   in_quotes(unit(rows[earlier].unit)) + ", " +
                   days_of(rows[earlier].valid) +
                   "; a person has one at a time"});
        });
  }

  void check_attributes() {
    const std::span<const Attribute> rows = t_.attributes;
    if (rows.empty()) return;
    for (const EntityType type : {EntityType::unit, EntityType::person,
                                  EntityType::post, EntityType::record}) {
      const std::size_t count = entity_count(type);
      const RowGroups groups(rows.size(), count, 2, [&](std::size_t row) {
        lane_.step();
        return rows[row].subject.type == type
                   ? std::size_t{rows[row].subject.index}
                   : count;
      });
      check_groups(
          rows, groups, lane_,
          [](const Attribute& row) { return row.attribute; },
          [&](std::uint32_t earlier, std::uint32_t later) {
            add_finding(
                findings_,
                {Code::attributes_overlap, Severity::error, "attributes", later,
                 "subject", t_.identity(rows[later].subject),
                 in_quotes(t_.attribute_index[rows[later].attribute.value]) +
                     " is '" + std::string(rows[earlier].value) + "' and '" +
                     std::string(rows[later].value) + "' on the same days, " +
                     days_of(rows[later].valid)});
          });
    }
  }

  [[nodiscard]] std::size_t entity_count(EntityType type) const {
    switch (type) {
      case EntityType::unit:
        return t_.unit_index.size();
      case EntityType::person:
        return t_.person_index.size();
      case EntityType::post:
        return t_.post_index.size();
      case EntityType::record:
        return t_.records.size();
    }
    return 0;
  }

  void check_attendance() {
    const std::span<const Attendance> marks = t_.attendance;
    const RowGroups groups(marks.size(), t_.records.size(), 2,
                           [&](std::size_t row) {
                             lane_.step();
                             return marks[row].record.value;
                           });
    std::vector<std::pair<PersonId, std::uint32_t>> persons;
    std::vector<ClockedRow> clocked;
    if (groups.empty()) return;
    for (std::size_t record = 0; record < groups.key_count(); ++record) {
      persons.clear();
      for (const std::uint32_t row : groups.of(record)) {
        persons.emplace_back(marks[row].person, row);
      }
      std::sort(persons.begin(), persons.end());
      for (auto first = persons.begin(); first != persons.end();) {
        clocked.clear();
        auto last = first;
        for (; last != persons.end() && last->first == first->first; ++last) {
          // A mark has no days of its own.
          clocked.push_back({{}, marks[last->second].recorded, last->second});
        }
        for_each_overlap(clocked, [&](std::uint32_t, std::uint32_t later) {
          add_finding(findings_,
                      {Code::attendance_repeated, Severity::error, "attendance",
                       later, "person", person(marks[later].person),
                       "is marked at record " +
                           in_quotes(t_.identity({EntityType::record,
                                                  marks[later].record.value})) +
                           " already"});
        });
        first = last;
      }
    }
  }

  void check_holdings() {
    std::vector<std::uint32_t> seats(t_.post_index.size(), 0);
    for (const Post& post : t_.posts) {
      seats[post.post.value] = std::max(seats[post.post.value], post.seats);
    }
    const std::span<const Holding> rows = t_.holdings;
    const RowGroups groups(rows.size(), t_.post_index.size(), 2,
                           [&](std::size_t row) {
                             lane_.step();
                             return rows[row].post.value;
                           });
    if (groups.empty()) return;
    for (std::size_t post = 0; post < groups.key_count(); ++post) {
      check_holders_of(post, seats[post], groups.of(post));
    }
  }

  // A sweep over the days: who holds the post when each holding begins.
  void check_holders_of(std::size_t post, std::size_t seats,
                        std::span<const std::uint32_t> group) {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : group) {
      const Holding& holding = t_.holdings[row];
      if (!holding.acting && holding.recorded.contains(latest_day)) {
        rows.push_back(row);
      }
    }
    std::sort(rows.begin(), rows.end(), [&](auto left, auto right) {
      return std::tuple(t_.holdings[left].valid.valid_from, left) <
             std::tuple(t_.holdings[right].valid.valid_from, right);
    });
    std::multimap<Date, std::uint32_t> ends;
    for (const std::uint32_t row : rows) {
      const Holding& holding = t_.holdings[row];
      ends.erase(ends.begin(), ends.upper_bound(holding.valid.valid_from));
      ends.emplace(holding.valid.valid_until, row);
      if (ends.size() <= seats) continue;
      add_finding(findings_,
                  {Code::holders_too_many, Severity::warning, "holdings", row,
                   "post", t_.post_index[static_cast<std::uint32_t>(post)],
                   "has " + std::to_string(ends.size()) + " holders on " +
                       to_string(holding.valid.valid_from) + " but " +
                       std::to_string(seats) + " seats"});
    }
  }

  void report_outside(Severity severity, std::string_view table,
                      std::size_t row, std::string_view column, UnitId id,
                      const Interval& valid) {
    add_finding(findings_,
                {Code::outside_life, severity, table, row, column, unit(id),
                 "does not live on all of the days " + days_of(valid)});
  }

  [[nodiscard]] bool lives(UnitId id, const Interval& valid,
                           const Interval& recorded) const {
    return lives_.contain(id, valid, recorded);
  }

  void check_lives_of_links(const RowRange& rows) {
    for (std::size_t row = rows.from; row < rows.until; ++row) {
      lane_.step();
      const Link& link = t_.links[row];
      const bool clips = t_.hierarchies[link.hierarchy.value].outside_life ==
                         OutsideLifePolicy::clip;
      const Severity severity = clips ? Severity::warning : Severity::error;
      if (!lives(link.unit, link.valid, link.recorded)) {
        report_outside(severity, "links", row, "unit", link.unit, link.valid);
      }
      if (!lives(link.parent, link.valid, link.recorded)) {
        report_outside(severity, "links", row, "parent", link.parent,
                       link.valid);
      }
    }
  }

  void check_lives_of_assignments() {
    for (std::size_t row = 0; row < t_.assignments.size(); ++row) {
      lane_.step();
      const Assignment& one = t_.assignments[row];
      if (one.holder.type == EntityType::unit &&
          !lives(UnitId{one.holder.index}, one.valid, one.recorded)) {
        report_outside(Severity::warning, "assignments", row, "holder",
                       UnitId{one.holder.index}, one.valid);
      }
      if (one.scope && !lives(one.scope->unit, one.valid, one.recorded)) {
        report_outside(Severity::warning, "assignments", row, "scope",
                       one.scope->unit, one.valid);
      }
    }
  }

  template <typename Row>
  void check_lives_of(std::span<const Row> rows, const RowRange& range,
                      std::string_view table) {
    constexpr std::size_t ahead = 24;
    for (std::size_t row = range.from; row < range.until; ++row) {
      lane_.step();
      if (row + ahead < range.until) lives_.ask(rows[row + ahead].unit);
      if (!lives(rows[row].unit, rows[row].valid, rows[row].recorded)) {
        report_outside(Severity::warning, table, row, "unit", rows[row].unit,
                       rows[row].valid);
      }
    }
  }

 private:
  [[nodiscard]] std::string_view unit(UnitId id) const {
    return t_.unit_index[id.value];
  }
  [[nodiscard]] std::string_view person(PersonId id) const {
    return t_.person_index[id.value];
  }

  const Tables& t_;
  Diagnostics& findings_;
  const Lives& lives_;
  Lane lane_;
};

using CheckTask = std::function<void(Checker&)>;

// A task for each part of the rows of a table.
template <typename Check>
void add_parts(std::vector<CheckTask>& tasks, std::size_t row_count,
               const Check& check) {
  constexpr std::size_t part = std::size_t{1} << 20U;
  for (std::size_t from = 0; from < row_count; from += part) {
    const RowRange rows{from, std::min(from + part, row_count)};
    tasks.emplace_back([=](Checker& checker) { check(checker, rows); });
  }
}

// All checks, in the order in which their findings are told.
std::vector<CheckTask> check_tasks(const Tables& t) {
  std::vector<CheckTask> tasks{
      &Checker::check_states,     &Checker::check_links,
      &Checker::check_link_kinds, &Checker::check_memberships,
      &Checker::check_attributes, &Checker::check_attendance,
      &Checker::check_holdings};
  add_parts(tasks, t.links.size(), [](Checker& checker, const RowRange& rows) {
    checker.check_lives_of_links(rows);
  });
  tasks.emplace_back(&Checker::check_lives_of_assignments);
  add_parts(tasks, t.memberships.size(),
            [&t](Checker& checker, const RowRange& rows) {
              checker.check_lives_of<Membership>(t.memberships, rows,
                                                 "memberships");
            });
  add_parts(tasks, t.posts.size(),
            [&t](Checker& checker, const RowRange& rows) {
              checker.check_lives_of<Post>(t.posts, rows, "posts");
            });
  add_parts(tasks, t.records.size(),
            [&t](Checker& checker, const RowRange& rows) {
              checker.check_lives_of<Record>(t.records, rows, "records");
            });
  return tasks;
}

void check_plainly(const Tables& tables, const Lives& lives,
                   std::span<const CheckTask> tasks, Diagnostics& findings,
                   Pace& pace) {
  pace.begin("check rows", tasks.size());
  Checker checker(tables, lives, Lane(pace, 0, 1), findings);
  for (const CheckTask& task : tasks) {
    task(checker);
    pace.advance(1);
    pace.tell();
  }
}

// Each task has a list of its own. If all lists together are within the limit,
// nothing was left out of any, and one after the other they are what one thread
// would have found.
bool check_in_parallel(const Tables& tables, const Lives& lives,
                       std::span<const CheckTask> tasks, Diagnostics& findings,
                       std::size_t findings_max, std::size_t threads,
                       Pace& pace) {
  std::vector<Diagnostics> lists(tasks.size(), Diagnostics(findings_max));
  std::atomic<std::size_t> next = 0;
  pace.begin("check rows", tasks.size());
  run_in_parallel(threads, [&](std::size_t thread) {
    Lane lane(pace, thread, threads);
    for (std::size_t at = next++; at < tasks.size(); at = next++) {
      Checker checker(tables, lives, lane, lists[at]);
      tasks[at](checker);
      lane.advance(1);
      lane.tell();
    }
  });
  std::uint64_t count = 0;
  for (const Diagnostics& list : lists) {
    count += list.error_count() + list.warning_count();
  }
  if (count > findings_max) return false;
  for (const Diagnostics& list : lists) findings.append(list);
  return true;
}

}  // namespace

void Registry::check(Diagnostics& findings) const {
  Pace pace;
  const Lives lives(*tables_, {});
  check_plainly(*tables_, lives, check_tasks(*tables_), findings, pace);
  check_responsibility(*tables_, findings);
}

void check_registry(const Registry::Tables& tables, Diagnostics& findings,
                    std::size_t findings_max, std::size_t threads, Pace& pace) {
  pace.begin("check rows");
  const Lives lives(tables, Lane(pace, 0, 1));
  const std::vector<CheckTask> tasks = check_tasks(tables);
  if (threads <= 1 || !check_in_parallel(tables, lives, tasks, findings,
                                         findings_max, threads, pace)) {
    check_plainly(tables, lives, tasks, findings, pace);
  }
  check_responsibility(tables, findings);
}

}  // namespace headrope
