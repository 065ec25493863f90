// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Each condition under which a row is not ready is one of which the loader of
// its table (tables.cpp) or Registry::add would find something. Where that is
// not sure, the row is not ready either.

#include "load/read_ahead.hpp"

#include "base/decimal.hpp"
#include "calendar/quick_date.hpp"

namespace headrope {
namespace {

// A column of a batch. One that the file does not have holds empty texts.
class Column {
 public:
  Column(const ParsedRows& rows, std::size_t column)
      : texts_(rows.batch.columns[column]) {}
  [[nodiscard]] bool is_missing() const { return texts_.empty(); }
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    return texts_.empty() ? std::string_view{} : texts_[row];
  }

 private:
  std::span<const std::string_view> texts_;
};

// The ids of a column, for the rows of the batch.
void find_column(const IdentityIndex& index, const ParsedRows& rows,
                 std::size_t column, std::vector<std::uint32_t>& ids) {
  const auto& texts = rows.batch.columns[column];
  ids.assign(rows.batch.row_count, IdentityIndex::none);
  if (texts.empty()) return;
  index.find_all(std::span(texts).first(rows.batch.row_count), ids);
}

bool is_day(Date day) { return day.is_open() || is_civil(day); }

// Reads a day, or gives `otherwise` for an empty text.
class DayColumn {
 public:
  DayColumn(const ParsedRows& rows, std::size_t column, Date otherwise)
      : texts_(rows, column), otherwise_(otherwise) {}
  bool read(std::size_t row, Date& day) const {
    const std::string_view text = texts_[row];
    day = otherwise_;
    return text.empty() || read_date_quickly(text, day);
  }
  [[nodiscard]] bool is_empty(std::size_t row) const {
    return texts_[row].empty();
  }
  [[nodiscard]] bool is_missing() const { return texts_.is_missing(); }

 private:
  Column texts_;
  Date otherwise_;
};

// The clocks of a table with both; `first` is the column of `valid_from`.
class Clock {
 public:
  Clock(const LoadContext& context, const ParsedRows& rows, std::size_t first)
      : valid_from_(rows, first, Date::open_start()),
        valid_until_(rows, first + 1, Date::open_end()),
        recorded_from_(rows, first + 2, context.recorded_from),
        recorded_until_(rows, first + 3, Date::open_end()),
        ends_are_inclusive_(context.ends_are_inclusive),
        is_recorded_(!recorded_from_.is_missing() ||
                     !recorded_until_.is_missing()),
        recorded_{context.recorded_from, Date::open_end()},
        is_recorded_good_(is_day(context.recorded_from) &&
                          !recorded_.is_empty()) {}

  [[nodiscard]] bool read_valid(std::size_t row, Interval& valid) const {
    if (!valid_from_.read(row, valid.valid_from) ||
        !read_until(row, valid.valid_until)) {
      return false;
    }
    return !valid.is_empty();
  }

  // As `read_valid`, but an empty end is the day after the start.
  [[nodiscard]] bool read_days(std::size_t row, Interval& valid) const {
    if (valid_from_.is_empty(row) || !valid_from_.read(row, valid.valid_from)) {
      return false;
    }
    if (valid_until_.is_empty(row)) {
      valid.valid_until = add_days(valid.valid_from, 1);
    } else if (!read_until(row, valid.valid_until)) {
      return false;
    }
    return is_civil(valid.valid_until) && !valid.is_empty();
  }

  [[nodiscard]] bool read_recorded(std::size_t row, Interval& recorded) const {
    recorded = recorded_;
    if (!is_recorded_) return is_recorded_good_;
    return recorded_from_.read(row, recorded.valid_from) &&
           recorded_until_.read(row, recorded.valid_until) &&
           is_day(recorded.valid_from) && !recorded.is_empty();
  }

 private:
  bool read_until(std::size_t row, Date& until) const {
    if (!valid_until_.read(row, until)) return false;
    if (!ends_are_inclusive_ || until.is_open()) return true;
    const Date next = add_days(until, 1);
    until = is_civil(next) ? next : Date::open_end();
    return true;
  }

  DayColumn valid_from_, valid_until_, recorded_from_, recorded_until_;
  bool ends_are_inclusive_;
  bool is_recorded_;
  Interval recorded_;
  bool is_recorded_good_;
};

// An identity that may be new must be one.
class IdentityColumn {
 public:
  IdentityColumn(const LoadContext& context, const ParsedRows& rows,
                 std::size_t column)
      : texts_(rows, column),
        bytes_max_(context.registry.limits().identity_bytes_max),
        may_hold_zero_(rows.has_zero_byte) {}
  [[nodiscard]] bool is_good(std::size_t row) const {
    const std::string_view text = texts_[row];
    return !text.empty() && text.size() <= bytes_max_ &&
           (!may_hold_zero_ || text.find('\0') == std::string_view::npos);
  }

