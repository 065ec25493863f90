// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Chains from the roots down: who holds each link, where it breaks, what hangs
// on whom.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "headrope/damaged.hpp"
#include "responsibility/index.hpp"
#include "responsibility/runs.hpp"
#include "snapshot/dominators.hpp"

namespace headrope {
namespace {

constexpr std::uint32_t none = UnitIndex::none_value;

// Who holds a link on a day.
struct ChainLink {
  LinkState state = LinkState::without;
  PostId vacant{};              // The first vacant post.
  std::vector<Entity> holders;  // Persons, or units that hold by themselves.
};

// The better of two states: held before acting before vacant.
LinkState better(LinkState left, LinkState right) {
  return std::min(left, right);
}

class ChainWalk {
 public:
  ChainWalk(const Responsibility::Index& index, const ChainQuestion& question)
      : index_(index),
        question_(question),
        duty_(question.duty.value_or(DutyId{})),
        day_(index.day_or_today(question.day)),
        is_head_(index.functions.size(), 0) {
    for (std::uint32_t role = 0; role < is_head_.size(); ++role) {
      is_head_[role] =
          question.roles.empty()
              ? (index.functions[role] == RoleFunction::head ? 1 : 0)
              : 0;
    }
    for (const RoleId role : question.roles) {
      if (role.value < is_head_.size()) is_head_[role.value] = 1;
    }
  }

  [[nodiscard]] Result<void> check() const {
    if (question_.forest == nullptr) {
      return Error{Code::invalid_argument, "a chain needs a hierarchy"};
    }
    if (!question_.held.empty() &&
        question_.held.size() != index_.snapshot->unit_count()) {
      return Error{
          Code::invalid_argument,
          "held has " + std::to_string(question_.held.size()) + " values for " +
              std::to_string(index_.snapshot->unit_count()) + " units"};
    }
    if (!question_.top.is_none() &&
        question_.top.value >= question_.forest->place_count()) {
      return Error{Code::invalid_argument, "no such place in the hierarchy"};
    }
    if (question_.duty && duty_.value >= index_.traits.size()) {
      return Error{Code::invalid_argument, "no such duty"};
    }
    return {};
  }

  // The first place that is looked at, and one past the last.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> range() const {
    const Forest& forest = *question_.forest;
    if (question_.top.is_none()) {
      return {0, static_cast<std::uint32_t>(forest.place_count())};
    }
    return {question_.top.value, forest.end(question_.top).value};
  }

  [[nodiscard]] ChainLink link_of(UnitIndex unit) const {
    if (!question_.held.empty()) {
      ChainLink link;
      link.state =
          question_.held[unit.value] != 0 ? LinkState::held : LinkState::vacant;
      return link;
    }
    return question_.duty ? link_by_duty(unit, day_) : link_by_posts(unit);
  }

  [[nodiscard]] bool is_break(LinkState state) const {
    return state == LinkState::vacant ||
           (state == LinkState::without && question_.needs_post);
  }

  // Since when and until when a break lasts.
  [[nodiscard]] Interval days_of_break(UnitIndex unit, LinkState state) const {
    const Interval today{day_, add_days(day_, 1)};
    if (state != LinkState::vacant || !question_.held.empty()) return today;
    Interval days = today;
    const auto keep = [&](const Interval& run) {
      for (const Interval& life : index_.snapshot->life(unit)) {
        const Interval lived = run.intersected(life);
        if (lived.contains(day_)) days = lived;
      }
    };
    if (question_.duty) {
      for_each_run(
          parts_of_duty(unit), today,
          [&](Date day) -> std::optional<bool> {
            if (link_by_duty(unit, day).state != LinkState::vacant) {
              return std::nullopt;
            }
            return true;
          },
          [&](const Interval& run, bool) { keep(run); });
      return days;
    }
    std::vector<Interval> exists;
    std::vector<Interval> held;
    for (const std::uint32_t at : index_.posts_of_unit.of(unit.value)) {
      const PostState& post = index_.posts[at];
      if (is_head_[post.role.value] == 0) continue;
      exists.push_back(post.valid);
      for (const std::uint32_t holder :
           index_.holders_of_post.of(post.post.value)) {
        held.push_back(index_.holders[holder].valid.intersected(post.valid));
      }
    }
    for_each_run(DaySet(std::move(exists)).without(DaySet(std::move(held))),
                 today, keep);
    return days;
  }

