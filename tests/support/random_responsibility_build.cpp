// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows about responsibility into a Registry, and onto a page.

#include <ostream>
#include <utility>

#include "support/random_responsibility.hpp"

namespace headrope::testing {

const std::array<RoleRow, 10> role_rows{{
    {"lead", RoleFunction::lead, std::nullopt, std::nullopt, ""},
    {"primary", RoleFunction::lead, 1, std::nullopt, ""},
    {"cooperating", RoleFunction::cooperating, std::nullopt, EntityType::unit,
     ""},
    {"helper", RoleFunction::cooperating, 1, std::nullopt, ""},
    {"head", RoleFunction::head, 1, std::nullopt, ""},
    {"chief", RoleFunction::head, std::nullopt, std::nullopt, ""},
    {"member", RoleFunction::member, std::nullopt, std::nullopt, ""},
    {"contact", RoleFunction::contact, 2, std::nullopt, ""},
    {"guide", RoleFunction::other, std::nullopt, std::nullopt, "bureau"},
    {"guest", RoleFunction::other, 1, EntityType::person, ""},
}};

namespace {

template <typename T>
T accepted(Result<T> result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
  return std::move(result).value();
}

void accept(const Result<void>& result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
}

// Adds rows to one Registry, whose names are all known.
class Builder {
 public:
  explicit Builder(Registry& registry) : registry_(registry) {}

  void add_vocabulary() {
    for (const RoleRow& row : role_rows) {
      Role role{row.id, row.holders_max, {}, row.function, {}, {}};
      if (row.holder_type) {
        role.holder_types.push_back(*row.holder_type);
      }
      if (!row.holder_kind.empty()) {
        role.holder_kinds.push_back(*registry_.find_kind(row.holder_kind));
      }
      static_cast<void>(accepted(registry_.add(role)));
    }
  }

  void add(const PostRow& row) {
    accept(registry_.add(Post{post(row.post), unit(row.unit), role(row.role),
                              row.seats, row.clocks.valid, row.clocks.recorded,
                              post(row.ex_officio)}));
  }

  void add(const HoldingRow& row) {
    accept(registry_.add(
        Holding{post(row.post), accepted(registry_.make_person(row.person)),
                row.acting, row.clocks.valid, row.clocks.recorded}));
  }

  void add(const DutyRow& row) {
    accept(registry_.add(Duty{duty(row.duty), "", "", row.clocks.valid,
                              row.clocks.recorded, hierarchy(row.inherited),
                              row.division}));
  }

  void add(const DutyScopeRow& row) {
    accept(registry_.add(DutyScope{duty(row.duty), scope(row.scope), "",
                                   row.clocks.valid, row.clocks.recorded}));
  }

  void add(const AssignmentRow& row) {
    accept(registry_.add(Assignment{duty(row.duty), role(row.role),
                                    entity(row.holder), scope(row.scope), "",
                                    row.clocks.valid, row.clocks.recorded}));
  }

  void add(const PairingRow& row) {
    accept(
        registry_.add(Pairing{row.pairing, entity(row.holder), unit(row.unit),
                              row.clocks.valid, row.clocks.recorded}));
  }

  void add(const NeedRow& row) {
    Need need;
    need.type = row.type;
    need.duty = duty(row.duty);
    need.role = row.role.empty() ? RoleId{} : role(row.role);
    need.pairing = row.pairing;
    need.measure = row.measure.empty() ? MeasureId{}
                                       : *registry_.find_measure(row.measure);
    need.scope = scope(row.scope);
    need.at_least = row.at_least;
    need.at_most = row.at_most;
    need.valid = row.clocks.valid;
    need.recorded = row.clocks.recorded;
    accept(registry_.add(need));
  }

  template <typename Rows>
  void add_all(const Rows& rows) {
    for (const auto& row : rows) {
      add(row);
    }
  }

  UnitId unit(const Name& name) { return accepted(registry_.make_unit(name)); }
  PostId post(const Name& name) {
    return name.empty() ? PostId{} : accepted(registry_.make_post(name));
  }
  DutyId duty(const Name& name) {
    return name.empty() ? DutyId{} : accepted(registry_.make_duty(name));
  }

