// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Explanations: why each item counts or does not, how many are told, and that
// hostile names pass through.

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "headrope/pack_tables.hpp"
#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::day;
using unit::in_2012;
using unit::one_rule;
using unit::Organisation;
using unit::span_of;

Explanation explained(Organisation& o, std::string_view rest,
                      std::string_view as_of = "2013-05-01",
                      const ExplainOptions& options = {},
                      std::string_view subject = "A",
                      std::string_view subjects = "{units: [party_branch]}") {
  auto answer = explain(*o.on(as_of), one_rule(rest, subjects), 0, subject,
                        in_2012, options);
  if (!answer) FAIL(answer.error().message);
  return *std::move(answer);
}

// The verdict of each item of the first step that has items, by its name.
std::string verdicts(const Explanation& explanation) {
  std::string text;
  for (const ExplainedStep& step : explanation.windows.at(0).steps) {
    for (const ExplainedItem& item : step.items) {
      if (!text.empty()) text += ' ';
      text += item.id.empty() ? item.detail : item.id;
      text += ':' + std::to_string(static_cast<int>(item.verdict));
    }
    if (!step.items.empty()) break;
  }
  return text;
}

std::string with(std::string_view id, ItemVerdict verdict) {
  return std::string(id) + ':' + std::to_string(static_cast<int>(verdict));
}

std::string json_of(const Explanation& explanation) {
  std::string text;
  write_json(explanation, [&](std::string_view part) { text += part; });
  return text;
}

}  // namespace

TEST_CASE("records in, before and after the window", "[rules]") {
  Organisation o;
  o.unit("A");
  o.record("study_session", "A", "2011-12-31", 1, "old");
  o.record("study_session", "A", "2012-01-01", 1, "first");
  o.record("study_session", "A", "2012-12-31", 1, "late");
  const auto answer = explained(
      o, "window: {each: year}, require: {count: study_session, at_least: 1}",
      "2012-06-01");
  CHECK(verdicts(answer) == with("old", ItemVerdict::outside_window) + " " +
                                with("first", ItemVerdict::counted) + " " +
                                with("late", ItemVerdict::after_the_day));
  CHECK(answer.overall == Status::met);
  CHECK(answer.sentence_en.find("A") != std::string::npos);
}

TEST_CASE("a filter is not met, or cannot be decided", "[rules]") {
  Organisation o;
  o.unit("A");
  for (const char* id : {"small", "blank", "large"}) {
    o.record("study_session", "A", "2012-02-01", 1, id);
  }
  o.attribute(EntityType::record, "small", "size", "1");
  o.attribute(EntityType::record, "large", "size", "9");
  const auto answer =
      explained(o,
                "window: {each: year}, require: {count: {records: "
                "[study_session], where: {attribute: size, at_least: 5}}, "
                "at_least: 1}");
  CHECK(verdicts(answer) == with("small", ItemVerdict::condition_unmet) + " " +
                                with("blank", ItemVerdict::condition_unknown) +
                                " " + with("large", ItemVerdict::counted));
}

TEST_CASE("attendance by presence and by belonging", "[rules]") {
  Organisation o;
  o.unit("A");
  o.link("A", "A0");
  o.unit("A0");
  o.member("p", "A");
  o.member("guest", "A0");
  const RecordId one = o.record("study_session", "A", "2012-02-01", 1, "one");
  const RecordId two = o.record("study_session", "A", "2012-02-02", 1, "two");
  o.mark(one, "p");
  o.mark(one, "guest");
  o.mark(two, "p", Presence::absent);
  const auto of_person =
      explained(o,
                "window: {each: year}, require: {count: {attended: "
                "[study_session]}, at_least: 1}",
                "2013-05-01", {}, "p", "{persons: all}");
  CHECK(verdicts(of_person) == with("one", ItemVerdict::counted) + " " +
                                   with("two", ItemVerdict::other_presence));
  const auto of_record =
      explained(o,
                "require: {count: {attendance: [present]}, "
                "at_least: 1}",
                "2013-05-01", {}, "one", "{records: [study_session]}");
  const std::string told = verdicts(of_record);
  CHECK(told.find(with("p", ItemVerdict::counted)) != std::string::npos);
  CHECK(told.find(with("guest", ItemVerdict::not_a_member)) !=
        std::string::npos);
}

