// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Figures that documents state: what is found, and the phase of a day.

#include <string>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"

namespace headrope {
namespace {

using unit::day;
using unit::pack_text;
using unit::parsed;

constexpr std::string_view figures =
    "reported:\n"
    "- {id: part, clause: c, value: 57}\n"
    "- {id: whole, clause: c, value: 63}\n"
    "- {id: rounded, clause: c, value: 90.48 %}\n"
    "- {id: cut, clause: c, value: 90.47 %}\n"
    "- {id: wrong, clause: c, value: 91 %}\n"
    "- {id: zero, clause: c, value: 0}\n"
    "- {id: many, clause: c, value: 2600, approximation: more}\n"
    "- {id: few, clause: c, value: 2600, approximation: nearly}\n"
    "- {id: about, clause: c, value: 100, approximation: about}\n"
    "- {id: blank, clause: c, approximation: unknown}\n";

AuditResult audited(const std::string& require,
                    const std::string& readings = {}) {
  const auto results = audit(
      *parsed(pack_text(readings + std::string(figures) +
                        "checks:\n- {id: A, clause: c, title: {zh: 题, en: t}, "
                        "require: " +
                        require + "}\n")));
  REQUIRE(results.size() == 1);
  return results.front();
}

AuditVerdict verdict(const std::string& require,
                     const std::string& readings = {}) {
  return audited(require, readings).verdict;
}

std::string share_of(const std::string& share) {
  return "{quotient: [{figure: part}, {figure: whole}], rounds_to: {figure: " +
         share + "}}";
}

}  // namespace

TEST_CASE("a share that is stated is exact, rounded, cut or wrong", "[rules]") {
  CHECK(verdict(share_of("rounded")) == AuditVerdict::rounded);
  CHECK(verdict(share_of("cut")) == AuditVerdict::truncated);
  CHECK(verdict(share_of("wrong")) == AuditVerdict::contradicted);
  CHECK(verdict("{total: [{figure: part}, 6], rounds_to: {figure: whole}}") ==
        AuditVerdict::holds);
  CHECK(verdict(share_of("many")) == AuditVerdict::cannot_be_computed);
  CHECK(verdict("{quotient: [{figure: part}, {figure: zero}], rounds_to: "
                "{figure: cut}}") == AuditVerdict::cannot_be_computed);
  const AuditResult told = audited(share_of("rounded"));
  CHECK(told.stated == "90.48 %");
  CHECK(told.computed == "19/21");
  CHECK(told.title_zh == "题");
}

TEST_CASE("figures are calculated with exactly", "[rules]") {
  CHECK(verdict("{total: [{figure: part}, 6], equals: {figure: whole}}") ==
        AuditVerdict::holds);
  const AuditResult told =
      audited("{total: [{figure: part}, 5], equals: {figure: whole}}");
  CHECK(told.verdict == AuditVerdict::contradicted);
  CHECK(told.note == "62 - 63 = -1");
  CHECK(verdict("{difference: [{figure: whole}, {figure: part}], at_most: "
                "6}") == AuditVerdict::holds);
  CHECK(verdict("{difference: [{figure: whole}, {figure: part}], more_than: "
                "6}") == AuditVerdict::contradicted);
  CHECK(verdict("{product: [{figure: part}, 0], equals: {figure: zero}}") ==
        AuditVerdict::holds);
}

TEST_CASE("more, nearly and about are bounds", "[rules]") {
  CHECK(verdict("{figure: many, at_least: 2600}") == AuditVerdict::holds);
  CHECK(verdict("{figure: many, at_most: 2599}") == AuditVerdict::contradicted);
  CHECK(verdict("{figure: many, equals: 99999}") == AuditVerdict::holds);
  CHECK(verdict("{figure: few, at_least: 2601}") == AuditVerdict::contradicted);
  CHECK(verdict("{difference: [{figure: many}, {figure: few}], at_least: 0}") ==
        AuditVerdict::holds);
  CHECK(verdict("{difference: [{figure: few}, {figure: many}], more_than: "
                "0}") == AuditVerdict::contradicted);
  CHECK(verdict("{figure: about, equals: 105}") ==
        AuditVerdict::cannot_be_computed);
  const std::string reading = "readings: {approximately: 10 %}\n";
  CHECK(verdict("{figure: about, equals: 110}", reading) ==
        AuditVerdict::holds);
  CHECK(verdict("{figure: about, equals: 111}", reading) ==
        AuditVerdict::contradicted);
  CHECK(audited("{figure: many, equals: 2600}").computed == ">= 2600");
  CHECK(audited("{figure: few, equals: 2600}").computed == "<= 2600");
  CHECK(audited("{figure: about, equals: 100}", reading).computed ==
        ">= 90, <= 110");
}

TEST_CASE("a figure that is unknown is not zero", "[rules]") {
  const AuditResult told = audited("{figure: blank, equals: 0}");
  CHECK(told.verdict == AuditVerdict::cannot_be_computed);
  CHECK(told.computed == "?");
  CHECK(verdict("{total: [{figure: part}, {figure: blank}], at_least: 1}") ==
        AuditVerdict::cannot_be_computed);
}

TEST_CASE("a share is of a whole number or of none", "[rules]") {
  const AuditResult rounded =
      audited("{part: {figure: part}, share: {figure: rounded}}");
  CHECK(rounded.verdict == AuditVerdict::rounded);
  CHECK(rounded.computed == "57 of 63");
  const AuditResult none =
      audited("{part: {figure: part}, share: {figure: cut}}");
  CHECK(none.verdict == AuditVerdict::contradicted);
  CHECK(none.note == "no whole number gives this share");
  CHECK(none.computed == "63: 90.5 %, 64: 89.1 %");
  CHECK(audited("{part: {figure: part}, share: 1/2}").computed == "57 of 114");
  CHECK(verdict("{part: {figure: part}, share: 1/2}") == AuditVerdict::holds);
  CHECK(verdict("{part: {figure: part}, share: {figure: zero}}") ==
        AuditVerdict::cannot_be_computed);
  CHECK(verdict("{part: {figure: many}, share: {figure: cut}}") ==
        AuditVerdict::cannot_be_computed);
}

TEST_CASE("a check by tolerance and by the bound that does not count",
          "[rules]") {
  const std::string nearly_all =
      "{figure: part, at_least: {figure: whole}, tolerance: basically}";
  CHECK(verdict(nearly_all) == AuditVerdict::cannot_be_computed);
  CHECK(verdict(nearly_all, "readings: {basically: 90 %}\n") ==
        AuditVerdict::holds);
  CHECK(verdict(nearly_all, "readings: {basically: 95 %}\n") ==
        AuditVerdict::contradicted);
  const std::string below = "{figure: part, at_most: 57, boundary: below}";
  CHECK(verdict(below) == AuditVerdict::holds);
  CHECK(verdict(below, "readings: {below: exclusive}\n") ==
        AuditVerdict::contradicted);
}

TEST_CASE("a day lies in the phase from its first to its last day", "[rules]") {
  const PackPointer pack = parsed(pack_text(
      "phases:\n- {id: a, from: 2011-05-01, until: 2011-05-10, clause: c}\n"
      "- {id: b, from: 2011-05-12, until: 2011-05-12, clause: c}\n"));
  const auto told = [&](std::string_view text) {
    const auto found = phase_on(*pack, day(text));
    REQUIRE(found);
    CHECK(found->count == 2);
    return found->id + " " + std::to_string(found->phase) + " " +
           std::to_string(found->day) + "/" + std::to_string(found->days);
  };
  CHECK(told("2011-04-30") == " 2 0/0");
  CHECK(told("2011-05-01") == "a 0 1/10");
  CHECK(told("2011-05-10") == "a 0 10/10");
  CHECK(told("2011-05-11") == " 2 0/0");
  CHECK(told("2011-05-12") == "b 1 1/1");
  CHECK(told("2011-05-13") == " 2 0/0");
  CHECK_FALSE(phase_on(*parsed(pack_text("")), day("2011-05-01")));
}

}  // namespace headrope
