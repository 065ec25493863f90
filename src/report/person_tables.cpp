// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of persons, their overlaps and the spectrum at a unit as tables; an
// overlap as a sum in one line.

#include <algorithm>
#include <bit>
#include <optional>
#include <string>

#include "headrope/person_sets.hpp"
#include "headrope/spectrum_index.hpp"
#include "report/rows.hpp"

namespace headrope {
namespace {

std::size_t sets_in(std::size_t combination) {
  return static_cast<std::size_t>(std::popcount(combination));
}

// What counts several times is taken away once for pairs, given back for
// threes, and so on.
bool is_taken_away(std::size_t set_count) { return set_count % 2 == 0; }

// All combinations but that of none, the smaller ones first.
std::vector<std::size_t> combinations_of(const Overlap& overlap) {
  std::vector<std::size_t> combinations;
  for (std::size_t at = 1; at < overlap.common.size(); ++at) {
    combinations.push_back(at);
  }
  std::stable_sort(combinations.begin(), combinations.end(),
                   [](std::size_t left, std::size_t right) {
                     return sets_in(left) < sets_in(right);
                   });
  return combinations;
}

std::string label_of(std::size_t combination,
                     std::span<const std::string> labels,
                     std::string_view between) {
  std::string text;
  bool is_first = true;
  for (std::size_t set = 0; combination >> set != 0; ++set) {
    if (((combination >> set) & 1U) == 0) continue;
    if (!is_first) text += between;
    is_first = false;
    if (set < labels.size()) text += labels[set];
  }
  return text;
}

// With a comma between thousands.
std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// The sum of all combinations of so many sets.
std::int64_t sum_of(const Overlap& overlap, std::size_t set_count) {
  std::int64_t sum = 0;
  for (std::size_t at = 1; at < overlap.common.size(); ++at) {
    if (sets_in(at) == set_count) sum += overlap.common[at];
  }
  return sum;
}

std::string term_name(std::size_t set_count, std::size_t all,
                      Language language) {
  const bool zh = language == Language::zh;
  if (set_count == all) {
    return all == 2 ? (zh ? "两者都在" : "both") : (zh ? "全部都在" : "all");
  }
  const std::string number = std::to_string(set_count);
  return zh ? "每" + number + "者都在合计" : "by " + number + "s together";
}

}  // namespace

Table overlap_table(const Overlap& overlap,
                    std::span<const std::string> labels) {
  Rows rows;
  rows.texts({"sets"}).integers({"set_count", "persons", "exactly", "term"});
  for (const std::size_t combination : combinations_of(overlap)) {
    const std::int64_t common = overlap.common[combination];
    rows.text(label_of(combination, labels, " & "));
    rows.number(static_cast<std::int64_t>(sets_in(combination)));
    rows.number(common);
    rows.number(overlap.exactly[combination]);
    rows.number(is_taken_away(sets_in(combination)) ? -common : common);
    rows.end_row();
  }
  return rows.take();
}

std::string overlap_sentence(const Overlap& overlap,
                             std::span<const std::string> labels,
                             Language language) {
  constexpr std::size_t named_max = 3;
  const bool zh = language == Language::zh;
  std::string text;
  const auto add = [&](std::size_t set_count, const std::string& name,
                       std::int64_t number) {
    if (!text.empty()) text += is_taken_away(set_count) ? " - " : " + ";
    text += name + (name.empty() ? "" : " ") + with_commas(number);
  };
  for (const std::size_t combination : combinations_of(overlap)) {
    const std::size_t count = sets_in(combination);
    // The last one, and those of many sets, come below.
    if (count > 1 &&
        (count == overlap.set_count || overlap.set_count > named_max)) {
      break;
    }
    add(count, label_of(combination, labels, zh ? "与" : " & "),
        overlap.common[combination]);
  }
  const std::size_t first = overlap.set_count > named_max
                                ? 2
                                : std::max<std::size_t>(overlap.set_count, 2);
  for (std::size_t count = first; count <= overlap.set_count; ++count) {
    add(count, term_name(count, overlap.set_count, language),
        sum_of(overlap, count));
  }
  text += " = " + with_commas(overlap.in_any());
  text += zh ? " 人(不重复)" : " different persons";
  return text;
}

Table persons_table(const PersonSet& set, std::size_t limit) {
  const Snapshot& snapshot = *set.snapshot();
  const std::vector<PersonId> persons = set.persons(PersonId{0}, limit);
  // The units of the persons shown, whose ids ascend.
  std::vector<std::uint32_t> units(persons.size(), UnitIndex::none_value);
  for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
    for (const PersonId person : snapshot.members({unit}, Standing::primary)) {
      if (!set.contains(person)) continue;
      const auto found =
          std::lower_bound(persons.begin(), persons.end(), person);
      if (found != persons.end() && *found == person) {
        units[static_cast<std::size_t>(found - persons.begin())] = unit;
      }
    }
  }
  Rows rows;
  rows.texts({"person", "unit", "name"});
  for (std::size_t at = 0; at < persons.size(); ++at) {
    const UnitIndex unit{units[at]};
    rows.text(snapshot.identity(persons[at]));
    rows.text(unit.is_none() ? std::string_view{} : snapshot.identity(unit));
    rows.text(unit.is_none() ? std::string_view{} : snapshot.name(unit));
    rows.end_row();
  }
  return rows.take();
}

Table spectrum_table(const SpectrumIndex& index, UnitIndex unit) {
  Rows rows;
  rows.fractions({"threshold"})
      .integers({"met", "eligible"})
      .ratios({"rate"})
      .integers({"tied"});
  const std::int64_t known = index.counts(unit).known;
  const bool at_most = index.comparison() == Comparison::at_most;
  for (std::int64_t easier = 0; easier < known;) {
    const std::optional<Fraction> threshold =
        index.value_at(unit, at_most ? known - 1 - easier : easier);
    if (!threshold) break;  // There is one for each that is known.
    const std::int64_t tied = index.count(unit, Comparison::equal, *threshold);
    rows.fraction(threshold);
    rows.number(known - easier);
    rows.number(known);
    rows.ratio(known - easier, known);
    rows.number(tied);
    rows.end_row();
    easier += tied;
  }
  return rows.take();
}

}  // namespace headrope
