// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Numbers that are none, enumerators that nobody knows, days at the ends of
// time, texts that are no texts, callbacks that lie: always a status.

#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <vector>

#include "capi/fixture.hpp"

namespace headrope_test {
namespace {

const std::int64_t numbers[] = {
    -2, -1, 0, 1, 1'000'000, INT32_MAX, 1LL << 32, INT64_MAX, INT64_MIN};
const std::int32_t words[] = {-1, 0, 1, 2, 3, 6, 7, 99, INT32_MAX, INT32_MIN};
const std::int32_t days[] = {INT32_MIN, INT32_MIN + 1, -1'000'000,
                             0,         16070,         2'932'896,
                             2'932'897, INT32_MAX - 1, INT32_MAX};

// A status that this header names, and that is no fault of the library.
void expect_status(headrope_status status, const char* what) {
  expect(status >= 0 && status != HEADROPE_E_INTERNAL &&
             status != HEADROPE_E_OUT_OF_MEMORY,
         std::string(what) + " gives " + headrope_status_id(status));
}

void ask_numbers(Fixture& f) {
  headrope_text name;
  std::int64_t out = 0;
  std::int32_t flag = 0;
  std::int64_t list[4];
  char bytes[4];
  headrope_table* table = nullptr;
  const auto drop = [&](headrope_status status, const char* what) {
    expect_status(status, what);
    headrope_table_free(table);
  };
  for (const std::int64_t number : numbers) {
    for (const std::int32_t word : words) {
      expect_status(
          headrope_snapshot_identity(f.snapshot, word, number, &name, nullptr),
          "identity");
      expect_status(
          headrope_snapshot_name(f.snapshot, 1, number, word, &name, nullptr),
          "name");
      expect_status(headrope_snapshot_attribute(f.snapshot, word, number,
                                                number, &name, nullptr),
                    "attribute");
      expect_status(headrope_snapshot_members(f.snapshot, number, word, list, 4,
                                              &out, nullptr),
                    "members");
      drop(headrope_snapshot_member_table(f.snapshot, number, number, word,
                                          word, &table, nullptr),
           "member_table");
      drop(headrope_snapshot_attendance_table(f.snapshot, &f.tally, f.party,
                                              number, word, &table, nullptr),
           "attendance_table");
      drop(headrope_figures_roll_up(f.figures, f.party, number, word, word,
                                    &table, nullptr),
           "roll_up");
      drop(headrope_assessment_groups(f.assessment, word, number, "size",
                                      HEADROPE_NTS, &table, nullptr),
           "groups");
      drop(headrope_coverage_table(f.coverage, number, word, &table, nullptr),
           "coverage_table");
      headrope_coverage* coverage = nullptr;
      expect_status(headrope_coverage_new(f.assessment, number, word, word,
                                          &coverage, nullptr),
                    "coverage_new");
      headrope_coverage_free(coverage);
    }
    expect_status(headrope_snapshot_children(f.snapshot, number, number, list,
                                             number, &out, nullptr),
                  "children");
    expect_status(
        headrope_snapshot_parent(f.snapshot, f.party, number, &out, nullptr),
        "parent");
    expect_status(headrope_figures_at(f.figures, number, &out, &flag, nullptr),
                  "figures_at");
    expect_status(headrope_sums_at(f.sums, number, &out, nullptr), "sums_at");
    expect_status(headrope_pack_rule_id(f.pack, number, &name, nullptr),
                  "rule_id");
    for (const std::int64_t row : numbers) {
      expect_status(headrope_table_text(f.table, number, row, &name, nullptr),
                    "text");
      expect_status(headrope_table_number(f.table, number, row, &out, nullptr),
                    "number");
      expect_status(
          headrope_table_ratio(f.table, number, row, &out, &list[0], nullptr),
          "ratio");
      expect_status(headrope_table_display(f.table, number, row, bytes,
                                           row > 4 ? 4 : row, &out, nullptr),
                    "display");
      expect_status(headrope_table_depth(f.table, row, &flag, nullptr),
                    "depth");
    }
    headrope_pack* pack = nullptr;
    for (const std::int32_t day : days) {
      expect_status(
          headrope_pack_with_parameter(f.pack, "days", HEADROPE_NTS, number,
                                       number, day, &pack, nullptr),
          "with_parameter");
      headrope_pack_free(pack);
    }
  }
}

void ask_live(Fixture& f) {
  std::int64_t out = 0;
  std::int64_t list[16];
  headrope_counts counts = HEADROPE_COUNTS_INIT;
  headrope_coverage* coverage = nullptr;
  for (const std::int64_t number : numbers) {
    for (const std::int64_t unit : numbers) {
      expect_status(headrope_live_value(f.live, number, unit, &out, nullptr),
                    "live_value");
      expect_status(
          headrope_live_counts(f.live, number, unit, &counts, nullptr),
          "live_counts");
    }
    expect_status(
        headrope_live_changed(f.live, number, list, number > 16 ? 16 : number,
                              &out, nullptr),
        "live_changed");
    expect_status(headrope_live_unsubscribe(f.live, number, nullptr),
                  "unsubscribe");
    expect_status(
        headrope_moment_values(f.moment, number, list,
                               number > 16 ? 16 : number, &out, nullptr),
        "moment_values");
    expect_status(
        headrope_moment_coverage(f.moment, number, &coverage, nullptr),
        "moment_coverage");
    headrope_coverage_free(coverage);
    expect_status(headrope_live_apply(f.live, nullptr, number, &out, nullptr),
                  "no changes");
    headrope_live* live = nullptr;
    for (const std::int32_t word : words) {
      const headrope_live_figure figure{word,   word, &f.tally, f.pack,
                                        number, word, word};
      expect_status(headrope_live_new(f.snapshot, f.party, &figure, 1, nullptr,
                                      &live, nullptr),
                    "live_new");
      headrope_live_free(live);
      expect_status(headrope_live_new(f.snapshot, number, &figure, number,
                                      nullptr, &live, nullptr),
                    "live_new of no figures");
      headrope_live_free(live);
    }
  }
}

// A change whose members are drawn from what no caller should give.
void change_live(Fixture& f) {
  std::int64_t out = 0;
  for (const std::int64_t number : numbers) {
    for (const std::int32_t word : words) {
      for (const std::int32_t day : days) {
        headrope_change change = a_record(f);
        change.type = word;
        change.record = number;
        expect_status(headrope_live_apply(f.live, &change, 1, &out, nullptr),
                      "a record of any number");
        change.measure = number;
        expect_status(headrope_live_apply(f.live, &change, 1, &out, nullptr),
                      "a measure");
        change = a_record(f);
        change.type = word;
        change.unit = number;
        change.person = number;
        change.standing = word;
        change.value = number;
        expect_status(headrope_live_apply(f.live, &change, 1, &out, nullptr),
                      "subjects");
        change = a_record(f);
        change.type = word;
        change.valid_from = day;
        change.valid_until = day;
        expect_status(headrope_live_apply(f.live, &change, 1, &out, nullptr),
                      "an empty interval");
        change.valid_until = INT32_MAX;
        expect_status(headrope_live_apply_to_registry(
                          f.live, f.registry, &change, 1, day, &out, nullptr),
                      "days");
      }
    }
  }
}

// Sets, overlaps and spectra of numbers, words and counts that are none.
void ask_sets(Fixture& f) {
  headrope_persons* set = nullptr;
  headrope_spectrum* spectrum = nullptr;
  headrope_table* table = nullptr;
  std::int64_t out = 0;
  std::int64_t list[4];
  for (const std::int64_t number : numbers) {
    for (const std::int32_t word : words) {
      expect_status(headrope_persons_below(f.snapshot, number, number, word,
                                           word, &set, nullptr),
                    "persons_below");
      headrope_persons_free(set);
      expect_status(headrope_spectrum_count(f.spectrum, number, word, number,
                                            number, &out, nullptr),
                    "spectrum_count");
      headrope_threshold threshold = HEADROPE_THRESHOLD_INIT;
      expect_status(
          headrope_spectrum_threshold(f.spectrum, f.branch, word, number,
                                      number, &threshold, nullptr),
          "spectrum_threshold");
      expect_status(headrope_spectrum_of_assessment(f.assessment, number, word,
                                                    &spectrum, nullptr),
                    "spectrum_of_assessment");
      headrope_spectrum_free(spectrum);
    }
    expect_status(headrope_persons_list(f.persons, list,
                                        number > 4 ? 4 : number, &out, nullptr),
                  "persons_list");
    expect_status(headrope_persons_table(f.persons, number, &table, nullptr),
                  "persons_table");
    headrope_table_free(table);
    expect_status(headrope_spectrum_new(f.figures, number, &spectrum, nullptr),
                  "spectrum_new");
    headrope_spectrum_free(spectrum);
    expect_status(headrope_spectrum_value(f.spectrum, f.branch, number,
                                          &list[0], &list[1], nullptr),
                  "spectrum_value");
  }
  for (const std::int32_t word : words) {
    headrope_text sentence;
    expect_status(
        headrope_overlap_sentence(f.overlap, word, &sentence, nullptr),
        "overlap_sentence");
    expect_status(
        headrope_persons_combine(f.persons, f.persons, word, &set, nullptr),
        "combine");
    headrope_persons_free(set);
    expect_status(
        headrope_persons_with_status(f.assessment, word, &set, nullptr),
        "with_status");
    headrope_persons_free(set);
  }
  const std::vector<const headrope_persons*> many(17, f.persons);
  const std::vector<headrope_text> labels(17, text("x"));
  headrope_overlap* overlap = nullptr;
  for (const std::int64_t count : {-1, 0, 1, 16, 17}) {
    const headrope_status status = headrope_overlap_new(
        many.data(), labels.data(), count, &overlap, nullptr);
    expect((status == HEADROPE_OK) == (count == 1 || count == 16),
           "an overlap of " + std::to_string(count));
    expect((overlap != nullptr) == (status == HEADROPE_OK), "overlap");
    headrope_overlap_free(overlap);
  }
  const headrope_persons* const with_null[] = {f.persons, nullptr};
  expect(headrope_overlap_new(with_null, labels.data(), 2, &overlap, nullptr) ==
             HEADROPE_E_NULL_ARGUMENT,
         "an overlap with NULL");
}

void ask_words(Fixture& f) {
  for (const std::int32_t word : words) {
    headrope_table* table = nullptr;
    headrope_text sentence;
    for (const std::int32_t day : days) {
      expect_status(
          headrope_pack_table(f.pack, word, day, word, &table, nullptr),
          "pack_table");
      headrope_table_free(table);
    }
    expect_status(
        headrope_explanation_sentence(f.explanation, word, &sentence, nullptr),
        "sentence");
    expect_status(
        headrope_explanation_table(f.explanation, word, &table, nullptr),
        "explanation_table");
    headrope_table_free(table);
    expect_status(
        headrope_assessment_summary(f.assessment, word, &table, nullptr),
        "summary");
    headrope_table_free(table);
    expect(headrope_status_id(word) != nullptr &&
               headrope_status_title(word) != nullptr,
           "a status has a name");
    headrope_tally tally = f.tally;
    tally.reduction = word;
    tally.credits_above = 1;
    headrope_figures* figures = nullptr;
    for (const std::int64_t number : numbers) {
      tally.credit_along = number;
      expect_status(
          headrope_figures_tally(f.snapshot, &tally, &figures, nullptr),
          "tally");
      headrope_figures_free(figures);
    }
    headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
    options.vocabulary = word;
    headrope_registry* registry = nullptr;
    expect_status(headrope_registry_new(&options, &registry, nullptr), "new");
    headrope_registry_free(registry);
    options = HEADROPE_REGISTRY_OPTIONS_INIT;
    options.thread_count = word;
    expect(headrope_registry_new(&options, &registry, nullptr) ==
               (word >= 0 && word <= 64 ? HEADROPE_OK
                                        : HEADROPE_E_INVALID_ARGUMENT),
           "the number of threads is checked");
    headrope_registry_free(registry);
  }
}

void ask_days(Fixture& f) {
  for (const std::int32_t from : days) {
    for (const std::int32_t until : days) {
      headrope_freeze_options freezing = HEADROPE_FREEZE_OPTIONS_INIT;
      freezing.known_on = until;
      headrope_snapshot* snapshot = nullptr;
      expect_status(headrope_registry_freeze(f.registry, from, &freezing,
                                             nullptr, &snapshot, nullptr),
                    "freeze");
      headrope_snapshot_release(snapshot);
      headrope_question question = HEADROPE_QUESTION_INIT;
      question.valid_from = from;
      question.valid_until = until;
      question.wants_deadlines = 1;
      headrope_assessment* assessment = nullptr;
      expect_status(headrope_assessment_new(f.snapshot, f.pack, nullptr, 0,
                                            &question, &assessment, nullptr),
                    "assess");
      headrope_table* table = nullptr;
      if (assessment != nullptr) {
        expect_status(headrope_assessment_table(assessment, &table, nullptr),
                      "assessment_table");
        headrope_table_free(table);
      }
      headrope_assessment_free(assessment);
      headrope_explanation* explanation = nullptr;
      expect_status(
          headrope_explanation_new(f.snapshot, f.pack, 0, "U2", HEADROPE_NTS,
                                   &question, &explanation, nullptr),
          "explain");
      headrope_explanation_free(explanation);
      headrope_tally tally = f.tally;
      tally.valid_from = from;
      tally.valid_until = until;
      headrope_figures* figures = nullptr;
      for (const std::int32_t reduction : {0, 1, 2, 3, 4, 5}) {
        tally.reduction = reduction;
        expect_status(
            headrope_figures_tally(f.snapshot, &tally, &figures, nullptr),
            "tally");
        headrope_figures_free(figures);
      }
      expect_status(headrope_snapshot_attendance_table(
                        f.snapshot, &tally, f.party, HEADROPE_NONE,
                        HEADROPE_ALL_LEVELS, &table, nullptr),
                    "attendance");
      headrope_table_free(table);
    }
  }
}

void ask_responsibility(Fixture& f) {
  headrope_table* table = nullptr;
  const auto drop = [&](headrope_status status, const char* what) {
    expect_status(status, what);
    headrope_table_free(table);
  };
  for (const std::int32_t from : days) {
    for (const std::int32_t until : days) {
      headrope_gaps_options gaps = HEADROPE_GAPS_OPTIONS_INIT;
      gaps.valid_from = from;
      gaps.valid_until = until;
      drop(headrope_responsibility_gaps(f.responsibility, &gaps, &table,
                                        nullptr),
           "gaps");
    }
    headrope_load_options load = HEADROPE_LOAD_OPTIONS_INIT;
    load.day = from;
    load.language = from;
    load.leads_max = from;
    drop(headrope_responsibility_load(f.responsibility, f.party, HEADROPE_NONE,
                                      &load, &table, nullptr),
         "load");
    headrope_chain_options chain = HEADROPE_CHAIN_OPTIONS_INIT;
    chain.day = from;
    for (const std::int64_t number : numbers) {
      drop(headrope_responsibility_holders(f.responsibility, number, number,
                                           from, HEADROPE_LANGUAGE_ZH, &table,
                                           nullptr),
           "holders");
      chain.roles = &number;
      chain.role_count = 1;
      for (const std::int64_t hierarchy : {number, f.party}) {
        drop(headrope_responsibility_chain(f.responsibility, hierarchy, number,
                                           number, &chain, &table, nullptr),
             "chain");
        drop(headrope_responsibility_single_points(
                 f.responsibility, hierarchy, number, HEADROPE_NONE, &chain,
                 number, &table, nullptr),
             "single points");
        drop(headrope_responsibility_load(f.responsibility, hierarchy, number,
                                          nullptr, &table, nullptr),
             "load");
      }
      std::int64_t size = 0;
      char text[16];
      expect_status(headrope_date_write(from, text, number, &size, nullptr),
                    "date");
    }
  }
}

void ask_texts(Fixture& f) {
  const std::string zero("U1\0U2", 5);
  const std::string texts[] = {"", "\xFF\xFE", zero, std::string(100'000, 'x'),
                               "\xE6\x9D"};
  for (const std::string& one : texts) {
    const auto size = static_cast<std::int64_t>(one.size());
    std::int64_t out = 0;
    headrope_explanation* explanation = nullptr;
    headrope_pack* pack = nullptr;
    headrope_registry* registry = nullptr;
    const headrope_text columns[] = {text("unit"), text("kind"), text("name")};
    const headrope_text values[] = {text(one), text("party_branch"), text(one)};
    expect_status(headrope_registry_add_row(f.registry, "units", HEADROPE_NTS,
                                            columns, values, 3, nullptr),
                  "add_row");
    expect_status(headrope_registry_add_row(f.registry, one.data(), size,
                                            values, values, 3, nullptr),
                  "add_row");
    for (const std::int32_t object : words) {
      expect_status(headrope_snapshot_find(f.snapshot, object, one.data(), size,
                                           &out, nullptr),
                    "find");
    }
    expect_status(
        headrope_explanation_new(f.snapshot, f.pack, 0, one.data(), size,
                                 nullptr, &explanation, nullptr),
        "explain");
    headrope_explanation_free(explanation);
    expect_status(
        headrope_pack_parse(f.registry, one.data(), size, one.data(), size,
                            nullptr, 0, nullptr, &pack, nullptr),
        "parse");
    headrope_pack_free(pack);
    expect_status(headrope_pack_load(f.registry, one.data(), size, nullptr,
                                     &pack, nullptr),
                  "pack_load");
    headrope_pack_free(pack);
    expect_status(headrope_registry_load(one.data(), size, nullptr, nullptr,
                                         &registry, nullptr),
                  "load");
    headrope_registry_free(registry);
    const headrope_file file = {text("datapackage.json"), one.data(), size};
    expect_status(headrope_registry_load_memory(&file, 1, nullptr, nullptr,
                                                &registry, nullptr),
                  "load_memory");
    headrope_registry_free(registry);
  }
  std::int64_t out = 0;
  expect(headrope_snapshot_find(f.snapshot, 1, "U1", -2, &out, nullptr) ==
             HEADROPE_E_INVALID_ARGUMENT,
         "a size below -1");
}

void ask_files(Fixture& f) {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("headrope-hostile-" + std::to_string(getpid())))
                               .string();
  headrope_save_options saving = HEADROPE_SAVE_OPTIONS_INIT;
  const headrope_figures* figures[] = {f.figures, nullptr};
  const headrope_text names[] = {text("a"), text("b")};
  const auto save = [&](std::int64_t count) {
    saving.figure_count = count;
    return headrope_snapshot_save(f.snapshot, path.c_str(), HEADROPE_NTS,
                                  &saving, nullptr);
  };
  expect(save(-1) == HEADROPE_E_INVALID_ARGUMENT, "a count below 0");
  expect(save(1) == HEADROPE_E_NULL_ARGUMENT, "no figures");
  saving.figures = figures;
  expect(save(1) == HEADROPE_E_NULL_ARGUMENT, "no names");
  saving.names = names;
  expect(save(2) == HEADROPE_E_NULL_ARGUMENT, "a figure that is NULL");
  expect(!std::filesystem::exists(path), "nothing is written");
  expect(save(1) == HEADROPE_OK, "a figure is saved");

  headrope_open_options opening = HEADROPE_OPEN_OPTIONS_INIT;
  headrope_snapshot* opened = nullptr;
  const auto open = [&] {
    return headrope_snapshot_open(path.c_str(), HEADROPE_NTS, &opening, &opened,
                                  nullptr);
  };
  for (const std::int32_t word : words) {
    opening.verify = word;
    expect_status(open(), "verify");
    headrope_snapshot_release(opened);
    opening = HEADROPE_OPEN_OPTIONS_INIT;
    opening.thread_count = word;
    expect_status(open(), "threads");
    headrope_snapshot_release(opened);
    opening = HEADROPE_OPEN_OPTIONS_INIT;
    opening.into_memory = word;
    expect(open() == HEADROPE_OK, "into memory");
    headrope_snapshot_release(opened);
    opening = HEADROPE_OPEN_OPTIONS_INIT;
  }
  expect(open() == HEADROPE_OK && headrope_snapshot_figure_count(opened) == 1 &&
             headrope_snapshot_figure_count(nullptr) == 0,
         "one figure");
  for (const std::int64_t number : numbers) {
    headrope_text name = {nullptr, 0};
    headrope_figures* figure = nullptr;
    expect_status(headrope_snapshot_figure_name(opened, number, &name, nullptr),
                  "name");
    expect_status(headrope_figures_saved(opened, number, &figure, nullptr),
                  "saved");
    headrope_figures_free(figure);
  }
  // The figure is of the snapshot that was frozen, not of the opened one.
  saving.figure_count = 1;
  expect(headrope_snapshot_save(opened, path.c_str(), HEADROPE_NTS, &saving,
                                nullptr) == HEADROPE_E_INVALID_ARGUMENT,
         "a figure of another snapshot");
  headrope_snapshot_release(opened);

  // The last part but the checks of the directory: as needed it opens.
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-64, std::ios::end);
    file.put('\x55');
  }
  expect(open() == HEADROPE_E_FILE_DAMAGED && opened == nullptr, "damaged");
  opening.verify = HEADROPE_VERIFY_AS_NEEDED;
  expect(open() == HEADROPE_OK, "as needed");
  headrope_figures* figure = nullptr;
  expect(headrope_figures_saved(opened, 0, &figure, nullptr) ==
             HEADROPE_E_FILE_DAMAGED,
         "a damaged figure");
  headrope_snapshot_release(opened);
  std::filesystem::remove(path);
  const std::string zero("a\0b", 3);
  expect(headrope_snapshot_open(zero.data(), 3, nullptr, &opened, nullptr) ==
             HEADROPE_E_FILE_UNREADABLE,
         "a path with a zero byte");
  expect(headrope_snapshot_save(f.snapshot, zero.data(), 3, nullptr, nullptr) ==
             HEADROPE_E_FILE_UNWRITABLE,
         "a path with a zero byte");
}

