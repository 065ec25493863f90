// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// The order of a report: what it is about, trees, subjects, months, lists.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "headrope/pack_tables.hpp"
#include "headrope/report.hpp"
#include "headrope/responsibility_tables.hpp"
#include "headrope/version.hpp"
#include "page/forest_data.hpp"
#include "page/month_data.hpp"
#include "page/subject_data.hpp"
#include "page/table_data.hpp"
#include "report/all_words.hpp"
#include "report/words.hpp"

namespace headrope {
namespace {

constexpr std::string_view marker = "<!--headrope:data-->";

constexpr std::array<std::string_view, 5> subject_words{
    "units", "persons", "posts", "duties", "records"};

void write_day(JsonWriter& json, Date day) {
  if (day.is_open()) {
    json.null();
  } else {
    json.text(to_string(day));
  }
}

void write_counts(JsonWriter& json, const StatusCounts& counts) {
  json.array();
  for (const std::int64_t count : counts.by_status) json.number(count);
  json.end();
}

void write_pack(JsonWriter& json, const PackPointer& pack) {
  if (pack == nullptr) {
    json.null();
    return;
  }
  json.object().key("id").text(pack->id()).key("title");
  write_label(json, pack->title());
  json.key("issuer");
  write_label(json, pack->issuer());
  json.key("from");
  write_day(json, pack->in_force().valid_from);
  json.key("until");
  write_day(json, pack->in_force().valid_until);
  json.end();
}

// Everything a report is made of, and the steps of writing it.
class ReportWriter {
 public:
  ReportWriter(const Snapshot& snapshot, const ReportQuestion& question,
               const ReportOptions& options, const Sink& sink)
      : snapshot_(snapshot),
        question_(question),
        asked_{question.range, true, question.threads},
        options_(options),
        sink_(sink) {}

  Result<void> write(const Registry& registry,
                     const std::shared_ptr<const Snapshot>& snapshot) {
    for (const Forest& forest : snapshot_.forests()) {
      forests_.push_back(&forest);
    }
    if (const auto done = assess_rules(); !done) return done;
    if (const auto done = write_forests(); !done) return done;
    write_head();
    if (const auto done = write_all_subjects(); !done) return done;
    if (const auto done = write_heat_map(registry); !done) return done;
    if (const auto done = write_groups(); !done) return done;
    if (const auto done = write_gaps(snapshot); !done) return done;
    return write_comparison();
  }

  // One hierarchy, without what is withheld.
  Result<std::vector<PublishedRule>> write_public(const Forest& forest,
                                                  std::int64_t least) {
    least_ = least;
    forests_ = {&forest};
    if (const auto done = assess_rules(); !done) return done.error();
    if (assessments_.size() != 1) {
      return Error{Code::invalid_argument,
                   "only one rule can be published in a report: what two say "
                   "of the same subjects may differ by a small count"};
    }
    if (const auto done = write_forests(); !done) return done.error();
    write_head();
    std::vector<PublishedRule> published;
    published.reserve(assessments_.size());
    for (std::size_t at = 0; at < assessments_.size(); ++at) {
      published.push_back(
          {assessments_[at].rule, std::move(suppressions_[at])});
    }
    return published;
  }

 private:
  Result<void> assess_rules() {
    auto assessed = assess(snapshot_, question_.pack, question_.rules, asked_);
    if (!assessed) return assessed.error();
    assessments_ = *std::move(assessed);
    for (const Forest* forest : forests_) orders_.emplace_back(*forest);
    return {};
  }

  // The blocks of the trees; `unplaced_` and `totals_` are filled on the way.
  Result<void> write_forests() {
    for (std::size_t at = 0; at < orders_.size(); ++at) {
      const Forest& forest = *forests_[at];
      std::vector<Coverage> coverages;
      for (const RuleAssessment& assessment : assessments_) {
        auto coverage = cover(snapshot_, forest, assessment, question_.basis,
                              question_.threads);
        if (!coverage) return coverage.error();
        unplaced_.push_back(coverage->unplaced);
        coverages.push_back(*std::move(coverage));
        if (!least_) continue;
        if (const auto done = protect(forest, coverages.back()); !done) {
          return done;
        }
      }
      write_forest_blocks(sink_, at, snapshot_, forest, orders_[at], coverages,
                          suppressions_);
    }
    return {};
  }

