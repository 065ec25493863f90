// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The packages of tests/data/bad, each with all that is found in it.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/answers.hpp>
#include <headrope/load.hpp>

namespace headrope {
namespace {

using Texts = std::vector<std::string>;

std::filesystem::path bad(const std::string& name) {
  return std::filesystem::path(HEADROPE_SOURCE_DIR) / "tests/data/bad" / name;
}

struct Case {
  std::string folder;
  Texts findings;
};

// Folders whose rows cannot be loaded.
const std::vector<Case>& refused() {
  static const std::vector<Case> cases{
      {"missing_table_file",
       {"HDR-LOAD-102 error datapackage.json:0 path 'links.csv' table 'links': "
        "'links.csv' cannot be opened: No "
        "such file or directory"}},
      {"missing_column",
       {"HDR-LOAD-107 error units.csv:1 kind '' the column is missing; the "
        "header has: unit, name"}},
      {"unknown_kind",
       {"HDR-MODEL-201 error units.csv:3 kind 'party_brunch' no such kind in "
        "the vocabulary or in table 'kinds'"}},
      {"unknown_unit",
       {"HDR-MODEL-202 error links.csv:3 parent 'Z' no such unit in table "
        "'units'"}},
      {"duplicate_unit_overlap",
       {"HDR-MODEL-214 error units.csv:4 unit 'B' its days [2012-06-01, …) "
        "overlap another row of the same unit, [2012-01-01, 2013-01-01)"}},
      {"duplicate_record",
       {"HDR-MODEL-211 error records.csv:3 record 'R1' 'R1' names a record "
        "already"}},
      {"reversed_dates",
       {"HDR-MODEL-213 error units.csv:3 valid_until '2013-04-01' the end is "
        "not after valid_from '2013-05-01'"}},
      {"overlapping_membership",
       {"HDR-MODEL-217 error memberships.csv:3 person 'P1' its primary "
        "membership in 'C', [2013-01-01, …), overlaps the one in 'B', "
        "[2012-01-01, 2013-07-01); a person has one at a time"}},
      {"impossible_date",
       {"HDR-LOAD-118 error units.csv:3 valid_from '2011-02-30' expected a day "
        "written YYYY-MM-DD, from 1400-01-01 to 9999-12-31"}},
      {"text_in_number",
       {"HDR-LOAD-119 error records.csv:3 value 'twelve' expected a decimal "
        "number such as -12.5"}},
      {"too_many_decimals",
       {"HDR-LOAD-120 error records.csv:3 value '10.005' measure 'fund' has 2 "
        "decimals"}},
      {"ragged_row",
       {"HDR-LOAD-111 error links.csv:3  '' the row has 2 fields, the header "
        "has 3"}},
      {"lone_quote",
       {"HDR-LOAD-113 error units.csv:3 name "
        "'乙支部' the field's quote is not closed "
        "before the end of the file"}},
      {"empty_file",
       {"HDR-LOAD-110 error units.csv:1  '' a header line is expected, not an "
        "empty one"}},
      {"not_json",
       {"HDR-LOAD-103 error datapackage.json:0  '' the file is not JSON at "
        "byte 6, line 2"}},
      {"wrong_format_version",
       {"HDR-LOAD-104 error datapackage.json:0  '2' 'headrope.format' must be "
        "1"}},
      {"path_escapes",
       {"HDR-LOAD-122 error datapackage.json:0 path '../x.csv' table 'units': "
        "'../x.csv' is not a path inside the "
        "package"}},
      {"two_parents",
       {"HDR-MODEL-215 error links.csv:3 unit 'B' in 'party' its days "
        "[2013-01-01, …) overlap another link of the same unit, [2012-01-01, "
        "…); the hierarchy allows one parent at a time"}},
  };
  return cases;
}

// Folders that load, some with warnings.
const std::vector<Case>& taken() {
  static const std::vector<Case> cases{
      {"unknown_table",
       {"HDR-LOAD-106 warning datapackage.json:0  'buildings' the table is not "
        "known and is not read"}},
      {"unknown_column",
       {"HDR-LOAD-108 warning units.csv:1 colour 'colour' the column is not "
        "known and is not read"}},
      {"link_outside_life",
       {"HDR-MODEL-223 warning links.csv:2 parent 'A' does not live on all of "
        "the days [2010-01-01, …)",
        "HDR-MODEL-223 warning links.csv:2 unit 'B' does not live on all of "
        "the days [2010-01-01, …)"}},
      {"good_gb18030", {}},
      {"bom_lf", {}},
      {"cycle", {}},
      {"sum_overflow", {}},
  };
  return cases;
}

Registry loaded(const std::string& name) {
  Diagnostics findings;
  auto registry = load_package(bad(name), findings);
  if (!registry) FAIL(registry.error().message);
  return *std::move(registry);
}

}  // namespace

TEST_CASE("a bad package is refused with what is wrong and where", "[load]") {
  for (const Case& one : refused()) {
    INFO(one.folder);
    Diagnostics findings;
    const auto registry = load_package(bad(one.folder), findings);
    CHECK(unit::told(findings) == one.findings);
    REQUIRE_FALSE(registry);
    CHECK(registry.error().code == findings.items()[0].code);
    CHECK(registry.error().message.find(findings.items()[0].message) !=
          std::string::npos);
  }
}

TEST_CASE("an odd package is taken with its warnings", "[load]") {
  for (const Case& one : taken()) {
    INFO(one.folder);
    Diagnostics findings;
    const auto registry = load_package(bad(one.folder), findings);
    CHECK(unit::told(findings) == one.findings);
    CHECK(registry);
  }
}

TEST_CASE("a byte that is no text stops a load at its offset",
          "[load][HDR-LOAD-115][HDR-LOAD-116]") {
  Diagnostics utf8;
  CHECK_FALSE(load_package(bad("invalid_utf8"), utf8));
  REQUIRE(utf8.items().size() == 1);
  CHECK(utf8.items()[0].code == Code::text_not_utf8);
  CHECK(utf8.items()[0].message ==
        "not UTF-8 at byte 58 of the file; a file in GB18030 must be declared "
        "as such");
  Diagnostics gb18030;
  CHECK_FALSE(load_package(bad("bad_gb18030"), gb18030));
  REQUIRE(gb18030.items().size() == 1);
  CHECK(gb18030.items()[0].code == Code::text_not_gb18030);
  CHECK(gb18030.items()[0].message == "not GB18030 at byte 59 of the file");
}

TEST_CASE("every folder of tests/data/bad has its case", "[load]") {
  std::set<std::string> known{"invalid_utf8", "bad_gb18030"};
  for (const Case& one : refused()) known.insert(one.folder);
  for (const Case& one : taken()) known.insert(one.folder);
  for (const auto& entry : std::filesystem::directory_iterator(bad(""))) {
    if (!entry.is_directory()) continue;
    CAPTURE(entry.path());
    CHECK(known.erase(entry.path().filename().string()) == 1);
  }
  CHECK(known.empty());
}

TEST_CASE("a cycle in a package stops its freezing", "[load][HDR-FREEZE-301]") {
  const Registry registry = loaded("cycle");
  Diagnostics findings;
  const auto snapshot =
      freeze(registry, {unit::day("2013-01-01"), latest_day, {}}, findings);
  REQUIRE_FALSE(snapshot);
  CHECK(snapshot.error().code == Code::cycle);
  CHECK(snapshot.error().message ==
        "hierarchy 'party': units stand below themselves: A → B → A from … "
        "until …");
}

TEST_CASE("a link that begins before its units holds from their life on",
          "[load]") {
  const Registry registry = loaded("link_outside_life");
  const auto drawn_on = [&](std::string_view day) {
    Diagnostics findings;
    const auto snapshot =
        freeze(registry, {unit::day(day), latest_day, {}}, findings);
    REQUIRE(snapshot);
    const Forest* forest = (*snapshot)->find_forest("party");
    return forest == nullptr ? "" : unit::drawn(**snapshot, *forest);
  };
  CHECK(drawn_on("2011-12-31").empty());
  CHECK(drawn_on("2012-01-01") == "A .B .C");
}

TEST_CASE("values whose sum is beyond 64 bits load, and their sum is refused",
          "[load][HDR-ANSWER-501]") {
  const Registry registry = loaded("sum_overflow");
  Diagnostics findings;
  const auto snapshot =
      freeze(registry, {unit::day("2013-12-31"), latest_day, {}}, findings);
  REQUIRE(snapshot);
  Tally tally;
  tally.measures = {*(*snapshot)->find_measure("person_times")};
  tally.reduction = Reduction::sum;
  const auto own = tally_units(**snapshot, tally, Interval{});
  REQUIRE(own);
  const auto sums = roll_up(*(*snapshot)->find_forest("party"), own->value);
  REQUIRE_FALSE(sums);
  CHECK(sums.error().code == Code::sum_overflow);
}

TEST_CASE("GB18030 is read into UTF-8, quotes and line ends inside", "[load]") {
  const Registry registry = loaded("good_gb18030");
  Texts names;
  for (const UnitState& state : registry.unit_states()) {
    names.emplace_back(state.name);
  }
  CHECK(names == Texts{"甲党委,机关", "乙\r\n支部", "丙\"支部\"",
                       "\xF0\xA1\x90\x93村支部"});
}

}  // namespace headrope