void ask_limits() {
  const auto files = package_files();
  for (std::size_t member = 1; member < 14; ++member) {
    for (const std::uint32_t value : {1U, 2U, 1000U, 0xFFFFFFFFU}) {
      headrope_limits limits = HEADROPE_LIMITS_INIT;
      std::memcpy(reinterpret_cast<char*>(&limits) + 4 * member, &value, 4);
      headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
      options.limits = &limits;
      headrope_registry* registry = nullptr;
      expect_status(headrope_registry_load_memory(
                        files.data(), static_cast<std::int64_t>(files.size()),
                        &options, nullptr, &registry, nullptr),
                    "limits");
      if (registry != nullptr) {
        headrope_snapshot* snapshot = nullptr;
        expect_status(headrope_registry_freeze(registry, as_of, nullptr,
                                               nullptr, &snapshot, nullptr),
                      "limits");
        headrope_snapshot_release(snapshot);
      }
      headrope_registry_free(registry);
    }
  }
}

std::int64_t read_too_much(void* /*file*/, char* /*buffer*/,
                           std::int64_t capacity, void* /*user_data*/) {
  return capacity + 1;
}
std::int64_t fail_to_read(void* /*file*/, char* /*buffer*/,
                          std::int64_t /*capacity*/, void* /*user_data*/) {
  return -1;
}
std::int32_t refuse(const char* /*stage*/, std::int64_t /*done*/,
                    std::int64_t /*total*/, void* user_data) {
  ++*static_cast<int*>(user_data);
  return 1;
}
std::int32_t want_no_more(const char* /*bytes*/, std::int64_t /*size*/,
                          void* user_data) {
  ++*static_cast<int*>(user_data);
  return 1;
}

