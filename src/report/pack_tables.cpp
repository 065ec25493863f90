// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// From the answers of packs to tables.

#include "headrope/pack_tables.hpp"

#include <algorithm>
#include <utility>

#include "report/words.hpp"

namespace headrope {
namespace {

std::string_view chosen(const Label& label, Language language) {
  const bool zh = language == Language::zh;
  const std::string_view first = zh ? label.zh : label.en;
  return first.empty() ? (zh ? label.en : label.zh) : first;
}

// Builds a table row by row; columns are made by their first cell.
class TableBuilder {
 public:
  void text(std::string_view name, std::string_view value) {
    column(name, Column::Type::text).texts.emplace_back(value);
  }
  void number(std::string_view name, std::optional<std::int64_t> value,
              Column::Type type = Column::Type::integer) {
    Column& one = column(name, type);
    one.numbers.push_back(value.value_or(0));
    one.missing.push_back(value ? 0 : 1);
  }
  void date(std::string_view name, Date day) {
    number(name,
           day.is_open() ? std::nullopt : std::optional<std::int64_t>(day.days),
           Column::Type::date);
  }
  void fraction(std::string_view name, const std::optional<Fraction>& value,
                Column::Style style = Column::Style::number) {
    Column& one = column(name, Column::Type::fraction);
    one.numbers.push_back(value ? value->numerator : 0);
    one.denominators.push_back(value ? value->denominator : 1);
    one.missing.push_back(value ? 0 : 1);
    one.styles.push_back(style);
  }
  void ratio(std::string_view name, std::int64_t numerator,
             std::int64_t denominator) {
    Column& one = column(name, Column::Type::ratio);
    one.numbers.push_back(numerator);
    one.denominators.push_back(denominator);
  }
  void counts(const StatusCounts& counts) {
    number("eligible", counts.eligible());
    for (std::size_t at = 0; at < status_count; ++at) {
      number(table_status_words[at], counts.by_status[at]);
    }
    ratio("rate", counts.of(Status::met), counts.eligible());
  }
  void end_row() { next_ = 0; }
  void depth(std::uint32_t depth) {
    table_.depth.push_back(
        static_cast<std::uint16_t>(std::min<std::uint32_t>(depth, 65'535)));
  }
  [[nodiscard]] Table take() { return std::move(table_); }
  /// Leaves a column out if it says nothing in any row.
  void drop_if_empty(std::string_view name) {
    std::erase_if(table_.columns, [&](const Column& one) {
      if (one.name != name) return false;
      return one.type == Column::Type::text
                 ? one.texts.bytes().empty()
                 : std::find(one.missing.begin(), one.missing.end(), 0) ==
                       one.missing.end();
    });
  }

 private:
  Column& column(std::string_view name, Column::Type type) {
    if (next_ == table_.columns.size()) {
      Column one;
      one.name = name;
      one.type = type;
      table_.columns.push_back(std::move(one));
    }
    return table_.columns[next_++];
  }

  Table table_;
  std::size_t next_ = 0;
};

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
  TableBuilder builder;
  for (std::size_t at = 0; at < pack.rule_count(); ++at) {
    const RuleInfo rule = pack.rule(at);
    std::string forms;
    for (const std::string& form : rule.forms) {
      forms += (forms.empty() ? "" : " ") + form;
    }
    builder.text("rule", rule.id);
    builder.text("clause", rule.clause);
    builder.text("title", chosen(rule.title, language));
    builder.text("force", word_of(force_words, rule.force));
    builder.text("forms", forms);
    builder.text("phrase", rule.phrase);
    builder.text("pack", rule.pack);
    builder.end_row();
  }
  return builder.take();
}

Table parameters_table(const Pack& pack, Date day, Language language) {
  TableBuilder builder;
  for (const ParameterInfo& parameter : pack.parameters(day)) {
    builder.text("parameter", parameter.id);
    builder.text("title", chosen(parameter.title, language));
    builder.fraction("value", parameter.value);
    builder.text("unit_of_measure", parameter.unit);
    builder.text("clause", parameter.clause);
    builder.end_row();
  }
  return builder.take();
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
  TableBuilder builder;
  for (const DutyInfo& duty : pack.duties()) {
    builder.text("duty", duty.id);
    builder.text("clause", duty.clause);
    builder.text("title", chosen(duty.title, language));
    builder.text("lead", joined(duty.lead));
    builder.text("cooperating", joined(duty.cooperating));
    builder.end_row();
  }
  return builder.take();
}

Table changes_table(const Pack& pack) {
  TableBuilder builder;
  for (const ParameterChange& change : pack.changes()) {
    builder.text("parameter", change.parameter);
    builder.date("valid_from", change.from);
    builder.fraction("before", change.before);
    builder.fraction("after", change.after);
    builder.text("tightness", word_of(tightness_words, change.tightness));
    builder.text("clause", change.clause);
    builder.end_row();
  }
  return builder.take();
}

Table pack_table(std::span<const RuleAssessment> assessments,
                 Language language) {
  TableBuilder builder;
  for (const RuleAssessment& one : assessments) {
    const RuleInfo rule = one.pack->rule(one.rule);
    builder.text("rule", rule.id);
    builder.text("clause", rule.clause);
    builder.text("title", chosen(rule.title, language));
    builder.counts(one.counts());
    builder.end_row();
  }
  return builder.take();
}

Table assessment_table(const Snapshot& snapshot,
                       std::span<const RuleAssessment> assessments) {
  TableBuilder builder;
  const bool tells_inherited = std::any_of(
      assessments.begin(), assessments.end(),
      [](const RuleAssessment& one) { return !one.inherited.empty(); });
  for (const RuleAssessment& one : assessments) {
    const RuleInfo rule = one.pack->rule(one.rule);
    const Column::Style style = style_of(*one.pack, one.rule);
    for (const std::size_t at : by_identity(snapshot, one)) {
      // It looks at all windows, so not once for each of them.
      const std::string overall = word_of(table_status_words, one.overall(at));
      for (std::size_t w = 0; w < one.windows.size(); ++w) {
        const std::size_t cell = one.at(at, w);
        const Interval& window = one.window(at, w);
        const auto value = one.value(cell);
        const auto threshold = one.threshold(cell);
        builder.text("rule", rule.id);
        builder.text("subject", subject_identity(snapshot, one.subject_type,
                                                 one.subjects[at]));
        builder.text("name",
                     name_of(snapshot, one.subject_type, one.subjects[at]));
        builder.date("valid_from", window.valid_from);
        builder.date("valid_until", window.valid_until);
        builder.fraction("value", value, style);
        builder.fraction("threshold", threshold, style);
        builder.fraction(
            "margin", margin_of(value, threshold),
            style == Column::Style::day ? Column::Style::number : style);
        builder.text("status", word_of(table_status_words, one.statuses[cell]));
        builder.text(
            "other_reading",
            one.other_reading.empty() ||
                    one.other_reading[cell] == one.statuses[cell]
                ? std::string()
                : word_of(table_status_words, one.other_reading[cell]));
        builder.date("unmet_from", one.unmet_from.empty()
                                       ? Date::open_end()
                                       : one.unmet_from[cell]);
        builder.text("overall", overall);
        builder.text("reason", one.reasons.empty()
                                   ? std::string()
                                   : one.reason_texts[one.reasons[cell]]);
        if (tells_inherited) {
          const bool is_inherited =
              !one.inherited.empty() && one.inherited[at] != 0;
          builder.text("inherited", is_inherited ? "yes" : "");
        }
        builder.end_row();
      }
    }
  }
  for (const std::string_view name :
       {"other_reading", "unmet_from", "reason"}) {
    builder.drop_if_empty(name);
  }
  return builder.take();
}

Table groups_table(std::span<const GroupCounts> groups) {
  TableBuilder builder;
  for (const GroupCounts& group : groups) {
    builder.text("group", group.group.empty() ? "–" : group.group);
    builder.counts(group.counts);
    builder.end_row();
  }
  return builder.take();
}

Table explanation_table(const Explanation& explanation, Language language) {
  TableBuilder builder;
  const Column::Style style = style_of(*explanation.pack, explanation.rule);
  const auto row =
      [&](std::uint32_t depth, std::string_view what, const Interval& days,
          const std::optional<Fraction>& value,
          const std::optional<Fraction>& threshold, Column::Style shown,
          std::string_view status, std::string_view detail) {
        builder.depth(depth);
        builder.text("step", what);
        builder.date("valid_from", days.valid_from);
        builder.date("valid_until", days.valid_until);
        builder.fraction("value", value, shown);
        builder.fraction("threshold", threshold, shown);
        builder.text("status", status);
        builder.text("detail", detail);
        builder.end_row();
      };
  const RuleInfo rule = explanation.pack->rule(explanation.rule);
  row(0, std::string(rule.id) + " " + std::string(chosen(rule.title, language)),
      {}, {}, {}, style, word_of(table_status_words, explanation.overall),
      rule.clause);
  for (const ExplainedWindow& window : explanation.windows) {
    row(1, explanation.subject, window.window, window.value, window.threshold,
        style, word_of(table_status_words, window.status), window.reason);
    for (const ExplainedStep& step : window.steps) {
      row(2 + step.depth, language == Language::zh ? step.zh : step.en, {},
          step.value, step.threshold, style,
          step.status ? word_of(table_status_words, *step.status)
                      : std::string(),
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
  return builder.take();
}

Table comparison_table(const Snapshot& snapshot,
                       std::span<const RuleComparison> comparisons) {
  TableBuilder builder;
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
      builder.text("rule", one.rule);
      builder.text("subject", subject_identity(snapshot, shown.subject_type,
                                               changed.subject));
      builder.text("name",
                   name_of(snapshot, shown.subject_type, changed.subject));
      builder.text("transition", word_of(transition_words, changed.transition));
      builder.text("status_before",
                   word_of(table_status_words, changed.before));
      builder.text("status_after", word_of(table_status_words, changed.after));
      builder.fraction("value", changed.value, style);
      builder.end_row();
    }
  }
  return builder.take();
}

Table comparison_summary_table(std::span<const RuleComparison> comparisons) {
  TableBuilder builder;
  for (const RuleComparison& one : comparisons) {
    const StatusCounts before = one.before.counts();
    const StatusCounts after = one.after.counts();
    const auto count = [&](Transition transition) {
      return std::count_if(one.changed.begin(), one.changed.end(),
                           [&](const ChangedSubject& changed) {
                             return changed.transition == transition;
                           });
    };
    builder.text("rule", one.rule);
    builder.ratio("rate_before", before.of(Status::met), before.eligible());
    builder.ratio("rate_after", after.of(Status::met), after.eligible());
    builder.number("eligible", after.eligible());
    builder.number("entered", count(Transition::entered));
    builder.number("fell_out", count(Transition::fell_out));
    builder.number("no_longer_asked", count(Transition::no_longer_asked));
    builder.number("newly_asked", count(Transition::newly_asked));
    builder.number("unchanged", static_cast<std::int64_t>(one.unchanged));
    builder.end_row();
  }
  return builder.take();
}

Table coverage_change_table(const Snapshot& snapshot, const Forest& forest,
                            const Coverage& before, const Coverage& after,
                            const Shown& shown) {
  TableBuilder builder;
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
    builder.depth(depth);
    builder.text("unit", snapshot.identity(unit));
    builder.text("name", snapshot.name(unit));
    builder.number("met_before", was.of(Status::met));
    builder.number("eligible_before", was.eligible());
    builder.ratio("rate_before", was.of(Status::met), was.eligible());
    builder.number("met_after", is.of(Status::met));
    builder.number("eligible_after", is.eligible());
    builder.ratio("rate_after", is.of(Status::met), is.eligible());
    builder.number("change", is.of(Status::met) - was.of(Status::met));
    builder.end_row();
  }
  return builder.take();
}

Table spectrum_table(const Snapshot& snapshot, const RuleAssessment& assessment,
                     const Spectrum& spectrum) {
  constexpr std::size_t names_max = 20;
  TableBuilder builder;
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
    builder.fraction("threshold", point.threshold, style);
    builder.number("met", point.met);
    builder.number("eligible", spectrum.eligible);
    builder.ratio("rate", point.met, spectrum.eligible);
    builder.number("leave_next", static_cast<std::int64_t>(names.size()));
    builder.text("who", leave);
    builder.end_row();
  }
  return builder.take();
}

Table audit_table(std::span<const AuditResult> results, Language language) {
  TableBuilder builder;
  for (const AuditResult& one : results) {
    builder.text("check", one.check);
    builder.text("clause", one.clause);
    builder.text("title", chosen({one.title_zh, one.title_en}, language));
    builder.text("stated", one.stated);
    builder.text("computed", one.computed);
    builder.text("verdict", word_of(audit_words, one.verdict));
    builder.text("note", one.note);
    builder.end_row();
  }
  return builder.take();
}

}  // namespace headrope
