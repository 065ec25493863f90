// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Every function of the C API that returns a status, with every allocation it
// makes failing in turn: that one alone, and all from there on. Each time the
// status is out_of_memory, the output is empty, nothing leaks (counted here,
// and by the address sanitizer), nothing is changed, and in the end the same
// call succeeds. An allocation that the call can do without may fail unnoticed.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <unistd.h>

#include "capi/failing_memory.hpp"
#include "capi/fixture.hpp"
#include "capi/out_of_memory_cases.hpp"
#include "capi/out_of_memory_persons.hpp"

namespace headrope_test {
namespace {

long points = 0;

std::int32_t drop(const char* /*bytes*/, std::int64_t /*size*/,
                  void* /*user_data*/) {
  return 0;
}

// The rows of every table of a registry.
std::string rows_of(const headrope_registry* registry) {
  std::string all;
  for (const char* table :
       {"kinds", "hierarchies", "roles", "measures", "units", "links",
        "persons", "memberships", "posts", "holdings", "pairings", "duties",
        "duty_scopes", "assignments", "needs", "records", "attendance",
        "attributes", "events"}) {
    std::int64_t count = 0;
    headrope_registry_row_count(registry, table, HEADROPE_NTS, &count, nullptr);
    all += std::string(table) + " " + std::to_string(count) + "\n";
  }
  return all;
}

void run_mode(const Case& one, bool sticky) {
  for (long at = 1;; ++at) {
    const std::string before = one.digest ? one.digest() : "";
    headrope_error error = HEADROPE_ERROR_INIT;
    const long alive_before = alive;
    has_failed = false;
    is_sticky = sticky;
    left = at;
    is_armed = true;
    const headrope_status status = one.call(&error);
    is_armed = false;
    const long leaked = alive - alive_before;
    const std::string where =
        one.name + (sticky ? ", all from " : ", only ") + std::to_string(at);
    if (!has_failed) {
      expect(status == one.expected, where + ": in the end " +
                                         headrope_status_id(status) + " " +
                                         error.message);
      one.release();
      return;
    }
    ++points;
    if (status == one.expected) {  // It could do without that memory.
      one.release();
      continue;
    }
    expect(status == HEADROPE_E_OUT_OF_MEMORY,
           where + ": " + headrope_status_id(status) + " " + error.message);
    expect(error.status == status && error.message[0] != '\0',
           where + ": the error is filled in");
    expect(one.is_empty(), where + ": the output is empty");
    expect(one.may_keep_memory || leaked == 0,
           where + ": " + std::to_string(leaked) + " allocations leak");
    expect(!one.digest || one.digest() == before,
           where + ": something is changed");
  }
}

void add_registry_cases(Fixture& f) {
  static const headrope_registry_options own_words = own_vocabulary();
  gives_value("headrope_date_parse", [](headrope_error* error) {
    std::int32_t day = 0;
    return headrope_date_parse("2013-12-31", HEADROPE_NTS, &day, error);
  });
  // A wrong day needs memory for its message.
  gives_value("headrope_date_parse", [](headrope_error* error) {
    std::int32_t day = 0;
    return headrope_date_parse("2013-02-31 and much more of it", HEADROPE_NTS,
                               &day, error);
  });
  cases.back().expected = HEADROPE_E_VALUE_NOT_A_DATE;
  gives_handle("headrope_findings_new", headrope_findings_free,
               [](headrope_findings** out, headrope_error* error) {
                 return headrope_findings_new(0, out, error);
               });
  gives_handle("headrope_findings_table", headrope_table_free,
               [&](headrope_table** out, headrope_error* error) {
                 return headrope_findings_table(f.findings, out, error);
               });
  gives_handle("headrope_registry_new", headrope_registry_free,
               [](headrope_registry** out, headrope_error* error) {
                 return headrope_registry_new(nullptr, out, error);
               });
  gives_handle("headrope_registry_load", headrope_registry_free,
               [&](headrope_registry** out, headrope_error* error) {
                 return headrope_registry_load("examples/not-there",
                                               HEADROPE_NTS, &own_words,
                                               nullptr, out, error);
               });
  cases.back().expected = HEADROPE_E_NOT_A_FOLDER;
  gives_handle("headrope_registry_load", headrope_registry_free,
               [](headrope_registry** out, headrope_error* error) {
                 return headrope_registry_load(
                     HEADROPE_SOURCE_DIR "/tests/capi/data/package",
                     HEADROPE_NTS, &own_words, nullptr, out, error);
               });
  static const std::vector<headrope_file> files = package_files();
  gives_handle("headrope_registry_load_memory", headrope_registry_free,
               [](headrope_registry** out, headrope_error* error) {
                 return headrope_registry_load_memory(
                     files.data(), static_cast<std::int64_t>(files.size()),
                     &own_words, nullptr, out, error);
               });
  static CountingSource source;
  open_source(source);
  gives_handle("headrope_registry_load_source", headrope_registry_free,
               [](headrope_registry** out, headrope_error* error) {
                 return headrope_registry_load_source(
                     &source.source, &own_words, nullptr, out, error);
               });
  cases.back().digest = [] { return std::to_string(source.open); };
}

void add_row_cases(Fixture& f) {
  struct Row {
    const char* table;
    std::vector<std::string_view> columns;
    std::vector<std::string_view> values;
  };
  static const Row rows[] = {
      {"kinds", {"kind", "label_en"}, {"a_kind", "A kind of one's own"}},
      {"measures", {"measure", "nature"}, {"a_measure", "flow"}},
      {"units",
       {"unit", "kind", "name"},
       {"a unit of a long name 1", "a_kind", "a name that is long enough"}},
      {"links",
       {"hierarchy", "unit", "parent"},
       {"party", "a unit of a long name 1", "U1"}},
      {"memberships",
       {"person", "unit"},
       {"a person of a long name", "a unit of a long name 1"}},
      {"posts",
       {"post", "unit", "role"},
       {"a post of a long name 1", "U1", "group_head"}},
      {"records",
       {"record", "measure", "unit", "valid_from"},
       {"a record of a long name", "a_measure", "U1", "2013-01-01"}},
      {"attributes",
       {"subject_type", "subject", "attribute", "value"},
       {"unit", "U1", "an attribute of a long name", "and a long value of it"}},
  };
  for (const Row& row : rows) {
    auto columns = std::make_shared<std::vector<headrope_text>>();
    auto values = std::make_shared<std::vector<headrope_text>>();
    for (const auto& one : row.columns) columns->push_back(text(one));
    for (const auto& one : row.values) values->push_back(text(one));
    gives_value("headrope_registry_add_row", [&f, &row, columns,
                                              values](headrope_error* error) {
      return headrope_registry_add_row(
          f.registry, row.table, HEADROPE_NTS, columns->data(), values->data(),
          static_cast<std::int64_t>(columns->size()), error);
    });
    // The second time round a record needs another name.
    cases.back().release = [values] {
      (*values)[0] = text((*values)[0].data == rows[6].values[0].data()
                              ? "another record of a long name"
                              : view((*values)[0]));
    };
    cases.back().digest = [&f] { return rows_of(f.registry); };
    cases.back().may_keep_memory = true;
  }
  gives_value("headrope_registry_add_duties", [&f](headrope_error* error) {
    return headrope_registry_add_duties(f.registry, f.pack, nullptr, error);
  });
  cases.back().digest = [&f] { return rows_of(f.registry); };
  cases.back().may_keep_memory = true;
  static MembershipStream memberships;
  gives_value("headrope_registry_add_stream", [&f](headrope_error* error) {
    open_memberships(memberships);
    std::int64_t count = 0;
    const headrope_status status = headrope_registry_add_stream(
        f.registry, "memberships", HEADROPE_NTS, &memberships.stream, nullptr,
        &count, error);
    memberships.stream.release(&memberships.stream);
    return status;
  });
  cases.back().digest = [&f] {
    return rows_of(f.registry) + std::to_string(memberships.alive);
  };
  cases.back().may_keep_memory = true;
}

void add_whole_registry_cases(Fixture& f) {
  gives_value("headrope_registry_row_count", [&f](headrope_error* error) {
    std::int64_t count = 0;
    return headrope_registry_row_count(f.registry, "units", HEADROPE_NTS,
                                       &count, error);
  });
  gives_handle("headrope_registry_freeze", headrope_snapshot_release,
               [&f](headrope_snapshot** out, headrope_error* error) {
                 return headrope_registry_freeze(f.registry, as_of, nullptr,
                                                 nullptr, out, error);
               });
  gives_value("headrope_registry_check", [&f](headrope_error* error) {
    return headrope_registry_check(f.registry, nullptr, error);
  });
}

// Of a file that the first case writes.
void add_file_cases(Fixture& f) {
  static const std::string path = std::filesystem::temp_directory_path() /
                                  ("headrope-" + std::to_string(getpid()));
  gives_value("headrope_snapshot_save", [&f](headrope_error* error) {
    const headrope_text name = {"a", 1};
    const headrope_save_options how = {sizeof how, 0,       &f.figures, &name,
                                       1,          nullptr, nullptr};
    return headrope_snapshot_save(f.snapshot, path.c_str(), -1, &how, error);
  });
  expect(cases.back().call(nullptr) == HEADROPE_OK, "a file is saved");
  static headrope_snapshot* opened = nullptr;
  for (const std::int32_t way : {0, 1, 2, 3}) {
    const auto open = [way](headrope_snapshot** out, headrope_error* error) {
      const headrope_open_options how = {sizeof how, way / 2, way % 2,
                                         0,          nullptr, nullptr};
      return headrope_snapshot_open(path.c_str(), -1, &how, out, error);
    };
    if (way == 0) expect(open(&opened, nullptr) == HEADROPE_OK, "opened");
    gives_handle("headrope_snapshot_open", headrope_snapshot_release, open);
  }
  gives_value("headrope_snapshot_figure_name", [](headrope_error* error) {
    headrope_text out = {nullptr, 0};
    return headrope_snapshot_figure_name(opened, 0, &out, error);
  });
  gives_handle("headrope_figures_saved", headrope_figures_free,
               [](headrope_figures** out, headrope_error* error) {
                 return headrope_figures_saved(opened, 0, out, error);
               });
}

void add_snapshot_cases(Fixture& f) {
  for (const headrope_object object : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
    gives_value("headrope_snapshot_count", [&f, object](headrope_error* error) {
      std::int64_t count = 0;
      return headrope_snapshot_count(f.snapshot, object, &count, error);
    });
    gives_value("headrope_snapshot_find", [&f, object](headrope_error* error) {
      std::int64_t number = 0;
      return headrope_snapshot_find(f.snapshot, object, "what is not there",
                                    HEADROPE_NTS, &number, error);
    });
    gives_value(
        "headrope_snapshot_identity", [&f, object](headrope_error* error) {
          headrope_text out;
          return headrope_snapshot_identity(f.snapshot, object, 0, &out, error);
        });
    gives_value("headrope_snapshot_name", [&f, object](headrope_error* error) {
      headrope_text out;
      return headrope_snapshot_name(f.snapshot, object, 0, HEADROPE_LANGUAGE_ZH,
                                    &out, error);
    });
  }
  // A number that is none needs memory for its message.
  gives_value("headrope_snapshot_kind", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_snapshot_kind(f.snapshot, 1'000'000, &out, error);
  });
  cases.back().expected = HEADROPE_E_INVALID_ARGUMENT;
  gives_value("headrope_snapshot_kind", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_snapshot_kind(f.snapshot, f.branch, &out, error);
  });
  gives_value("headrope_snapshot_parent", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_snapshot_parent(f.snapshot, f.party, f.branch, &out, error);
  });
  gives_value("headrope_snapshot_children", [&f](headrope_error* error) {
    std::int64_t out = 0;
    std::int64_t units[8];
    return headrope_snapshot_children(f.snapshot, f.party, HEADROPE_NONE, units,
                                      8, &out, error);
  });
  gives_value("headrope_snapshot_members", [&f](headrope_error* error) {
    std::int64_t out = 0;
    std::int64_t persons[8];
    return headrope_snapshot_members(f.snapshot, f.branch,
                                     HEADROPE_STANDING_PRIMARY, persons, 8,
                                     &out, error);
  });
  gives_value("headrope_snapshot_attribute", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_snapshot_attribute(f.snapshot, HEADROPE_OBJECT_PERSON, 0, 0,
                                       &out, error);
  });
  gives_handle("headrope_snapshot_member_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_snapshot_member_table(
                     f.snapshot, f.party, HEADROPE_NONE, HEADROPE_ALL_LEVELS,
                     HEADROPE_BASIS_ANY, out, error);
               });
  gives_handle("headrope_snapshot_attendance_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_snapshot_attendance_table(
                     f.snapshot, &f.tally, f.party, HEADROPE_NONE,
                     HEADROPE_ALL_LEVELS, out, error);
               });
}

