// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Laws of responsibility that need no oracle: what changes no answer, and what
// changes exactly one.

#include <algorithm>
#include <sstream>
#include <tuple>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_responsibility.hpp"
#include "support/responsibility_oracle.hpp"

namespace headrope {
namespace {

using oracle::text;
using testing::Answerable;
using testing::AssignmentRow;
using testing::Frozen;
using testing::Name;

using Lines = std::vector<std::string>;

// Every member of a finding, by name.
std::string whole_line(const Snapshot& snapshot, const Gap& gap) {
  const auto named = [&](auto id) {
    return id.is_none() ? std::string("-") : std::string(snapshot.identity(id));
  };
  std::ostringstream out;
  out << text(snapshot, gap) << " / " << named(gap.duty) << ' '
      << (gap.role.is_none() ? 0 : gap.role.value + 1) << ' ' << named(gap.unit)
      << ' ' << named(gap.post) << ' ' << named(gap.person) << ' '
      << text(snapshot, gap.holder) << ' ' << text(snapshot, gap.other) << ' '
      << named(gap.other_duty) << ' ' << gap.count << ' ' << gap.limit << ' '
      << gap.clause << ' ' << gap.text << text(gap.days);
  return out.str();
}

void add_gaps(const Responsibility& library, Lines& to) {
  GapQuestion question;
  question.days = Interval{};
  const auto gaps = find_gaps(library, question);
  RC_ASSERT(gaps.has_value());
  for (const Gap& gap : *gaps) {
    to.push_back(whole_line(library.snapshot(), gap));
  }
}

void add_chains(const Responsibility& library, Lines& to) {
  const Snapshot& snapshot = library.snapshot();
  for (const Forest& forest : snapshot.forests()) {
    ChainQuestion question;
    question.forest = &forest;
    const auto chains = follow_chains(library, question);
    RC_ASSERT(chains.has_value());
    std::ostringstream out;
    for (const LinkState state : chains->states) {
      out << static_cast<int>(state);
    }
    for (const ChainBreak& one : chains->breaks) {
      out << ' ' << snapshot.identity(one.unit) << ' ' << one.hanging
          << one.is_first << text(one.days);
    }
    const auto points = single_points(library, question);
    RC_ASSERT(points.has_value());
    for (const SinglePoint& point : *points) {
      out << ' ' << text(snapshot, point.holder) << ' ' << point.units << ' '
          << point.hanging;
    }
    to.push_back(out.str());
  }
}

// Everything that can be asked about a snapshot, in the order of the answers.
Lines answers(const Responsibility& library, Date day) {
  const Snapshot& snapshot = library.snapshot();
  Lines lines;
  MatrixQuestion question;
  question.holders.day = day;
  const auto rows = matrix(library, question);
  RC_ASSERT(rows.has_value());
  for (const Holder& holder : *rows) {
    lines.push_back(text(snapshot, holder));
  }
  add_gaps(library, lines);
  add_chains(library, lines);
  for (const Load& load : count_load(library, {{day}, nullptr, {}, {}})) {
    if (load.burden.total() > 0) {
      lines.push_back(text(snapshot, load.holder) + ' ' +
                      std::to_string(load.burden.leads) + ' ' +
                      std::to_string(load.burden.total()));
    }
  }
  return lines;
}

Lines answers(const Answerable& rows, Date day) {
  return answers(Responsibility(testing::frozen(rows).snapshot), day);
}

TEST_CASE("The order of rows changes no answer about responsibility",
          "[responsibility]") {
  const bool holds = rc::check("order of rows", [] {
    const Answerable rows = *testing::answerables();
    const Date day = *testing::meeting_days();
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    RC_ASSERT(answers(rows, day) == answers(shuffled(rows, seed), day));
  });
  REQUIRE(holds);
}

TEST_CASE("What is asked twice is answered alike", "[responsibility]") {
  const bool holds = rc::check("asked twice", [] {
    const Frozen it = testing::frozen(*testing::answerables());
    const Date day = *testing::meeting_days();
    const Responsibility library(it.snapshot);
    const Lines first = answers(library, day);
    RC_ASSERT(answers(library, day) == first);
    RC_ASSERT(answers(Responsibility(it.snapshot), day) == first);
  });
  REQUIRE(holds);
}

template <typename Rows>
void add_unknown(const Rows& from, Date until, Rows& to) {
  for (auto row : from) {
    row.clocks.recorded = {Date::open_start(), until};
    to.push_back(row);
  }
}

TEST_CASE("Rows that stood in the books only earlier change nothing",
          "[responsibility]") {
  const bool holds = rc::check("old books", [] {
    const Answerable rows = *testing::answerables();
    const Answerable others = *testing::answerables();
    const Date day = *testing::meeting_days();
    RC_PRE(!rows.organisation.units.empty());
    Answerable more = rows;
    const Date until =
        std::min(rows.organisation.known_on, add_days(testing::middle, 9));
    add_unknown(others.organisation.memberships, until,
                more.organisation.memberships);
    add_unknown(others.post_rows, until, more.post_rows);
    add_unknown(others.holdings, until, more.holdings);
    add_unknown(others.duty_rows, until, more.duty_rows);
    add_unknown(others.scopes, until, more.scopes);
    add_unknown(others.assignments, until, more.assignments);
    add_unknown(others.pairings, until, more.pairings);
    add_unknown(others.needs, until, more.needs);
    RC_ASSERT(answers(more, day) == answers(rows, day));
  });
  REQUIRE(holds);
}

std::vector<Gap> gaps_of(const Responsibility& library, GapType type) {
  GapQuestion question;
  question.types = {type};
  question.days = Interval{};
  auto gaps = find_gaps(library, question);
  RC_ASSERT(gaps.has_value());
  return *gaps;
}

TEST_CASE("With a lead for each unit that has none, none is without",
          "[responsibility]") {
  const bool holds = rc::check("leads given", [] {
    Answerable rows = *testing::answerables();
    const Frozen before = testing::frozen(rows);
    const Snapshot& snapshot = *before.snapshot;
    rows.organisation.persons.emplace_back("p99");
    for (const Gap& gap :
         gaps_of(Responsibility(before.snapshot), GapType::no_lead)) {
      AssignmentRow row{Name(snapshot.identity(gap.duty)),
                        "lead",
                        {EntityType::person, "p99"},
                        std::nullopt,
                        {gap.days, {}}};
      if (!gap.unit.is_none()) {
        row.scope = {Scope::Type::unit, Name(snapshot.identity(gap.unit)), ""};
      }
      rows.assignments.push_back(row);
    }
    const Responsibility after(testing::frozen(rows).snapshot);
    RC_ASSERT(gaps_of(after, GapType::no_lead).empty());
  });
  REQUIRE(holds);
}

// The days on which an assignment of a duty is told as expired.
std::vector<Interval> expired(const Answerable& rows, const Name& duty) {
  const Frozen it = testing::frozen(rows);
  std::vector<Interval> days;
  for (const Gap& gap :
       gaps_of(Responsibility(it.snapshot), GapType::assignment_expired)) {
    if (it.snapshot->identity(gap.duty) == duty) {
      days.push_back(gap.days);
    }
  }
  return days;
}

TEST_CASE("An assignment that ends is expired until the next one begins",
          "[responsibility]") {
  const bool holds = rc::check("end and succession", [] {
    Answerable rows = *testing::answerables();
    const Date one = *testing::meeting_days();
    const Date other = *testing::meeting_days();
    const Date end = std::min(one, other);
    const Date next = std::max(one, other);
    rows.organisation.persons.emplace_back("p99");
    rows.duties.emplace_back("d99");
    rows.duty_rows.push_back({"d99", "", "", {}});
    AssignmentRow row{"d99", "lead", {EntityType::person, "p99"}, {}, {}};
    rows.assignments.push_back(row);
    RC_ASSERT(expired(rows, "d99").empty());
    rows.assignments.back().clocks.valid.valid_until = end;
    const std::vector<Interval> from_end{{end, Date::open_end()}};
    RC_ASSERT(expired(rows, "d99") == from_end);
    row.role = "primary";  // Of the same role group.
    row.clocks.valid.valid_from = next;
    rows.assignments.push_back(row);
    std::vector<Interval> between;
    if (end < next) {
      between.push_back({end, next});
    }
    RC_ASSERT(expired(rows, "d99") == between);
  });
  REQUIRE(holds);
}

TEST_CASE("A holder for each empty seat leaves no vacancy",
          "[responsibility]") {
  const bool holds = rc::check("seats filled", [] {
    Answerable rows = *testing::answerables();
    const Frozen before = testing::frozen(rows);
    for (const Gap& gap :
         gaps_of(Responsibility(before.snapshot), GapType::vacancy)) {
      for (std::int64_t seat = gap.count; seat < gap.limit; ++seat) {
        const Name person = "p9" + std::to_string(seat);
        rows.holdings.push_back({Name(before.snapshot->identity(gap.post)),
                                 person,
                                 false,
                                 {gap.days, {}}});
      }
    }
    const Responsibility after(testing::frozen(rows).snapshot);
    RC_ASSERT(gaps_of(after, GapType::vacancy).empty());
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
