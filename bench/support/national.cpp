// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Units are laid out first in the order of the tree, then put into the order of
// their identities. Memberships and records are never stored: a row is what
// the hash says of its position, so that files and Registry agree.

#include "support/national.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <optional>

#include "headrope/load.hpp"
#include "support/csv_writer.hpp"

namespace headrope::bench {
namespace {

constexpr std::array<std::string_view, 4> measures{
    "study_session", "branch_assembly", "party_lecture", "party_group_meeting"};
constexpr std::array<std::string_view, 3> made_up_kinds{
    "party_branch", "party_group", "villager_group"};
constexpr std::array<std::string_view, 3> made_up_names{"党支部", "党小组",
                                                        "村民小组"};

constexpr std::int32_t day_2000 = 10'957;  // 2000-01-01
constexpr std::int32_t day_2021 = 18'628;
constexpr std::int32_t day_2025 = 20'089;

// What chance is asked for.
enum Purpose : std::uint64_t {
  county_kept,
  units_below,
  kind_of_unit,
  founding,
  new_number,
  first_unit,
  second_unit,
  joining,
  record_unit,
  record_measure
};

void append_field(CsvWriter& out, std::string_view text) {
  if (text.find_first_of(",\"") == std::string_view::npos) {
    out << text;
    return;
  }
  out << "\"";
  for (const char c : text)
    out << (c == '"' ? "\"\"" : std::string_view(&c, 1));
  out << "\"";
}

// The days of 2000 to 2025 as text.
class DayTexts {
 public:
  DayTexts() {
    for (std::int32_t day = day_2000; day < day_2025 + 365; ++day) {
      texts_ += to_string(Date{day});
    }
  }
  [[nodiscard]] std::string_view operator[](std::int32_t day) const {
    return std::string_view(texts_).substr(
        static_cast<std::size_t>(day - day_2000) * 10, 10);
  }

 private:
  std::string texts_;
};

void append_person(std::string& text, std::uint32_t person) {
  text += 'P';
  append_digits(text, person, 8);
}

// An error here is a mistake of the generator.
template <typename Value>
Value checked(Result<Value> result) {
  if (!result) {
    std::fprintf(stderr, "national: %s\n", result.error().message.c_str());
    std::abort();
  }
  return *std::move(result);
}
void checked(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "national: %s\n", result.error().message.c_str());
  std::abort();
}

}  // namespace

Result<National> National::make(const NationalOptions& options) {
  National national;
  national.options_ = options;
  if (auto read = national.read_divisions(); !read) return read.error();
  const Snapshot& from = *national.divisions_;
  const std::size_t wanted = options.units / 8 + 1;
  // One part in eight are divisions: the country thinned out, or as many
  // copies of the province as it takes.
  const std::string_view top = from.kinds()[from.kind({0}).value].id;
  if (top == "country") {
    const std::uint64_t all = std::uint64_t{1} << 32U;
    national.add_divisions(none, 0,
                           std::min(all, all * wanted / from.unit_count()));
  } else {
    national.units_.push_back({none, none, 0});
    for (std::uint32_t copy = 0; national.units_.size() < wanted; ++copy) {
      national.add_divisions(0, copy + 1, std::uint64_t{1} << 32U);
    }
  }
  if (national.units_.size() > options.units || options.units > 50'000'000) {
    return Error{Code::invalid_argument,
                 "the units must be at least " +
                     std::to_string(national.units_.size()) +
                     " and at most 50000000"};
  }
  national.add_made_up_units();
  national.name_units();
  national.order_units();
  return national;
}

Result<void> National::read_divisions() {
  Diagnostics findings;
  auto registry = load_package(options_.divisions, findings);
  if (!registry) return registry.error();
  auto snapshot = freeze(*registry, {Date{day_2025}, latest_day, {}}, findings);
  if (!snapshot) return snapshot.error();
  divisions_ = *std::move(snapshot);
  if (divisions_->find_forest("administrative") == nullptr) {
    return Error{Code::not_found, "the divisions are not linked"};
  }
  return {};
}