void add_figure_cases(Fixture& f) {
  gives_handle("headrope_figures_new", headrope_figures_free,
               [&f](headrope_figures** out, headrope_error* error) {
                 const std::int64_t values[] = {1, 2, 3, 4};
                 return headrope_figures_new(f.snapshot, values, 4, out, error);
               });
  gives_handle("headrope_figures_tally", headrope_figures_free,
               [&f](headrope_figures** out, headrope_error* error) {
                 return headrope_figures_tally(f.snapshot, &f.tally, out,
                                               error);
               });
  gives_handle("headrope_figures_count_units", headrope_figures_free,
               [&f](headrope_figures** out, headrope_error* error) {
                 const std::int64_t kinds[] = {0, 1};
                 return headrope_figures_count_units(f.snapshot, kinds, 2, out,
                                                     error);
               });
  gives_value("headrope_figures_at", [&f](headrope_error* error) {
    std::int64_t out = 0;
    std::int32_t is_known = 0;
    return headrope_figures_at(f.figures, f.branch, &out, &is_known, error);
  });
  for (const std::int32_t threads : {1, 2}) {
    gives_handle("headrope_figures_roll_up", headrope_table_free,
                 [&f, threads](headrope_table** out, headrope_error* error) {
                   return headrope_figures_roll_up(
                       f.figures, f.party, HEADROPE_NONE, HEADROPE_ALL_LEVELS,
                       threads, out, error);
                 });
  }
  gives_handle("headrope_sums_new", headrope_sums_free,
               [&f](headrope_sums** out, headrope_error* error) {
                 return headrope_sums_new(f.figures, f.party, out, error);
               });
  gives_value("headrope_sums_at", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_sums_at(f.sums, f.branch, &out, error);
  });
}

