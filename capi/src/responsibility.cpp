// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who answers for what, and where nobody does.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

// A day asked about; 0 is the snapshot's, which is always given in full.
Result<Date> day_of(const Snapshot& snapshot, std::int32_t day) {
  if (day == 0) return snapshot.as_of();
  if (!is_civil(Date{day})) {
    return invalid("day must be a day in the years 1400 to 9999");
  }
  return Date{day};
}

Result<std::optional<DutyId>> duty_of(const Snapshot& snapshot,
                                      std::int64_t duty) {
  if (duty == HEADROPE_NONE) return std::optional<DutyId>{};
  const auto id = id_of<DutyId>(duty, snapshot.duty_count(), "duty");
  if (!id) return id.error();
  return std::optional<DutyId>{*id};
}

Result<UnitIndex> unit_of(const Snapshot& snapshot, std::int64_t unit) {
  if (unit == HEADROPE_NONE) return UnitIndex{};
  return id_of<UnitIndex>(unit, snapshot.unit_count(), "unit");
}

// What is asked about a chain.
struct AskedChain {
  ChainQuestion question;
  Language language = Language::zh;
};

Result<AskedChain> chain_of(const Snapshot& snapshot, std::int64_t hierarchy,
                            std::int64_t duty, std::int64_t top,
                            const headrope_chain_options* options) {
  const auto own = options_of(options, "options");
  if (!own) return own.error();
  AskedChain asked;
  const auto forest = forest_of(snapshot, hierarchy);
  if (!forest) return forest.error();
  asked.question.forest = *forest;
  const auto shown = shown_of(snapshot, **forest, top, HEADROPE_ALL_LEVELS);
  if (!shown) return shown.error();
  asked.question.top = shown->top;
  const auto which = duty_of(snapshot, duty);
  if (!which) return which.error();
  asked.question.duty = *which;
  const auto when = day_of(snapshot, own->day);
  if (!when) return when.error();
  asked.question.day = *when;
  const auto language = language_of(own->language);
  if (!language) return language.error();
  asked.language = *language;
  asked.question.needs_post = own->needs_post != 0;
  const auto roles = list_of(own->roles, own->role_count, "roles");
  if (!roles) return roles.error();
  for (const std::int64_t number : *roles) {
    const auto role = id_of<RoleId>(number, snapshot.roles().size(), "role");
    if (!role) return role.error();
    asked.question.roles.push_back(*role);
  }
  return asked;
}

Result<BurdenLimits> limits_of(const headrope_load_options& options) {
  BurdenLimits limits;
  const std::pair<std::int64_t, std::optional<std::int64_t>*> all[] = {
      {options.leads_max, &limits.leads},
      {options.cooperations_max, &limits.cooperations},
      {options.posts_max, &limits.posts},
      {options.liaisons_max, &limits.liaisons},
      {options.contact_points_max, &limits.contact_points},
      {options.total_max, &limits.total}};
  for (const auto& [given, limit] : all) {
    if (given < 0) return invalid("a limit is below 0");
    if (given > 0) *limit = given;
  }
  return limits;
}

}  // namespace

headrope_status headrope_registry_add_duties(headrope_registry* registry,
                                             const headrope_pack* pack,
                                             headrope_findings* findings,
                                             headrope_error* error) {
  return guard(error, {{"registry", registry}, {"pack", pack}},
               [&]() -> Result<void> {
                 return with_findings(findings, error, [&](Diagnostics& own) {
                   return add_duties(registry->value, *pack->value, own);
                 });
               });
}

headrope_status headrope_responsibility_new(const headrope_snapshot* snapshot,
                                            headrope_responsibility** out,
                                            headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"snapshot", snapshot}, {"out", out}},
               [&]() -> Result<void> {
                 *out = new headrope_responsibility{
                     snapshot->value, Responsibility(snapshot->value)};
                 return {};
               });
}

void headrope_responsibility_free(headrope_responsibility* responsibility) {
  delete responsibility;
}

