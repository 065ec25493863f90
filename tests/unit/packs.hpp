// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// What tests of packs say often: a small organisation in the words of the
// shipped vocabulary, a pack from the text of its rules, and questions of both.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "unit/helpers.hpp"
#include <headrope/pack_answers.hpp>

namespace headrope::unit {

/// An organisation that is filled by identity. A row that is refused fails the
/// test; a unit that is not said otherwise is a party branch.
class Organisation {
 public:
  Registry registry;

  void unit(std::string_view id, const Interval& valid = {},
            std::string_view kind = "party_branch", std::string_view name = {},
            const Interval& recorded = {}) {
    must(registry.add(UnitState{*registry.make_unit(id),
                                *registry.find_kind(kind),
                                name,
                                {},
                                valid,
                                recorded}));
  }

  void link(std::string_view child, std::string_view parent,
            std::string_view hierarchy = "party") {
    must(registry.add(Link{*registry.find_hierarchy(hierarchy),
                           *registry.make_unit(child),
                           *registry.make_unit(parent),
                           {},
                           {}}));
  }

  void member(std::string_view person, std::string_view unit_id,
              const Interval& valid = {},
              Standing standing = Standing::primary) {
    must(registry.add(Membership{*registry.make_person(person),
                                 *registry.make_unit(unit_id),
                                 standing,
                                 valid,
                                 {}}));
  }

  /// A record of one day, of a unit unless that is empty.
  RecordId record(std::string_view measure, std::string_view unit_id,
                  std::string_view on, std::int64_t value = 1,
                  std::string_view id = {}, std::string_view person = {}) {
    const Date first = day(on);
    return record(measure, unit_id, Interval{first, add_days(first, 1)}, value,
                  id, person);
  }
  RecordId record(std::string_view measure, std::string_view unit_id,
                  const Interval& valid, std::int64_t value = 1,
                  std::string_view id = {}, std::string_view person = {}) {
    Record row;
    row.measure = *registry.find_measure(measure);
    if (!unit_id.empty()) row.unit = *registry.make_unit(unit_id);
    if (!person.empty()) row.person = *registry.make_person(person);
    row.value = value;
    row.valid = valid;
    const auto added = registry.add(row, id);
    if (!added) FAIL(added.error().message);
    return *added;
  }

  void mark(RecordId record, std::string_view person,
            Presence presence = Presence::present) {
    must(registry.add(
        Attendance{record, *registry.make_person(person), presence, {}}));
  }

  void attribute(EntityType type, std::string_view id, std::string_view name,
                 std::string_view value, const Interval& valid = {}) {
    Entity subject{type, 0};
    switch (type) {
      case EntityType::unit:
        subject.index = registry.make_unit(id)->value;
        break;
      case EntityType::person:
        subject.index = registry.make_person(id)->value;
        break;
      case EntityType::post:
        subject.index = registry.make_post(id)->value;
        break;
      case EntityType::record:
        subject.index = registry.find_record(id)->value;
        break;
    }
    must(registry.add(
        Attribute{subject, *registry.make_attribute(name), value, valid, {}}));
  }

  void post(std::string_view id, std::string_view unit_id,
            std::string_view role = "lead", const Interval& valid = {},
            const Interval& recorded = {}) {
    must(
        registry.add(Post{*registry.make_post(id), *registry.make_unit(unit_id),
                          *registry.find_role(role), 1, valid, recorded}));
  }

  void holding(std::string_view post_id, std::string_view person,
               bool acting = false, const Interval& valid = {},
               const Interval& recorded = {}) {
    must(registry.add(Holding{*registry.make_post(post_id),
                              *registry.make_person(person), acting, valid,
                              recorded}));
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> on(std::string_view as_of,
                                                   Date known_on = latest_day) {
    Diagnostics findings;
    FreezeOptions options;
    options.as_of = day(as_of);
    options.known_on = known_on;
    auto snapshot = freeze(registry, options, findings);
    if (!snapshot) FAIL(snapshot.error().message);
    return *snapshot;
  }

  template <typename Value>
  static void must(const Result<Value>& added) {
    if (!added) FAIL(added.error().message);
  }
};

/// The text of a pack in force from 2010 on; `body` begins at the margin.
inline std::string pack_text(std::string_view body,
                             std::string_view effective = "2010-01-01") {
  return "format: headrope-pack/1\nid: P\ntitle: t\neffective: " +
         std::string(effective) + "\n" + std::string(body);
}

/// A rule for branches; `rest` holds the window and the requirement.
inline std::string rule_text(
    std::string_view rest, std::string_view id = "R1",
    std::string_view subjects = "{units: [party_branch]}") {
  return "- {id: " + std::string(id) +
         ", clause: c, title: t, subjects: " + std::string(subjects) + ", " +
         std::string(rest) + "}\n";
}

inline PackPointer parsed(const std::string& text,
                          std::span<const PackPointer> bases = {}) {
  static const Registry vocabulary;
  Diagnostics findings;
  auto pack = parse_pack(text, "p.yaml", vocabulary, bases, findings);
  INFO(text);
  if (!pack) FAIL(pack.error().message);
  return *pack;
}

/// A pack of one rule.
inline PackPointer one_rule(
    std::string_view rest,
    std::string_view subjects = "{units: [party_branch]}",
    std::string_view above = {}) {
  return parsed(pack_text(std::string(above) + "rules:\n" +
                          rule_text(rest, "R1", subjects)));
}

inline RuleAssessment assessed(const Snapshot& snapshot,
                               const PackPointer& pack,
                               const RuleQuestion& question = {},
                               std::size_t rule = 0) {
  auto result = assess(snapshot, pack, rule, question);
  if (!result) FAIL(result.error().message);
  return *std::move(result);
}

/// The year 2012.
inline const RuleQuestion in_2012{{Date{15340}, Date{15706}}, false, {}};

/// `met 3/8`: status, value and threshold of each cell of a subject.
inline std::string told(const RuleAssessment& assessment,
                        std::size_t subject = 0) {
  constexpr std::string_view words[] = {
      "met",          "unmet",        "pending", "exempt", "not_applicable",
      "not_in_force", "not_evaluable"};
  std::string text;
  REQUIRE(subject < assessment.subjects.size());
  for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
    const std::size_t cell = assessment.at(subject, w);
    if (!text.empty()) text += ", ";
    text += words[static_cast<std::size_t>(assessment.statuses[cell])];
    const auto value = assessment.value(cell);
    const auto threshold = assessment.threshold(cell);
    if (value) text += " " + to_string(*value);
    if (threshold) text += " of " + to_string(*threshold);
  }
  return text;
}

}  // namespace headrope::unit