 private:
  // Adds the holders of a post to a link.
  void add_post(PostId post, Date day, ChainLink& link) const {
    LinkState state = LinkState::vacant;
    for (const std::uint32_t at : index_.holders_of_post.of(post.value)) {
      const PostHolder& holder = index_.holders[at];
      if (!holder.valid.contains(day)) continue;
      state =
          better(state, holder.acting ? LinkState::acting : LinkState::held);
      link.holders.push_back({EntityType::person, holder.person.value});
    }
    if (state == LinkState::vacant) link.vacant = std::min(link.vacant, post);
    link.state = better(link.state, state);
  }

  [[nodiscard]] ChainLink link_by_posts(UnitIndex unit) const {
    ChainLink link;
    for (const std::uint32_t at : index_.posts_of_unit.of(unit.value)) {
      const PostState& post = index_.posts[at];
      if (is_head_[post.role.value] != 0 && post.valid.contains(day_)) {
        add_post(post.post, day_, link);
      }
    }
    return link;
  }

  [[nodiscard]] ChainLink link_by_duty(UnitIndex unit, Date day) const {
    ChainLink link;
    if (!index_.reaches_on(duty_, unit, day)) return link;
    std::vector<Covering> nearest;
    index_.nearest(index_.covering(duty_, unit), lead_group, day, nearest);
    for (const Covering& one : nearest) {
      const Entity& holder = index_.assignments[one.position].holder;
      if (holder.type == EntityType::post) {
        add_post(PostId{holder.index}, day, link);
      } else if (holder.index == none) {
        link.state = better(link.state, LinkState::vacant);  // Does not live.
      } else {
        link.state = LinkState::held;
        link.holders.push_back(holder);
      }
    }
    return link;
  }

  [[nodiscard]] std::vector<Interval> parts_of_duty(UnitIndex unit) const {
    std::vector<Interval> parts;
    const DaySet reached = index_.days_reached(duty_, unit);
    parts.assign(reached.runs().begin(), reached.runs().end());
    for (const Covering& one : index_.covering(duty_, unit).list) {
      const AssignmentState& row = index_.assignments[one.position];
      parts.push_back(row.valid);
      if (row.holder.type != EntityType::post) continue;
      for (const std::uint32_t at :
           index_.holders_of_post.of(row.holder.index)) {
        parts.push_back(index_.holders[at].valid);
      }
    }
    return parts;
  }

