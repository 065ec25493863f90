// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who holds a duty for whom on which day: the library says what a scan of the
// rows says.

#include <algorithm>
#include <map>
#include <tuple>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "support/random_responsibility.hpp"
#include "support/responsibility_oracle.hpp"
#include "support/responsibility_oracle_compare.hpp"

namespace headrope {
namespace {

using oracle::require_same;
using oracle::Responsible;
using oracle::text;
using testing::Answerable;
using testing::Frozen;

// A frozen organisation, what the library makes of it, and the oracle.
struct Asked {
  explicit Asked(const Answerable& organisation)
      : frozen(testing::frozen(organisation)),
        library(frozen.snapshot),
        rows(frozen.registry, *frozen.snapshot) {}

  Frozen frozen;
  Responsibility library;
  Responsible rows;
};

std::multiset<std::string> lines(const Snapshot& snapshot,
                                 const std::vector<Holder>& holders) {
  std::multiset<std::string> found;
  for (const Holder& holder : holders) {
    const std::string line = text(snapshot, holder);
    // Units that do not live cannot be told apart.
    if (holder.holder != Entity{} || !found.contains(line)) {
      found.insert(line);
    }
  }
  return found;
}

std::set<std::string> lines_once(const Snapshot& snapshot,
                                 const std::vector<Holder>& holders) {
  const auto all = lines(snapshot, holders);
  return {all.begin(), all.end()};
}

// The days of a holder are those of one of the rows that say so on the day, or
// of all of them joined.
void require_days(const Snapshot& snapshot, const std::vector<Holder>& came,
                  const std::vector<Holder>& wanted) {
  std::map<std::string, Interval> joined;
  std::set<std::string> known;
  for (const Holder& holder : wanted) {
    const std::string line = text(snapshot, holder);
    known.insert(line + text(holder.valid));
    Interval& all = joined.emplace(line, holder.valid).first->second;
    all.valid_from = std::min(all.valid_from, holder.valid.valid_from);
    all.valid_until = std::max(all.valid_until, holder.valid.valid_until);
  }
  for (const Holder& holder : came) {
    const std::string line = text(snapshot, holder);
    if (!known.contains(line + text(holder.valid)) &&
        joined.at(line) != holder.valid) {
      RC_FAIL("no row has the days of: " + line + text(holder.valid));
    }
  }
}

auto order_of(const Holder& holder) {
  return std::tuple(holder.duty, holder.role, holder.holder, holder.person);
}

bool in_order(const std::vector<Holder>& holders) {
  return std::is_sorted(holders.begin(), holders.end(),
                        [](const Holder& one, const Holder& other) {
                          return order_of(one) < order_of(other);
                        });
}

rc::Gen<HolderQuestion> questions(const Registry& registry) {
  const auto duties =
      static_cast<std::uint32_t>(registry.duty_identities().size());
  const auto roles = static_cast<std::uint32_t>(registry.roles().size());
  return rc::gen::map(
      rc::gen::tuple(testing::below<int>(4), testing::meeting_days(),
                     testing::below<std::uint32_t>(2 * duties + 1),
                     rc::gen::container<std::vector<std::uint32_t>>(
                         3, testing::below<std::uint32_t>(roles)),
                     testing::below<std::size_t>(4)),
      [duties](const auto& drawn) {
        const auto& [open, day, duty, role_numbers, role_count] = drawn;
        HolderQuestion question;
        if (open != 0) {
          question.day = day;
        }
        if (duty < duties) {
          question.duty = DutyId{duty};
        }
        const std::set<std::uint32_t> roles_asked(
            role_numbers.begin(),
            role_numbers.begin() + static_cast<std::ptrdiff_t>(role_count));
        for (const std::uint32_t role : roles_asked) {
          question.roles.push_back(RoleId{role});
        }
        return question;
      });
}

void require_holders(const Asked& it, UnitIndex unit,
                     const HolderQuestion& question) {
  const Snapshot& snapshot = *it.frozen.snapshot;
  const std::vector<Holder> came = it.library.holders(unit, question);
  const std::vector<Holder> wanted = it.rows.holders(unit, question);
  require_same(lines(snapshot, came), lines_once(snapshot, wanted),
               "holders on " + to_string(question.day));
  require_days(snapshot, came, wanted);
  RC_ASSERT(in_order(came));
}

TEST_CASE("Holders are those whom a scan of the rows finds",
          "[responsibility]") {
  const bool holds = rc::check("holders", [] {
    const Asked it(*testing::answerables());
    const HolderQuestion question = *questions(it.frozen.registry);
    for (const UnitIndex unit : it.rows.units()) {
      require_holders(it, unit, question);
    }
    require_holders(it, {}, question);
  });
  REQUIRE(holds);
}

TEST_CASE("A duty reaches the units that its scopes of the day cover",
          "[responsibility]") {
  const bool holds = rc::check("reaches", [] {
    const Asked it(*testing::answerables());
    std::vector<UnitIndex> units = it.rows.units();
    units.push_back({});
    for (const Date day : it.rows.days()) {
      for (const DutyId duty : it.rows.duties()) {
        for (const UnitIndex unit : units) {
          RC_ASSERT(it.library.reaches(duty, unit, day) ==
                    it.rows.reaches(duty, unit, day));
        }
      }
    }
  });
  REQUIRE(holds);
}

// The holders that positions stand for are the leads, each once.
void require_leads(const Asked& it, DutyId duty, UnitIndex unit, Date day) {
  const Snapshot& snapshot = *it.frozen.snapshot;
  std::vector<Responsibility::Position> to(64);
  const std::size_t count = it.library.leads(duty, unit, day, to);
  RC_ASSERT(count <= to.size());
  std::multiset<std::string> came;
  for (std::size_t i = 0; i < count; ++i) {
    const AssignmentState& row = snapshot.assignments(to[i].days)[to[i].at];
    RC_ASSERT(row.duty == duty);
    RC_ASSERT(row.valid.contains(day));
    RC_ASSERT(it.rows.function(row.role) == RoleFunction::lead);
    came.insert(text(snapshot, row.holder) +
                std::string(snapshot.absent_holder(to[i].at, to[i].days)));
  }
  std::set<std::string> wanted;
  for (const Entity& holder : holders_of(it.rows.leads(duty, unit, day))) {
    const bool is_absent =
        it.rows.placed(holder).index == UnitIndex::none_value;
    wanted.insert(
        text(snapshot, it.rows.placed(holder)) +
        (is_absent
             ? std::string(it.frozen.registry.unit_identities()[holder.index])
             : std::string()));
  }
  require_same(came, wanted, "leads");
  RC_ASSERT(it.library.leads(duty, unit, day, {}) == count);
}

TEST_CASE("Leads are the nearest assignments in a leading role",
          "[responsibility]") {
  const bool holds = rc::check("leads", [] {
    const Asked it(*testing::answerables());
    const Date day = *testing::meeting_days();
    for (const DutyId duty : it.rows.duties()) {
      for (const UnitIndex unit : it.rows.units()) {
        require_leads(it, duty, unit, day);
      }
      require_leads(it, duty, {}, day);
    }
  });
  REQUIRE(holds);
}

// The holders of all units, where the question asks for them.
std::vector<Holder> listed(const Asked& it, const MatrixQuestion& question) {
  std::vector<Holder> all;
  const Snapshot& snapshot = *it.frozen.snapshot;
  std::vector<UnitIndex> units = it.rows.units();
  if (question.forest == nullptr && !question.kind) {
    units.push_back({});
  }
  for (const UnitIndex unit : units) {
    const bool is_left_out =
        !unit.is_none() &&
        ((question.kind &&
          !snapshot.is_a(snapshot.kind(unit), *question.kind)) ||
         (question.forest != nullptr &&
          !it.rows.node(question.forest->hierarchy(), unit)
               .steps_up.contains(question.top)));
    if (is_left_out) {
      continue;
    }
    for (const Holder& holder : it.rows.holders(unit, question.holders)) {
      if (holder.reached != Reached::own_post) {
        all.push_back(holder);
      }
    }
  }
  return all;
}

TEST_CASE("The matrix has the holders of every unit", "[responsibility]") {
  const bool holds = rc::check("matrix", [] {
    const Asked it(*testing::answerables());
    MatrixQuestion question;
    question.holders = *questions(it.frozen.registry);
    question.with_gaps = false;
    const auto forests = it.frozen.snapshot->forests();
    if (!forests.empty() && *testing::below<int>(3) == 2) {
      question.forest = &forests[*testing::below(forests.size())];
      question.top = question.forest->unit(PlaceIndex{*testing::below(
          static_cast<std::uint32_t>(question.forest->place_count()))});
    }
    if (*testing::below<int>(3) == 2) {
      question.kind = KindId{*testing::below<std::uint32_t>(5)};
    }
    const auto came = matrix(it.library, question);
    RC_ASSERT(came.has_value());
    const std::vector<Holder> wanted = listed(it, question);
    require_same(lines(*it.frozen.snapshot, *came),
                 lines_once(*it.frozen.snapshot, wanted), "matrix");
    require_days(*it.frozen.snapshot, *came, wanted);
    RC_ASSERT(std::is_sorted(came->begin(), came->end(),
                             [](const Holder& one, const Holder& other) {
                               return std::tuple(one.duty, one.unit) <
                                      std::tuple(other.duty, other.unit);
                             }));
  });
  REQUIRE(holds);
}

// Where a duty reaches and nobody leads.
using DutyOfUnit = std::pair<DutyId, UnitIndex>;
std::multiset<DutyOfUnit> without_lead(const Asked& it, Date day) {
  std::multiset<DutyOfUnit> found;
  std::vector<UnitIndex> units = it.rows.units();
  units.push_back({});
  for (const DutyId duty : it.rows.duties()) {
    for (const UnitIndex unit : units) {
      if (it.rows.reaches(duty, unit, day) &&
          it.rows.leads(duty, unit, day).empty()) {
        found.emplace(duty, unit);
      }
    }
  }
  return found;
}

TEST_CASE("The matrix has a row without a holder where nobody leads",
          "[responsibility]") {
  const bool holds = rc::check("matrix with gaps", [] {
    const Asked it(*testing::answerables());
    MatrixQuestion question;
    question.holders.day = *testing::meeting_days();
    const auto came = matrix(it.library, question);
    RC_ASSERT(came.has_value());
    std::vector<Holder> held;
    std::multiset<DutyOfUnit> gaps;
    for (const Holder& holder : *came) {
      if (holder.holder == Entity{} && holder.valid == Interval{} &&
          holder.role.is_none()) {
        gaps.emplace(holder.duty, holder.unit);
      } else {
        held.push_back(holder);
      }
    }
    require_same(lines(*it.frozen.snapshot, held),
                 lines_once(*it.frozen.snapshot, listed(it, question)),
                 "matrix with gaps");
    RC_ASSERT(gaps == without_lead(it, question.holders.day));
  });
  REQUIRE(holds);
}

// What tenures say about one day.
struct DayOfPost {
  std::set<PersonId> titular, acting;
  bool is_vacant = false;
  friend bool operator==(const DayOfPost&, const DayOfPost&) = default;
};

DayOfPost told_on(const std::vector<Responsibility::Tenure>& tenures,
                  Date day) {
  DayOfPost told;
  for (const Responsibility::Tenure& tenure : tenures) {
    if (tenure.valid.contains(day)) {
      if (tenure.person.is_none()) {
        told.is_vacant = true;
      } else {
        (tenure.acting ? told.acting : told.titular).insert(tenure.person);
      }
    }
  }
  return told;
}

TEST_CASE("Tenures tell who held a post on every day", "[responsibility]") {
  const bool holds = rc::check("tenures", [] {
    const Asked it(*testing::answerables());
    const auto count = it.frozen.registry.post_identities().size();
    for (std::uint32_t i = 0; i < count; ++i) {
      const PostId post{i};
      const auto tenures = it.library.tenures(post);
      RC_ASSERT(std::is_sorted(tenures.begin(), tenures.end(),
                               [](const auto& one, const auto& other) {
                                 return one.valid.valid_from <
                                        other.valid.valid_from;
                               }));
      for (const Date day : it.rows.days()) {
        const DayOfPost told = told_on(tenures, day);
        RC_ASSERT(told.titular == it.rows.titular(post, day));
        RC_ASSERT(told.acting == it.rows.acting(post, day));
        RC_ASSERT(told.is_vacant == (told.titular.empty() &&
                                     it.rows.post_on(post, day) != nullptr));
      }
    }
  });
  REQUIRE(holds);
}

TEST_CASE("Leads of the primary unit answer for a person", "[responsibility]") {
  const bool holds = rc::check("holders for a person", [] {
    const Asked it(*testing::answerables());
    HolderQuestion question;
    question.day = *testing::meeting_days();
    for (std::uint32_t i = 0; i < it.frozen.snapshot->person_count(); ++i) {
      const UnitIndex unit = it.rows.primary_unit(PersonId{i}, question.day);
      std::vector<Holder> wanted;
      if (!unit.is_none()) {
        wanted = it.rows.holders(unit, question);
        std::erase_if(wanted, [&](const Holder& holder) {
          return it.rows.function(holder.role) != RoleFunction::lead;
        });
      }
      const auto came = holders_for_person(it.library, PersonId{i}, question);
      require_same(lines(*it.frozen.snapshot, came),
                   lines_once(*it.frozen.snapshot, wanted), "for a person");
    }
  });
  REQUIRE(holds);
}

// Holders of every duty, and every head of the unit.
std::vector<Holder> to_answer(const Asked& it, UnitIndex unit,
                              HolderQuestion question) {
  std::vector<Holder> found = it.rows.holders(unit, question);
  if (question.duty) {
    return found;
  }
  for (std::uint32_t r = 0; r < it.frozen.registry.roles().size(); ++r) {
    if (it.rows.function(RoleId{r}) == RoleFunction::head) {
      question.roles.push_back(RoleId{r});
    }
  }
  for (const Holder& holder : it.rows.holders(unit, question)) {
    if (holder.reached == Reached::own_post) {
      found.push_back(holder);
    }
  }
  return found;
}

TEST_CASE("Who held what on the last day answers for what was missed",
          "[responsibility]") {
  const bool holds = rc::check("missed", [] {
    const Asked it(*testing::answerables());
    const bool of_units = *testing::below<int>(2) == 0;
    RuleAssessment assessment;
    assessment.subject_type =
        of_units ? SubjectType::units : SubjectType::persons;
    const std::size_t count = of_units ? it.frozen.snapshot->unit_count()
                                       : it.frozen.snapshot->person_count();
    for (std::uint32_t i = 0; i < count; ++i) {
      assessment.subjects.push_back(i);
    }
    const Date day = *testing::meeting_days();
    assessment.windows = {{add_days(day, -3), day}, {day, add_days(day, 3)}};
    for (std::size_t i = 0; i < 2 * count; ++i) {
      assessment.statuses.push_back(*testing::below<int>(2) == 0 ? Status::unmet
                                                                 : Status::met);
    }
    HolderQuestion question;
    if (!it.rows.duties().empty() && *testing::below<int>(2) == 1) {
      question.duty = it.rows.duties().front();
    }
    const auto missed =
        responsible_for_missed(it.library, assessment, question);
    std::size_t at = 0;
    for (std::uint32_t cell = 0; cell < 2 * count; ++cell) {
      if (assessment.statuses[cell] != Status::unmet) {
        continue;
      }
      RC_ASSERT(at < missed.size());
      const Missed& one = missed[at++];
      RC_ASSERT(one.subject == cell / 2);
      RC_ASSERT(one.window == cell % 2);
      question.day = add_days(assessment.windows[cell % 2].valid_until, -1);
      RC_ASSERT(one.due == question.day);
      const UnitIndex unit =
          of_units ? UnitIndex{cell / 2}
                   : it.rows.primary_unit(PersonId{cell / 2}, question.day);
      const std::vector<Holder> wanted = unit.is_none()
                                             ? std::vector<Holder>{}
                                             : to_answer(it, unit, question);
      require_same(lines(*it.frozen.snapshot, one.holders),
                   lines_once(*it.frozen.snapshot, wanted), "missed");
    }
    RC_ASSERT(at == missed.size());
  });
  REQUIRE(holds);
}

}  // namespace
}  // namespace headrope
