// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Results of cases as a table.

#include "headrope/cases.hpp"
#include "report/rows.hpp"

namespace headrope {
namespace {

// A case that was only listed has no result.
std::string_view result_of(const CaseResult& one) {
  if (!one.failures.empty()) return "failed";
  return one.is_run ? "passed" : "";
}

}  // namespace

Table cases_table(std::span<const CaseResult> results, Language language) {
  Rows rows;
  rows.texts({"file"}).integers({"row"});
  rows.texts({"case", "title", "pack"}).integers({"checked"});
  rows.texts({"result", "failures"});
  for (const CaseResult& one : results) {
    std::string failures;
    for (const std::string& failure : one.failures) {
      if (!failures.empty()) failures += '\n';
      failures += failure;
    }
    const bool takes_zh = language == Language::zh
                              ? !one.title_zh.empty() || one.title_en.empty()
                              : one.title_en.empty();
    rows.text(one.file)
        .number(static_cast<std::int64_t>(one.line))
        .text(one.id)
        .text(takes_zh ? one.title_zh : one.title_en)
        .text(one.pack)
        .number(one.checked)
        .text(result_of(one))
        .text(failures)
        .end_row();
  }
  return rows.take();
}

}  // namespace headrope
