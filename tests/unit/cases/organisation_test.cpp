// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The organisation of a case: short forms, and that the rows pass the checks
// of a load.

#include "cases/organisation.hpp"

#include <catch2/catch.hpp>

#include "cases/case_reader.hpp"
#include "unit/helpers.hpp"

namespace headrope {

using unit::day;
using unit::Folder;
using unit::span_of;
using unit::told;

namespace {

using Texts = std::vector<std::string>;

// A case file of one case with these tables, indented by six.
CaseFile file_of(const std::string& tables) {
  Diagnostics findings;
  auto file = parse_cases(
      "format: headrope-cases/1\ncases:\n  - id: one\n    title: one\n"
      "    as_of: 2010-12-31\n    expect: {R: {met: 0}}\n    organisation:\n" +
          tables,
      "t.cases.yaml", findings);
  CHECK(told(findings) == Texts());
  REQUIRE(file);
  return *file;
}

std::shared_ptr<const Registry> built(const std::string& tables) {
  const CaseFile file = file_of(tables);
  Diagnostics findings;
  const auto registry =
      build_organisation(file, file.cases.front().organisation, findings);
  if (!registry) FAIL(registry.error().message);
  return *registry;
}

Texts findings_of(const std::string& tables) {
  const CaseFile file = file_of(tables);
  Diagnostics findings;
  CHECK_FALSE(
      build_organisation(file, file.cases.front().organisation, findings));
  return told(findings);
}

std::string attribute_of(const Registry& registry, EntityType type,
                         std::uint32_t index) {
  std::string text;
  for (const Attribute& row : registry.attributes()) {
    if (row.subject != Entity{type, index}) continue;
    text += std::string(registry.attribute_names()[row.attribute.value]) + "=" +
            std::string(row.value) + ";";
  }
  return text;
}

TEST_CASE("Ranges of a row run together, other texts are repeated") {
  const auto registry = built(R"(
      units:
        - {unit: TOWN, kind: town, parent: null}
        - {unit: "V{1..3}", kind: administrative_village, parent: TOWN,
           name: "村{4..6}"}
)");
  REQUIRE(registry->unit_states().size() == 4);
  CHECK(registry->unit_identities()[3] == "V3");
  CHECK(registry->unit_states()[3].name == "村6");
  CHECK(registry->unit_states()[1].kind == registry->unit_states()[3].kind);
}

TEST_CASE("Parents in units are links of two hierarchies") {
  const auto registry = built(R"(
      units:
        - {unit: A, kind: party_committee, parent: null, party_parent: null}
        - {unit: B, kind: party_branch, party_parent: A, valid_from: 2010-05-01,
           valid_until: 2010-05-31}
)");
  const auto links = registry->links();
  REQUIRE(links.size() == 3);
  CHECK(registry->hierarchies()[links[0].hierarchy.value].id ==
        "administrative");
  CHECK(links[0].parent.is_none());
  CHECK(registry->hierarchies()[links[1].hierarchy.value].id == "party");
  CHECK(links[2].parent == registry->find_unit("A"));
  // The last day is part of the interval.
  CHECK(links[2].valid == span_of("2010-05-01", "2010-06-01"));
  CHECK(registry->unit_states()[1].valid == links[2].valid);
}

TEST_CASE("A unit in persons is a primary membership") {
  const auto registry = built(R"(
      units: [{unit: A, kind: party_branch}]
      persons:
        - {person: "P{1..2}", unit: A}
        - {person: Q}
)");
  REQUIRE(registry->memberships().size() == 2);
  CHECK(registry->memberships()[1].standing == Standing::primary);
  CHECK(registry->memberships()[1].person == registry->find_person("P2"));
  CHECK(registry->person_identities().size() == 3);
}

TEST_CASE("Further columns are attributes, and null is none") {
  const auto registry = built(R"(
      units: [{unit: A, kind: party_branch, status: active}]
      persons: [{person: P, unit: A, rank: leader, age: null}]
      posts: [{post: X, unit: A, role: group_head, since: 2009}]
      records:
        - {record: R, measure: study_session, unit: A, valid_from: 2010-01-05,
           hours: 1.5, valid_until: 2010-01-06}
)");
  CHECK(attribute_of(*registry, EntityType::unit, 0) == "status=active;");
  CHECK(attribute_of(*registry, EntityType::person, 0) == "rank=leader;");
  CHECK(attribute_of(*registry, EntityType::post, 0) == "since=2009;");
  CHECK(attribute_of(*registry, EntityType::record, 0) == "hours=1.5;");
}

TEST_CASE("Records have a name and the value 1 unless given") {
  const auto registry = built(R"(
      units: [{unit: A, kind: party_branch}]
      records:
        - {measure: study_session, unit: A, valid_from: "2010-01-0{5..6}"}
        - {record: R, measure: self_study, unit: A, valid_from: 2010-01-05,
           value: 2.5, valid_until: 2010-01-07}
)");
  REQUIRE(registry->records().size() == 3);
  CHECK_FALSE(registry->record_identity({0}).empty());
  CHECK(registry->record_identity({0}) != registry->record_identity({1}));
  CHECK(registry->record_identity({2}) == "R");
  CHECK(registry->records()[0].value == 1);
  CHECK(registry->records()[0].valid == span_of("2010-01-05", "2010-01-06"));
  CHECK(registry->records()[2].valid == span_of("2010-01-05", "2010-01-08"));
}

TEST_CASE("Attendance in a record is marks, for each person of a range") {
  const auto registry = built(R"(
      units: [{unit: A, kind: party_branch}]
      persons: [{person: "P{1..4}", unit: A}]
      records:
        - {measure: study_session, unit: A, valid_from: "2010-01-0{5..6}",
           attendance: {present: ["P{1..2}", P3], made_up: [P4]}}
)");
  const auto marks = registry->attendance();
  REQUIRE(marks.size() == 8);
  CHECK(marks[1].person == registry->find_person("P2"));
  CHECK(marks[3].presence == Presence::made_up);
  CHECK(marks[4].record == RecordId{1});
}

TEST_CASE("Rows may stand in any order of tables") {
  const auto registry = built(R"(
      attendance: [{record: R, person: P, status: late}]
      holdings: [{post: X, person: P}]
      records: [{record: R, measure: m, unit: A, valid_from: 2010-01-05}]
      posts: [{post: X, unit: A, role: r}]
      memberships: [{person: P, unit: A}]
      measures: [{measure: m, nature: flow}]
      roles: [{role: r}]
      units: [{unit: A, kind: k}]
      kinds: [{kind: k}]
)");
  CHECK(registry->attendance().size() == 1);
  CHECK(registry->holdings().size() == 1);
  CHECK(registry->find_kind("k"));
}

TEST_CASE("Rows are added to a package, and to those of the file") {
  const Folder folder;
  folder.write("units.csv", "unit,kind\nA,party_branch\n");
  folder.write("datapackage.json",
               R"({"headrope":{"format":1},"resources":[
                   {"name":"units","path":"units.csv"}]})");
  CaseFile file = file_of("      units: [{unit: B, kind: party_branch}]\n");
  file.path = folder.path() / "t.cases.yaml";
  file.organisation.package = ".";
  Diagnostics findings;
  const auto registry =
      build_organisation(file, file.cases.front().organisation, findings);
  if (!registry) FAIL(registry.error().message);
  CHECK((*registry)->unit_identities().size() == 2);