// Adds the divisions, or a copy of them, in the order of the tree; of the
// counties only some, with all that is below them.
void National::add_divisions(std::uint32_t root, std::uint32_t number,
                             std::uint64_t kept_of_2_32) {
  const Forest& forest = *divisions_->find_forest("administrative");
  const std::uint32_t county_depth = root == none ? 3 : 2;
  std::vector<std::uint32_t> unit_of_place(forest.place_count(), none);
  for (PlaceIndex place{0}; place.value < forest.place_count();) {
    if (forest.depth(place) == county_depth &&
        chance(options_.seed, county_kept, place.value) >> 32U >=
            kept_of_2_32) {
      place = forest.end(place);
      continue;
    }
    const PlaceIndex above = forest.parent(place);
    unit_of_place[place.value] = static_cast<std::uint32_t>(units_.size());
    units_.push_back({above.is_none() ? root : unit_of_place[above.value],
                      place.value, number});
    ++place.value;
  }
}

// Hangs units below villages and some below townships, until there are enough:
// each of them has a weight, and the sums of weights are cut into units.
void National::add_made_up_units() {
  const Forest& forest = *divisions_->find_forest("administrative");
  const std::size_t division_count = units_.size();
  const std::size_t missing =
      options_.units - std::min(options_.units, division_count);
  std::vector<std::uint64_t> weight_until(division_count, 0);
  std::uint64_t sum = 0;
  for (std::uint32_t unit = 0; unit < division_count; ++unit) {
    const std::uint64_t random = chance(options_.seed, units_below, unit);
    const std::uint32_t levels_below =
        is_made_up(unit)
            ? 9
            : forest.depth_max() - forest.depth({units_[unit].place});
    if (levels_below == 0) sum += random % 8 == 0 ? 0 : 4 + (random >> 8U) % 8;
    if (levels_below == 1) sum += random % 4;
    weight_until[unit] = sum;
  }
  std::uint64_t made = 0;
  for (std::uint32_t unit = 0; unit < division_count && sum > 0; ++unit) {
    const std::uint64_t until = missing * weight_until[unit] / sum;
    for (std::uint32_t number = 1; made < until; ++made, ++number) {
      units_.push_back({unit, none, number});
    }
  }
}

// The identity by code: for made-up units, the code above and a number.
std::string National::code_of(std::uint32_t unit) const {
  const Unit& own = units_[unit];
  if (own.parent == none && is_made_up(unit)) return "CN";
  if (is_made_up(unit)) {
    std::string code = code_of(own.parent) + "-";
    append_digits(code, own.number, 4);
    return code;
  }
  const PlaceIndex place{own.place};
  const Forest& forest = *divisions_->find_forest("administrative");
  const std::string_view code = divisions_->identity(forest.unit(place));
  if (own.number == 0) return std::string(code);
  std::string copied;  // Another province: three digits for two.
  append_digits(copied, own.number, 3);
  return copied += code.substr(2);
}

void National::name_units() {
  const auto count = static_cast<std::uint32_t>(units_.size());
  identity_begin_.reserve(count + 1);
  std::vector<std::uint32_t> number(options_.permuted ? count : 0);
  std::iota(number.begin(), number.end(), 0U);
  for (std::uint32_t left = count; options_.permuted && left > 1; --left) {
    std::swap(number[left - 1],
              number[below(chance(options_.seed, new_number, left), left)]);
  }
  for (std::uint32_t unit = 0; unit < count; ++unit) {
    identity_begin_.push_back(static_cast<std::uint32_t>(identities_.size()));
    if (options_.permuted) {
      identities_ += 'U';
      append_digits(identities_, number[unit], 8);
    } else {
      identities_ += code_of(unit);
    }
  }
  identity_begin_.push_back(static_cast<std::uint32_t>(identities_.size()));
}

// Puts the units into the order of their identities and notes the leaves.
void National::order_units() {
  std::vector<std::uint32_t> order(units_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t left, std::uint32_t right) {
              return identity(left) < identity(right);
            });
  std::vector<std::uint32_t> position(units_.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) position[order[at]] = at;
  std::vector<Unit> units;
  std::string identities;
  std::vector<std::uint32_t> begin{0};
  std::vector<bool> has_children(units_.size(), false);
  units.reserve(order.size());
  identities.reserve(identities_.size());
  begin.reserve(order.size() + 1);
  for (const std::uint32_t unit : order) {
    units.push_back(units_[unit]);
    if (std::uint32_t& parent = units.back().parent; parent != none) {
      parent = position[parent];
      has_children[parent] = true;
    }
    identities += identity(unit);
    begin.push_back(static_cast<std::uint32_t>(identities.size()));
  }
  units_ = std::move(units);
  identities_ = std::move(identities);
  identity_begin_ = std::move(begin);
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    if (!has_children[unit]) leaves_.push_back(unit);
  }
}

