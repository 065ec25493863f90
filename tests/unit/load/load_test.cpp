// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Loading whole packages: folders, tables, intervals, both clocks, limits.

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/helpers.hpp"
#include <headrope/load.hpp>

namespace headrope {

using unit::day;
using unit::Folder;
using unit::span_of;
using unit::told;

namespace {

using Texts = std::vector<std::string>;

// A package of tables, each with its rows.
struct Table {
  std::string name;
  std::string text;
};

Result<Registry> load(const std::vector<Table>& tables, Diagnostics& findings,
                      const std::string& own = "", LoadOptions options = {}) {
  const Folder folder;
  std::string list;
  for (const Table& table : tables) {
    folder.write(table.name + ".csv", table.text);
    if (!list.empty()) list += ",";
    list += R"({"name":")" + table.name + R"(","path":")" + table.name +
            R"(.csv"})";
  }
  folder.write("datapackage.json", R"({"headrope":{"format":1)" + own +
                                       R"(},"resources":[)" + list + "]}");
  return load_package(folder.path(), findings, options);
}

Registry good(const std::vector<Table>& tables, const std::string& own = "") {
  Diagnostics findings;
  auto registry = load(tables, findings, own);
  if (!registry) FAIL(registry.error().message);
  return *std::move(registry);
}

Texts found(const std::vector<Table>& tables, const std::string& own = "") {
  Diagnostics findings;
  (void)load(tables, findings, own);
  return told(findings);
}

const std::string one_unit = "unit,kind\nA,town\n";
const std::string inclusive = R"(,"interval_end":"inclusive")";

}  // namespace

TEST_CASE("a folder that is not there or is a file is no package",
          "[load][HDR-LOAD-101]") {
  const Folder folder;
  folder.write("file", "");
  for (const char* name : {"missing", "file"}) {
    Diagnostics findings;
    const auto path = folder.path() / name;
    const auto registry = load_package(path, findings);
    REQUIRE_FALSE(registry);
    CHECK(registry.error().code == Code::not_a_folder);
    REQUIRE(findings.items().size() == 1);
    CHECK(findings.items()[0].code == Code::not_a_folder);
    CHECK(findings.error_count() == 1);
  }
}

TEST_CASE("a folder without a descriptor is no package",
          "[load][HDR-LOAD-102]") {
  const Folder folder;
  Diagnostics findings;
  CHECK_FALSE(load_package(folder.path(), findings));
  CHECK(told(findings) ==
        Texts{"HDR-LOAD-102 error datapackage.json:0  '' 'datapackage.json' "
              "cannot be opened: No such file or directory"});
}

TEST_CASE("a package needs the table of units and no other",
          "[load][HDR-LOAD-105]") {
  CHECK(good({{"units", one_unit}}).unit_states().size() == 1);
  CHECK(good({{"units", "unit,kind\n"}}).unit_states().empty());
  CHECK(found({{"persons", "person\nP\n"}}) ==
        Texts{"HDR-LOAD-105 error datapackage.json:0  'units' the table "
              "'units' is missing"});
}

TEST_CASE("findings of all tables are told, and nothing is loaded", "[load]") {
  CHECK(found({{"units", "unit,kind,valid_from\nA,towm,\nB,town,2013\n"},
               {"links", "hierarchy,unit,parent\nline,A,C\n"}}) ==
        Texts{"HDR-MODEL-208 error links.csv:2 hierarchy 'line' no such "
              "hierarchy in the vocabulary or in table 'hierarchies'",
              "HDR-MODEL-202 error links.csv:2 parent 'C' no such unit in "
              "table 'units'",
              "HDR-MODEL-201 error units.csv:2 kind 'towm' no such kind in the "
              "vocabulary or in table 'kinds'",
              "HDR-LOAD-118 error units.csv:3 valid_from '2013' expected a day "
              "written YYYY-MM-DD, from 1400-01-01 to 9999-12-31"});
}