std::int32_t listen(std::int64_t /*sequence*/, const std::int64_t* /*units*/,
                    std::int64_t /*count*/, void* /*user_data*/) {
  return 0;
}

void add_live_cases(Fixture& f, Fixture& g) {
  gives_handle("headrope_live_new", headrope_live_free,
               [&f](headrope_live** out, headrope_error* error) {
                 const headrope_live_figure figures[] = {
                     {HEADROPE_LIVE_SUMS, 0, &f.tally, nullptr, 0, 0, 0},
                     {HEADROPE_LIVE_COVERAGE, 0, nullptr, f.pack, 0, 0, 0},
                     {HEADROPE_LIVE_MEMBERS, HEADROPE_BASIS_ANY, nullptr,
                      nullptr, 0, 0, 0}};
                 return headrope_live_new(f.snapshot, f.party, figures, 3,
                                          nullptr, out, error);
               });
  // A record, and a person who came since, with a moment held.
  gives_value("headrope_live_apply", [&f](headrope_error* error) {
    headrope_change changes[] = {a_record(f), HEADROPE_CHANGE_INIT};
    changes[1].type = HEADROPE_CHANGE_JOIN;
    changes[1].unit = f.branch;
    changes[1].person = 1000 + headrope_live_sequence(f.live);
    std::int64_t out = 0;
    return headrope_live_apply(f.live, changes, 2, &out, error);
  });
  cases.back().digest = [&f] { return live_of(f.live); };
  cases.back().may_keep_memory = true;
  // Records that came without the registry would have its numbers.
  gives_value("headrope_live_apply_to_registry", [&g](headrope_error* error) {
    const headrope_change change = a_record(g);
    std::int64_t out = 0;
    return headrope_live_apply_to_registry(g.live, g.registry, &change, 1,
                                           as_of, &out, error);
  });
  cases.back().digest = [&g] { return live_of(g.live) + rows_of(g.registry); };
  cases.back().may_keep_memory = true;
  gives_value("headrope_live_value", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_live_value(f.live, 0, f.branch, &out, error);
  });
  gives_value("headrope_live_counts", [&f](headrope_error* error) {
    headrope_counts out = HEADROPE_COUNTS_INIT;
    return headrope_live_counts(f.live, 1, f.branch, &out, error);
  });
  gives_value("headrope_live_changed", [&f](headrope_error* error) {
    std::int64_t units[16];
    std::int64_t out = 0;
    return headrope_live_changed(f.live, 0, units, 16, &out, error);
  });
  gives_value("headrope_live_subscribe", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_live_subscribe(f.live, listen, nullptr, &out, error);
  });
  cases.back().may_keep_memory = true;
  gives_value("headrope_live_unsubscribe", [&f](headrope_error* error) {
    return headrope_live_unsubscribe(f.live, 0, error);
  });
  cases.back().expected = HEADROPE_E_NOT_FOUND;
  gives_handle("headrope_live_moment", headrope_moment_free,
               [&f](headrope_moment** out, headrope_error* error) {
                 return headrope_live_moment(f.live, out, error);
               });
  cases.back().may_keep_memory = true;
  gives_value("headrope_moment_values", [&f](headrope_error* error) {
    std::int64_t values[16];
    std::int64_t out = 0;
    return headrope_moment_values(f.moment, 0, values, 16, &out, error);
  });
  gives_handle("headrope_moment_coverage", headrope_coverage_free,
               [&f](headrope_coverage** out, headrope_error* error) {
                 return headrope_moment_coverage(f.moment, 1, out, error);
               });
}

