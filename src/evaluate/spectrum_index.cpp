// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The values of subjects in the pre-order of places, as a wavelet matrix. What
// is at and below a unit is one range of it. A subject that stands at several
// places is taken away again where two of them meet, as in `place_deltas`; what
// is taken away is a second matrix in the order of the meeting places, and a
// question walks down both at once: of each half of the values, the count is
// that of the first matrix less that of the second.

#include "headrope/spectrum_index.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/checked.hpp"
#include "evaluate/add_up.hpp"
#include "evaluate/hardest.hpp"
#include "evaluate/overall.hpp"
#include "evaluate/place_counts.hpp"
#include "evaluate/wavelet_matrix.hpp"
#include "headrope/damaged.hpp"

namespace headrope {

struct SpectrumIndex::Parts {
  std::shared_ptr<const Snapshot> snapshot;
  const Forest* forest = nullptr;
  Comparison comparison = Comparison::at_least;
  std::vector<Fraction> values;  // By code, ascending.
  WaveletMatrix added;
  WaveletMatrix taken;
  PlaceCounts known_added;
  PlaceCounts known_taken;
  PlaceCounts unknown_added;
  PlaceCounts unknown_taken;
};

namespace {

using Range = WaveletMatrix::Range;

constexpr std::uint32_t absent = 0xFFFFFFFFU;
constexpr std::uint32_t unknown = 0xFFFFFFFEU;

// Each subject's code, or that it has none; and the values of the codes.
struct Coded {
  std::vector<std::uint32_t> codes;
  std::vector<Fraction> values;
};

// Numbers that lie close together need no sorting.
bool code_closely(std::span<const std::int64_t> numbers, Coded& coded) {
  constexpr std::uint64_t spread_max = std::uint64_t{1} << 22U;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (coded.codes[at] >= unknown) continue;
    least = std::min(least, numbers[at]);
    greatest = std::max(greatest, numbers[at]);
  }
  if (least > greatest) return true;
  const std::uint64_t spread =
      static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least);
  if (spread >= spread_max) return false;
  const auto offset = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(numbers[at]) -
                                    static_cast<std::uint64_t>(least));
  };
  std::vector<std::uint32_t> code_of(static_cast<std::size_t>(spread) + 1, 0);
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (coded.codes[at] < unknown) code_of[offset(at)] = 1;
  }
  for (std::size_t at = 0; at < code_of.size(); ++at) {
    if (code_of[at] == 0) continue;
    code_of[at] = static_cast<std::uint32_t>(coded.values.size());
    coded.values.push_back({least + static_cast<std::int64_t>(at), 1});
  }
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (coded.codes[at] < unknown) coded.codes[at] = code_of[offset(at)];
  }
  return true;
}

// Gives subjects that are neither absent nor unknown the codes of their values.
template <typename Value, typename ToFraction>
void code_by_sorting(std::span<const Value> values,
                     const ToFraction& to_fraction, Coded& coded) {
  std::vector<Value> sorted;
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (coded.codes[at] < unknown) sorted.push_back(values[at]);
  }
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (coded.codes[at] >= unknown) continue;
    coded.codes[at] = static_cast<std::uint32_t>(
        std::lower_bound(sorted.begin(), sorted.end(), values[at]) -
        sorted.begin());
  }
  for (const Value& value : sorted) coded.values.push_back(to_fraction(value));
}

void code_numbers(std::span<const std::int64_t> numbers, Coded& coded) {
  if (code_closely(numbers, coded)) return;
  code_by_sorting(
      numbers, [](std::int64_t number) { return Fraction{number, 1}; }, coded);
}

void code_fractions(const std::vector<Fraction>& fractions, Coded& coded) {
  const bool is_whole =
      std::all_of(fractions.begin(), fractions.end(),
                  [](const Fraction& one) { return one.denominator == 1; });
  if (!is_whole) {
    code_by_sorting<Fraction>(
        fractions, [](const Fraction& value) { return value; }, coded);
    return;
  }
  std::vector<std::int64_t> numbers;
  numbers.reserve(fractions.size());
  for (const Fraction& one : fractions) numbers.push_back(one.numerator);
  code_numbers(numbers, coded);
}

// Places in the order in which they are found, and codes in that order.
struct Entries {
  explicit Entries(std::size_t place_count)
      : known(place_count), unknown(place_count) {}

