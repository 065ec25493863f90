// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A Registry that tests of responsibility fill row by row: one kind, one
// hierarchy `line` of many parents and a role of each function. A refused row
// fails the test.

#pragma once

#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include <headrope/responsibility.hpp>

namespace headrope::testing {

/// A Registry with a small vocabulary, and short ways to add to it.
class Town {
 public:
  Town() : registry(Limits{}, StartingVocabulary::empty) {
    kind = *registry.add(Kind{"office", {}, {}});
    Hierarchy tree;
    tree.id = "line";
    tree.parents = ParentPolicy::many;
    line = *registry.add(tree);
    lead = role("lead", RoleFunction::lead);
    member = role("member", RoleFunction::member);
    head = role("head", RoleFunction::head);
    turns = *registry.add(Measure{"talks", Nature::flow, "talk", 0, {}});
  }

  [[nodiscard]] RoleId role(const std::string& id, RoleFunction function) {
    return *registry.add(Role{id, {}, {}, function, {}, {}});
  }
  [[nodiscard]] UnitId unit(std::size_t number) {
    const UnitId id = *registry.make_unit(name('u', number));
    require(registry.add(UnitState{id, kind, "", "", {}, {}}));
    return id;
  }
  [[nodiscard]] PersonId person(std::size_t number) {
    return *registry.make_person(name('p', number));
  }
  [[nodiscard]] PostId post(std::size_t number, UnitId unit, PostId office = {},
                            const Interval& valid = {}) {
    const PostId id = *registry.make_post(name('s', number));
    require(registry.add(Post{id, unit, head, 1, valid, {}, office}));
    return id;
  }
  void hold(PostId post, PersonId person, const Interval& valid = {}) {
    require(registry.add(Holding{post, person, false, valid, {}}));
  }
  [[nodiscard]] DutyId duty(std::size_t number) {
    const DutyId id = *registry.make_duty(name('d', number));
    require(registry.add(Duty{id, "", "", {}, {}, line, ""}));
    return id;
  }
  void link(UnitId below, UnitId above) {
    require(registry.add(Link{line, below, above, {}, {}}));
  }
  void scope(DutyId duty, const Scope& scope, const Interval& valid = {}) {
    require(registry.add(DutyScope{duty, scope, "", valid, {}}));
  }
  void assign(DutyId duty, const Entity& holder,
              const std::optional<Scope>& scope, const Interval& valid = {}) {
    require(registry.add(Assignment{duty, lead, holder, scope, "", valid, {}}));
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> freeze(Date as_of) const {
    Diagnostics findings;
    auto snapshot =
        headrope::freeze(registry, {as_of, latest_day, {}}, findings);
    REQUIRE(snapshot.has_value());
    return *snapshot;
  }
  [[nodiscard]] Responsibility asked(Date as_of = {}) const {
    return Responsibility(freeze(as_of));
  }

  /// Identities in the order of their numbers.
  [[nodiscard]] static std::string name(char stem, std::size_t number) {
    return stem + std::to_string(1'000'000 + number);
  }
  static void require(const Result<void>& result) {
    if (!result) {
      FAIL(result.error().message);
    }
  }

  Registry registry;
  KindId kind;
  HierarchyId line;
  RoleId lead, member, head;
  MeasureId turns;
};

/// A unit, a person or a post as a holder.
[[nodiscard]] inline Entity entity(UnitId unit) {
  return {EntityType::unit, unit.value};
}
[[nodiscard]] inline Entity entity(PersonId person) {
  return {EntityType::person, person.value};
}
[[nodiscard]] inline Entity entity(PostId post) {
  return {EntityType::post, post.value};
}
/// The scope of one unit, and of all.
[[nodiscard]] inline Scope only(UnitId unit) {
  return {Scope::Type::unit, unit, {}, {}};
}
[[nodiscard]] inline Scope everywhere() { return {}; }

}  // namespace headrope::testing
