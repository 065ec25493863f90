// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What sets of persons refuse, their last words, and overlaps by hand.

#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/person_sets.hpp>

namespace headrope {
namespace {

using unit::Model;

// A above B and C; 70 persons in B, those from 60 on in C too, and one who is
// in C only.
std::shared_ptr<const Snapshot> town() {
  Model model;
  for (const char* id : {"A", "B", "C", "D"}) model.unit(id);
  model.link("A", "");
  model.link("B", "A");
  model.link("C", "A");
  for (int at = 0; at < 70; ++at) {
    const std::string person = "p" + std::to_string(at);
    model.member(person, "B");
    if (at >= 60) model.member(person, "C", Standing::secondary);
  }
  model.member("only", "C");
  return model.frozen_on("2013-01-01");
}

PersonSet below(const std::shared_ptr<const Snapshot>& snapshot,
                const char* unit, CountBasis basis = CountBasis::any) {
  const auto set = PersonSet::below(snapshot, *snapshot->find_forest("line"),
                                    *snapshot->find_unit(unit), basis);
  REQUIRE(set);
  return *set;
}

Code code_of(const Result<PersonSet>& set) {
  REQUIRE_FALSE(set);
  return set.error().code;
}

}  // namespace

TEST_CASE("a set knows its persons by either membership", "[evaluate]") {
  const auto snapshot = town();
  CHECK(below(snapshot, "A").size() == 71);
  CHECK(below(snapshot, "C").size() == 11);
  CHECK(below(snapshot, "C", CountBasis::primary).size() == 1);
  CHECK(below(snapshot, "B").persons(PersonId{68}, 5) ==
        std::vector<PersonId>{PersonId{68}, PersonId{69}});
  CHECK(below(snapshot, "B").persons(PersonId{0}, 0).empty());
  CHECK(below(snapshot, "B").persons(PersonId{4'000'000'000}).empty());
  CHECK(PersonSet::none(snapshot).size() == 0);
  const PersonSet all = PersonSet::all(snapshot);
  CHECK(all.size() == 71);
  CHECK(all.words().back() == (1U << 7) - 1);
  CHECK(all == below(snapshot, "A"));
}

TEST_CASE("what cannot be a set is refused", "[evaluate]") {
  const auto snapshot = town();
  const auto other = town();
  const Forest& forest = *snapshot->find_forest("line");
  const UnitIndex unit = *snapshot->find_unit("B");
  CHECK(code_of(PersonSet::below(snapshot, forest, unit, CountBasis::every)) ==
        Code::invalid_argument);
  CHECK(code_of(PersonSet::below(other, forest, unit)) ==
        Code::invalid_argument);
  CHECK(code_of(PersonSet::below(snapshot, forest, UnitIndex{4})) ==
        Code::invalid_argument);
  CHECK(code_of(PersonSet::below(snapshot, forest, UnitIndex{})) ==
        Code::invalid_argument);
  CHECK(code_of(PersonSet::below(
            snapshot, forest, *snapshot->find_unit("D"))) == Code::not_found);
  const std::array past{PersonId{70}, PersonId{71}};
  CHECK(PersonSet::of(snapshot, std::span(past).first(1)));
  CHECK(code_of(PersonSet::of(snapshot, past)) == Code::invalid_argument);
  Assessment of_units;
  of_units.rule.subjects.type = Subjects::Type::units;
  CHECK(code_of(PersonSet::with_status(snapshot, of_units, Status::met)) ==
        Code::invalid_argument);
  Assessment elsewhere;
  elsewhere.rule.subjects.type = Subjects::Type::persons;
  elsewhere.subjects = {71};
  CHECK(code_of(PersonSet::with_status(snapshot, elsewhere, Status::met)) ==
        Code::invalid_argument);
  RuleAssessment duties;
  duties.subject_type = SubjectType::duties;
  CHECK(code_of(PersonSet::with_status(snapshot, duties, Status::met)) ==
        Code::invalid_argument);
}

TEST_CASE("sets of different snapshots do not go together", "[evaluate]") {
  PersonSet one = PersonSet::all(town());
  const PersonSet other = PersonSet::all(town());
  for (const auto combine :
       {&PersonSet::unite, &PersonSet::intersect, &PersonSet::subtract}) {
    const auto done = (one.*combine)(other);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::invalid_argument);
    CHECK(one.size() == 71);
  }
  const std::array<const PersonSet*, 2> sets{&one, &other};
  CHECK(find_overlap(sets).error().code == Code::invalid_argument);
}

TEST_CASE("an overlap is of 1 to 16 sets", "[evaluate]") {
  const auto snapshot = town();
  const PersonSet set = below(snapshot, "C");
  CHECK(find_overlap({}).error().code == Code::invalid_argument);
  const std::array<const PersonSet*, 2> with_null{&set, nullptr};
  CHECK(find_overlap(with_null).error().code == Code::invalid_argument);
  const std::array<const PersonSet*, 1> only_null{nullptr};
  CHECK(find_overlap(only_null).error().code == Code::invalid_argument);
  const std::vector<const PersonSet*> sets(17, &set);
  CHECK(find_overlap(sets).error().code == Code::limit_exceeded);
  const auto overlap = find_overlap(std::span(sets).first(16));
  REQUIRE(overlap);
  CHECK(overlap->in_all() == 11);
  CHECK(overlap->in_any() == 11);
  CHECK(overlap->exactly.back() == 11);
}

TEST_CASE("two subtrees overlap in those who are in both", "[evaluate]") {
  const auto snapshot = town();
  const PersonSet b = below(snapshot, "B");
  const PersonSet c = below(snapshot, "C");
  const std::array sets{&b, &c};
  const auto overlap = find_overlap(sets);
  REQUIRE(overlap);
  CHECK(overlap->size_of(0) == 70);
  CHECK(overlap->size_of(1) == 11);
  CHECK(overlap->in_both(0, 1) == 10);
  CHECK(overlap->in_any() == 71);
  CHECK(overlap->exactly == std::vector<std::int64_t>{0, 60, 1, 10});
}

}  // namespace headrope
