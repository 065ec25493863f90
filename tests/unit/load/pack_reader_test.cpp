// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the text of a pack to its model, and what is told of a text that is
// none. tests/data/bad-packs has more mistakes, one in each file.

#include "load/pack_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "load/expression_reader.hpp"
#include "unit/helpers.hpp"

namespace headrope {
namespace {

using Texts = std::vector<std::string>;
using Op = Amount::Op;

constexpr std::string_view head =
    "format: headrope-pack/1\nid: X1\ntitle: t\neffective: 2012-01-01\n";

const Registry& vocabulary() {
  static const Registry registry;
  return registry;
}

// A pack with a rule for units that requires something.
std::string requiring(std::string_view condition, std::string_view above = "",
                      std::string_view subjects = "{units: all}") {
  return std::string(head) + std::string(above) +
         "rules:\n- id: R1\n  clause: c\n  title: t\n  subjects: " +
         std::string(subjects) + "\n  require: " + std::string(condition) +
         "\n";
}

PackPointer good(const std::string& text) {
  Diagnostics findings;
  auto pack = parse_pack(text, "x.yaml", vocabulary(), {}, findings);
  INFO(text);
  if (!pack) FAIL(pack.error().message);
  CHECK(findings.items().empty());
  return *pack;
}

// `406 9:13 'cuont' message`.
Texts faults(const std::string& text) {
  Diagnostics findings;
  const auto pack = parse_pack(text, "x.yaml", vocabulary(), {}, findings);
  CHECK(pack.has_value() == findings.items().empty());
  Texts list;
  for (const Diagnostic& one : findings.items()) {
    list.push_back(std::to_string(static_cast<int>(one.code)) + " " +
                   std::to_string(one.row) + ":" + one.column + " '" +
                   one.value + "' " + one.message);
  }
  return list;
}

// The codes and places alone.
Texts codes(const std::string& text) {
  Texts list = faults(text);
  for (std::string& one : list) one.resize(one.find(" '"));
  return list;
}

Condition required(const std::string& condition, std::string_view above = "",
                   std::string_view subjects = "{units: all}") {
  return good(requiring(condition, above, subjects))->model().rules[0].require;
}

Amount left_of(const std::string& amount, std::string_view above = "",
               std::string_view subjects = "{units: all}") {
  return required("{" + amount + ", at_least: 1}", above, subjects)
      .amounts.front();
}

}  // namespace

TEST_CASE("the head of a pack is read", "[load]") {
  const PackPointer pack = good(
      "format: headrope-pack/1\nid: X1\ntitle: {zh: 方案, en: plan}\n"
      "issuer: 党工委\nnumber: 新委1号\nlevel: subdistrict\nsource: a.txt\n"
      "issued: 2012-11-19\neffective: 2012-11-20\nrepealed: 2014-01-01\n"
      "note: n\nreadings: {below: exclusive, basically: 95 %, range: "
      "both_bounds, partial: full_only}\n");
  CHECK(pack->id() == "X1");
  CHECK(pack->title().zh == "方案");
  CHECK(pack->title().en == "plan");
  CHECK(pack->issuer().en == "党工委");
  CHECK(pack->in_force() == unit::span_of("2012-11-20", "2014-01-01"));
  CHECK(pack->overlays().empty());
  const PackModel& model = pack->model();
  CHECK(model.number == "新委1号");
  CHECK(model.issued == unit::day("2012-11-19"));
  CHECK(model.readings.below_is_exclusive);
  CHECK(model.readings.range_is_strict);
  CHECK(model.readings.basically == Fraction{19, 20});
  CHECK_FALSE(model.readings.approximately);
  CHECK(model.readings.partial == PartialWindow::full_only);
}

TEST_CASE("parameters have the value of the day", "[load]") {
  const PackPointer pack = good(
      std::string(head) +
      "parameters:\n  b: {unit: day, values: [{from: 2013-01-01, value: 90 %, "
      "clause: 二}, {from: 2012-01-01, value: 8, clause: 一}, {from: "
      "2014-01-01, value: null, clause: 三}]}\n  a: {values: []}\n");
  REQUIRE(pack->model().parameters.size() == 2);
  CHECK(pack->model().parameters[0].id == "a");
  const auto value_on = [&](const char* day) {
    const auto list = pack->parameters(unit::day(day));
    REQUIRE(list.size() == 2);
    CHECK_FALSE(list[0].value);
    return list[1];
  };
  CHECK_FALSE(value_on("2011-12-31").value);
  CHECK(value_on("2012-01-01").value == Fraction{8, 1});
  CHECK(value_on("2012-12-31").clause == "一");
  CHECK(value_on("2013-01-01").value == Fraction{9, 10});
  CHECK(value_on("2013-12-31").clause == "二");
  CHECK_FALSE(value_on("2014-01-01").value);
  CHECK(value_on("2014-01-01").clause.empty());
  CHECK(pack->model().find_parameter("b")->values[0].pack == "X1");
  CHECK(pack->model().find_parameter("c") == nullptr);
}

TEST_CASE("a rule is read whole", "[load]") {
  const PackPointer pack = good(
      std::string(head) +
      "groups: {study: {zh: 学习}}\nphases: [{id: start, clause: 五, from: "
      "2012-05-01, until: 2012-05-10, deliverables: [R1]}]\nrules:\n"
      "- {id: R1, clause: 三, phrase: p, title: {zh: 题}, forms: [F02, F50], "
      "group: study, force: aspiration, partial: at_end,\n"
      "   subjects: {units: [party_branch], inherited_by: [town], where: "
      "{kind: [party_branch]}},\n"
      "   exempt: {attribute: status, not_in: [active]}, window: {phase: "
      "start}, require: {count: lecture, at_least: 1, name: n},\n"
      "   grades: [{at_least: 90, grade: good}, {at_least: 60, grade: fair}]}\n"
      "- {id: R2, clause: 四, title: t, force: report, subjects: {posts: all}, "
      "require: {count: {holders: titular}}}\n");
  const PackModel& model = pack->model();
  REQUIRE(model.rules.size() == 2);
  const PackRule& rule = model.rules[0];
  CHECK(rule.pack == "X1");
  CHECK(rule.forms == Texts{"F02", "F50"});
  CHECK(rule.force == Force::aspiration);
  CHECK(rule.partial == PartialWindow::at_end);
  CHECK(rule.has_partial);
  CHECK(rule.subjects.type == Thing::unit);
  CHECK(rule.subjects.inherited_by.texts == Texts{"town"});
  CHECK(rule.subjects.where.size() == 1);
  REQUIRE(rule.exempt.size() == 1);
  CHECK(rule.exempt[0].op == Condition::Op::attribute_in);
  CHECK(rule.exempt[0].negated);
  CHECK(rule.window.type == WindowSpec::Type::phase);
  CHECK(rule.window.fixed == unit::span_of("2012-05-01", "2012-05-11"));
  CHECK(rule.require.label.zh == "n");
  CHECK(rule.require.line == 10);
  CHECK(rule.line == 8);
  CHECK(rule.in_force == unit::span_of("2012-01-01", ""));
  REQUIRE(rule.grades.size() == 2);
  CHECK(rule.grades[1].at_least == Fraction{60, 1});
  CHECK(model.phases[0].deliverables == Texts{"R1"});
  CHECK(model.rules[1].report.size() == 1);
  CHECK(model.rules[1].window.type == WindowSpec::Type::as_of);
  CHECK(pack->find_rule("R2") == 1U);
  CHECK_FALSE(pack->find_rule("R3"));
  const RuleInfo info = pack->rule(0);
  CHECK(info.clause == "三");
  CHECK(info.title.zh == "题");
  CHECK(info.group == "study");
}

TEST_CASE("windows are read in every form", "[load]") {
  const auto window = [](const std::string& text,
                         std::string_view subjects = "{units: all}") {
    return good(requiring("{count: lecture, at_least: 1}\n  window: " + text,
                          "", subjects))
        ->model()
        .rules[0]
        .window;
  };
  using Type = WindowSpec::Type;
  CHECK(window("once").type == Type::once);
  CHECK(window("as_of").type == Type::as_of);
  CHECK(window("{each: half_year}").type == Type::each);
  CHECK(window("{each: half_year}").period == Period::half_year);
  CHECK(window("{each: week}").period == Period::week);
  CHECK(window("{each: day}").weekdays == 0x7f);
  const WindowSpec friday = window("{each: friday, except: [2013-02-15]}");
  CHECK(friday.type == Type::each_day);
  CHECK(friday.weekdays == 0x10);
  CHECK(friday.except == std::vector{unit::day("2013-02-15")});
  const WindowSpec part = window("{each: year, from: 04-01, until: 04-30}");
  CHECK(part.type == Type::each_part);
  CHECK(part.from_month == 4);
  CHECK(part.until_day == 30);
  CHECK(window("{from: 2013-01-01, until: 2013-01-01}").fixed ==
        unit::span_of("2013-01-01", "2013-01-02"));
  CHECK(window("{until: 2013-01-01}").fixed == unit::span_of("", "2013-01-02"));
  CHECK(window("{by: 2013-12-31}").fixed == unit::span_of("", "2014-01-01"));
  CHECK(window("{by: 2013-12-31}").type == Type::by);
  CHECK(window("{rolling: 3 years}").length == 3);
  CHECK(window("{rolling: 1 month}").unit == WindowSpec::Unit::months);
  const WindowSpec within =
      window("{within: 7 days, after: start}", "{records: [lecture]}");
  CHECK(within.type == Type::within);
  CHECK(within.after_start);
  CHECK(window("once").line == 11);
}

TEST_CASE("selections know of what they are and what they give", "[load]") {
  const auto selection = [](const std::string& text,
                            std::string_view subjects) {
    return left_of("count: " + text, "", subjects).selection.front();
  };
  struct Case {
    const char* text;
    const char* subjects;
    Thing of;
    Thing items;
  };
  for (const Case& one : {
           Case{"lecture", "{units: all}", Thing::unit, Thing::record},
           Case{"{records: [lecture]}", "{records: [lecture]}", Thing::record,
                Thing::record},
           Case{"{attended: [lecture]}", "{persons: all}", Thing::person,
                Thing::record},
           Case{"{attendance: all}", "{records: [lecture]}", Thing::record,
                Thing::person},
           Case{"{members: below}", "{units: all}", Thing::unit, Thing::person},
           Case{"{units: children}", "{units: all}", Thing::unit, Thing::unit},
           Case{"{units: own}", "{persons: all}", Thing::person, Thing::unit},
           Case{"{posts: all}", "{persons: all}", Thing::person, Thing::post},
           Case{"{holders: acting}", "{posts: all}", Thing::post,
                Thing::person},
           Case{"{assignments: [lead]}", "{duties: all}", Thing::duty,
                Thing::none},
           Case{"{pairings: [twin]}", "{units: all}", Thing::unit, Thing::none},
           Case{"{duties: all}", "{units: all}", Thing::unit, Thing::duty},
           Case{"{windows: {each: month}}", "{units: all}", Thing::unit,
                Thing::unit},
       }) {
    INFO(one.text);
    const Selection found = selection(one.text, one.subjects);
    CHECK(found.of == one.of);
    CHECK(found.items == one.items);
    CHECK(items_of(found.source, found.reach, one.of) == one.items);
  }
  const Selection records = selection(
      "{records: [lecture], of: below, along: party, credited: party, counts: "
      "holding, where: {weekday: [monday, friday]}}",
      "{units: all}");
  CHECK(records.reach == Selection::Reach::below);
  CHECK(records.along == "party");
  CHECK(records.credited == "party");
  CHECK(records.counts == Selection::Counts::holding);
  CHECK(records.where[0].weekdays == 0x11);
  const Selection attended = selection(
      "{attended: [lecture], presences: [present]}", "{persons: all}");
  CHECK(attended.presences.contains(Presence::present));
  CHECK_FALSE(attended.presences.contains(Presence::late));
  CHECK(selection("{attendance: all}", "{records: [lecture]}").presences.bits ==
        0x1f);
  CHECK(selection("{members: own, basis: any}", "{units: all}").any_membership);
  CHECK_FALSE(
      items_of(Selection::Source::units, Selection::Reach::own, Thing::unit));
}

TEST_CASE("amounts are read in every form", "[load]") {
  const char* above =
      "parameters: {p: {values: []}}\nscales: {level: [low, middle, high]}\n";
  CHECK(left_of("days: lecture").op == Op::days);
  const Amount distinct =
      left_of("distinct: lecture, by: topic, among: [a, b]");
  CHECK(distinct.name == "topic");
  CHECK(distinct.among == Texts{"a", "b"});
  const Amount share = left_of(
      "share: {of: {members: own}, where: "
      "{attribute: x, present: false}}");
  CHECK(share.selection.size() == 1);
  CHECK(share.conditions[0].negated);
  const Amount spread = left_of(
      "spread: {of: {members: own}, where: {attribute: x, in: [y]}, groups: "
      "[{id: a, where: {holds: [lead]}}, {id: b, where: {member_of: "
      "[town]}}]}");
  REQUIRE(spread.conditions.size() == 3);
  CHECK(spread.conditions[0].op == Condition::Op::holds);
  CHECK(spread.conditions[2].op == Condition::Op::attribute_in);
  CHECK(spread.labels[1].en == "b");
  CHECK(left_of("quotient: [p, 1/3]", above).parts[0].name == "p");
  CHECK(left_of("quotient: [p, 1/3]", above).parts[1].number == Fraction{1, 3});
  CHECK(left_of("parameter: p", above).op == Op::parameter);
  const Amount weighted = left_of(
      "weighted: [{weight: 20 %, amount: 5, name: n}, {weight: 80 %, amount: "
      "{met: {count: lecture, at_least: 1}}}], missing: reweigh");
  CHECK(weighted.weights == std::vector<Fraction>{{1, 5}, {4, 5}});
  CHECK(weighted.missing == Amount::Missing::reweigh);
  CHECK(weighted.labels[0].zh == "n");
  CHECK(weighted.parts[1].op == Op::met);
  const Amount choose =
      left_of("choose: [{where: {kind: [town]}, then: 2}, {then: 1}]");
  REQUIRE(choose.conditions.size() == 2);
  CHECK(choose.conditions[1].op == Condition::Op::always);
  CHECK(left_of("age: birth_date", "", "{persons: all}").op == Op::age);
  CHECK(left_of("change: {last: library_room}", "").parts[0].op == Op::last);
  CHECK(left_of("value: true", "", "{records: [lecture]}").op == Op::value);
  const Condition days = required("{first_day: lecture, at_most: 2012-01-02}");
  CHECK(days.amounts[1].op == Op::date);
  CHECK(days.amounts[1].number == Fraction{15341, 1});
}

TEST_CASE("comparisons keep how words are read", "[load]") {
  using Compare = Condition::Compare;
  const char* strict = "readings: {below: exclusive, range: both_bounds}\n";
  CHECK(required("{count: lecture, less_than: 3}").compare ==
        Compare::less_than);
  CHECK(
      required("{count: lecture, at_most: 3, boundary: below}").follows_below);
  CHECK_FALSE(required("{count: lecture, at_most: 3}", strict).follows_below);
  CHECK(required("{count: lecture, at_least: 3, tolerance: basically}")
            .is_tolerant);
  CHECK(required("{count: lecture, range: [1, 2]}").compare == Compare::range);
  const Condition within = required("{count: lecture, range: [1, 2]}", strict);
  CHECK(within.compare == Compare::range);
  REQUIRE(within.amounts.size() == 3);
  CHECK(within.amounts[2].number == Fraction{2, 1});
  CHECK(required("{distinct: lecture, by: topic, among: [a], at_least: all}")
            .amounts[1]
            .op == Op::all);
  const char* scale = "scales: {level: [low, middle, high]}\n";
  const Condition level = required("{attribute: level, at_least: high}", scale);
  CHECK(level.op == Condition::Op::compare);
  CHECK(level.amounts[0].name == "level");
  CHECK(level.amounts[1].number == Fraction{2, 1});
}

TEST_CASE("conditions are joined", "[load]") {
  const Condition joined = required(
      "{any: [{all: [{kind: [town]}]}, {not: {kind: [town]}}, {some: "
      "[{kind: [town]}, {kind: [town]}], at_least: 1}]}");
  REQUIRE(joined.parts.size() == 3);
  CHECK(joined.parts[0].op == Condition::Op::all);
  CHECK(joined.parts[1].op == Condition::Op::negation);
  CHECK(joined.parts[2].op == Condition::Op::some);
  CHECK(joined.parts[2].amounts[0].number == Fraction{1, 1});
}

TEST_CASE("duties, figures and checks are read", "[load]") {
  const PackPointer pack = good(
      std::string(head) +
      "duties: [{id: D1, clause: 四, title: t, lead: [a], cooperating: [b]}]\n"
      "reported:\n- {id: a, clause: 一, value: 43.60 %}\n- {id: b, clause: 一, "
      "value: 2218, unit: person, approximation: more}\n- {id: c, clause: 一, "
      "value: 30 %}\n- {id: d, clause: 一, approximation: unknown}\n- {id: e, "
      "clause: 一, value: 1/3}\n"
      "checks:\n- {id: C1, clause: 一, title: t, require: {quotient: "
      "[{figure: a}, {figure: b}], rounds_to: {figure: c}}}\n"
      "- {id: C2, clause: 一, title: t, require: {part: {figure: a}, share: "
      "{figure: c}}}\n");
  const PackModel& model = pack->model();
  CHECK(model.duties[0].lead == Texts{"a"});
  CHECK(model.reported[0].value == Fraction{109, 250});
  CHECK(model.reported[0].text == "43.60 %");
  CHECK(model.reported[0].step == Fraction{1, 10'000});
  CHECK(model.reported[1].step == Fraction{1, 1});
  CHECK(model.reported[1].approximation == Approximation::more);
  CHECK(model.reported[2].step == Fraction{1, 100});
  CHECK_FALSE(model.reported[3].value);
  CHECK(model.reported[4].step == Fraction{0, 1});
  CHECK(model.checks[0].require.compare == Condition::Compare::rounds_to);
  CHECK(model.checks[1].require.compare == Condition::Compare::is_a_share_of);
  CHECK(model.checks[1].require.amounts[1].name == "c");
}

TEST_CASE("all that is wrong is told together, in the order of places",
          "[load]") {
  CHECK(
      faults("format: headrope-pack/1\nid: X 1\ntitle: t\nefective: "
             "2012-01-01\nrules:\n- id: R1\n  title: t\n  subjects: {units: "
             "[party_brnch]}\n  require: {cuont: lecture, at_least: day}\n") ==
      Texts{"404 2:5 'X 1' a name of letters, digits, '-' and '_' is "
            "expected",
            "406 4:1 'efective' not a key of a pack; did you mean "
            "'effective'? Known: format, id, title, issuer, number, level, "
            "source, issued, effective, note, readings, scales, parameters, "
            "phases, groups, rules, duties, reported, needs, checks, repealed, "
            "overlays",
            "412 6:3 '' the key 'clause' is missing",
            "201 8:22 'party_brnch' no such kind; did you mean "
            "'party_branch'?",
            "406 9:13 'cuont' not a key of a condition; did you mean "
            "'count'?"});
}

TEST_CASE("what cannot be asked of a thing is told", "[load]") {
  const auto told = [](const char* condition, const char* subjects) {
    return codes(requiring(condition, "", subjects));
  };
  CHECK(told("{count: {attended: [lecture]}, at_least: 1}", "{units: all}") ==
        Texts{"416 10:21"});
  CHECK(told("{count: lecture, at_least: 1}", "{duties: all}") ==
        Texts{"416 10:20"});
  CHECK(told("{sum: {members: own}, at_least: 1}", "{units: all}") ==
        Texts{"416 10:18"});
  CHECK(told("{kind: [town]}", "{persons: all}") == Texts{"416 10:13"});
  CHECK(told("{attribute: a, in: [b]}", "{duties: all}") == Texts{"416 10:13"});
  CHECK(told("{count: {records: [lecture], of: below}, at_least: 1}",
             "{persons: all}") == Texts{"416 10:41"});
  CHECK(told("{count: {records: [lecture], about: a}, at_least: 1}",
             "{units: all}") == Texts{"416 10:41"});
  CHECK(told("{distinct: {assignments: all}, by: a, at_least: 1}",
             "{units: all}") == Texts{"416 10:47"});
  CHECK(told("{figure: a, at_least: 1}", "{units: all}") == Texts{"416 10:21"});
}

TEST_CASE("the nature of a measure decides what may be done with it",
          "[load]") {
  const auto told = [](const char* amount) {
    return codes(requiring("{" + std::string(amount) + ", at_least: 1}"));
  };
  CHECK(told("sum: library_room") == Texts{"402 10:18"});
  CHECK(told("last: library_room").empty());
  CHECK(told("sum: {records: [library_room], of: below, counts: holding}")
            .empty());
  CHECK(told("sum: lecture").empty());
  CHECK(told("sum: {records: [lecture, training]}") == Texts{"402 10:18"});
  CHECK(told("count: {records: [lecture, training]}").empty());
}

TEST_CASE("rules refer to each other without a cycle", "[load]") {
  const auto rules = [](const std::vector<std::string>& wanted) {
    std::string text(head);
    text += "rules:\n";
    for (std::size_t at = 0; at < wanted.size(); ++at) {
      text += "- {id: R" + std::to_string(at) +
              ", clause: c, title: t, subjects: {units: all}, require: " +
              (wanted[at].empty() ? "{kind: [town]}"
                                  : "{rule: " + wanted[at] + "}") +
              "}\n";
    }
    return text;
  };
  CHECK(codes(rules({"R1", "R2", ""})).empty());
  CHECK(codes(rules({"R1", "R0"})) == Texts{"415 7:73"});
  CHECK(codes(rules({"R0"})) == Texts{"415 6:73"});
  CHECK(codes(rules({"R9"})) == Texts{"413 6:73"});
  std::vector<std::string> chain;
  for (int at = 1; at <= 3'000; ++at) chain.push_back("R" + std::to_string(at));
  chain.emplace_back();
  CHECK(codes(rules(chain)).empty());
  chain.back() = "R0";
  CHECK(codes(rules(chain)).size() == 1);
  CHECK(codes(requiring("{rule: R2}") +
              "- {id: R2, clause: c, title: t, subjects: {persons: all}, "
              "require: {rule: R1}}\n") == Texts{"416 10:19", "416 11:75"});
}

TEST_CASE("windows that hold no day, and words that are none, are told",
          "[load]") {
  const auto told = [](const std::string& window) {
    return codes(
        requiring("{count: lecture, at_least: 1}\n  window: " + window));
  };
  CHECK(told("{from: 2013-02-01, until: 2013-01-31}") == Texts{"403 11:37"});
  CHECK(told("{from: 2013-02-01, until: 2013-02-01}").empty());
  CHECK(told("{by: 2011-12-31}") == Texts{"403 11:16"});
  CHECK(told("{by: 2012-01-01}").empty());
  CHECK(told("{rolling: 0 days}") == Texts{"403 11:21"});
  CHECK(told("{rolling: 101 years}") == Texts{"403 11:21"});
  CHECK(told("{rolling: 100 years}").empty());
  CHECK(told("{each: month, except: [2013-01-01]}") == Texts{"406 11:25"});
  CHECK(told("{each: year, from: 04-01}") == Texts{"408 11:11"});
  CHECK(told("{each: year, from: 02-29, until: 02-29}").empty());
  CHECK(told("{each: year, from: 04-31, until: 05-01}") == Texts{"118 11:30"});
  CHECK(told("{}") == Texts{"408 11:11"});
  CHECK(told("[once]") == Texts{"404 11:11"});
  CHECK(told("{within: 7 days, after: end}") == Texts{"416 11:11"});
}

TEST_CASE("a reference that was refused is not told a second time", "[load]") {
  CHECK(codes(requiring("{count: &m lecture, at_least: *m}")) ==
        Texts{"409 10:20", "409 10:42"});
}

TEST_CASE("a name that is near is offered", "[load]") {
  const std::vector<std::string_view> known{"count", "sum", "last_day"};
  CHECK(nearest("cuont", known) == "count");
  CHECK(nearest("counts", known) == "count");
  CHECK(nearest("lastday", known) == "last_day");
  CHECK(nearest("zebra", known).empty());
  CHECK(nearest("", known).empty());
  CHECK(nearest(std::string(10'000, 'c'), known).empty());
}

}  // namespace headrope
