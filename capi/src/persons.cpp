// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Sets of persons, how they overlap, and the spectrum at any unit.

#include <array>
#include <optional>
#include <utility>

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

void give_set(PersonSet set, headrope_persons** out) {
  *out = new headrope_persons{std::move(set)};
}

Result<UnitIndex> unit_of(const headrope_spectrum& spectrum,
                          std::int64_t unit) {
  return id_of<UnitIndex>(unit, static_cast<std::size_t>(spectrum.unit_count),
                          "unit");
}

Result<Comparison> test_of(headrope_comparing test, std::int32_t count) {
  return word_of<Comparison>(test, count, "test");
}

void give_spectrum(SpectrumIndex index, const Snapshot& snapshot,
                   headrope_spectrum** out) {
  *out = new headrope_spectrum{
      std::move(index), static_cast<std::int64_t>(snapshot.unit_count())};
}

}  // namespace

headrope_status headrope_persons_below(const headrope_snapshot* snapshot,
                                       int64_t hierarchy, int64_t unit,
                                       headrope_basis basis,
                                       int32_t thread_count,
                                       headrope_persons** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"snapshot", snapshot}, {"out", out}}, [&]() -> Result<void> {
        const Snapshot& frozen = *snapshot->value;
        const auto forest = forest_of(frozen, hierarchy);
        if (!forest) return forest.error();
        const auto at = id_of<UnitIndex>(unit, frozen.unit_count(), "unit");
        if (!at) return at.error();
        const auto how = word_of<CountBasis>(basis, 3, "basis");
        if (!how) return how.error();
        const auto threads = threads_of(thread_count);
        if (!threads) return threads.error();
        auto set =
            PersonSet::below(snapshot->value, **forest, *at, *how, *threads);
        if (!set) return set.error();
        give_set(*std::move(set), out);
        return {};
      });
}

headrope_status headrope_persons_with_status(
    const headrope_assessment* assessment, headrope_rule_status status,
    headrope_persons** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        const auto which = word_of<Status>(status, 7, "status");
        if (!which) return which.error();
        RuleAssessment joined;
        const auto rules = together(*assessment, joined);
        if (!rules) return rules.error();
        auto set =
            PersonSet::with_status(assessment->snapshot, **rules, *which);
        if (!set) return set.error();
        give_set(*std::move(set), out);
        return {};
      });
}

headrope_status headrope_persons_combine(const headrope_persons* left,
                                         const headrope_persons* right,
                                         headrope_set_operation operation,
                                         headrope_persons** out,
                                         headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"left", left}, {"right", right}, {"out", out}},
      [&]() -> Result<void> {
        constexpr std::array how{&PersonSet::unite, &PersonSet::intersect,
                                 &PersonSet::subtract};
        const auto which = word_of<std::size_t>(operation, 3, "operation");
        if (!which) return which.error();
        PersonSet set = left->value;
        if (auto done = (set.*how[*which])(right->value); !done) {
          return done;
        }
        give_set(std::move(set), out);
        return {};
      });
}

void headrope_persons_free(headrope_persons* persons) { delete persons; }

int64_t headrope_persons_count(const headrope_persons* persons) {
  return persons == nullptr ? 0 : persons->value.size();
}

headrope_status headrope_persons_list(const headrope_persons* persons,
                                      int64_t* buffer, int64_t capacity,
                                      int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(
      error, {{"persons", persons}, {"out", out}}, [&]() -> Result<void> {
        return fill(persons->value.persons(), buffer, capacity, out,
                    [](PersonId person) { return int64_t{person.value}; });
      });
}

headrope_status headrope_persons_table(const headrope_persons* persons,
                                       int64_t rows_max, headrope_table** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"persons", persons}, {"out", out}}, [&]() -> Result<void> {
        if (rows_max < 0) return invalid("rows_max is below 0");
        const std::int64_t rows =
            rows_max == 0 ? persons->value.size() : rows_max;
        give(persons_table(persons->value, static_cast<std::size_t>(rows)),
             out);
        return {};
      });
}

headrope_status headrope_overlap_new(const headrope_persons* const* sets,
                                     const headrope_text* labels, int64_t count,
                                     headrope_overlap** out,
                                     headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"sets", sets}, {"labels", labels}, {"out", out}},
      [&]() -> Result<void> {
        const auto given = list_of(sets, count, "sets");
        if (!given) return given.error();
        std::vector<const PersonSet*> chosen;
        std::vector<std::string> names;
        for (std::size_t at = 0; at < given->size(); ++at) {
          const headrope_persons* set = (*given)[at];
          if (set == nullptr) {
            return Error{Code::null_argument, "a set is NULL"};
          }
          chosen.push_back(&set->value);
          // More are refused below, before their labels are read.
          if (given->size() > 16) continue;
          const auto name = text_of(labels[at].data, labels[at].size, "label");
          if (!name) return name.error();
          names.emplace_back(*name);
        }
        auto overlap = find_overlap(chosen);
        if (!overlap) return overlap.error();
        std::string en = overlap_sentence(*overlap, names, Language::en);
        std::string zh = overlap_sentence(*overlap, names, Language::zh);
        *out = new headrope_overlap{*std::move(overlap), std::move(names),
                                    std::move(en), std::move(zh)};
        return {};
      });
}

