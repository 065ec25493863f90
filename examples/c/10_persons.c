/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Sets of persons below units of different hierarchies and by their status
 * under a rule, what they have together and apart, how they add up; and every
 * threshold at a unit without a new pass. */

#include "example.h"

static headrope_persons* below(const headrope_snapshot* snapshot,
                               const char* hierarchy, const char* unit) {
  headrope_persons* persons = NULL;
  must(headrope_persons_below(
      snapshot, find(snapshot, HEADROPE_OBJECT_HIERARCHY, hierarchy),
      find(snapshot, HEADROPE_OBJECT_UNIT, unit), HEADROPE_BASIS_ANY, 1,
      &persons, &error));
  return persons;
}

static void show_overlap(const headrope_persons* const* sets) {
  const headrope_text labels[] = {text("party"), text("administrative")};
  headrope_overlap* overlap = NULL;
  headrope_table* table = NULL;
  headrope_text sentence;
  must(headrope_overlap_new(sets, labels, 2, &overlap, &error));
  must(headrope_overlap_table(overlap, &table, &error));
  show("how they overlap", table);
  must(headrope_overlap_sentence(overlap, HEADROPE_LANGUAGE_EN, &sentence,
                                 &error));
  printf("%.*s\n", VIEW(sentence));
  must(headrope_overlap_sentence(overlap, HEADROPE_LANGUAGE_ZH, &sentence,
                                 &error));
  printf("%.*s\n", VIEW(sentence));
  headrope_overlap_free(overlap);
}

/* The persons of one set and not of the other, by number and by name. */
static void show_difference(const headrope_persons* left,
                            const headrope_persons* right) {
  headrope_persons* only = NULL;
  headrope_table* table = NULL;
  int64_t numbers[64], count = 0;
  must(headrope_persons_combine(left, right, HEADROPE_SET_SUBTRACT, &only,
                                &error));
  must(headrope_persons_list(only, numbers, 64, &count, &error));
  printf("== only in the first: %lld, the first of them number %lld\n",
         (long long)count, (long long)(count > 0 ? numbers[0] : 0));
  must(headrope_persons_table(only, 3, &table, &error));
  show("three of them", table);
  headrope_persons_free(only);
}

/* Who of a set meets a rule about persons. */
static void show_who_meets(const headrope_snapshot* snapshot,
                           const headrope_assessment* assessment) {
  headrope_persons* met = NULL;
  headrope_persons* street = below(snapshot, "administrative", "D01");
  headrope_persons* both = NULL;
  must(headrope_persons_with_status(assessment, HEADROPE_RULE_MET, &met,
                                    &error));
  must(headrope_persons_combine(met, street, HEADROPE_SET_INTERSECT, &both,
                                &error));
  printf("== meet S04 below D01: %lld of %lld\n",
         (long long)headrope_persons_count(both),
         (long long)headrope_persons_count(met));
  headrope_persons_free(both);
  headrope_persons_free(street);
  headrope_persons_free(met);
}

static void ask(const char* title, const headrope_snapshot* snapshot,
                const headrope_spectrum* spectrum, const char* unit) {
  const int64_t at = find(snapshot, HEADROPE_OBJECT_UNIT, unit);
  headrope_threshold threshold;
  int64_t count = 0, least = 0, over = 0;
  headrope_threshold_init(&threshold);
  must(headrope_spectrum_count(spectrum, at, HEADROPE_COMPARING_AT_LEAST, 8, 1,
                               &count, &error));
  must(headrope_spectrum_threshold(spectrum, at, HEADROPE_COMPARING_AT_LEAST, 1,
                                   2, &threshold, &error));
  printf("== %s, at and below %s\n", title, unit);
  printf("%lld of %lld reach 8, %lld are not known\n", (long long)count,
         (long long)threshold.known, (long long)threshold.unknown);
  if (threshold.is_reached == 0) return;
  must(headrope_spectrum_value(spectrum, at, 0, &least, &over, &error));
  printf(
      "half of them would reach %lld: %lld do, %lld of them exactly; the least "
      "is "
      "%lld\n",
      (long long)(threshold.numerator / threshold.denominator),
      (long long)threshold.met, (long long)threshold.tied,
      (long long)(least / over));
}

/* Days of study of each unit, from figures; and from the rule itself. */
static void show_spectra(const headrope_snapshot* snapshot,
                         const headrope_assessment* assessment) {
  const int64_t party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  const int64_t measure =
      find(snapshot, HEADROPE_OBJECT_MEASURE, "study_session");
  headrope_tally tally = HEADROPE_TALLY_INIT;
  headrope_figures* figures = NULL;
  headrope_spectrum* spectrum = NULL;
  tally.reduction = HEADROPE_REDUCTION_DISTINCT_DAYS;
  tally.measures = &measure;
  tally.measure_count = 1;
  must(headrope_figures_tally(snapshot, &tally, &figures, &error));
  must(headrope_spectrum_new(figures, party, &spectrum, &error));
  headrope_figures_free(figures); /* The spectrum lives on. */
  ask("days of study", snapshot, spectrum, "U01");
  ask("days of study", snapshot, spectrum, "U08");
  headrope_spectrum_free(spectrum);
  must(headrope_spectrum_of_assessment(
      assessment, party, HEADROPE_BASIS_PRIMARY, &spectrum, &error));
  ask("the values of S04", snapshot, spectrum, "U01");
  headrope_spectrum_free(spectrum);
}

static headrope_assessment* assess(const headrope_registry* registry,
                                   const headrope_snapshot* snapshot) {
  headrope_pack* pack = NULL;
  headrope_assessment* assessment = NULL;
  headrope_question question = HEADROPE_QUESTION_INIT;
  int64_t rule = HEADROPE_NONE;
  question.valid_from = day("2013-01-01");
  question.valid_until = day("2014-01-01");
  must(headrope_pack_load(registry, "pack/pack.yaml", HEADROPE_NTS, NULL, &pack,
                          &error));
  must(headrope_pack_find_rule(pack, "S04", HEADROPE_NTS, &rule, &error));
  must(headrope_assessment_new(snapshot, pack, &rule, 1, &question, &assessment,
                               &error));
  headrope_pack_free(pack);
  return assessment;
}

int main(void) {
  headrope_registry* registry = load_xincheng();
  headrope_snapshot* snapshot = NULL;
  headrope_assessment* assessment = NULL;
  headrope_persons *party, *administrative;
  must(headrope_registry_freeze(registry, day("2013-12-31"), NULL, NULL,
                                &snapshot, &error));
  assessment = assess(registry, snapshot);
  headrope_registry_free(registry);
  party = below(snapshot, "party", "U03");
  administrative = below(snapshot, "administrative", "D01");
  {
    const headrope_persons* const sets[] = {party, administrative};
    show_overlap(sets);
  }
  show_difference(administrative, party);
  headrope_persons_free(party);
  headrope_persons_free(administrative);
  show_who_meets(snapshot, assessment);
  show_spectra(snapshot, assessment);
  headrope_assessment_free(assessment);
  headrope_snapshot_release(snapshot);
  return 0;
}
