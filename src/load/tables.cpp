// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The tables of the format (docs/formats/data-package.md): their columns, and
// how a row becomes a row of the model. An enumeration in each function names
// the columns in the order of the table's description at the end.

#include <vector>

#include "base/decimal.hpp"
#include "base/utf8.hpp"
#include "load/table_rows.hpp"

namespace headrope {
namespace {

Label label_of(const Row& row, std::size_t zh_column) {
  return {row.text(zh_column), row.text(zh_column + 1)};
}

// Vocabulary entries are checked as they are added, and not again.
template <typename Entry>
void add_entry(TableRows& rows, Row& row, const Entry& entry) {
  if (!row.is_good()) return;
  if (const auto added = rows.registry().add(entry); !added) {
    row.fail_row(added.error());
  }
}

void add_kinds(TableRows& rows) {
  enum : std::size_t { id, parent, label };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Kind kind{row.required(id), {}, label_of(row, label)};
    if (!row.text(parent).empty()) kind.parent = row.kind(parent);
    add_entry(rows, row, kind);
  }
}

void add_hierarchies(TableRows& rows) {
  enum : std::size_t {
    id,
    parents,
    cycles,
    orphans,
    outside_life,
    child_kinds,
    parent_kinds,
    label
  };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Hierarchy hierarchy;
    hierarchy.id = row.required(id);
    hierarchy.parents = row.word(parents, std::optional(hierarchy.parents));
    hierarchy.cycles = row.word(cycles, std::optional(hierarchy.cycles));
    hierarchy.orphans = row.word(orphans, std::optional(hierarchy.orphans));
    hierarchy.outside_life =
        row.word(outside_life, std::optional(hierarchy.outside_life));
    hierarchy.child_kinds = row.kinds(child_kinds);
    hierarchy.parent_kinds = row.kinds(parent_kinds);
    hierarchy.label = label_of(row, label);
    add_entry(rows, row, hierarchy);
  }
}

void add_roles(TableRows& rows) {
  enum : std::size_t {
    id,
    holders_max,
    function,
    holder_types,
    holder_kinds,
    label
  };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Role role{.id = row.required(id), .label = label_of(row, label)};
    if (!row.text(holders_max).empty()) {
      role.holders_max = row.count(holders_max, 0);
    }
    role.function = row.word(function, std::optional(RoleFunction::other));
    role.holder_types = row.word_set<EntityType>(holder_types);
    role.holder_kinds = row.kinds(holder_kinds);
    add_entry(rows, row, role);
  }
}

void add_measures(TableRows& rows) {
  enum : std::size_t { id, nature, unit_of_measure, decimals, label };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Measure measure;
    measure.id = row.required(id);
    measure.nature = row.word<Nature>(nature);
    measure.unit_of_measure = row.text(unit_of_measure);
    const std::uint32_t places = row.count(decimals, 0);
    if (places > 9) {
      row.fail(decimals, Code::value_out_of_range, "expected 0 to 9");
    }
    measure.decimals = static_cast<std::uint8_t>(places);
    measure.label = label_of(row, label);
    add_entry(rows, row, measure);
  }
}

void add_units(TableRows& rows) {
  enum : std::size_t { id, kind, name, code };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    UnitState state;
    // The identity is made even if the row is bad, so that one mistake is not
    // reported again wherever the unit is named.
    if (!row.required(id).empty()) {
      state.unit = row.made(id, rows.registry().make_unit(row.text(id)));
    }
    state.kind = row.kind(kind);
    state.name = row.text(name);
    state.code = row.text(code);
    state.valid = row.valid();
    state.recorded = row.recorded();
    row.add(state, rows.tables().unit_states.size());
  }
}

void add_links(TableRows& rows) {
  enum : std::size_t { hierarchy, unit, parent };
  const auto units = rows.find_all(rows.tables().unit_index, unit);
  const auto parents = rows.find_all(rows.tables().unit_index, parent);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Link link;
    link.hierarchy = row.hierarchy(hierarchy);
    link.unit = row.unit(unit, units[at]);
    if (!row.text(parent).empty()) {
      link.parent = row.unit(parent, parents[at]);
    }
    link.valid = row.valid();
    link.recorded = row.recorded();
    row.add(link, rows.tables().links.size());
  }
}

