// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Reading the values of a row.

#include "load/table_rows.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/utf8.hpp"

namespace headrope {
namespace {

// Positions among the date columns of a table with both clocks.
constexpr std::size_t valid_from_column = 0;
constexpr std::size_t valid_until_column = 1;
constexpr std::size_t recorded_from_column = 2;
constexpr std::size_t recorded_until_column = 3;

}  // namespace

RowOrigins::Place RowOrigins::place_of(std::size_t item) const {
  auto after = std::upper_bound(
      runs_.begin(), runs_.end(), item,
      [](std::size_t wanted, const Run& run) { return wanted < run.item; });
  if (after == runs_.begin()) return {};
  const Run& run = *std::prev(after);
  return {run.file, run.row + (item - run.item)};
}

TableRows::TableRows(LoadContext& context, const TableSpec& spec,
                     std::string file, std::size_t file_number,
                     RowOrigins& origins)
    : context_(context),
      spec_(spec),
      file_(std::move(file)),
      file_number_(file_number),
      origins_(origins) {
  batch.columns.resize(spec.columns.size() + 4);
}

std::vector<std::uint32_t> TableRows::find_all(const IdentityIndex& index,
                                               std::size_t at) const {
  std::vector<std::uint32_t> ids(size());
  index.find_all(column(at), ids);
  return ids;
}

void TableRows::add_finding(std::size_t row, std::string_view column, Code code,
                            std::string_view value, std::string message) {
  context_.findings.add({code, Severity::error, file_, batch.row_numbers[row],
                         std::string(column), std::string(value),
                         std::move(message)});
}

void Row::fail(std::size_t column, Code code, std::string message) {
  const auto& columns = rows_.spec_.columns;
  const std::string_view name = column < columns.size()
                                    ? columns[column].name
                                    : clock_columns[column - columns.size()];
  is_good_ = false;
  rows_.add_finding(row_, name, code, text(column), std::move(message));
}

void Row::fail_row(const Error& error) {
  is_good_ = false;
  rows_.add_finding(row_, {}, error.code, {}, error.message);
}

std::string_view Row::required(std::size_t column) {
  const std::string_view given = text(column);
  if (given.empty()) fail(column, Code::value_missing, "a value is needed");
  return given;
}

bool Row::boolean(std::size_t column, bool otherwise) {
  const std::string_view given = text(column);
  if (given.empty()) return otherwise;
  if (given != "true" && given != "false") {
    fail(column, Code::value_not_in_list, "expected true or false");
  }
  return given == "true";
}

std::uint32_t Row::count(std::size_t column, std::uint32_t otherwise) {
  const std::string_view given = text(column);
  if (given.empty()) return otherwise;
  const Decimal number = parse_decimal(given, 0);
  constexpr std::int64_t count_max = 1'000'000'000;
  if (number.fault == DecimalFault::not_a_number ||
      number.fault == DecimalFault::too_many_places) {
    fail(column, Code::value_not_a_number, "expected a whole number");
  } else if (number.fault != DecimalFault::none || number.value < 0 ||
             number.value > count_max) {
    fail(column, Code::value_out_of_range,
         "expected a number from 0 to 1000000000");
  }
  return is_good_ ? static_cast<std::uint32_t>(number.value) : otherwise;
}

Date Row::date(std::size_t column) {
  const std::string_view given = text(column);
  if (given == rows_.date_.text && !given.empty()) return rows_.date_.value;
  const auto day = parse_date(given);
  if (!day) {
    fail(column, given.empty() ? Code::value_missing : Code::value_not_a_date,
         given.empty()
             ? "a date is needed"
             : "expected " + std::string("a day written YYYY-MM-DD, from "
                                         "1400-01-01 to 9999-12-31"));
    return {};
  }
  rows_.date_.text = given;
  rows_.date_.value = *day;
  return *day;
}

Date Row::date_or(std::size_t column, Date otherwise) {
  return text(column).empty() ? otherwise : date(column);
}

// The end of an interval, turned into the day after if it was written as the
// last day.
Date Row::until(std::size_t column) {
  const Date written = date_or(column, Date::open_end());
  if (!rows_.context_.ends_are_inclusive) return written;
  const Date next = add_days(written, 1);
  return is_civil(next) ? next : Date::open_end();
}

std::size_t Row::clock_column(std::size_t which) const {
  return rows_.spec_.columns.size() + which;
}

Interval Row::valid() {
  Interval interval{
      date_or(clock_column(valid_from_column), Date::open_start()),
      until(clock_column(valid_until_column))};
  if (is_good_ && interval.is_empty()) {
    fail(clock_column(valid_until_column), Code::interval_reversed,
         "the end is not after valid_from " +
             in_quotes(text(clock_column(valid_from_column))));
  }
  return interval;
}

Interval Row::valid_days() {
  Interval interval = valid();
  const std::size_t from_column = clock_column(valid_from_column);
  if (text(from_column).empty()) {
    fail(from_column, Code::value_missing, "the first day is needed");
  } else if (text(clock_column(valid_until_column)).empty()) {
    interval.valid_until = add_days(interval.valid_from, 1);
  } else if (is_good_ && interval.valid_until.is_open()) {
    fail(clock_column(valid_until_column), Code::value_out_of_range,
         "a record must end before 9999-12-31");
  }
  return interval;
}

Interval Row::recorded() {
  Interval interval{
      date_or(clock_column(recorded_from_column), rows_.context_.recorded_from),
      date_or(clock_column(recorded_until_column), Date::open_end())};
  if (is_good_ && interval.is_empty()) {
    fail(clock_column(recorded_until_column), Code::interval_reversed,
         "the end is not after recorded_from " +
             in_quotes(to_string(interval.valid_from)));
  }
  return interval;
}

template <typename IdType, typename Found>
IdType Row::known(std::size_t column, const Found& found, Code code,
                  std::string_view what) {
  if (found) return *found;
  if (required(column).empty()) return {};
  fail(column, code, "no such " + std::string(what));
  return {};
}

UnitId Row::unit(std::size_t column, std::uint32_t found) {
  return known<UnitId>(column,
                       found == IdentityIndex::none
                           ? std::nullopt
                           : std::optional(UnitId{found}),
                       Code::unit_unknown, "unit in table 'units'");
}

PersonId Row::person(std::size_t column, std::uint32_t found) {
  return known<PersonId>(column,
                         found == IdentityIndex::none
                             ? std::nullopt
                             : std::optional(PersonId{found}),
                         Code::person_unknown, "person in table 'persons'");
}

// Like `known`, but looks only if the text is another than last time.
template <typename IdType, typename Find>
IdType Row::known_again(std::size_t column, TableRows::Last<IdType>& last,
                        const Find& find, Code code, std::string_view what) {
  const std::string_view given = text(column);
  if (!given.empty() && given == last.text) return last.value;
  const IdType id = known<IdType>(column, find(given), code, what);
  if (!id.is_none()) {
    last.text = given;
    last.value = id;
  }
  return id;
}

KindId Row::kind(std::size_t column) {
  return known_again(
      column, rows_.kind_,
      [&](std::string_view id) { return rows_.registry().find_kind(id); },
      Code::kind_unknown, "kind in the vocabulary or in table 'kinds'");
}

std::vector<KindId> Row::kinds(std::size_t column) {
  std::vector<KindId> list;
  std::string_view rest = text(column);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view name = rest.substr(0, end);
    if (const auto found = rows_.registry().find_kind(name)) {
      list.push_back(*found);
    } else {
      fail(column, Code::kind_unknown, "no such kind: " + in_quotes(name));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return list;
}

HierarchyId Row::hierarchy(std::size_t column) {
  return known_again(
      column, rows_.hierarchy_,
      [&](std::string_view id) { return rows_.registry().find_hierarchy(id); },
      Code::hierarchy_unknown,
      "hierarchy in the vocabulary or in table 'hierarchies'");
}

RoleId Row::role(std::size_t column) {
  return known<RoleId>(column, rows_.registry().find_role(text(column)),
                       Code::role_unknown,
                       "role in the vocabulary or in table 'roles'");
}

MeasureId Row::measure(std::size_t column) {
  return known_again(
      column, rows_.measure_,
      [&](std::string_view id) { return rows_.registry().find_measure(id); },
      Code::measure_unknown,
      "measure in the vocabulary or in table 'measures'");
}

PostId Row::post(std::size_t column) {
  return known<PostId>(column, rows_.registry().find_post(text(column)),
                       Code::post_unknown, "post in table 'posts'");
}

DutyId Row::duty(std::size_t column) {
  return known<DutyId>(column, rows_.registry().find_duty(text(column)),
                       Code::duty_unknown, "duty in table 'duties'");
}

RecordId Row::record(std::size_t column) {
  return known<RecordId>(column, rows_.registry().find_record(text(column)),
                         Code::record_unknown, "record in table 'records'");
}

Entity Row::entity(std::size_t type_column, std::size_t column,
                   std::optional<EntityType> otherwise) {
  const auto type = word<EntityType>(type_column, otherwise);
  if (!is_good_) return {};
  switch (type) {
    case EntityType::unit:
      return {type,
              unit(column, rows_.tables().unit_index.find(text(column))).value};
    case EntityType::person:
      return {
          type,
          person(column, rows_.tables().person_index.find(text(column))).value};
    case EntityType::post:
      return {type, post(column).value};
    case EntityType::record:
      return {type, record(column).value};
  }
  return {};
}

std::optional<Scope> Row::scope(std::size_t type_column, std::size_t column,
                                std::size_t hierarchy_column) {
  if (text(type_column).empty()) return std::nullopt;
  Scope scope;
  scope.type = word<Scope::Type>(type_column);
  if (scope.type == Scope::Type::kind) scope.kind = kind(column);
  if (scope.type == Scope::Type::unit || scope.type == Scope::Type::subtree) {
    scope.unit = unit(column, rows_.tables().unit_index.find(text(column)));
  }
  if (scope.type == Scope::Type::subtree) {
    scope.hierarchy = hierarchy(hierarchy_column);
  }
  return scope;
}

}  // namespace headrope
