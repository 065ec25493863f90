// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From answers to tables.

#include <algorithm>
#include <utility>

#include "base/checked.hpp"
#include "evaluate/words.hpp"
#include "headrope/table.hpp"
#include "model/words.hpp"

namespace headrope {
namespace {

Column column_of(std::string name, Column::Type type) {
  Column column;
  column.name = std::move(name);
  column.type = type;
  return column;
}

Column text_column(std::string name) {
  return column_of(std::move(name), Column::Type::text);
}

Column number_column(std::string name,
                     Column::Type type = Column::Type::integer) {
  return column_of(std::move(name), type);
}

void add_number(Column& column, std::optional<std::int64_t> number) {
  column.numbers.push_back(number.value_or(0));
  column.missing.push_back(number ? 0 : 1);
}

// The places to show, in order.
std::vector<PlaceIndex> shown_places(const Forest& forest, const Shown& shown) {
  std::vector<PlaceIndex> places;
  const bool all = shown.top.is_none();
  const std::uint32_t first = all ? 0 : shown.top.value;
  const std::uint32_t last =
      all ? static_cast<std::uint32_t>(forest.place_count())
          : forest.end(shown.top).value;
  const std::uint32_t top_depth = all ? 0 : forest.depth(shown.top);
  for (PlaceIndex place{first}; place.value < last; ++place.value) {
    if (!shown.levels || forest.depth(place) - top_depth <= *shown.levels) {
      places.push_back(place);
    }
  }
  return places;
}

// A table that begins with the units of some places.
Table unit_table(const Snapshot& snapshot, const Forest& forest,
                 const std::vector<PlaceIndex>& places) {
  Table table;
  Column unit = text_column("unit");
  Column parent = text_column("parent");
  Column name = text_column("name");
  Column kind = text_column("kind");
  const std::uint16_t top = places.empty()
                                ? std::uint16_t{0}
                                : forest.depth_column()[places.front().value];
  for (const PlaceIndex place : places) {
    const UnitIndex index = forest.unit(place);
    const PlaceIndex above = forest.parent(place);
    unit.texts.emplace_back(snapshot.identity(index));
    parent.texts.emplace_back(above.is_none()
                                  ? std::string_view{}
                                  : snapshot.identity(forest.unit(above)));
    name.texts.emplace_back(snapshot.name(index));
    kind.texts.emplace_back(snapshot.kinds()[snapshot.kind(index).value].id);
    const std::uint16_t depth = forest.depth_column()[place.value];
    table.depth.push_back(
        static_cast<std::uint16_t>(depth > top ? depth - top : 0));
  }
  table.columns = {std::move(unit), std::move(parent), std::move(name),
                   std::move(kind)};
  return table;
}

// Adds one number for each place.
template <typename NumberOf>
void add_place_column(Table& table, const std::vector<PlaceIndex>& places,
                      Column column, const NumberOf& number_of) {
  column.numbers.reserve(places.size());
  for (const PlaceIndex place : places) {
    column.numbers.push_back(number_of(place));
  }
  table.columns.push_back(std::move(column));
}

void add_ratio(Table& table, std::string name, std::string_view numerator,
               std::string_view denominator) {
  Column ratio = number_column(std::move(name), Column::Type::ratio);
  ratio.numbers = table.find(numerator)->numbers;
  ratio.denominators = table.find(denominator)->numbers;
  table.columns.push_back(std::move(ratio));
}

// The threshold and the margin of a cell as whole numbers, where they are
// whole: a pro rata threshold is rounded up, since values are whole.
std::int64_t threshold_of(const Assessment& assessment, std::size_t cell) {
  const auto [numerator, denominator] = assessment.threshold(cell);
  const std::int64_t whole = numerator / denominator;
  return numerator % denominator > 0 ? whole + 1 : whole;
}

bool is_judged(Status status) {
  return status == Status::met || status == Status::unmet ||
         status == Status::pending;
}

// Subjects in the order of their identities, so that a list of them does not
// depend on the order of the input.
std::vector<std::size_t> subjects_by_identity(
    const Assessment& assessment,
    const std::vector<std::string_view>& identities) {
  std::vector<std::size_t> order(assessment.subjects.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) {
              return identities[left] < identities[right];
            });
  return order;
}

}  // namespace

Table roll_up_table(const Snapshot& snapshot, const Forest& forest,
                    std::span<const std::int64_t> own,
                    std::span<const std::int64_t> sums, int decimals,
                    const Shown& shown) {
  const auto places = shown_places(forest, shown);
  Table table = unit_table(snapshot, forest, places);
  const auto type =
      decimals == 0 ? Column::Type::integer : Column::Type::decimal;
  Column own_column = number_column("own", type);
  Column sum_column = number_column("sum", type);
  own_column.decimals = decimals;
  sum_column.decimals = decimals;
  add_place_column(table, places, std::move(own_column), [&](PlaceIndex place) {
    return own[forest.unit(place).value];
  });
  add_place_column(table, places, std::move(sum_column),
                   [&](PlaceIndex place) { return sums[place.value]; });
  return table;
}

Table coverage_table(const Snapshot& snapshot, const Forest& forest,
                     const Coverage& coverage, const Shown& shown) {
  const auto places = shown_places(forest, shown);
  Table table = unit_table(snapshot, forest, places);
  add_place_column(
      table, places, number_column("eligible"),
      [&](PlaceIndex place) { return coverage.at(place).eligible(); });
  for (std::size_t at = 0; at < status_count; ++at) {
    const auto status = static_cast<Status>(at);
    Column column = number_column(std::string(status_words[at]));
    column.is_rare = status != Status::met && status != Status::unmet;
    add_place_column(table, places, std::move(column), [&](PlaceIndex place) {
      return coverage.at(place).of(status);
    });
  }
  add_ratio(table, "rate", "met", "eligible");
  return table;
}