void add_pack_cases(Fixture& f) {
  gives_handle("headrope_pack_load", headrope_pack_free,
               [&f](headrope_pack** out, headrope_error* error) {
                 return headrope_pack_load(f.registry,
                                           HEADROPE_SOURCE_DIR
                                           "/tests/capi/data/small.yaml",
                                           HEADROPE_NTS, nullptr, out, error);
               });
  gives_handle("headrope_pack_parse", headrope_pack_free,
               [&f](headrope_pack** out, headrope_error* error) {
                 const headrope_pack* bases[] = {f.pack};
                 return headrope_pack_parse(
                     f.registry, overlay_text.data(),
                     static_cast<std::int64_t>(overlay_text.size()), "overlay",
                     HEADROPE_NTS, bases, 1, nullptr, out, error);
               });
  gives_handle("headrope_pack_parse", headrope_pack_free,
               [&f](headrope_pack** out, headrope_error* error) {
                 return headrope_pack_parse(
                     f.registry, pack_text.data(),
                     static_cast<std::int64_t>(pack_text.size()), "plan",
                     HEADROPE_NTS, nullptr, 0, nullptr, out, error);
               });
  gives_handle("headrope_pack_with_parameter", headrope_pack_free,
               [&f](headrope_pack** out, headrope_error* error) {
                 return headrope_pack_with_parameter(
                     f.pack, "days", HEADROPE_NTS, 7, 2, 15706, out, error);
               });
  gives_value("headrope_pack_id", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_pack_id(f.pack, &out, error);
  });
  gives_value("headrope_pack_in_force", [&f](headrope_error* error) {
    std::int32_t from = 0;
    std::int32_t until = 0;
    return headrope_pack_in_force(f.pack, &from, &until, error);
  });
  gives_value("headrope_pack_find_rule", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_pack_find_rule(f.pack, "R2", HEADROPE_NTS, &out, error);
  });
  gives_value("headrope_pack_rule_id", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_pack_rule_id(f.pack, 1, &out, error);
  });
  for (const headrope_pack_part part : {0, 1, 2, 3, 4}) {
    gives_handle("headrope_pack_table", headrope_table_free,
                 [&f, part](headrope_table** out, headrope_error* error) {
                   return headrope_pack_table(f.changed, part, as_of,
                                              HEADROPE_LANGUAGE_ZH, out, error);
                 });
  }
}

