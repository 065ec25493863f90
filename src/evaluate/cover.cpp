// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Counting along a hierarchy: members, and subjects by the status of a rule.
// Two counts of 32 bits travel in one number of 64, so that a roll-up of two
// costs what a roll-up of one does.

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "base/columns_at_once.hpp"
#include "base/parallel.hpp"
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
SubjectStatuses statuses_of(const Answer& answer, std::size_t thread_count) {
  SubjectStatuses found{answer.subjects, {}, {}};
  const std::size_t subjects = answer.subjects.size();
  fill_column(found.statuses, subjects, no_status);
  const std::size_t count =
      std::clamp<std::size_t>(thread_count, 1, subjects / 4096 + 1);
  std::vector<StatusCounts> present(count);
  run_in_parallel(count, [&](std::size_t range) {
    StatusCounts own;
    const std::size_t last = subjects * (range + 1) / count;
    for (std::size_t at = subjects * range / count; at < last; ++at) {
      // Of one window, its status is that of all.
      const Status status =
          answer.windows.size() == 1 ? answer.statuses[at] : answer.overall(at);
      found.statuses[at] = static_cast<std::uint8_t>(status);
      ++own.by_status[static_cast<std::size_t>(status)];
    }
    present[range] = own;
  });
  for (const StatusCounts& own : present) {
    for (std::size_t at = 0; at < status_count; ++at) {
      found.present.by_status[at] += own.by_status[at];
    }
  }
  return found;
}

// The columns that a pair of statuses is counted in; one where there is only
// one status.
struct PairColumns {
  PairColumns(Coverage& coverage, std::pair<Status, Status> pair,
              std::size_t thread_count)
      : first(coverage.by_status[static_cast<std::size_t>(pair.first)]),
        second(coverage.by_status[static_cast<std::size_t>(pair.second)]),
        has_second(pair.first != pair.second) {
    const auto make = [&](std::vector<std::int64_t>& column) {
      fill_column<std::int64_t>(column, coverage.place_count, 0);
    };
    if (has_second) {
      do_at_once(thread_count, {[&] { make(first); }, [&] { make(second); }});
    } else {
      make(first);
    }
  }

  void store(std::size_t place, std::uint64_t sums) {
    first[place] = low_of(sums);
    if (has_second) second[place] = high_of(sums);
  }
  // Of counts that are only added, never taken away.
  void increase(std::size_t place, std::uint64_t sums) {
    first[place] += low_of(sums);
    if (has_second) second[place] += high_of(sums);
  }

  std::vector<std::int64_t>& first;
  std::vector<std::int64_t>& second;
  bool has_second;
};

// Takes the sums of a pair of statuses apart into the coverage.
void store_pair(Coverage& coverage, std::pair<Status, Status> pair,
                const std::vector<std::uint64_t>& sums, Threads threads) {
  PairColumns columns(coverage, pair, threads.count);
  for (std::size_t place = 0; place < sums.size(); ++place) {
    columns.store(place, sums[place]);
  }
}

// Subjects count at a unit each; several may count at one.
void cover_at_units(const Snapshot& snapshot, const Forest& forest,
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
    store_pair(coverage, pair, sums, threads);
  }
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (units[at] >= snapshot.unit_count() ||
        forest.first_place({units[at]}).is_none()) {
      ++coverage.unplaced.by_status[statuses.statuses[at]];
    }
  }
}

// The same in a tree where each unit is one subject at most: nothing is ever
// taken away, so that the sums go straight into the columns.
void cover_tree(const Snapshot& snapshot, const Forest& forest,
                const SubjectStatuses& statuses, Threads threads,
                Coverage& coverage) {
  std::vector<std::uint8_t> column;
  fill_column(column, snapshot.unit_count(), no_status);
  for (std::size_t at = 0; at < statuses.subjects.size(); ++at) {
    column[statuses.subjects[at]] = statuses.statuses[at];
  }
  for (const auto& pair : pairs_of(statuses.present)) {
    PairColumns counts(coverage, pair, threads.count);
    const auto run = [&](const auto& unit_at) {
      add_up<std::uint64_t>(
          forest, threads.count,
          [&](std::size_t place) {
            return weight(column[unit_at(place)], pair);
          },
          [&](std::size_t place, std::uint64_t total) {
            counts.store(place, total);
          },
          [&](std::size_t place, std::uint64_t amount) {
            counts.increase(place, amount);
            return false;
          });
    };
    if (forest.is_identity()) {
      run([](std::size_t place) { return place; });
    } else {
      const auto units = forest.unit_column();
      run([&](std::size_t place) { return units[place]; });
    }
  }
  for (std::size_t at = 0; at < statuses.subjects.size(); ++at) {
    if (forest.first_place({statuses.subjects[at]}).is_none()) {
      ++coverage.unplaced.by_status[statuses.statuses[at]];
    }
  }
}

