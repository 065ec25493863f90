// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The duties of a pack as rows of a Registry. Everything is looked up first;
// rows are added only once nothing can fail any more.

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "headrope/responsibility.hpp"
#include "model/mark.hpp"
#include "rules/pack_model.hpp"

namespace headrope {
namespace {

// Who a name in the document is.
struct Named {
  Entity holder{};
  bool is_found = false;
  bool is_ambiguous = false;
};

// The rows that are to be added, with the positions of their duties in
// `duties`, or `no_duty`.
struct Rows {
  std::vector<std::string> units;  // To be made.
  std::vector<std::string> duties;
  std::vector<std::pair<std::size_t, Duty>> duty_rows;
  std::vector<std::pair<std::size_t, DutyScope>> scopes;
  struct Holding {
    std::size_t duty = 0;
    Assignment row{};
    std::string made;  // The holder, if it is to be made.
  };
  std::vector<Holding> assignments;
  std::vector<std::pair<std::size_t, Need>> needs;
};

constexpr std::size_t no_duty = static_cast<std::size_t>(-1);

class PackDuties {
 public:
  PackDuties(Registry& registry, const Pack& pack, Diagnostics& findings,
             const PackDutyOptions& options)
      : registry_(registry),
        pack_(pack),
        model_(pack.model()),
        findings_(findings),
        options_(options) {}

  Result<void> run() {
    find_names();
    note_data();
    for (const PackDuty& duty : model_.duties) {
      if (auto done = list_duty(duty); !done) return done;
    }
    for (const PackNeed& need : model_.needs) {
      // The document alone has nobody of whom to ask it.
      if (options_.makes_units) break;
      if (auto done = list_need(need, no_duty); !done) return done;
    }
    if (auto room = check_room(); !room) return room;
    return add();
  }

 private:
  void warn(Code code, std::string_view value, std::string message) {
    if (!told_.emplace(std::string(value), message).second) return;
    findings_.add({code, Severity::warning, std::string(pack_.id()), 0,
                   "duties", std::string(value), std::move(message)});
  }

  static void want_units(const std::optional<PackReach>& reach,
                         std::set<std::string_view>& wanted) {
    if (!reach) return;
    wanted.insert(reach->units.begin(), reach->units.end());
    wanted.insert(reach->subtrees.begin(), reach->subtrees.end());
  }