  file.organisation.package = "nowhere";
  CHECK_FALSE(
      build_organisation(file, file.cases.front().organisation, findings));
  CHECK(findings.count(Code::not_a_folder) == 1);
}

TEST_CASE("The checks of a load hold, and tell the line") {
  CHECK(findings_of(R"(
      units:
        - {unit: A, kind: partybranch}
        - {unit: B, kind: party_branch, parent: X}
      records:
        - {measure: study_session, unit: B, valid_from: 2010-02-30}
)") == Texts{"HDR-MODEL-201 error t.cases.yaml:10 kind 'partybranch' no such "
             "kind in the vocabulary or in table 'kinds'",
             "HDR-MODEL-202 error t.cases.yaml:11 parent 'X' no such unit in "
             "table 'units'",
             "HDR-LOAD-118 error t.cases.yaml:13 valid_from '2010-02-30' "
             "expected a day written YYYY-MM-DD, from 1400-01-01 to "
             "9999-12-31"});
  CHECK(findings_of(R"(
      units:
        - {unit: A, kind: party_branch}
        - {unit: A, kind: party_branch}
)")[0]
            .starts_with("HDR-MODEL-214 error t.cases.yaml:1"));
}

TEST_CASE("Ranges of different lengths are told") {
  CHECK(findings_of(R"(
      units:
        - {unit: "A{1..2}", kind: party_branch, name: "n{1..3}"}
)") == Texts{"HDR-RULE-420 error t.cases.yaml:10 11 '' the ranges of a row run "
             "together; one has 2 numbers, another 3"});
}

TEST_CASE("A case has at most 200,000 rows") {
  CHECK(findings_of(R"(
      units:
        - {unit: "A{1..200000}", kind: party_branch}
        - {unit: B, kind: party_branch}
)") == Texts{
           "HDR-BASE-007 error t.cases.yaml:11 11 '' a case has at most 200000 "
           "rows"});
}

}  // namespace
}  // namespace headrope
