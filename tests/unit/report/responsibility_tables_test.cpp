// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The answers about responsibility as tables: what each row says, what is
// empty, words in both languages, and findings put together.

#include <set>

#include "unit/report/responsibility_rows.hpp"
#include <headrope/responsibility_tables.hpp>

namespace headrope {

using unit::Answers;
using unit::day;
using unit::span_of;
using unit::told_row;

namespace {

Gap no_lead(Answers& answers, std::string_view unit_id) {
  Gap gap;
  gap.type = GapType::no_lead;
  gap.duty = answers.duty_id("A1");
  gap.unit = answers.at(unit_id);
  gap.holder = gap.other = {EntityType::unit, UnitIndex::none_value};
  gap.days = span_of("2013-02-01", "2013-05-01");
  gap.limit = 1;
  return gap;
}

// Every table there is, with a row each.
std::vector<Table> all_tables(Answers& answers, Language language) {
  const Snapshot& snapshot = answers.snapshot();
  const std::vector holders{answers.row("A1", "A", "lead", "X")};
  const std::vector gaps{no_lead(answers, "A")};
  Chains chains;
  chains.breaks.push_back({answers.at("A"), LinkState::vacant, PostId{0},
                           span_of("2013-12-01", ""), 3, true});
  const std::vector points{SinglePoint{answers.holder("X"), 1, 2}};
  Load load{answers.holder("X"), day("2013-12-31"), {}, true};
  load.burden.leads = 3;
  BurdenLimits limits;
  limits.leads = limits.cooperations = limits.posts = limits.liaisons =
      limits.contact_points = limits.total = 2;
  const std::vector tenures{Responsibility::Tenure{}};
  return {holders_table(snapshot, holders, language),
          gaps_table(snapshot, gaps, language),
          grouped_gaps_table(snapshot, gaps, language),
          chain_table(snapshot, chains, language),
          chain_sum_table(chains),
          single_points_table(snapshot, points),
          load_table(snapshot, std::vector{load}, limits, language),
          tenures_table(snapshot, PostId{0}, tenures, language)};
}

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xE4;
  });
}

}  // namespace

TEST_CASE("every column about responsibility has words in both languages",
          "[report]") {
  Answers answers;
  for (const Table& table : all_tables(answers, Language::zh)) {
    std::set<std::string> names;
    CHECK(table.row_count() == 1);
    for (const Column& column : table.columns) {
      CAPTURE(column.name);
      CHECK(names.insert(column.name).second);
      CHECK(has_chinese(wording(column.name, Language::zh)));
      const std::string_view english = wording(column.name, Language::en);
      CHECK_FALSE(has_chinese(english));
      CHECK(english.find('_') == std::string_view::npos);
      CHECK(std::max(column.texts.size(), column.numbers.size()) == 1);
    }
  }
}

TEST_CASE("every finding has a word of its own in both languages", "[report]") {
  std::set<std::string_view> words;
  std::set<std::string_view> chinese;
  for (std::size_t at = 0; at < gap_type_count; ++at) {
    const std::string_view word = gap_type_word(static_cast<GapType>(at));
    CAPTURE(word);
    CHECK(words.insert(word).second);
    CHECK(chinese.insert(wording(word, Language::zh)).second);
    CHECK(has_chinese(wording(word, Language::zh)));
    CHECK(wording(word, Language::en).find('_') == std::string_view::npos);
  }
  CHECK(words.contains("no_lead"));
  CHECK(gap_type_word(GapType::delegation_cycle) == "delegation_cycle");
}

TEST_CASE("tables without rows keep their columns", "[report]") {
  Answers answers;
  const Snapshot& snapshot = answers.snapshot();
  CHECK(holders_table(snapshot, {}, Language::en).columns.size() == 14);
  CHECK(gaps_table(snapshot, {}, Language::en).columns.size() == 19);
  CHECK(grouped_gaps_table(snapshot, {}, Language::en).columns.size() == 20);
  CHECK(load_table(snapshot, {}, {}, Language::en).columns.size() == 13);
  for (const Table& table : {holders_table(snapshot, {}, Language::en),
                             gaps_table(snapshot, {}, Language::en)}) {
    CHECK(table.row_count() == 0);
  }
}

TEST_CASE("a holder with duty, unit, role, post, person and days", "[report]") {
  Answers answers;
  Holder one = answers.row("A1", "B", "cooperating", "X");
  one.holder = {EntityType::post,
                answers.snapshot().find_post("A/secretary")->value};
  one.person = *answers.snapshot().find_person("P");
  one.acting = true;
  one.reached = Reached::above;
  one.from = answers.at("A");
  one.clause = "四(一)";
  one.valid = span_of("2013-01-01", "");
  const Table zh =
      holders_table(answers.snapshot(), std::vector{one}, Language::zh);
  CHECK(told_row(zh, 0) ==
        "duty=A1 duty_name=学习 unit=B unit_name=乙 role=共同负责 "
        "holder=A/secretary holder_name=甲 党工委书记 person=P acting=yes "
        "reached=above from=A clause=四(一) valid_from=2013-01-01");
  const Table en =
      holders_table(answers.snapshot(), std::vector{one}, Language::en);
  CHECK(display_text(*en.find("role"), 0) == "cooperating");
  CHECK(display_text(*en.find("holder_name"), 0) == "甲 party secretary");
}

