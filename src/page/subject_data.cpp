// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Rows, places and explanations of subjects.

#include "page/subject_data.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "headrope/pack_tables.hpp"

namespace headrope {
namespace {

std::string text_of(const std::optional<Fraction>& value, Column::Style style) {
  if (!value) return {};
  Column column;
  column.type = Column::Type::fraction;
  column.numbers = {value->numerator};
  column.denominators = {value->denominator};
  column.styles = {style};
  return display_text(column, 0);
}

Column::Style style_of(const RuleAssessment& assessment) {
  switch (value_unit(*assessment.pack, assessment.rule)) {
    case ValueUnit::rate:
      return Column::Style::percent;
    case ValueUnit::day:
      return Column::Style::day;
    case ValueUnit::number:
      break;
  }
  return Column::Style::number;
}

// The value of a single window; of several, how many of those that are judged
// are met.
std::string value_text(const RuleAssessment& assessment, std::size_t subject,
                       Column::Style style) {
  if (assessment.windows.size() == 1) {
    return text_of(assessment.value(subject), style);
  }
  const Ratio met = assessment.windows_met(subject);
  return fmt::format("{}/{}", met.numerator, met.denominator);
}

// A digit for the status of each window.
std::string window_digits(const RuleAssessment& assessment,
                          std::size_t subject) {
  std::string digits;
  for (std::size_t at = 0; at < assessment.windows.size(); ++at) {
    const Status status = assessment.statuses[assessment.at(subject, at)];
    digits += static_cast<char>('0' + static_cast<int>(status));
  }
  return digits;
}

// All places of a unit in a hierarchy.
template <typename Use>
void for_each_place(const Forest& forest, UnitIndex unit, const Use& use) {
  if (unit.is_none()) return;
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) return;
  use(first.value);
  for (const std::uint32_t place : forest.more_places(unit)) use(place);
}

// The rows that are explained, the most wanted first.
std::vector<std::uint32_t> explained_rows(const RuleAssessment& assessment,
                                          std::span<const std::uint32_t> rows,
                                          std::size_t count_max) {
  constexpr std::array wanted{
      Status::unmet,  Status::not_evaluable,  Status::pending,     Status::met,
      Status::exempt, Status::not_applicable, Status::not_in_force};
  std::vector<std::uint32_t> chosen;
  for (const Status status : wanted) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (chosen.size() >= count_max) return chosen;
      if (assessment.overall(rows[row]) == status) {
        chosen.push_back(static_cast<std::uint32_t>(row));
      }
    }
  }
  return chosen;
}

}  // namespace

std::vector<UnitIndex> homes_of(const Snapshot& snapshot,
                                const RuleAssessment& assessment) {
  const std::size_t count = assessment.subjects.size();
  std::vector<UnitIndex> homes(count);
  switch (assessment.subject_type) {
    case SubjectType::units:
      for (std::size_t at = 0; at < count; ++at) {
        homes[at] = {assessment.subjects[at]};
      }
      break;
    case SubjectType::posts:
    case SubjectType::records:
      for (std::size_t at = 0; at < count; ++at) {
        homes[at] = {assessment.subject_units[at]};
      }
      break;
    case SubjectType::persons: {
      std::vector<UnitIndex> of_person(snapshot.person_count());
      for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
        for (const PersonId person :
             snapshot.members({unit}, Standing::primary)) {
          of_person[person.value] = {unit};
        }
      }
      for (std::size_t at = 0; at < count; ++at) {
        homes[at] = of_person[assessment.subjects[at]];
      }
      break;
    }
    case SubjectType::duties:
      break;
  }
  return homes;
}

std::vector<std::uint32_t> row_order(const Snapshot& snapshot,
                                     std::span<const UnitIndex> homes) {
  std::vector<std::uint32_t> rows(homes.size());
  std::iota(rows.begin(), rows.end(), 0U);
  if (snapshot.forests().empty()) return rows;
  const Forest& forest = snapshot.forests().front();
  const auto place = [&](std::uint32_t at) {
    return homes[at].is_none() ? PlaceIndex::none_value
                               : forest.first_place(homes[at]).value;
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t left, std::uint32_t right) {
                     return place(left) < place(right);
                   });
  return rows;
}

