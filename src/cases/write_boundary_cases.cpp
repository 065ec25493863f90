// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Cases around the thresholds and dates of simple rules. Each is written
// without what it expects, run, and written again with what came out.

#include <algorithm>
#include <array>

#include "cases/case_reader.hpp"
#include "cases/mutation.hpp"
#include "cases/organisation.hpp"
#include "headrope/cases.hpp"
#include "headrope/pack_answers.hpp"
#include "headrope/snapshot.hpp"

namespace headrope {
namespace {

using Op = Amount::Op;

constexpr std::int64_t records_max = 400;
constexpr std::string_view any_kind = "organ";

std::string in_double_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// What is wrong with the shape of a rule; empty if cases can be made of it.
std::string shape_fault(const PackRule& rule) {
  const Condition& require = rule.require;
  if (rule.force == Force::report) return "it only reports";
  if (rule.subjects.type != Thing::unit &&
      rule.subjects.type != Thing::person) {
    return "its subjects are no units and no persons";
  }
  if (!rule.subjects.where.empty() || !rule.exempt.empty()) {
    return "it has conditions on its subjects";
  }
  if (require.op != Condition::Op::compare || require.amounts.size() != 2) {
    return "it is not one comparison";
  }
  constexpr std::array amounts{Op::count, Op::sum, Op::days, Op::last,
                               Op::first_day};
  const Amount& left = require.amounts[0];
  if (std::find(amounts.begin(), amounts.end(), left.op) == amounts.end() ||
      left.selection.size() != 1) {
    return "its amount is not made of records alone";
  }
  const Selection& from = left.selection.front();
  if (from.source != Selection::Source::records ||
      from.reach != Selection::Reach::own || !from.where.empty() ||
      !from.credited.empty() || !from.about.empty() ||
      from.names.texts.empty()) {
    return "its records are not the subject's own, all of them";
  }
  const Op right = require.amounts[1].op;
  if (right != Op::number && right != Op::parameter && right != Op::date) {
    return "it is not compared with a number";
  }
  const WindowSpec::Type window = rule.window.type;
  if (window != WindowSpec::Type::each && window != WindowSpec::Type::fixed &&
      window != WindowSpec::Type::each_part && window != WindowSpec::Type::by) {
    return "its window is no calendar, fixed or by window";
  }
  return {};
}

// The rows of one case.
class CaseWriter {
 public:
  CaseWriter(const PackRule& rule, const Interval& window,
             const Fraction& threshold)
      : rule_(rule), window_(window), threshold_(threshold) {
    const Amount& amount = rule.require.amounts[0];
    op_ = amount.op;
    measure_ = amount.selection.front().names.texts.front();
  }

  // Empty, or why there are no rows.
  std::string make_rows() {
    if (op_ == Op::first_day) {
      add_first_days();
      return {};
    }
    if (op_ == Op::count || op_ == Op::days) return add_numbers();
    add_values();
    return {};
  }

  [[nodiscard]] std::string text() const {
    std::string result = "  - id: " + rule_.id + "-boundary\n";
    result += "    title: {";
    if (!rule_.title.zh.empty()) {
      result += "zh: " + in_double_quotes(rule_.title.zh);
    }
    if (!rule_.title.en.empty()) {
      result += std::string(rule_.title.zh.empty() ? "" : ", ") +
                "en: " + in_double_quotes(rule_.title.en);
    }
    result += "}\n    as_of: " + to_string(window_.valid_until) + "\n";
    if (!window_.valid_from.is_open()) {
      result += "    range: {from: " + to_string(window_.valid_from) +
                ", until: " + to_string(last_day()) + "}\n";
    }
    return result + "    organisation:\n" + subjects() + "      records:\n" +
           records_;
  }

 private:
  [[nodiscard]] bool is_of_persons() const {
    return rule_.subjects.type == Thing::person;
  }
  [[nodiscard]] Date last_day() const {
    return add_days(window_.valid_until, -1);
  }
  [[nodiscard]] bool has_start() const { return !window_.valid_from.is_open(); }

  // A day in the window with room for some days.
  [[nodiscard]] Date day_for(std::int64_t days) const {
    if (has_start()) return window_.valid_from;
    return add_days(window_.valid_until, static_cast<std::int32_t>(-days));
  }

