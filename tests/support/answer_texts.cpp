// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "support/answer_texts.hpp"

#include <cstdint>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include <headrope/answers.hpp>

namespace headrope::testing {
namespace {

using Texts = std::map<Name, Name>;

// Different for most units, and the same whatever their number.
std::int64_t figure(std::string_view identity) {
  return std::accumulate(
      identity.begin(), identity.end(), std::int64_t{0},
      [](std::int64_t sum, char byte) { return sum * 7 % 1009 + byte; });
}

template <typename T>
T value_of(Result<T> result) {
  if (!result) {
    RC_FAIL("refused: " + result.error().message);
  }
  return std::move(result).value();
}

Name joined(const StatusCounts& counts) {
  Name text;
  for (const std::int64_t count : counts.by_status) {
    text += std::to_string(count) + " ";
  }
  return text;
}

void add_places(const Snapshot& snapshot, const Forest& forest,
                const Name& prefix, Texts& texts) {
  std::vector<std::int64_t> figures;
  for (std::uint32_t u = 0; u < snapshot.unit_count(); ++u) {
    figures.push_back(figure(snapshot.identity(UnitIndex{u})));
  }
  const auto sums = value_of(roll_up(forest, figures));
  const auto primary = count_members(snapshot, forest, CountBasis::primary);
  const auto any = count_members(snapshot, forest, CountBasis::any);
  const auto every = count_members(snapshot, forest, CountBasis::every);
  for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
    texts[prefix + path(snapshot, forest, PlaceIndex{p})] =
        "place " + std::to_string(p) + " sum " + std::to_string(sums[p]) +
        " members " + std::to_string(primary[p]) + " " +
        std::to_string(any[p]) + " " + std::to_string(every[p]);
  }
}

void add_assessment(const Snapshot& snapshot, const Rule& rule,
                    const Interval& window, const Name& prefix, Texts& texts) {
  const Assessment assessment = value_of(assess(snapshot, rule, window));
  const bool of_units = rule.subjects.type == Subjects::Type::units;
  for (std::size_t s = 0; s < assessment.subjects.size(); ++s) {
    const std::uint32_t subject = assessment.subjects[s];
    Name& text =
        texts[prefix + (of_units ? Name(snapshot.identity(UnitIndex{subject}))
                                 : Name(snapshot.identity(PersonId{subject})))];
    for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
      const std::size_t i = assessment.at(s, w);
      text += std::to_string(static_cast<int>(assessment.statuses[i])) + ":" +
              std::to_string(assessment.values[i]) + " ";
    }
  }
  for (const Forest& forest : snapshot.forests()) {
    const Name hierarchy =
        prefix + hierarchy_names[forest.hierarchy().value] + " ";
    for (const CountBasis basis :
         {CountBasis::primary, CountBasis::any, CountBasis::every}) {
      const auto coverage =
          value_of(cover(snapshot, forest, assessment, basis));
      for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
        texts[hierarchy + path(snapshot, forest, PlaceIndex{p})] +=
            joined(coverage.at(PlaceIndex{p}));
      }
      texts[hierarchy + "unplaced"] += joined(coverage.unplaced);
    }
  }
}

void add_attendance(const Snapshot& snapshot, const Forest& forest,
                    const Interval& window, const Name& prefix, Texts& texts) {
  const std::vector<MeasureId> measures{MeasureId{0}, MeasureId{1}};
  const auto counts =
      value_of(count_attendance(snapshot, forest, measures, window));
  for (std::uint32_t p = 0; p < forest.place_count(); ++p) {
    Name& text = texts[prefix + path(snapshot, forest, PlaceIndex{p})];
    for (const auto& column : counts.by_presence) {
      text += std::to_string(column.empty() ? 0 : column[p]) + " ";
    }
  }
  std::set<Name> strangers;
  for (const Mark& mark : counts.strangers) {
    strangers.insert(Name(snapshot.identity(mark.person)) + " at " +
                     Name(snapshot.record_identity(
                         snapshot.attended_records()[mark.attended].record)));
  }
  for (const Name& stranger : strangers) {
    texts[prefix + "strangers"] += stranger + ", ";
  }
  texts[prefix + "unplaced"] = std::to_string(counts.unplaced);
}

}  // namespace

Texts answer_texts(const Organisation& organisation,
                   const Questions& questions) {
  const Frozen it = frozen(organisation);
  const Snapshot& snapshot = *it.snapshot;
  Texts texts;
  for (const Forest& forest : snapshot.forests()) {
    const Name hierarchy = hierarchy_names[forest.hierarchy().value] + " ";
    add_places(snapshot, forest, "places " + hierarchy, texts);
    add_attendance(snapshot, forest, questions.window,
                   "attendance " + hierarchy, texts);
  }
  add_assessment(snapshot, questions.of_units, questions.window, "units ",
                 texts);
  add_assessment(snapshot, questions.of_persons, questions.window, "persons ",
                 texts);
  return texts;
}

}  // namespace headrope::testing