  // Decides what is withheld of one rule, and proves that it stays so.
  Result<void> protect(const Forest& forest, const Coverage& coverage) {
    auto suppression =
        suppress_small_counts(forest, coverage, least_.value_or(0));
    if (!suppression) return suppression.error();
    if (!find_recoverable(forest, coverage, *suppression).empty()) {
      return Error{Code::invalid_argument,
                   "a small count could be worked out; nothing is published"};
    }
    suppressions_.push_back(*std::move(suppression));
    StatusCounts total;
    for (std::uint32_t at = 0; at < forest.place_count();
         at = forest.end({at}).value) {
      const StatusCounts root = coverage.at({at});
      for (std::size_t one = 0; one < status_count; ++one) {
        total.by_status[one] += root.by_status[one];
      }
    }
    totals_.push_back(total);
    return {};
  }

  void write_head() {
    write_script(sink_, "report", [&](JsonWriter& json) {
      json.object().key("format").text("headrope-report/1");
      json.key("program").text(fmt::format("headrope {}", library_version()));
      json.key("language")
          .text(options_.language == Language::zh ? "zh" : "en");
      json.key("title").text(options_.title);
      json.key("as_of").text(to_string(snapshot_.as_of()));
      json.key("known_on");
      write_day(json, snapshot_.known_on() == latest_day
                          ? Date::open_end()
                          : snapshot_.known_on());
      json.key("range").array();
      write_day(json, question_.range.valid_from);
      write_day(json, question_.range.valid_until);
      json.end().key("units").count(snapshot_.unit_count());
      json.key("persons").count(least_ ? 0 : snapshot_.person_count());
      json.key("publish");
      if (least_) {
        json.object().key("least").number(*least_).end();
      } else {
        json.null();
      }
      json.key("pack");
      write_pack(json, question_.pack);
      json.key("against");
      write_pack(json, question_.against);
      write_vocabulary(json);
      json.key("forests").array();
      for (std::size_t at = 0; at < orders_.size(); ++at) {
        write_forest_head(json, snapshot_, *forests_[at], orders_[at]);
      }
      json.end().key("rules").array();
      for (std::size_t at = 0; at < assessments_.size(); ++at) {
        write_rule(json, at);
      }
      json.end().key("parameters");
      write_table(
          json,
          parameters_table(*question_.pack, snapshot_.as_of(), Language::zh),
          parameters_table(*question_.pack, snapshot_.as_of(), Language::en),
          options_.rows_max);
      json.end();
    });
  }

  void write_vocabulary(JsonWriter& json) const {
    json.key("statuses").array();
    for (const std::string_view word : status_words) json.text(word);
    json.end().key("words").object();
    for (const Word& word : all_words()) {
      json.key(word.name).array().text(word.zh).text(word.en).end();
    }
    json.end().key("kinds").array();
    for (const Kind& kind : snapshot_.kinds()) {
      json.array().text(kind.id).text(kind.label.zh).text(kind.label.en).end();
    }
    // What an explanation names by its id.
    json.end().key("names").object();
    for (const Measure& measure : snapshot_.measures()) {
      json.key(measure.id);
      write_label(json, measure.label);
    }
    for (const Role& role : snapshot_.roles()) {
      json.key(role.id);
      write_label(json, role.label);
    }
    json.end();
  }

