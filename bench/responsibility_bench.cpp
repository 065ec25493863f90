// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about responsibility over every unit: 40 duties that reach all of
// them, some 6 million assignments (a lead for nearly each province and county
// with what is below it, and for one unit in 36 by itself), against a plain
// pass that carries the nearest lead down the same hierarchy, duty by duty, and
// counts units without a lead, with two and with themselves. And the lead of
// one duty for one unit on a day, unit and duty at random.

#include "headrope/responsibility.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "headrope/headrope.hpp"
#include "support/ratios.hpp"

namespace headrope::bench {
namespace {

constexpr std::uint32_t duty_count = 40;
constexpr std::uint32_t none = UnitIndex::none_value;

// The rows that are added to the organisation.
class Assigned {
 public:
  Assigned(Registry& registry, const Forest& forest, const Snapshot& before)
      : registry_(registry),
        forest_(forest),
        before_(before),
        lead_(*registry.find_role("lead")) {}

  std::size_t run() {
    for (std::uint32_t number = 0; number < duty_count; ++number) add(number);
    return count_;
  }

 private:
  template <typename Row>
  void must(const Row& row) {
    if (const auto added = registry_.add(row); !added) {
      give_up(added.error().message);
    }
  }

  void assign(DutyId duty, std::uint32_t holder, Scope::Type type,
              UnitIndex unit) {
    Assignment row;
    row.duty = duty;
    row.role = lead_;
    row.holder = {EntityType::unit,
                  before_.registry_unit(UnitIndex{holder}).value};
    row.scope =
        Scope{type, before_.registry_unit(unit), {}, forest_.hierarchy()};
    must(row);
    ++count_;
  }