void add_answer_cases(Fixture& f) {
  static headrope_question question = HEADROPE_QUESTION_INIT;
  question.thread_count = 2;
  question.wants_deadlines = 1;
  gives_handle("headrope_assessment_new", headrope_assessment_free,
               [&f](headrope_assessment** out, headrope_error* error) {
                 return headrope_assessment_new(f.snapshot, f.pack, nullptr, 0,
                                                &question, out, error);
               });
  gives_handle("headrope_assessment_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_assessment_table(f.assessment, out, error);
               });
  gives_handle("headrope_assessment_summary", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_assessment_summary(
                     f.assessment, HEADROPE_LANGUAGE_EN, out, error);
               });
  gives_value("headrope_assessment_counts", [&f](headrope_error* error) {
    headrope_counts out = HEADROPE_COUNTS_INIT;
    return headrope_assessment_counts(f.assessment, &out, error);
  });
  for (const headrope_grouping by : {0, 1, 2}) {
    gives_handle("headrope_assessment_groups", headrope_table_free,
                 [&f, by](headrope_table** out, headrope_error* error) {
                   return headrope_assessment_groups(f.assessment, by, f.party,
                                                     "size", HEADROPE_NTS, out,
                                                     error);
                 });
  }
  gives_handle("headrope_assessment_spectrum", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_assessment_spectrum(f.assessment, out, error);
               });
  for (const std::int32_t threads : {1, 2}) {
    gives_handle("headrope_coverage_new", headrope_coverage_free,
                 [&f, threads](headrope_coverage** out, headrope_error* error) {
                   return headrope_coverage_new(f.assessment, f.party,
                                                HEADROPE_BASIS_PRIMARY, threads,
                                                out, error);
                 });
  }
  gives_handle("headrope_coverage_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_coverage_table(f.coverage, HEADROPE_NONE,
                                                HEADROPE_ALL_LEVELS, out,
                                                error);
               });
  gives_value("headrope_coverage_at", [&f](headrope_error* error) {
    headrope_counts out = HEADROPE_COUNTS_INIT;
    return headrope_coverage_at(f.coverage, f.branch, &out, error);
  });
  gives_handle("headrope_explanation_new", headrope_explanation_free,
               [&f](headrope_explanation** out, headrope_error* error) {
                 return headrope_explanation_new(f.snapshot, f.pack, 0, "U2",
                                                 HEADROPE_NTS, nullptr, out,
                                                 error);
               });
  gives_value("headrope_explanation_status", [&f](headrope_error* error) {
    headrope_rule_status out = 0;
    return headrope_explanation_status(f.explanation, &out, error);
  });
  gives_value("headrope_explanation_sentence", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_explanation_sentence(f.explanation, HEADROPE_LANGUAGE_ZH,
                                         &out, error);
  });
  gives_handle("headrope_explanation_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_explanation_table(
                     f.explanation, HEADROPE_LANGUAGE_EN, out, error);
               });
  gives_value("headrope_explanation_write_json", [&f](headrope_error* error) {
    return headrope_explanation_write_json(f.explanation, drop, nullptr, error);
  });
  gives_handle("headrope_comparison_new", headrope_comparison_free,
               [&f](headrope_comparison** out, headrope_error* error) {
                 return headrope_comparison_new(f.snapshot, f.pack, f.changed,
                                                nullptr, out, error);
               });
  gives_handle("headrope_comparison_table", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_comparison_table(f.comparison, out, error);
               });
  gives_handle("headrope_comparison_summary", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_comparison_summary(f.comparison, out, error);
               });
}

