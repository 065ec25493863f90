// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the roots down: of the places below one that is shown, those with small
// counts are withheld, and then the smallest others until what is left of the
// place above is no small count either. The subjects of a place itself are
// always part of what is left.

#include "headrope/publish.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace headrope {
namespace {

constexpr std::array published{Status::met, Status::unmet, Status::pending,
                               Status::not_evaluable};

// The counts of a place: eligible, then each published status.
using Counts = std::array<std::int64_t, 1 + published.size()>;

Counts counts_at(const Coverage& coverage, PlaceIndex place) {
  const StatusCounts of = coverage.at(place);
  Counts counts{of.eligible()};
  for (std::size_t at = 0; at < published.size(); ++at) {
    counts[1 + at] = of.of(published[at]);
  }
  return counts;
}

void add(Counts& to, const Counts& more) {
  for (std::size_t at = 0; at < to.size(); ++at) to[at] += more[at];
}

void subtract(Counts& from, const Counts& less) {
  for (std::size_t at = 0; at < from.size(); ++at) from[at] -= less[at];
}

// Calls `use` with each place directly below one; none: with each root.
template <typename Use>
void for_each_child(const Forest& forest, PlaceIndex place, const Use& use) {
  const std::uint32_t begin = place.is_none() ? 0 : place.value + 1;
  const auto end = place.is_none()
                       ? static_cast<std::uint32_t>(forest.place_count())
                       : forest.end(place).value;
  for (std::uint32_t at = begin; at < end; at = forest.end({at}).value) {
    use(PlaceIndex{at});
  }
}

bool is_small(std::int64_t count, std::int64_t least) {
  return count > 0 && count < least;
}

// Which of the counts one tier shows: the eligible, or the statuses.
struct Tier {
  std::size_t begin;
  std::size_t end;
  std::vector<Withheld> Suppression::* marks;
  Withheld Suppression::* total;
};
constexpr Tier eligible_tier{0, 1, &Suppression::eligible,
                             &Suppression::total_eligible};
constexpr Tier status_tier{1, 1 + published.size(), &Suppression::statuses,
                           &Suppression::total_statuses};

class Suppressor {
 public:
  Suppressor(const Forest& forest, const Coverage& coverage, std::int64_t least)
      : forest_(forest), coverage_(coverage) {
    result_.least = least;
    result_.eligible.assign(forest.place_count(), Withheld::below);
    result_.statuses.assign(forest.place_count(), Withheld::below);
  }

  Suppression decide() {
    Counts total{};
    for_each_child(forest_, {}, [&](PlaceIndex root) {
      add(total, counts_at(coverage_, root));
    });
    for (const Tier& tier : {eligible_tier, status_tier}) {
      const bool is_shown =
          !has_small(total, tier) && result_.total_eligible == Withheld::shown;
      result_.*tier.total = is_shown ? Withheld::shown : Withheld::small;
      if (is_shown) decide_below({}, total, tier);
      // In pre-order, so what stands above is decided already.
      for (std::uint32_t at = 0; at < forest_.place_count(); ++at) {
        if ((result_.*tier.marks)[at] != Withheld::shown) continue;
        decide_below({at}, counts_at(coverage_, {at}), tier);
      }
    }
    return std::move(result_);
  }

 private:
  bool has_small(const Counts& counts, const Tier& tier) const {
    return small_count(counts, tier).has_value();
  }

  // Whether a place cannot be shown whatever its neighbours are. Of a place
  // whose eligible subjects are withheld, the statuses are too.
  bool must_be_withheld(PlaceIndex place, const Counts& counts,
                        const Tier& tier) const {
    return has_small(counts, tier) ||
           result_.eligible[place.value] == Withheld::small ||
           result_.eligible[place.value] == Withheld::protects;
  }

