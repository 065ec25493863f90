// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

#include "headrope/report_workbook.hpp"

#ifdef HEADROPE_HAS_XLSX

#include <fmt/format.h>

#include "headrope/workbook.hpp"

namespace headrope::tool {
namespace {

std::string_view in_language(const Label& label, Language language) {
  const bool zh = language == Language::zh;
  const std::string_view first = zh ? label.zh : label.en;
  return first.empty() ? (zh ? label.en : label.zh) : first;
}

// Everything that goes into the sheets.
class Sheets {
 public:
  Sheets(const DataWithPack& data, const ReportQuestion& question,
         const Options& options, Workbook& book)
      : snapshot_(*data.snapshot),
        shared_(data.snapshot),
        question_(question),
        asked_{question.range, true, question.threads},
        options_(options),
        language_(report_language(options)),
        book_(book),
        assessments_(value_or_stop(
            assess(snapshot_, question.pack, question.rules, asked_))) {}

  void write() {
    for (const Forest& forest : snapshot_.forests()) write_summaries(forest);
    book_.add(word("rules"), rules_table(*question_.pack, language_));
    book_.add(word("rates"), pack_table(assessments_, language_));
    book_.add(word("subjects"), assessment_table(snapshot_, assessments_));
    const Responsibility responsibility(shared_);
    const auto gaps = value_or_stop(find_gaps(responsibility));
    book_.add(word("gaps"), gaps_table(snapshot_, gaps, language_));
    if (question_.against == nullptr) return;
    const auto compared = value_or_stop(
        compare(snapshot_, question_.pack, question_.against, asked_));
    book_.add(word("comparison"), comparison_summary_table(compared));
    book_.add(word("changes"), comparison_table(snapshot_, compared));
  }

 private:
  // The name of a sheet.
  std::string word(std::string_view sheet) const {
    return std::string(wording(fmt::format("sheet.{}", sheet), language_));
  }

  // All units of a hierarchy, then each level by itself.
  void write_summaries(const Forest& forest) {
    std::vector<Coverage> coverages;
    for (const RuleAssessment& one : assessments_) {
      coverages.push_back(value_or_stop(
          cover(snapshot_, forest, one, question_.basis, question_.threads)));
    }
    const Hierarchy& hierarchy =
        snapshot_.hierarchies()[forest.hierarchy().value];
    const bool is_only = snapshot_.forests().size() == 1;
    const std::string of_it =
        is_only ? std::string() : fmt::format(" {}", hierarchy.id);
    write_summary(forest, coverages, word("summary") + of_it, {});
    for (std::uint32_t depth = 0; depth <= forest.depth_max(); ++depth) {
      write_summary(forest, coverages,
                    fmt::format("{} {}{}", word("level"), depth + 1, of_it),
                    depth);
    }
  }

  void write_summary(const Forest& forest,
                     const std::vector<Coverage>& coverages,
                     const std::string& name,
                     std::optional<std::uint32_t> level) {
    Summary summary;
    summary.title =
        options_.title.empty()
            ? std::string(in_language(question_.pack->title(), language_))
            : options_.title;
    summary.subtitle = fmt::format("{} {}", wording("as_of", language_),
                                   to_string(snapshot_.as_of()));
    for (const RuleAssessment& one : assessments_) {
      const RuleInfo rule = question_.pack->rule(one.rule);
      summary.rules.push_back(
          fmt::format("{} {}", rule.id, in_language(rule.title, language_)));
    }
    book_.begin_summary(name, summary);
    for (std::uint32_t at = 0; at < forest.place_count(); ++at) {
      if (level && forest.depth({at}) != *level) continue;
      const UnitIndex unit = forest.unit({at});
      const Kind& kind = snapshot_.kinds()[snapshot_.kind(unit).value];
      const std::string_view label = in_language(kind.label, language_);
      Summary::Row row{snapshot_.identity(unit),
                       snapshot_.name(unit),
                       label.empty() ? std::string_view(kind.id) : label,
                       level ? 0 : forest.depth({at}),
                       {}};
      for (const Coverage& coverage : coverages) {
        const StatusCounts counts = coverage.at({at});
        row.figures.push_back({counts.of(Status::met), counts.eligible()});
      }
      book_.add_row(row);
    }
  }

  const Snapshot& snapshot_;
  std::shared_ptr<const Snapshot> shared_;
  const ReportQuestion& question_;
  RuleQuestion asked_;
  const Options& options_;
  Language language_;
  Workbook& book_;
  std::vector<RuleAssessment> assessments_;
};

}  // namespace

bool writes_workbooks() { return true; }

void write_workbook(const DataWithPack& data, const ReportQuestion& question,
                    const Options& options) {
  Workbook book(options.out, report_language(options), data.snapshot->as_of());
  Sheets(data, question, options, book).write();
  book.close();
}

}  // namespace headrope::tool

#else

namespace headrope::tool {

bool writes_workbooks() { return false; }

void write_workbook(const DataWithPack&, const ReportQuestion&,
                    const Options&) {
  throw UsageError{"--out: this program was built without libxlsxwriter"};
}

}  // namespace headrope::tool

#endif