  std::vector<std::uint32_t> known;  // How many, by place.
  std::vector<std::uint32_t> unknown;
  std::vector<std::uint32_t> codes;
};

// What is taken away, in the order in which it is found, which is not that of
// places.
using Taken = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

void add_entry(Entries& entries, std::uint32_t place, std::uint32_t code) {
  if (code == absent) return;
  if (code == unknown) {
    ++entries.unknown[place];
  } else {
    ++entries.known[place];
    entries.codes.push_back(code);
  }
}

// Which subjects stand at a unit, and what makes two of them the same.
struct Standings {
  // Positions of subjects at the units: those of unit u from begin[u] on.
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> subjects;
  // True if a subject may stand at several units, so that each is remembered;
  // else it is enough to remember units.
  bool repeats = false;
};

// Goes through the places and remembers where it saw whom.
class Layout {
 public:
  Layout(const Forest& forest, const Standings& standings, const Coded& coded)
      : forest_(forest),
        standings_(standings),
        coded_(coded),
        added_(forest.place_count()) {}

  void run() {
    const std::size_t units = standings_.begin.size() - 1;
    if (standings_.repeats) {
      last_.assign(coded_.codes.size(), absent);
    } else if (!forest_.is_tree()) {
      last_.assign(units, absent);
    }
    for (std::uint32_t place = 0; place < forest_.place_count(); ++place) {
      const std::uint32_t unit = forest_.unit({place}).value;
      PlaceIndex meet;
      if (!last_.empty() && !standings_.repeats) meet = meet_at(unit, place);
      for (std::uint32_t at = standings_.begin[unit];
           at < standings_.begin[unit + 1]; ++at) {
        const std::uint32_t subject = standings_.subjects[at];
        const std::uint32_t code = coded_.codes[subject];
        add_entry(added_, place, code);
        if (standings_.repeats) meet = meet_at(subject, place);
        if (!meet.is_none()) taken_.emplace_back(meet.value, code);
      }
    }
  }

  [[nodiscard]] Entries& added() { return added_; }
  [[nodiscard]] Entries taken() {
    std::sort(taken_.begin(), taken_.end());
    Entries entries(forest_.place_count());
    for (const auto& [place, code] : taken_) add_entry(entries, place, code);
    return entries;
  }

 private:
  // Where a place meets the place before of the same; none for the first.
  PlaceIndex meet_at(std::uint32_t key, std::uint32_t place) {
    const std::uint32_t before = std::exchange(last_[key], place);
    return before == absent ? PlaceIndex{}
                            : common_place(forest_, {before}, {place});
  }

  const Forest& forest_;
  const Standings& standings_;
  const Coded& coded_;
  Entries added_;
  Taken taken_;
  std::vector<std::uint32_t> last_;
};

Error other_snapshot() {
  return {Code::invalid_argument,
          "the hierarchy or the values are not of this snapshot"};
}

bool is_of(const Snapshot& snapshot, const Forest& forest) {
  const auto forests = snapshot.forests();
  return std::any_of(forests.begin(), forests.end(),
                     [&](const Forest& one) { return &one == &forest; });
}

// Subjects that stand at one unit each; `none_value` for one that stands
// nowhere.
Standings stand_at(std::size_t unit_count,
                   std::span<const std::uint32_t> units) {
  Standings standings;
  standings.begin.assign(unit_count + 1, 0);
  for (const std::uint32_t unit : units) {
    if (unit < unit_count) ++standings.begin[unit + 1];
  }
  for (std::size_t unit = 0; unit < unit_count; ++unit) {
    standings.begin[unit + 1] += standings.begin[unit];
  }
  standings.subjects.resize(standings.begin.back());
  std::vector<std::uint32_t> next(standings.begin.begin(),
                                  standings.begin.end() - 1);
  for (std::uint32_t at = 0; at < units.size(); ++at) {
    if (units[at] < unit_count) standings.subjects[next[units[at]]++] = at;
  }
  return standings;
}

