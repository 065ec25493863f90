// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Different persons at and below every node, by any membership, against the
// plain pass over the same memberships grouped by unit: one is added where a
// person belongs, taken away at the lowest node above both this unit and the
// person's unit before it, and all is summed to the parents. A sum of
// memberships, which counts persons with two units twice, shows what being
// exact costs.

#include <algorithm>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/answers.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

using Counts = std::vector<std::int64_t>;

// Memberships of both standings by unit, and where each unit begins.
struct Members {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> persons;
};

Members members_of(const Snapshot& snapshot) {
  Members members;
  for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
    members.begin.push_back(static_cast<std::uint32_t>(members.persons.size()));
    for (const Standing standing : {Standing::primary, Standing::secondary}) {
      for (const PersonId person : snapshot.members({unit}, standing)) {
        members.persons.push_back(person.value);
      }
    }
  }
  members.begin.push_back(static_cast<std::uint32_t>(members.persons.size()));
  return members;
}

void add_to_parents(std::span<const std::uint32_t> parents, Counts& counts) {
  for (std::size_t at = counts.size(); at-- > 0;) {
    if (parents[at] != PlaceIndex::none_value) {
      counts[parents[at]] += counts[at];
    }
  }
}

Counts count_distinct(std::span<const std::uint32_t> parents,
                      const Members& members, std::size_t person_count) {
  constexpr std::uint32_t none = PlaceIndex::none_value;
  Counts counts(parents.size());
  std::vector<std::uint32_t> last(person_count, none);
  for (std::uint32_t at = 0; at < counts.size(); ++at) {
    counts[at] += members.begin[at + 1] - members.begin[at];
    for (std::uint32_t row = members.begin[at]; row < members.begin[at + 1];
         ++row) {
      const std::uint32_t before =
          std::exchange(last[members.persons[row]], at);
      if (before == none) continue;
      std::uint32_t meet = at;
      while (meet != none && meet > before) meet = parents[meet];
      if (meet != none) --counts[meet];
    }
  }
  add_to_parents(parents, counts);
  return counts;
}

Counts count_memberships(std::span<const std::uint32_t> parents,
                         const Members& members) {
  Counts counts(parents.size());
  for (std::size_t at = 0; at < counts.size(); ++at) {
    counts[at] = members.begin[at + 1] - members.begin[at];
  }
  add_to_parents(parents, counts);
  return counts;
}

// Persons below one node, the slow way, for checking.
std::int64_t count_slowly(const Members& members, std::size_t first,
                          std::size_t last) {
  std::vector<std::uint32_t> persons(
      members.persons.begin() + members.begin[first],
      members.persons.begin() + members.begin[last]);
  std::sort(persons.begin(), persons.end());
  return std::unique(persons.begin(), persons.end()) - persons.begin();
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  Diagnostics findings;
  std::shared_ptr<const Snapshot> snapshot;
  {
    const Registry registry = national.registry({true, false});
    snapshot = value_of(
        freeze(registry, {value_of(make_date(2025, 12, 31)), latest_day, {}},
               findings));
  }
  const Forest& forest = *snapshot->find_forest("administrative");
  if (!forest.is_identity()) give_up("the plain pass needs places = units");
  const Members members = members_of(*snapshot);
  if (members.persons.size() != national.membership_count()) {
    give_up("memberships are missing");
  }
  const auto parents = forest.parent_column();
  const std::size_t persons = snapshot->person_count();
  const Counts expected = count_distinct(parents, members, persons);
  if (count_members(*snapshot, forest, CountBasis::any) != expected ||
      count_members(*snapshot, forest, CountBasis::any, {2}) != expected) {
    give_up("the counts differ");
  }
  for (std::uint32_t place = 0; place < forest.place_count();
       place += 1 + static_cast<std::uint32_t>(forest.place_count() / 64)) {
    if (count_slowly(members, place, forest.end({place}).value) !=
        expected[place]) {
      give_up("the counts are wrong");
    }
  }

  Race race(arguments.rounds);
  const auto keep = [](const Counts& counts) {
    benchmark::DoNotOptimize(counts.data());
  };
  race.add("plain, lowest node above both",
           [&] { keep(count_distinct(parents, members, persons)); });
  race.add("plain, memberships added up",
           [&] { keep(count_memberships(parents, members)); });
  race.add("count_members, any",
           [&] { keep(count_members(*snapshot, forest, CountBasis::any)); });
  race.add("count_members, any, 2 threads", [&] {
    keep(count_members(*snapshot, forest, CountBasis::any, {2}));
  });
  race.add("count_members, primary", [&] {
    keep(count_members(*snapshot, forest, CountBasis::primary));
  });
  race.add("count_members, every",
           [&] { keep(count_members(*snapshot, forest, CountBasis::every)); });
  race.run();

  RatioTable table;
  table.title(fmt::format("Different persons, {}; {} memberships of {} persons",
                          sizes(arguments, national),
                          national.membership_count(), persons));
  table.at_most(race, "different persons under every node",
                "count_members, any", "plain, lowest node above both", 1.3);
  table.faster(race, "2 threads (right) against 1",
               "count_members, any, 2 threads", "count_members, any", 1.7);
  table.compare(race, "the caller's own part of 2 threads",
                "count_members, any, 2 threads", "count_members, any");
  table.compare(race, "persons once, by the primary membership",
                "count_members, primary", "plain, memberships added up");
  table.compare(race, "memberships, by basis every", "count_members, every",
                "plain, memberships added up");
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