TEST_CASE("the first error says how many others there are", "[load]") {
  Diagnostics findings;
  const auto registry =
      load({{"units", "unit,kind\nA,x\nB,y\nC,z\n"}}, findings);
  REQUIRE_FALSE(registry);
  CHECK(registry.error().message ==
        "units.csv:2: 'x': no such kind in the vocabulary or in table 'kinds' "
        "(and 2 other errors)");
}

TEST_CASE("findings past the limit are counted", "[load]") {
  std::string units = "unit,kind\n";
  for (int at = 0; at < 5000; ++at) units += "U" + std::to_string(at) + ",x\n";
  Diagnostics findings(10);
  const auto registry = load({{"units", units}}, findings);
  REQUIRE_FALSE(registry);
  CHECK(findings.items().size() == 10);
  CHECK(findings.error_count() == 5000);
  CHECK(findings.items()[9].row == 11);
  CHECK(registry.error().message.ends_with("(and 4999 other errors)"));
}

TEST_CASE("a column that is named twice is refused", "[load][HDR-LOAD-109]") {
  CHECK(found({{"units", "unit,kind,unit\nA,town,B\n"}}) ==
        Texts{"HDR-LOAD-109 error units.csv:1 unit 'unit' the column is named "
              "twice"});
}

TEST_CASE("a package whose ends are inclusive is read to the day after",
          "[load]") {
  const std::string rows =
      "unit,kind,valid_from,valid_until\n"
      "A,town,2012-01-01,2012-12-31\nB,town,,9999-12-31\nC,town,,\n";
  const Registry exclusive = good({{"units", rows}});
  CHECK(exclusive.unit_states()[0].valid ==
        span_of("2012-01-01", "2012-12-31"));
  CHECK(exclusive.unit_states()[1].valid == span_of("", "9999-12-31"));
  CHECK(exclusive.unit_states()[2].valid == Interval{});
  const Registry closed = good({{"units", rows}}, inclusive);
  CHECK(closed.unit_states()[0].valid == span_of("2012-01-01", "2013-01-01"));
  CHECK(closed.unit_states()[1].valid == Interval{});
  CHECK(closed.unit_states()[2].valid == Interval{});
}

TEST_CASE(
    "an interval of one day is good where ends are inclusive, empty "
    "where not",
    "[load][HDR-MODEL-213]") {
  const std::string rows =
      "unit,kind,valid_from,valid_until\nA,town,2012-01-01,2012-01-01\n";
  CHECK(good({{"units", rows}}, inclusive).unit_states().size() == 1);
  CHECK(found({{"units", rows}}) ==
        Texts{"HDR-MODEL-213 error units.csv:2 valid_until '2012-01-01' the "
              "end is not after valid_from '2012-01-01'"});
}

TEST_CASE("a record without an end lasts one day", "[load]") {
  const std::string rows =
      "measure,unit,valid_from,valid_until\n"
      "study_session,A,2013-01-01,\nstudy_session,A,2013-01-01,2013-01-02\n";
  for (const std::string& own : {std::string(), inclusive}) {
    const Registry registry =
        good({{"units", one_unit}, {"records", rows}}, own);
    CHECK(registry.records()[0].valid == span_of("2013-01-01", "2013-01-02"));
    CHECK(registry.records()[1].valid.day_count() == (own.empty() ? 1 : 2));
    CHECK(registry.records()[0].value == 1);
  }
}

TEST_CASE("the books' days are those of the row, or else of the package",
          "[load]") {
  const Registry registry =
      good({{"units",
             "unit,kind,recorded_from,recorded_until\nA,town,,\n"
             "B,town,2013-01-01,2013-02-01\n"}},
           R"(,"recorded_from":"2014-02-01","interval_end":"inclusive")");
  CHECK(registry.unit_states()[0].recorded == span_of("2014-02-01", ""));
  // The books' clock is exclusive whatever the package says.
  CHECK(registry.unit_states()[1].recorded ==
        span_of("2013-01-01", "2013-02-01"));
}

