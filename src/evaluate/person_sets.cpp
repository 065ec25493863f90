// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of persons as bits, and their combinations.

#include "headrope/person_sets.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>

#include "base/parallel.hpp"
#include "headrope/damaged.hpp"

namespace headrope {
namespace {

constexpr std::size_t bits = 64;
constexpr std::size_t sets_max = 16;
constexpr std::size_t threads_max = 16;

using Words = std::vector<std::uint64_t>;

std::size_t word_count(const Snapshot& snapshot) {
  return (snapshot.person_count() + bits - 1) / bits;
}

void set_bit(Words& words, std::uint32_t person) {
  words[person / bits] |= std::uint64_t{1} << (person % bits);
}

// The members of some places.
void add_members(const Snapshot& snapshot, const Forest& forest,
                 std::uint32_t first, std::uint32_t last, CountBasis basis,
                 Words& words) {
  for (const Standing standing : {Standing::primary, Standing::secondary}) {
    if (standing == Standing::secondary && basis == CountBasis::primary) break;
    const auto persons = snapshot.member_column(standing);
    const auto begin = snapshot.member_begin(standing);
    for (std::uint32_t place = first; place < last; ++place) {
      const std::uint32_t unit = forest.unit({place}).value;
      for (std::uint32_t at = begin[unit]; at < begin[unit + 1]; ++at) {
        set_bit(words, persons[at].value);
      }
    }
  }
}

bool is_of(const Snapshot& snapshot, const Forest& forest) {
  const auto forests = snapshot.forests();
  return std::any_of(forests.begin(), forests.end(),
                     [&](const Forest& one) { return &one == &forest; });
}

Error wrong_subjects() {
  return {Code::invalid_argument,
          "the assessment is not one of persons of this snapshot"};
}

bool is_about_persons(const Assessment& assessment) {
  return assessment.rule.subjects.type == Subjects::Type::persons;
}

bool is_about_persons(const RuleAssessment& assessment) {
  return assessment.subject_type == SubjectType::persons;
}

// The persons of a word by combination: the disjoint parts of a word that each
// set cuts in two. There are never more than 64 that are not empty.
class WordParts {
 public:
  void cut(std::uint64_t word, std::uint32_t combination) {
    const std::size_t before = count_;
    for (std::size_t at = 0; at < before; ++at) {
      const std::uint64_t inside = parts_[at].persons & word;
      if (inside == 0) continue;
      const std::uint64_t outside = parts_[at].persons & ~word;
      const std::uint32_t within = parts_[at].combination | combination;
      if (outside == 0) {
        parts_[at].combination = within;
      } else {
        parts_[at].persons = outside;
        parts_[count_++] = {inside, within};
      }
    }
  }
  void begin(std::uint64_t word) {
    parts_[0] = {word, 0};
    count_ = 1;
  }
  template <typename Take>
  void each(const Take& take) const {
    for (std::size_t at = 0; at < count_; ++at) {
      take(parts_[at].combination, parts_[at].persons);
    }
  }