  void write_rule(JsonWriter& json, std::size_t at) const {
    const RuleAssessment& assessment = assessments_[at];
    const RuleInfo rule = question_.pack->rule(assessment.rule);
    json.object().key("id").text(rule.id).key("clause").text(rule.clause);
    json.key("phrase").text(rule.phrase).key("title");
    write_label(json, rule.title);
    json.key("force").text(word_of(force_words, rule.force));
    json.key("pack").text(rule.pack).key("group").text(rule.group);
    json.key("subject_type")
        .text(word_of(subject_words, assessment.subject_type));
    json.key("counts");
    if (least_) {
      write_total(json, at);
    } else {
      write_counts(json, assessment.counts());
    }
    json.key("unplaced").array();
    for (std::size_t forest = 0; forest < orders_.size() && !least_; ++forest) {
      write_counts(json, unplaced_[forest * assessments_.size() + at]);
    }
    json.end().key("subjects").count(least_ ? 0 : assessment.subjects.size());
    json.key("block").count(subject_block).key("windows").array();
    for (const Interval& window : assessment.windows) {
      json.array();
      write_day(json, window.valid_from);
      write_day(json, window.valid_until);
      json.end();
    }
    json.end().end();
  }

  // The total that is published: by status, then the eligible.
  void write_total(JsonWriter& json, std::size_t at) const {
    const Suppression& suppression = suppressions_[at];
    const bool shows_statuses = suppression.total_statuses == Withheld::shown;
    const bool shows_eligible = suppression.total_eligible == Withheld::shown;
    json.array();
    for (std::size_t one = 0; one < status_count; ++one) {
      const auto status = static_cast<Status>(one);
      const bool is_asked = status == Status::met || status == Status::unmet ||
                            status == Status::pending ||
                            status == Status::not_evaluable;
      json.number(!is_asked        ? 0
                  : shows_statuses ? totals_[at].of(status)
                                   : withheld_count);
    }
    json.number(shows_eligible ? totals_[at].eligible() : withheld_count);
    json.end();
  }

  Result<void> write_all_subjects() {
    std::size_t left = options_.explanations_max;
    for (std::size_t rule = 0; rule < assessments_.size(); ++rule) {
      const RuleAssessment& assessment = assessments_[rule];
      const auto homes = homes_of(snapshot_, assessment);
      const auto rows = row_order(snapshot_, homes);
      write_subjects(sink_, rule, snapshot_, assessment, rows, homes);
      for (std::size_t at = 0; at < orders_.size(); ++at) {
        write_subject_places(sink_, rule, at, *forests_[at], orders_[at], rows,
                             homes);
      }
      // What one rule does not use is left for the next ones.
      const std::size_t share = left / (assessments_.size() - rule);
      const std::size_t count = std::min(share, rows.size());
      const auto done = write_explanations(sink_, rule, snapshot_, assessment,
                                           asked_, rows, count);
      if (!done) return done;
      left -= count;
    }
    return {};
  }

  Result<void> write_heat_map(const Registry& registry) {
    std::vector<std::vector<std::uint32_t>> places;
    for (const LevelOrder& order : orders_) {
      const auto upper = order.places().first(
          std::min(order.places().size(), options_.month_units_max));
      places.emplace_back(upper.begin(), upper.end());
    }
    const auto figures =
        month_figures(registry, snapshot_, question_, options_.months_max,
                      assessments_, places);
    if (!figures) return figures.error();
    write_months(sink_, *figures, orders_.size(), options_.month_units_max);
    return {};
  }

  // What subjects are grouped by, for the disparity.
  std::vector<std::pair<std::string, GroupBy>> groupings() const {
    std::vector<std::pair<std::string, GroupBy>> list;
    list.emplace_back("kind", GroupBy{});
    for (const Forest& forest : snapshot_.forests()) {
      GroupBy by;
      by.type = GroupBy::Type::level;
      by.forest = &forest;
      const Hierarchy& hierarchy =
          snapshot_.hierarchies()[forest.hierarchy().value];
      list.emplace_back(fmt::format("level:{}", hierarchy.id), by);
    }
    for (const std::string& attribute : question_.group_by) {
      GroupBy by;
      by.type = GroupBy::Type::attribute;
      by.attribute = attribute;
      list.emplace_back("attribute:" + attribute, by);
    }
    return list;
  }

  // `groups`: by each property, for each rule, the groups with their counts.
  Result<void> write_groups() {
    Result<void> result;
    write_script(sink_, "groups", [&](JsonWriter& json) {
      json.array();
      for (const auto& [name, by] : groupings()) {
        json.object().key("by").text(name).key("rules").array();
        for (const RuleAssessment& assessment : assessments_) {
          const auto groups = cover_groups(snapshot_, assessment, by);
          if (groups) {
            write_group_counts(json, *groups);
          } else {
            result = groups.error();
            json.null();
          }
        }
        json.end().end();
      }
      json.end();
    });
    return result;
  }