TEST_CASE(
    "persons may be named first by memberships only where there is no "
    "table of them",
    "[load][HDR-MODEL-203]") {
  const std::string rows = "person,unit\nP,A\nP,A\n";
  Diagnostics findings;
  (void)load({{"units", one_unit}, {"memberships", "person,unit\nP,A\n"}},
             findings);
  CHECK(findings.items().empty());
  CHECK(found({{"units", one_unit},
               {"persons", "person\nQ\n"},
               {"memberships", "person,unit\nP,A\n"}}) ==
        Texts{"HDR-MODEL-203 error memberships.csv:2 person 'P' no such person "
              "in table 'persons'"});
  CHECK(found({{"units", one_unit}, {"persons", "person\nQ\nP\nQ\n"}}) ==
        Texts{"HDR-MODEL-211 error persons.csv:4 person 'Q' the person is in "
              "the table already"});
}

TEST_CASE("words, booleans and numbers are strict",
          "[load][HDR-LOAD-117][HDR-LOAD-121]") {
  const std::vector<Table> base{{"units", one_unit},
                                {"persons", "person\nP\n"}};
  const auto with = [&](const std::string& name, const std::string& text) {
    std::vector<Table> tables = base;
    tables.push_back({name, text});
    return found(tables);
  };
  CHECK(with("memberships", "person,unit,standing\nP,A,Primary\n") ==
        Texts{"HDR-LOAD-121 error memberships.csv:2 standing 'Primary' "
              "expected one of primary, secondary"});
  CHECK(with("memberships", "person,unit\n,A\n") ==
        Texts{"HDR-LOAD-117 error memberships.csv:2 person '' a value is "
              "needed"});
  CHECK(with("posts", "post,unit,role,seats\nx,A,lead,1.5\n") ==
        Texts{"HDR-LOAD-119 error posts.csv:2 seats '1.5' expected a whole "
              "number"});
  CHECK(with("posts", "post,unit,role,seats\nx,A,lead,-1\n") ==
        Texts{"HDR-LOAD-120 error posts.csv:2 seats '-1' expected a number "
              "from 0 to 1000000000"});
  CHECK(with("records", "measure,unit,valid_from\nstudy_session,A,\n") ==
        Texts{"HDR-LOAD-117 error records.csv:2 valid_from '' the first day is "
              "needed"});
  CHECK(with("records", "measure,valid_from\nstudy_session,2013-01-01\n") ==
        Texts{"HDR-MODEL-220 error records.csv:2  '' a record needs a unit or "
              "a person, or both"});
}