void headrope_overlap_free(headrope_overlap* overlap) { delete overlap; }

headrope_status headrope_overlap_table(const headrope_overlap* overlap,
                                       headrope_table** out,
                                       headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"overlap", overlap}, {"out", out}},
               [&]() -> Result<void> {
                 give(overlap_table(overlap->value, overlap->labels), out);
                 return {};
               });
}

headrope_status headrope_overlap_sentence(const headrope_overlap* overlap,
                                          headrope_language language,
                                          headrope_text* out,
                                          headrope_error* error) {
  clear_text(out);
  return guard(error, {{"overlap", overlap}, {"out", out}},
               [&]() -> Result<void> {
                 const auto chosen = language_of(language);
                 if (!chosen) return chosen.error();
                 *out = view_of(*chosen == Language::zh ? overlap->sentence_zh
                                                        : overlap->sentence_en);
                 return {};
               });
}

headrope_status headrope_spectrum_new(const headrope_figures* figures,
                                      int64_t hierarchy,
                                      headrope_spectrum** out,
                                      headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"figures", figures}, {"out", out}}, [&]() -> Result<void> {
        const auto forest = forest_of(*figures->snapshot, hierarchy);
        if (!forest) return forest.error();
        auto index =
            SpectrumIndex::make(figures->snapshot, **forest,
                                figures->tally.value, figures->tally.has_value);
        if (!index) return index.error();
        give_spectrum(*std::move(index), *figures->snapshot, out);
        return {};
      });
}

headrope_status headrope_spectrum_of_assessment(
    const headrope_assessment* assessment, int64_t hierarchy,
    headrope_basis basis, headrope_spectrum** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"assessment", assessment}, {"out", out}}, [&]() -> Result<void> {
        if (assessment->rules.size() != 1) {
          return invalid("a spectrum is that of one rule, not of " +
                         std::to_string(assessment->rules.size()));
        }
        const auto forest = forest_of(*assessment->snapshot, hierarchy);
        if (!forest) return forest.error();
        const auto how = word_of<CountBasis>(basis, 3, "basis");
        if (!how) return how.error();
        auto index = SpectrumIndex::make(assessment->snapshot, **forest,
                                         assessment->rules.front(), *how);
        if (!index) return index.error();
        give_spectrum(*std::move(index), *assessment->snapshot, out);
        return {};
      });
}

void headrope_spectrum_free(headrope_spectrum* spectrum) { delete spectrum; }

headrope_status headrope_spectrum_count(const headrope_spectrum* spectrum,
                                        int64_t unit, headrope_comparing test,
                                        int64_t numerator, int64_t denominator,
                                        int64_t* out, headrope_error* error) {
  clear_output<int64_t>(out, 0);
  return guard(
      error, {{"spectrum", spectrum}, {"out", out}}, [&]() -> Result<void> {
        const auto at = unit_of(*spectrum, unit);
        if (!at) return at.error();
        const auto how = test_of(test, 3);
        if (!how) return how.error();
        const auto threshold = denominator < 1
                                   ? std::nullopt
                                   : make_fraction(numerator, denominator);
        if (!threshold) return invalid("denominator is below 1");
        *out = spectrum->value.count(*at, *how, *threshold);
        return {};
      });
}

headrope_status headrope_spectrum_value(const headrope_spectrum* spectrum,
                                        int64_t unit, int64_t rank,
                                        int64_t* numerator,
                                        int64_t* denominator,
                                        headrope_error* error) {
  clear_output<int64_t>(numerator, 0);
  clear_output<int64_t>(denominator, 0);
  return guard(error,
               {{"spectrum", spectrum},
                {"numerator", numerator},
                {"denominator", denominator}},
               [&]() -> Result<void> {
                 const auto at = unit_of(*spectrum, unit);
                 if (!at) return at.error();
                 const auto value = spectrum->value.value_at(*at, rank);
                 if (!value) {
                   return Error{Code::not_found,
                                "there is no value " + std::to_string(rank)};
                 }
                 *numerator = value->numerator;
                 *denominator = value->denominator;
                 return {};
               });
}

headrope_status headrope_spectrum_threshold(const headrope_spectrum* spectrum,
                                            int64_t unit,
                                            headrope_comparing test,
                                            int64_t part, int64_t whole,
                                            headrope_threshold* out,
                                            headrope_error* error) {
  clear_struct(out);
  return guard(error, {{"spectrum", spectrum}, {"out", out}},
               [&]() -> Result<void> {
                 const auto at = unit_of(*spectrum, unit);
                 if (!at) return at.error();
                 const auto how = test_of(test, 2);
                 if (!how) return how.error();
                 if (whole < 1) return invalid("whole is below 1");
                 const KnownCounts counts = spectrum->value.counts(*at);
                 const auto found =
                     spectrum->value.threshold_for(*at, *how, part, whole);
                 headrope_threshold own{};
                 own.is_reached = found ? 1 : 0;
                 own.numerator = found ? found->threshold.numerator : 0;
                 own.denominator = found ? found->threshold.denominator : 1;
                 own.met = found ? found->met : 0;
                 own.tied = found ? found->tied : 0;
                 own.known = counts.known;
                 own.unknown = counts.unknown;
                 return write_struct(own, out, "out");
               });
}