Table members_table(const Snapshot& snapshot, const Forest& forest,
                    std::span<const std::int64_t> counts, const Shown& shown) {
  const auto places = shown_places(forest, shown);
  Table table = unit_table(snapshot, forest, places);
  add_place_column(table, places, number_column("members"),
                   [&](PlaceIndex place) { return counts[place.value]; });
  return table;
}

Table attendance_table(const Snapshot& snapshot, const Forest& forest,
                       const AttendanceCounts& counts, const Shown& shown) {
  const auto of = [&](Presence presence, PlaceIndex place) {
    return counts.by_presence[static_cast<std::size_t>(presence)][place.value];
  };
  const auto expected = [&](PlaceIndex place) {
    std::int64_t sum = 0;
    for (const auto& column : counts.by_presence) sum += column[place.value];
    return sum;
  };
  auto places = shown_places(forest, shown);
  std::erase_if(places, [&](PlaceIndex place) { return expected(place) == 0; });
  Table table = unit_table(snapshot, forest, places);
  for (std::size_t at = 0; at < words<Presence>.size(); ++at) {
    add_place_column(
        table, places, number_column(std::string(words<Presence>[at])),
        [&](PlaceIndex place) { return of(static_cast<Presence>(at), place); });
  }
  add_place_column(
      table, places, number_column("attended"), [&](PlaceIndex place) {
        return of(Presence::present, place) + of(Presence::late, place) +
               of(Presence::made_up, place);
      });
  add_place_column(table, places, number_column("expected"), expected);
  add_ratio(table, "attendance_rate", "attended", "expected");
  Column not_excused =
      number_column("rate_without_excused", Column::Type::ratio);
  not_excused.numbers = table.find("attended")->numbers;
  for (const PlaceIndex place : places) {
    not_excused.denominators.push_back(expected(place) -
                                       of(Presence::excused, place));
  }
  table.columns.push_back(std::move(not_excused));
  return table;
}

Table assessment_table(const Snapshot& snapshot, const Assessment& assessment) {
  const bool persons = assessment.rule.subjects.type == Subjects::Type::persons;
  std::vector<std::string_view> identities;
  identities.reserve(assessment.subjects.size());
  for (const std::uint32_t subject : assessment.subjects) {
    identities.push_back(persons ? snapshot.identity(PersonId{subject})
                                 : snapshot.identity(UnitIndex{subject}));
  }
  const int decimals = decimals_of(snapshot, assessment.rule.tally);
  const auto number_type =
      decimals == 0 ? Column::Type::integer : Column::Type::decimal;
  Column subject = text_column("subject");
  Column name = text_column("name");
  Column from = number_column("valid_from", Column::Type::date);
  Column until = number_column("valid_until", Column::Type::date);
  Column value = number_column("value", number_type);
  Column threshold = number_column("threshold", number_type);
  Column margin = number_column("margin", number_type);
  Column status = text_column("status");
  Column overall = text_column("overall");
  for (Column* column : {&value, &threshold, &margin}) {
    column->decimals = decimals;
  }
  for (const std::size_t at : subjects_by_identity(assessment, identities)) {
    const Status over_all = assessment.overall(at);
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const std::size_t cell = assessment.at(at, w);
      const bool judged = is_judged(assessment.statuses[cell]);
      const bool has_value = assessment.has_value[cell] != 0;
      const std::int64_t wanted = threshold_of(assessment, cell);
      std::int64_t distance = 0;
      const bool fits =
          !__builtin_sub_overflow(assessment.values[cell], wanted, &distance);
      subject.texts.emplace_back(identities[at]);
      name.texts.emplace_back(
          persons ? std::string_view{}
                  : snapshot.name(UnitIndex{assessment.subjects[at]}));
      const Interval& window = assessment.windows[w];
      add_number(from,
                 window.valid_from.is_open()
                     ? std::nullopt
                     : std::optional<std::int64_t>(window.valid_from.days));
      add_number(until, window.valid_until.days);
      add_number(value, has_value ? std::optional(assessment.values[cell])
                                  : std::nullopt);
      add_number(threshold, judged ? std::optional(wanted) : std::nullopt);
      add_number(margin, judged && has_value && fits ? std::optional(distance)
                                                     : std::nullopt);
      status.texts.emplace_back(
          status_words[static_cast<std::size_t>(assessment.statuses[cell])]);
      overall.texts.emplace_back(
          status_words[static_cast<std::size_t>(over_all)]);
    }
  }
  Table table;
  table.columns = {std::move(subject), std::move(name),   std::move(from),
                   std::move(until),   std::move(value),  std::move(threshold),
                   std::move(margin),  std::move(status), std::move(overall)};
  return table;
}

Table findings_table(const Diagnostics& findings) {
  Column id = text_column("id");
  Column severity = text_column("severity");
  Column file = text_column("file");
  Column row = number_column("row");
  Column column = text_column("column");
  Column value = text_column("value");
  Column message = text_column("message");
  for (const Diagnostic& finding : findings.items()) {
    id.texts.emplace_back(code_info(finding.code).id);
    severity.texts.emplace_back(
        finding.severity == Severity::error ? "error" : "warning");
    file.texts.push_back(finding.file);
    add_number(row,
               finding.row == 0
                   ? std::nullopt
                   : std::optional(static_cast<std::int64_t>(finding.row)));
    column.texts.push_back(finding.column);
    value.texts.push_back(finding.value);
    message.texts.push_back(finding.message);
  }
  Table table;
  table.columns = {std::move(id),     std::move(severity), std::move(file),
                   std::move(row),    std::move(column),   std::move(value),
                   std::move(message)};
  return table;
}

}  // namespace headrope