void add_case_cases() {
  gives_value("headrope_date_write", [](headrope_error* error) {
    char text[16];
    std::int64_t size = 0;
    return headrope_date_write(as_of, text, 16, &size, error);
  });
  gives_handle("headrope_cases_run", headrope_table_free,
               [](headrope_table** out, headrope_error* error) {
                 return headrope_cases_run(
                     HEADROPE_SOURCE_DIR "/tests/capi/data/small.cases.yaml",
                     HEADROPE_NTS, nullptr, nullptr, out, error);
               });
}

void add_responsibility_cases(Fixture& f) {
  gives_handle("headrope_responsibility_new", headrope_responsibility_free,
               [&f](headrope_responsibility** out, headrope_error* error) {
                 return headrope_responsibility_new(f.snapshot, out, error);
               });
  gives_handle("headrope_responsibility_holders", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_responsibility_holders(
                     f.responsibility, f.branch, HEADROPE_NONE, 0,
                     HEADROPE_LANGUAGE_ZH, out, error);
               });
  gives_handle("headrope_responsibility_gaps", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_responsibility_gaps(f.responsibility, nullptr,
                                                     out, error);
               });
  for (const std::int64_t duty : {HEADROPE_NONE, INT64_C(0)}) {
    gives_handle("headrope_responsibility_chain", headrope_table_free,
                 [&f, duty](headrope_table** out, headrope_error* error) {
                   return headrope_responsibility_chain(
                       f.responsibility, f.party, duty, HEADROPE_NONE, nullptr,
                       out, error);
                 });
    gives_handle("headrope_responsibility_single_points", headrope_table_free,
                 [&f, duty](headrope_table** out, headrope_error* error) {
                   return headrope_responsibility_single_points(
                       f.responsibility, f.party, duty, HEADROPE_NONE, nullptr,
                       0, out, error);
                 });
  }
  gives_handle("headrope_responsibility_load", headrope_table_free,
               [&f](headrope_table** out, headrope_error* error) {
                 return headrope_responsibility_load(f.responsibility, f.party,
                                                     HEADROPE_NONE, nullptr,
                                                     out, error);
               });
}