// Persons at the units of their memberships.
Standings members_of(const Snapshot& snapshot,
                     std::span<const std::uint32_t> persons, CountBasis basis) {
  std::vector<std::uint32_t> position(snapshot.person_count(), absent);
  for (std::uint32_t at = 0; at < persons.size(); ++at) {
    position[persons[at]] = at;
  }
  Standings standings;
  const bool secondary = basis != CountBasis::primary;
  standings.repeats = basis == CountBasis::any &&
                      snapshot.membership_count(Standing::secondary) > 0;
  standings.begin.push_back(0);
  for (std::uint32_t unit = 0; unit < snapshot.unit_count(); ++unit) {
    const auto add = [&](Standing standing) {
      for (const PersonId person : snapshot.members({unit}, standing)) {
        if (position[person.value] != absent) {
          standings.subjects.push_back(position[person.value]);
        }
      }
    };
    add(Standing::primary);
    if (secondary) add(Standing::secondary);
    standings.begin.push_back(
        static_cast<std::uint32_t>(standings.subjects.size()));
  }
  return standings;
}

bool are_below(std::span<const std::uint32_t> subjects, std::size_t count) {
  return std::all_of(subjects.begin(), subjects.end(),
                     [&](std::uint32_t subject) { return subject < count; });
}

std::int64_t difference(std::size_t added, std::size_t taken) {
  return static_cast<std::int64_t>(added) - static_cast<std::int64_t>(taken);
}

// Fills the parts from values that have their codes.
template <typename Parts>
Result<void> lay_out(Parts& parts, const Standings& standings, Coded coded) {
  Layout layout(*parts.forest, standings, coded);
  layout.run();
  Entries& added = layout.added();
  Entries taken = layout.taken();
  // Positions are kept in 32 bits.
  if (added.codes.size() >= absent || taken.codes.size() >= absent) {
    return Error{Code::limit_exceeded,
                 "there are 2^32 - 1 or more subjects at places"};
  }
  parts.known_added = PlaceCounts(added.known);
  parts.unknown_added = PlaceCounts(added.unknown);
  parts.known_taken = PlaceCounts(taken.known);
  parts.unknown_taken = PlaceCounts(taken.unknown);
  parts.values = std::move(coded.values);
  parts.added = WaveletMatrix(std::move(added.codes), parts.values.size());
  parts.taken = WaveletMatrix(std::move(taken.codes), parts.values.size());
  return {};
}

// The least or greatest value over the windows, and what is asked.
struct FlatValue {
  bool is_asked = false;
  std::optional<std::int64_t> value;
};

FlatValue hardest_of(const Assessment& assessment, std::size_t subject) {
  const bool at_most =
      assessment.rule.requirement.comparison == Comparison::at_most;
  FlatValue hardest;
  for (std::size_t w = 0; w < assessment.windows.size(); ++w) {
    const std::size_t cell = assessment.at(subject, w);
    if (!is_asked(assessment.statuses[cell])) continue;
    hardest.is_asked = true;
    if (assessment.has_value[cell] == 0) continue;
    const std::int64_t value = assessment.values[cell];
    hardest.value = !hardest.value ? value
                    : at_most      ? std::max(*hardest.value, value)
                                   : std::min(*hardest.value, value);
  }
  return hardest;
}

}  // namespace

SpectrumIndex::SpectrumIndex(std::unique_ptr<const Parts> parts)
    : parts_(std::move(parts)) {}
SpectrumIndex::~SpectrumIndex() = default;
SpectrumIndex::SpectrumIndex(SpectrumIndex&&) noexcept = default;
SpectrumIndex& SpectrumIndex::operator=(SpectrumIndex&&) noexcept = default;

