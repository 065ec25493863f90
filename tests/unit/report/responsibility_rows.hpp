// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// An organisation with two duties, and rows of answers about it made by hand,
// for the tests of tables and pictures.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/packs.hpp"
#include <headrope/responsibility_tables.hpp>

namespace headrope::unit {

/// Units A to D (甲 to 丁), a department X (宣传部门), duties A1 and A2, and a
/// post of A that P holds.
class Answers {
 public:
  Answers() {
    organisation_.unit("A", {}, "party_branch", "甲");
    organisation_.unit("B", {}, "party_branch", "乙");
    organisation_.unit("C", {}, "party_branch", "丙");
    organisation_.unit("D", {}, "party_branch", "丁");
    organisation_.unit("X", {}, "department", "宣传部门");
    organisation_.post("A/secretary", "A", "party_secretary");
    organisation_.member("P", "A");
    organisation_.holding("A/secretary", "P");
    duty("A1", "学习");
    duty("A2", "调研");
  }

  /// Adds a duty; before the first question.
  void duty(std::string_view id, std::string_view name) {
    Registry& registry = organisation_.registry;
    Organisation::must(
        registry.add(Duty{*registry.make_duty(id), name, {}, {}, {}, {}, {}}));
  }
  /// Adds a unit; before the first question.
  void unit(std::string_view id, std::string_view name) {
    organisation_.unit(id, {}, "department", name);
  }

  [[nodiscard]] const Snapshot& snapshot() {
    if (!snapshot_) snapshot_ = organisation_.on("2013-12-31");
    return *snapshot_;
  }
  [[nodiscard]] UnitIndex at(std::string_view id) {
    return *snapshot().find_unit(id);
  }
  [[nodiscard]] Entity holder(std::string_view id) {
    return {EntityType::unit, at(id).value};
  }
  [[nodiscard]] DutyId duty_id(std::string_view id) {
    return *snapshot().find_duty(id);
  }
  [[nodiscard]] RoleId role(std::string_view id) {
    return *snapshot().find_role(id);
  }

  /// A unit that has a role in a duty for another; an empty one for the whole.
  [[nodiscard]] Holder row(std::string_view duty, std::string_view unit_id,
                           std::string_view role_id,
                           std::string_view holder_id) {
    Holder one;
    one.duty = duty_id(duty);
    if (!unit_id.empty()) one.unit = at(unit_id);
    one.role = role(role_id);
    one.holder = holder(holder_id);
    return one;
  }
  /// The row that says that nobody leads a duty for a unit.
  [[nodiscard]] Holder gap(std::string_view duty, std::string_view unit_id) {
    Holder one;
    one.duty = duty_id(duty);
    if (!unit_id.empty()) one.unit = at(unit_id);
    one.holder = {EntityType::unit, UnitIndex::none_value};
    return one;
  }

 private:
  Organisation organisation_;
  std::shared_ptr<const Snapshot> snapshot_;
};

/// `name=value` of each cell of a row that says something, with spaces between.
inline std::string told_row(const Table& table, std::size_t row) {
  std::string text;
  for (const Column& column : table.columns) {
    const std::string value = display_text(column, row);
    if (value.empty() || value == "–") continue;
    if (!text.empty()) text += ' ';
    text += column.name + "=" + value;
  }
  return text;
}

}  // namespace headrope::unit
