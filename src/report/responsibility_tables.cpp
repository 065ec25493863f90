// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the answers about responsibility to tables.

#include "headrope/responsibility_tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "model/words.hpp"
#include "report/names.hpp"
#include "report/rows.hpp"
#include "responsibility/words.hpp"

namespace headrope {
namespace {

std::string_view yes_if(bool is_so) { return is_so ? "yes" : ""; }

std::optional<std::int64_t> days_between(Date from, Date until) {
  if (from.is_open() || until.is_open()) return std::nullopt;
  return Interval{from, until}.day_count();
}

// The columns of a holder, without the duty's and the unit's.
void declare_holder(Rows& rows) {
  rows.texts({"role", "holder", "holder_name", "person", "acting", "reached",
              "from", "clause"});
}

void add_holder(Rows& rows, const ReportNames& names, const Holder& one) {
  const bool is_gap = one.role.is_none();
  // The gap row of a duty; a holder that nobody is has no duty either.
  rows.text(is_gap && !one.duty.is_none() ? wording("no_lead", names.language())
                                          : names.label(one.role))
      .text(names.identity(one.holder))
      .text(names.name(one.holder))
      .text(names.identity(one.person))
      .text(yes_if(one.acting))
      .text(is_gap ? std::string_view{} : word_of(reached_words, one.reached))
      .text(names.identity(one.from))
      .text(one.clause);
}

// The columns of a finding that say what it is, but not whom it concerns.
void add_gap_cause(Rows& rows, const ReportNames& names, const Gap& gap,
                   bool with_holder) {
  // A finding that is no question of numbers has none.
  const bool counts = gap.count != 0 || gap.limit != 0;
  const auto counted = [&](std::int64_t number) {
    return counts ? std::optional(number) : std::nullopt;
  };
  const Entity none{};
  const Entity& holder = with_holder ? gap.holder : none;
  rows.text(names.identity(holder))
      .text(names.name(holder))
      .text(names.identity(gap.other))
      .text(names.name(gap.other))
      .text(names.identity(gap.other_duty))
      .text(gap.text)
      .number(counted(gap.count))
      .number(counted(gap.limit))
      .date(gap.days.valid_from)
      .date(gap.days.valid_until)
      .text(gap.clause);
}

Rows gap_rows() {
  Rows rows;
  rows.texts({"type", "duty", "duty_name", "role", "unit", "unit_name", "post",
              "person", "holder", "holder_name", "other", "other_name",
              "other_duty", "text"});
  rows.integers({"count", "limit"});
  rows.column("valid_from", Column::Type::date);
  rows.column("valid_until", Column::Type::date);
  rows.column("clause");
  return rows;
}

bool leads_itself(const Gap& gap) {
  return gap.type == GapType::self_lead &&
         gap.holder.type == EntityType::unit &&
         gap.holder.index == gap.unit.value;
}

// All of a finding but whom it concerns.
auto group_key(const Gap& gap) {
  const Entity holder = leads_itself(gap) ? Entity{} : gap.holder;
  return std::tuple(gap.type, gap.duty, gap.role, leads_itself(gap), holder,
                    gap.other, gap.other_duty, gap.count, gap.limit, gap.days,
                    gap.clause, gap.text);
}

// The findings of each group, the groups in the order of their first one.
std::vector<std::vector<const Gap*>> grouped(std::span<const Gap> gaps) {
  std::map<decltype(group_key(gaps.front())), std::size_t> positions;
  std::vector<std::vector<const Gap*>> groups;
  for (const Gap& gap : gaps) {
    const auto [at, is_new] =
        positions.try_emplace(group_key(gap), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(&gap);
  }
  return groups;
}

// The different units of a group, in order; findings of one stand together.
std::vector<UnitIndex> units_of(const std::vector<const Gap*>& group) {
  std::vector<UnitIndex> units;
  for (const Gap* gap : group) {
    if (!gap->unit.is_none()) units.push_back(gap->unit);
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

// The first names of whom a group concerns: units, else persons.
std::string first_names(const ReportNames& names,
                        const std::vector<const Gap*>& group,
                        const std::vector<UnitIndex>& units) {
  constexpr std::size_t shown_max = 3;
  const std::size_t all = units.empty() ? group.size() : units.size();
  std::string text;
  for (std::size_t at = 0; at < std::min(shown_max, all); ++at) {
    const std::string_view one = units.empty()
                                     ? names.identity(group[at]->person)
                                     : names.shown(units[at]);
    if (one.empty()) continue;
    if (!text.empty()) text += names.separator();
    text += one;
  }
  if (!text.empty() && all > shown_max) text += " …";
  return text;
}

struct LimitColumn {
  const char* name;
  std::optional<std::int64_t> BurdenLimits::* limit;
  std::int64_t (*value)(const Burden&);
};

constexpr std::array limit_columns{
    LimitColumn{"leads", &BurdenLimits::leads,
                [](const Burden& one) { return one.leads; }},
    LimitColumn{"cooperations", &BurdenLimits::cooperations,
                [](const Burden& one) { return one.cooperations; }},
    LimitColumn{"posts", &BurdenLimits::posts,
                [](const Burden& one) { return one.posts; }},
    LimitColumn{"liaisons", &BurdenLimits::liaisons,
                [](const Burden& one) { return one.liaisons; }},
    LimitColumn{"contact_points", &BurdenLimits::contact_points,
                [](const Burden& one) { return one.contact_points; }},
    LimitColumn{"total", &BurdenLimits::total,
                [](const Burden& one) { return one.total(); }}};

// The names of the limits that one has passed.
std::string passed(const Burden& burden, const BurdenLimits& limits,
                   const ReportNames& names) {
  std::string text;
  for (const LimitColumn& one : limit_columns) {
    const auto& limit = limits.*one.limit;
    if (!limit || one.value(burden) <= *limit) continue;
    if (!text.empty()) text += names.separator();
    text += wording(one.name, names.language());
  }
  return text;
}

}  // namespace

Table holders_table(const Snapshot& snapshot, std::span<const Holder> holders,
                    Language language) {
  const ReportNames names(snapshot, language);
  Rows rows;
  rows.texts({"duty", "duty_name", "unit", "unit_name"});
  declare_holder(rows);
  rows.column("valid_from", Column::Type::date);
  rows.column("valid_until", Column::Type::date);
  for (const Holder& one : holders) {
    rows.text(names.identity(one.duty))
        .text(names.name(one.duty))
        .text(names.identity(one.unit))
        .text(names.name(one.unit));
    add_holder(rows, names, one);
    rows.date(one.valid.valid_from).date(one.valid.valid_until).end_row();
  }
  return rows.take();
}

std::string_view gap_type_word(GapType type) {
  return word_of(gap_words, type);
}

Table gaps_table(const Snapshot& snapshot, std::span<const Gap> gaps,
                 Language language) {
  const ReportNames names(snapshot, language);
  Rows rows = gap_rows();
  for (const Gap& gap : gaps) {
    rows.text(word_of(gap_words, gap.type))
        .text(names.identity(gap.duty))
        .text(names.name(gap.duty))
        .text(names.label(gap.role))
        .text(names.identity(gap.unit))
        .text(names.name(gap.unit))
        .text(names.identity(gap.post))
        .text(names.identity(gap.person));
    add_gap_cause(rows, names, gap, true);
    rows.end_row();
  }
  return rows.take();
}

Table grouped_gaps_table(const Snapshot& snapshot, std::span<const Gap> gaps,
                         Language language) {
  const ReportNames names(snapshot, language);
  Rows rows;
  rows.texts({"type", "duty", "duty_name", "role"});
  rows.integers({"findings", "units"});
  rows.texts({"names", "post", "person", "holder", "holder_name", "other",
              "other_name", "other_duty", "text"});
  rows.integers({"count", "limit"});
  rows.column("valid_from", Column::Type::date);
  rows.column("valid_until", Column::Type::date);
  rows.column("clause");
  for (const std::vector<const Gap*>& group : grouped(gaps)) {
    const Gap& first = *group.front();
    const bool is_one = group.size() == 1;
    const std::vector<UnitIndex> units = units_of(group);
    rows.text(word_of(gap_words, first.type))
        .text(names.identity(first.duty))
        .text(names.name(first.duty))
        .text(names.label(first.role))
        .number(static_cast<std::int64_t>(group.size()))
        .number(static_cast<std::int64_t>(units.size()))
        .text(first_names(names, group, units))
        .text(is_one ? names.identity(first.post) : std::string_view{})
        .text(is_one ? names.identity(first.person) : std::string_view{});
    add_gap_cause(rows, names, first, is_one || !leads_itself(first));
    rows.end_row();
  }
  return rows.take();
}

Table chain_table(const Snapshot& snapshot, const Chains& chains,
                  Language language, Date day) {
  const ReportNames names(snapshot, language);
  const Date until = add_days(day.is_open() ? snapshot.as_of() : day, 1);
  Rows rows;
  rows.texts({"unit", "name", "kind", "state", "post"});
  rows.column("valid_from", Column::Type::date);
  rows.column("valid_until", Column::Type::date);
  rows.integers({"days", "hanging"});
  rows.column("first");
  for (const ChainBreak& one : chains.breaks) {
    rows.text(names.identity(one.unit))
        .text(names.name(one.unit))
        .text(names.kind(one.unit))
        .text(word_of(link_words, one.state))
        .text(names.identity(one.post))
        .date(one.days.valid_from)
        .date(one.days.valid_until)
        .number(days_between(one.days.valid_from, until))
        .number(one.hanging)
        .text(yes_if(one.is_first))
        .end_row();
  }
  return rows.take();
}

Table chain_sum_table(const Chains& chains) {
  const auto first =
      std::count_if(chains.breaks.begin(), chains.breaks.end(),
                    [](const ChainBreak& one) { return one.is_first; });
  Rows rows;
  rows.integers({"leaves_reached", "leaves"});
  rows.column("leaf_rate", Column::Type::ratio);
  rows.integers({"breaks", "first_breaks"});
  rows.number(chains.leaves_reached)
      .number(chains.leaves)
      .ratio(chains.leaves_reached, chains.leaves)
      .number(static_cast<std::int64_t>(chains.breaks.size()))
      .number(static_cast<std::int64_t>(first))
      .end_row();
  return rows.take();
}

Table hanging_table(const Snapshot& snapshot, const Forest& forest,
                    std::span<const UnitIndex> breaks) {
  const ReportNames names(snapshot, Language::en);
  Rows rows;
  rows.texts({"below", "below_name", "unit", "name", "kind"});
  for (const UnitIndex above : breaks) {
    for (const UnitIndex unit : hanging_below(forest, above)) {
      rows.text(names.identity(above))
          .text(names.name(above))
          .text(names.identity(unit))
          .text(names.name(unit))
          .text(names.kind(unit))
          .end_row();
    }
  }
  return rows.take();
}

Table single_points_table(const Snapshot& snapshot,
                          std::span<const SinglePoint> points) {
  const ReportNames names(snapshot, Language::en);
  Rows rows;
  rows.texts({"what", "holder", "holder_name"});
  rows.integers({"units", "hanging"});
  for (const SinglePoint& one : points) {
    rows.text(word_of(words<EntityType>, one.holder.type))
        .text(names.identity(one.holder))
        .text(names.name(one.holder))
        .number(one.units)
        .number(one.hanging)
        .end_row();
  }
  return rows.take();
}

Table load_table(const Snapshot& snapshot, std::span<const Load> loads,
                 const BurdenLimits& limits, Language language) {
  const ReportNames names(snapshot, language);
  Rows rows;
  rows.texts({"what", "holder", "holder_name"});
  rows.column("day", Column::Type::date);
  rows.integers({"leads", "cooperations", "other_roles", "posts", "liaisons",
                 "contact_points", "pairings", "total"});
  std::vector<std::int64_t> given;
  for (const LimitColumn& one : limit_columns) {
    if (const auto& limit = limits.*one.limit) {
      rows.column(std::string(one.name) + "_max", Column::Type::integer);
      given.push_back(*limit);
    }
  }
  rows.column("over");
  for (const Load& one : loads) {
    const Burden& burden = one.burden;
    rows.text(word_of(words<EntityType>, one.holder.type))
        .text(names.identity(one.holder))
        .text(names.name(one.holder))
        .date(one.day);
    for (const std::int64_t count :
         {burden.leads, burden.cooperations, burden.other_roles, burden.posts,
          burden.liaisons, burden.contact_points, burden.pairings,
          burden.total()}) {
      rows.number(count);
    }
    for (const std::int64_t limit : given) rows.number(limit);
    rows.text(passed(burden, limits, names)).end_row();
  }
  return rows.take();
}

Table tenures_table(const Snapshot& snapshot, PostId post,
                    std::span<const Responsibility::Tenure> tenures,
                    Language language) {
  const ReportNames names(snapshot, language);
  const PostState* state = names.post(post);
  const UnitIndex unit = state == nullptr ? UnitIndex{} : state->unit;
  Rows rows;
  rows.texts({"post", "role", "unit", "unit_name", "person", "state"});
  rows.column("valid_from", Column::Type::date);
  rows.column("valid_until", Column::Type::date);
  rows.integers({"days"});
  for (const Responsibility::Tenure& one : tenures) {
    const LinkState link = one.person.is_none() ? LinkState::vacant
                           : one.acting         ? LinkState::acting
                                                : LinkState::held;
    rows.text(names.identity(post))
        .text(state == nullptr ? std::string_view{} : names.label(state->role))
        .text(names.identity(unit))
        .text(names.name(unit))
        .text(names.identity(one.person))
        .text(word_of(link_words, link))
        .date(one.valid.valid_from)
        .date(one.valid.valid_until)
        .number(days_between(one.valid.valid_from, one.valid.valid_until))
        .end_row();
  }
  return rows.take();
}

Table missed_table(const Snapshot& snapshot, const RuleAssessment& assessment,
                   std::span<const Missed> missed, Language language) {
  const ReportNames names(snapshot, language);
  const std::string_view rule = assessment.pack->rule(assessment.rule).id;
  Rows rows;
  rows.texts({"rule", "subject", "name"});
  rows.column("due", Column::Type::date);
  rows.texts({"duty", "duty_name", "unit", "unit_name"});
  declare_holder(rows);
  for (const Missed& one : missed) {
    const std::uint32_t subject = assessment.subjects[one.subject];
    const bool is_unit = assessment.subject_type == SubjectType::units;
    const auto add = [&](const Holder& holder) {
      rows.text(rule)
          .text(subject_identity(snapshot, assessment.subject_type, subject))
          .text(is_unit ? names.name(UnitIndex{subject}) : std::string_view{})
          .date(one.due)
          .text(names.identity(holder.duty))
          .text(names.name(holder.duty))
          .text(names.identity(holder.unit))
          .text(names.name(holder.unit));
      add_holder(rows, names, holder);
      rows.end_row();
    };
    for (const Holder& holder : one.holders) add(holder);
    if (one.holders.empty()) add(Holder{});
  }
  return rows.take();
}

}  // namespace headrope
