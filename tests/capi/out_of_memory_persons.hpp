// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Calls about sets of persons and the spectrum at any unit.

#pragma once

#include <memory>

#include "capi/out_of_memory_cases.hpp"

namespace headrope_test {

/// An assessment of the rule R3, which is about persons.
inline headrope_assessment* assess_persons(const Fixture& f) {
  headrope_assessment* assessment = nullptr;
  std::int64_t rule = HEADROPE_NONE;
  headrope_pack_find_rule(f.pack, "R3", HEADROPE_NTS, &rule, nullptr);
  expect(headrope_assessment_new(f.snapshot, f.pack, &rule, 1, nullptr,
                                 &assessment, nullptr) == HEADROPE_OK,
         "R3 is assessed");
  return assessment;
}

inline void add_set_cases(Fixture& f) {
  for (const std::int32_t threads : {1, 2}) {
    gives_handle("headrope_persons_below", headrope_persons_free,
                 [&f, threads](headrope_persons** out, headrope_error* error) {
                   return headrope_persons_below(f.snapshot, f.party, f.branch,
                                                 HEADROPE_BASIS_ANY, threads,
                                                 out, error);
                 });
  }
  gives_handle("headrope_persons_with_status", headrope_persons_free,
               [assessment = std::shared_ptr<headrope_assessment>(
                    assess_persons(f), headrope_assessment_free)](
                   headrope_persons** out, headrope_error* error) {
                 return headrope_persons_with_status(
                     assessment.get(), HEADROPE_RULE_MET, out, error);
               });
  for (const headrope_set_operation how : {0, 1, 2}) {
    gives_handle("headrope_persons_combine", headrope_persons_free,
                 [&f, how](headrope_persons** out, headrope_error* error) {
                   return headrope_persons_combine(f.persons, f.persons, how,
                                                   out, error);
                 });
  }
  gives_value("headrope_persons_list", [&f](headrope_error* error) {
    std::int64_t buffer[100];
    std::int64_t out = 0;
    return headrope_persons_list(f.persons, buffer, 100, &out, error);
  });
  gives_handle("headrope_persons_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_persons_table(f.persons, 0, out, error);
               });
  gives_handle("headrope_overlap_new", headrope_overlap_free,
               [&f](headrope_overlap** out, headrope_error* error) {
                 const headrope_persons* const sets[] = {f.persons, f.persons};
                 const headrope_text labels[] = {text("one"), text("other")};
                 return headrope_overlap_new(sets, labels, 2, out, error);
               });
  gives_handle("headrope_overlap_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_overlap_table(f.overlap, out, error);
               });
  gives_value("headrope_overlap_sentence", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_overlap_sentence(f.overlap, HEADROPE_LANGUAGE_ZH, &out,
                                     error);
  });
}

inline void add_spectrum_cases(Fixture& f) {
  gives_handle("headrope_spectrum_new", headrope_spectrum_free,
               [&f](headrope_spectrum** out, headrope_error* error) {
                 return headrope_spectrum_new(f.figures, f.party, out, error);
               });
  gives_handle("headrope_spectrum_of_assessment", headrope_spectrum_free,
               [assessment = std::shared_ptr<headrope_assessment>(
                    assess_persons(f), headrope_assessment_free),
                &f](headrope_spectrum** out, headrope_error* error) {
                 return headrope_spectrum_of_assessment(
                     assessment.get(), f.party, HEADROPE_BASIS_ANY, out, error);
               });
  gives_value("headrope_spectrum_count", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_spectrum_count(
        f.spectrum, f.branch, HEADROPE_COMPARING_AT_LEAST, 1, 1, &out, error);
  });
  gives_value("headrope_spectrum_value", [&f](headrope_error* error) {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    return headrope_spectrum_value(f.spectrum, f.branch, 0, &numerator,
                                   &denominator, error);
  });
  gives_value("headrope_spectrum_threshold", [&f](headrope_error* error) {
    headrope_threshold out = HEADROPE_THRESHOLD_INIT;
    return headrope_spectrum_threshold(
        f.spectrum, f.branch, HEADROPE_COMPARING_AT_LEAST, 1, 2, &out, error);
  });
}

/// Adds them all.
inline void add_person_cases(Fixture& f) {
  add_set_cases(f);
  add_spectrum_cases(f);
}

}  // namespace headrope_test