  const Responsibility::Index& index_;
  const ChainQuestion& question_;
  DutyId duty_;  // None: posts.
  Date day_;
  std::vector<std::uint8_t> is_head_;  // By RoleId.
};

// How many units hang on each: the sizes in the tree of dominators.
std::vector<std::int64_t> hanging_counts(
    const std::vector<std::uint32_t>& dominator,
    std::span<const std::uint32_t> units) {
  std::vector<std::int64_t> count(dominator.size());
  std::vector<std::uint32_t> open(dominator.size());
  for (const std::uint32_t unit : units) {
    if (dominator[unit] != none) ++open[dominator[unit]];
  }
  std::vector<std::uint32_t> ready;
  for (const std::uint32_t unit : units) {
    if (open[unit] == 0) ready.push_back(unit);
  }
  while (!ready.empty()) {
    const std::uint32_t unit = ready.back();
    ready.pop_back();
    const std::uint32_t above = dominator[unit];
    if (above == none) continue;
    count[above] += count[unit] + 1;
    if (--open[above] == 0) ready.push_back(above);
  }
  return count;
}

// The walk down, place by place.
struct Walked {
  std::vector<std::uint32_t> units;    // In the order of first places.
  std::vector<std::uint8_t> reached;   // By place in the range.
  std::vector<std::uint8_t> is_first;  // By unit: no break on some path.
};

Walked walk_down(const ChainWalk& walk, const Forest& forest, Chains& chains) {
  const auto [begin, end] = walk.range();
  Walked walked;
  walked.reached.assign(end - begin, 0);
  walked.is_first.assign(chains.states.size(), 0);
  std::vector<std::uint8_t> seen(chains.states.size());
  for (std::uint32_t at = begin; at < end; ++at) {
    const std::uint32_t unit = forest.unit(PlaceIndex{at}).value;
    if (seen[unit] == 0) {
      seen[unit] = 1;
      walked.units.push_back(unit);
      chains.states[unit] = walk.link_of(UnitIndex{unit}).state;
      if (forest.end(PlaceIndex{at}).value == at + 1) ++chains.leaves;
    }
    const PlaceIndex parent = forest.parent(PlaceIndex{at});
    const bool from_above = parent.is_none() || parent.value < begin ||
                            walked.reached[parent.value - begin] != 0;
    if (!from_above) continue;
    walked.is_first[unit] = 1;
    if (walk.is_break(chains.states[unit])) continue;
    walked.reached[at - begin] = 1;
    if (chains.reached[unit] == 0) {
      chains.reached[unit] = 1;
      if (forest.end(PlaceIndex{at}).value == at + 1) ++chains.leaves_reached;
    }
  }
  return walked;
}

// Counts what is lost below some units: units that were reached before and all
// whose whole paths pass one of them.
class LossCount {
 public:
  LossCount(const Forest& forest, const Walked& walked,
            const std::pair<std::uint32_t, std::uint32_t>& range,
            std::size_t unit_count)
      : forest_(forest),
        walked_(walked),
        range_(range),
        whole_paths_(unit_count),
        lost_paths_(unit_count) {
    for (std::uint32_t at = range.first; at < range.second; ++at) {
      if (walked.reached[at - range.first] != 0) {
        ++whole_paths_[forest.unit(PlaceIndex{at}).value];
      }
    }
  }

  [[nodiscard]] std::int64_t count(const std::vector<std::uint32_t>& units) {
    std::vector<std::uint32_t> tops;
    for (const std::uint32_t unit : units) {
      const auto add = [&](std::uint32_t place) {
        if (place >= range_.first && place < range_.second) {
          tops.push_back(place);
        }
      };
      const PlaceIndex first = forest_.first_place(UnitIndex{unit});
      if (first.is_none()) continue;
      add(first.value);
      for (const std::uint32_t more : forest_.more_places(UnitIndex{unit})) {
        add(more);
      }
    }
    std::sort(tops.begin(), tops.end());
    std::vector<std::uint32_t> touched;
    std::uint32_t done = 0;
    for (const std::uint32_t top : tops) {
      const std::uint32_t end = forest_.end(PlaceIndex{top}).value;
      for (std::uint32_t at = std::max(top, done); at < end; ++at) {
        if (walked_.reached[at - range_.first] == 0) continue;
        const std::uint32_t unit = forest_.unit(PlaceIndex{at}).value;
        if (lost_paths_[unit]++ == 0) touched.push_back(unit);
      }
      done = std::max(done, end);
    }
    std::int64_t lost = 0;
    for (const std::uint32_t unit : touched) {
      if (lost_paths_[unit] == whole_paths_[unit]) ++lost;
      lost_paths_[unit] = 0;
    }
    for (const std::uint32_t unit : units) {
      if (whole_paths_[unit] > 0) --lost;  // These are not counted.
    }
    return lost;
  }

 private:
  const Forest& forest_;
  const Walked& walked_;
  std::pair<std::uint32_t, std::uint32_t> range_;
  std::vector<std::uint32_t> whole_paths_;  // By unit.
  std::vector<std::uint32_t> lost_paths_;   // By unit.
};

}  // namespace