 private:
  struct Part {
    std::uint64_t persons = 0;
    std::uint32_t combination = 0;
  };
  std::array<Part, bits> parts_{};
  std::size_t count_ = 0;
};

}  // namespace

PersonSet::PersonSet(std::shared_ptr<const Snapshot> snapshot)
    : snapshot_(std::move(snapshot)), words_(word_count(*snapshot_)) {}

PersonSet PersonSet::none(std::shared_ptr<const Snapshot> snapshot) {
  return PersonSet(std::move(snapshot));
}

PersonSet PersonSet::all(std::shared_ptr<const Snapshot> snapshot) {
  PersonSet set(std::move(snapshot));
  const std::size_t persons = set.snapshot_->person_count();
  std::fill(set.words_.begin(), set.words_.end(), ~std::uint64_t{0});
  if (persons % bits != 0) {
    set.words_.back() = (std::uint64_t{1} << (persons % bits)) - 1;
  }
  set.size_ = static_cast<std::int64_t>(persons);
  return set;
}

Result<PersonSet> PersonSet::of(std::shared_ptr<const Snapshot> snapshot,
                                std::span<const PersonId> persons) try {
  PersonSet set(std::move(snapshot));
  for (const PersonId person : persons) {
    if (person.value >= set.snapshot_->person_count()) {
      return Error{Code::invalid_argument,
                   "no person of the snapshot has the number " +
                       std::to_string(person.value)};
    }
    set.add(person);
  }
  set.recount();
  return set;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<PersonSet> PersonSet::below(std::shared_ptr<const Snapshot> snapshot,
                                   const Forest& forest, UnitIndex unit,
                                   CountBasis basis, Threads threads) try {
  if (!is_of(*snapshot, forest) || unit.value >= snapshot->unit_count()) {
    return Error{Code::invalid_argument,
                 "the hierarchy or the unit is not of this snapshot"};
  }
  if (basis == CountBasis::every) {
    return Error{Code::invalid_argument,
                 "a set has each person once: the basis is primary or any"};
  }
  const PlaceIndex place = forest.first_place(unit);
  if (place.is_none()) {
    return Error{
        Code::not_found,
        "unit '" + std::string(snapshot->identity(unit)) +
            "' has no place in the hierarchy '" +
            std::string(snapshot->hierarchies()[forest.hierarchy().value].id) +
            "'"};
  }
  // What is below a unit stands below each of its places, so one is enough.
  const std::size_t first = place.value;
  const std::size_t places = forest.end(place).value - first;
  const std::size_t count = std::clamp<std::size_t>(
      std::min<std::size_t>(threads.count, threads_max), 1, places);
  PersonSet set(std::move(snapshot));
  std::vector<Words> parts(count - 1, Words(set.words_.size()));
  run_in_parallel(count, [&](std::size_t at) {
    add_members(*set.snapshot_, forest,
                static_cast<std::uint32_t>(first + places * at / count),
                static_cast<std::uint32_t>(first + places * (at + 1) / count),
                basis, at == 0 ? set.words_ : parts[at - 1]);
  });
  for (const Words& part : parts) {
    for (std::size_t at = 0; at < part.size(); ++at) {
      set.words_[at] |= part[at];
    }
  }
  set.recount();
  return set;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

template <typename Answer>
Result<PersonSet> PersonSet::of_status(std::shared_ptr<const Snapshot> snapshot,
                                       const Answer& assessment,
                                       Status status) try {
  PersonSet set(std::move(snapshot));
  if (!is_about_persons(assessment)) return wrong_subjects();
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    const PersonId person{assessment.subjects[at]};
    if (person.value >= set.snapshot_->person_count()) return wrong_subjects();
    if (assessment.overall(at) == status) set.add(person);
  }
  set.recount();
  return set;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

Result<PersonSet> PersonSet::with_status(
    std::shared_ptr<const Snapshot> snapshot, const Assessment& assessment,
    Status status) {
  return of_status(std::move(snapshot), assessment, status);
}

Result<PersonSet> PersonSet::with_status(
    std::shared_ptr<const Snapshot> snapshot, const RuleAssessment& assessment,
    Status status) {
  return of_status(std::move(snapshot), assessment, status);
}

void PersonSet::add(PersonId person) { set_bit(words_, person.value); }

void PersonSet::recount() {
  size_ = 0;
  for (const std::uint64_t word : words_) size_ += std::popcount(word);
}

template <typename Combine>
Result<void> PersonSet::combine(const PersonSet& other, const Combine& how) {
  if (snapshot_ != other.snapshot_) {
    return Error{Code::invalid_argument,
                 "the sets of persons are of different snapshots"};
  }
  for (std::size_t at = 0; at < words_.size(); ++at) {
    words_[at] = how(words_[at], other.words_[at]);
  }
  recount();
  return {};
}

Result<void> PersonSet::unite(const PersonSet& other) {
  return combine(
      other, [](std::uint64_t own, std::uint64_t word) { return own | word; });
}

Result<void> PersonSet::intersect(const PersonSet& other) {
  return combine(
      other, [](std::uint64_t own, std::uint64_t word) { return own & word; });
}

Result<void> PersonSet::subtract(const PersonSet& other) {
  return combine(
      other, [](std::uint64_t own, std::uint64_t word) { return own & ~word; });
}

bool PersonSet::contains(PersonId person) const {
  return person.value < snapshot_->person_count() &&
         ((words_[person.value / bits] >> (person.value % bits)) & 1U) != 0;
}

std::vector<PersonId> PersonSet::persons(PersonId from,
                                         std::size_t limit) const {
  std::vector<PersonId> found;
  found.reserve(std::min(limit, static_cast<std::size_t>(size_)));
  for (std::size_t at = from.value / bits; at < words_.size(); ++at) {
    std::uint64_t word = words_[at];
    if (at == from.value / bits)
      word &= ~std::uint64_t{0} << (from.value % bits);
    for (; word != 0; word &= word - 1) {
      if (found.size() == limit) return found;
      found.push_back({static_cast<std::uint32_t>(
          at * bits + static_cast<std::size_t>(std::countr_zero(word)))});
    }
  }
  return found;
}

std::int64_t Overlap::in_any() const {
  std::int64_t sum = 0;
  for (const std::int64_t count : exactly) sum += count;
  return sum;
}

Result<Overlap> find_overlap(std::span<const PersonSet* const> sets) {
  if (sets.size() > sets_max) {
    return Error{Code::limit_exceeded, "at most " + std::to_string(sets_max) +
                                           " sets are compared at once, not " +
                                           std::to_string(sets.size())};
  }
  if (sets.empty() ||
      std::any_of(sets.begin(), sets.end(), [&](const PersonSet* set) {
        return set == nullptr || sets.front() == nullptr ||
               set->snapshot() != sets.front()->snapshot();
      })) {
    return Error{Code::invalid_argument,
                 "sets of persons of one snapshot are needed"};
  }
  Overlap overlap;
  overlap.set_count = sets.size();
  overlap.exactly.assign(std::size_t{1} << sets.size(), 0);
  WordParts parts;
  for (std::size_t at = 0; at < sets.front()->words().size(); ++at) {
    std::uint64_t any = 0;
    for (const PersonSet* set : sets) any |= set->words()[at];
    if (any == 0) continue;
    parts.begin(any);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      parts.cut(sets[set]->words()[at], 1U << set);
    }
    parts.each([&](std::uint32_t combination, std::uint64_t persons) {
      overlap.exactly[combination] += std::popcount(persons);
    });
  }
  // In all of some sets are those in exactly these, or in more.
  overlap.common = overlap.exactly;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const std::size_t bit = std::size_t{1} << set;
    for (std::size_t at = 0; at < overlap.common.size(); ++at) {
      if ((at & bit) == 0) overlap.common[at] += overlap.common[at | bit];
    }
  }
  overlap.common[0] = 0;
  return overlap;
}

}  // namespace headrope
