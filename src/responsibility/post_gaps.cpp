// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Findings about posts: seats that nobody or too many hold, holders who left,
// posts that go with an office.

#include <algorithm>
#include <array>

#include "responsibility/gap_search.hpp"

namespace headrope {
namespace {

// A post on a day, as far as findings name it.
struct Seats {
  UnitIndex unit{};
  RoleId role{};
  std::int64_t held = 0;
  std::int64_t seats = 0;
  PersonId acting{};
  friend bool operator==(const Seats&, const Seats&) = default;
};

// How a post stands to its office on a day.
struct Office {
  UnitIndex unit{};
  RoleId role{};
  bool is_gone = false;
  PersonId not_in_office{};  // Holds the post, and not the office.
  PersonId not_in_post{};    // The other way round.
  friend bool operator==(const Office&, const Office&) = default;
};

class PostSearch {
 public:
  explicit PostSearch(GapSearch& search)
      : search_(search), index_(search.index) {}

  void look_at(PostId post) {
    if (search_.is_one_day() && is_plain(post)) return;
    find_seats(post);
    find_office(post);
  }

  // More persons in the posts of one role in a unit than the role allows.
  void find_too_many_of_role(UnitIndex unit) {
    const auto posts = index_.posts_of_unit.of(unit.value);
    std::vector<RoleId> roles;
    for (const std::uint32_t at : posts) {
      const RoleId role = index_.posts[at].role;
      if (index_.snapshot->roles()[role.value].holders_max) {
        roles.push_back(role);
      }
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    for (const RoleId role : roles) find_too_many_of_role(unit, role);
  }

 private:
  // True if nothing can be found on the one day that is asked about.
  [[nodiscard]] bool is_plain(PostId post) {
    const PostState* state = index_.post_on(post, search_.days.valid_from);
    if (state == nullptr || state->unit.is_none()) return true;
    if (!state->ex_officio.is_none()) return false;
    list_titular(post, search_.days.valid_from, titular_);
    return titular_.size() == state->seats;
  }

  // The holders of a post by day; the last posts that were asked are kept.
  [[nodiscard]] const DayIndex& days_of(PostId post) {
    for (const auto& [known, days] : days_) {
      if (known == post) return days;
    }
    std::vector<Interval> days;
    for (const std::uint32_t at : index_.holders_of_post.of(post.value)) {
      days.push_back(index_.holders[at].valid);
    }
    auto& kept = days_[next_++ % days_.size()];
    kept = {post, DayIndex(std::move(days))};
    return kept.second;
  }

  void list_titular(PostId post, Date day, std::vector<PersonId>& to) {
    to.clear();
    const auto rows = index_.holders_of_post.of(post.value);
    days_of(post).on(day, holding_);
    for (const std::uint32_t at : holding_) {
      const PostHolder& holder = index_.holders[rows[at]];
      if (!holder.acting) to.push_back(holder.person);
    }
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
  }

  [[nodiscard]] PersonId first_acting(PostId post, Date day) {
    PersonId first;
    const auto rows = index_.holders_of_post.of(post.value);
    days_of(post).on(day, holding_);
    for (const std::uint32_t at : holding_) {
      const PostHolder& holder = index_.holders[rows[at]];
      // None is the greatest.
      if (holder.acting) first = std::min(first, holder.person);
    }
    return first;
  }

  // The days of a post's rows and holders.
  [[nodiscard]] std::vector<Interval> parts_of(PostId post) const {
    std::vector<Interval> parts;
    for (const std::uint32_t at : index_.rows_of_post.of(post.value)) {
      parts.push_back(index_.posts[at].valid);
    }
    for (const std::uint32_t at : index_.holders_of_post.of(post.value)) {
      parts.push_back(index_.holders[at].valid);
    }
    return parts;
  }

  void find_seats(PostId post) {
    const std::vector<Interval> parts = parts_of(post);
    const auto find = [&](GapType type, const auto& is_found) {
      if (!search_.wants(type)) return;
      for_each_run(
          parts, search_.days,
          [&](Date day) -> std::optional<Seats> {
            const PostState* state = index_.post_on(post, day);
            if (state == nullptr || state->unit.is_none()) return std::nullopt;
            list_titular(post, day, titular_);
            Seats seats{state->unit,
                        state->role,
                        static_cast<std::int64_t>(titular_.size()),
                        state->seats,
                        {}};
            if (!is_found(seats)) return std::nullopt;
            if (type == GapType::vacancy)
              seats.acting = first_acting(post, day);
            return seats;
          },
          [&](const Interval& run, const Seats& seats) {
            Gap gap;
            gap.type = type;
            gap.days = run;
            gap.role = seats.role;
            gap.unit = seats.unit;
            gap.post = post;
            gap.person = seats.acting;
            gap.count = seats.held;
            gap.limit = seats.seats;
            search_.add(gap);
          });
    };
    find(GapType::vacancy,
         [](const Seats& seats) { return seats.held < seats.seats; });
    find(GapType::holders_too_many,
         [](const Seats& seats) { return seats.held > seats.seats; });
  }

  [[nodiscard]] std::optional<Office> office_on(PostId post, Date day) {
    const PostState* state = index_.post_on(post, day);
    if (state == nullptr || state->unit.is_none() ||
        state->ex_officio.is_none()) {
      return std::nullopt;
    }
    Office office{state->unit, state->role, false, {}, {}};
    if (index_.post_on(state->ex_officio, day) == nullptr) {
      office.is_gone = true;
      return office;
    }
    list_titular(post, day, titular_);
    list_titular(state->ex_officio, day, in_office_);
    if (titular_ == in_office_) return std::nullopt;
    const auto first_beside = [](const std::vector<PersonId>& list,
                                 const std::vector<PersonId>& others) {
      for (const PersonId person : list) {
        if (!std::binary_search(others.begin(), others.end(), person)) {
          return person;
        }
      }
      return PersonId{};
    };
    office.not_in_office = first_beside(titular_, in_office_);
    office.not_in_post = first_beside(in_office_, titular_);
    return office;
  }

  void find_office(PostId post) {
    if (!search_.wants(GapType::ex_officio_not_followed,
                       GapType::office_gone)) {
      return;
    }
    std::vector<Interval> parts = parts_of(post);
    bool has_office = false;
    for (const std::uint32_t at : index_.rows_of_post.of(post.value)) {
      const PostId office = index_.posts[at].ex_officio;
      if (office.is_none()) continue;
      has_office = true;
      const std::vector<Interval> of_office = parts_of(office);
      parts.insert(parts.end(), of_office.begin(), of_office.end());
    }
    if (!has_office) return;
    for_each_run(
        parts, search_.days, [&](Date day) { return office_on(post, day); },
        [&](const Interval& run, const Office& office) {
          Gap gap;
          gap.type = office.is_gone ? GapType::office_gone
                                    : GapType::ex_officio_not_followed;
          gap.days = run;
          gap.role = office.role;
          gap.unit = office.unit;
          gap.post = post;
          gap.person = office.not_in_office;
          if (!office.not_in_post.is_none()) {
            gap.other = {EntityType::person, office.not_in_post.value};
          }
          search_.add(gap);
        });
  }

  void find_too_many_of_role(UnitIndex unit, RoleId role) {
    const std::int64_t most = *index_.snapshot->roles()[role.value].holders_max;
    std::vector<Interval> parts;
    std::vector<PostId> posts;
    for (const std::uint32_t at : index_.posts_of_unit.of(unit.value)) {
      if (index_.posts[at].role != role) continue;
      posts.push_back(index_.posts[at].post);
      const std::vector<Interval> own = parts_of(posts.back());
      parts.insert(parts.end(), own.begin(), own.end());
    }
    for_each_run(
        parts, search_.days,
        [&](Date day) -> std::optional<std::int64_t> {
          std::vector<PersonId> all;
          for (const PostId post : posts) {
            const PostState* state = index_.post_on(post, day);
            if (state == nullptr || state->unit != unit ||
                state->role != role) {
              continue;
            }
            list_titular(post, day, titular_);
            all.insert(all.end(), titular_.begin(), titular_.end());
          }
          std::sort(all.begin(), all.end());
          const auto count = std::unique(all.begin(), all.end()) - all.begin();
          if (count <= most) return std::nullopt;
          return count;
        },
        [&](const Interval& run, std::int64_t count) {
          Gap gap;
          gap.type = GapType::holders_too_many;
          gap.days = run;
          gap.role = role;
          gap.unit = unit;
          gap.count = count;
          gap.limit = most;
          search_.add(gap);
        });
  }

  GapSearch& search_;
  const Responsibility::Index& index_;
  std::array<std::pair<PostId, DayIndex>, 4> days_;
  std::size_t next_ = 0;
  std::vector<std::uint32_t> holding_;  // Positions among a post's rows.
  std::vector<PersonId> titular_;
  std::vector<PersonId> in_office_;
};

// A person who holds a post of a unit and is no longer a member there.
void find_left(GapSearch& search, const PostHolder& holder) {
  const Responsibility::Index& index = search.index;
  if (!touches(holder.valid, search.days)) return;
  for (const std::uint32_t at : index.rows_of_post.of(holder.post.value)) {
    const PostState& post = index.posts[at];
    if (post.unit.is_none()) continue;
    Gap gap;
    gap.type = GapType::holder_left;
    gap.role = post.role;
    gap.unit = post.unit;
    gap.post = holder.post;
    gap.person = holder.person;
    add_left(search, holder.valid.intersected(post.valid), gap);
  }
}

}  // namespace

void add_left(GapSearch& search, const Interval& held, Gap gap) {
  if (!touches(held, search.days)) return;
  const Responsibility::Index& index = search.index;
  std::vector<Interval> member;
  Date first = Date::open_end();
  for (const MembershipSpan& span : index.snapshot->history(gap.person)) {
    if (!index.is_at_or_below(span.unit, gap.unit)) continue;
    member.push_back(span.valid);
    first = std::min(first, span.valid.valid_from);
  }
  if (member.empty()) return;
  const DaySet since(held.intersected({first, Date::open_end()}));
  for_each_run(since.without(DaySet(std::move(member))), search.days,
               [&](const Interval& run) {
                 gap.days = run;
                 search.add(gap);
               });
}

void find_post_gaps(GapSearch& search) {
  const Responsibility::Index& index = search.index;
  // No finding about a post is about a duty.
  if (!search.wants(DutyId{})) return;
  PostSearch posts(search);
  const std::size_t count = index.snapshot->post_count();
  for (std::uint32_t post = 0; post < count; ++post) {
    if (post % 100'000 == 0 && !search.go_on(post, count)) return;
    if (!index.rows_of_post.of(post).empty()) posts.look_at(PostId{post});
  }
  const auto roles = index.snapshot->roles();
  const bool has_limits = std::any_of(
      roles.begin(), roles.end(),
      [](const Role& role) { return role.holders_max.has_value(); });
  if (has_limits && search.wants(GapType::holders_too_many)) {
    const auto units = static_cast<std::uint32_t>(index.snapshot->unit_count());
    for (std::uint32_t unit = 0; unit < units; ++unit) {
      posts.find_too_many_of_role(UnitIndex{unit});
    }
  }
  if (!search.wants(GapType::holder_left)) return;
  for (std::size_t at = 0; at < index.holders.size(); ++at) {
    find_left(search, index.holders[at]);
  }
}

}  // namespace headrope