  // Looks up every holder and unit that the document names.
  void find_names() {
    std::set<std::string_view> wanted;
    for (const PackDuty& duty : model_.duties) {
      for (const PackDuty::Part& part : duty.parts) {
        wanted.insert(part.holders.begin(), part.holders.end());
        if (!is_for_units(part.role)) {
          persons_.insert(part.holders.begin(), part.holders.end());
        }
      }
      want_units(duty.reach, wanted);
      for (const PackNeed& need : duty.needs) want_units(need.reach, wanted);
    }
    for (const PackNeed& need : model_.needs) want_units(need.reach, wanted);
    if (wanted.empty()) return;
    const auto note = [&](std::string_view name, UnitId unit) {
      Named& entry = by_name_[std::string(name)];
      const Entity holder{EntityType::unit, unit.value};
      entry.is_ambiguous =
          entry.is_ambiguous || (entry.is_found && entry.holder != holder);
      entry.is_found = true;
      entry.holder = holder;
    };
    for (const UnitState& state : registry_.unit_states()) {
      if (!state.name.empty() && wanted.contains(state.name)) {
        note(state.name, state.unit);
      }
    }
    const auto alias = registry_.find_attribute("alias");
    for (const Attribute& row : registry_.attributes()) {
      if (!alias || row.attribute != *alias ||
          row.subject.type != EntityType::unit) {
        continue;
      }
      std::string_view rest = row.value;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        if (wanted.contains(rest.substr(0, end))) {
          note(rest.substr(0, end), UnitId{row.subject.index});
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }

  [[nodiscard]] std::optional<Entity> find_identity(
      std::string_view identity) const {
    if (const auto unit = registry_.find_unit(identity)) {
      return Entity{EntityType::unit, unit->value};
    }
    if (const auto post = registry_.find_post(identity)) {
      return Entity{EntityType::post, post->value};
    }
    return std::nullopt;
  }

  [[nodiscard]] Named find_holder(const std::string& name) const {
    for (const auto& [document, identity] : options_.names) {
      if (document != name) continue;
      if (const auto found = find_identity(identity))
        return {*found, true, false};
    }
    if (const auto found = find_identity(name)) return {*found, true, false};
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? Named{} : at->second;
  }

  // What the data says itself goes before the document.
  void note_data() {
    const auto note = [](const auto& rows, std::set<DutyId>& to) {
      for (const auto& row : rows) to.insert(row.duty);
    };
    note(registry_.duties(), has_rows_);
    note(registry_.duty_scopes(), has_scopes_);
    note(registry_.assignments(), has_holders_);
  }

  [[nodiscard]] static bool has(const std::set<DutyId>& list,
                                const std::optional<DutyId>& duty) {
    return duty && list.contains(*duty);
  }

  Result<void> list_duty(const PackDuty& duty) {
    const auto known = registry_.find_duty(duty.id);
    if (duty.id.size() > registry_.limits().identity_bytes_max) {
      return Error{Code::identity_invalid,
                   "the duty '" + duty.id + "' has too long a name"};
    }
    std::vector<DutyScope> scopes;
    if (duty.reach && !options_.makes_units) {
      auto listed = list_scopes(*duty.reach, duty.clause, scopes);
      if (!listed) return listed;
      if (scopes.empty()) {
        warn(Code::unit_unknown, duty.id,
             "no unit of its scope is in the data; the duty is left out");
        return {};
      }
    }
    const std::size_t number = rows_.duties.size();
    rows_.duties.push_back(duty.id);
    if (!has(has_rows_, known)) {
      Duty row;
      row.name = duty.title.zh.empty() ? duty.title.en : duty.title.zh;
      row.clause = duty.clause;
      row.valid = model_.in_force;
      row.division = duty.division;
      if (!duty.inherited.empty()) {
        const auto hierarchy = registry_.find_hierarchy(duty.inherited);
        if (!hierarchy) return unknown(Code::hierarchy_unknown, duty.inherited);
        row.inherited = *hierarchy;
      }
      rows_.duty_rows.emplace_back(number, row);
    }
    if (!has(has_scopes_, known)) {
      for (const DutyScope& scope : scopes) {
        rows_.scopes.emplace_back(number, scope);
      }
    }
    if (!has(has_holders_, known)) {
      for (const PackDuty::Part& part : duty.parts) {
        if (auto done = list_part(duty, part, number); !done) return done;
      }
    }
    for (const PackNeed& need : duty.needs) {
      if (options_.makes_units) break;
      if (auto done = list_need(need, number); !done) return done;
    }
    return {};
  }

  static Error unknown(Code code, const std::string& name) {
    return {code, "'" + name + "' is not known to the vocabulary of the data"};
  }

  Result<void> list_part(const PackDuty& duty, const PackDuty::Part& part,
                         std::size_t number) {
    const auto role = registry_.find_role(part.role);
    if (!role) return unknown(Code::role_unknown, part.role);
    for (const std::string& name : part.holders) {
      Assignment row;
      row.role = *role;
      row.clause = duty.clause;
      row.valid = model_.in_force;
      const Named named = find_holder(name);
      if (named.is_found && !named.is_ambiguous) {
        row.holder = named.holder;
        rows_.assignments.push_back({number, row, {}});
      } else if (options_.makes_units && !named.is_ambiguous) {
        if (name.size() > registry_.limits().identity_bytes_max) {
          return Error{Code::identity_invalid,
                       "the holder '" + name + "' has too long a name"};
        }
        list_made(name, number, row);
      } else {
        warn(Code::holder_unknown, name,
             duty.id + (named.is_ambiguous
                            ? ": several units have this name"
                            : ": no unit or post of this name or alias"));
      }
    }
    return {};
  }

  // Makes the holder: a person, if one of its roles is not for units.
  void list_made(const std::string& name, std::size_t duty, Assignment row) {
    const bool is_unit = !persons_.contains(name);
    row.holder.type = is_unit ? EntityType::unit : EntityType::person;
    if (is_unit && made_.insert(name).second) rows_.units.push_back(name);
    rows_.assignments.push_back({duty, row, name});
  }

  [[nodiscard]] bool is_for_units(const std::string& role) const {
    const auto known = registry_.find_role(role);
    if (!known) return true;
    const auto& types = registry_.roles()[known->value].holder_types;
    return types.empty() || std::find(types.begin(), types.end(),
                                      EntityType::unit) != types.end();
  }

  // Scopes whose units are not in the data are left out, and told.
  Result<void> list_scopes(const PackReach& reach, const std::string& clause,
                           std::vector<DutyScope>& to) {
    const auto add = [&](const Scope& scope) {
      DutyScope row;
      row.scope = scope;
      row.clause = clause;
      row.valid = model_.in_force;
      to.push_back(row);
    };
    if (reach.is_all) add({});
    for (const std::string& name : reach.kinds) {
      const auto kind = registry_.find_kind(name);
      if (!kind) return unknown(Code::kind_unknown, name);
      add({.type = Scope::Type::kind, .kind = *kind});
    }
    std::optional<HierarchyId> along;
    if (!reach.subtrees.empty()) {
      along = registry_.find_hierarchy(reach.along);
      if (!along) return unknown(Code::hierarchy_unknown, reach.along);
    }
    const auto add_unit = [&](const std::string& name, Scope::Type type) {
      const Named named = find_holder(name);
      if (!named.is_found || named.is_ambiguous ||
          named.holder.type != EntityType::unit) {
        warn(Code::unit_unknown, name, "a scope names it; it is left out");
        return;
      }
      add({.type = type,
           .unit = UnitId{named.holder.index},
           .hierarchy = along.value_or(HierarchyId{})});
    };
    for (const std::string& name : reach.subtrees) {
      add_unit(name, Scope::Type::subtree);
    }
    for (const std::string& name : reach.units) {
      add_unit(name, Scope::Type::unit);
    }
    return {};
  }

  Result<void> list_need(const PackNeed& need, std::size_t duty) {
    Need row;
    row.type = need.type;
    row.pairing = need.pairing;
    row.at_least = need.at_least;
    row.at_most = need.at_most;
    row.clause = need.clause;
    row.valid = model_.in_force;
    if (!need.role.empty()) {
      const auto role = registry_.find_role(need.role);
      if (!role) return unknown(Code::role_unknown, need.role);
      row.role = *role;
    }
    if (!need.measure.empty()) {
      const auto measure = registry_.find_measure(need.measure);
      if (!measure) return unknown(Code::measure_unknown, need.measure);
      row.measure = *measure;
    }
    if (!need.reach) {
      rows_.needs.emplace_back(duty, row);
      return {};
    }
    std::vector<DutyScope> scopes;
    if (auto done = list_scopes(*need.reach, need.clause, scopes); !done) {
      return done;
    }
    for (const DutyScope& scope : scopes) {
      row.scope = scope.scope;
      rows_.needs.emplace_back(duty, row);
    }
    return {};
  }

  [[nodiscard]] Result<void> check_room() const {
    const std::size_t most = registry_.limits().rows_max;
    const auto fits = [&](std::size_t there, std::size_t more) {
      return there + more <= most;
    };
    if (fits(registry_.duties().size(), rows_.duty_rows.size()) &&
        fits(registry_.duty_identities().size(), rows_.duties.size()) &&
        fits(registry_.duty_scopes().size(), rows_.scopes.size()) &&
        fits(registry_.assignments().size(), rows_.assignments.size()) &&
        fits(registry_.needs().size(), rows_.needs.size()) &&
        fits(registry_.unit_states().size(), rows_.units.size()) &&
        registry_.unit_identities().size() + rows_.units.size() <=
            registry_.limits().units_max &&
        registry_.person_identities().size() + rows_.assignments.size() <=
            registry_.limits().persons_max) {
      return {};
    }
    return Error{Code::limit_exceeded, "the duties of the pack do not fit"};
  }

  Result<void> add() {
    const KindId kind = registry_.find_kind("organisation").value_or(KindId{});
    if (!rows_.units.empty() && kind.is_none()) {
      return unknown(Code::kind_unknown, "organisation");
    }
    std::map<std::string, UnitId, std::less<>> units;
    for (const std::string& name : rows_.units) {
      const auto unit = registry_.make_unit(name);
      if (!unit) return unit.error();
      units.emplace(name, *unit);
      UnitState state;
      state.unit = *unit;
      state.kind = kind;
      state.name = name;
      state.valid = model_.in_force;
      if (auto added = registry_.add(state); !added) return added;
    }
    std::vector<DutyId> duties;
    for (const std::string& id : rows_.duties) {
      const auto duty = registry_.make_duty(id);
      if (!duty) return duty.error();
      duties.push_back(*duty);
    }
    const auto add_rows = [&](auto& list) -> Result<void> {
      for (auto& [duty, row] : list) {
        if (duty != no_duty) row.duty = duties[duty];
        if (auto added = registry_.add(row); !added) return added;
      }
      return {};
    };
    if (auto done = add_rows(rows_.duty_rows); !done) return done;
    if (auto done = add_rows(rows_.scopes); !done) return done;
    for (Rows::Holding& one : rows_.assignments) {
      one.row.duty = duties[one.duty];
      if (!one.made.empty() && one.row.holder.type == EntityType::unit) {
        one.row.holder.index = units.at(one.made).value;
      } else if (!one.made.empty()) {
        const auto person = registry_.make_person(one.made);
        if (!person) return person.error();
        one.row.holder.index = person->value;
      }
      if (auto added = registry_.add(one.row); !added) return added;
    }
    return add_rows(rows_.needs);
  }

  Registry& registry_;
  const Pack& pack_;
  const PackModel& model_;
  Diagnostics& findings_;
  const PackDutyOptions& options_;
  std::map<std::string, Named, std::less<>> by_name_;
  std::set<DutyId> has_rows_;
  std::set<DutyId> has_scopes_;
  std::set<DutyId> has_holders_;
  std::set<std::pair<std::string, std::string>> told_;
  std::set<std::string> made_;
  std::set<std::string> persons_;  // Names in roles that are not for units.
  Rows rows_;
};

}  // namespace

Result<void> add_duties(Registry& registry, const Pack& pack,
                        Diagnostics& findings, const PackDutyOptions& options) {
  // Memory may run out halfway, which no check of the rows can foresee.
  RegistryMark mark(registry.tables());
  auto done = PackDuties(registry, pack, findings, options).run();
  if (done) mark.keep();
  return done;
}

}  // namespace headrope
