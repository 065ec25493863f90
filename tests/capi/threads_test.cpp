// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Eight readers ask one snapshot, its answers and a pack, while a writer adds
// rows to the registry they came from, loads others, and freezes anew. Every
// answer is the one that a single thread gets. Under the thread sanitizer this
// is the proof of the rule for threads in headrope.h.

#include <atomic>
#include <thread>

#include "capi/fixture.hpp"

namespace headrope_test {
namespace {

constexpr int reader_count = 8;
constexpr int rounds = 40;

// Everything that any thread may ask, as one text.
std::string all_answers(const Fixture& f) {
  std::string all;
  headrope_error error = HEADROPE_ERROR_INIT;
  headrope_snapshot* mine = headrope_snapshot_retain(f.snapshot);
  const auto add = [&](headrope_status status, headrope_table* table) {
    must(status, error, "an answer");
    all += csv_of(table);
    headrope_table_free(table);
  };
  headrope_table* table = nullptr;
  headrope_status status = headrope_snapshot_member_table(
      mine, f.party, HEADROPE_NONE, HEADROPE_ALL_LEVELS, HEADROPE_BASIS_ANY,
      &table, &error);
  add(status, table);
  status = headrope_figures_roll_up(f.figures, f.party, HEADROPE_NONE,
                                    HEADROPE_ALL_LEVELS, 2, &table, &error);
  add(status, table);
  headrope_assessment* assessment = nullptr;
  must(headrope_assessment_new(mine, f.pack, nullptr, 0, nullptr, &assessment,
                               &error),
       error, "assess");
  headrope_snapshot_release(mine);  // The assessment keeps what it needs.
  status = headrope_assessment_table(assessment, &table, &error);
  add(status, table);
  headrope_assessment_free(assessment);
  status = headrope_coverage_table(f.coverage, HEADROPE_NONE,
                                   HEADROPE_ALL_LEVELS, &table, &error);
  add(status, table);
  status = headrope_comparison_table(f.comparison, &table, &error);
  add(status, table);
  status =
      headrope_responsibility_gaps(f.responsibility, nullptr, &table, &error);
  add(status, table);
  headrope_pack* changed = nullptr;
  must(headrope_pack_with_parameter(f.pack, "days", HEADROPE_NTS, 4, 1, 15706,
                                    &changed, &error),
       error, "with_parameter");
  status = headrope_pack_table(changed, HEADROPE_PACK_PARAMETERS, as_of,
                               HEADROPE_LANGUAGE_EN, &table, &error);
  add(status, table);
  headrope_pack_free(changed);
  std::int64_t sum = 0;
  must(headrope_sums_at(f.sums, f.branch, &sum, &error), error, "sum");
  headrope_text sentence;
  must(headrope_explanation_sentence(f.explanation, HEADROPE_LANGUAGE_EN,
                                     &sentence, &error),
       error, "sentence");
  all += std::to_string(sum) + std::string(view(sentence));
  // The same table leaves to all consumers, each with a hold of its own.
  ArrowSchema schema;
  ArrowArray array;
  must(headrope_table_export_array(f.table, &schema, &array, &error), error,
       "export");
  all += std::to_string(array.length) + schema.children[0]->name;
  schema.release(&schema);
  array.release(&array);
  return all;
}

void write_on(Fixture& f, int round) {
  headrope_error error = HEADROPE_ERROR_INIT;
  const std::string name = "new unit " + std::to_string(round);
  const headrope_text columns[] = {text("unit"), text("kind"), text("name")};
  const headrope_text values[] = {text(name), text("party_branch"), text(name)};
  must(headrope_registry_add_row(f.registry, "units", HEADROPE_NTS, columns,
                                 values, 3, &error),
       error, "add_row");
  headrope_snapshot* next = nullptr;
  must(headrope_registry_freeze(f.registry, as_of, nullptr, nullptr, &next,
                                &error),
       error, "freeze");
  std::int64_t unit = HEADROPE_NONE;
  must(headrope_snapshot_find(next, HEADROPE_OBJECT_UNIT, name.c_str(),
                              HEADROPE_NTS, &unit, &error),
       error, "find");
  expect(unit != HEADROPE_NONE, "the new snapshot has the new unit");
  headrope_snapshot_release(next);
  const auto files = package_files();
  headrope_registry_options options = own_vocabulary();
  options.thread_count = 2;
  headrope_registry* other = nullptr;
  must(headrope_registry_load_memory(files.data(),
                                     static_cast<std::int64_t>(files.size()),
                                     &options, nullptr, &other, &error),
       error, "load");
  headrope_registry_free(other);
}

void run() {
  Fixture f;
  const std::string wanted = all_answers(f);
  expect(wanted.size() > 1000, "there are answers");
  std::atomic<bool> ends{false};
  std::atomic<int> asked{0};
  std::vector<std::thread> readers;
  for (int at = 0; at < reader_count; ++at) {
    readers.emplace_back([&] {
      for (bool last = false; !last;) {
        last = ends.load();
        expect(all_answers(f) == wanted, "a reader's answer is another one");
        ++asked;
      }
    });
  }
  for (int round = 0; round < rounds; ++round) write_on(f, round);
  ends = true;
  for (std::thread& reader : readers) reader.join();
  expect(asked >= reader_count, "every reader has asked");
  std::printf("%d readings beside %d writings\n", asked.load(), rounds);
}

}  // namespace
}  // namespace headrope_test

int main() { headrope_test::run(); }