void write_subjects(const Sink& sink, std::size_t rule_at,
                    const Snapshot& snapshot, const RuleAssessment& assessment,
                    std::span<const std::uint32_t> rows,
                    std::span<const UnitIndex> homes) {
  const Column::Style style = style_of(assessment);
  const bool has_windows = assessment.windows.size() != 1;
  // Names of units stand in the tree.
  const auto stands_in_tree = [&](std::size_t subject) {
    return assessment.subject_type == SubjectType::units &&
           !snapshot.forests().empty() &&
           !snapshot.forests().front().first_place(homes[subject]).is_none();
  };
  for (std::size_t begin = 0; begin < rows.size(); begin += subject_block) {
    const auto block =
        rows.subspan(begin, std::min(subject_block, rows.size() - begin));
    const auto write = [&](JsonWriter& json, std::string_view key,
                           const auto& value_of) {
      json.key(key);
      write_runs(json, block.size(),
                 [&](std::size_t at) { return value_of(block[at]); });
    };
    const std::string id =
        fmt::format("s{}b{}", rule_at, begin / subject_block);
    write_script(sink, id, [&](JsonWriter& json) {
      json.object();
      write(json, "ids", [&](std::size_t at) {
        return stands_in_tree(at)
                   ? std::string()
                   : subject_identity(snapshot, assessment.subject_type,
                                      assessment.subjects[at]);
      });
      write(json, "statuses", [&](std::size_t at) {
        return static_cast<int>(assessment.overall(at));
      });
      write(json, "values",
            [&](std::size_t at) { return value_text(assessment, at, style); });
      if (has_windows) {
        write(json, "windows",
              [&](std::size_t at) { return window_digits(assessment, at); });
      } else {
        write(json, "thresholds", [&](std::size_t at) {
          return text_of(assessment.threshold(at), style);
        });
        write(json, "reasons", [&](std::size_t at) {
          return assessment.reasons.empty()
                     ? std::string()
                     : assessment.reason_texts[assessment.reasons[at]];
        });
      }
      json.end();
    });
  }
}

void write_subject_places(const Sink& sink, std::size_t rule_at,
                          std::size_t forest_at, const Forest& forest,
                          const LevelOrder& order,
                          std::span<const std::uint32_t> rows,
                          std::span<const UnitIndex> homes) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> at_places;
  at_places.reserve(rows.size());
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for_each_place(forest, homes[rows[row]], [&](std::uint32_t place) {
      at_places.emplace_back(place, row);
    });
  }
  std::sort(at_places.begin(), at_places.end());
  const auto write = [&](JsonWriter& json, std::string_view key,
                         const auto& number_of) {
    json.key(key);
    write_rises(json, at_places.size(), [&](std::size_t at) {
      return static_cast<std::int64_t>(number_of(at_places[at]));
    });
  };
  write_script(
      sink, fmt::format("s{}f{}", rule_at, forest_at), [&](JsonWriter& json) {
        json.object();
        write(json, "places", [](const auto& one) { return one.first; });
        write(json, "ranks",
              [&](const auto& one) { return order.rank({one.first}); });
        write(json, "rows", [](const auto& one) { return one.second; });
        json.end();
      });
}

Result<void> write_explanations(const Sink& sink, std::size_t rule_at,
                                const Snapshot& snapshot,
                                const RuleAssessment& assessment,
                                const RuleQuestion& question,
                                std::span<const std::uint32_t> rows,
                                std::size_t count_max) {
  constexpr ExplainOptions shown{.items_max = 50};
  for (const std::uint32_t row : explained_rows(assessment, rows, count_max)) {
    const auto explanation =
        explain(snapshot, assessment.pack, assessment.rule,
                subject_identity(snapshot, assessment.subject_type,
                                 assessment.subjects[rows[row]]),
                question, shown);
    if (!explanation) return explanation.error();
    begin_script(sink, fmt::format("x{}-{}", rule_at, row));
    write_json(*explanation, without_tags(sink));
    end_script(sink);
  }
  return {};
}

}  // namespace headrope