TEST_CASE("all tables of the format are read", "[load]") {
  const Registry registry = good(
      {{"kinds", "kind,parent,label_en\noffice,,office\nbureau,office,\n"},
       {"hierarchies",
        "hierarchy,parents,cycles,orphans,outside_life,child_kinds\n"
        "net,many,break,ignore,error,bureau;town\n"},
       {"roles", "role,holders_max\nkeeper,2\n"},
       {"measures",
        "measure,nature,unit_of_measure,decimals\nheat,stock,K,3\n"},
       {"units", "unit,kind,name,code\nA,bureau,甲,1\nB,town,乙,2\n"},
       {"links", "hierarchy,unit,parent\nnet,A,\nnet,B,A\n"},
       {"persons", "person\nP\n"},
       {"memberships", "person,unit,standing\nP,A,secondary\n"},
       {"posts", "post,unit,role,seats\nA/keeper,A,keeper,2\n"},
       {"holdings", "post,person,acting\nA/keeper,P,true\n"},
       {"pairings", "pairing,holder,unit\nfriend,A,B\n"},
       {"duties", "duty,name,clause\nD,heating,4\n"},
       {"duty_scopes", "duty,scope_type,scope,hierarchy\nD,subtree,A,net\n"},
       {"assignments",
        "duty,role,holder_type,holder,scope_type,scope\nD,keeper,post,"
        "A/keeper,unit,B\nD,keeper,person,P,,\n"},
       {"records",
        "record,measure,unit,person,valid_from,value,reach,source\n"
        "R,heat,A,P,2013-01-01,-1.5,subtree,book\n"},
       {"attendance", "record,person,status\nR,P,made_up\n"},
       {"attributes",
        "subject_type,subject,attribute,value\nrecord,R,method,self\n"},
       {"events",
        "event,change,day,part,unit,share\nE,split,2013-01-01,result,B,1/"
        "3\n"}});
  CHECK(registry.is_a(*registry.find_kind("bureau"),
                      *registry.find_kind("office")));
  const Hierarchy& net =
      registry.hierarchies()[registry.find_hierarchy("net")->value];
  CHECK(net.parents == ParentPolicy::many);
  CHECK(net.cycles == CyclePolicy::break_youngest);
  CHECK(net.orphans == OrphanPolicy::ignore);
  CHECK(net.outside_life == OutsideLifePolicy::error);
  CHECK(net.child_kinds.size() == 2);
  CHECK(registry.roles()[registry.find_role("keeper")->value].holders_max == 2);
  CHECK(registry.links().size() == 2);
  CHECK(registry.links()[0].parent.is_none());
  CHECK(registry.memberships()[0].standing == Standing::secondary);
  CHECK(registry.posts()[0].seats == 2);
  CHECK(registry.holdings()[0].acting);
  CHECK(registry.pairings()[0].holder.type == EntityType::unit);
  CHECK(registry.duties()[0].name == "heating");
  CHECK(registry.duty_scopes()[0].scope.type == Scope::Type::subtree);
  REQUIRE(registry.assignments().size() == 2);
  CHECK(registry.assignments()[0].scope->type == Scope::Type::unit);
  CHECK_FALSE(registry.assignments()[1].scope);
  CHECK(registry.records()[0].value == -1500);
  CHECK(registry.records()[0].reach == Reach::subtree);
  CHECK(registry.records()[0].source == "book");
  CHECK(registry.attendance()[0].presence == Presence::made_up);
  CHECK(registry.attributes()[0].subject.type == EntityType::record);
  CHECK(registry.event_parts()[0].share_denominator == 3);
  CHECK(registry.event_parts()[0].is_result);
}

TEST_CASE("a table may be given in several files, each with its own header",
          "[load]") {
  const Folder folder;
  folder.write("a.csv", "unit,kind\nA,town\n");
  folder.write("b.csv", "kind,name,unit\ntown,b,B\nbad,c,C\ntown,a,A\n");
  folder.write("datapackage.json",
               R"({"headrope":{"format":1},"resources":[{"name":"units",)"
               R"("path":["a.csv","b.csv"]}]})");
  Diagnostics findings;
  (void)load_package(folder.path(), findings);
  CHECK(told(findings) ==
        Texts{"HDR-MODEL-201 error b.csv:3 kind 'bad' no such kind in the "
              "vocabulary or in table 'kinds'",
              "HDR-MODEL-214 error b.csv:4 unit 'A' its days […, …) overlap "
              "another row of the same unit, […, …)"});
}

TEST_CASE("units past the limit are refused", "[load][HDR-BASE-007]") {
  Diagnostics findings;
  LoadOptions options;
  options.limits.units_max = 1;
  CHECK_FALSE(
      load({{"units", "unit,kind\nA,town\nB,town\n"}}, findings, "", options));
  CHECK(told(findings) ==
        Texts{"HDR-BASE-007 error units.csv:3 unit 'B' more than 1 units"});
}

TEST_CASE("a load stops when its caller says so", "[load][HDR-BASE-003]") {
  Diagnostics findings;
  LoadOptions options;
  options.progress = [](std::string_view, std::uint64_t, std::uint64_t) {
    return false;
  };
  const auto registry = load({{"units", one_unit}}, findings, "", options);
  REQUIRE_FALSE(registry);
  CHECK(registry.error().code == Code::cancelled);
}

}  // namespace headrope
