// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// `headrope report`: one HTML file.

#include <string>

#include "headrope/commands.hpp"
#include "headrope/out_file.hpp"
#include "headrope/report.hpp"
#include "headrope/report_page.hpp"
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

}  // namespace

int make_report(const Options& options) {
  return guarded([&] {
    StepTimer timer(options.shows_time);
    const std::string_view page = page_or_stop();
    const DataWithPack data = open_with_pack(options, timer);
    ReportOptions shown;
    shown.language = options.language == "en" ? Language::en : Language::zh;
    shown.title = options.title;
    shown.explanations_max = static_cast<std::size_t>(options.explanations);
    OutFile file(options.out, "--out");
    stop_if_failed(write_report(data.registry, data.snapshot,
                                report_asked(options, data), shown, page,
                                file.sink()));
    file.keep();
    timer.step("write the report");
    say("wrote " + harmless(options.out));
  });
}

}  // namespace headrope::tool