void add_table_cases(Fixture& f) {
  gives_value("headrope_table_column", [&f](headrope_error* error) {
    headrope_column out = HEADROPE_COLUMN_INIT;
    return headrope_table_column(f.table, 0, &out, error);
  });
  gives_value("headrope_table_find_column", [&f](headrope_error* error) {
    std::int64_t out = 0;
    return headrope_table_find_column(f.table, "status", HEADROPE_NTS, &out,
                                      error);
  });
  gives_value("headrope_table_is_missing", [&f](headrope_error* error) {
    std::int32_t out = 0;
    return headrope_table_is_missing(f.table, 0, 0, &out, error);
  });
  gives_value("headrope_table_text", [&f](headrope_error* error) {
    headrope_text out;
    return headrope_table_text(f.table, 0, 0, &out, error);
  });
  gives_value("headrope_table_number", [&f](headrope_error* error) {
    std::int64_t out = 0;  // The third is a day, the first a text.
    return headrope_table_number(f.table, 3, 0, &out, error);
  });
  gives_value("headrope_table_ratio", [&f](headrope_error* error) {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    return headrope_table_ratio(f.table, 5, 0, &numerator, &denominator, error);
  });
  gives_value("headrope_table_depth", [&f](headrope_error* error) {
    std::int32_t out = 0;
    return headrope_table_depth(f.table, 0, &out, error);
  });
  gives_value("headrope_table_display", [&f](headrope_error* error) {
    char buffer[64];
    std::int64_t out = 0;
    return headrope_table_display(f.table, 5, 1, buffer, sizeof buffer, &out,
                                  error);
  });
  gives_value("headrope_table_write_csv", [&f](headrope_error* error) {
    return headrope_table_write_csv(f.table, drop, nullptr, error);
  });
  gives_value("headrope_table_write_json", [&f](headrope_error* error) {
    return headrope_table_write_json(f.table, drop, nullptr, error);
  });
  static ArrowSchema schema;
  static ArrowArray array;
  cases.push_back(
      {"headrope_table_export_array",
       [&f](headrope_error* error) {
         return headrope_table_export_array(f.table, &schema, &array, error);
       },
       [] { return schema.release == nullptr && array.release == nullptr; },
       [] {
         schema.release(&schema);
         array.release(&array);
       },
       {}});
  static ArrowArrayStream stream;
  cases.push_back({"headrope_table_export_stream",
                   [&f](headrope_error* error) {
                     return headrope_table_export_stream(f.table, &stream,
                                                         error);
                   },
                   [] { return stream.release == nullptr; },
                   [] { stream.release(&stream); },
                   {}});
  // The callbacks of a stream: the consumer is told ENOMEM.
  cases.push_back({"ArrowArrayStream.get_next",
                   [&f](headrope_error* error) {
                     ArrowArrayStream one;
                     if (const headrope_status status =
                             headrope_table_export_stream(f.table, &one, error);
                         status != HEADROPE_OK) {
                       return status;
                     }
                     const int code = one.get_schema(&one, &schema) != 0
                                          ? 1
                                          : one.get_next(&one, &array);
                     const bool failed = code != 0;
                     if (schema.release != nullptr) schema.release(&schema);
                     if (array.release != nullptr) array.release(&array);
                     one.release(&one);
                     if (!failed) return HEADROPE_OK;
                     if (error->status == 0) {
                       error->status = HEADROPE_E_OUT_OF_MEMORY;
                       error->message[0] = '!';
                     }
                     return HEADROPE_E_OUT_OF_MEMORY;
                   },
                   [] { return true; },
                   [] {},
                   {}});
}