 private:
  RoleId role(const Name& name) { return *registry_.find_role(name); }
  HierarchyId hierarchy(const Name& name) {
    return name.empty() ? HierarchyId{} : *registry_.find_hierarchy(name);
  }
  Entity entity(const NamedEntity& named) {
    switch (named.type) {
      case EntityType::person:
        return {named.type,
                accepted(registry_.make_person(named.identity)).value};
      case EntityType::post:
        return {named.type, post(named.identity).value};
      default:
        return {EntityType::unit, unit(named.identity).value};
    }
  }
  Scope scope(const NamedScope& named) {
    Scope made{named.type, {}, {}, hierarchy(named.hierarchy)};
    if (named.type == Scope::Type::kind) {
      made.kind = *registry_.find_kind(named.subject);
    } else if (named.type != Scope::Type::all) {
      made.unit = unit(named.subject);
    }
    return made;
  }
  std::optional<Scope> scope(const std::optional<NamedScope>& named) {
    return named ? std::optional(scope(*named)) : std::nullopt;
  }

  Registry& registry_;
};

std::ostream& operator<<(std::ostream& out, const Clocks& clocks) {
  out << ' ' << clocks.valid;
  if (clocks.recorded != Interval{}) {
    out << " recorded " << clocks.recorded;
  }
  return out << '\n';
}

std::ostream& operator<<(std::ostream& out, const NamedEntity& entity) {
  const std::array<const char*, 3> types{"unit", "person", "post"};
  return out << types[static_cast<std::size_t>(entity.type)] << ' '
             << entity.identity;
}

std::ostream& operator<<(std::ostream& out,
                         const std::optional<NamedScope>& scope) {
  const std::array<const char*, 4> types{"all", "unit", "subtree", "kind"};
  if (!scope) {
    return out << " without scope";
  }
  return out << " for " << types[static_cast<std::size_t>(scope->type)] << ' '
             << scope->subject << ' ' << scope->hierarchy;
}

void print_need(std::ostream& out, const NeedRow& row) {
  const std::array<const char*, 4> types{"holders", "pairings", "pairings_held",
                                         "turns"};
  out << "  need " << types[static_cast<std::size_t>(row.type)] << " duty '"
      << row.duty << "' role '" << row.role << "' " << row.pairing
      << row.measure << " from " << row.at_least << " to "
      << (row.at_most ? std::to_string(*row.at_most) : "any") << row.scope
      << row.clocks;
}

}  // namespace

Registry build(const Answerable& rows) {
  Registry registry = build(rows.organisation);
  Builder builder(registry);
  builder.add_vocabulary();
  for (const Name& post : rows.posts) {
    static_cast<void>(builder.post(post));
  }
  for (const Name& duty : rows.duties) {
    static_cast<void>(builder.duty(duty));
  }
  builder.add_all(rows.post_rows);
  builder.add_all(rows.holdings);
  builder.add_all(rows.duty_rows);
  builder.add_all(rows.scopes);
  builder.add_all(rows.assignments);
  builder.add_all(rows.pairings);
  builder.add_all(rows.needs);
  return registry;
}

Frozen frozen(const Answerable& rows) {
  Registry registry = build(rows);
  Diagnostics findings;
  auto snapshot = accepted(freeze(
      registry, {rows.organisation.as_of, rows.organisation.known_on, {}},
      findings));
  return {std::move(registry), std::move(snapshot)};
}

std::ostream& operator<<(std::ostream& out, const Answerable& rows) {
  out << rows.organisation;
  for (const PostRow& row : rows.post_rows) {
    out << "  post " << row.post << " in " << row.unit << ' ' << row.role
        << " seats " << row.seats << " office '" << row.ex_officio << "'"
        << row.clocks;
  }
  for (const HoldingRow& row : rows.holdings) {
    out << "  holding " << row.person << " of " << row.post
        << (row.acting ? " acting" : "") << row.clocks;
  }
  for (const DutyRow& row : rows.duty_rows) {
    out << "  duty " << row.duty << " inherited '" << row.inherited
        << "' division '" << row.division << "'" << row.clocks;
  }
  for (const DutyScopeRow& row : rows.scopes) {
    out << "  scope " << row.duty << std::optional(row.scope) << row.clocks;
  }
  for (const AssignmentRow& row : rows.assignments) {
    out << "  assignment " << row.duty << ' ' << row.role << " of "
        << row.holder << row.scope << row.clocks;
  }
  for (const PairingRow& row : rows.pairings) {
    out << "  tie " << row.pairing << ' ' << row.holder << " with " << row.unit
        << row.clocks;
  }
  for (const NeedRow& row : rows.needs) {
    print_need(out, row);
  }
  return out;
}

}  // namespace headrope::testing
