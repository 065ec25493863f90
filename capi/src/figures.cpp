// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Figures: one number for each unit, and their sums along a hierarchy.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

headrope_status headrope_figures_new(const headrope_snapshot* snapshot,
                                     const int64_t* values, int64_t count,
                                     headrope_figures** out,
                                     headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto given = list_of(values, count, "values");
        if (!given) return given.error();
        if (given->size() != snapshot->value->unit_count()) {
          return invalid(std::to_string(count) +
                         " values are not one for each unit");
        }
        UnitTally tally;
        tally.value.assign(given->begin(), given->end());
        tally.has_value.assign(given->size(), 1);
        *out = new headrope_figures{snapshot->value, std::move(tally), 0};
        return {};
      });
}

headrope_status headrope_figures_tally(const headrope_snapshot* snapshot,
                                       const headrope_tally* tally,
                                       headrope_figures** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"tally", tally}, {"out", out}},
      [&]() -> Result<void> {
        const auto of = tally_of(*snapshot->value, tally);
        if (!of) return of.error();
        auto figures =
            tally_units(*snapshot->value, of->tally, of->window, false);
        if (!figures) return figures.error();
        *out = new headrope_figures{snapshot->value, *std::move(figures),
                                    decimals_of(*snapshot->value, of->tally)};
        return {};
      });
}

headrope_status headrope_figures_count_units(const headrope_snapshot* snapshot,
                                             const int64_t* kinds,
                                             int64_t count,
                                             headrope_figures** out,
                                             headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const auto given = list_of(kinds, count, "kinds");
        if (!given) return given.error();
        std::vector<KindId> wanted;
        for (const int64_t number : *given) {
          const auto kind =
              id_of<KindId>(number, snapshot->value->kinds().size(), "kind");
          if (!kind) return kind.error();
          wanted.push_back(*kind);
        }
        *out = new headrope_figures{snapshot->value,
                                    count_units(*snapshot->value, wanted), 0};
        return {};
      });
}

void headrope_figures_free(headrope_figures* figures) { delete figures; }

headrope_status headrope_figures_at(const headrope_figures* figures,
                                    int64_t unit, int64_t* out,
                                    int32_t* is_known, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  clear_output(is_known, 0);
  return guard(
      error, {{"figures", figures}, {"out", out}, {"is_known", is_known}},
      [&]() -> Result<void> {
        const auto at =
            id_of<UnitIndex>(unit, figures->tally.value.size(), "unit");
        if (!at) return at.error();
        *out = figures->tally.value[at->value];
        *is_known = figures->tally.has_value[at->value];
        return {};
      });
}

int64_t headrope_figures_unplaced(const headrope_figures* figures) {
  return figures == nullptr ? 0 : figures->tally.unplaced;
}

headrope_status headrope_figures_roll_up(const headrope_figures* figures,
                                         int64_t hierarchy, int64_t top,
                                         int32_t levels, int32_t thread_count,
                                         headrope_table** out,
                                         headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"figures", figures}, {"out", out}}, [&]() -> Result<void> {
        if (figures->tally.refusal) return *figures->tally.refusal;
        const Snapshot& frozen = *figures->snapshot;
        const auto forest = forest_of(frozen, hierarchy);
        if (!forest) return forest.error();
        const auto shown = shown_of(frozen, **forest, top, levels);
        if (!shown) return shown.error();
        const auto threads = threads_of(thread_count);
        if (!threads) return threads.error();
        const auto sums = roll_up(**forest, figures->tally.value, *threads);
        if (!sums) return sums.error();
        give(roll_up_table(frozen, **forest, figures->tally.value, *sums,
                           figures->decimals, *shown),
             out);
        return {};
      });
}

headrope_status headrope_sums_new(const headrope_figures* figures,
                                  int64_t hierarchy, headrope_sums** out,
                                  headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"figures", figures}, {"out", out}},
               [&]() -> Result<void> {
                 if (figures->tally.refusal) return *figures->tally.refusal;
                 const auto forest = forest_of(*figures->snapshot, hierarchy);
                 if (!forest) return forest.error();
                 auto sums = SubtreeSums::make(figures->snapshot, **forest,
                                               figures->tally.value);
                 if (!sums) return sums.error();
                 *out = new headrope_sums{
                     *std::move(sums),
                     static_cast<int64_t>(figures->tally.value.size())};
                 return {};
               });
}

void headrope_sums_free(headrope_sums* sums) { delete sums; }

headrope_status headrope_sums_at(const headrope_sums* sums, int64_t unit,
                                 int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(error, {{"sums", sums}, {"out", out}}, [&]() -> Result<void> {
    const auto at = id_of<UnitIndex>(
        unit, static_cast<std::size_t>(sums->unit_count), "unit");
    if (!at) return at.error();
    *out = sums->value.at(*at);
    return {};
  });
}
