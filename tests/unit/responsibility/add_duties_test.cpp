// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The duties of a pack as rows: who a name is, what the data says itself, what
// is not found, the document alone, and a pack that does not fit.

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"
#include <headrope/responsibility.hpp>

namespace headrope {
namespace {

using unit::day;
using unit::Organisation;

constexpr std::string_view body = R"(duties:
  - id: D1
    clause: '1'
    title: {zh: 领域一, en: area one}
    for: {kinds: [party_branch]}
    inherited: party
    division: areas
    lead: [宣传部]
    cooperating: [部门乙, 无名]
    needs: {study_liaison: {at_least: 1, at_most: 2}}
  - {id: D2, clause: '2', title: t, lead: []}
  - {id: D3, clause: '3', title: t, for: {units: [查无此单位]}, lead: [宣传部]}
needs:
  - {need: pairings, pairing: contact_point, clause: '4', for: all}
)";

Organisation two_units() {
  Organisation o;
  o.unit("U1", {}, "department", "宣传部");
  o.unit("U2", {}, "department", "乙");
  o.attribute(EntityType::unit, "U2", "alias", "乙部;部门乙");
  o.unit("B1");
  return o;
}

PackPointer pack_of(const Registry& registry, std::string_view text = body) {
  Diagnostics findings;
  auto pack = parse_pack(unit::pack_text(text), "pack", registry, {}, findings);
  if (!pack) FAIL(pack.error().message);
  return *pack;
}

std::string told(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& one : findings.items()) {
    text += std::string(code_info(one.code).id) + " " + one.value + "; ";
  }
  return text;
}

}  // namespace

TEST_CASE("holders are found by name, alias and what the caller says",
          "[responsibility]") {
  Organisation o = two_units();
  Diagnostics findings;
  REQUIRE(add_duties(o.registry, *pack_of(o.registry), findings));
  CHECK(told(findings) ==
        "HDR-MODEL-229 无名; HDR-MODEL-202 查无此单位; HDR-MODEL-202 D3; ");
  const auto assignments = o.registry.assignments();
  REQUIRE(assignments.size() == 2);
  CHECK(assignments[0].holder ==
        Entity{EntityType::unit, o.registry.find_unit("U1")->value});
  CHECK(assignments[0].valid == Interval{day("2010-01-01"), Date::open_end()});
  CHECK(assignments[1].holder ==
        Entity{EntityType::unit, o.registry.find_unit("U2")->value});
  REQUIRE(o.registry.duties().size() == 2);
  CHECK(o.registry.duties()[0].name == "领域一");
  CHECK(o.registry.duties()[0].division == "areas");
  CHECK(o.registry.duties()[0].inherited ==
        *o.registry.find_hierarchy("party"));
  CHECK(o.registry.duty_scopes().size() == 1);
  REQUIRE(o.registry.needs().size() == 2);
  CHECK(o.registry.needs()[0].at_most == 2);
  CHECK(o.registry.needs()[1].pairing == "contact_point");

  PackDutyOptions options;
  options.names = {{"无名", "B1"}};
  Organisation named = two_units();
  Diagnostics more;
  REQUIRE(add_duties(named.registry, *pack_of(named.registry), more, options));
  CHECK(named.registry.assignments().size() == 3);
}

TEST_CASE("a name that several units have is nobody's", "[responsibility]") {
  Organisation o = two_units();
  o.unit("U9", {}, "department", "宣传部");
  Diagnostics findings;
  REQUIRE(add_duties(o.registry, *pack_of(o.registry), findings));
  CHECK(told(findings).find("HDR-MODEL-229 宣传部") != std::string::npos);
  // By its identity it is found.
  PackDutyOptions options;
  options.names = {{"宣传部", "U9"}};
  Organisation named = two_units();
  named.unit("U9", {}, "department", "宣传部");
  Diagnostics more;
  REQUIRE(add_duties(named.registry, *pack_of(named.registry), more, options));
  CHECK(named.registry.assignments()[0].holder.index ==
        named.registry.find_unit("U9")->value);
}

TEST_CASE("what the data says goes before the document", "[responsibility]") {
  Organisation o = two_units();
  const DutyId duty = *o.registry.make_duty("D1");
  Duty row;
  row.duty = duty;
  row.name = "own";
  Organisation::must(o.registry.add(row));
  Assignment own;
  own.duty = duty;
  own.role = *o.registry.find_role("lead");
  own.holder = {EntityType::unit, o.registry.find_unit("B1")->value};
  Organisation::must(o.registry.add(own));
  Diagnostics findings;
  REQUIRE(add_duties(o.registry, *pack_of(o.registry), findings));
  CHECK(o.registry.assignments().size() == 1);
  CHECK(o.registry.duties()[0].name == "own");
  CHECK(o.registry.duties().size() == 2);
  CHECK(o.registry.duty_scopes().size() == 1);
}

TEST_CASE("a document alone makes its holders", "[responsibility]") {
  Registry registry;
  Diagnostics findings;
  PackDutyOptions options;
  options.makes_units = true;
  const PackPointer pack = pack_of(registry, R"(duties:
  - {id: D1, clause: '1', title: t, for: all, lead: [甲], cooperating: [乙, 丙]}
  - id: D2
    clause: '2'
    title: t
    lead: [丙]
    roles: {study_liaison: [丙]}
needs:
  - {need: holders, role: study_liaison, clause: '3'}
)");
  REQUIRE(add_duties(registry, *pack, findings, options));
  CHECK(findings.items().empty());
  CHECK(registry.unit_identities().size() == 2);
  // A liaison is no unit, so this name is a person in all its roles.
  REQUIRE(registry.person_identities().size() == 1);
  CHECK(registry.person_identities()[0] == "丙");
  CHECK(registry.assignments().size() == 5);
  CHECK(registry.duty_scopes().empty());
  CHECK(registry.needs().empty());
}

TEST_CASE("a pack that does not fit adds nothing", "[responsibility]") {
  Limits limits;
  limits.rows_max = 1;
  Registry registry(limits);
  Diagnostics findings;
  PackDutyOptions options;
  options.makes_units = true;
  const Result<void> added =
      add_duties(registry, *pack_of(registry), findings, options);
  REQUIRE(!added);
  CHECK(added.error().code == Code::limit_exceeded);
  CHECK(registry.duties().empty());
  CHECK(registry.unit_identities().empty());
  CHECK(registry.assignments().empty());
}

TEST_CASE("rows about posts and holders that cannot be are told",
          "[responsibility]") {
  Organisation o = two_units();
  o.post("P1", "U1", "group_head", unit::span_of("2010-01-01", "2012-01-01"));
  o.holding("P1", "a", false, unit::span_of("2011-01-01", "2013-01-01"));
  const auto tie = [&](std::string_view post, std::string_view office) {
    Post row{*o.registry.make_post(post),
             *o.registry.find_unit("U1"),
             *o.registry.find_role("group_head"),
             1,
             {},
             {}};
    row.ex_officio = *o.registry.make_post(office);
    Organisation::must(o.registry.add(row));
  };
  tie("P2", "P3");
  tie("P3", "P2");
  Assignment wrong;
  wrong.duty = *o.registry.make_duty("D");
  wrong.role = *o.registry.find_role("study_liaison");
  wrong.holder = {EntityType::unit, o.registry.find_unit("U1")->value};
  Organisation::must(o.registry.add(wrong));
  Diagnostics findings;
  o.registry.check(findings);
  CHECK(told(findings) ==
        "HDR-MODEL-226 P1; HDR-MODEL-227 unit; HDR-MODEL-228 P3; ");
}

}  // namespace headrope