  void write_group_counts(JsonWriter& json,
                          const std::vector<GroupCounts>& groups) const {
    json.object().key("groups").array();
    for (const GroupCounts& group : groups) {
      json.array().text(group.group);
      write_counts(json, group.counts);
      json.end();
    }
    json.end().key("spread");
    if (const auto gap = disparity(groups)) {
      json.array().count(gap->lowest).count(gap->highest);
      json.number(gap->spread.numerator).number(gap->spread.denominator).end();
    } else {
      json.null();
    }
    json.end();
  }

  Result<void> write_gaps(const std::shared_ptr<const Snapshot>& snapshot) {
    const Responsibility responsibility(snapshot);
    const auto gaps = find_gaps(responsibility);
    if (!gaps) return gaps.error();
    write_script(sink_, "gaps", [&](JsonWriter& json) {
      write_table(json, grouped_gaps_table(snapshot_, *gaps, Language::zh),
                  grouped_gaps_table(snapshot_, *gaps, Language::en),
                  options_.rows_max);
    });
    return {};
  }

  // `falls_out` and `comparison`, if there is another pack.
  Result<void> write_comparison() {
    if (question_.against == nullptr) return {};
    const auto compared =
        compare(snapshot_, question_.pack, question_.against, asked_);
    if (!compared) return compared.error();
    const Table summary = comparison_summary_table(*compared);
    const Table changed = comparison_table(snapshot_, *compared);
    write_script(sink_, "comparison", [&](JsonWriter& json) {
      write_table(json, summary, summary, options_.rows_max);
    });
    write_script(sink_, "changed", [&](JsonWriter& json) {
      write_table(json, changed, changed, options_.rows_max);
    });
    const Table changes = changes_table(*question_.against);
    write_script(sink_, "changes", [&](JsonWriter& json) {
      write_table(json, changes, changes, options_.rows_max);
    });
    return {};
  }

  const Snapshot& snapshot_;
  const ReportQuestion& question_;
  RuleQuestion asked_;
  const ReportOptions& options_;
  const Sink& sink_;
  std::optional<std::int64_t> least_;  // For publication only.
  std::vector<const Forest*> forests_;
  std::vector<RuleAssessment> assessments_;
  std::vector<LevelOrder> orders_;
  std::vector<Suppression> suppressions_;
  std::vector<StatusCounts> totals_;
  std::vector<StatusCounts> unplaced_;  // By forest, then rule.
};

// Writes the page around what `write` writes.
template <typename Write>
auto in_page(const PackPointer& pack, std::string_view page, const Sink& sink,
             const Write& write) -> decltype(write()) {
  if (pack == nullptr) {
    return Error{Code::invalid_argument, "a report needs a pack"};
  }
  const std::size_t at = page.find(marker);
  if (at == std::string_view::npos) {
    return Error{Code::invalid_argument,
                 fmt::format("the page has no {}", marker)};
  }
  sink(page.substr(0, at));
  auto done = write();
  if (done) sink(page.substr(at + marker.size()));
  return done;
}

}  // namespace

Result<void> write_report(const Registry& registry,
                          const std::shared_ptr<const Snapshot>& snapshot,
                          const ReportQuestion& question,
                          const ReportOptions& options, std::string_view page,
                          const Sink& sink) {
  return in_page(question.pack, page, sink, [&] {
    return ReportWriter(*snapshot, question, options, sink)
        .write(registry, snapshot);
  });
}

Result<std::vector<PublishedRule>> write_public_report(
    const Snapshot& snapshot, const Forest& forest,
    const ReportQuestion& question, const ReportOptions& options,
    std::int64_t least, std::string_view page, const Sink& sink) {
  return in_page(question.pack, page, sink, [&] {
    return ReportWriter(snapshot, question, options, sink)
        .write_public(forest, least);
  });
}

}  // namespace headrope