  void decide_below(PlaceIndex above, const Counts& of_above,
                    const Tier& tier) {
    std::vector<Withheld>& marks = result_.*tier.marks;
    struct Child {
      PlaceIndex place;
      Counts counts;
    };
    std::vector<Child> others;
    Counts left = of_above;  // What no shown place below accounts for.
    std::vector<PlaceIndex> empty;
    for_each_child(forest_, above, [&](PlaceIndex child) {
      const Counts counts = counts_at(coverage_, child);
      if (counts[0] == 0) empty.push_back(child);
      if (must_be_withheld(child, counts, tier)) {
        marks[child.value] = Withheld::small;
        return;
      }
      marks[child.value] = Withheld::shown;
      if (counts[0] == 0) return;
      subtract(left, counts);
      others.push_back({child, counts});
    });
    while (const auto count = small_count(left, tier)) {
      // The smallest that adds to it, and of those the first. There is one,
      // since with all of them what is left is the place above.
      const auto found = std::min_element(
          others.begin(), others.end(),
          [&](const Child& one, const Child& two) {
            const auto key = [&](const Child& child) {
              return std::pair(child.counts[*count] == 0, child.counts[0]);
            };
            return key(one) < key(two);
          });
      marks[found->place.value] = Withheld::protects;
      add(left, found->counts);
      others.erase(found);
    }
    // Who has nobody hides among those who are withheld: else a group of as
    // many subjects as places would have one in each.
    if (left[0] == 0 || tier.begin != eligible_tier.begin) return;
    for (const PlaceIndex child : empty) {
      marks[child.value] = Withheld::protects;
    }
  }

  // The first count that is small; nothing if none is.
  std::optional<std::size_t> small_count(const Counts& counts,
                                         const Tier& tier) const {
    for (std::size_t at = tier.begin; at < tier.end; ++at) {
      if (is_small(counts[at], result_.least)) return at;
    }
    return std::nullopt;
  }

  const Forest& forest_;
  const Coverage& coverage_;
  Suppression result_;
};

}  // namespace

Result<Suppression> suppress_small_counts(const Forest& forest,
                                          const Coverage& coverage,
                                          std::int64_t least) {
  if (least < 2) {
    return Error{Code::invalid_argument, "the least count must be at least 2"};
  }
  if (!forest.is_tree()) {
    return Error{Code::invalid_argument,
                 "a unit stands in several places of the hierarchy, so its "
                 "figures do not add up and cannot be protected"};
  }
  if (coverage.place_count != forest.place_count()) {
    return Error{Code::invalid_argument,
                 "the coverage is that of another hierarchy"};
  }
  for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
    Counts own = counts_at(coverage, {at});
    for_each_child(forest, {at}, [&](PlaceIndex child) {
      subtract(own, counts_at(coverage, child));
    });
    if (*std::min_element(own.begin(), own.end()) < 0) {
      return Error{Code::invalid_argument,
                   "the parts of a unit have more than the unit: count each "
                   "person once, on the basis primary, or each membership"};
    }
  }
  return Suppressor(forest, coverage, least).decide();
}

std::vector<Recoverable> find_recoverable(const Forest& forest,
                                          const Coverage& coverage,
                                          const Suppression& suppression) {
  std::vector<Recoverable> found;
  const auto look = [&](PlaceIndex place, Counts left, const Tier& tier) {
    const std::vector<Withheld>& marks = suppression.*tier.marks;
    for_each_child(forest, place, [&](PlaceIndex child) {
      if (marks[child.value] == Withheld::shown) {
        subtract(left, counts_at(coverage, child));
      }
    });
    for (std::size_t at = tier.begin; at < tier.end; ++at) {
      if (is_small(left[at], suppression.least)) {
        found.push_back({place, tier.begin > 0, left[at]});
      }
    }
  };
  Counts total{};
  for_each_child(forest, {}, [&](PlaceIndex root) {
    add(total, counts_at(coverage, root));
  });
  for (const Tier& tier : {eligible_tier, status_tier}) {
    if (suppression.*tier.total == Withheld::shown) look({}, total, tier);
    const std::vector<Withheld>& marks = suppression.*tier.marks;
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      if (marks[at] != Withheld::shown) continue;
      look({at}, counts_at(coverage, {at}), tier);
    }
  }
  return found;
}

}  // namespace headrope
