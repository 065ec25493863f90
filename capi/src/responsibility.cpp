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
    int64_t duty, int32_t day, headrope_language language, headrope_table** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"responsibility", responsibility}, {"out", out}},
               [&]() -> Result<void> {
                 const Snapshot& frozen = *responsibility->snapshot;
                 const auto forest = forest_of(frozen, hierarchy);
                 if (!forest) return forest.error();
                 const auto which = duty_of(frozen, duty);
                 if (!which) return which.error();
                 const auto when = day_of(frozen, day);
                 if (!when) return when.error();
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 ChainQuestion question;
                 question.forest = *forest;
                 question.day = *when;
                 question.duty = *which;
                 const auto chains =
                     follow_chains(responsibility->value, question);
                 if (!chains) return chains.error();
                 give(chain_table(frozen, *chains, *chosen, *when), out);
                 return {};
               });
}

headrope_status headrope_responsibility_load(
    const headrope_responsibility* responsibility, int32_t day,
    headrope_language language, headrope_table** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"responsibility", responsibility}, {"out", out}},
      [&]() -> Result<void> {
        const Snapshot& frozen = *responsibility->snapshot;
        const auto when = day_of(frozen, day);
        if (!when) return when.error();
        const auto chosen = language_of(language);
        if (!chosen) return chosen.error();
        LoadQuestion question;
        question.days = {*when};
        give(load_table(frozen, count_load(responsibility->value, question),
                        question.limits, *chosen),
             out);
        return {};
      });
}
