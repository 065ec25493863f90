// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Freezing: the steps in order, and the units themselves.

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "snapshot/forest.hpp"
#include "snapshot/freezer.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// The first eight bytes as a number that orders like the text.
std::uint64_t leading_bytes(std::string_view text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data(), std::min(text.size(), sizeof word));
  return std::endian::native == std::endian::little ? __builtin_bswap64(word)
                                                    : word;
}

struct SortKey {
  std::uint64_t first;
  std::uint64_t second;
  std::uint32_t at;
};

// Sorts keys. Registers often stand in a few sorted runs, one for each level;
// these are merged, which is much less work than sorting.
template <typename Before>
void sort_runs(std::vector<SortKey>& keys, const Before& before) {
  constexpr std::size_t runs_max = 64;
  std::vector<std::ptrdiff_t> starts{0};
  for (auto at = keys.begin(); at != keys.end() && starts.size() <= runs_max;) {
    at = std::is_sorted_until(at, keys.end(), before);
    starts.push_back(at - keys.begin());
  }
  if (starts.size() > runs_max) {
    std::sort(keys.begin(), keys.end(), before);
    return;
  }
  while (starts.size() > 2) {
    std::vector<std::ptrdiff_t> merged{0};
    for (std::size_t run = 0; run + 2 < starts.size(); run += 2) {
      std::inplace_merge(keys.begin() + starts[run],
                         keys.begin() + starts[run + 1],
                         keys.begin() + starts[run + 2], before);
      merged.push_back(starts[run + 2]);
    }
    if (merged.back() != starts.back()) merged.push_back(starts.back());
    starts = std::move(merged);
  }
}

// The order of the units: the pre-order of the hierarchy with the most places
// (of equals, the one with the smallest name), then the others by identity.
std::vector<std::uint32_t> number_units(const Snapshot::Columns& columns,
                                        std::size_t unit_count) {
  const Forest* widest = nullptr;
  for (const Forest& forest : columns.forests) {
    const auto name = [&](const Forest& one) {
      return columns.hierarchies[one.hierarchy().value].id;
    };
    if (widest == nullptr || forest.place_count() > widest->place_count() ||
        (forest.place_count() == widest->place_count() &&
         name(forest) < name(*widest))) {
      widest = &forest;
    }
  }
  std::vector<std::uint32_t> number(unit_count, none);
  std::uint32_t next = 0;
  if (widest != nullptr) {
    for (const std::uint32_t rank : widest->unit_column()) {
      if (number[rank] == none) number[rank] = next++;
    }
  }
  for (std::uint32_t& entry : number) {
    if (entry == none) entry = next++;
  }
  return number;
}

void fill_lives(Freezer& freezer) {
  const auto& states = freezer.tables.unit_states;
  Grouped<Interval> life;
  std::vector<std::uint32_t> count(freezer.columns.unit_kind.size() + 1, 0);
  for (const UnitState& state : states) {
    const std::uint32_t unit = freezer.index_of_unit[state.unit.value];
    if (unit != none && freezer.knows(state.recorded)) ++count[unit + 1];
  }
  std::partial_sum(count.begin(), count.end(), count.begin());
  std::vector<Interval> spans(count.back());
  std::vector<std::uint32_t> next(count.begin(), count.end() - 1);
  for (const UnitState& state : states) {
    const std::uint32_t unit = freezer.index_of_unit[state.unit.value];
    if (unit != none && freezer.knows(state.recorded)) {
      spans[next[unit]++] = state.valid;
    }
  }
  life.begin.push_back(0);
  for (std::size_t unit = 0; unit + 1 < count.size(); ++unit) {
    freezer.pace.step();
    const auto own =
        std::span(spans).subspan(count[unit], count[unit + 1] - count[unit]);
    std::sort(own.begin(), own.end());
    const std::size_t first = life.values.size();
    for (const Interval& span : own) {
      if (life.values.size() > first &&
          life.values.back().valid_until >= span.valid_from) {
        Date& until = life.values.back().valid_until;
        until = std::max(until, span.valid_until);
      } else {
        life.values.push_back(span);
      }
    }
    life.begin.push_back(static_cast<std::uint32_t>(life.values.size()));
  }
  freezer.columns.life = std::move(life);
}

Result<void> run_steps(Freezer& freezer) {
  const Registry::Tables& tables = freezer.tables;
  Pace& pace = freezer.pace;
  pace.begin("freeze units", tables.unit_states.size());
  Result<LivingUnits> living = find_living_units(freezer);
  if (!living) return living.error();
  pace.begin("freeze hierarchies", tables.links.size());
  if (auto done = freeze_hierarchies(freezer, *living); !done) return done;
  freeze_units(freezer, *living);
  *living = {};
  pace.begin("freeze members", tables.memberships.size());
  if (auto done = freeze_members(freezer); !done) return done;
  pace.begin("freeze records", tables.records.size());
  if (auto done = freeze_records(freezer); !done) return done;
  pace.begin("freeze attendance", tables.attendance.size());
  if (auto done = freeze_attendance(freezer); !done) return done;
  pace.begin("freeze responsibility", tables.assignments.size());
  freeze_responsibility(freezer);
  pace.begin("freeze attributes", tables.attributes.size());
  return freeze_attributes(freezer);
}

