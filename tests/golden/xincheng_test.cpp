// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The worked example of Xincheng, to the digit: the questions WQ1 to WQ6 and
// WQ8 as they were answered by hand, and the same coverage along two lines.

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/answers.hpp>
#include <headrope/load.hpp>
#include <headrope/table.hpp>

namespace headrope {

using unit::day;
using unit::span_of;

namespace {

using Texts = std::vector<std::string>;
using Values = std::map<std::string, std::int64_t>;

const Interval year_2013{Date{15706}, Date{16071}};

const Registry& registry() {
  static const Registry loaded = [] {
    Diagnostics findings;
    auto result = load_package(
        std::filesystem::path(HEADROPE_SOURCE_DIR) / "examples/xincheng",
        findings);
    if (!result) FAIL(result.error().message);
    CHECK(findings.items().empty());
    return *std::move(result);
  }();
  return loaded;
}

std::shared_ptr<const Snapshot> frozen(std::string_view as_of) {
  Diagnostics findings;
  auto snapshot = freeze(registry(), {day(as_of), latest_day, {}}, findings);
  if (!snapshot) FAIL(snapshot.error().message);
  return *snapshot;
}

std::shared_ptr<const Snapshot> at_year_end() { return frozen("2013-12-31"); }

// A rule that asks for at least so much in the year.
Rule at_least(std::int64_t threshold, std::string_view measure,
              Reduction reduction) {
  Rule rule;
  rule.tally.measures = {*registry().find_measure(measure)};
  rule.tally.reduction = reduction;
  rule.requirement.threshold = threshold;
  return rule;
}

// Of units of these kinds.
Rule of_units(Rule rule, const Texts& kinds) {
  for (const std::string& kind : kinds) {
    rule.subjects.kinds.push_back(*registry().find_kind(kind));
  }
  return rule;
}

// Of persons of these ranks; of all if there are none.
Rule of_persons(Rule rule, const Texts& ranks) {
  rule.subjects.type = Subjects::Type::persons;
  if (!ranks.empty()) {
    rule.subjects.attributes = {
        {*registry().find_attribute("rank"), ranks, false}};
  }
  return rule;
}

Rule trained() {
  Rule rule =
      of_persons(at_least(1, "rotation_training", Reduction::count), {});
  rule.tally.source = Tally::Source::attendance;
  return rule;
}

Assessment assessed(const Snapshot& snapshot, const Rule& rule,
                    const Interval& range = year_2013) {
  auto assessment = assess(snapshot, rule, range);
  if (!assessment) FAIL(assessment.error().message);
  return *assessment;
}

std::string subject_name(const Snapshot& snapshot, const Assessment& answer,
                         std::size_t at) {
  const std::uint32_t subject = answer.subjects[at];
  return std::string(answer.rule.subjects.type == Subjects::Type::units
                         ? snapshot.identity(UnitIndex{subject})
                         : snapshot.identity(PersonId{subject}));
}

Values values(const Snapshot& snapshot, const Assessment& answer) {
  REQUIRE(answer.windows.size() == 1);
  Values named;
  for (std::size_t at = 0; at < answer.subjects.size(); ++at) {
    named[subject_name(snapshot, answer, at)] = answer.values[at];
  }
  return named;
}

Texts with_status(const Snapshot& snapshot, const Assessment& answer,
                  Status status) {
  Texts names;
  for (std::size_t at = 0; at < answer.subjects.size(); ++at) {
    if (answer.overall(at) == status) {
      names.push_back(subject_name(snapshot, answer, at));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string percent(std::int64_t part, std::int64_t whole) {
  Column column;
  column.type = Column::Type::ratio;
  column.numbers = {part};
  column.denominators = {whole};
  return std::to_string(part) + "/" + std::to_string(whole) + " = " +
         display_text(column, 0);
}

const Forest& line(const Snapshot& snapshot, std::string_view name) {
  const Forest* forest = snapshot.find_forest(name);
  REQUIRE(forest != nullptr);
  return *forest;
}

// `23/29 = 79.3 %` at a unit of a hierarchy.
std::string coverage_at(const Snapshot& snapshot, const Assessment& answer,
                        std::string_view hierarchy, std::string_view unit) {
  const Forest& forest = line(snapshot, hierarchy);
  const auto coverage = cover(snapshot, forest, answer);
  REQUIRE(coverage);
  const StatusCounts counts =
      coverage->at(forest.first_place(*snapshot.find_unit(unit)));
  return percent(counts.of(Status::met), counts.eligible());
}

Rule eight_days(PartialWindow partial, bool credited) {
  Rule rule = of_units(at_least(8, "study_session", Reduction::distinct_days),
                       {"party_branch", "party_general_branch"});
  rule.partial = partial;
  if (credited) rule.tally.credit_along = *registry().find_hierarchy("party");
  return rule;
}

}  // namespace

TEST_CASE("WQ1: the centre group met in 11 of 12 months, on 13 days",
          "[golden]") {
  const auto snapshot = at_year_end();
  const Texts kinds{"party_working_committee"};
  Rule monthly =
      of_units(at_least(1, "centre_group_session", Reduction::count), kinds);
  monthly.period = Period::month;
  const Assessment months = assessed(*snapshot, monthly);
  REQUIRE(months.subjects.size() == 1);
  REQUIRE(months.windows.size() == 12);
  std::int64_t sessions = 0;
  for (std::size_t month = 0; month < 12; ++month) {
    CAPTURE(month);
    sessions += months.values[month];
    CHECK((months.statuses[month] == Status::met) == (month != 7));
  }
  CHECK(sessions == 12);
  CHECK(months.statuses[7] == Status::unmet);
  CHECK(months.overall(0) == Status::unmet);

  const Rule days = of_units(
      at_least(12, "centre_group_session", Reduction::distinct_days), kinds);
  const Assessment year = assessed(*snapshot, days);
  CHECK(values(*snapshot, year) == Values{{"U01", 13}});
  CHECK(year.overall(0) == Status::met);
}

TEST_CASE(
    "WQ2: 5 of 9 branches reached 8 days with credit for joint sessions, "
    "4 of 9 without",
    "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment credited =
      assessed(*snapshot, eight_days(PartialWindow::any_day, true));
  CHECK(values(*snapshot, credited) == Values{{"U02", 8},
                                              {"U03", 7},
                                              {"U04", 8},
                                              {"U05", 7},
                                              {"U06", 8},
                                              {"U07", 4},
                                              {"U09", 8},
                                              {"U10", 7},
                                              {"U11", 8}});
  CHECK(with_status(*snapshot, credited, Status::met) ==
        Texts{"U02", "U04", "U06", "U09", "U11"});
  CHECK(coverage_at(*snapshot, credited, "party", "U01") == "5/9 = 55.6 %");

  const Assessment own =
      assessed(*snapshot, eight_days(PartialWindow::any_day, false));
  CHECK(values(*snapshot, own) == Values{{"U02", 8},
                                         {"U03", 7},
                                         {"U04", 2},
                                         {"U05", 0},
                                         {"U06", 8},
                                         {"U07", 4},
                                         {"U09", 8},
                                         {"U10", 7},
                                         {"U11", 8}});
  CHECK(with_status(*snapshot, own, Status::met) ==
        Texts{"U02", "U06", "U09", "U11"});
  CHECK(coverage_at(*snapshot, own, "party", "U01") == "4/9 = 44.4 %");
}

TEST_CASE(
    "WQ2: U10 with 7 days in 275 of 365 is unmet literally and met pro "
    "rata",
    "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment literal =
      assessed(*snapshot, eight_days(PartialWindow::any_day, true));
  const Assessment in_proportion =
      assessed(*snapshot, eight_days(PartialWindow::pro_rata, true));
  const auto unmet = with_status(*snapshot, literal, Status::unmet);
  CHECK(unmet == Texts{"U03", "U05", "U07", "U10"});
  CHECK(with_status(*snapshot, in_proportion, Status::unmet) ==
        Texts{"U03", "U05", "U07"});
  CHECK(coverage_at(*snapshot, in_proportion, "party", "U08") ==
        "2/2 = 100.0 %");
  for (std::size_t at = 0; at < in_proportion.subjects.size(); ++at) {
    if (subject_name(*snapshot, in_proportion, at) != "U10") continue;
    CHECK(in_proportion.threshold(at) == make_fraction(8 * 275, 365));
  }
  const Assessment full_only =
      assessed(*snapshot, eight_days(PartialWindow::full_only, true));
  CHECK(with_status(*snapshot, full_only, Status::not_applicable) ==
        Texts{"U10"});
  CHECK(coverage_at(*snapshot, full_only, "party", "U01") == "5/8 = 62.5 %");
}

TEST_CASE("WQ3: one of two main leaders lectured", "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment answer = assessed(
      *snapshot, of_persons(at_least(1, "party_lecture", Reduction::count),
                            {"main_leader"}));
  CHECK(values(*snapshot, answer) == Values{{"P001", 1}, {"P006", 0}});
  CHECK(coverage_at(*snapshot, answer, "party", "U01") == "1/2 = 50.0 %");
}

TEST_CASE("WQ4: three of six leaders reached 60 days at the grassroots",
          "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment answer = assessed(
      *snapshot,
      of_persons(at_least(60, "grassroots_research", Reduction::distinct_days),
                 {"main_leader", "leader"}));
  CHECK(values(*snapshot, answer) == Values{{"P001", 61},
                                            {"P002", 60},
                                            {"P003", 59},
                                            {"P004", 62},
                                            {"P005", 54},
                                            {"P006", 0}});
  CHECK(with_status(*snapshot, answer, Status::met) ==
        Texts{"P001", "P002", "P004"});
  CHECK(coverage_at(*snapshot, answer, "party", "U01") == "3/6 = 50.0 %");
  const Table table = assessment_table(*snapshot, answer);
  CHECK(table.find("margin")->numbers ==
        std::vector<std::int64_t>{1, 0, -1, 2, -6, -60});
}

TEST_CASE("WQ5: half of the leaders and of the organisations reported",
          "[golden]") {
  const auto snapshot = at_year_end();
  const Rule report = at_least(1, "research_report", Reduction::count);
  const Assessment leaders =
      assessed(*snapshot, of_persons(report, {"main_leader", "leader"}));
  CHECK(values(*snapshot, leaders) == Values{{"P001", 1},
                                             {"P002", 3},
                                             {"P003", 1},
                                             {"P004", 0},
                                             {"P005", 0},
                                             {"P006", 0}});
  CHECK(coverage_at(*snapshot, leaders, "party", "U01") == "3/6 = 50.0 %");
  const Assessment units = assessed(
      *snapshot, of_units(report, {"party_branch", "party_general_branch",
                                   "party_committee"}));
  CHECK(with_status(*snapshot, units, Status::unmet) ==
        Texts{"U04", "U05", "U07", "U08", "U10"});
  CHECK(coverage_at(*snapshot, units, "party", "U01") == "5/10 = 50.0 %");
}

TEST_CASE(
    "WQ6: 23 of 29 persons were trained on 2013-12-31, by unit and "
    "rolled up",
    "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment answer = assessed(*snapshot, trained());
  const std::map<std::string, std::string> expected{
      {"U01", "23/29 = 79.3 %"}, {"U02", "7/9 = 77.8 %"},
      {"U03", "7/7 = 100.0 %"},  {"U04", "4/4 = 100.0 %"},
      {"U05", "3/3 = 100.0 %"},  {"U06", "3/4 = 75.0 %"},
      {"U07", "2/3 = 66.7 %"},   {"U08", "3/4 = 75.0 %"},
      {"U09", "2/2 = 100.0 %"},  {"U10", "1/2 = 50.0 %"},
      {"U11", "1/2 = 50.0 %"}};
  for (const auto& [unit, text] : expected) {
    CAPTURE(unit);
    CHECK(coverage_at(*snapshot, answer, "party", unit) == text);
  }
  CHECK(with_status(*snapshot, answer, Status::unmet) ==
        Texts{"P006", "P009", "P020", "P024", "P027", "P030"});
}

TEST_CASE("WQ6: strictly 21 of 29, without those who made it up", "[golden]") {
  const auto snapshot = at_year_end();
  Rule strict = trained();
  strict.tally.presences = PresenceSet::of({Presence::present, Presence::late});
  CHECK(coverage_at(*snapshot, assessed(*snapshot, strict), "party", "U01") ==
        "21/29 = 72.4 %");
}

TEST_CASE("WQ6: 24 of the 30 persons who ever were members attended",
          "[golden]") {
  const auto snapshot = at_year_end();
  const MeasureId training = *snapshot->find_measure("rotation_training");
  std::vector<PersonId> persons;
  for (const Mark& mark : snapshot->marks()) {
    const AttendedRecord& record = snapshot->attended_records()[mark.attended];
    if (record.measure == training &&
        attended_presences.contains(mark.presence) &&
        year_2013.contains(record.valid.valid_from)) {
      persons.push_back(mark.person);
    }
  }
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  CHECK(percent(static_cast<std::int64_t>(persons.size()),
                static_cast<std::int64_t>(snapshot->person_count())) ==
        "24/30 = 80.0 %");
}

TEST_CASE("WQ6: with the late batch 26 of 29 on 2014-01-31", "[golden]") {
  const auto snapshot = frozen("2014-01-31");
  const Interval range = span_of("2013-01-01", "2014-02-01");
  const Assessment answer = assessed(*snapshot, trained(), range);
  CHECK(coverage_at(*snapshot, answer, "party", "U01") == "26/29 = 89.7 %");
  // The year alone is as it was.
  CHECK(coverage_at(*snapshot, assessed(*snapshot, trained()), "party",
                    "U01") == "23/29 = 79.3 %");
}

TEST_CASE(
    "WQ8: attendance by unit, pooled, without the excused and without "
    "the stranger",
    "[golden]") {
  const auto snapshot = at_year_end();
  const Forest& party = line(*snapshot, "party");
  const std::vector<MeasureId> sessions{
      *snapshot->find_measure("study_session")};
  const auto counts = count_attendance(*snapshot, party, sessions, year_2013);
  REQUIRE(counts);
  struct Sum {
    std::int64_t present = 0, credited = 0, excused = 0, expected = 0;
  };
  const auto summed = [](const auto& columns, std::size_t at) {
    const auto of = [&](Presence presence) {
      return columns[static_cast<std::size_t>(presence)][at];
    };
    Sum sum;
    sum.present = of(Presence::present);
    sum.credited = sum.present + of(Presence::late) + of(Presence::made_up);
    sum.excused = of(Presence::excused);
    sum.expected = sum.credited + sum.excused + of(Presence::absent);
    return sum;
  };
  const auto own = [&](std::string_view unit) {
    return summed(counts->own, snapshot->find_unit(unit)->value);
  };
  CHECK(own("U02").present == 13);
  CHECK(own("U02").excused == 2);
  CHECK(own("U03").present == 6);
  CHECK(own("U06").present == 2);
  CHECK(own("U07").present == 1);
  std::vector<std::int64_t> credited;
  std::vector<std::int64_t> expected;
  Texts rates;
  for (const char* unit : {"U02", "U03", "U06", "U07"}) {
    credited.push_back(own(unit).credited);
    expected.push_back(own(unit).expected);
    rates.push_back(percent(credited.back(), expected.back()));
  }
  CHECK(rates == Texts{"14/18 = 77.8 %", "6/7 = 85.7 %", "2/3 = 66.7 %",
                       "2/3 = 66.7 %"});
  CHECK(percent(own("U02").credited,
                own("U02").expected - own("U02").excused) == "14/16 = 87.5 %");
  const Sum pooled =
      summed(counts->by_presence,
             party.first_place(*snapshot->find_unit("U01")).value);
  CHECK(percent(pooled.credited, pooled.expected) == "24/31 = 77.4 %");
  CHECK(percent(pooled.credited, pooled.expected - pooled.excused) ==
        "24/29 = 82.8 %");
  const Ratio mean = mean_of_rates(credited, expected);
  CHECK(percent(mean.numerator, mean.denominator).ends_with("74.2 %"));
  REQUIRE(counts->strangers.size() == 1);
  const Mark& stranger = counts->strangers[0];
  CHECK(snapshot->identity(stranger.person) == "P014");
  CHECK(snapshot->record_identity(
            snapshot->attended_records()[stranger.attended].record) == "R023");
  CHECK(counts->unplaced == 0);
}

TEST_CASE(
    "AS47: 3 of 4 under the park in the party line and under the village "
    "in the administrative one, with equal totals",
    "[golden]") {
  const auto snapshot = at_year_end();
  const Assessment answer = assessed(*snapshot, trained());
  CHECK(coverage_at(*snapshot, answer, "party", "U08") == "3/4 = 75.0 %");
  CHECK(coverage_at(*snapshot, answer, "administrative", "D04") ==
        "3/4 = 75.0 %");
  CHECK(coverage_at(*snapshot, answer, "administrative", "U08") == "0/0 = –");
  CHECK(coverage_at(*snapshot, answer, "administrative", "D06") == "0/0 = –");
  CHECK(coverage_at(*snapshot, answer, "party", "U01") == "23/29 = 79.3 %");
  CHECK(coverage_at(*snapshot, answer, "administrative", "D01") ==
        "23/29 = 79.3 %");
  for (const char* name : {"party", "administrative"}) {
    const Forest& forest = line(*snapshot, name);
    const auto coverage = cover(*snapshot, forest, answer);
    REQUIRE(coverage);
    CHECK(coverage->unplaced.eligible() == 0);
    const auto members = count_members(*snapshot, forest, CountBasis::primary);
    CHECK(members[0] == 29);
  }
}

}  // namespace headrope
