// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A whole pack, packs/X1, over 100,000 branches with 3 million members and 20
// million attendance marks: how long each rule takes, and all of them. There is
// no plain pass for a whole pack; the table says where the time goes.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "headrope/headrope.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// What is made: 30 members of each branch, a session a month, and marks for
// some 17 members at each.
struct Size {
  std::uint32_t branches = 100'000;
  std::uint32_t members = 30;
  std::uint32_t sessions = 12;
  std::uint32_t marks = 17;
};

class Made {
 public:
  explicit Made(const Size& size) : size_(size) {}

  Registry registry() {
    const HierarchyId party = *registry_.find_hierarchy("party");
    const KindId branch = *registry_.find_kind("party_branch");
    const KindId committee = *registry_.find_kind("party_working_committee");
    const UnitId root = unit("R", committee, {}, party);
    UnitId upper = root;
    for (std::uint32_t at = 0; at < size_.branches; ++at) {
      if (at % 100 == 0) {
        upper = unit(fmt::format("C{}", at / 100), committee, root, party);
      }
      add_branch(at, unit(fmt::format("B{:06}", at), branch, upper, party));
    }
    return std::move(registry_);
  }
  [[nodiscard]] std::size_t mark_count() const { return marks_; }
  [[nodiscard]] std::size_t record_count() const { return records_; }

 private:
  template <typename Row>
  void add(const Row& row) {
    if (const auto added = registry_.add(row); !added) {
      give_up(added.error().message);
    }
  }

  UnitId unit(const std::string& id, KindId kind, UnitId parent,
              HierarchyId party) {
    UnitState state;
    state.unit = value_of(registry_.make_unit(id));
    state.kind = kind;
    add(state);
    add(Link{party, state.unit, parent, {}, {}});
    return state.unit;
  }

  RecordId record(std::string_view measure, UnitId unit, PersonId person,
                  std::int32_t day, std::int32_t days) {
    Record row;
    row.measure = *registry_.find_measure(measure);
    row.unit = unit;
    row.person = person;
    row.valid = {Date{day}, Date{day + days}};
    ++records_;
    return value_of(registry_.add(row));
  }

  void add_branch(std::uint32_t number, UnitId unit) {
    std::vector<PersonId> members;
    for (std::uint32_t at = 0; at < size_.members; ++at) {
      const PersonId person =
          value_of(registry_.make_person(fmt::format("P{:06}-{}", number, at)));
      members.push_back(person);
      add(Membership{person, unit, Standing::primary, {}, {}});
      const std::uint64_t random = chance(1, 7, number * 64ULL + at);
      if (random % 10 < 8) {
        record("rotation_training", {}, person,
               first_ + static_cast<std::int32_t>(below(random, 360)), 2);
      }
    }
    const std::uint64_t random = chance(1, 8, number);
    for (std::uint32_t session = 0; session < size_.sessions; ++session) {
      if ((random >> session) % 8 == 0) continue;
      const RecordId held =
          record("study_session", unit, {},
                 first_ + static_cast<std::int32_t>(session * 30), 1);
      for (std::uint32_t at = 0; at < size_.marks; ++at) {
        const std::uint64_t mark = chance(2, session, number * 64ULL + at);
        add(Attendance{held,
                       members[at],
                       static_cast<Presence>(mark % 8 < 6 ? 0 : mark % 5),
                       {}});
        ++marks_;
      }
    }
    if (random % 3 == 0) record("research_report", unit, {}, first_ + 200, 1);
  }

  Size size_;
  Registry registry_;
  std::int32_t first_ = value_of(make_date(2013, 1, 1)).days;
  std::size_t marks_ = 0;
  std::size_t records_ = 0;
};

struct Timed {
  std::string rule;
  double seconds = 0;
  StatusCounts counts;
};

int run(const Arguments& arguments) {
  Size size;
  if (arguments.national.units < 5'000'000) size.branches = 10'000;
  auto start = Clock::now();
  Made made(size);
  const Registry registry = made.registry();
  std::printf("made in %.1f s\n", seconds_since(start));
  Diagnostics findings;
  start = Clock::now();
  const auto snapshot = value_of(freeze(
      registry, {value_of(make_date(2013, 12, 31)), latest_day, {}}, findings));
  const double freezing = seconds_since(start);
  const PackPointer pack =
      value_of(load_pack("packs/X1/pack.yaml", registry, findings));
  const Interval year{value_of(make_date(2013, 1, 1)),
                      value_of(make_date(2014, 1, 1))};
  std::vector<Timed> timed;
  for (std::size_t rule = 0; rule < pack->rule_count(); ++rule) {
    start = Clock::now();
    const auto assessed =
        value_of(assess(*snapshot, pack, rule, {year, false, Threads{1}}));
    timed.push_back({std::string(pack->rule(rule).id), seconds_since(start),
                     assessed.counts()});
  }
  const auto all = [&](std::uint32_t threads) {
    start = Clock::now();
    auto assessed =
        value_of(assess(*snapshot, pack, std::span<const std::size_t>{},
                        {year, false, Threads{threads}}));
    return std::pair(seconds_since(start), std::move(assessed));
  };
  const auto [whole, by_one] = all(1);
  const auto [with_two, by_two] = all(2);
  for (std::size_t rule = 0; rule < by_one.size(); ++rule) {
    if (by_one[rule].statuses != by_two[rule].statuses) {
      give_up("the threads differ");
    }
  }
  std::sort(timed.begin(), timed.end(),
            [](const Timed& left, const Timed& right) {
              return left.seconds > right.seconds;
            });
  RatioTable table;
  table.title(fmt::format(
      "The pack X1 over {} branches, {} members, {} records, {} marks",
      size.branches, std::size_t{size.branches} * size.members,
      made.record_count(), made.mark_count()));
  table.figure("freeze", "—", duration(freezing), "—", -1);
  table.figure(fmt::format("all {} rules, 1 thread", timed.size()), "—",
               duration(whole), "stated", -1);
  table.figure("all rules, 2 threads", "—", duration(with_two), "—", -1);
  for (std::size_t at = 0; at < 6 && at < timed.size(); ++at) {
    table.figure(fmt::format("{} alone ({} subjects)", timed[at].rule,
                             timed[at].counts.eligible()),
                 "—", duration(timed[at].seconds), "—", -1);
  }
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