  [[nodiscard]] std::string subjects() const {
    const Names& kinds = rule_.subjects.names;
    const std::string kind =
        kinds.texts.empty() ? std::string(any_kind) : kinds.texts.front();
    std::string text = "      units:\n";
    if (is_of_persons()) {
      text += "        - {unit: UNIT, kind: " + kind + "}\n      persons:\n";
    }
    const std::string_view before =
        is_of_persons() ? "        - {person: " : "        - {unit: ";
    const std::string after =
        is_of_persons() ? ", unit: UNIT}\n" : ", kind: " + kind + "}\n";
    for (const std::string& name : names_) {
      text.append(before).append(name).append(after);
    }
    return text;
  }

  void begin_subject(std::string name) { names_.push_back(std::move(name)); }

  void add_record(Date from, Date until, const std::string& more) {
    records_ += "        - {measure: " + measure_ +
                (is_of_persons() ? ", person: " : ", unit: ") + names_.back() +
                ", valid_from: " + to_string(from);
    if (until != from) records_ += ", valid_until: " + to_string(until);
    records_ += more + "}\n";
  }

  // So many records, or one of so many days, from a day on.
  void add_items(Date from, std::int64_t count) {
    if (count < 1) return;
    if (op_ == Op::days) {
      add_record(from, add_days(from, static_cast<std::int32_t>(count - 1)),
                 {});
    } else if (count == 1) {
      add_record(from, from, {});
    } else {
      add_record(from, from,
                 ", record: \"" + names_.back() + "-" + to_string(from) +
                     "-{1.." + std::to_string(count) + "}\"");
    }
  }

  std::string add_numbers() {
    const std::int64_t count = threshold_.numerator;
    if (threshold_.denominator != 1 || count < 0 || count >= records_max) {
      return "its threshold is no small whole number";
    }
    if (op_ == Op::days && has_start() && count >= window_.day_count()) {
      return "its window has no more days than its threshold";
    }
    if (count > 0) {
      begin_subject("BELOW");
      add_items(day_for(count - 1), count - 1);
    }
    begin_subject("AT");
    add_items(day_for(count), count);
    begin_subject("ABOVE");
    add_items(day_for(count + 1), count + 1);
    add_edges(std::max<std::int64_t>(1, count));
    return {};
  }

  // The threshold, with one item on the day before, of and after an edge.
  void add_edges(std::int64_t count) {
    const auto days = static_cast<std::int32_t>(count);
    if (has_start()) {
      add_edge("DAY-BEFORE", add_days(window_.valid_from, -1), count);
      add_edge("FIRST-DAY", window_.valid_from, count);
    }
    const std::int32_t back = op_ == Op::days ? days - 1 : 0;
    add_edge("LAST-DAY", add_days(last_day(), -back), count);
    add_edge("DAY-AFTER", add_days(last_day(), 1 - back), count);
  }

  void add_edge(std::string name, Date from, std::int64_t count) {
    begin_subject(std::move(name));
    if (op_ == Op::days) {
      add_items(from, count);
      return;
    }
    add_items(from, 1);
    add_items(last_day(), count - 1);
  }

  void add_values() {
    const Fraction step = step_of(threshold_, false);
    const std::array<std::pair<const char*, std::optional<Fraction>>, 3> values{
        std::pair("BELOW", subtract(threshold_, step)),
        std::pair("AT", std::optional(threshold_)),
        std::pair("ABOVE", add(threshold_, step))};
    for (const auto& [name, value] : values) {
      if (!value) continue;
      begin_subject(name);
      add_record(last_day(), last_day(), value_text(*value));
    }
    if (has_start()) {
      add_value_on("DAY-BEFORE", add_days(window_.valid_from, -1));
      add_value_on("FIRST-DAY", window_.valid_from);
    }
    add_value_on("LAST-DAY", last_day());
    add_value_on("DAY-AFTER", window_.valid_until);
  }

  void add_value_on(std::string name, Date day) {
    begin_subject(std::move(name));
    add_record(day, day, value_text(threshold_));
  }

  static std::string value_text(const Fraction& value) {
    return ", value: " + to_string(value);
  }

  void add_first_days() {
    const Date day{static_cast<std::int32_t>(threshold_.numerator)};
    for (const auto& [name, shift] :
         {std::pair("DAY-BEFORE", -1), std::pair("DAY-OF", 0),
          std::pair("DAY-AFTER", 1)}) {
      begin_subject(name);
      add_record(add_days(day, shift), add_days(day, shift), {});
    }
  }