void cover_units(const Snapshot& snapshot, const Forest& forest,
                 const SubjectStatuses& statuses, Threads threads,
                 Coverage& coverage) {
  if (forest.is_tree()) {
    cover_tree(snapshot, forest, statuses, threads, coverage);
  } else {
    cover_at_units(snapshot, forest, statuses, statuses.subjects, threads,
                   coverage);
  }
}

void cover_persons(const Snapshot& snapshot, const Forest& forest,
                   const SubjectStatuses& statuses, CountBasis basis,
                   Threads threads, Coverage& coverage) {
  std::vector<std::uint8_t> column(snapshot.person_count(), no_status);
  for (std::size_t at = 0; at < statuses.subjects.size(); ++at) {
    column[statuses.subjects[at]] = statuses.statuses[at];
  }
  std::vector<std::uint8_t> placed(snapshot.person_count(), 0);
  for (const auto& pair : pairs_of(statuses.present)) {
    std::vector<std::uint64_t> sums = member_deltas(
        snapshot, forest, basis, threads,
        [&](PersonId person) { return weight(column[person.value], pair); },
        [&](PersonId person) {
          // Two threads may see a person at once.
          std::atomic_ref(placed[person.value])
              .store(1, std::memory_order_relaxed);
        });
    add_up_pairs(forest, sums, threads);
    store_pair(coverage, pair, sums, threads);
  }
  for (std::size_t person = 0; person < column.size(); ++person) {
    if (column[person] != no_status && placed[person] == 0) {
      ++coverage.unplaced.by_status[column[person]];
    }
  }
}

Error other_snapshot() {
  return {Code::invalid_argument, "the assessment is of another snapshot"};
}

}  // namespace

std::vector<std::int64_t> count_members(const Snapshot& snapshot,
                                        const Forest& forest, CountBasis basis,
                                        Threads threads) {
  const std::vector<std::uint64_t> deltas = member_deltas(
      snapshot, forest, basis, threads, EachOnce{}, [](PersonId) {});
  std::vector<std::int64_t> counts;
  fill_column<std::int64_t>(counts, deltas.size(), 0);
  add_up<std::uint64_t>(
      forest, threads.count, [&](std::size_t place) { return deltas[place]; },
      [&](std::size_t place, std::uint64_t total) {
        counts[place] = static_cast<std::int64_t>(total);
      },
      [&](std::size_t place, std::uint64_t amount) {
        // What was taken away may have wrapped around on the way.
        counts[place] = static_cast<std::int64_t>(
            static_cast<std::uint64_t>(counts[place]) + amount);
        return false;
      });
  return counts;
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
  const SubjectStatuses statuses = statuses_of(assessment, threads.count);
  if (persons) {
    cover_persons(snapshot, forest, statuses, basis, threads, coverage);
  } else {
    cover_units(snapshot, forest, statuses, threads, coverage);
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
  const SubjectStatuses statuses = statuses_of(assessment, threads.count);
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
      cover_units(snapshot, forest, statuses, threads, coverage);
      break;
    case SubjectType::posts:
    case SubjectType::records:
      cover_at_units(snapshot, forest, statuses, assessment.subject_units,
                     threads, coverage);
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
  const auto make = [&](std::vector<std::uint32_t>& column) {
    fill_column(column, forest.place_count(), 0U);
  };
  do_at_once(threads.count,
             {[&] { make(coverage.eligible); }, [&] { make(coverage.met); }});
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
