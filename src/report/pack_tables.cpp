// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the answers of packs to tables.

#include "headrope/pack_tables.hpp"

#include <algorithm>
#include <utility>

#include "report/rows.hpp"
#include "report/words.hpp"

namespace headrope {
namespace {

std::string_view chosen(const Label& label, Language language) {
  const bool zh = language == Language::zh;
  const std::string_view first = zh ? label.zh : label.en;
  return first.empty() ? (zh ? label.en : label.zh) : first;
}

Column::Style style_of(const Pack& pack, std::size_t rule) {
  switch (value_unit(pack, rule)) {
    case ValueUnit::rate:
      return Column::Style::percent;
    case ValueUnit::day:
      return Column::Style::day;
    case ValueUnit::number:
      break;
  }
  return Column::Style::number;
}

std::string name_of(const Snapshot& snapshot, SubjectType type,
                    std::uint32_t subject) {
  return type == SubjectType::units && subject < snapshot.unit_count()
             ? std::string(snapshot.name(UnitIndex{subject}))
             : std::string();
}

// Subjects in the order of their identities, so that tables do not depend on
// how the snapshot numbers them.
std::vector<std::size_t> by_identity(const Snapshot& snapshot,
                                     const RuleAssessment& assessment) {
  std::vector<std::pair<std::string, std::size_t>> keys;
  keys.reserve(assessment.subjects.size());
  for (std::size_t at = 0; at < assessment.subjects.size(); ++at) {
    keys.emplace_back(subject_identity(snapshot, assessment.subject_type,
                                       assessment.subjects[at]),
                      at);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<std::size_t> order;
  order.reserve(keys.size());
  for (const auto& [identity, at] : keys) order.push_back(at);
  return order;
}

std::optional<Fraction> margin_of(const std::optional<Fraction>& value,
                                  const std::optional<Fraction>& threshold) {
  return value && threshold ? subtract(*value, *threshold) : std::nullopt;
}

}  // namespace

Table rules_table(const Pack& pack, Language language) {
  Rows rows;
  rows.texts({"rule", "clause", "title", "force", "forms", "phrase", "pack"});
  for (std::size_t at = 0; at < pack.rule_count(); ++at) {
    const RuleInfo rule = pack.rule(at);
    std::string forms;
    for (const std::string& form : rule.forms) {
      forms += (forms.empty() ? "" : " ") + form;
    }
    rows.text(rule.id);
    rows.text(rule.clause);
    rows.text(chosen(rule.title, language));
    rows.text(word_of(force_words, rule.force));
    rows.text(forms);
    rows.text(rule.phrase);
    rows.text(rule.pack);
    rows.end_row();
  }
  return rows.take();
}

Table parameters_table(const Pack& pack, Date day, Language language) {
  Rows rows;
  rows.texts({"parameter", "title"})
      .fractions({"value"})
      .texts({"unit_of_measure", "clause"});
  for (const ParameterInfo& parameter : pack.parameters(day)) {
    rows.text(parameter.id);
    rows.text(chosen(parameter.title, language));
    rows.fraction(parameter.value);
    rows.text(parameter.unit);
    rows.text(parameter.clause);
    rows.end_row();
  }
  return rows.take();
}

Table duties_table(const Pack& pack, Language language) {
  const auto joined = [&](std::span<const std::string> names) {
    std::string text;
    for (const std::string& name : names) {
      if (!text.empty()) text += language == Language::zh ? "、" : ", ";
      text += name;
    }
    return text;
  };
  Rows rows;
  rows.texts({"duty", "clause", "title", "lead", "cooperating"});
  for (const DutyInfo& duty : pack.duties()) {
    rows.text(duty.id);
    rows.text(duty.clause);
    rows.text(chosen(duty.title, language));
    rows.text(joined(duty.lead));
    rows.text(joined(duty.cooperating));
    rows.end_row();
  }
  return rows.take();
}

Table changes_table(const Pack& pack) {
  Rows rows;
  rows.texts({"parameter"})
      .dates({"valid_from"})
      .fractions({"before", "after"})
      .texts({"tightness", "clause"});
  for (const ParameterChange& change : pack.changes()) {
    rows.text(change.parameter);
    rows.date(change.from);
    rows.fraction(change.before);
    rows.fraction(change.after);
    rows.text(word_of(tightness_words, change.tightness));
    rows.text(change.clause);
    rows.end_row();
  }
  return rows.take();
}

Table pack_table(std::span<const RuleAssessment> assessments,
                 Language language) {
  Rows rows;
  rows.texts({"rule", "clause", "title"}).counts_columns();
  for (const RuleAssessment& one : assessments) {
    const RuleInfo rule = one.pack->rule(one.rule);
    rows.text(rule.id);
    rows.text(rule.clause);
    rows.text(chosen(rule.title, language));
    rows.counts(one.counts());
    rows.end_row();
  }
  return rows.take();
}

Table assessment_table(const Snapshot& snapshot,
                       std::span<const RuleAssessment> assessments) {
  Rows rows;
  rows.texts({"rule", "subject", "name"})
      .dates({"valid_from", "valid_until"})
      .fractions({"value", "threshold", "margin"})
      .texts({"status", "other_reading"})
      .rare()
      .dates({"unmet_from"})
      .rare()
      .texts({"overall", "reason"})
      .rare()
      .texts({"inherited"})
      .rare();
  for (const RuleAssessment& one : assessments) {
    const RuleInfo rule = one.pack->rule(one.rule);
    const Column::Style style = style_of(*one.pack, one.rule);
    for (const std::size_t at : by_identity(snapshot, one)) {
      // It looks at all windows, so not once for each of them.
      const std::string_view overall = word_of(status_words, one.overall(at));
      for (std::size_t w = 0; w < one.windows.size(); ++w) {
        const std::size_t cell = one.at(at, w);
        const Interval& window = one.window(at, w);
        const auto value = one.value(cell);
        const auto threshold = one.threshold(cell);
        rows.text(rule.id);
        rows.text(
            subject_identity(snapshot, one.subject_type, one.subjects[at]));
        rows.text(name_of(snapshot, one.subject_type, one.subjects[at]));
        rows.date(window.valid_from);
        rows.date(window.valid_until);
        rows.fraction(value, style);
        rows.fraction(threshold, style);
        rows.fraction(margin_of(value, threshold), style == Column::Style::day
                                                       ? Column::Style::number
                                                       : style);
        rows.text(word_of(status_words, one.statuses[cell]));
        rows.text(one.other_reading.empty() ||
                          one.other_reading[cell] == one.statuses[cell]
                      ? std::string_view()
                      : word_of(status_words, one.other_reading[cell]));
        rows.date(one.unmet_from.empty() ? Date::open_end()
                                         : one.unmet_from[cell]);
        rows.text(overall);
        rows.text(one.reasons.empty() ? std::string()
                                      : one.reason_texts[one.reasons[cell]]);
        const bool is_inherited =
            !one.inherited.empty() && one.inherited[at] != 0;
        rows.text(is_inherited ? "yes" : "");
        rows.end_row();
      }
    }
  }
  return rows.take();
}

Table groups_table(std::span<const GroupCounts> groups) {
  Rows rows;
  rows.texts({"group"}).counts_columns();
  for (const GroupCounts& group : groups) {
    rows.text(group.group.empty() ? "–" : group.group);
    rows.counts(group.counts);
    rows.end_row();
  }
  return rows.take();
}

Table explanation_table(const Explanation& explanation, Language language) {
  Rows rows;
  rows.texts({"step"})
      .dates({"valid_from", "valid_until"})
      .fractions({"value", "threshold"})
      .texts({"status", "detail"});
  const Column::Style style = style_of(*explanation.pack, explanation.rule);
  const auto row =
      [&](std::uint32_t depth, std::string_view what, const Interval& days,
          const std::optional<Fraction>& value,
          const std::optional<Fraction>& threshold, Column::Style shown,
          std::string_view status, std::string_view detail) {
        rows.depth(depth);
        rows.text(what);
        rows.date(days.valid_from);
        rows.date(days.valid_until);
        rows.fraction(value, shown);
        rows.fraction(threshold, shown);
        rows.text(status);
        rows.text(detail);
        rows.end_row();
      };
  const RuleInfo rule = explanation.pack->rule(explanation.rule);
  row(0, std::string(rule.id) + " " + std::string(chosen(rule.title, language)),
      {}, {}, {}, style, word_of(status_words, explanation.overall),
      rule.clause);
  for (const ExplainedWindow& window : explanation.windows) {
    row(1, explanation.subject, window.window, window.value, window.threshold,
        style, word_of(status_words, window.status), window.reason);
    for (const ExplainedStep& step : window.steps) {
      row(2 + step.depth, language == Language::zh ? step.zh : step.en, {},
          step.value, step.threshold, style,
          step.status ? word_of(status_words, *step.status)
                      : std::string_view(),
          {});
      for (const ExplainedItem& item : step.items) {
        row(3 + step.depth, item.id.empty() ? item.what : item.id, item.days,
            item.value, {}, Column::Style::number,
            word_of(item_words, item.verdict),
            item.detail.empty() ? item.what : item.detail);
      }
      if (step.items_left_out > 0) {
        row(3 + step.depth, "…", {},
            Fraction{static_cast<std::int64_t>(step.items_left_out), 1}, {},
            Column::Style::number, "left_out", {});
      }
    }
  }
  return rows.take();
}

Table comparison_table(const Snapshot& snapshot,
                       std::span<const RuleComparison> comparisons) {
  Rows rows;
  rows.texts({"rule", "subject", "name", "transition", "status_before",
              "status_after"})
      .fractions({"value"});
  for (const RuleComparison& one : comparisons) {
    const bool is_after = one.after.pack != nullptr;
    const RuleAssessment& shown = is_after ? one.after : one.before;
    const Column::Style style = style_of(*shown.pack, shown.rule);
    std::vector<ChangedSubject> sorted = one.changed;
    std::sort(
        sorted.begin(), sorted.end(),
        [&](const ChangedSubject& left, const ChangedSubject& right) {
          return subject_identity(snapshot, shown.subject_type, left.subject) <
                 subject_identity(snapshot, shown.subject_type, right.subject);
        });
    for (const ChangedSubject& changed : sorted) {
      rows.text(one.rule);
      rows.text(
          subject_identity(snapshot, shown.subject_type, changed.subject));
      rows.text(name_of(snapshot, shown.subject_type, changed.subject));
      rows.text(word_of(transition_words, changed.transition));
      rows.text(word_of(status_words, changed.before));
      rows.text(word_of(status_words, changed.after));
      rows.fraction(changed.value, style);
      rows.end_row();
    }
  }
  return rows.take();
}

Table comparison_summary_table(std::span<const RuleComparison> comparisons) {
  Rows rows;
  rows.texts({"rule"})
      .ratios({"rate_before", "rate_after"})
      .integers({"eligible", "entered", "fell_out", "no_longer_asked",
                 "newly_asked", "unchanged"});
  for (const RuleComparison& one : comparisons) {
    const StatusCounts before = one.before.counts();
    const StatusCounts after = one.after.counts();
    const auto count = [&](Transition transition) {
      return std::count_if(one.changed.begin(), one.changed.end(),
                           [&](const ChangedSubject& changed) {
                             return changed.transition == transition;
                           });
    };
    rows.text(one.rule);
    rows.ratio(before.of(Status::met), before.eligible());
    rows.ratio(after.of(Status::met), after.eligible());
    rows.number(after.eligible());
    rows.number(count(Transition::entered));
    rows.number(count(Transition::fell_out));
    rows.number(count(Transition::no_longer_asked));
    rows.number(count(Transition::newly_asked));
    rows.number(static_cast<std::int64_t>(one.unchanged));
    rows.end_row();
  }
  return rows.take();
}

Table coverage_change_table(const Snapshot& snapshot, const Forest& forest,
                            const Coverage& before, const Coverage& after,
                            const Shown& shown) {
  Rows rows;
  rows.texts({"unit", "name"})
      .integers({"met_before", "eligible_before"})
      .ratios({"rate_before"})
      .integers({"met_after", "eligible_after"})
      .ratios({"rate_after"})
      .integers({"change"});
  const std::uint32_t first = shown.top.is_none() ? 0 : shown.top.value;
  const std::uint32_t last =
      shown.top.is_none() ? static_cast<std::uint32_t>(forest.place_count())
                          : forest.end(shown.top).value;
  const std::uint32_t top_depth =
      first < last ? forest.depth(PlaceIndex{first}) : 0;
  for (PlaceIndex place{first}; place.value < last; ++place.value) {
    const std::uint32_t depth = forest.depth(place) - top_depth;
    if (shown.levels && depth > *shown.levels) continue;
    const StatusCounts was = before.at(place);
    const StatusCounts is = after.at(place);
    const UnitIndex unit = forest.unit(place);
    rows.depth(depth);
    rows.text(snapshot.identity(unit));
    rows.text(snapshot.name(unit));
    rows.number(was.of(Status::met));
    rows.number(was.eligible());
    rows.ratio(was.of(Status::met), was.eligible());
    rows.number(is.of(Status::met));
    rows.number(is.eligible());
    rows.ratio(is.of(Status::met), is.eligible());
    rows.number(is.of(Status::met) - was.of(Status::met));
    rows.end_row();
  }
  return rows.take();
}

Table spectrum_table(const Snapshot& snapshot, const RuleAssessment& assessment,
                     const Spectrum& spectrum) {
  constexpr std::size_t names_max = 20;
  Rows rows;
  rows.fractions({"threshold"})
      .integers({"met", "eligible"})
      .ratios({"rate"})
      .integers({"leave_next"})
      .texts({"who"});
  const Column::Style style = style_of(*assessment.pack, assessment.rule);
  for (const SpectrumPoint& point : spectrum.points) {
    std::vector<std::string> names;
    names.reserve(point.leave.size());
    for (const std::uint32_t subject : point.leave) {
      names.push_back(
          subject_identity(snapshot, assessment.subject_type, subject));
    }
    std::sort(names.begin(), names.end());
    std::string leave;
    for (std::size_t at = 0; at < names.size() && at < names_max; ++at) {
      leave += (leave.empty() ? "" : " ") + names[at];
    }
    if (names.size() > names_max) leave += " …";
    rows.fraction(point.threshold, style);
    rows.number(point.met);
    rows.number(spectrum.eligible);
    rows.ratio(point.met, spectrum.eligible);
    rows.number(static_cast<std::int64_t>(names.size()));
    rows.text(leave);
    rows.end_row();
  }
  return rows.take();
}

Table audit_table(std::span<const AuditResult> results, Language language) {
  Rows rows;
  rows.texts(
      {"check", "clause", "title", "stated", "computed", "verdict", "note"});
  for (const AuditResult& one : results) {
    rows.text(one.check);
    rows.text(one.clause);
    rows.text(chosen({one.title_zh, one.title_en}, language));
    rows.text(one.stated);
    rows.text(one.computed);
    rows.text(word_of(audit_words, one.verdict));
    rows.text(one.note);
    rows.end_row();
  }
  return rows.take();
}

}  // namespace headrope