TEST_CASE("a gap row shows no holder", "[report]") {
  Answers answers;
  const std::vector rows{answers.gap("A1", "B")};
  CHECK(told_row(holders_table(answers.snapshot(), rows, Language::zh), 0) ==
        "duty=A1 duty_name=学习 unit=B unit_name=乙 role=无牵头");
}

TEST_CASE("findings that differ in the unit are one row", "[report]") {
  Answers answers;
  const Snapshot& snapshot = answers.snapshot();
  std::vector<Gap> gaps;
  for (const char* id : {"A", "B", "C", "D"}) {
    gaps.push_back(no_lead(answers, id));
  }
  Gap later = no_lead(answers, "A");
  later.days = span_of("2013-06-01", "");
  gaps.push_back(later);
  CHECK(gaps_table(snapshot, gaps, Language::zh).row_count() == 5);
  const Table table = grouped_gaps_table(snapshot, gaps, Language::zh);
  REQUIRE(table.row_count() == 2);
  CHECK(told_row(table, 0) ==
        "type=no_lead duty=A1 duty_name=学习 findings=4 units=4 "
        "names=甲、乙、丙 … count=0 limit=1 valid_from=2013-02-01 "
        "valid_until=2013-05-01");
  CHECK(display_text(*table.find("names"), 1) == "甲");
  CHECK(display_text(*table.find("valid_from"), 1) == "2013-06-01");
  gaps.resize(3);
  CHECK(display_text(
            *grouped_gaps_table(snapshot, gaps, Language::en).find("names"),
            0) == "甲, 乙, 丙");
}

TEST_CASE("other holders, counts or clauses part findings", "[report]") {
  Answers answers;
  const auto rows = [&](const auto& change) {
    Gap other = no_lead(answers, "B");
    change(other);
    return grouped_gaps_table(answers.snapshot(),
                              std::vector{no_lead(answers, "A"), other},
                              Language::en)
        .row_count();
  };
  CHECK(rows([](Gap&) {}) == 1);
  CHECK(rows([](Gap& gap) { gap.post = PostId{0}; }) == 1);
  CHECK(rows([](Gap& gap) { gap.person = PersonId{0}; }) == 1);
  CHECK(rows([&](Gap& gap) { gap.holder = answers.holder("X"); }) == 2);
  CHECK(rows([&](Gap& gap) { gap.other = answers.holder("X"); }) == 2);
  CHECK(rows([](Gap& gap) { gap.count = 1; }) == 2);
  CHECK(rows([](Gap& gap) { gap.limit = 2; }) == 2);
  CHECK(rows([](Gap& gap) { gap.clause = "c"; }) == 2);
  CHECK(rows([](Gap& gap) { gap.text = "t"; }) == 2);
  CHECK(rows([](Gap& gap) { gap.type = GapType::self_lead; }) == 2);
  CHECK(rows([&](Gap& gap) { gap.duty = answers.duty_id("A2"); }) == 2);
}

TEST_CASE("units that lead themselves are one row", "[report]") {
  Answers answers;
  std::vector<Gap> gaps;
  for (const char* id : {"A", "B"}) {
    Gap gap = no_lead(answers, id);
    gap.type = GapType::self_lead;
    gap.holder = answers.holder(id);
    gaps.push_back(gap);
  }
  const Table both = grouped_gaps_table(answers.snapshot(), gaps, Language::zh);
  REQUIRE(both.row_count() == 1);
  CHECK(display_text(*both.find("holder"), 0).empty());
  gaps.pop_back();
  const Table one = grouped_gaps_table(answers.snapshot(), gaps, Language::zh);
  CHECK(display_text(*one.find("holder"), 0) == "A");
  gaps.front().limit = 0;
  const Table uncounted = gaps_table(answers.snapshot(), gaps, Language::zh);
  CHECK(uncounted.find("count")->is_missing(0));
  CHECK(uncounted.find("limit")->is_missing(0));
}

TEST_CASE("findings about persons name the persons", "[report]") {
  Answers answers;
  Gap gap = no_lead(answers, "A");
  gap.type = GapType::turn_skipped;
  gap.unit = {};
  gap.person = *answers.snapshot().find_person("P");
  const Table table =
      grouped_gaps_table(answers.snapshot(), std::vector{gap}, Language::zh);
  CHECK(display_text(*table.find("names"), 0) == "P");
  CHECK(display_text(*table.find("units"), 0) == "0");
}