Result<SpectrumIndex> SpectrumIndex::make(
    std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
    std::span<const std::int64_t> per_unit,
    std::span<const std::uint8_t> has_value) try {
  const std::size_t units = snapshot->unit_count();
  if (per_unit.size() != units || has_value.size() != units ||
      !is_of(*snapshot, forest)) {
    return other_snapshot();
  }
  Coded coded;
  coded.codes.assign(units, unknown);
  std::vector<std::uint32_t> stands(units);
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    stands[unit] = unit;
    if (has_value[unit] != 0) coded.codes[unit] = 0;
  }
  code_numbers(per_unit, coded);
  auto parts = std::make_unique<Parts>();
  parts->snapshot = std::move(snapshot);
  parts->forest = &forest;
  if (auto done = lay_out(*parts, stand_at(units, stands), std::move(coded));
      !done) {
    return done.error();
  }
  return SpectrumIndex(std::move(parts));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<SpectrumIndex> SpectrumIndex::make(
    std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
    const Assessment& assessment, CountBasis basis) try {
  const Comparison comparison = assessment.rule.requirement.comparison;
  if (comparison == Comparison::equal && assessment.windows.size() > 1) {
    return Error{Code::rule_invalid,
                 "of several windows none is the hardest to be equal in"};
  }
  const bool persons = assessment.rule.subjects.type == Subjects::Type::persons;
  if (!is_of(*snapshot, forest) ||
      !are_below(assessment.subjects,
                 persons ? snapshot->person_count() : snapshot->unit_count())) {
    return other_snapshot();
  }
  Coded coded;
  coded.codes.assign(assessment.subjects.size(), absent);
  std::vector<std::int64_t> numbers(assessment.subjects.size());
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const FlatValue hardest = hardest_of(assessment, at);
    if (!hardest.is_asked) continue;
    coded.codes[at] = hardest.value ? 0 : unknown;
    numbers[at] = hardest.value.value_or(0);
  }
  code_numbers(numbers, coded);
  const Standings standings =
      persons ? members_of(*snapshot, assessment.subjects, basis)
              : stand_at(snapshot->unit_count(), assessment.subjects);
  auto parts = std::make_unique<Parts>();
  parts->snapshot = std::move(snapshot);
  parts->forest = &forest;
  parts->comparison = comparison;
  if (auto done = lay_out(*parts, standings, std::move(coded)); !done) {
    return done.error();
  }
  return SpectrumIndex(std::move(parts));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<SpectrumIndex> SpectrumIndex::make(
    std::shared_ptr<const Snapshot> snapshot, const Forest& forest,
    const RuleAssessment& assessment, CountBasis basis) try {
  const auto at_most = compares_at_most(assessment);
  if (!at_most) return at_most.error();
  const SubjectType type = assessment.subject_type;
  if (type == SubjectType::duties) {
    return Error{Code::rule_invalid, "duties stand at no unit"};
  }
  if (!is_of(*snapshot, forest) ||
      (type == SubjectType::units &&
       !are_below(assessment.subjects, snapshot->unit_count())) ||
      (type == SubjectType::persons &&
       !are_below(assessment.subjects, snapshot->person_count()))) {
    return other_snapshot();
  }
  Coded coded;
  coded.codes.assign(assessment.subjects.size(), absent);
  std::vector<Fraction> values(assessment.subjects.size());
  for (std::size_t at = 0; at < values.size(); ++at) {
    const HardestValue hardest = hardest_value(assessment, at, *at_most);
    if (!hardest.is_asked) continue;
    coded.codes[at] = hardest.value ? 0 : unknown;
    values[at] = hardest.value.value_or(Fraction{});
  }
  code_fractions(values, coded);
  const Standings standings =
      type == SubjectType::persons
          ? members_of(*snapshot, assessment.subjects, basis)
          : stand_at(snapshot->unit_count(), type == SubjectType::units
                                                 ? assessment.subjects
                                                 : assessment.subject_units);
  auto parts = std::make_unique<Parts>();
  parts->snapshot = std::move(snapshot);
  parts->forest = &forest;
  parts->comparison = *at_most ? Comparison::at_most : Comparison::at_least;
  if (auto done = lay_out(*parts, standings, std::move(coded)); !done) {
    return done.error();
  }
  return SpectrumIndex(std::move(parts));
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

namespace {

// What stands at and below a unit, in both matrices.
struct Ranges {
  Range added;
  Range taken;

  [[nodiscard]] std::int64_t size() const {
    return difference(added.size(), taken.size());
  }
};

Range range_of(const PlaceCounts& counts, PlaceIndex first, PlaceIndex end) {
  return {counts.before(first.value), counts.before(end.value)};
}

template <typename Parts>
Ranges known_of(const Parts& parts, UnitIndex unit) {
  if (unit.value >= parts.snapshot->unit_count()) return {};
  const PlaceIndex place = parts.forest->first_place(unit);
  if (place.is_none()) return {};
  const PlaceIndex end = parts.forest->end(place);
  Ranges ranges{range_of(parts.known_added, place, end), {}};
  if (parts.taken.size() > 0) {
    ranges.taken = range_of(parts.known_taken, place, end);
  }
  return ranges;
}

// How many have a code below this one.
template <typename Parts>
std::int64_t count_below(const Parts& parts, const Ranges& ranges,
                         std::size_t code) {
  return difference(parts.added.count_below(ranges.added, code),
                    ranges.taken.size() == 0
                        ? 0
                        : parts.taken.count_below(ranges.taken, code));
}

// A subject in the order of values.
struct Ranked {
  std::size_t code = 0;
  std::int64_t below = 0;  // With a smaller value.
  std::int64_t tied = 0;   // With the same.
};

// The subject at a position in the order of values. What is passed on the way
// down is below it, and what is left at the end has its value.
template <typename Parts>
Ranked ranked_at(const Parts& parts, Ranges ranges, std::int64_t rank) {
  Ranked found;
  for (std::size_t row = 0; row < parts.added.row_count(); ++row) {
    const WaveletMatrix::Halves added = parts.added.halves(row, ranges.added);
    WaveletMatrix::Halves taken;
    if (ranges.taken.size() > 0) taken = parts.taken.halves(row, ranges.taken);
    const std::int64_t zeros =
        difference(added.zeros.size(), taken.zeros.size());
    found.code *= 2;
    if (rank < found.below + zeros) {
      ranges = {added.zeros, taken.zeros};
    } else {
      found.below += zeros;
      ranges = {added.ones, taken.ones};
      ++found.code;
    }
  }
  found.tied = ranges.size();
  return found;
}

}  // namespace

KnownCounts SpectrumIndex::counts(UnitIndex unit) const {
  KnownCounts counts;
  counts.known = known_of(*parts_, unit).size();
  if (unit.value >= parts_->snapshot->unit_count()) return counts;
  const PlaceIndex place = parts_->forest->first_place(unit);
  if (place.is_none()) return counts;
  const PlaceIndex end = parts_->forest->end(place);
  counts.unknown =
      difference(range_of(parts_->unknown_added, place, end).size(),
                 range_of(parts_->unknown_taken, place, end).size());
  return counts;
}

std::int64_t SpectrumIndex::count(UnitIndex unit, Comparison comparison,
                                  const Fraction& threshold) const {
  const auto& values = parts_->values;
  const Ranges ranges = known_of(*parts_, unit);
  const auto first = std::lower_bound(values.begin(), values.end(), threshold);
  const auto code = static_cast<std::size_t>(first - values.begin());
  const bool is_there = first != values.end() && *first == threshold;
  switch (comparison) {
    case Comparison::at_least:
      return ranges.size() - count_below(*parts_, ranges, code);
    case Comparison::at_most:
      return count_below(*parts_, ranges, is_there ? code + 1 : code);
    case Comparison::equal:
      break;
  }
  return is_there ? count_below(*parts_, ranges, code + 1) -
                        count_below(*parts_, ranges, code)
                  : 0;
}

std::optional<Fraction> SpectrumIndex::value_at(UnitIndex unit,
                                                std::int64_t rank) const {
  const Ranges ranges = known_of(*parts_, unit);
  if (rank < 0 || rank >= ranges.size()) return std::nullopt;
  return parts_->values[ranked_at(*parts_, ranges, rank).code];
}

std::optional<ThresholdAt> SpectrumIndex::threshold_for(
    UnitIndex unit, Comparison comparison, std::int64_t part,
    std::int64_t whole) const {
  if (comparison == Comparison::equal || whole < 1) return std::nullopt;
  const Ranges ranges = known_of(*parts_, unit);
  ThresholdAt found;
  found.known = ranges.size();
  // As many as are wished, rounded up; the hardest threshold of all has one.
  const int128 wished =
      (int128{std::max<std::int64_t>(part, 0)} * found.known + whole - 1) /
      whole;
  if (wished > found.known || found.known == 0) return std::nullopt;
  const auto least =
      std::max<std::int64_t>(static_cast<std::int64_t>(wished), 1);
  const bool at_most = comparison == Comparison::at_most;
  const Ranked ranked =
      ranked_at(*parts_, ranges, at_most ? least - 1 : found.known - least);
  found.threshold = parts_->values[ranked.code];
  found.met = at_most ? ranked.below + ranked.tied : found.known - ranked.below;
  found.tied = ranked.tied;
  return found;
}

Comparison SpectrumIndex::comparison() const { return parts_->comparison; }

std::size_t SpectrumIndex::value_count() const { return parts_->values.size(); }

std::size_t SpectrumIndex::byte_count() const {
  std::size_t bytes = parts_->values.size() * sizeof(Fraction) +
                      parts_->added.byte_count() + parts_->taken.byte_count();
  for (const PlaceCounts* counts :
       {&parts_->known_added, &parts_->known_taken, &parts_->unknown_added,
        &parts_->unknown_taken}) {
    bytes += counts->byte_count();
  }
  return bytes;
}

}  // namespace headrope