void add_pairings(TableRows& rows) {
  enum : std::size_t { pairing, holder_type, holder, unit };
  const auto units = rows.find_all(rows.tables().unit_index, unit);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Pairing tie;
    tie.pairing = row.required(pairing);
    tie.holder = row.entity(holder_type, holder, EntityType::unit);
    tie.unit = row.unit(unit, units[at]);
    tie.valid = row.valid();
    tie.recorded = row.recorded();
    row.add(tie, rows.tables().pairings.size());
  }
}

void add_persons(TableRows& rows) {
  enum : std::size_t { id };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    if (row.required(id).empty()) continue;
    const std::size_t before = rows.tables().person_index.size();
    row.made(id, rows.registry().make_person(row.text(id)));
    if (row.is_good() && rows.tables().person_index.size() == before) {
      row.fail(id, Code::identity_repeated,
               "the person is in the table already");
    }
  }
}

void add_memberships(TableRows& rows) {
  enum : std::size_t { person, unit, standing };
  const auto units = rows.find_all(rows.tables().unit_index, unit);
  const auto persons = rows.find_all(rows.tables().person_index, person);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Membership membership;
    const bool is_new =
        persons[at] == IdentityIndex::none && !row.text(person).empty();
    membership.person =
        is_new && rows.context().makes_persons
            ? row.made(person, rows.registry().make_person(row.text(person)))
            : row.person(person, persons[at]);
    membership.unit = row.unit(unit, units[at]);
    membership.standing = row.word(standing, std::optional(Standing::primary));
    membership.valid = row.valid();
    membership.recorded = row.recorded();
    row.add(membership, rows.tables().memberships.size());
  }
}

void add_posts(TableRows& rows) {
  enum : std::size_t { id, unit, role, seats, ex_officio };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Post post;
    if (!row.required(id).empty()) {
      post.post = row.made(id, rows.registry().make_post(row.text(id)));
    }
    post.unit = row.unit(unit, rows.tables().unit_index.find(row.text(unit)));
    post.role = row.role(role);
    post.seats = row.count(seats, 1);
    // The office may stand further down; one that never comes has no days.
    if (!row.text(ex_officio).empty()) {
      post.ex_officio =
          row.made(ex_officio, rows.registry().make_post(row.text(ex_officio)));
    }
    post.valid = row.valid();
    post.recorded = row.recorded();
    row.add(post, rows.tables().posts.size());
  }
}

void add_holdings(TableRows& rows) {
  enum : std::size_t { post, person, acting };
  const auto persons = rows.find_all(rows.tables().person_index, person);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Holding holding;
    holding.post = row.post(post);
    holding.person = row.person(person, persons[at]);
    holding.acting = row.boolean(acting, false);
    holding.valid = row.valid();
    holding.recorded = row.recorded();
    row.add(holding, rows.tables().holdings.size());
  }
}

void add_duties(TableRows& rows) {
  enum : std::size_t { id, name, clause, inherited, division };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Duty duty;
    if (!row.required(id).empty()) {
      duty.duty = row.made(id, rows.registry().make_duty(row.text(id)));
    }
    duty.name = row.text(name);
    duty.clause = row.text(clause);
    if (!row.text(inherited).empty()) duty.inherited = row.hierarchy(inherited);
    duty.division = row.text(division);
    duty.valid = row.valid();
    duty.recorded = row.recorded();
    row.add(duty, rows.tables().duties.size());
  }
}

void add_duty_scopes(TableRows& rows) {
  enum : std::size_t { duty, scope_type, scope, hierarchy, clause };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    DutyScope duty_scope;
    duty_scope.duty = row.duty(duty);
    row.required(scope_type);
    duty_scope.scope =
        row.scope(scope_type, scope, hierarchy).value_or(Scope{});
    duty_scope.clause = row.text(clause);
    duty_scope.valid = row.valid();
    duty_scope.recorded = row.recorded();
    row.add(duty_scope, rows.tables().duty_scopes.size());
  }
}