 private:
  Column texts_;
  std::size_t bytes_max_;
  bool may_hold_zero_;
};

template <typename Enum>
std::uint32_t word_number(std::string_view word) {
  const auto found = find_word<Enum>(word);
  return found ? static_cast<std::uint32_t>(*found) : WordMemory::none;
}

// Room for the rows of the batch in a vector of the model.
template <typename Row>
void make_ready(std::vector<Row>& list, const ParsedRows& rows,
                ReadyRows& ready) {
  list.resize(rows.batch.row_count);
  ready.is_ready.assign(rows.batch.row_count, 0);
}

void read_units(const LoadContext& context, const ParsedRows& rows,
                ReadyRows& ready) {
  enum : std::size_t { id, kind, name, code, clocks };
  const Registry& registry = context.registry;
  const IdentityColumn ids(context, rows, id);
  const Column kinds(rows, kind);
  const Column names(rows, name);
  const Column codes(rows, code);
  const Clock clock(context, rows, clocks);
  make_ready(ready.units, rows, ready);
  for (std::size_t at = 0; at < rows.batch.row_count; ++at) {
    UnitState& state = ready.units[at];
    const std::uint32_t found =
        ready.kinds.of(kinds[at], [&](std::string_view word) {
          return registry.find_kind(word).value_or(KindId{}).value;
        });
    if (!ids.is_good(at) || KindId{found}.is_none() ||
        !clock.read_valid(at, state.valid) ||
        !clock.read_recorded(at, state.recorded)) {
      continue;
    }
    state.kind = KindId{found};
    state.name = names[at];
    state.code = codes[at];
    ready.is_ready[at] = 1;
  }
}

void read_links(const LoadContext& context, const ParsedRows& rows,
                ReadyRows& ready) {
  enum : std::size_t { hierarchy, unit, parent, clocks };
  const Registry& registry = context.registry;
  const Column hierarchies(rows, hierarchy);
  const Column parents(rows, parent);
  const Clock clock(context, rows, clocks);
  find_column(registry.tables().unit_index, rows, unit, ready.first);
  find_column(registry.tables().unit_index, rows, parent, ready.second);
  make_ready(ready.links, rows, ready);
  for (std::size_t at = 0; at < rows.batch.row_count; ++at) {
    Link& link = ready.links[at];
    link.hierarchy.value =
        ready.hierarchies.of(hierarchies[at], [&](std::string_view word) {
          return registry.find_hierarchy(word).value_or(HierarchyId{}).value;
        });
    link.unit.value = ready.first[at];
    link.parent.value = ready.second[at];
    const bool has_parent = !parents[at].empty();
    if (link.hierarchy.is_none() || link.unit.value == IdentityIndex::none ||
        (has_parent && link.parent.value == IdentityIndex::none) ||
        (has_parent && link.unit == link.parent) ||
        !clock.read_valid(at, link.valid) ||
        !clock.read_recorded(at, link.recorded)) {
      continue;
    }
    if (!has_parent) link.parent = {};
    ready.is_ready[at] = 1;
  }
}

void read_memberships(const LoadContext& context, const ParsedRows& rows,
                      ReadyRows& ready) {
  enum : std::size_t { person, unit, standing, clocks };
  const Registry::Tables& tables = context.registry.tables();
  const IdentityColumn persons(context, rows, person);
  const Column standings(rows, standing);
  const Clock clock(context, rows, clocks);
  find_column(tables.unit_index, rows, unit, ready.first);
  // Persons who may be new are found, or made, when the rows are added.
  const bool is_listed = !context.makes_persons;
  if (is_listed) find_column(tables.person_index, rows, person, ready.second);
  make_ready(ready.memberships, rows, ready);
  for (std::size_t at = 0; at < rows.batch.row_count; ++at) {
    Membership& membership = ready.memberships[at];
    const std::string_view word = standings[at];
    const std::uint32_t meaning =
        word.empty() ? static_cast<std::uint32_t>(Standing::primary)
                     : ready.standings.of(word, word_number<Standing>);
    membership.unit.value = ready.first[at];
    if (is_listed) membership.person.value = ready.second[at];
    if (!persons.is_good(at) || membership.unit.value == IdentityIndex::none ||
        (is_listed && membership.person.value == IdentityIndex::none) ||
        meaning == WordMemory::none ||
        !clock.read_valid(at, membership.valid) ||
        !clock.read_recorded(at, membership.recorded)) {
      continue;
    }
    membership.standing = static_cast<Standing>(meaning);
    ready.is_ready[at] = 1;
  }
}

// Reads a value in the decimals of its measure.
bool read_value(std::string_view text, const Measure& measure,
                std::int64_t& value) {
  if (measure.nature == Nature::flag) {
    value = text == "false" ? 0 : 1;
    return text.empty() || text == "true" || text == "false";
  }
  if (text.empty()) text = "1";
  // Few digits and nothing else: the way of most.
  constexpr std::size_t digits_max = 9;
  std::int64_t number = 0;
  bool is_plain = text.size() <= digits_max && measure.decimals == 0;
  for (std::size_t at = 0; is_plain && at < text.size(); ++at) {
    const char digit = text[at];
    is_plain = digit >= '0' && digit <= '9';
    number = number * 10 + (digit - '0');
  }
  if (is_plain) {
    value = number;
    return true;
  }
  const Decimal decimal = parse_decimal(text, measure.decimals);
  value = decimal.value;
  return decimal.fault == DecimalFault::none;
}

void read_records(const LoadContext& context, const ParsedRows& rows,
                  ReadyRows& ready) {
  enum : std::size_t {
    id,
    measure,
    unit,
    person,
    value,
    reach,
    source,
    clocks
  };
  const Registry& registry = context.registry;
  const Registry::Tables& tables = registry.tables();
  const Column ids(rows, id);
  const Column measures(rows, measure);
  const Column units(rows, unit);
  const Column persons(rows, person);
  const Column values(rows, value);
  const Column reaches(rows, reach);
  const Column sources(rows, source);
  const Clock clock(context, rows, clocks);
  find_column(tables.unit_index, rows, unit, ready.first);
  find_column(tables.person_index, rows, person, ready.second);
  make_ready(ready.records, rows, ready);
  for (std::size_t at = 0; at < rows.batch.row_count; ++at) {
    Record& record = ready.records[at];
    record.measure.value =
        ready.measures.of(measures[at], [&](std::string_view word) {
          return registry.find_measure(word).value_or(MeasureId{}).value;
        });
    const bool has_unit = !units[at].empty();
    const bool has_person = !persons[at].empty();
    const auto reach_given =
        reaches[at].empty() ? Reach::own : find_word<Reach>(reaches[at]);
    // Identities of records are few, and may be repeated.
    if (!ids[at].empty() || record.measure.is_none() ||
        (!has_unit && !has_person) || !reach_given ||
        (has_unit && ready.first[at] == IdentityIndex::none) ||
        (has_person && ready.second[at] == IdentityIndex::none) ||
        !read_value(values[at], tables.measures[record.measure.value],
                    record.value) ||
        !clock.read_days(at, record.valid) ||
        !clock.read_recorded(at, record.recorded)) {
      continue;
    }
    record.unit = has_unit ? UnitId{ready.first[at]} : UnitId{};
    record.person = has_person ? PersonId{ready.second[at]} : PersonId{};
    record.reach = *reach_given;
    record.source = sources[at];
    ready.is_ready[at] = 1;
  }
}

void read_attendance(const LoadContext& context, const ParsedRows& rows,
                     ReadyRows& ready) {
  // A table with `recorded` alone has its columns where others have them too.
  enum : std::size_t { record, person, status, clocks };
  const Registry::Tables& tables = context.registry.tables();
  const Column statuses(rows, status);
  const Clock clock(context, rows, clocks);
  find_column(tables.record_index, rows, record, ready.first);
  find_column(tables.person_index, rows, person, ready.second);
  make_ready(ready.attendance, rows, ready);
  for (std::size_t at = 0; at < rows.batch.row_count; ++at) {
    Attendance& mark = ready.attendance[at];
    const std::uint32_t presence =
        ready.presences.of(statuses[at], word_number<Presence>);
    if (ready.first[at] == IdentityIndex::none ||
        ready.second[at] == IdentityIndex::none ||
        presence == WordMemory::none ||
        !clock.read_recorded(at, mark.recorded)) {
      continue;
    }
    mark.record = tables.record_of_name[ready.first[at]];
    mark.person.value = ready.second[at];
    mark.presence = static_cast<Presence>(presence);
    ready.is_ready[at] = 1;
  }
}

// Whether a table takes so many more rows.
bool has_room(std::size_t rows, std::size_t more, std::size_t rows_max) {
  return rows <= rows_max && more <= rows_max - rows;
}

// Adds ready rows to a table, if there is room.
template <typename Table, typename Row>
bool append(Table& table, const std::vector<Row>& ready, std::size_t from,
            std::size_t until, const Limits& limits) {
  if (!has_room(table.size(), until - from, limits.rows_max)) return false;
  table.insert(table.end(), ready.begin() + static_cast<std::ptrdiff_t>(from),
               ready.begin() + static_cast<std::ptrdiff_t>(until));
  return true;
}

// The ids of some identities of a column, which are made if they are new.
std::vector<std::uint32_t> made_all(IdentityIndex& index,
                                    const ParsedRows& rows, std::size_t column,
                                    std::size_t from, std::size_t until) {
  std::vector<std::uint32_t> ids(until - from);
  index.find_or_add_all(
      std::span(rows.batch.columns[column]).subspan(from, until - from), ids);
  return ids;
}

bool add_units(Registry::Tables& t, const LoadContext& /*context*/,
               const ParsedRows& rows, const ReadyRows& ready, std::size_t from,
               std::size_t until) {
  if (!has_room(t.unit_index.size(), until - from, t.limits.units_max) ||
      !has_room(t.unit_states.size(), until - from, t.limits.rows_max)) {
    return false;
  }
  const auto ids = made_all(t.unit_index, rows, 0, from, until);
  append(t.unit_states, ready.units, from, until, t.limits);
  const std::size_t first = t.unit_states.size() - ids.size();
  for (std::size_t at = 0; at < ids.size(); ++at) {
    UnitState& state = t.unit_states[first + at];
    state.unit.value = ids[at];
    state.name = t.texts->keep(state.name);
    state.code = t.texts->keep(state.code);
  }
  return true;
}

bool add_links(Registry::Tables& t, const LoadContext& /*context*/,
               const ParsedRows& /*rows*/, const ReadyRows& ready,
               std::size_t from, std::size_t until) {
  return append(t.links, ready.links, from, until, t.limits);
}

bool add_memberships(Registry::Tables& t, const LoadContext& context,
                     const ParsedRows& rows, const ReadyRows& ready,
                     std::size_t from, std::size_t until) {
  if (!has_room(t.person_index.size(), until - from, t.limits.persons_max) ||
      !has_room(t.memberships.size(), until - from, t.limits.rows_max)) {
    return false;
  }
  append(t.memberships, ready.memberships, from, until, t.limits);
  if (!context.makes_persons) return true;
  const auto ids = made_all(t.person_index, rows, 0, from, until);
  const std::size_t first = t.memberships.size() - ids.size();
  for (std::size_t at = 0; at < ids.size(); ++at) {
    t.memberships[first + at].person.value = ids[at];
  }
  return true;
}

bool add_records(Registry::Tables& t, const LoadContext& /*context*/,
                 const ParsedRows& /*rows*/, const ReadyRows& ready,
                 std::size_t from, std::size_t until) {
  const std::size_t first = t.records.size();
  if (!append(t.records, ready.records, from, until, t.limits)) return false;
  for (std::size_t at = first; at < t.records.size(); ++at) {
    Record& record = t.records[at];
    record.source = t.keep_once(record.source);
  }
  return true;
}

bool add_attendance(Registry::Tables& t, const LoadContext& /*context*/,
                    const ParsedRows& /*rows*/, const ReadyRows& ready,
                    std::size_t from, std::size_t until) {
  return append(t.attendance, ready.attendance, from, until, t.limits);
}

constexpr std::array<QuickTable, 5> quick_tables{
    {{"units", read_units, add_units,
      [](const Registry::Tables& t) { return t.unit_states.size(); }},
     {"links", read_links, add_links,
      [](const Registry::Tables& t) { return t.links.size(); }},
     {"memberships", read_memberships, add_memberships,
      [](const Registry::Tables& t) { return t.memberships.size(); }},
     {"records", read_records, add_records,
      [](const Registry::Tables& t) { return t.records.size(); }},
     {"attendance", read_attendance, add_attendance,
      [](const Registry::Tables& t) { return t.attendance.size(); }}}};

}  // namespace

const QuickTable* find_quick_table(std::string_view name) {
  for (const QuickTable& table : quick_tables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

}  // namespace headrope