  const PackRule& rule_;
  Interval window_;
  Fraction threshold_;
  Op op_ = Op::count;
  std::string measure_;
  std::vector<std::string> names_;
  std::string records_;
};

// The first whole window in force, and the threshold in it.
struct Setting {
  Interval window{};
  Fraction threshold{};
};

Result<Setting> setting_of(const PackModel& model, const PackRule& rule) {
  const Amount& right = rule.require.amounts[1];
  const Parameter* parameter =
      right.op == Op::parameter ? model.find_parameter(right.name) : nullptr;
  Date from = rule.in_force.valid_from;
  if (parameter != nullptr && !parameter->values.empty()) {
    from = std::max(from, parameter->values.front().from);
  }
  if (!is_civil(from))
    return Error{Code::window_invalid, "it has no first day"};
  const Interval range{from, add_days(from, 1'100)};
  const auto windows =
      find_windows(rule.window, {range, range.valid_until, from, {}});
  if (!windows) return windows.error();
  const bool is_fixed = rule.window.type == WindowSpec::Type::fixed ||
                        rule.window.type == WindowSpec::Type::by;
  for (const Interval& window : *windows) {
    if (!is_civil(window.valid_until)) continue;
    if (!is_fixed && window.valid_from < from) continue;
    if (right.op != Op::parameter) return Setting{window, right.number};
    const Date day = reads_at_start(rule.window)
                         ? window.valid_from
                         : add_days(window.valid_until, -1);
    const ParameterValue* value =
        parameter == nullptr ? nullptr : parameter->on(day);
    if (value == nullptr || !value->value) {
      return Error{Code::parameter_unknown, "its parameter has no value"};
    }
    return Setting{window, *value->value};
  }
  return Error{Code::window_invalid, "its window has no end"};
}

// What comes out of a case, as the lines that expect it.
Result<std::string> outcome_of(const PackPointer& pack, std::size_t rule,
                               const std::string& header,
                               const std::string& text) {
  const std::string id(pack->rule(rule).id);
  Diagnostics findings;
  const auto file = parse_cases(
      header + text + "    expect:\n      " + id + ": {eligible: 0}\n", "cases",
      findings);
  if (!file) {
    return Error{Code::case_invalid, findings.items().front().message};
  }
  const Case& made = file->cases.front();
  const auto registry = build_organisation(*file, made.organisation, findings);
  if (!registry) return registry.error();
  FreezeOptions options;
  options.as_of = made.as_of;
  const auto snapshot = freeze(**registry, options, findings);
  if (!snapshot) return snapshot.error();
  const auto found = assess(**snapshot, pack, rule, {.range = made.range});
  if (!found) return found.error();
  if (found->windows.size() != 1 || found->subjects.empty()) {
    return Error{Code::window_invalid, "no single window came out"};
  }
  std::string statuses;
  std::string values;
  for (std::size_t at = 0; at < found->subjects.size(); ++at) {
    const std::string name =
        subject_identity(**snapshot, found->subject_type, found->subjects[at]);
    const auto status = static_cast<std::size_t>(found->overall(at));
    statuses += (statuses.empty() ? "" : ", ") + name + ": " +
                std::string(status_words[status]);
    const auto value = found->value(at);
    if (!value) continue;
    values += (values.empty() ? "" : ", ") + name + ": " + to_string(*value);
  }
  std::string lines =
      "    expect:\n      " + id + ":\n        status: {" + statuses + "}\n";
  if (!values.empty()) lines += "        value: {" + values + "}\n";
  return lines;
}

}  // namespace

Result<std::string> write_boundary_cases(const PackPointer& pack,
                                         std::vector<std::string>& skipped) {
  const PackModel& model = pack->model();
  const std::string header = "format: headrope-cases/1\ncases:\n";
  std::string text = header;
  for (std::size_t at = 0; at < model.rules.size(); ++at) {
    const PackRule& rule = model.rules[at];
    if (rule.pack != model.id) continue;
    const auto skip = [&](const std::string& why) {
      skipped.push_back(rule.id + ": " + why);
    };
    if (const std::string fault = shape_fault(rule); !fault.empty()) {
      skip(fault);
      continue;
    }
    const auto setting = setting_of(model, rule);
    if (!setting) {
      skip(setting.error().message);
      continue;
    }
    CaseWriter writer(rule, setting->window, setting->threshold);
    if (const std::string fault = writer.make_rows(); !fault.empty()) {
      skip(fault);
      continue;
    }
    const auto outcome = outcome_of(pack, at, header, writer.text());
    if (!outcome) {
      skip(outcome.error().message);
      continue;
    }
    text += writer.text() + *outcome;
  }
  if (text == header) {
    return Error{Code::not_found,
                 "no rule of the pack has a shape that cases can be made of"};
  }
  return text;
}

}  // namespace headrope