void add_assignments(TableRows& rows) {
  enum : std::size_t {
    duty,
    role,
    holder_type,
    holder,
    scope_type,
    scope,
    hierarchy,
    clause
  };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Assignment assignment;
    assignment.duty = row.duty(duty);
    assignment.role = row.role(role);
    assignment.holder = row.entity(holder_type, holder);
    assignment.scope = row.scope(scope_type, scope, hierarchy);
    assignment.clause = row.text(clause);
    assignment.valid = row.valid();
    assignment.recorded = row.recorded();
    row.add(assignment, rows.tables().assignments.size());
  }
}

void add_needs(TableRows& rows) {
  enum : std::size_t {
    type,
    duty,
    role,
    pairing,
    measure,
    scope_type,
    scope,
    hierarchy,
    at_least,
    at_most,
    clause
  };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Need need;
    need.type = row.word<Need::Type>(type);
    if (!row.text(duty).empty()) need.duty = row.duty(duty);
    if (!row.text(role).empty()) need.role = row.role(role);
    need.pairing = row.text(pairing);
    if (!row.text(measure).empty()) need.measure = row.measure(measure);
    need.scope = row.scope(scope_type, scope, hierarchy);
    need.at_least = row.count(at_least, 1);
    if (!row.text(at_most).empty()) need.at_most = row.count(at_most, 0);
    need.clause = row.text(clause);
    need.valid = row.valid();
    need.recorded = row.recorded();
    row.add(need, rows.tables().needs.size());
  }
}

// The value of a record in the decimals of its measure.
std::int64_t value_of(Row& row, std::size_t column, const Measure& measure) {
  const std::string_view given = row.text(column);
  if (measure.nature == Nature::flag) {
    return row.boolean(column, true) ? 1 : 0;
  }
  const Decimal number =
      parse_decimal(given.empty() ? "1" : given, measure.decimals);
  switch (number.fault) {
    case DecimalFault::none:
      break;
    case DecimalFault::not_a_number:
      row.fail(column, Code::value_not_a_number,
               "expected a decimal number such as -12.5");
      break;
    case DecimalFault::too_many_places:
      row.fail(column, Code::value_out_of_range,
               "measure " + in_quotes(measure.id) + " has " +
                   std::to_string(measure.decimals) + " decimals");
      break;
    case DecimalFault::too_large:
      row.fail(column, Code::value_out_of_range,
               "with " + std::to_string(measure.decimals) +
                   " decimals it is beyond 64 bits");
      break;
  }
  return number.value;
}

void add_records(TableRows& rows) {
  enum : std::size_t { id, measure, unit, person, value, reach, source };
  Registry::Tables& tables = rows.tables();
  const auto units = rows.find_all(tables.unit_index, unit);
  const auto persons = rows.find_all(tables.person_index, person);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Record record;
    record.measure = row.measure(measure);
    if (!row.text(unit).empty()) record.unit = row.unit(unit, units[at]);
    if (!row.text(person).empty()) {
      record.person = row.person(person, persons[at]);
    }
    record.valid = row.valid_days();
    record.recorded = row.recorded();
    if (!record.measure.is_none()) {
      record.value =
          value_of(row, value, tables.measures[record.measure.value]);
    }
    record.reach = row.word(reach, std::optional(Reach::own));
    record.source = row.text(source);
    if (!row.is_good()) continue;
    const auto added = rows.registry().add(record, row.text(id));
    if (added) {
      row.note(added->value);
    } else if (added.error().code == Code::identity_repeated ||
               added.error().code == Code::identity_invalid) {
      row.fail(id, added.error().code, added.error().message);
    } else {
      row.fail_row(added.error());
    }
  }
}

void add_attendance(TableRows& rows) {
  enum : std::size_t { record, person, status };
  Registry::Tables& tables = rows.tables();
  const auto records = rows.find_all(tables.record_index, record);
  const auto persons = rows.find_all(tables.person_index, person);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Attendance mark;
    mark.record = records[at] == IdentityIndex::none
                      ? row.record(record)
                      : tables.record_of_name[records[at]];
    mark.person = row.person(person, persons[at]);
    mark.presence = row.word<Presence>(status);
    mark.recorded = row.recorded();
    row.add(mark, tables.attendance.size());
  }
}

