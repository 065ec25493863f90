// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A host in C++ over the C header: the same scenario as host.c, with handles
// that give themselves back.

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <headrope/headrope.h>

namespace {

headrope_error error = HEADROPE_ERROR_INIT;

void must(headrope_status status) {
  if (status == HEADROPE_OK) return;
  throw std::runtime_error(std::string(headrope_status_id(status)) + ": " +
                           error.message);
}

template <auto free>
struct Free {
  template <typename Handle>
  void operator()(Handle* handle) const {
    free(handle);
  }
};

template <typename Handle, auto free>
using Owned = std::unique_ptr<Handle, Free<free>>;

using Findings = Owned<headrope_findings, headrope_findings_free>;
using Registry = Owned<headrope_registry, headrope_registry_free>;
using Snapshot = Owned<headrope_snapshot, headrope_snapshot_release>;
using Figures = Owned<headrope_figures, headrope_figures_free>;
using Sums = Owned<headrope_sums, headrope_sums_free>;
using Pack = Owned<headrope_pack, headrope_pack_free>;
using Assessment = Owned<headrope_assessment, headrope_assessment_free>;
using Coverage = Owned<headrope_coverage, headrope_coverage_free>;
using Explanation = Owned<headrope_explanation, headrope_explanation_free>;
using Responsibility =
    Owned<headrope_responsibility, headrope_responsibility_free>;
using Table = Owned<headrope_table, headrope_table_free>;

// Calls `make` with where its handle goes, and the error.
template <typename Kept, typename Make>
Kept made(const Make& make) {
  typename Kept::pointer handle = nullptr;
  must(make(&handle, &error));
  return Kept(handle);
}

std::string_view view(const headrope_text& text) {
  return {text.data, static_cast<std::size_t>(text.size)};
}

std::int32_t print(const char* bytes, std::int64_t size, void* /*user_data*/) {
  std::cout.write(bytes, static_cast<std::streamsize>(size));
  return std::cout ? 0 : 1;
}

void show(std::string_view title, const Table& table) {
  std::cout << "== " << title << '\n';
  must(headrope_table_write_csv(table.get(), print, nullptr, &error));
}

std::int32_t day(const char* text) {
  std::int32_t days = 0;
  must(headrope_date_parse(text, HEADROPE_NTS, &days, &error));
  return days;
}

std::int64_t find(const Snapshot& snapshot, headrope_object object,
                  const char* identity) {
  std::int64_t number = HEADROPE_NONE;
  must(headrope_snapshot_find(snapshot.get(), object, identity, HEADROPE_NTS,
                              &number, &error));
  return number;
}

headrope_question year() {
  headrope_question question = HEADROPE_QUESTION_INIT;
  question.valid_from = day("2013-01-01");
  question.valid_until = day("2014-01-01");
  return question;
}

std::int64_t find_rule(const Pack& pack, const char* id) {
  std::int64_t rule = HEADROPE_NONE;
  must(headrope_pack_find_rule(pack.get(), id, HEADROPE_NTS, &rule, &error));
  return rule;
}

void roll_up(const Snapshot& snapshot, std::int64_t party,
             std::int64_t administrative) {
  const std::int64_t sessions =
      find(snapshot, HEADROPE_OBJECT_MEASURE, "study_session");
  headrope_tally tally = HEADROPE_TALLY_INIT;
  tally.reduction = HEADROPE_REDUCTION_DISTINCT_DAYS;
  tally.measures = &sessions;
  tally.measure_count = 1;
  const auto days = made<Figures>([&](auto* out, auto* fault) {
    return headrope_figures_tally(snapshot.get(), &tally, out, fault);
  });
  show("days of study", made<Table>([&](auto* out, auto* fault) {
         return headrope_figures_roll_up(days.get(), party, HEADROPE_NONE,
                                         HEADROPE_ALL_LEVELS, 1, out, fault);
       }));
  const auto sums = made<Sums>([&](auto* out, auto* fault) {
    return headrope_sums_new(days.get(), party, out, fault);
  });
  std::int64_t sum = 0;
  must(headrope_sums_at(sums.get(), find(snapshot, HEADROPE_OBJECT_UNIT, "U08"),
                        &sum, &error));
  std::cout << "below U08: " << sum << '\n';
  const auto units = made<Figures>([&](auto* out, auto* fault) {
    return headrope_figures_count_units(snapshot.get(), nullptr, 0, out, fault);
  });
  show("units", made<Table>([&](auto* out, auto* fault) {
         return headrope_figures_roll_up(units.get(), administrative,
                                         HEADROPE_NONE, 1, 1, out, fault);
       }));
  show("members", made<Table>([&](auto* out, auto* fault) {
         return headrope_snapshot_member_table(
             snapshot.get(), party, HEADROPE_NONE, HEADROPE_ALL_LEVELS,
             HEADROPE_BASIS_PRIMARY, out, fault);
       }));
}

void cover(const Snapshot& snapshot, const Pack& pack, const char* rule_id,
           std::int64_t hierarchy) {
  const headrope_question question = year();
  const std::int64_t rule = find_rule(pack, rule_id);
  const auto assessment = made<Assessment>([&](auto* out, auto* fault) {
    return headrope_assessment_new(snapshot.get(), pack.get(), &rule, 1,
                                   &question, out, fault);
  });
  const auto coverage = made<Coverage>([&](auto* out, auto* fault) {
    return headrope_coverage_new(assessment.get(), hierarchy,
                                 HEADROPE_BASIS_PRIMARY, 1, out, fault);
  });
  show(rule_id, made<Table>([&](auto* out, auto* fault) {
         return headrope_coverage_table(coverage.get(), HEADROPE_NONE,
                                        HEADROPE_ALL_LEVELS, out, fault);
       }));
}

void list_gaps(const Snapshot& snapshot) {
  const auto responsibility = made<Responsibility>([&](auto* out, auto* fault) {
    return headrope_responsibility_new(snapshot.get(), out, fault);
  });
  show("gaps", made<Table>([&](auto* out, auto* fault) {
         return headrope_responsibility_gaps(responsibility.get(), nullptr, out,
                                             fault);
       }));
}

void explain(const Snapshot& snapshot, const Pack& pack) {
  const headrope_question question = year();
  const auto explanation = made<Explanation>([&](auto* out, auto* fault) {
    return headrope_explanation_new(snapshot.get(), pack.get(),
                                    find_rule(pack, "S02"), "U10", HEADROPE_NTS,
                                    &question, out, fault);
  });
  std::cout << "== why\n";
  for (const auto language : {HEADROPE_LANGUAGE_EN, HEADROPE_LANGUAGE_ZH}) {
    headrope_text sentence;
    must(headrope_explanation_sentence(explanation.get(), language, &sentence,
                                       &error));
    std::cout << view(sentence) << '\n';
  }
}

void fail(const Registry& registry) {
  headrope_registry_options options = HEADROPE_REGISTRY_OPTIONS_INIT;
  options.progress = [](const char*, std::int64_t, std::int64_t,
                        void*) -> std::int32_t { return 1; };
  headrope_registry* other = nullptr;
  headrope_status status = headrope_registry_load(
      "xincheng", HEADROPE_NTS, &options, nullptr, &other, &error);
  std::cout << "== cancelled\n"
            << headrope_status_id(status) << ' ' << error.message << '\n';
  headrope_pack* pack = nullptr;
  status = headrope_pack_parse(
      registry.get(), "format: headrope-pack/1\nid: x\nrulez: []\n",
      HEADROPE_NTS, "x.yaml", HEADROPE_NTS, nullptr, 0, nullptr, &pack, &error);
  std::cout << "== mistaken\n"
            << headrope_status_id(status) << ' ' << error.file << " line "
            << error.row << " column " << error.column << '\n'
            << error.message << '\n';
}

void run() {
  std::cout << "headrope " << headrope_version() << '\n';
  const auto findings = made<Findings>([](auto* out, auto* fault) {
    return headrope_findings_new(0, out, fault);
  });
  const auto registry = made<Registry>([&](auto* out, auto* fault) {
    return headrope_registry_load("xincheng", HEADROPE_NTS, nullptr,
                                  findings.get(), out, fault);
  });
  std::cout << headrope_findings_error_count(findings.get()) << " errors, "
            << headrope_findings_warning_count(findings.get()) << " warnings\n";
  const auto snapshot = made<Snapshot>([&](auto* out, auto* fault) {
    return headrope_registry_freeze(registry.get(), day("2013-12-31"), nullptr,
                                    findings.get(), out, fault);
  });
  const auto party = find(snapshot, HEADROPE_OBJECT_HIERARCHY, "party");
  const auto administrative =
      find(snapshot, HEADROPE_OBJECT_HIERARCHY, "administrative");
  roll_up(snapshot, party, administrative);
  const auto pack = made<Pack>([&](auto* out, auto* fault) {
    return headrope_pack_load(registry.get(), "pack/pack.yaml", HEADROPE_NTS,
                              findings.get(), out, fault);
  });
  cover(snapshot, pack, "S02", party);
  cover(snapshot, pack, "S04", administrative);
  list_gaps(snapshot);
  explain(snapshot, pack);
  fail(registry);
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
}