headrope_status headrope_responsibility_holders(
    const headrope_responsibility* responsibility, int64_t unit, int64_t duty,
    int32_t day, headrope_language language, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"responsibility", responsibility}, {"out", out}},
               [&]() -> Result<void> {
                 const Snapshot& frozen = *responsibility->snapshot;
                 const auto whom = unit_of(frozen, unit);
                 if (!whom) return whom.error();
                 const auto which = duty_of(frozen, duty);
                 if (!which) return which.error();
                 const auto when = day_of(frozen, day);
                 if (!when) return when.error();
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 const auto holders = responsibility->value.holders(
                     *whom, HolderQuestion{*when, *which, {}});
                 give(holders_table(frozen, holders, *chosen), out);
                 return {};
               });
}

headrope_status headrope_responsibility_gaps(
    const headrope_responsibility* responsibility,
    const headrope_gaps_options* options, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"responsibility", responsibility}, {"out", out}},
      [&]() -> Result<void> {
        const auto own = options_of(options, "options");
        if (!own) return own.error();
        const auto chosen = language_of(own->language);
        if (!chosen) return chosen.error();
        GapQuestion question;
        if (own->valid_from != 0 || own->valid_until != 0) {
          const Interval asked{Date{own->valid_from}, Date{own->valid_until}};
          if (asked.is_empty()) return invalid("valid_until: no day is left");
          question.days = asked;
        }
        if (own->gaps_max < 0) return invalid("gaps_max is below 0");
        if (own->gaps_max > 0) {
          question.gaps_max = static_cast<std::size_t>(own->gaps_max);
        }
        SpacedProgress progress(own->progress, own->user_data);
        question.progress = progress.callback();
        const auto gaps = find_gaps(responsibility->value, question);
        if (!gaps) return gaps.error();
        give(gaps_table(*responsibility->snapshot, *gaps, *chosen), out);
        return {};
      });
}

headrope_status headrope_responsibility_chain(
    const headrope_responsibility* responsibility, int64_t hierarchy,
    int64_t duty, int64_t top, const headrope_chain_options* options,
    headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"responsibility", responsibility}, {"out", out}},
      [&]() -> Result<void> {
        const Snapshot& frozen = *responsibility->snapshot;
        const auto asked = chain_of(frozen, hierarchy, duty, top, options);
        if (!asked) return asked.error();
        const auto chains =
            follow_chains(responsibility->value, asked->question);
        if (!chains) return chains.error();
        give(chain_table(frozen, *chains, asked->language, asked->question.day),
             out);
        return {};
      });
}

headrope_status headrope_responsibility_single_points(
    const headrope_responsibility* responsibility, int64_t hierarchy,
    int64_t duty, int64_t top, const headrope_chain_options* options,
    int64_t count_max, headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"responsibility", responsibility}, {"out", out}},
      [&]() -> Result<void> {
        const Snapshot& frozen = *responsibility->snapshot;
        const auto asked = chain_of(frozen, hierarchy, duty, top, options);
        if (!asked) return asked.error();
        if (count_max < 0) return invalid("count_max is below 0");
        const auto points = single_points(
            responsibility->value, asked->question,
            count_max == 0 ? 100 : static_cast<std::size_t>(count_max));
        if (!points) return points.error();
        give(single_points_table(frozen, *points), out);
        return {};
      });
}

headrope_status headrope_responsibility_load(
    const headrope_responsibility* responsibility, int64_t line, int64_t top,
    const headrope_load_options* options, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"responsibility", responsibility}, {"out", out}},
      [&]() -> Result<void> {
        const Snapshot& frozen = *responsibility->snapshot;
        const auto own = options_of(options, "options");
        if (!own) return own.error();
        const auto chosen = language_of(own->language);
        if (!chosen) return chosen.error();
        LoadQuestion question;
        const auto when = day_of(frozen, own->day);
        if (!when) return when.error();
        question.days = {*when};
        if (line != HEADROPE_NONE) {
          const auto forest = forest_of(frozen, line);
          if (!forest) return forest.error();
          question.line = *forest;
        }
        const auto below = unit_of(frozen, top);
        if (!below) return below.error();
        if (!below->is_none() && question.line == nullptr) {
          return invalid("top is given without a line that it is in");
        }
        question.top = *below;
        if (auto limits = limits_of(*own); limits) {
          question.limits = *limits;
        } else {
          return limits.error();
        }
        give(load_table(frozen, count_load(responsibility->value, question),
                        question.limits, *chosen),
             out);
        return {};
      });
}