TEST_CASE("a break tells its days so far, the day itself included",
          "[report]") {
  Answers answers;
  Chains chains;
  chains.leaves = 3;
  chains.leaves_reached = 2;
  chains.breaks.push_back({answers.at("A"), LinkState::vacant,
                           *answers.snapshot().find_post("A/secretary"),
                           span_of("2013-12-30", ""), 3, true});
  chains.breaks.push_back(
      {answers.at("B"), LinkState::without, {}, span_of("", ""), 0, false});
  const Table table = chain_table(answers.snapshot(), chains, Language::en);
  CHECK(told_row(table, 0) ==
        "unit=A name=甲 kind=party_branch state=vacant post=A/secretary "
        "valid_from=2013-12-30 days=2 hanging=3 first=yes");
  CHECK(told_row(table, 1) ==
        "unit=B name=乙 kind=party_branch state=without hanging=0");
  const Table earlier =
      chain_table(answers.snapshot(), chains, Language::en, day("2013-12-30"));
  CHECK(display_text(*earlier.find("days"), 0) == "1");
  CHECK(told_row(chain_sum_table(chains), 0) ==
        "leaves_reached=2 leaves=3 leaf_rate=66.7 % breaks=2 first_breaks=1");
}

TEST_CASE("a load names the limits that are passed, not those just reached",
          "[report]") {
  Answers answers;
  Load load{answers.holder("X"), day("2013-12-31"), {}, true};
  load.burden.leads = 3;
  load.burden.posts = 2;
  BurdenLimits limits;
  limits.leads = 2;
  limits.posts = 2;
  limits.total = 4;
  const Table table =
      load_table(answers.snapshot(), std::vector{load}, limits, Language::zh);
  CHECK(told_row(table, 0) ==
        "what=unit holder=X holder_name=宣传部门 day=2013-12-31 leads=3 "
        "cooperations=0 other_roles=0 posts=2 liaisons=0 contact_points=0 "
        "pairings=0 total=5 leads_max=2 posts_max=2 total_max=4 "
        "over=牵头数、合计");
}

TEST_CASE("tenures tell who held, who acted and when nobody did", "[report]") {
  Answers answers;
  const PersonId person = *answers.snapshot().find_person("P");
  const std::vector<Responsibility::Tenure> tenures{
      {span_of("2013-01-01", "2013-01-11"), person, false},
      {span_of("2013-01-11", "2013-02-01"), {}, false},
      {span_of("2013-01-11", ""), person, true}};
  const Table table = tenures_table(
      answers.snapshot(), *answers.snapshot().find_post("A/secretary"), tenures,
      Language::zh);
  CHECK(told_row(table, 0) ==
        "post=A/secretary role=党工委书记 unit=A unit_name=甲 person=P "
        "state=held valid_from=2013-01-01 valid_until=2013-01-11 days=10");
  CHECK(display_text(*table.find("state"), 1) == "vacant");
  CHECK(display_text(*table.find("person"), 1).empty());
  CHECK(display_text(*table.find("state"), 2) == "acting");
  CHECK(display_text(*table.find("days"), 2) == "–");
}

TEST_CASE("what was missed has a row for each holder, or one without",
          "[report]") {
  Answers answers;
  const auto assessment = unit::assessed(
      answers.snapshot(),
      unit::one_rule("window: {each: year}, require: {count: study_session, "
                     "at_least: 1}"),
      unit::in_2012);
  REQUIRE(assessment.subjects.size() == 4);
  const std::vector<Missed> missed{{0,
                                    0,
                                    day("2012-12-31"),
                                    {answers.row("A1", "A", "lead", "X"),
                                     answers.row("A2", "A", "lead", "A")}},
                                   {1, 0, day("2012-12-31"), {}}};
  const Table table =
      missed_table(answers.snapshot(), assessment, missed, Language::zh);
  REQUIRE(table.row_count() == 3);
  CHECK(told_row(table, 0) ==
        "rule=R1 subject=A name=甲 due=2012-12-31 duty=A1 duty_name=学习 "
        "unit=A unit_name=甲 role=牵头单位 holder=X holder_name=宣传部门 "
        "reached=unit");
  CHECK(told_row(table, 2) == "rule=R1 subject=B name=乙 due=2012-12-31");
}

TEST_CASE("a holder that does not live has a role and no name", "[report]") {
  Answers answers;
  Holder one = answers.row("A1", "A", "lead", "X");
  one.holder.index = UnitIndex::none_value;
  const Table table =
      holders_table(answers.snapshot(), std::vector{one}, Language::zh);
  CHECK(display_text(*table.find("role"), 0) == "牵头单位");
  CHECK(display_text(*table.find("holder"), 0).empty());
}

}  // namespace headrope
