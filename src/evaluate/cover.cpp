// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Counting along a hierarchy: members, and subjects by the status of a rule.
// Two counts of 32 bits travel in one number of 64, so that a roll-up of two
// costs what a roll-up of one does.

#include <string>
#include <utility>

#include "evaluate/members.hpp"
#include "headrope/damaged.hpp"
#include "headrope/pack_answers.hpp"

namespace headrope {
namespace {

constexpr std::uint64_t low_count = 1;
constexpr std::uint64_t high_count = std::uint64_t{1} << 32U;

std::int64_t low_of(std::uint64_t pair) {
  return static_cast<std::int64_t>(pair & (high_count - 1));
}
std::int64_t high_of(std::uint64_t pair) {
  return static_cast<std::int64_t>(pair >> 32U);
}

// Adds pairs of counts up in place. What overflows on the way is only what was
// taken away at meeting places; the sums themselves are counts and fit.
void add_up_pairs(const Forest& forest, std::vector<std::uint64_t>& pairs,
                  Threads threads) {
  add_up<std::uint64_t>(
      forest, threads.count, [&](std::size_t place) { return pairs[place]; },
      [&](std::size_t place, std::uint64_t total) { pairs[place] = total; },
      [&](std::size_t place, std::uint64_t amount) {
        pairs[place] += amount;
        return false;
      });
}

// The statuses that occur, two at a time.
std::vector<std::pair<Status, Status>> pairs_of(const StatusCounts& present) {
  std::vector<Status> list;
  for (std::size_t at = 0; at < status_count; ++at) {
    if (present.by_status[at] > 0) list.push_back(static_cast<Status>(at));
  }
  std::vector<std::pair<Status, Status>> pairs;
  for (std::size_t at = 0; at < list.size(); at += 2) {
    pairs.emplace_back(list[at], list[at + 1 < list.size() ? at + 1 : at]);
  }
  return pairs;
}

std::uint64_t weight(std::uint8_t status, std::pair<Status, Status> pair) {
  if (status == static_cast<std::uint8_t>(pair.first)) return low_count;
  if (status == static_cast<std::uint8_t>(pair.second)) return high_count;
  return 0;
}

constexpr std::uint8_t no_status = 0xFF;

// The overall statuses of subjects, whichever answer they come from.
struct SubjectStatuses {
  std::span<const std::uint32_t> subjects;
  std::vector<std::uint8_t> statuses;
  StatusCounts present;
};

template <typename Answer>
SubjectStatuses statuses_of(const Answer& answer) {
  SubjectStatuses found{answer.subjects, {}, {}};
  found.statuses.reserve(answer.subjects.size());
  for (std::size_t at = 0; at < answer.subjects.size(); ++at) {
    const auto status = static_cast<std::uint8_t>(answer.overall(at));
    found.statuses.push_back(status);
    ++found.present.by_status[status];
  }
  return found;
}

// Takes the sums of a pair of statuses apart into the coverage.
void store_pair(Coverage& coverage, std::pair<Status, Status> pair,
                const std::vector<std::uint64_t>& sums) {
  auto& first = coverage.by_status[static_cast<std::size_t>(pair.first)];
  first.resize(sums.size());
  for (std::size_t place = 0; place < sums.size(); ++place) {
    first[place] = low_of(sums[place]);
  }
  if (pair.first == pair.second) return;
  auto& second = coverage.by_status[static_cast<std::size_t>(pair.second)];
  second.resize(sums.size());
  for (std::size_t place = 0; place < sums.size(); ++place) {
    second[place] = high_of(sums[place]);
  }
}

// Subjects count at a unit each; several may count at one.
void cover_units(const Snapshot& snapshot, const Forest& forest,
                 const SubjectStatuses& statuses,
                 std::span<const std::uint32_t> units, Threads threads,
                 Coverage& coverage) {
  for (const auto& pair : pairs_of(statuses.present)) {
    std::vector<std::uint64_t> per_unit(snapshot.unit_count());
    for (std::size_t at = 0; at < units.size(); ++at) {
      if (units[at] < per_unit.size()) {
        per_unit[units[at]] += weight(statuses.statuses[at], pair);
      }
    }
    std::vector<std::uint64_t> sums =
        place_deltas<std::uint64_t>(forest, std::span(std::as_const(per_unit)));
    add_up_pairs(forest, sums, threads);
    store_pair(coverage, pair, sums);
  }
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (units[at] >= snapshot.unit_count() ||
        forest.first_place({units[at]}).is_none()) {
      ++coverage.unplaced.by_status[statuses.statuses[at]];
    }
  }
}

void cover_persons(const Snapshot& snapshot, const Forest& forest,
                   const SubjectStatuses& statuses, CountBasis basis,
                   Threads threads, Coverage& coverage) {
  std::vector<std::uint8_t> column(snapshot.person_count(), no_status);
  for (std::size_t at = 0; at < statuses.subjects.size(); ++at) {
    column[statuses.subjects[at]] = statuses.statuses[at];
  }
  std::vector<bool> placed(snapshot.person_count(), false);
  for (const auto& pair : pairs_of(statuses.present)) {
    std::vector<std::uint64_t> sums = member_deltas(
        snapshot, forest, basis,
        [&](PersonId person) { return weight(column[person.value], pair); },
        [&](PersonId person) { placed[person.value] = true; });
    add_up_pairs(forest, sums, threads);
    store_pair(coverage, pair, sums);
  }
  for (std::size_t person = 0; person < column.size(); ++person) {
    if (column[person] != no_status && !placed[person]) {
      ++coverage.unplaced.by_status[column[person]];
    }
  }
}

Error other_snapshot() {
  return {Code::invalid_argument, "the assessment is of another snapshot"};
}

}  // namespace