int run(const char* only) {
  Fixture fixture;
  add_registry_cases(fixture);
  Fixture live_fixture;
  Fixture registry_fixture;
  Fixture to_be_filled;
  add_row_cases(to_be_filled);
  add_whole_registry_cases(fixture);
  add_file_cases(fixture);
  add_snapshot_cases(fixture);
  add_figure_cases(fixture);
  add_pack_cases(fixture);
  add_live_cases(live_fixture, registry_fixture);
  add_answer_cases(fixture);
  add_responsibility_cases(fixture);
  add_person_cases(fixture);
  add_case_cases();
  add_table_cases(fixture);
  std::set<std::string> missing = functions_with_status();
  expect(missing.size() > 60, "the header is read");
  for (const Case& one : cases) missing.erase(one.name);
  for (const std::string& name : missing) {
    expect(false, name + " has no case here");
  }
  for (const Case& one : cases) {
    if (only != nullptr && one.name.find(only) == std::string::npos) continue;
    const long before = points;
    if (!one.may_keep_memory) {  // What is made once and kept is made now.
      headrope_error error = HEADROPE_ERROR_INIT;
      if (one.call(&error) == HEADROPE_OK) one.release();
    }
    run_mode(one, false);
    run_mode(one, true);
    if (only != nullptr || points - before > 2000) {
      std::printf("%s: %ld\n", one.name.c_str(), points - before);
    }
  }
  std::printf("%zu cases, %ld failed allocations\n", cases.size(), points);
  return 0;
}

}  // namespace
}  // namespace headrope_test

int main(int argc, char** argv) {
  return headrope_test::run(argc > 1 ? argv[1] : nullptr);
}