std::string_view National::identity(std::uint32_t unit) const {
  return std::string_view(identities_)
      .substr(identity_begin_[unit],
              identity_begin_[unit + 1] - identity_begin_[unit]);
}

std::string National::name_of(std::uint32_t unit) const {
  const Unit& own = units_[unit];
  if (!is_made_up(unit)) {
    const Forest& forest = *divisions_->find_forest("administrative");
    return std::string(divisions_->name(forest.unit({own.place})));
  }
  if (own.parent == none) return "中华人民共和国";
  std::string name = name_of(own.parent) + "第";
  append_digits(name, own.number, own.number < 10 ? 1 : 4);
  return name +=
         made_up_names[chance(options_.seed, kind_of_unit, own.number) % 3];
}

std::string_view National::official_code(std::uint32_t unit) const {
  const Unit& own = units_[unit];
  if (is_made_up(unit) || own.number != 0) return {};
  const Forest& forest = *divisions_->find_forest("administrative");
  return divisions_->code(forest.unit({own.place}));
}

std::string_view National::kind(std::uint32_t unit) const {
  const Unit& own = units_[unit];
  if (!is_made_up(unit)) {
    const Forest& forest = *divisions_->find_forest("administrative");
    return divisions_->kinds()[divisions_->kind(forest.unit({own.place})).value]
        .id;
  }
  if (own.parent == none) return "country";
  return made_up_kinds[chance(options_.seed, kind_of_unit, own.number) % 3];
}

// The day on which a made-up unit begins; divisions live always.
std::int32_t National::founded(std::uint32_t unit) const {
  return day_2000 + static_cast<std::int32_t>(
                        below(chance(options_.seed, founding, unit),
                              static_cast<std::uint32_t>(day_2021 - day_2000)));
}

std::size_t National::membership_count() const {
  return person_count() + person_count() * 3 / 20;
}

// 20 million memberships for 5.25 million units, 15 persons of 100 with two.
std::size_t National::person_count() const {
  return units_.size() * 8000 / (21 * 115);
}

std::size_t National::record_count() const { return units_.size() * 2; }

template <typename Take>
void National::each_membership(const Take& take) const {
  const auto persons = static_cast<std::uint32_t>(person_count());
  const auto leaf_count = static_cast<std::uint32_t>(leaves_.size());
  for (std::uint32_t person = 0; person < persons; ++person) {
    const std::uint32_t first =
        below(chance(options_.seed, first_unit, person), leaf_count);
    const std::uint64_t random = chance(options_.seed, joining, person);
    const auto day = day_2021 + static_cast<std::int32_t>(random % 1400);
    take(MembershipRow{person, leaves_[first], false, day});
    const std::uint64_t before = std::uint64_t{person} * 3 / 20;
    if ((std::uint64_t{person} + 1) * 3 / 20 == before) continue;
    // Half of the second ones are near the first, as a workplace is.
    const std::uint64_t choice = chance(options_.seed, second_unit, person);
    const std::uint32_t reach = choice % 2 == 0 ? leaf_count - 1 : 2000;
    const std::uint32_t second =
        (first + 1 + below(choice, std::min(reach, leaf_count - 1))) %
        leaf_count;
    take(MembershipRow{person, leaves_[second], true, day});
  }
}

template <typename Take>
void National::each_record(const Take& take) const {
  const std::size_t count = record_count();
  const auto leaf_count = static_cast<std::uint32_t>(leaves_.size());
  for (std::size_t row = 0; row < count; ++row) {
    const std::uint64_t random = chance(options_.seed, record_measure, row);
    const std::uint32_t leaf =
        below(chance(options_.seed, record_unit, row), leaf_count);
    take(RecordRow{static_cast<std::uint32_t>(random % measures.size()),
                   leaves_[leaf],
                   static_cast<std::uint32_t>(1 + (random >> 8U) % 12),
                   day_2025 + static_cast<std::int32_t>(row * 365 / count)});
  }
}

std::span<const std::string_view> National::group_kinds() {
  return made_up_kinds;
}
std::span<const std::string_view> National::record_measures() {
  return measures;
}

NationalArrays National::arrays() const {
  NationalArrays arrays;
  static_assert(none == NationalArrays::no_parent);
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    arrays.parent.push_back(units_[unit].parent);
    arrays.is_group.push_back(is_dated(unit) ? 1 : 0);
  }
  each_record([&](const RecordRow& row) {
    arrays.record_unit.push_back(row.unit);
    arrays.record_value.push_back(row.value);
  });
  each_membership([&](const MembershipRow& row) {
    arrays.member_person.push_back(row.person);
    arrays.member_unit.push_back(row.unit);
  });
  return arrays;
}