std::vector<std::int64_t> count_members(const Snapshot& snapshot,
                                        const Forest& forest,
                                        CountBasis basis) {
  std::vector<std::uint64_t> sums = member_deltas(
      snapshot, forest, basis, [](PersonId) { return low_count; },
      [](PersonId) {});
  add_up_pairs(forest, sums, {});
  return {sums.begin(), sums.end()};
}

StatusCounts Coverage::at(PlaceIndex place) const {
  StatusCounts counts;
  for (std::size_t at = 0; at < status_count; ++at) {
    if (!by_status[at].empty()) {
      counts.by_status[at] = by_status[at][place.value];
    }
  }
  return counts;
}

Result<Coverage> cover(const Snapshot& snapshot, const Forest& forest,
                       const Assessment& assessment, CountBasis basis,
                       Threads threads) try {
  const bool persons = assessment.rule.subjects.type == Subjects::Type::persons;
  const std::size_t count =
      persons ? snapshot.person_count() : snapshot.unit_count();
  if (!assessment.subjects.empty() && assessment.subjects.back() >= count) {
    return other_snapshot();
  }
  Coverage coverage;
  coverage.place_count = forest.place_count();
  const SubjectStatuses statuses = statuses_of(assessment);
  if (persons) {
    cover_persons(snapshot, forest, statuses, basis, threads, coverage);
  } else {
    cover_units(snapshot, forest, statuses, assessment.subjects, threads,
                coverage);
  }
  return coverage;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<Coverage> cover(const Snapshot& snapshot, const Forest& forest,
                       const RuleAssessment& assessment, CountBasis basis,
                       Threads threads) try {
  Coverage coverage;
  coverage.place_count = forest.place_count();
  const SubjectStatuses statuses = statuses_of(assessment);
  const auto is_below = [&](std::size_t count) {
    return assessment.subjects.empty() || assessment.subjects.back() < count;
  };
  switch (assessment.subject_type) {
    case SubjectType::persons:
      if (!is_below(snapshot.person_count())) return other_snapshot();
      cover_persons(snapshot, forest, statuses, basis, threads, coverage);
      break;
    case SubjectType::units:
      if (!is_below(snapshot.unit_count())) return other_snapshot();
      cover_units(snapshot, forest, statuses, assessment.subjects, threads,
                  coverage);
      break;
    case SubjectType::posts:
    case SubjectType::records:
      cover_units(snapshot, forest, statuses, assessment.subject_units, threads,
                  coverage);
      break;
    case SubjectType::duties:
      coverage.unplaced = statuses.present;
      break;
  }
  return coverage;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<ThresholdCoverage> cover_threshold(
    const Forest& forest, std::span<const std::int64_t> per_unit,
    std::span<const std::uint8_t> has_value, std::int64_t threshold,
    Threads threads) {
  const std::size_t units = per_unit.size();
  if (has_value.size() != units) {
    return Error{Code::invalid_argument,
                 "values and their presence differ in number"};
  }
  for (const std::uint32_t unit : forest.unit_column()) {
    if (unit >= units) {
      return Error{Code::invalid_argument, "a unit has no value"};
    }
  }
  if (forest.is_identity() && units < forest.place_count()) {
    return Error{Code::invalid_argument, "a unit has no value"};
  }
  ThresholdCoverage coverage;
  coverage.eligible.resize(forest.place_count());
  coverage.met.resize(forest.place_count());
  const auto pair_of = [&](std::size_t unit) {
    return has_value[unit] == 0          ? std::uint64_t{0}
           : per_unit[unit] >= threshold ? low_count + high_count
                                         : low_count;
  };
  const auto run = [&](const auto& value_at) {
    add_up<std::uint64_t>(
        forest, threads.count, value_at,
        [&](std::size_t place, std::uint64_t total) {
          coverage.eligible[place] = static_cast<std::uint32_t>(total);
          coverage.met[place] = static_cast<std::uint32_t>(total >> 32U);
        },
        [&](std::size_t place, std::uint64_t amount) {
          coverage.eligible[place] += static_cast<std::uint32_t>(amount);
          coverage.met[place] += static_cast<std::uint32_t>(amount >> 32U);
          return false;
        });
  };
  if (forest.is_identity()) {
    run(pair_of);
  } else if (forest.is_tree()) {
    const auto column = forest.unit_column();
    run([&](std::size_t place) { return pair_of(column[place]); });
  } else {
    // What is taken away at meeting places borrows from one count to the other
    // until all is added, so the pairs are taken apart only then.
    std::vector<std::uint64_t> per_unit_pairs(units);
    for (std::size_t unit = 0; unit < units; ++unit) {
      per_unit_pairs[unit] = pair_of(unit);
    }
    std::vector<std::uint64_t> pairs = place_deltas<std::uint64_t>(
        forest, std::span(std::as_const(per_unit_pairs)));
    add_up_pairs(forest, pairs, threads);
    for (std::size_t place = 0; place < pairs.size(); ++place) {
      coverage.eligible[place] = static_cast<std::uint32_t>(pairs[place]);
      coverage.met[place] = static_cast<std::uint32_t>(pairs[place] >> 32U);
    }
  }
  return coverage;
}

}  // namespace headrope