Result<Chains> follow_chains(const Responsibility& responsibility,
                             const ChainQuestion& question) try {
  const Responsibility::Index& index = responsibility.index();
  const ChainWalk walk(index, question);
  if (auto good = walk.check(); !good) return good.error();
  const std::size_t unit_count = index.snapshot->unit_count();
  Chains chains;
  chains.states.assign(unit_count, LinkState::without);
  chains.reached.assign(unit_count, 0);
  const Walked walked = walk_down(walk, *question.forest, chains);
  const bool has_breaks = std::any_of(
      walked.units.begin(), walked.units.end(),
      [&](std::uint32_t unit) { return walk.is_break(chains.states[unit]); });
  if (!has_breaks) return chains;
  const std::vector<std::int64_t> hanging = hanging_counts(
      immediate_dominators(*question.forest, unit_count, question.top),
      walked.units);
  for (const std::uint32_t unit : walked.units) {
    const LinkState state = chains.states[unit];
    if (!walk.is_break(state)) continue;
    ChainBreak found;
    found.unit = UnitIndex{unit};
    found.state = state;
    found.post = walk.link_of(UnitIndex{unit}).vacant;
    found.days = walk.days_of_break(UnitIndex{unit}, state);
    found.hanging = hanging[unit];
    found.is_first = walked.is_first[unit] != 0;
    chains.breaks.push_back(found);
  }
  return chains;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

std::vector<UnitIndex> hanging_below(const Forest& forest, UnitIndex unit) {
  std::vector<UnitIndex> list;
  const PlaceIndex first = forest.first_place(unit);
  if (first.is_none()) return list;
  const auto note = [&](PlaceIndex top) {
    for (std::uint32_t at = top.value + 1; at < forest.end(top).value; ++at) {
      list.push_back(forest.unit(PlaceIndex{at}));
    }
  };
  note(first);
  for (const std::uint32_t more : forest.more_places(unit)) {
    note(PlaceIndex{more});
  }
  std::sort(list.begin(), list.end());
  if (forest.is_tree()) return list;
  // One hangs if all its places stand below.
  auto kept = list.begin();
  for (auto at = list.begin(); at != list.end();) {
    const auto next = std::upper_bound(at, list.end(), *at);
    const auto places = 1 + forest.more_places(*at).size();
    if (static_cast<std::size_t>(next - at) == places) *kept++ = *at;
    at = next;
  }
  list.erase(kept, list.end());
  return list;
}

Result<std::vector<SinglePoint>> single_points(
    const Responsibility& responsibility, const ChainQuestion& question,
    std::size_t count_max) try {
  const Responsibility::Index& index = responsibility.index();
  const ChainWalk walk(index, question);
  if (auto good = walk.check(); !good) return good.error();
  const std::size_t unit_count = index.snapshot->unit_count();
  Chains chains;
  chains.states.assign(unit_count, LinkState::without);
  chains.reached.assign(unit_count, 0);
  const Walked walked = walk_down(walk, *question.forest, chains);
  std::map<Entity, std::vector<std::uint32_t>> alone;
  for (const std::uint32_t unit : walked.units) {
    const ChainLink link = walk.link_of(UnitIndex{unit});
    if (link.holders.empty()) continue;
    const Entity& first = link.holders.front();
    const bool is_alone =
        std::all_of(link.holders.begin(), link.holders.end(),
                    [&](const Entity& other) { return other == first; });
    if (is_alone) alone[first].push_back(unit);
  }
  LossCount loss(*question.forest, walked, walk.range(), unit_count);
  std::vector<SinglePoint> points;
  points.reserve(alone.size());
  for (const auto& [holder, units] : alone) {
    points.push_back(
        {holder, static_cast<std::int64_t>(units.size()), loss.count(units)});
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const SinglePoint& left, const SinglePoint& right) {
                     return std::tuple(right.hanging, right.units) <
                            std::tuple(left.hanging, left.units);
                   });
  if (points.size() > count_max) points.resize(count_max);
  return points;
} catch (const SnapshotDamaged& damage) {
  return damage.error();
}

}  // namespace headrope