void copy_vocabulary(const Registry::Tables& tables,
                     Snapshot::Columns& columns) {
  columns.texts = tables.texts;
  columns.kinds = tables.kinds;
  columns.hierarchies = tables.hierarchies;
  columns.roles = tables.roles;
  columns.measures = tables.measures;
  const auto names = tables.attribute_index.all();
  columns.attribute_names.assign(names.begin(), names.end());
}

}  // namespace

std::vector<std::uint32_t> order_of(std::span<const std::string_view> texts,
                                    Pace& pace) {
  const auto is_in_order =
      std::is_sorted(texts.begin(), texts.end(), [&](auto left, auto right) {
        pace.step();
        return left < right;
      });
  if (is_in_order) return {};
  std::vector<SortKey> keys;
  keys.reserve(texts.size());
  for (std::uint32_t at = 0; at < texts.size(); ++at) {
    const std::string_view text = texts[at];
    keys.push_back(
        {leading_bytes(text),
         leading_bytes(text.substr(std::min<std::size_t>(8, text.size()))),
         at});
  }
  pace.tell();
  sort_runs(keys, [&](const SortKey& left, const SortKey& right) {
    pace.step();
    if (left.first != right.first) return left.first < right.first;
    if (left.second != right.second) return left.second < right.second;
    return texts[left.at] < texts[right.at];
  });
  std::vector<std::uint32_t> order;
  order.reserve(keys.size());
  for (const SortKey& key : keys) order.push_back(key.at);
  return order;
}

Result<LivingUnits> find_living_units(Freezer& freezer) {
  const Registry::Tables& t = freezer.tables;
  LivingUnits living;
  living.state.assign(t.unit_index.size(), none);
  for (std::uint32_t row = 0; row < t.unit_states.size(); ++row) {
    const UnitState& state = t.unit_states[row];
    if (!freezer.holds(state)) continue;
    if (living.state[state.unit.value] != none) {
      return Error{Code::states_overlap,
                   "unit '" + std::string(t.unit_index[state.unit.value]) +
                       "' has two states on " +
                       to_string(freezer.options.as_of)};
    }
    living.state[state.unit.value] = row;
  }
  std::vector<std::string_view> identities;
  for (std::uint32_t unit = 0; unit < living.state.size(); ++unit) {
    freezer.pace.step();
    if (living.state[unit] == none) continue;
    living.units.push_back(unit);
    identities.push_back(t.unit_index[unit]);
  }
  const std::vector<std::uint32_t> order = order_of(identities, freezer.pace);
  if (!order.empty()) {
    std::vector<std::uint32_t> sorted;
    sorted.reserve(order.size());
    for (const std::uint32_t at : order) sorted.push_back(living.units[at]);
    living.units = std::move(sorted);
  }
  freezer.pace.tell();
  living.rank.assign(t.unit_index.size(), none);
  for (std::uint32_t rank = 0; rank < living.units.size(); ++rank) {
    living.rank[living.units[rank]] = rank;
  }
  return living;
}

void freeze_units(Freezer& freezer, const LivingUnits& living) {
  const Registry::Tables& t = freezer.tables;
  Snapshot::Columns& columns = freezer.columns;
  const std::size_t count = living.units.size();
  const std::vector<std::uint32_t> number = number_units(columns, count);
  for (Forest& forest : columns.forests) {
    ForestBuilder::renumber(forest, number, freezer.pace);
  }
  std::vector<std::uint32_t> registry_unit(count);
  std::vector<std::string_view> identity(count);
  freezer.pace.tell();
  std::vector<std::string_view> name(count);
  std::vector<std::string_view> code(count);
  std::vector<KindId> kind(count);
  freezer.index_of_unit.assign(t.unit_index.size(), none);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    freezer.pace.step();
    const std::uint32_t unit = living.units[rank];
    const std::uint32_t index = number[rank];
    const UnitState& state = t.unit_states[living.state[unit]];
    freezer.index_of_unit[unit] = index;
    registry_unit[index] = unit;
    identity[index] = t.unit_index[unit];
    name[index] = state.name;
    code[index] = state.code;
    kind[index] = state.kind;
  }
  columns.registry_unit = std::move(registry_unit);
  columns.unit_identity = std::move(identity);
  columns.unit_name = std::move(name);
  columns.unit_code = std::move(code);
  columns.unit_kind = std::move(kind);
  if (!std::is_sorted(number.begin(), number.end())) {
    columns.by_identity = number;
  }
  fill_lives(freezer);
}

Result<std::shared_ptr<const Snapshot>> freeze(const Registry& registry,
                                               const FreezeOptions& options,
                                               Diagnostics& findings) {
  if (!is_civil(options.as_of)) {
    return Error{Code::invalid_argument,
                 "as_of must be a day in the years 1400 to 9999"};
  }
  if (options.known_on.is_open()) {
    return Error{Code::invalid_argument, "known_on must be a day"};
  }
  auto columns = std::make_unique<Snapshot::Columns>();
  columns->as_of = options.as_of;
  columns->known_on = options.known_on;
  copy_vocabulary(registry.tables(), *columns);
  Pace pace(options.progress);
  Freezer freezer{
      registry, registry.tables(), options, findings, *columns, pace, {}};
  const Result<void> done =
      until_stopped("freezing", [&] { return run_steps(freezer); });
  if (!done) return done.error();
  return std::shared_ptr<const Snapshot>(
      std::make_shared<Snapshot>(std::move(columns)));
}

}  // namespace headrope