Registry National::registry(const NationalTables& tables) const {
  Registry registry;
  std::string text;
  const HierarchyId administrative = *registry.find_hierarchy("administrative");
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    UnitState state;
    state.unit = checked(registry.make_unit(identity(unit)));
    state.kind = *registry.find_kind(kind(unit));
    text = name_of(unit);
    state.name = text;
    state.code = official_code(unit);
    if (is_dated(unit)) state.valid.valid_from = {founded(unit)};
    checked(registry.add(state));
  }
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    Link link{administrative, {unit}, {units_[unit].parent}, {}, {}};
    if (is_dated(unit)) link.valid.valid_from = {founded(unit)};
    checked(registry.add(link));
  }
  if (tables.memberships) {
    each_membership([&](const MembershipRow& row) {
      text.clear();
      append_person(text, row.person);
      const PersonId person = checked(registry.make_person(text));
      checked(registry.add(
          Membership{person,
                     {row.unit},
                     row.is_secondary ? Standing::secondary : Standing::primary,
                     {{row.day}, Date::open_end()},
                     {}}));
    });
  }
  if (tables.records) {
    std::array<MeasureId, measures.size()> ids;
    std::transform(measures.begin(), measures.end(), ids.begin(),
                   [&](auto name) { return *registry.find_measure(name); });
    each_record([&](const RecordRow& row) {
      Record record;
      record.measure = ids[row.measure];
      record.unit = {row.unit};
      record.value = row.value;
      record.valid = {{row.day}, {row.day + 1}};
      checked(registry.add(record));
    });
  }
  return registry;
}

bool National::write_units(const std::filesystem::path& folder) const {
  const DayTexts days;
  CsvWriter out(folder / "units.csv", "unit,kind,name,code,valid_from");
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    out << identity(unit) << "," << kind(unit) << ",";
    append_field(out, name_of(unit));
    out << "," << official_code(unit) << ",";
    if (is_dated(unit)) out << days[founded(unit)];
    out.end_row();
  }
  return out.close();
}

bool National::write_links(const std::filesystem::path& folder) const {
  const DayTexts days;
  CsvWriter out(folder / "links.csv", "hierarchy,unit,parent,valid_from");
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    const std::uint32_t parent = units_[unit].parent;
    out << "administrative," << identity(unit) << ",";
    if (parent != none) out << identity(parent);
    out << ",";
    if (is_dated(unit)) out << days[founded(unit)];
    out.end_row();
  }
  return out.close();
}

bool National::write_memberships(const std::filesystem::path& folder) const {
  const DayTexts days;
  CsvWriter out(folder / "memberships.csv", "person,unit,standing,valid_from");
  each_membership([&](const MembershipRow& row) {
    append_person(out.text(), row.person);
    out << "," << identity(row.unit)
        << (row.is_secondary ? ",secondary," : ",primary,") << days[row.day];
    out.end_row();
  });
  return out.close();
}

bool National::write_records(const std::filesystem::path& folder) const {
  const DayTexts days;
  CsvWriter out(folder / "records.csv", "measure,unit,valid_from,value");
  each_record([&](const RecordRow& row) {
    out << measures[row.measure] << "," << identity(row.unit) << ","
        << days[row.day] << ",";
    append_digits(out.text(), row.value, row.value < 10 ? 1 : 2);
    out.end_row();
  });
  return out.close();
}

bool National::write_descriptor(const std::filesystem::path& folder,
                                const NationalTables& tables) {
  CsvWriter out(folder / "datapackage.json", "{");
  out << R"("profile": "tabular-data-package", "name": "national",)"
      << R"( "headrope": {"format": 1}, "resources": [)";
  const auto add = [&](std::string_view name) {
    if (name != "units") out << ", ";
    out << R"({"profile": "tabular-data-resource", "name": ")" << name
        << R"(", "path": ")" << name << R"(.csv", "encoding": "utf-8"})";
  };
  add("units");
  add("links");
  if (tables.memberships) add("memberships");
  if (tables.records) add("records");
  out << "]}";
  out.end_row();
  return out.close();
}

bool National::write(const std::filesystem::path& folder) const {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return !error && write_units(folder) && write_links(folder) &&
         write_memberships(folder) && write_records(folder) &&
         write_descriptor(folder, {});
}

}  // namespace headrope::bench