  void add(std::uint32_t number) {
    const DutyId duty =
        value_of(registry_.make_duty(fmt::format("D{:02}", number)));
    Duty row;
    row.duty = duty;
    must(row);
    DutyScope scope;
    scope.duty = duty;
    must(scope);
    const auto units = static_cast<std::uint32_t>(before_.unit_count());
    for (std::uint32_t at = 0; at < forest_.place_count(); ++at) {
      const std::uint32_t depth = forest_.depth(PlaceIndex{at});
      const UnitIndex unit = forest_.unit(PlaceIndex{at});
      const auto random = chance(7, number, at);
      const std::uint32_t holder = below(chance(8, number, at), units);
      if (depth == 1 || depth == 3) {
        if (below(random, 100) == 0) continue;  // Nobody leads here.
        assign(duty, holder, Scope::Type::subtree, unit);
        if (below(chance(9, number, at), 500) == 0) {
          assign(duty, below(random, units), Scope::Type::subtree, unit);
        }
      } else if (below(random, 36) == 0) {
        // One in a thousand leads itself.
        const bool is_self = below(chance(10, number, at), 1'000) == 0;
        assign(duty, is_self ? unit.value : holder, Scope::Type::unit, unit);
      }
    }
  }

  Registry& registry_;
  const Forest& forest_;
  const Snapshot& before_;
  RoleId lead_;
  std::size_t count_ = 0;
};

struct Counts {
  std::int64_t no_lead = 0;
  std::int64_t two_leads = 0;
  std::int64_t self_lead = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

// The first two leads that stand at a unit.
struct Two {
  std::uint32_t first = none;
  std::uint32_t second = none;
  void add(std::uint32_t lead) {
    if (first == none) {
      first = lead;
    } else if (first != lead) {
      second = lead;
    }
  }
};

// The plain pass: for each duty, who leads at each place, from the top down.
Counts scan(const Snapshot& snapshot, const Forest& forest) {
  Counts counts;
  std::vector<Two> own(snapshot.unit_count());
  std::vector<Two> below_it(snapshot.unit_count());
  std::vector<Two> led(forest.place_count());
  const auto assignments = snapshot.assignments();
  for (std::size_t first = 0; first < assignments.size();) {
    const DutyId duty = assignments[first].duty;
    std::fill(own.begin(), own.end(), Two{});
    std::fill(below_it.begin(), below_it.end(), Two{});
    for (; first < assignments.size() && assignments[first].duty == duty;
         ++first) {
      const AssignmentState& row = assignments[first];
      auto& to = row.scope.type == Scope::Type::unit ? own : below_it;
      to[row.scope.unit.value].add(row.holder.index);
    }
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      const std::uint32_t unit = forest.unit(PlaceIndex{at}).value;
      const PlaceIndex parent = forest.parent(PlaceIndex{at});
      led[at] = below_it[unit].first != none ? below_it[unit]
                : parent.is_none()           ? Two{}
                                             : led[parent.value];
      const Two& lead = own[unit].first != none ? own[unit] : led[at];
      counts.no_lead += lead.first == none ? 1 : 0;
      counts.two_leads += lead.second != none ? 1 : 0;
      counts.self_lead += lead.first == unit || lead.second == unit ? 1 : 0;
    }
  }
  return counts;
}

Counts counted(const std::vector<Gap>& gaps) {
  Counts counts;
  for (const Gap& gap : gaps) {
    counts.no_lead += gap.type == GapType::no_lead ? 1 : 0;
    counts.two_leads += gap.type == GapType::two_leads ? 1 : 0;
    counts.self_lead += gap.type == GapType::self_lead ? 1 : 0;
  }
  return counts;
}

std::vector<Gap> found(const Responsibility& responsibility,
                       std::vector<GapType> types) {
  GapQuestion question;
  question.types = std::move(types);
  return value_of(find_gaps(responsibility, question));
}

std::uint64_t ask_leads(const Responsibility& responsibility,
                        std::uint32_t questions) {
  const auto units =
      static_cast<std::uint32_t>(responsibility.snapshot().unit_count());
  const Date day = responsibility.snapshot().as_of();
  std::array<Responsibility::Position, 2> to;
  std::uint64_t sum = 0;
  for (std::uint32_t at = 0; at < questions; ++at) {
    const DutyId duty{below(chance(11, 0, at), duty_count)};
    const UnitIndex unit{below(chance(11, 1, at), units)};
    sum += responsibility.leads(duty, unit, day, to) * to[0].at;
  }
  return sum;
}

int run(const Arguments& arguments) {
  const National national = value_of(National::make(arguments.national));
  Registry registry = national.registry({false, false});
  Diagnostics findings;
  const FreezeOptions options{
      value_of(make_date(2025, 12, 31)), latest_day, {}};
  std::size_t assigned = 0;
  {
    const auto before = value_of(freeze(registry, options, findings));
    const Forest* forest = before->find_forest("administrative");
    if (forest == nullptr) give_up("no administrative hierarchy");
    assigned = Assigned(registry, *forest, *before).run();
  }
  const auto snapshot = value_of(freeze(registry, options, findings));
  const Forest& forest = *snapshot->find_forest("administrative");
  const Responsibility responsibility(snapshot);
  const std::vector<GapType> of_leads{GapType::no_lead, GapType::two_leads,
                                      GapType::self_lead};
  const std::vector<Gap> all = found(responsibility, {});
  if (counted(all) != scan(*snapshot, forest)) give_up("an answer differs");

  constexpr std::uint32_t questions = 1'000'000;
  Race race(arguments.rounds);
  race.add("plain pass",
           [&] { benchmark::DoNotOptimize(scan(*snapshot, forest)); });
  race.add("leads", [&] {
    benchmark::DoNotOptimize(found(responsibility, of_leads).data());
  });
  race.add("all findings",
           [&] { benchmark::DoNotOptimize(found(responsibility, {}).data()); });
  race.add("index", [&] {
    const Responsibility made(snapshot);
    benchmark::DoNotOptimize(&made.index());
  });
  race.add("one question", [&] {
    benchmark::DoNotOptimize(ask_leads(responsibility, questions));
  });
  race.run();

  const auto middle = [&](const std::string& name) {
    std::vector<double> seconds = race.seconds(name);
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
  };
  RatioTable table;
  table.title("Responsibility, " + sizes(arguments, national) + ", " +
              std::to_string(duty_count) + " duties, " +
              std::to_string(assigned) + " assignments, " +
              std::to_string(all.size()) + " findings");
  table.compare(race, "no lead, two leads, self-lead, each with its dates",
                "leads", "plain pass");
  table.compare(race, "all findings", "all findings", "plain pass");
  table.compare(race, "indexes of a snapshot", "index", "plain pass");
  const double each = middle("one question") / questions;
  table.figure("the lead of one duty for one unit on a day", "–",
               duration(each), "≤ 1 µs", each <= 1e-6 ? 1 : 0);
  table.print();
  return 0;
}

}  // namespace
}  // namespace headrope::bench

int main(int argc, char** argv) {
  return headrope::bench::run(headrope::bench::read_arguments(argc, argv));
}