TEST_CASE("what other items make of an item", "[rules]") {
  Organisation o;
  o.unit("A");
  o.record("study_session", "A", span_of("2012-02-01", "2012-02-05"), 3, "a");
  o.record("study_session", "A", span_of("2012-02-02", "2012-02-04"), 5, "b");
  o.record("study_session", "A", "2012-02-10", 4, "c");
  for (const char* id : {"a", "b"}) {
    o.attribute(EntityType::record, id, "topic", "law");
  }
  o.attribute(EntityType::record, "c", "topic", "music");
  const auto of = [&](const std::string& require) {
    return verdicts(explained(
        o, "window: {each: year}, require: {" + require + ", at_least: 1}"));
  };
  const std::string counted_c = " " + with("c", ItemVerdict::counted);
  CHECK(of("days: study_session") == with("a", ItemVerdict::counted) + " " +
                                         with("b", ItemVerdict::days_counted) +
                                         counted_c);
  CHECK(of("last: {records: [study_session], counts: begun}") ==
        with("a", ItemVerdict::not_the_last) + " " +
            with("b", ItemVerdict::not_the_last) + counted_c);
  CHECK(of("greatest: study_session") ==
        with("a", ItemVerdict::not_the_last) + " " +
            with("b", ItemVerdict::counted) + " " +
            with("c", ItemVerdict::not_the_last));
  CHECK(of("distinct: study_session, by: topic") ==
        with("a", ItemVerdict::counted) + " " +
            with("b", ItemVerdict::value_repeated) + counted_c);
  CHECK(of("distinct: study_session, by: topic, among: [law, art]") ==
        with("a", ItemVerdict::counted) + " " +
            with("b", ItemVerdict::value_repeated) + " " +
            with("c", ItemVerdict::value_not_listed) + " " +
            with("art", ItemVerdict::value_missing));
}

TEST_CASE("items past the limit are counted, not told", "[rules]") {
  Organisation o;
  o.unit("A");
  for (int at = 0; at < 7; ++at) o.record("study_session", "A", "2012-02-01");
  for (const std::size_t most :
       {std::size_t{0}, std::size_t{3}, std::size_t{7}, std::size_t{8}}) {
    const auto answer = explained(
        o, "window: {each: year}, require: {count: study_session, at_least: 1}",
        "2013-05-01", {most});
    const ExplainedStep& step = answer.windows.at(0).steps.at(1);
    CHECK(step.value == Fraction{7, 1});
    CHECK(step.items.size() == std::min<std::size_t>(most, 7));
    CHECK(step.items.size() + step.items_left_out == 7);
  }
}

TEST_CASE("hostile names do no harm to an explanation", "[rules]") {
  for (const std::string& name :
       {std::string(200, 'x'), std::string("a\"b\\c\x01\x1b[31m\x7f"),
        std::string("\xE2\x80\xAE"
                    "txt.exe"),
        std::string("党支部\t\"'")}) {
    Organisation o;
    o.unit("A", {}, "party_branch", name);
    o.record("study_session", "A", "2012-02-01", 1, "r");
    o.attribute(EntityType::unit, "A", "x", name);
    const auto answer =
        explained(o,
                  "window: {each: year}, require: {attribute: x, at_least: "
                  "1}");
    CHECK(answer.subject_name == name);
    const auto json = nlohmann::json::parse(json_of(answer));
    CHECK(json["name"] == name);
    CHECK(json["windows"].size() == 1);
    CHECK(json["windows"][0]["status"] == "not_evaluable");
    CHECK(json["windows"][0]["reason"].get<std::string>().find(name) !=
          std::string::npos);
    CHECK(explanation_table(answer, Language::zh).row_count() >= 3);
  }
}

TEST_CASE("conditions that nest as deep as they may are told", "[rules]") {
  Organisation o;
  o.unit("A");
  std::string nested = "{count: study_session, at_least: 1}";
  for (int at = 0; at < 30; ++at) nested = "{not: " + nested + "}";
  const auto answer = explained(o, "window: {each: year}, require: " + nested);
  CHECK(answer.windows.at(0).steps.size() == 32);
  CHECK(answer.overall == Status::unmet);
  CHECK(nlohmann::json::parse(json_of(answer))["rule"] == "R1");
}

TEST_CASE("who is no subject cannot be explained", "[rules]") {
  Organisation o;
  o.unit("A");
  o.unit("B", {}, "party_committee");
  const auto snapshot = o.on("2013-05-01");
  const PackPointer pack =
      one_rule("require: {count: study_session, at_least: 1}");
  for (const char* subject : {"B", "C", ""}) {
    const auto answer = explain(*snapshot, pack, 0, subject, {});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Code::not_found);
  }
  CHECK_FALSE(explain(*snapshot, pack, 1, "A", {}));
  CHECK_FALSE(explain(*snapshot, nullptr, 0, "A", {}));
}

}  // namespace headrope