void add_attributes(TableRows& rows) {
  enum : std::size_t { subject_type, subject, attribute, value };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    Attribute entry;
    entry.subject = row.entity(subject_type, subject);
    if (!row.required(attribute).empty()) {
      entry.attribute = row.made(
          attribute, rows.registry().make_attribute(row.text(attribute)));
    }
    entry.value = row.required(value);
    entry.valid = row.valid();
    entry.recorded = row.recorded();
    row.add(entry, rows.tables().attributes.size());
  }
}

// Reads `1/3`; an empty text is the whole.
void read_share(Row& row, std::size_t column, EventPart& part) {
  const std::string_view given = row.text(column);
  if (given.empty()) return;
  const std::size_t slash = given.find('/');
  const Decimal upper = parse_decimal(given.substr(0, slash), 0);
  const Decimal lower = parse_decimal(
      slash == std::string_view::npos ? "1" : given.substr(slash + 1), 0);
  constexpr std::int64_t part_max = 1'000'000'000;
  if (upper.fault != DecimalFault::none || lower.fault != DecimalFault::none ||
      upper.value < 0 || lower.value < 1 || lower.value > part_max ||
      upper.value > lower.value) {
    row.fail(column, Code::value_out_of_range,
             "expected a fraction between 0 and 1 such as 1/3");
    return;
  }
  part.share_numerator = static_cast<std::uint32_t>(upper.value);
  part.share_denominator = static_cast<std::uint32_t>(lower.value);
}

void add_events(TableRows& rows) {
  enum : std::size_t { event, change, day, part, unit, share, reference };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Row row(rows, at);
    EventPart entry;
    if (!row.required(event).empty()) {
      entry.event =
          row.made(event, rows.registry().make_event(row.text(event)));
    }
    entry.change = row.word<Change>(change);
    entry.day = row.date(day);
    const std::string_view side = row.required(part);
    entry.is_result = side == "result";
    if (!side.empty() && side != "result" && side != "original") {
      row.fail(part, Code::value_not_in_list, "expected original or result");
    }
    entry.unit = row.unit(unit, rows.tables().unit_index.find(row.text(unit)));
    read_share(row, share, entry);
    entry.reference = row.text(reference);
    entry.recorded = row.recorded();
    row.add(entry, rows.tables().event_parts.size());
  }
}

constexpr bool needed = true;

// Makes room in a table that is empty: one with rows already, as of a file
// before, grows as it will.
template <typename Table>
void make_room(Table& table, std::size_t rows) {
  if (table.empty()) table.reserve(rows);
}

std::vector<TableSpec> vocabulary_tables() {
  return {TableSpec{"kinds",
                    {{"kind", needed}, {"parent"}, {"label_zh"}, {"label_en"}},
                    Clocks::none,
                    add_kinds},
          TableSpec{"hierarchies",
                    {{"hierarchy", needed},
                     {"parents"},
                     {"cycles"},
                     {"orphans"},
                     {"outside_life"},
                     {"child_kinds"},
                     {"parent_kinds"},
                     {"label_zh"},
                     {"label_en"}},
                    Clocks::none,
                    add_hierarchies},
          TableSpec{"roles",
                    {{"role", needed},
                     {"holders_max"},
                     {"function"},
                     {"holder_types"},
                     {"holder_kinds"},
                     {"label_zh"},
                     {"label_en"}},
                    Clocks::none,
                    add_roles},
          TableSpec{"measures",
                    {{"measure", needed},
                     {"nature", needed},
                     {"unit_of_measure"},
                     {"decimals"},
                     {"label_zh"},
                     {"label_en"}},
                    Clocks::none,
                    add_measures}};
}

std::vector<TableSpec> structure_tables() {
  return {
      TableSpec{"units",
                {{"unit", needed}, {"kind", needed}, {"name"}, {"code"}},
                Clocks::both,
                add_units,
                [](const LoadContext& context, std::size_t rows) {
                  Registry::Tables& tables = context.registry.tables();
                  if (tables.unit_index.size() == 0) {
                    tables.unit_index.reserve(rows);
                  }
                  make_room(tables.unit_states, rows);
                }},
      TableSpec{"links",
                {{"hierarchy", needed}, {"unit", needed}, {"parent", needed}},
                Clocks::both,
                add_links,
                [](const LoadContext& context, std::size_t rows) {
                  Registry::Tables& tables = context.registry.tables();
                  make_room(tables.links, rows);
                }}};
}

