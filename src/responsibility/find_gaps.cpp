// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The search for findings as a whole: the families one after the other, one
// limit, one order.

#include <algorithm>
#include <tuple>

#include "headrope/damaged.hpp"
#include "responsibility/gap_search.hpp"

namespace headrope {
namespace {

// Several rows may say the same; those whose days meet are one finding. What
// is found unit by unit, or post by post, comes once.
bool is_of_rows(GapType type) {
  return type != GapType::no_lead && type != GapType::two_leads &&
         type != GapType::self_lead && type != GapType::vacancy &&
         type != GapType::tasks_overlap;
}

auto order_of_gap(const Gap& gap) {
  return std::tuple(gap.type, gap.duty, gap.unit, gap.post, gap.person,
                    gap.days, gap.role, gap.holder, gap.other, gap.other_duty,
                    gap.text, gap.count, gap.limit, gap.clause);
}

// Turns are those of a year: two years are two findings.
bool are_of_one_year(const Gap& gap, const Gap& other) {
  return gap.type != GapType::turn_skipped ||
         civil(gap.days.valid_from).year == civil(other.days.valid_from).year;
}

// Joins findings of rows that agree in all but their days.
void join_rows(std::vector<Gap>& gaps) {
  const auto first = std::stable_partition(
      gaps.begin(), gaps.end(),
      [](const Gap& gap) { return !is_of_rows(gap.type); });
  const auto without_days = [](const Gap& gap) {
    Gap bare = gap;
    bare.days = {};
    return order_of_gap(bare);
  };
  std::sort(first, gaps.end(), [&](const Gap& left, const Gap& right) {
    const auto of_left = without_days(left);
    const auto of_right = without_days(right);
    return of_left != of_right ? of_left < of_right : left.days < right.days;
  });
  auto kept = first;
  for (auto at = first; at != gaps.end(); ++at) {
    if (kept != first) {
      Gap& last = *std::prev(kept);
      if (last.days.valid_until >= at->days.valid_from &&
          without_days(last) == without_days(*at) &&
          are_of_one_year(last, *at)) {
        last.days.valid_until =
            std::max(last.days.valid_until, at->days.valid_until);
        continue;
      }
    }
    *kept++ = *at;
  }
  gaps.erase(kept, gaps.end());
}

}  // namespace

GapSearch::GapSearch(const Responsibility::Index& asked_of,
                     const GapQuestion& asked)
    : index(asked_of),
      question(asked),
      days(asked.days.value_or(Interval{index.snapshot->as_of(),
                                        add_days(index.snapshot->as_of(), 1)})),
      filter_(asked_of, asked.forest, asked.top) {
  for (std::size_t type = 0; type < gap_type_count; ++type) {
    wanted_[type] = asked.types.empty() ? 1 : 0;
  }
  for (const GapType type : asked.types) {
    if (static_cast<std::size_t>(type) < gap_type_count) {
      wanted_[static_cast<std::size_t>(type)] = 1;
    }
  }
}

bool GapSearch::wants(DutyId duty) const {
  const auto& list = question.duties;
  return list.empty() ||
         std::find(list.begin(), list.end(), duty) != list.end();
}

void GapSearch::keep(const Gap& gap) {
  if (gaps_.size() >= question.gaps_max) {
    is_full_ = true;
    return;
  }
  gaps_.push_back(gap);
  // Without a clause of its own, a finding has that of its duty.
  if (gap.clause.empty() && !gap.duty.is_none()) {
    gaps_.back().clause = index.traits[gap.duty.value].clause;
  }
}

void GapSearch::add(const Gap& gap) {
  if (is_over() || !wants(gap.type) || !wants(gap.duty) || !wants(gap.unit)) {
    return;
  }
  if (gap.unit.is_none()) {
    if (touches(gap.days, days)) keep(gap);
    return;
  }
  for (const Interval& life : index.snapshot->life(gap.unit)) {
    const Interval lived = gap.days.intersected(life);
    if (!touches(lived, days)) continue;
    Gap cut = gap;
    cut.days = lived;
    keep(cut);
  }
}

bool GapSearch::go_on(std::uint64_t done, std::uint64_t total) {
  if (!is_stopped_ && question.progress &&
      !question.progress("find gaps", done, total)) {
    is_stopped_ = true;
  }
  return !is_over();
}

Result<std::vector<Gap>> GapSearch::take() {
  if (is_stopped_) {
    return Error{Code::cancelled, "the search was stopped by the caller"};
  }
  if (is_full_) {
    return Error{Code::limit_exceeded,
                 "there are more than " + std::to_string(question.gaps_max) +
                     " findings; ask for fewer types, duties or units"};
  }
  join_rows(gaps_);
  const auto before = [](const Gap& left, const Gap& right) {
    return order_of_gap(left) < order_of_gap(right);
  };
  if (!std::is_sorted(gaps_.begin(), gaps_.end(), before)) {
    std::sort(gaps_.begin(), gaps_.end(), before);
  }
  return std::move(gaps_);
}

Result<std::vector<Gap>> find_gaps(const Responsibility& responsibility,
                                   const GapQuestion& question) try {
  GapSearch search(responsibility.index(), question);
  using Family = void (*)(GapSearch&);
  constexpr std::array<Family, 5> families{find_duty_gaps, find_post_gaps,
                                           find_assignment_gaps, find_task_gaps,
                                           find_need_gaps};
  for (std::size_t at = 0; at < families.size(); ++at) {
    if (!search.go_on(at, families.size())) break;
    families[at](search);
  }
  return search.take();
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
