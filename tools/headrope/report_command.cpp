// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// `headrope report`: one HTML file.

#include <array>
#include <string>

#include "headrope/commands.hpp"
#include "headrope/out_file.hpp"
#include "headrope/report.hpp"
#include "headrope/report_page.hpp"
#include "headrope/report_workbook.hpp"
#include "headrope/session.hpp"

namespace headrope::tool {
namespace {

std::string_view page_or_stop() {
#ifdef HEADROPE_HAS_REPORT
  return report_page();
#else
  throw UsageError{
      "this program was built without Node.js and npm, so it has no page; "
      "install them and build it again"};
#endif
}

// An explanation looks at every unit, so of many units few are explained.
std::size_t explanations_of(const Options& options, const Snapshot& snapshot) {
  if (options.explanations >= 0) {
    return static_cast<std::size_t>(options.explanations);
  }
  constexpr std::size_t many_units = 100'000;
  return snapshot.unit_count() > many_units ? 200 : 2'000;
}

ReportQuestion report_asked(const Options& options, const DataWithPack& data) {
  ReportQuestion question;
  question.pack = data.pack;
  if (!options.against.empty() || !options.set.empty()) {
    question.against = other_pack(data.pack, data.registry, options);
  }
  for (const std::string& rule : options.rules) {
    question.rules.push_back(rule_at(*data.pack, rule));
  }
  question.range = question_of(options, *data.snapshot).range;
  for (const std::string& name : options.group_by) {
    if (!data.snapshot->find_attribute(name)) {
      throw UsageError{"--by: no attribute '" + name + "'"};
    }
  }
  question.group_by = options.group_by;
  question.basis = basis_of(options);
  question.threads = {options.threads};
  return question;
}

// Tells how much is withheld, and writes where and why into `--withheld`.
void tell_withheld(const DataWithPack& data, const Forest& forest,
                   const std::vector<PublishedRule>& published,
                   const Options& options) {
  constexpr std::array<const char*, 4> reasons{"shown", "small", "protects",
                                               "below"};
  std::array<std::uint64_t, 4> counts{};
  Table table;
  table.columns.resize(4);
  constexpr std::array<const char*, 4> names{"rule", "unit", "figure",
                                             "reason"};
  for (std::size_t at = 0; at < names.size(); ++at) {
    table.columns[at].name = names[at];
  }
  const auto tell = [&](const PublishedRule& one, std::string_view unit,
                        const char* figure, Withheld why) {
    ++counts[static_cast<std::size_t>(why)];
    if (why == Withheld::shown || options.withheld.empty()) return;
    table.columns[0].texts.push_back(data.pack->rule(one.rule).id);
    table.columns[1].texts.push_back(unit);
    table.columns[2].texts.push_back(figure);
    table.columns[3].texts.push_back(reasons[static_cast<std::size_t>(why)]);
  };
  for (const PublishedRule& one : published) {
    tell(one, "", "eligible", one.suppression.total_eligible);
    tell(one, "", "statuses", one.suppression.total_statuses);
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      const std::string_view unit = data.snapshot->identity(forest.unit({at}));
      tell(one, unit, "eligible", one.suppression.eligible[at]);
      tell(one, unit, "statuses", one.suppression.statuses[at]);
    }
  }
  if (!options.withheld.empty()) {
    OutFile file(options.withheld, "--withheld");
    write_csv(table, file.sink());
    file.keep();
  }
  say(
      fmt::format("withheld: {} small, {} to protect them, {} below them; "
                  "shown: {}; none can be worked out",
                  counts[1], counts[2], counts[3], counts[0]));
}

}  // namespace

int make_report(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    if (options.publish > 0 &&
        (options.out.ends_with(".xlsx") || !options.against.empty() ||
         !options.set.empty())) {
      throw UsageError{
          "--publish: only for an HTML report, without --against and --set"};
    }
    if (options.out.ends_with(".xlsx")) {
      const DataWithPack data = open_with_pack(options, timer);
      write_workbook(data, report_asked(options, data), options);
      timer.step("write the workbook");
      say("wrote " + harmless(options.out));
      return;
    }
    const std::string_view page = page_or_stop();
    const DataWithPack data = open_with_pack(options, timer);
    ReportOptions shown;
    shown.language = report_language(options);
    shown.title = options.title;
    shown.explanations_max = explanations_of(options, *data.snapshot);
    OutFile file(options.out, "--out");
    if (options.publish > 0) {
      const Forest& forest = forest_of(options, *data.snapshot);
      const auto published = value_or_stop(write_public_report(
          *data.snapshot, forest, report_asked(options, data), shown,
          options.publish, page, file.sink()));
      file.keep();
      tell_withheld(data, forest, published, options);
      say("wrote " + harmless(options.out));
      return;
    }
    stop_if_failed(write_report(data.registry, data.snapshot,
                                report_asked(options, data), shown, page,
                                file.sink()));
    file.keep();
    timer.step("write the report");
    say("wrote " + harmless(options.out));
  });
}

}  // namespace headrope::tool