std::vector<TableSpec> people_tables() {
  return {TableSpec{"persons",
                    {{"person", needed}},
                    Clocks::none,
                    add_persons,
                    [](const LoadContext& context, std::size_t rows) {
                      Registry::Tables& tables = context.registry.tables();
                      if (tables.person_index.size() == 0) {
                        tables.person_index.reserve(rows);
                      }
                    }},
          TableSpec{"memberships",
                    {{"person", needed}, {"unit", needed}, {"standing"}},
                    Clocks::both,
                    add_memberships,
                    [](const LoadContext& context, std::size_t rows) {
                      Registry::Tables& tables = context.registry.tables();
                      make_room(tables.memberships, rows);
                      if (context.makes_persons &&
                          tables.person_index.size() == 0) {
                        tables.person_index.reserve(rows);
                      }
                    }},
          TableSpec{"posts",
                    {{"post", needed},
                     {"unit", needed},
                     {"role", needed},
                     {"seats"},
                     {"ex_officio"}},
                    Clocks::both,
                    add_posts},
          TableSpec{"holdings",
                    {{"post", needed}, {"person", needed}, {"acting"}},
                    Clocks::both,
                    add_holdings}};
}

std::vector<TableSpec> pairing_tables() {
  return {TableSpec{"pairings",
                    {{"pairing", needed},
                     {"holder_type"},
                     {"holder", needed},
                     {"unit", needed}},
                    Clocks::both,
                    add_pairings}};
}

std::vector<TableSpec> duty_tables() {
  return {
      TableSpec{
          "duties",
          {{"duty", needed}, {"name"}, {"clause"}, {"inherited"}, {"division"}},
          Clocks::both,
          add_duties},
      TableSpec{"duty_scopes",
                {{"duty", needed},
                 {"scope_type", needed},
                 {"scope"},
                 {"hierarchy"},
                 {"clause"}},
                Clocks::both,
                add_duty_scopes},
      TableSpec{"assignments",
                {{"duty", needed},
                 {"role", needed},
                 {"holder_type", needed},
                 {"holder", needed},
                 {"scope_type"},
                 {"scope"},
                 {"hierarchy"},
                 {"clause"}},
                Clocks::both,
                add_assignments},
      TableSpec{"needs",
                {{"need", needed},
                 {"duty"},
                 {"role"},
                 {"pairing"},
                 {"measure"},
                 {"scope_type"},
                 {"scope"},
                 {"hierarchy"},
                 {"at_least"},
                 {"at_most"},
                 {"clause"}},
                Clocks::both,
                add_needs}};
}

std::vector<TableSpec> record_tables() {
  return {
      TableSpec{"records",
                {{"record"},
                 {"measure", needed},
                 {"unit"},
                 {"person"},
                 {"value"},
                 {"reach"},
                 {"source"}},
                Clocks::both,
                add_records,
                [](const LoadContext& context, std::size_t rows) {
                  Registry::Tables& tables = context.registry.tables();
                  make_room(tables.records, rows);
                }},
      TableSpec{"attendance",
                {{"record", needed}, {"person", needed}, {"status", needed}},
                Clocks::recorded,
                add_attendance,
                [](const LoadContext& context, std::size_t rows) {
                  Registry::Tables& tables = context.registry.tables();
                  make_room(tables.attendance, rows);
                }},
      TableSpec{"attributes",
                {{"subject_type", needed},
                 {"subject", needed},
                 {"attribute", needed},
                 {"value", needed}},
                Clocks::both,
                add_attributes},
      TableSpec{"events",
                {{"event", needed},
                 {"change", needed},
                 {"day", needed},
                 {"part", needed},
                 {"unit", needed},
                 {"share"},
                 {"reference"}},
                Clocks::recorded,
                add_events}};
}

}  // namespace

std::span<const TableSpec> table_specs() {
  // Holders of pairings may be posts and persons, so these come after both.
  static const std::vector<TableSpec> specs = [] {
    std::vector<TableSpec> all;
    for (auto tables : {vocabulary_tables, structure_tables, people_tables,
                        pairing_tables, duty_tables, record_tables}) {
      for (TableSpec& spec : tables()) all.push_back(std::move(spec));
    }
    return all;
  }();
  return specs;
}

}  // namespace headrope