// Every long answer tells how far it is, and stops at once.
void cancel_answers(Fixture& f) {
  int calls = 0;
  headrope_question question = HEADROPE_QUESTION_INIT;
  question.progress = refuse;
  question.user_data = &calls;
  headrope_assessment* assessment = nullptr;
  expect(headrope_assessment_new(f.snapshot, f.pack, nullptr, 0, &question,
                                 &assessment, nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled assessment");
  expect(calls == 1 && assessment == nullptr, "stops at once");
  headrope_explanation* explanation = nullptr;
  expect(headrope_explanation_new(f.snapshot, f.pack, 0, "U2", HEADROPE_NTS,
                                  &question, &explanation,
                                  nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled explanation");
  expect(calls == 2 && explanation == nullptr, "stops at once");
  headrope_comparison* comparison = nullptr;
  expect(headrope_comparison_new(f.snapshot, f.pack, f.changed, &question,
                                 &comparison, nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled comparison");
  expect(calls == 3 && comparison == nullptr, "stops at once");
  headrope_gaps_options gaps = HEADROPE_GAPS_OPTIONS_INIT;
  gaps.progress = refuse;
  gaps.user_data = &calls;
  headrope_table* table = nullptr;
  expect(headrope_responsibility_gaps(f.responsibility, &gaps, &table,
                                      nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled search for gaps");
  expect(calls == 4 && table == nullptr, "stops at once");
  gaps.progress = nullptr;
  gaps.gaps_max = -1;
  expect(headrope_responsibility_gaps(f.responsibility, &gaps, &table,
                                      nullptr) == HEADROPE_E_INVALID_ARGUMENT,
         "fewer than no gaps");
}

std::string cell(const headrope_table* table, const char* name,
                 std::int64_t row) {
  std::int64_t column = 0;
  headrope_text value{};
  headrope_table_find_column(table, name, HEADROPE_NTS, &column, nullptr);
  expect_status(headrope_table_text(table, column, row, &value, nullptr), name);
  return std::string(value.data, static_cast<std::size_t>(value.size));
}

void run_cases() {
  const char* file = HEADROPE_SOURCE_DIR "/tests/capi/data/small.cases.yaml";
  headrope_cases_options options = HEADROPE_CASES_OPTIONS_INIT;
  headrope_table* table = nullptr;
  expect(headrope_cases_run(file, HEADROPE_NTS, &options, nullptr, &table,
                            nullptr) == HEADROPE_OK,
         "cases run");
  expect(headrope_table_row_count(table) == 2, "both of them");
  expect(cell(table, "case", 0) == "passes" &&
             cell(table, "result", 0) == "passed" &&
             cell(table, "title", 0) == "has studied",
         "one passes");
  expect(cell(table, "result", 1) == "failed" &&
             cell(table, "failures", 1).find("met") != std::string::npos,
         "the other does not, and says why");
  headrope_table_free(table);
  options.only_lists = 1;
  options.filter = text("fails");
  options.language = HEADROPE_LANGUAGE_ZH;
  expect(headrope_cases_run(file, HEADROPE_NTS, &options, nullptr, &table,
                            nullptr) == HEADROPE_OK,
         "cases are listed");
  expect(headrope_table_row_count(table) == 1 &&
             cell(table, "title", 0) == "没有学习" &&
             cell(table, "result", 0).empty(),
         "the one that is wanted, without a result");
  headrope_table_free(table);
  for (const std::int32_t word : words) {
    options.language = word;
    options.thread_count = word;
    expect_status(headrope_cases_run(file, HEADROPE_NTS, &options, nullptr,
                                     &table, nullptr),
                  "words");
    headrope_table_free(table);
  }
  expect(headrope_cases_run("no such folder", HEADROPE_NTS, nullptr, nullptr,
                            &table, nullptr) == HEADROPE_E_FILE_UNREADABLE,
         "no such folder");
}

void call_back(Fixture& f) {
  headrope_registry* registry = nullptr;
  for (const auto read : {read_too_much, fail_to_read}) {
    CountingSource source;
    open_source(source);
    source.source.read = read;
    headrope_error error = HEADROPE_ERROR_INIT;
    expect(headrope_registry_load_source(&source.source, nullptr, nullptr,
                                         &registry,
                                         &error) == HEADROPE_E_FILE_UNREADABLE,
           "a source that lies");
    expect(std::strcmp(error.file, "datapackage.json") == 0, "names the file");
    expect(source.open == 0, "every file is closed");
  }
  int calls = 0;
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  options.progress = refuse;
  options.user_data = &calls;
  const auto files = package_files();
  expect(headrope_registry_load_memory(
             files.data(), static_cast<std::int64_t>(files.size()), &options,
             nullptr, &registry, nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled load");
  expect(calls == 1 && registry == nullptr, "cancelled at once");
  headrope_freeze_options freezing = HEADROPE_FREEZE_OPTIONS_INIT;
  freezing.progress = refuse;
  freezing.user_data = &calls;
  headrope_snapshot* snapshot = nullptr;
  expect(headrope_registry_freeze(f.registry, as_of, &freezing, nullptr,
                                  &snapshot, nullptr) == HEADROPE_E_CANCELLED,
         "a cancelled freeze");
  calls = 0;
  expect(headrope_table_write_csv(f.table, want_no_more, &calls, nullptr) ==
             HEADROPE_E_CANCELLED,
         "a writer that wants no more");
  expect(calls == 1, "is asked no more");
  // A spoilt stream changes nothing.
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t added = 1;
  headrope_registry_row_count(f.registry, "memberships", HEADROPE_NTS, &before,
                              nullptr);
  MembershipStream spoilt;
  open_memberships(spoilt);
  spoilt.spoils = true;
  expect(headrope_registry_add_stream(f.registry, "memberships", HEADROPE_NTS,
                                      &spoilt.stream, nullptr, &added,
                                      nullptr) == HEADROPE_E_INVALID_ARGUMENT,
         "a stream with spoilt offsets");
  spoilt.stream.release(&spoilt.stream);
  headrope_registry_row_count(f.registry, "memberships", HEADROPE_NTS, &after,
                              nullptr);
  expect(before == after && added == 0 && spoilt.alive == 0, "changes nothing");
  // A released one is refused.
  expect(headrope_registry_add_stream(f.registry, "memberships", HEADROPE_NTS,
                                      &spoilt.stream, nullptr, &added,
                                      nullptr) == HEADROPE_E_INVALID_ARGUMENT,
         "a released stream");
}

}  // namespace
}  // namespace headrope_test

int main() {
  using namespace headrope_test;
  Fixture fixture;
  ask_numbers(fixture);
  ask_words(fixture);
  ask_sets(fixture);
  ask_days(fixture);
  cancel_answers(fixture);
  run_cases();
  ask_responsibility(fixture);
  ask_texts(fixture);
  ask_files(fixture);
  ask_limits();
  call_back(fixture);
  ask_live(fixture);
  change_live(fixture);
}
